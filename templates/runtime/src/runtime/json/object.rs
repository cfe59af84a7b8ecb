use serde::{
    Serialize, Serializer,
    ser::{Error as _, SerializeMap},
};

use crate::runtime::serde::{SerializeAs, Written};

/// Writes the members of an object, one after the other. The first failure is told at the end.
pub struct ObjectWriter<S: Serializer> {
    /// None once it has ended.
    members: Option<Result<S::SerializeMap, S::Error>>,
}

impl<S: Serializer> ObjectWriter<S> {
    /// An object without members yet.
    pub fn new(serializer: S) -> Self {
        Self { members: Some(serializer.serialize_map(None)) }
    }

    /// A member that is there.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.other(name, value);
    }

    /// A member that is left out where it is none.
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// A member that is null where it is none.
    pub fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.required(name, value);
    }

    /// A member that is left out where it is none, and null where that is none.
    pub fn optional_nullable<T: Serialize>(
        &mut self,
        name: &'static str,
        value: &Option<Option<T>>,
    ) {
        self.optional(name, value);
    }

    /// As [`required`](Self::required), in the form `F`.
    pub fn required_as<F: SerializeAs<T>, T>(&mut self, name: &'static str, value: &T) {
        self.required(name, &Written::<T, F>::new(value));
    }

    /// As [`optional`](Self::optional), in the form `F`.
    pub fn optional_as<F: SerializeAs<T>, T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) {
        if let Some(value) = value {
            self.required_as::<F, T>(name, value);
        }
    }

    /// As [`nullable`](Self::nullable), in the form `F`.
    pub fn nullable_as<F: SerializeAs<T>, T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
    ) {
        self.required_as::<Option<F>, _>(name, value);
    }

    /// As [`optional_nullable`](Self::optional_nullable), in the form `F`.
    pub fn optional_nullable_as<F: SerializeAs<T>, T>(
        &mut self,
        name: &'static str,
        value: &Option<Option<T>>,
    ) {
        if let Some(value) = value {
            self.nullable_as::<F, T>(name, value);
        }
    }

    /// Members that are not declared.
    pub fn others<'m, T: Serialize + 'm>(
        &mut self,
        others: impl IntoIterator<Item = (&'m String, &'m T)>,
    ) {
        for (name, value) in others {
            self.other(name, value);
        }
    }

    /// Members that are not declared, in the form `F`.
    pub fn others_as<'m, F: SerializeAs<T>, T: 'm>(
        &mut self,
        others: impl IntoIterator<Item = (&'m String, &'m T)>,
    ) {
        for (name, value) in others {
            self.other(name, &Written::<T, F>::new(value));
        }
    }

    fn other<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let Some(Ok(members)) = &mut self.members else { return };
        if let Err(error) = members.serialize_entry(name, value) {
            self.members = Some(Err(error));
        }
    }

    /// The object, or the first failure.
    pub fn end(&mut self) -> Result<S::Ok, S::Error> {
        let ended = || S::Error::custom("the object has ended already");
        self.members.take().ok_or_else(ended)??.end()
    }
}

/// Implements an object that is read and written: `Serialize` and `Deserialize`, by a list of
/// its members.
///
/// Each entry is `field = how("name")`. The method says how a member may be missing:
/// `required`, `optional`, `nullable`, `optional_nullable`; with `_as::<Form>` it has another
/// form on the wire than its Rust type. `..field = others` takes all other members.
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
    ($name:ident {
        $($field:ident = $how:ident $(::<$form:ty>)? ($wire:literal),)*
        $(..$rest:ident = $others:ident $(::<$rest_form:ty>)? $(,)?)?
    }) => {
        $crate::write_object!($name {
            $($field = $how $(::<$form>)? ($wire),)*
            $(..$rest = $others $(::<$rest_form>)?)?
        });

        #[allow(deprecated)]
        impl $crate::runtime::json::FromJson for $name {
            fn from_json(
                node: $crate::runtime::json::Node<'_>,
            ) -> ::core::result::Result<Self, $crate::runtime::json::Error> {
                // An object without fields reads none. Not `?`: what it stands for costs the
                // compiler more.
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
    };
}

/// Implements an object that is only written: `Serialize`, by a list of its members as
/// [`json_object!`] has it.
#[doc(hidden)]
#[macro_export]
macro_rules! write_object {
    ($name:ident {
        $($field:ident = $how:ident $(::<$form:ty>)? ($wire:literal),)*
        $(..$rest:ident = $others:ident $(::<$rest_form:ty>)? $(,)?)?
    }) => {
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

/// Implements `Deserialize` for a type that reads JSON.
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
