//! Changes of a document, each of one node.

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Value, json};

/// Names that other software has stumbled over.
const NAMES: [&str; 28] = [
    "",
    " ",
    "$ref",
    "type",
    "items",
    "properties",
    "allOf",
    "default",
    "self",
    "Self",
    "crate",
    "r#type",
    "__proto__",
    "body",
    "new",
    "String",
    "Option",
    "Error",
    "a/b~c",
    "{id}",
    "/a/{b",
    "*/ } pub fn x() {",
    "#![doc]",
    "\"\\\u{0}",
    "ünï¢ödé",
    "日本",
    "x-extension",
    "../../etc/passwd",
];

/// Values of every type, and some that are words of the standard.
static VALUES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let long = "long ".repeat(200);
    let mut values = vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5e300),
        json!(u64::MAX),
        json!([]),
        json!([{}]),
        json!([null]),
        json!({}),
        json!({"": {}}),
        json!(long),
    ];
    let words = [
        "",
        "string",
        "integer",
        "number",
        "object",
        "array",
        "null",
        "date-time",
        "binary",
        "byte",
        "password",
        "query",
        "path",
        "header",
        "cookie",
        "deepObject",
        "form",
        "simple",
        "matrix",
        "application/json",
        "text/event-stream",
        "multipart/form-data",
        "4XX",
        "default",
        "#",
        "#/",
        "#/components/schemas/Gone",
        "3.1.0",
        "not a value",
    ];
    values.extend(words.map(|word| json!(word)));
    values
});

/// A change of one node of a document.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    node: Index,
    kind: Kind,
}

/// One of however many there are.
#[derive(Debug, Clone, Copy)]
struct Index(u16);

impl Index {
    fn of<T>(self, all: &[T]) -> Option<&T> {
        all.get(usize::from(self.0).checked_rem(all.len())?)
    }
}

