//! Leaves the facts of a document and takes out its prose: names, types and values stay,
//! sentences go.

use serde_json::{Map, Value};

use sdk_openapi::grammar::ObjectKind;

/// Takes out the prose of a whole document.
pub(super) fn keep_facts(tree: &mut Value) {
    if let Some(Value::Object(components)) = tree.get_mut("components") {
        components.shift_remove("examples");
    }
    node(tree, ObjectKind::Root, "");
}

/// `key` is what the node is called by its parent.
fn node(value: &mut Value, kind: ObjectKind, key: &str) {
    match value {
        Value::Object(members) => {
            object(members, kind, key);
            for (key, member) in members.iter_mut() {
                let child = kind.child(key);
                if child != ObjectKind::Data {
                    node(member, child, key);
                }
            }
        }
        Value::Array(elements) => {
            let child = kind.entry();
            if child != ObjectKind::Data {
                elements
                    .iter_mut()
                    .for_each(|element| node(element, child, ""));
            }
        }
        _ => {}
    }
}

fn object(members: &mut Map<String, Value>, kind: ObjectKind, key: &str) {
    // In a map the keys are names: nothing there is a keyword.
    if is_map(kind) {
        return;
    }
    if kind == ObjectKind::OAuthFlow
        && let Some(Value::Object(scopes)) = members.get_mut("scopes")
    {
        scopes
            .values_mut()
            .for_each(|description| *description = Value::from(""));
    }
    let is_response = kind == ObjectKind::Response && !members.contains_key("$ref");
    if is_response && members.contains_key("description") {
        // The standard asks for it.
        members.insert("description".to_owned(), Value::from(reason(key)));
    }
    members.retain(|key, value| {
        if key.starts_with("x-") {
            return extension(key, value);
        }
        match key.as_str() {
            "description" => is_response,
            "summary" | "externalDocs" | "$comment" => false,
            "title" => kind != ObjectKind::Schema,
            "example" | "examples" => !matches!(
                kind,
                ObjectKind::Schema
                    | ObjectKind::Parameter
                    | ObjectKind::Header
                    | ObjectKind::MediaType
            ),
            "contact" | "termsOfService" => kind != ObjectKind::Info,
            _ => true,
        }
    });
}

/// Whether an object's keys are names that the document gives.
fn is_map(kind: ObjectKind) -> bool {
    kind.entry() != ObjectKind::Data && kind != ObjectKind::Schema
        || matches!(
            kind,
            ObjectKind::Paths
                | ObjectKind::PathItems
                | ObjectKind::Responses
                | ObjectKind::Callback
        )
        || matches!(kind, ObjectKind::ServerVariables | ObjectKind::OAuthFlows)
}

/// Whether an extension stays; what is prose in it goes. A sentence in place of a flag, such
/// as why something is undocumented, becomes the flag.
fn extension(key: &str, value: &mut Value) -> bool {
    const PROSE: [&str; 14] = [
        "title",
        "description",
        "summary",
        "docs",
        "example",
        "logo",
        "codesamples",
        "displayname",
        "readme",
        "comment",
        "note",
        "message",
        "changelog",
        "reason",
    ];
    let plain: String = key.to_lowercase().replace(['-', '_'], "");
    if PROSE.iter().any(|word| plain.contains(word)) {
        return false;
    }
    match value {
        Value::String(text) if is_prose(text) => *value = Value::Bool(true),
        Value::Object(members) if !members.is_empty() => {
            members.retain(inner);
            return !members.is_empty();
        }
        Value::Array(elements) if !elements.is_empty() => {
            elements.retain_mut(|element| inner("", element));
            return !elements.is_empty();
        }
        _ => {}
    }
    true
}

/// The same below an extension, where a sentence is only a sentence.
fn inner(key: &(impl AsRef<str> + ?Sized), value: &mut Value) -> bool {
    match value {
        Value::String(text) => !is_prose(text) && !is_prose_key(key.as_ref()),
        _ => extension(key.as_ref(), value),
    }
}

fn is_prose_key(key: &str) -> bool {
    matches!(
        key,
        "title" | "description" | "summary" | "message" | "note" | "example"
    )
}

/// Whether text is a sentence rather than a name, a pattern or a value.
fn is_prose(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words >= 4 || (words >= 2 && text.trim_end().ends_with(['.', '!', '?', ':']))
}

/// A status' standard reason phrase (RFC 9110 and those beside it), or nothing.
fn reason(status: &str) -> &'static str {
    match status {
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No Content",
        "206" => "Partial Content",
        "301" => "Moved Permanently",
        "302" => "Found",
        "303" => "See Other",
        "304" => "Not Modified",
        "307" => "Temporary Redirect",
        "308" => "Permanent Redirect",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "402" => "Payment Required",
        "403" => "Forbidden",
        "404" => "Not Found",
        "405" => "Method Not Allowed",
        "406" => "Not Acceptable",
        "408" => "Request Timeout",
        "409" => "Conflict",
        "410" => "Gone",
        "412" => "Precondition Failed",
        "413" => "Content Too Large",
        "415" => "Unsupported Media Type",
        "422" => "Unprocessable Content",
        "429" => "Too Many Requests",
        "500" => "Internal Server Error",
        "501" => "Not Implemented",
        "502" => "Bad Gateway",
        "503" => "Service Unavailable",
        "504" => "Gateway Timeout",
        _ => "",
    }
}
