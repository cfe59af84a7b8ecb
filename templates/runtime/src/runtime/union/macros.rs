/// Implements `Debug`, `Serialize` and `Deserialize` for a union, by the variants' tags and rules.
///
/// Each entry is `Name as FORMAT ["tag", …]: rule`; all but the name are optional. The enum has
/// one tuple variant per entry, and `Unrecognized(serde_json::Value)`.
///
/// ```
/// use serde_json::json;
///
/// #[derive(PartialEq)]
/// enum Input {
///     Text(String),
///     Texts(Vec<String>),
///     Unrecognized(serde_json::Value),
/// }
///
/// session_sdk::union_enum!(Input { Text: string, Texts: list(string) });
///
/// let input: Input = serde_json::from_value(json!(["a", "b"]))?;
/// assert_eq!(input, Input::Texts(vec!["a".to_owned(), "b".to_owned()]));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! union_enum {
    ($name:ident $(: $eq:ident)? $(by $tag:literal)? {
        $(
            $variant:ident $(as $form:ty)? $([$($value:literal),* $(,)?])?
            $(: $rule:ident $(($($argument:tt)*))?)?
        ),* $(,)?
    }) => {
        #[allow(deprecated)]
        impl $name {
            #[doc(hidden)]
            pub fn union() -> &'static $crate::runtime::union::Union {
                static UNION: $crate::runtime::union::Union =
                    $crate::runtime::union::Union {
                        tag: ::core::concat!($($tag)?),
                        variants: &[$($crate::runtime::union::Variant {
                            tags: &[$($($value),*)?],
                            rule: $crate::union_rule!($($rule $(($($argument)*))?)?),
                        }),*],
                    };
                &UNION
            }
        }

        #[allow(deprecated)]
        impl $crate::runtime::json::FromJson for $name {
            fn from_json(
                node: $crate::runtime::json::Node<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::json::Error> {
                $crate::runtime::union::read(
                    Self::union(),
                    &[$(
                        |node| $crate::union_read!(node $(, $form)?).map(Self::$variant)
                    ),*],
                    Self::Unrecognized,
                    node,
                )
            }
        }

        $crate::read_by_json!($name);

        $crate::union_default!($name);

        $crate::write_union!($name $(: $eq)? { $($variant $(as $form)?),* });
    };
}

/// Implements `Debug` and `Serialize` for a union of requests.
#[doc(hidden)]
#[macro_export]
macro_rules! write_union {
    ($name:ident $(: $eq:ident)? { $($variant:ident $(as $form:ty)?),* $(,)? }) => {
        $(impl ::core::cmp::$eq for $name {})?

        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                use $crate::runtime::union::{fmt_variant, fmt_unrecognized};

                match self {
                    $(Self::$variant(value) => {
                        fmt_variant(f, ::core::stringify!($variant), value)
                    })*
                    Self::Unrecognized(value) => fmt_unrecognized(f, value),
                }
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $crate::union_write!(value, serializer $(, $form)?)
                    })*
                    Self::Unrecognized(value) => {
                        ::serde::Serialize::serialize(value, serializer)
                    }
                }
            }
        }
    };
}

/// Decodes a variant's payload, optionally in a wire format.
#[doc(hidden)]
#[macro_export]
macro_rules! union_read {
    ($node:expr) => {
        $crate::runtime::json::FromJson::from_json($node)
    };
    ($node:expr, $form:ty) => {
        <$form as $crate::runtime::json::ReadAs<_>>::read_as($node)
    };
}

/// Serializes a variant's payload, optionally in a wire format.
#[doc(hidden)]
#[macro_export]
macro_rules! union_write {
    ($value:expr, $serializer:expr) => {
        ::serde::Serialize::serialize($value, $serializer)
    };
    ($value:expr, $serializer:expr, $form:ty) => {
        <$form as $crate::runtime::serde::SerializeAs<_>>::serialize_as(
            $value,
            $serializer,
        )
    };
}

