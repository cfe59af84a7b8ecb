//! `Default` for the types of responses, so that a test can build them field by field.

/// Implements `Default` for an object: constants have their value.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! object_default {
    ($name:ident without_default $fields:tt) => {};
    ($name:ident { $($field:ident $(= $constant:literal)?,)* }) => {
        #[allow(deprecated)]
        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self {
                    $($field: $crate::field_default!($($constant)?),)*
                }
            }
        }
    };
}

/// Implements `Default` for an enum: the first known value.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! enum_default {
    ($name:ident) => {
        #[allow(deprecated)]
        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::from(Self::VALUES.first().copied().unwrap_or_default())
            }
        }
    };
}

/// Implements `Default` for a union: an unknown variant of null.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! union_default {
    ($name:ident) => {
        impl ::core::default::Default for $name {
            fn default() -> Self {
                Self::Unrecognized(::serde_json::Value::Null)
            }
        }
    };
}

/// The default of a field.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! field_default {
    () => {
        ::core::default::Default::default()
    };
    ($constant:literal) => {
        ::core::convert::Into::into($constant)
    };
}

/// Without the feature there are no such implementations.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! object_default {
    ($($tokens:tt)*) => {};
}

/// Without the feature there are no such implementations.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! enum_default {
    ($name:ident) => {};
}

/// Without the feature there are no such implementations.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! union_default {
    ($name:ident) => {};
}
