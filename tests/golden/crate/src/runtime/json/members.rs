use std::collections::BTreeMap;

use super::{Error, FromJson, Node, ReadAs, node::next_member, tape::Entry};

/// The members of an object, while a type reads them.
///
/// Servers send members in one order, which is mostly that of the document: the member after
/// the last one read is looked at first.
#[derive(Debug)]
pub struct Members<'t> {
    names: &'static [&'static str],
    all: &'t [Entry<'t>],
    /// Those after the last one read.
    rest: &'t [Entry<'t>],
}

impl<'t> Members<'t> {
    /// The members of the object that `node` is. The type has fields for these `names`.
    pub fn of(node: Node<'t>, names: &'static [&'static str]) -> Result<Self, Error> {
        match node.object() {
            Some(all) => Ok(Self { names, all, rest: all }),
            None => Err(Error::expected("an object", node)),
        }
    }

    /// A member that is there; a list or a map may be missing, too.
    pub fn required<T: FromJson>(&mut self, name: &'static str) -> Result<T, Error> {
        match self.take(name) {
            Some(value) => T::from_json(value).map_err(|error| error.in_member(name)),
            None => T::absent().ok_or_else(|| Error::missing(name)),
        }
    }

    /// A member that may be missing or null.
    pub fn optional<T: FromJson>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.required(name)
    }

    /// A member that may be null.
    pub fn nullable<T: FromJson>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.required(name)
    }

    /// A member that may be missing (`None`), or null (`Some(None)`).
    pub fn optional_nullable<T: FromJson>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, Error> {
        let value = self.take(name).map(Option::from_json);
        value.transpose().map_err(|error| error.in_member(name))
    }

    /// As [`required`](Self::required), in the form `F`.
    pub fn required_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<T, Error> {
        match self.take(name) {
            Some(value) => F::read_as(value).map_err(|error| error.in_member(name)),
            None => F::absent().ok_or_else(|| Error::missing(name)),
        }
    }

    /// As [`optional`](Self::optional), in the form `F`.
    pub fn optional_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.required_as::<Option<F>, _>(name)
    }

    /// As [`nullable`](Self::nullable), in the form `F`.
    pub fn nullable_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, Error> {
        self.required_as::<Option<F>, _>(name)
    }

    /// As [`optional_nullable`](Self::optional_nullable), in the form `F`.
    pub fn optional_nullable_as<F: ReadAs<T>, T>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<Option<T>>, Error> {
        let value = self.take(name).map(Option::<F>::read_as);
        value.transpose().map_err(|error| error.in_member(name))
    }

    /// The members that no field is for.
    pub fn others<T: FromJson>(&self) -> Result<BTreeMap<String, T>, Error> {
        self.read_others(T::from_json)
    }

    /// The members that no field is for, in the form `F`.
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
            // Of members with one name, the first counts.
            if !self.names.contains(&name) && !others.contains_key(name) {
                let value = read(value).map_err(|error| error.in_member(name))?;
                others.insert(name.to_owned(), value);
            }
        }
        Ok(others)
    }

    /// The member of this name.
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

    /// Looks behind the last member read, then before it.
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