/// The rule of a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! union_rule {
    () => { $crate::runtime::union::Rule::ByTag };
    (default) => { $crate::runtime::union::Rule::Default };
    (any) => { $crate::runtime::union::Rule::Any };
    (null) => { $crate::runtime::union::Rule::Null };
    (boolean) => { $crate::runtime::union::Rule::Boolean };
    (integer) => { $crate::runtime::union::Rule::Integer };
    (number) => { $crate::runtime::union::Rule::Number };
    (string) => { $crate::runtime::union::Rule::String };
    (timestamp) => { $crate::runtime::union::Rule::Timestamp };
    (date) => { $crate::runtime::union::Rule::Date };
    (values($type:ty)) => { $crate::runtime::union::Rule::Values(<$type>::VALUES) };
    (integers($type:ty)) => { $crate::runtime::union::Rule::Integers(<$type>::VALUES) };
    (literals($($value:literal),* $(,)?)) => {
        $crate::runtime::union::Rule::Literals(&[$($value),*])
    };
    (list($($rule:tt)*)) => {
        $crate::runtime::union::Rule::List(&$crate::union_rule!($($rule)*))
    };
    (map($($rule:tt)*)) => {
        $crate::runtime::union::Rule::Map(&$crate::union_rule!($($rule)*))
    };
    (nullable($($rule:tt)*)) => {
        $crate::runtime::union::Rule::Nullable(&$crate::union_rule!($($rule)*))
    };
    (union($type:ty)) => { $crate::runtime::union::Rule::Union(<$type>::union) };
    (tuple($required:literal $(, $rule:ident $(($($argument:tt)*))?)* $(,)?)) => {
        $crate::runtime::union::Rule::Tuple {
            items: &[$($crate::union_rule!($rule $(($($argument)*))?)),*],
            required: $required,
        }
    };
    (object(
        $(required: [$($required:literal),* $(,)?] $(,)?)?
        $(optional: [$($optional:literal),* $(,)?] $(,)?)?
        $(constants: {
            $($constant:literal = $kind:ident($($value:tt)*)),* $(,)?
        } $(,)?)?
        $(defaults: {
            $($default:literal = $default_kind:ident($($default_value:tt)*)),* $(,)?
        } $(,)?)?
        $(members: {
            $($member:literal = $rule:ident $(($($argument:tt)*))?),* $(,)?
        } $(,)?)?
    )) => {
        $crate::runtime::union::Rule::Object {
            required: &[$($($required),*)?],
            optional: &[$($($optional),*)?],
            constants: &[$($(($constant, $crate::union_constant!($kind $($value)*))),*)?],
            defaults: &[
                $($(($default, $crate::union_constant!($default_kind $($default_value)*))),*)?
            ],
            members: &[$($(($member, $crate::union_rule!($rule $(($($argument)*))?))),*)?],
        }
    };
}

/// The constant of a rule.
#[doc(hidden)]
#[macro_export]
macro_rules! union_constant {
    (text $value:literal) => {
        $crate::runtime::union::Constant::Text($value)
    };
    (integer $value:literal) => {
        $crate::runtime::union::Constant::Integer($value)
    };
    (number $value:literal) => {
        $crate::runtime::union::Constant::Number($value)
    };
    (boolean $value:literal) => {
        $crate::runtime::union::Constant::Boolean($value)
    };
    (null) => {
        $crate::runtime::union::Constant::Null
    };
}

/// Implements methods for the properties that all variants of a union have. Each returns `None` if
/// the property is absent or null, and for `Unrecognized`, of which only text is known.
#[doc(hidden)]
#[macro_export]
macro_rules! union_members {
    ($name:ident $variants:tt {
        $($(#[$meta:meta])* $member:ident = $kind:ident $(::<$type:ty>)? ($wire:literal)),*
        $(,)?
    }) => {
        #[allow(deprecated)]
        impl $name {
            $($crate::union_member! {
                $variants $(#[$meta])* $member $kind $(<$type>)? $wire
            })*
        }
    };
}

/// One method of [`union_members!`].
#[doc(hidden)]
#[macro_export]
macro_rules! union_member {
    ([$($variant:ident),* $(,)?] $(#[$meta:meta])* $member:ident text $wire:literal) => {
        $(#[$meta])*
        pub fn $member(&self) -> ::core::option::Option<&str> {
            let value: ::core::option::Option<&::std::string::String> = match self {
                $(Self::$variant(value) => {
                    $crate::runtime::union::Member::member(&value.$member)
                })*
                Self::Unrecognized(value) => return value.get($wire)?.as_str(),
            };
            value.map(::std::string::String::as_str)
        }
    };
    ([$($variant:ident),* $(,)?] $(#[$meta:meta])* $member:ident copy <$type:ty> $wire:literal) => {
        $(#[$meta])*
        pub fn $member(&self) -> ::core::option::Option<$type> {
            let value: ::core::option::Option<&$type> = match self {
                $(Self::$variant(value) => {
                    $crate::runtime::union::Member::member(&value.$member)
                })*
                Self::Unrecognized(_) => ::core::option::Option::None,
            };
            value.copied()
        }
    };
    ([$($variant:ident),* $(,)?] $(#[$meta:meta])* $member:ident reference <$type:ty> $wire:literal) => {
        $(#[$meta])*
        pub fn $member(&self) -> ::core::option::Option<&$type> {
            match self {
                $(Self::$variant(value) => {
                    $crate::runtime::union::Member::member(&value.$member)
                })*
                Self::Unrecognized(_) => ::core::option::Option::None,
            }
        }
    };
}
