use std::collections::{HashMap, HashSet};

use super::body::BodyChoice;
use super::docs;
use super::media_type::MediaKind;
use super::schema::{ResolvedType, Schemas, as_text};
use crate::{extensions, reserved};
use sdk_model::names::{Claim, Kind, Scope};
use sdk_model::{
    Constraints, Name, Parameter, PathSegment, PathTemplate, Presence, SpecPointer, Style, Type,
};
use sdk_openapi::diagnostics::{Diagnostic, ErrorKind, sanitize};
use sdk_openapi::path_template::{TemplatePart, parts, split_key};
use sdk_openapi::{OperationView, ParameterLocation, ParameterView};

/// An operation's parameters by location, and the scope of its arguments and setters.
pub(super) struct Parameters {
    pub(super) path: Vec<Parameter>,
    pub(super) query: Vec<Parameter>,
    pub(super) headers: Vec<Parameter>,
    pub(super) cookies: Vec<Parameter>,
    pub(super) scope: Scope,
}

/// Lowers an operation's parameters.
pub(super) fn lower<'d>(
    schemas: &mut Schemas<'d, '_>,
    view: &OperationView<'d>,
    body: BodyChoice,
) -> Parameters {
    let mut found = Parameters {
        path: Vec::new(),
        query: Vec::new(),
        headers: Vec::new(),
        cookies: Vec::new(),
        scope: scope(schemas, view, body),
    };
    let template = template(view.path);
    if !schemas
        .reader()
        .check_parameter_limit(view.origin(), view.parameters.len())
    {
        found.add_undeclared(&template, view);
        return found;
    }
    let positions = positions(&template);
    let path = in_path(view, &positions);
    let in_location = |location| -> Vec<ParameterView<'d>> {
        view.parameters
            .iter()
            .filter(|parameter| parameter.location == location && !is_ignored(parameter))
            .cloned()
            .collect()
    };
    let mut query = in_location(ParameterLocation::Query);
    let headers = in_location(ParameterLocation::Header);
    let cookies = in_location(ParameterLocation::Cookie);
    report_authorization(schemas, view);
    let mut is_expressible = |parameter: &ParameterView<'d>| {
        let is_whole = whole_query_style(schemas, parameter).is_some();
        if !is_whole {
            schemas.inexpressible(
                &parameter.node.origin,
                "a query string of this content is not supported",
                "the parameter is left out",
                format!("the parameter `{}`", sanitize(parameter.name)),
            );
        }
        is_whole
    };
    let whole = in_location(ParameterLocation::QueryString).into_iter();
    let whole: Vec<ParameterView<'d>> = whole
        .filter(|parameter| is_expressible(parameter))
        .collect();
    query.extend(whole);
    found.path = found.all(schemas, &path, "path");
    found.query = found.all(schemas, &query, "query");
    found.headers = found.all(schemas, &headers, "header");
    found.cookies = found.all(schemas, &cookies, "cookie");
    found.add_undeclared(&template, view);
    found
        .path
        .sort_by_key(|parameter| positions.get(parameter.name.wire.as_str()));
    found
}

/// The scope of an operation's arguments and setters.
fn scope<'d>(schemas: &mut Schemas<'d, '_>, view: &OperationView<'d>, body: BodyChoice) -> Scope {
    let mut scope = Scope::new(Kind::Field)
        .reserving(&reserved::OPERATOR_METHODS, "param")
        .reserving(&reserved::REQUEST_BUILDER_RUNTIME, "param")
        .reserving(&reserved::REQUEST_BUILDER_EMITTED, "param");
    if super::body::is_whole(schemas, view, body) {
        scope = scope.reserving(&[reserved::BODY_ARGUMENT], "param");
    }
    // The struct of other required arguments is an argument next to the path's parameters.
    if view.path.contains("{required}") {
        scope = scope.reserving(&[reserved::REQUIRED_ARGUMENT], "param");
    }
    scope
}

