//! The models of documents.

mod constraints;
mod objects;
mod operations;
mod problems;
mod recursion;
mod sizes;
mod stable_names;
mod unions;

use crate::config::Config;
use sdk_model::{
    Api, BodyContent, Constant, Envelope, Field, Operation, Presence, ResponseContent, Safety,
    Shape, Type, TypeDef, TypeId,
};
use sdk_openapi::diagnostics::{Diagnostics, Sources};
use sdk_openapi::{Document, LoadOptions, Source};

/// Lowers a document and returns the messages of its diagnostics.
pub(crate) fn lowered(document: &str, config: &str, lenient: bool) -> (Option<Api>, Vec<String>) {
    let mut diagnostics = Diagnostics::new(lenient);
    let mut sources = Sources::new();
    let source = Source::from_bytes("openapi.yaml", document.as_bytes());
    let options = LoadOptions::default();
    let document = Document::load(source, &options, &mut sources, &mut diagnostics);
    let config = Config::parse(config, "codegen.yaml").unwrap_or_default();
    let api = document.map(|document| {
        let mut api = super::lower(&document, &config, "demo", &mut diagnostics);
        crate::passes::run(&mut api);
        api
    });
    (
        api,
        diagnostics
            .iter()
            .map(|problem| problem.message.clone())
            .collect(),
    )
}

/// The model of a good document.
fn model(paths: &str, components: &str, config: &str) -> Api {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{ title: Demo, version: '1' }}\npaths:\n{paths}\ncomponents:\n{components}\n"
    );
    let (api, problems) = lowered(&text, config, false);
    assert!(problems.is_empty(), "{problems:#?}\n{text}");
    let Some(api) = api else {
        panic!("no document:\n{text}")
    };
    api
}

/// The type that `GET /thing` answers, `schemas` given.
fn answer(schemas: &str) -> (Type, Api) {
    let paths = "
  /thing:
    get:
      operationId: getThing
      tags: [things]
      responses:
        '200': { description: Fine, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }";
    let api = model(paths, &format!("  schemas:\n{schemas}"), "");
    let ResponseContent::Json { ty, .. } = only(&api).success.content.clone() else {
        panic!("no JSON")
    };
    (ty, api)
}

fn only(api: &Api) -> &Operation {
    let operations = super::resources::operations(&api.resources);
    assert_eq!(operations.len(), 1);
    operations[0]
}

fn def<'a>(api: &'a Api, id: &str) -> &'a TypeDef {
    let known: Vec<_> = api.types.keys().map(ToString::to_string).collect();
    let found = api.types.get(&TypeId(id.to_owned()));
    found.unwrap_or_else(|| panic!("no {id} in {known:#?}"))
}

fn fields<'a>(api: &'a Api, id: &str) -> &'a [Field] {
    match &def(api, id).shape {
        Shape::Struct { fields, .. } => fields,
        other => panic!("{id} is {other:?}"),
    }
}

fn field<'a>(api: &'a Api, id: &str, wire: &str) -> &'a Field {
    let found = fields(api, id).iter().find(|field| field.name.wire == wire);
    found.unwrap_or_else(|| panic!("no {wire} in {id}"))
}

fn variants(api: &Api, id: &str) -> Vec<(String, Type, Vec<String>)> {
    match &def(api, id).shape {
        Shape::Union { variants, .. } => variants
            .iter()
            .map(|it| (it.name.ident.to_string(), it.ty.clone(), it.tags.clone()))
            .collect(),
        other => panic!("{id} is {other:?}"),
    }
}

fn values(api: &Api, id: &str) -> Vec<String> {
    match &def(api, id).shape {
        Shape::StringEnum { values } | Shape::IntegerEnum { values } => values
            .iter()
            .map(|value| value.name.ident.to_string())
            .collect(),
        other => panic!("{id} is {other:?}"),
    }
}

fn named(id: &str) -> Type {
    Type::Named(TypeId(id.to_owned()))
}

fn boxed(id: &str) -> Type {
    Type::Boxed(Box::new(named(id)))
}
