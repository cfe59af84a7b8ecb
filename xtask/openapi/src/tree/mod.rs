//! YAML or JSON text as one tree of JSON values, within bounds.

mod nesting;

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use crate::path::Path;

/// Upper bounds on nodes and string bytes: YAML's aliases multiply what is written.
const MOST_VALUES: usize = 8_000_000;
const MOST_TEXT: usize = 256 << 20;
/// Upper bound on the bytes of the JSON pointers to all values: diagnostics and types keep theirs,
/// and a name of a megabyte is part of the pointer to each value below it.
const MOST_POINTERS: usize = 1 << 30;
/// Upper bound on nesting, as serde_json and serde_yaml have it.
const DEEPEST: usize = 128;

/// A tree, and the duplicate keys of its objects.
pub(crate) struct Tree {
    pub(crate) value: Value,
    /// The members that a later one of the same name overrides.
    pub(crate) duplicates: Vec<Duplicate>,
}

/// A key that an object has twice.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Duplicate {
    pub(crate) pointer: String,
    /// Whether the two values differ.
    pub(crate) differs: bool,
}

/// Why a text cannot be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) message: String,
    pub(crate) help: Option<&'static str>,
    /// Line and column from 1, where the parser reports them.
    pub(crate) at: Option<(usize, usize)>,
}

impl Unreadable {
    fn new(message: impl Into<String>, at: Option<(usize, usize)>) -> Self {
        Self {
            message: message.into(),
            help: None,
            at,
        }
    }
}

/// Reads a text, as JSON where it is JSON.
pub(crate) fn read(text: &str) -> Result<Tree, Unreadable> {
    let json_like = text.trim_start().starts_with(['{', '[']);
    if !json_like {
        return read_yaml(text);
    }
    match read_json(text) {
        Ok(tree) => Ok(tree),
        // YAML's flow style begins like JSON. Of what is neither, the JSON error is reported.
        Err((error, true)) => read_yaml(text).map_err(|_| error),
        Err((error, false)) => Err(error),
    }
}

/// The error comes with whether it is about syntax.
fn read_json(text: &str) -> Result<Tree, (Unreadable, bool)> {
    let mut budget = Budget::new(Syntax::Json);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let seed = Seed {
        budget: &mut budget,
        path: Path::Root,
        length: 0,
    };
    seed.deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map(|value| Tree {
            value,
            duplicates: std::mem::take(&mut budget.duplicates),
        })
        .map_err(|error| {
            let text = error.to_string();
            let (message, _) = text.rsplit_once(" at line ").unwrap_or((&text, ""));
            let syntax = error.is_syntax() && !message.contains("recursion limit");
            let message = match message {
                "recursion limit exceeded" => TOO_DEEP.to_owned(),
                message => format!("invalid JSON: {message}"),
            };
            let message = budget.exceeded.map_or(message, str::to_owned);
            let at = (error.line() > 0).then(|| (error.line(), error.column()));
            (Unreadable::new(message, at), syntax)
        })
}

const TOO_DEEP: &str = "nested more than 128 levels deep";
const TOO_LONG: &str = "keys too long for the number of values below them";
const TOO_MUCH: &str = "too large once aliases are expanded";

fn read_yaml(source: &str) -> Result<Tree, Unreadable> {
    if let Some(at) = nesting::too_deep(source, DEEPEST) {
        return Err(Unreadable::new(TOO_DEEP, Some(at)));
    }
    let mut budget = Budget::new(Syntax::Yaml);
    let seed = Seed {
        budget: &mut budget,
        path: Path::Root,
        length: 0,
    };
    match seed.deserialize(serde_yaml::Deserializer::from_str(source)) {
        Ok(value) => Ok(Tree {
            value,
            duplicates: budget.duplicates,
        }),
        Err(error) => {
            let at = error.location().map(|at| (at.line(), at.column()));
            let text = error.to_string();
            let text = text
                .rsplit_once(" at line ")
                .map_or(text.as_str(), |(text, _)| text);
            let exceeded = budget.exceeded.map(str::to_owned);
            let message = exceeded.unwrap_or_else(|| match text {
                text if text.contains("recursion limit exceeded") => TOO_DEEP.to_owned(),
                text if text.contains("repetition limit exceeded") => TOO_MUCH.to_owned(),
                text if text.contains("more than one document") => {
                    "more than one YAML document in this file".to_owned()
                }
                text => format!("invalid YAML: {text}"),
            });
            let is_tab = at.is_some_and(|at| is_tab(source, at));
            Err(Unreadable {
                help: is_tab.then_some(TAB),
                ..Unreadable::new(message, at)
            })
        }
    }
}