/// The names in a template, each with its first position.
fn positions(template: &PathTemplate) -> HashMap<&str, usize> {
    let mut positions = HashMap::new();
    for (position, segment) in template.segments.iter().enumerate() {
        if let PathSegment::Parameter(name) = segment {
            positions.entry(name.as_str()).or_insert(position);
        }
    }
    positions
}

/// A path's parameters. Validation has reported those that the template lacks.
fn in_path<'d>(
    view: &OperationView<'d>,
    positions: &HashMap<&str, usize>,
) -> Vec<ParameterView<'d>> {
    let is_in_path = |parameter: &&ParameterView<'_>| {
        parameter.location == ParameterLocation::Path && positions.contains_key(parameter.name)
    };
    view.parameters.iter().filter(is_in_path).cloned().collect()
}

impl Parameters {
    /// Adds the parameters that a template has but no Parameter Object declares.
    fn add_undeclared(&mut self, template: &PathTemplate, view: &OperationView<'_>) {
        let declared = self
            .path
            .iter()
            .map(|parameter| parameter.name.wire.clone());
        let mut known: HashSet<String> = declared.collect();
        for segment in &template.segments {
            if let PathSegment::Parameter(wire) = segment
                && known.insert(wire.clone())
            {
                let parameter = undeclared(&mut self.scope, wire, view.origin());
                self.path.push(parameter);
            }
        }
    }

    fn all<'d>(
        &mut self,
        schemas: &mut Schemas<'d, '_>,
        views: &[ParameterView<'d>],
        location: &str,
    ) -> Vec<Parameter> {
        let disambiguators = [location];
        let claims: Vec<_> = views
            .iter()
            .map(|view| Claim {
                disambiguators: &disambiguators,
                ..Claim::of(view.name)
            })
            .collect();
        let idents = self.scope.claim_all(&claims);
        views
            .iter()
            .zip(idents)
            .map(|(view, ident)| {
                let name = Name {
                    wire: view.name.to_owned(),
                    ident,
                };
                parameter(schemas, view, name)
            })
            .collect()
    }
}

fn parameter<'d>(schemas: &mut Schemas<'d, '_>, view: &ParameterView<'d>, name: Name) -> Parameter {
    let (schema, json) = match (&view.schema, &view.content) {
        (None, Some(content)) => (
            content.schema.clone(),
            MediaKind::of(content.media_type).is_json(),
        ),
        (schema, _) => (schema.clone(), false),
    };
    let found = match &schema {
        Some(schema) => schemas.resolve(schema),
        None => ResolvedType {
            ty: Type::String,
            nullable: false,
        },
    };
    let default = schema
        .as_ref()
        .and_then(|schema| schemas.merge_all_of(schema).default.cloned());
    let in_path = view.location == ParameterLocation::Path;
    let style = match view.location {
        ParameterLocation::QueryString => whole_query_style(schemas, view),
        _ if json => Some(Style::Json),
        _ => None,
    };
    let style = style.unwrap_or_else(|| style_of(schemas, view));
    let mut docs = view.description.unwrap_or_default().trim().to_owned();
    if docs.is_empty()
        && let Some(schema) = &schema
        && schema.reference().is_none()
    {
        docs = schemas
            .merge_all_of(schema)
            .description
            .unwrap_or_default()
            .trim()
            .to_owned();
    }
    Parameter {
        name,
        ty: as_text(found.ty),
        presence: Presence::of(view.required || in_path, found.nullable && !in_path),
        style,
        explode: view
            .explode
            .unwrap_or(matches!(style, Style::Form | Style::DeepObject)),
        allow_reserved: view.allow_reserved,
        docs,
        deprecation: docs::deprecation(view.deprecated, extensions::deprecation_note(&view.node)),
        default,
        constraints: Constraints::default(),
        origin: view.node.origin.clone(),
    }
}

