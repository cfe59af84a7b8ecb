/// A property's value, whether or not it may be absent or null.
#[doc(hidden)]
pub trait Member<T> {
    /// The value, if there is one.
    fn member(&self) -> Option<&T>;
}

impl<T> Member<T> for T {
    fn member(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T> Member<T> for Option<T> {
    fn member(&self) -> Option<&T> {
        self.as_ref()
    }
}

impl<T> Member<T> for Option<Option<T>> {
    fn member(&self) -> Option<&T> {
        self.as_ref()?.as_ref()
    }
}