#[derive(Debug, Clone)]
enum Kind {
    /// It goes.
    Delete,
    /// It stands there a second time, under another name.
    Duplicate(&'static str),
    /// It becomes something else.
    Retype(Value),
    /// It is called otherwise.
    Rename(&'static str),
    /// It becomes a reference to a node: to itself, perhaps.
    Refer(Index),
    /// It becomes a copy of another node.
    Graft(Index),
    /// It stands inside itself, so many levels deep.
    Deepen(usize, Wrap),
    /// What it holds stands there so many times.
    Enlarge(usize),
}

/// What is put around a schema.
#[derive(Debug, Clone, Copy)]
enum Wrap {
    AllOf,
    OneOf,
    AnyOf,
    Items,
    PrefixItems,
    Property,
    Additional,
    Not,
}

/// How deep a change nests at most, and how often it repeats.
const DEEPEST: usize = 140;
const LARGEST: usize = 400;

/// No change makes a node larger.
const MOST_BYTES: usize = 200_000;

impl<'a> Arbitrary<'a> for Change {
    fn arbitrary(choices: &mut Unstructured<'a>) -> Result<Self> {
        let node = Index(choices.arbitrary()?);
        let kind = match choices.int_in_range(0..=7)? {
            0 => Kind::Delete,
            1 => Kind::Duplicate(choices.choose(&NAMES)?),
            2 => Kind::Retype(choices.choose(&VALUES)?.clone()),
            3 => Kind::Rename(choices.choose(&NAMES)?),
            4 => Kind::Refer(Index(choices.arbitrary()?)),
            5 => Kind::Graft(Index(choices.arbitrary()?)),
            6 => Kind::Deepen(
                choices.int_in_range(1..=DEEPEST)?,
                *choices.choose(&Wrap::ALL)?,
            ),
            _ => Kind::Enlarge(choices.int_in_range(2..=LARGEST)?),
        };
        Ok(Self { node, kind })
    }
}

impl Wrap {
    const ALL: [Self; 8] = [
        Self::AllOf,
        Self::OneOf,
        Self::AnyOf,
        Self::Items,
        Self::PrefixItems,
        Self::Property,
        Self::Additional,
        Self::Not,
    ];

    fn around(self, inner: Value) -> Value {
        match self {
            Self::AllOf => json!({"allOf": [inner, {"type": "object"}]}),
            Self::OneOf => json!({"oneOf": [inner, {"type": "string"}]}),
            Self::AnyOf => json!({"anyOf": [{"type": "null"}, inner]}),
            Self::Items => json!({"type": "array", "items": inner}),
            Self::PrefixItems => {
                json!({"type": "array", "prefixItems": [inner, {"type": "integer"}]})
            }
            Self::Property => json!({"type": "object", "properties": {"inner": inner}}),
            Self::Additional => json!({"additionalProperties": inner}),
            Self::Not => json!({"not": inner}),
        }
    }
}

impl Change {
    pub(crate) fn apply(&self, document: &mut Value) {
        let mut pointers = Vec::new();
        collect(document, String::new(), &mut pointers);
        // Without its root a document is none.
        pointers.remove(0);
        let Some(pointer) = self.node.of(&pointers) else {
            return;
        };
        match &self.kind {
            Kind::Delete => member(document, pointer, |holder, key| {
                take(holder, key);
            }),
            Kind::Duplicate(name) => member(document, pointer, |holder, key| match holder {
                Value::Object(members) => {
                    if let Some(value) = members.get(key).cloned() {
                        members.insert((*name).to_owned(), value);
                    }
                }
                Value::Array(elements) => {
                    let value = key
                        .parse()
                        .ok()
                        .and_then(|at: usize| elements.get(at).cloned());
                    elements.extend(value);
                }
                _ => {}
            }),
            Kind::Rename(name) => member(document, pointer, |holder, key| {
                if let Some(value) = take(holder, key)
                    && let Value::Object(members) = holder
                {
                    members.insert((*name).to_owned(), value);
                }
            }),
            Kind::Retype(value) => put(document, pointer, value.clone()),
            Kind::Refer(to) => {
                let target = to.of(&pointers).map_or("", String::as_str);
                let target = format!("#{target}");
                put(document, pointer, json!({ "$ref": target }));
            }
            Kind::Graft(from) => {
                let from = from.of(&pointers).map_or("", String::as_str);
                let copy = document.pointer(from).cloned().unwrap_or_default();
                if copy.to_string().len() <= MOST_BYTES {
                    put(document, pointer, copy);
                }
            }
            Kind::Deepen(levels, wrap) => {
                let inner = document.pointer(pointer).cloned().unwrap_or_default();
                let deep = (0..*levels).fold(inner, |inner, _| wrap.around(inner));
                put(document, pointer, deep);
            }
            Kind::Enlarge(times) => {
                if let Some(node) = document.pointer_mut(pointer) {
                    enlarge(node, *times);
                }
            }
        }
    }
}

/// Pointers to a value and all values in it.
fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    let below = |key: &str| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"));
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (below(key), value))
            .collect(),
        Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            elements
                .map(|(at, value)| (below(&at.to_string()), value))
                .collect()
        }
        _ => Vec::new(),
    };
    pointers.push(pointer);
    for (pointer, value) in inside {
        collect(value, pointer, pointers);
    }
}

/// Repeats what a node holds; members get names of their own. What is large already stays: sizes
/// multiply.
fn enlarge(node: &mut Value, times: usize) {
    if node.to_string().len().saturating_mul(times) > MOST_BYTES {
        return;
    }
    match node {
        Value::String(text) => *text = text.repeat(times),
        Value::Array(elements) => {
            let all = elements.iter().cycle().take(elements.len() * times);
            *elements = all.cloned().collect();
        }
        Value::Object(members) => {
            let own: Vec<_> = members
                .iter()
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect();
            for time in 1..times {
                let copies = own.iter().cloned();
                members.extend(copies.map(|(key, value)| (format!("{key}{time}"), value)));
            }
        }
        _ => {}
    }
}

fn put(document: &mut Value, pointer: &str, value: Value) {
    if let Some(node) = document.pointer_mut(pointer) {
        *node = value;
    }
}

/// Changes the object or list that holds a node; the node's key comes along.
fn member(document: &mut Value, pointer: &str, change: impl FnOnce(&mut Value, &str)) {
    let Some((above, key)) = pointer.rsplit_once('/') else {
        return;
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    if let Some(holder) = document.pointer_mut(above) {
        change(holder, &key);
    }
}

fn take(holder: &mut Value, key: &str) -> Option<Value> {
    match holder {
        Value::Object(members) => members.remove(key),
        Value::Array(elements) => {
            let at: usize = key.parse().ok()?;
            (at < elements.len()).then(|| elements.remove(at))
        }
        _ => None,
    }
}