/// How a parameter is written that is the whole query string. A form with any members is an exploded
/// object, where its members are single values.
fn whole_query_style<'d>(schemas: &mut Schemas<'d, '_>, view: &ParameterView<'d>) -> Option<Style> {
    let content = view.content.as_ref()?;
    match MediaKind::of(content.media_type) {
        kind if kind.is_json() => Some(Style::WholeJson),
        MediaKind::Text => {
            let text = schemas.resolve(content.schema.as_ref()?);
            matches!(text.ty, Type::String).then_some(Style::WholeText)
        }
        MediaKind::Form => {
            let form = schemas.resolve(content.schema.as_ref()?);
            let is_exact = matches!(&form.ty, Type::Map(value)
                if matches!(value.as_ref(), Type::String | Type::Bool | Type::I32 | Type::I64));
            is_exact.then_some(Style::Form)
        }
        _ => None,
    }
}

fn style_of(schemas: &mut Schemas<'_, '_>, view: &ParameterView<'_>) -> Style {
    let usual = match view.location {
        ParameterLocation::Path | ParameterLocation::Header => Style::Simple,
        _ => Style::Form,
    };
    let Some(declared) = view.style else {
        return usual;
    };
    match (declared, view.location) {
        ("simple", ParameterLocation::Path | ParameterLocation::Header) => Style::Simple,
        ("label", ParameterLocation::Path) => Style::Label,
        ("matrix", ParameterLocation::Path) => Style::Matrix,
        ("form" | "cookie", ParameterLocation::Query | ParameterLocation::Cookie) => Style::Form,
        ("spaceDelimited", ParameterLocation::Query) => Style::SpaceDelimited,
        ("pipeDelimited", ParameterLocation::Query) => Style::PipeDelimited,
        ("deepObject", ParameterLocation::Query) => Style::DeepObject,
        _ => {
            let message = format!("the style `{declared}` does not exist for a parameter here");
            let problem = Diagnostic::error(&view.node.origin, message)
                .repair("using the default style")
                .omits(format!("the style `{}`", sanitize(declared)));
            schemas.recoverable(ErrorKind::Parameter, problem);
            usual
        }
    }
}

fn undeclared(scope: &mut Scope, wire: &str, origin: &SpecPointer) -> Parameter {
    Parameter {
        name: scope.name(wire),
        ty: Type::String,
        presence: Presence::Required,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        docs: String::new(),
        deprecation: None,
        default: None,
        constraints: Constraints::default(),
        origin: origin.clone(),
    }
}

/// Reports a declared `Authorization` header, which the standard says to ignore.
fn report_authorization(schemas: &mut Schemas<'_, '_>, view: &OperationView<'_>) {
    let declared = view.parameters.iter().find(|parameter| {
        parameter.location == ParameterLocation::Header
            && parameter.name.eq_ignore_ascii_case("authorization")
    });
    if let Some(parameter) = declared {
        schemas.omit(
            format!(
                "the header parameter `Authorization` of {}",
                super::select::signature(view)
            ),
            "a security scheme describes it; without one, `header` sets it".to_owned(),
            &parameter.node.origin,
        );
    }
}

/// Headers that the standard says to ignore among parameters: other objects describe them.
fn is_ignored(parameter: &ParameterView<'_>) -> bool {
    parameter.location == ParameterLocation::Header
        && ["accept", "content-type", "authorization"]
            .iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
}

/// Parses a path template.
pub(super) fn template(path: &str) -> PathTemplate {
    // A query in the key has become parameters, and a fragment is never sent.
    let (path, ..) = split_key(path);
    let segment = |part| match part {
        TemplatePart::Literal(text) => PathSegment::Literal(text.to_owned()),
        TemplatePart::Variable(name) => PathSegment::Parameter(name.to_owned()),
    };
    let parts = parts(path).unwrap_or_else(|| vec![TemplatePart::Literal(path)]);
    PathTemplate {
        text: path.to_owned(),
        segments: parts.into_iter().map(segment).collect(),
    }
}