const TAB: &str = "replace the tab with spaces: this parser accepts fewer tabs than YAML 1.2 does";

/// Whether the character at a line and a column, both from 1, is a tab.
fn is_tab(text: &str, (line, column): (usize, usize)) -> bool {
    let line = text.split('\n').nth(line.saturating_sub(1));
    line.and_then(|line| line.chars().nth(column.saturating_sub(1))) == Some('\t')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Syntax {
    Json,
    Yaml,
}

/// What may still be read, and the duplicate keys so far.
struct Budget {
    syntax: Syntax,
    values: usize,
    text: usize,
    pointers: usize,
    /// The bound that was exceeded.
    exceeded: Option<&'static str>,
    duplicates: Vec<Duplicate>,
}

impl Budget {
    fn new(syntax: Syntax) -> Self {
        Self {
            syntax,
            values: MOST_VALUES,
            text: MOST_TEXT,
            pointers: MOST_POINTERS,
            exceeded: None,
            duplicates: Vec::new(),
        }
    }

    fn spend<E: Error>(&mut self, text: usize) -> Result<(), E> {
        let values = self.values.checked_sub(1);
        let left = values.zip(self.text.checked_sub(text));
        let (values, text) = left.ok_or_else(|| self.exceed(TOO_MUCH))?;
        (self.values, self.text) = (values, text);
        Ok(())
    }

    /// Accounts for the bytes of the pointer to a value.
    fn spend_pointer<E: Error>(&mut self, length: usize) -> Result<(), E> {
        let left = self.pointers.checked_sub(length);
        self.pointers = left.ok_or_else(|| self.exceed(TOO_LONG))?;
        Ok(())
    }

    fn exceed<E: Error>(&mut self, what: &'static str) -> E {
        self.exceeded = Some(what);
        E::custom(what)
    }
}

/// Reads one value.
struct Seed<'a> {
    budget: &'a mut Budget,
    path: Path<'a>,
    /// The bytes of the pointer to it.
    length: usize,
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.budget.spend_pointer(self.length)?;
        // YAML reads the version 1.10 as the number 1.1, but a version is text.
        if self.budget.syntax == Syntax::Yaml && self.path.is_version() {
            return deserializer.deserialize_str(self);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.budget.spend(0)?;
        // JSON has no `.inf` and `.nan`: as text they are reported where a number is expected.
        Ok(Number::from_f64(value).map_or_else(|| value.to_string().into(), Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.budget.spend(value.len())?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.budget.spend(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.budget.spend(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.budget.spend(0)?;
        let mut elements = Vec::new();
        loop {
            let path = Path::Index(&self.path, elements.len());
            match access.next_element_seed(Seed {
                budget: self.budget,
                path,
                length: self.length + "/0".len(),
            })? {
                Some(element) => elements.push(element),
                None => return Ok(Value::Array(elements)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.budget.spend(0)?;
        let mut members = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = access.next_key_seed(Key)? {
            self.budget.spend(key.len())?;
            let path = Path::Key(&self.path, &key);
            let length = self.length + "/".len() + key.len();
            let value = access.next_value_seed(Seed {
                budget: self.budget,
                path,
                length,
            })?;
            if self.budget.syntax == Syntax::Yaml && key == "<<" && is_mergeable(&value) {
                merged.push(value);
                continue;
            }
            match members.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(mut entry) => {
                    self.budget.duplicates.push(Duplicate {
                        pointer: Path::Key(&self.path, entry.key()).pointer(),
                        differs: *entry.get() != value,
                    });
                    entry.insert(value);
                }
            }
        }
        for value in merged {
            merge(&mut members, value);
        }
        Ok(Value::Object(members))
    }

    /// A YAML tag outside of the core schema is ignored.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_, variant) = access.variant_seed(Key)?;
        variant.newtype_variant_seed(self)
    }
}

fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(elements) => elements.iter().all(Value::is_object),
        _ => false,
    }
}

/// Adds the members of a merge key, which explicit members override.
fn merge(members: &mut Map<String, Value>, from: Value) {
    match from {
        Value::Object(from) => {
            for (key, value) in from {
                members.entry(key).or_insert(value);
            }
        }
        Value::Array(elements) => elements.into_iter().for_each(|from| merge(members, from)),
        _ => {}
    }
}

/// Reads a key as it is written: YAML's `200`, `1.10`, `no` and `null` are text.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        Ok(key.to_owned())
    }

    fn visit_string<E: Error>(self, key: String) -> Result<String, E> {
        Ok(key)
    }
}

#[cfg(test)]
mod tests;
