use std::marker::PhantomData;

use serde::{Serialize, Serializer};

/// A wire format of `T`. It mirrors the type: an `Option<Vec<Timestamp>>` is serialized as an
/// `Option<Vec<UnixMillis>>`.
pub trait SerializeAs<T> {
    /// Serializes `value`.
    fn serialize_as<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A `T` that is serialized in the wire format `F`.
///
/// ```
/// use sdk_golden::runtime::serde::{UnixMillis, Written};
///
/// let times: Vec<jiff::Timestamp> = vec!["2023-11-14T22:13:20Z".parse()?];
/// let written = Written::<_, Vec<UnixMillis>>::new(&times);
/// assert_eq!(serde_json::to_string(&written)?, "[1700000000000]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Written<'a, T, F>(&'a T, PhantomData<F>);

impl<'a, T, F> Written<'a, T, F> {
    /// Wraps a value.
    pub fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T, F: SerializeAs<T>> Serialize for Written<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize_as(self.0, serializer)
    }
}
