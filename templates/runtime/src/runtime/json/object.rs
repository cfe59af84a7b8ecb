use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap},
};

use crate::runtime::sensitive;
use crate::runtime::serde::{SerializeAs, Written};

/// Serializes the properties of an object. `end` returns the first error.
pub struct ObjectWriter<S: Serializer> {
    /// `None` after the end.
    members: Option<Result<S::SerializeMap, S::Error>>,
}

impl<S: Serializer> ObjectWriter<S> {
    /// Starts an object.
    pub fn new(serializer: S) -> Self {
        Self { members: Some(serializer.serialize_map(None)) }
    }

    /// Writes a required property.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.property(name, value);
    }

    /// Writes a list or a map that may be empty.
    pub fn or_empty<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.property(name, value);
    }

    /// Writes a property that is omitted if it is `None`.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes a property that is null if it is `None`.
    pub fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.required(name, value);
    }

    /// Writes a property that is omitted if it is `None`, and null if it is `Some(None)`.
    pub fn optional_nullable<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<Option<T>>,
    ) {
        self.optional(name, value);
    }

    /// [`required`](Self::required) in the wire format `F`.
    pub fn required_as<F: SerializeAs<T>, T>(&mut self, name: &'static str, value: &T) {
        self.required(name, &Written::<T, F>::new(value));
    }

    /// [`or_empty`](Self::or_empty) in the wire format `F`.
    pub fn or_empty_as<F: SerializeAs<T>, T>(&mut self, name: &'static str, value: &T) {
        self.required_as::<F, T>(name, value);
    }

    /// [`optional`](Self::optional) in the wire format `F`.
    pub fn optional_as<F: SerializeAs<T>, T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) {
        if let Some(value) = value {
            self.required_as::<F, T>(name, value);
        }
    }

    /// [`nullable`](Self::nullable) in the wire format `F`.
    pub fn nullable_as<F: SerializeAs<T>, T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) {
        self.required_as::<Option<F>, _>(name, value);
    }

    /// [`optional_nullable`](Self::optional_nullable) in the wire format `F`.
    pub fn optional_nullable_as<F: SerializeAs<T>, T>(
        &mut self,
        name: &'static str,
        value: &Option<Option<T>>,
    ) {
        if let Some(value) = value {
            self.nullable_as::<F, T>(name, value);
        }
    }

    /// Writes a read-only property, which no request has.
    pub fn read_only<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if !sensitive::is_recording() {
            self.optional(name, value);
        }
    }

    /// Writes a read-only property that may be null, which no request has.
    pub fn read_only_nullable<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<Option<T>>,
    ) {
        self.read_only(name, value);
    }

    /// [`read_only`](Self::read_only) in the wire format `F`.
    pub fn read_only_as<F: SerializeAs<T>, T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) {
        if !sensitive::is_recording() {
            self.optional_as::<F, T>(name, value);
        }
    }

    /// [`read_only_nullable`](Self::read_only_nullable) in the wire format `F`.
    pub fn read_only_nullable_as<F: SerializeAs<T>, T>(
        &mut self,
        name: &'static str,
        value: &Option<Option<T>>,
    ) {
        if !sensitive::is_recording() {
            self.optional_nullable_as::<F, T>(name, value);
        }
    }

    /// Writes additional properties.
    pub fn others<'m, T: Serialize + 'm>(
        &mut self,
        others: impl IntoIterator<Item = (&'m String, &'m T)>,
    ) {
        for (name, value) in others {
            self.property(name, value);
        }
    }

    /// Writes additional properties in the wire format `F`.
    pub fn others_as<'m, F: SerializeAs<T>, T: 'm>(
        &mut self,
        others: impl IntoIterator<Item = (&'m String, &'m T)>,
    ) {
        for (name, value) in others {
            self.property(name, &Written::<T, F>::new(value));
        }
    }

    fn property<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Some(Ok(members)) = &mut self.members else { return };
        if let Err(error) = members.serialize_entry(name, value) {
            self.members = Some(Err(error));
        }
    }

    /// Ends the object, or returns the first error.
    pub fn end(&mut self) -> Result<S::Ok, S::Error> {
        let ended = || S::Error::custom("the object has already ended");
        self.members.take().ok_or_else(ended)??.end()
    }
}

