use std::collections::BTreeMap;

use super::{Error, FromJson, Node, ReadAs, node::next_member, tape::Entry};

/// The properties of an object, while a type decodes them.
///
/// Servers usually send properties in the order of the document, so the property after the last
/// one read is tried first.
#[derive(Debug)]
pub struct Members<'t> {
    names: &'static [&'static str],
    all: &'t [Entry<'t>],
    /// The entries after the last property read.
    rest: &'t [Entry<'t>],
}

impl<'t> Members<'t> {
    /// The properties of an object. The type has fields for `names`.
    pub fn of(node: Node<'t>, names: &'static [&'static str]) -> Result<Self, Error> {
        match node.object() {
            Some(all) => Ok(Self { names, all, rest: all }),
            None => Err(Error::expected("an object", node)),
        }
    }

    /// Decodes a required property.
    pub fn required<T: FromJson>(&mut self, name: &'static str) -> Result<T, Error> {
        match self.take(name) {
            Some(value) => T::from_json(value).map_err(|error| error.in_member(name)),
            None => T::absent().ok_or_else(|| Error::missing(name)),
        }
    }

    /// Decodes a list or a map that may be missing or null, both of which are empty.
    pub fn or_empty<T: FromJson + Default>(
        &mut self,
        name: &'static str,
    ) -> Result<T, Error> {
        self.optional(name).map(Option::unwrap_or_default)
    }

    /// Decodes a property that may be missing or null.
    pub fn optional<T: FromJson>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.required(name)
    }

    /// Decodes a property that may be null.
    pub fn nullable<T: FromJson>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.required(name)
    }

    /// Decodes a property that may be missing (`None`) or null (`Some(None)`).
    pub fn optional_nullable<T: FromJson>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, Error> {
        let value = self.take(name).map(Option::from_json);
        value.transpose().map_err(|error| error.in_member(name))
    }

    /// [`required`](Self::required) in the wire format `F`.
    pub fn required_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<T, Error> {
        match self.take(name) {
            Some(value) => F::read_as(value).map_err(|error| error.in_member(name)),
            None => F::absent().ok_or_else(|| Error::missing(name)),
        }
    }

    /// [`or_empty`](Self::or_empty) in the wire format `F`.
    pub fn or_empty_as<F: ReadAs<T>, T: Default>(
        &mut self,
        name: &'static str,
    ) -> Result<T, Error> {
        self.optional_as::<F, T>(name).map(Option::unwrap_or_default)
    }

    /// [`optional`](Self::optional) in the wire format `F`.
    pub fn optional_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.required_as::<Option<F>, _>(name)
    }

    /// [`nullable`](Self::nullable) in the wire format `F`.
    pub fn nullable_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.required_as::<Option<F>, _>(name)
    }

    /// [`optional_nullable`](Self::optional_nullable) in the wire format `F`.
    pub fn optional_nullable_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, Error> {
        let value = self.take(name).map(Option::<F>::read_as);
        value.transpose().map_err(|error| error.in_member(name))
    }

    /// Decodes a read-only property.
    pub fn read_only<T: FromJson>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.optional(name)
    }

    /// Decodes a read-only property that may be null.
    pub fn read_only_nullable<T: FromJson>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, Error> {
        self.optional_nullable(name)
    }

    /// [`read_only`](Self::read_only) in the wire format `F`.
    pub fn read_only_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.optional_as::<F, T>(name)
    }

    /// [`read_only_nullable`](Self::read_only_nullable) in the wire format `F`.
    pub fn read_only_nullable_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, Error> {
        self.optional_nullable_as::<F, T>(name)
    }

    /// Decodes the additional properties.
    pub fn others<T: FromJson>(&self) -> Result<BTreeMap<String, T>, Error> {
        self.read_others(T::from_json)
    }

    /// Decodes the additional properties in the wire format `F`.
    pub fn others_as<F: ReadAs<T>, T>(&self) -> Result<BTreeMap<String, T>, Error> {
        self.read_others(F::read_as)
    }

    fn read_others<T>(
        &self,
        read: fn(Node<'_>) -> Result<T, Error>,
    ) -> Result<BTreeMap<String, T>, Error> {
        let mut others = BTreeMap::new();
        let mut entries = self.all;
        while let Some((name, value, rest)) = next_member(entries) {
            entries = rest;
            // The first of duplicate properties is used.
            if !self.names.contains(&name) && !others.contains_key(name) {
                let value = read(value).map_err(|error| error.in_member(name))?;
                others.insert(name.to_owned(), value);
            }
        }
        Ok(others)
    }

    /// The property of this name.
    #[inline]
    fn take(&mut self, name: &str) -> Option<Node<'t>> {
        match next_member(self.rest) {
            Some((key, value, rest)) if key == name => {
                self.rest = rest;
                Some(value)
            }
            _ => self.search(name),
        }
    }

    /// Searches after the last property read, then before it.
    fn search(&mut self, name: &str) -> Option<Node<'t>> {
        if let Some((value, rest)) = find(self.rest, name) {
            self.rest = rest;
            return Some(value);
        }
        let read = self.all.len() - self.rest.len();
        let (value, unread) = find(self.all.get(..read)?, name)?;
        self.rest = self.all.get(read - unread.len()..)?;
        Some(value)
    }
}

fn find<'t>(
    mut entries: &'t [Entry<'t>],
    name: &str,
) -> Option<(Node<'t>, &'t [Entry<'t>])> {
    while let Some((key, value, rest)) = next_member(entries) {
        if key == name {
            return Some((value, rest));
        }
        entries = rest;
    }
    None
}
