//! The same for whole documents with the text in every description.

use std::{collections::BTreeMap, str::FromStr};

use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;
use serde_json::{Value, json};
use syn::LitStr;

use super::{lint, texts};
use crate::emit;
use crate::emit::Context;
use crate::lower::tests::lowered;
use crate::package::Package;
use crate::print;

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn text_changes_documentation_only(text in texts::text()) {
        let files = generated(&document(&text, "name"))?;
        let plain = generated(&document("Plain.", "name"))?;
        prop_assert_eq!(files.len(), plain.len());
        for (path, (code, _)) in &files {
            prop_assert_eq!(Some(code), plain.get(path).map(|(code, _)| code), "{}", path);
        }
        check(&files, &plain)?;
    }

    #[test]
    fn names_never_change_documentation_syntax(name in texts::text()) {
        check(&generated(&document("", &name))?, &generated(&document("", "name"))?)?;
    }
}

/// Lints comments, except for the generator's own links and examples.
fn check(files: &Files, plain: &Files) -> Result<(), TestCaseError> {
    let own: Vec<String> = plain
        .values()
        .flat_map(|(_, comments)| comments)
        .flat_map(|comment| lint::violations(comment))
        .collect();
    for (path, (_, comments)) in files {
        for comment in comments {
            let mut violations = lint::violations(comment);
            violations.retain(|violation| !own.contains(violation));
            prop_assert!(
                violations.is_empty(),
                "{path}: {violations:#?}\n--- comment\n{comment}"
            );
        }
    }
    Ok(())
}

/// Files by their paths: code without comments, and the comments.
type Files = BTreeMap<String, (String, Vec<String>)>;

/// The files of a document's crate.
fn generated(document: &Value) -> Result<Files, TestCaseError> {
    let (api, problems) = lowered(&document.to_string(), "", true);
    let Some(api) = api else {
        return Err(TestCaseError::fail(format!("{problems:#?}")));
    };
    let contexts = [Context::new(&api)];
    let package = Package::new("demo-sdk", "0.1.0");
    let sources = emit::files(&contexts, &package);
    let parts = sources.iter().map(|source| {
        let text = print::rust(source.code())
            .map_err(|error| TestCaseError::fail(format!("{}: {error}", source.path)))?;
        let tokens = TokenStream::from_str(&text)
            .map_err(|error| TestCaseError::fail(format!("{}: {error}", source.path)))?;
        let mut comments = Vec::new();
        let mut code = String::new();
        take_apart(tokens, &mut code, &mut comments);
        Ok((source.path.clone(), (code, comments)))
    });
    parts.collect()
}

/// Tells comments from code. Lines that follow one another are one comment.
fn take_apart(tokens: TokenStream, code: &mut String, comments: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut goes_on = false;
    while let [first, after @ ..] = rest {
        if let Some((line, after)) = doc_line(rest) {
            let line = line.strip_prefix(' ').unwrap_or(&line);
            match comments.last_mut() {
                Some(comment) if goes_on => {
                    comment.push('\n');
                    comment.push_str(line);
                }
                _ => comments.push(line.to_owned()),
            }
            goes_on = true;
            rest = after;
            continue;
        }
        goes_on = false;
        match first {
            TokenTree::Group(group) => {
                code.push_str("( ");
                take_apart(group.stream(), code, comments);
                code.push_str(") ");
            }
            other => {
                code.push_str(&other.to_string());
                code.push(' ');
            }
        }
        rest = after;
    }
}

/// The line of a doc attribute at the front, and what follows.
fn doc_line(tokens: &[TokenTree]) -> Option<(String, &[TokenTree])> {
    let (sign, mut rest) = tokens.split_first()?;
    if sign.to_string() != "#" {
        return None;
    }
    if let [TokenTree::Punct(inner), after @ ..] = rest
        && inner.as_char() == '!'
    {
        rest = after;
    }
    let [TokenTree::Group(group), after @ ..] = rest else {
        return None;
    };
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let [TokenTree::Ident(name), _, value @ TokenTree::Literal(_)] = inner.as_slice() else {
        return None;
    };
    let line: LitStr = syn::parse2(value.clone().into()).ok()?;
    (name == "doc").then(|| (line.value(), after))
}

/// A document with a text in every description, and a name in every position that Rust does not
/// take its own from.
fn document(text: &str, name: &str) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": format!("T {name}"), "version": format!("1 {name}"), "description": text },
        "servers": [{
            "url": "https://{zone}.docs.test",
            "description": text,
            "variables": { "zone": { "default": "eu", "description": text } },
        }],
        "tags": [{ "name": "things", "description": text }],
        "security": [{ "key": [] }],
        "paths": { "/things/{id}": {
            "summary": text,
            "description": text,
            "post": operation(text, name),
        } },
        "components": {
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": "X-Key", "description": text },
            },
            "schemas": {
                "Thing": thing(text, name),
                "Kind": {
                    "type": "string", "enum": ["a", name, "b"],
                    "x-enum-descriptions": [text, text, text], "description": text,
                },
                "Either": {
                    "oneOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "string", "description": text }],
                    "description": text,
                },
                "Named": { "type": "object", "additionalProperties": { "type": "string" }, "description": text },
                "Problem": { "type": "object", "description": text, "properties": { "code": { "type": "string" } } },
            },
        },
    })
}

fn operation(text: &str, name: &str) -> Value {
    let response = |schema: &str| {
        json!({
            "description": text,
            "headers": { "X-Count": { "schema": { "type": "integer" }, "description": text } },
            "content": { "application/json": {
                "schema": { "$ref": format!("#/components/schemas/{schema}") }, "example": { "name": text },
            } },
        })
    };
    json!({
        "operationId": "thing",
        "tags": ["things"],
        "summary": text,
        "description": text,
        "deprecated": true,
        "externalDocs": { "url": "https://docs.test", "description": text },
        "parameters": [
            { "name": "id", "in": "path", "required": true, "schema": { "type": "string" }, "description": text },
            { "name": "kind", "in": "query", "schema": { "$ref": "#/components/schemas/Kind" }, "description": text },
            { "name": "q", "in": "query", "schema": { "type": "string", "default": name }, "description": text },
            { "name": "X-Trace", "in": "header", "schema": { "type": "string" }, "description": text },
        ],
        "requestBody": {
            "description": text,
            "required": true,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Either" } } },
        },
        "responses": {
            "200": response("Thing"), "404": response("Problem"), "409": response("Named"), "default": response("Problem"),
        },
        "callbacks": { "done": { "{$request.body#/url}": { "post": {
            "description": text,
            "requestBody": {
                "description": text,
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Named" } } },
            },
            "responses": { "204": { "description": text } },
        } } } },
    })
}

fn thing(text: &str, name: &str) -> Value {
    json!({
        "type": "object",
        "description": text,
        "example": { "name": text },
        "required": ["name", "id"],
        "properties": {
            "id": { "type": "string", "readOnly": true, "description": text },
            "name": { "type": "string", "description": text, "example": text, "default": name },
            "kind": { "$ref": "#/components/schemas/Kind" },
            "inner": { "type": "object", "description": text, "properties": { "x": { "type": "integer", "description": text } } },
            "list": { "type": "array", "description": text, "items": { "type": "string", "description": text } },
            "old": { "type": "string", "deprecated": true, "description": text },
            "secret": { "type": "string", "format": "password", "description": text },
            name: { "type": "boolean", "description": text },
        },
    })
}