/// Implements `Serialize` and `Deserialize` for an object, by a list of its properties.
///
/// Each entry is `field = presence("name")`, where the presence is `required`, `optional`,
/// `nullable`, `optional_nullable` or `or_empty`; with `_as::<Format>` the property has another wire format
/// than its Rust type. `..field = others` contains the additional properties. `Name: Eq` implements
/// `Eq`, without the function that a derived one has for the compiler to check.
///
/// ```
/// struct Device {
///     id: String,
///     nickname: Option<String>,
/// }
///
/// session_sdk::json_object!(Device {
///     id = required("device_id"),
///     nickname = optional("nickname"),
/// });
///
/// let device: Device = serde_json::from_str(r#"{"device_id": "d1", "new": true}"#)?;
/// assert_eq!(device.id, "d1");
/// assert_eq!(serde_json::to_string(&device)?, r#"{"device_id":"d1"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! json_object {
    ($name:ident $(: $eq:ident)? $($without_default:ident)? {
        $($field:ident = $how:ident $(::<$form:ty>)? ($wire:literal $(, $constant:literal)?),)*
        $(..$rest:ident = $others:ident $(::<$rest_form:ty>)? $(,)?)?
    }) => {
        $crate::write_object!($name $(: $eq)? {
            $($field = $how $(::<$form>)? ($wire),)*
            $(..$rest = $others $(::<$rest_form>)?)?
        });

        #[allow(deprecated)]
        impl $crate::runtime::json::FromJson for $name {
            fn from_json(
                node: $crate::runtime::json::Node<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::json::Error> {
                // Unused without fields. `match` instead of `?`, which compiles more slowly.
                let _members = &mut match $crate::runtime::json::Members::of(
                    node,
                    &[$($wire),*],
                ) {
                    ::core::result::Result::Ok(members) => members,
                    ::core::result::Result::Err(error) => {
                        return ::core::result::Result::Err(error);
                    }
                };
                ::core::result::Result::Ok(Self {
                    $($field: match _members.$how $(::<$form, _>)? ($wire) {
                        ::core::result::Result::Ok(value) => value,
                        ::core::result::Result::Err(error) => {
                            return ::core::result::Result::Err(error);
                        }
                    },)*
                    $($rest: _members.$others $(::<$rest_form, _>)? ()?,)?
                })
            }
        }

        $crate::read_by_json!($name);

        $crate::object_default!($name $($without_default)? {
            $($field $(= $constant)?,)* $($rest,)?
        });
    };
}

/// Implements `Serialize` for an object, by a list of its properties as in [`json_object!`].
#[doc(hidden)]
#[macro_export]
macro_rules! write_object {
    ($name:ident $(: $eq:ident)? {
        $($field:ident = $how:ident $(::<$form:ty>)? ($wire:literal $(, $constant:literal)?),)*
        $(..$rest:ident = $others:ident $(::<$rest_form:ty>)? $(,)?)?
    }) => {
        $(impl ::core::cmp::$eq for $name {})?

        #[allow(deprecated)]
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let object = &mut $crate::runtime::json::ObjectWriter::new(serializer);
                $(object.$how $(::<$form, _>)? ($wire, &self.$field);)*
                $(object.$others $(::<$rest_form, _>)? (&self.$rest);)?
                object.end()
            }
        }
    };
}

/// Implements `Deserialize` for a type that implements [`FromJson`](super::FromJson).
#[doc(hidden)]
#[macro_export]
macro_rules! read_by_json {
    ($name:ident) => {
        #[allow(deprecated)]
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::runtime::json::deserialize(deserializer)
            }
        }
    };
}
