use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes and reads a field in the wire form `F`, for `#[serde(with = …)]`.
///
/// The form mirrors the field's type: where the field is an `Option<Vec<Timestamp>>`, the form
/// is an `Option<Vec<UnixMillis>>`.
///
/// ```
/// use jiff::Timestamp;
/// use sdk_golden::runtime::serde::{As, UnixMillis};
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Session {
///     #[serde(with = "As::<UnixMillis>")]
///     created_at: Timestamp,
///     #[serde(default, with = "As::<Option<UnixMillis>>")]
///     expire_at: Option<Timestamp>,
/// }
///
/// let session: Session = serde_json::from_str(r#"{"created_at": 1700000000000}"#)?;
/// assert_eq!(session.created_at.to_string(), "2023-11-14T22:13:20Z");
/// assert_eq!(session.expire_at, None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct As<F: ?Sized>(PhantomData<F>);

impl<F: ?Sized> As<F> {
    /// Writes `value` in the form `F`.
    pub fn serialize<T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        F: SerializeAs<T>,
        S: Serializer,
    {
        F::serialize_as(value, serializer)
    }

    /// Reads a value that is in the form `F`.
    pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        F: DeserializeAs<'de, T>,
        D: Deserializer<'de>,
    {
        F::deserialize_as(deserializer)
    }
}

/// A form that a `T` can be written in.
pub trait SerializeAs<T> {
    /// Writes `value`.
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A form that a `T` can be read from.
pub trait DeserializeAs<'de, T>: Sized {
    /// Reads a value.
    fn deserialize_as<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// A `T` that is written in the form `F`.
pub(super) struct Written<'a, T, F>(pub(super) &'a T, pub(super) PhantomData<F>);

impl<T, F: SerializeAs<T>> Serialize for Written<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize_as(self.0, serializer)
    }
}

/// A `T` that was read from the form `F`.
pub(super) struct Read<T, F>(pub(super) T, PhantomData<F>);

impl<'de, T, F: DeserializeAs<'de, T>> Deserialize<'de> for Read<T, F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        F::deserialize_as(deserializer).map(|value| Self(value, PhantomData))
    }
}
