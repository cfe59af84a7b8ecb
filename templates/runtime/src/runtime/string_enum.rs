//! The implementations of generated string and integer enums.
//!
//! The macros allow deprecated items: an enum or one of its variants may be deprecated.

/// Implements a string enum: `VALUES`, `as_str`, `Display`, `FromStr`, `From<&str>`,
/// `From<String>`, `Eq`, `Hash`, `Ord`, comparison with `&str`, `Serialize` and `Deserialize`.
///
/// The enum has one variant per value, and `Unrecognized(String)` for other values.
///
/// ```
/// #[derive(Debug, Clone)]
/// enum Status {
///     Active,
///     Unrecognized(String),
/// }
///
/// session_sdk::string_enum!(Status { Active = "active" });
///
/// assert_eq!(Status::from("active"), Status::Active);
/// assert_eq!(Status::from("new").as_str(), "new");
/// assert_eq!(Status::VALUES, ["active"]);
/// assert!(Status::Active == "active" && Status::Active < Status::from("new"));
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $name {
            /// The declared values, as they are sent.
            pub const VALUES: &'static [&'static str] = &[$($value),*];

            /// The value as it is sent.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => value,
                }
            }
        }

        /// Values that are sent alike are equal.
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&self.as_str(), state);
            }
        }

        impl ::core::cmp::PartialOrd for $name {
            fn partial_cmp(
                &self,
                other: &Self,
            ) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(self.cmp(other))
            }
        }

        impl ::core::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(self.as_str(), other.as_str())
            }
        }

        impl ::core::cmp::PartialEq<str> for $name {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl ::core::cmp::PartialEq<&str> for $name {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        $crate::enum_default!($name);

        #[allow(deprecated)]
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match $crate::runtime::string_enum::known(
                    Self::VALUES,
                    &[$(Self::$variant),*],
                    value,
                ) {
                    ::core::option::Option::Some(known) => known,
                    ::core::option::Option::None => Self::Unrecognized(value.to_owned()),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        #[allow(deprecated)]
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            #[inline]
            fn from_str(
                value: &str,
            ) -> ::core::result::Result<Self, <Self as ::core::str::FromStr>::Err> {
                ::core::result::Result::Ok(Self::from(value))
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[allow(deprecated)]
        impl $crate::runtime::json::FromJson for $name {
            fn from_json(
                node: $crate::runtime::json::Node<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::json::Error> {
                node.text().map(Self::from)
            }
        }

        $crate::read_by_json!($name);
    };
}

/// Implements an integer enum: `VALUES`, `as_i64`, `Display`, `FromStr`, `From<i64>`,
/// `From<i32>`, `Eq`, `Hash`, `Ord`, `Serialize` and `Deserialize`.
///
/// The enum has one variant per value, and `Unrecognized(i64)` for other values.
///
/// ```
/// #[derive(Debug, Clone)]
/// enum Priority {
///     High,
///     Unrecognized(i64),
/// }
///
/// session_sdk::integer_enum!(Priority { High = 10 });
///
/// assert_eq!(Priority::from(10), Priority::High);
/// assert_eq!(Priority::from(7).as_i64(), 7);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $name {
            /// The declared values.
            pub const VALUES: &'static [i64] = &[$($value),*];

            /// The value as it is sent.
            #[inline]
            pub fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => *value,
                }
            }
        }

        /// Values that are sent alike are equal.
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_i64() == other.as_i64()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&self.as_i64(), state);
            }
        }

        impl ::core::cmp::PartialOrd for $name {
            fn partial_cmp(
                &self,
                other: &Self,
            ) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(self.cmp(other))
            }
        }

        impl ::core::cmp::Ord for $name {
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(&self.as_i64(), &other.as_i64())
            }
        }

        $crate::enum_default!($name);

        #[allow(deprecated)]
        impl ::core::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unrecognized(value),
                }
            }
        }

        #[allow(deprecated)]
        impl ::core::convert::From<i32> for $name {
            #[inline]
            fn from(value: i32) -> Self {
                Self::from(i64::from(value))
            }
        }

        #[allow(deprecated)]
        impl ::core::str::FromStr for $name {
            type Err = ::core::num::ParseIntError;

            #[inline]
            fn from_str(
                value: &str,
            ) -> ::core::result::Result<Self, <Self as ::core::str::FromStr>::Err> {
                value.parse::<i64>().map(Self::from)
            }
        }

        #[allow(deprecated)]
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }

        #[allow(deprecated)]
        impl $crate::runtime::json::FromJson for $name {
            fn from_json(
                node: $crate::runtime::json::Node<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::json::Error> {
                <i64 as $crate::runtime::json::FromJson>::from_json(node).map(Self::from)
            }
        }

        $crate::read_by_json!($name);
    };
}

/// The variant at the index of `value` in `values`.
#[doc(hidden)]
pub fn known<T: Clone>(
    values: &[&str],
    variants: &'static [T],
    value: &str,
) -> Option<T> {
    let position = values.iter().position(|known| *known == value)?;
    variants.get(position).cloned()
}

#[cfg(test)]
mod tests;
