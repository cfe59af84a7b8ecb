use expect_test::expect_file;

use super::{Context, files};
use crate::package::Package;
use crate::print;
use sdk_model::names::{Kind, Scope};
use sdk_model::{
    Api, Constraints, EnumValue, Envelope, ErrorModel, Field, Ident, ModulePath, Name, Operation,
    Pagination, Parameter, PathTemplate, Presence, Resource, ResponseContent, SchemeKind,
    SchemeUse, SecurityScheme, Server, Shape, SpecPointer, Style, Success, Type, TypeDef, TypeId,
    TypeTable, Usage,
};

fn ident(text: &str) -> Ident {
    let is_type = text.starts_with(|c: char| c.is_ascii_uppercase());
    let kind = if is_type { Kind::Type } else { Kind::Method };
    Scope::new(kind).claim_wire(text)
}

fn name(wire: &str) -> Name {
    Name {
        wire: wire.to_owned(),
        ident: ident(wire),
    }
}

fn field(wire: &str, ty: Type, presence: Presence) -> Field {
    Field {
        name: name(wire),
        ty,
        presence,
        docs: String::new(),
        deprecation: None,
        read_only: false,
        write_only: false,
        default: None,
        example: None,
        constraints: Constraints::default(),
        origin: SpecPointer::root(),
    }
}

fn parameter(wire: &str, ty: Type, presence: Presence) -> Parameter {
    Parameter {
        name: name(wire),
        ty,
        presence,
        style: if presence == Presence::Required {
            Style::Simple
        } else {
            Style::Form
        },
        explode: presence != Presence::Required,
        allow_reserved: false,
        docs: format!("The `{wire}`."),
        deprecation: None,
        default: None,
        constraints: Constraints::default(),
        origin: SpecPointer::root(),
    }
}

fn definition(module: &[&str], name: &str, parent: Option<&str>, shape: Shape) -> TypeDef {
    TypeDef {
        module: ModulePath(module.iter().map(|segment| ident(segment)).collect()),
        name: Name {
            wire: name.to_owned(),
            ident: ident(name),
        },
        parent: parent.map(|parent| TypeId(parent.to_owned())),
        docs: String::new(),
        deprecation: None,
        example: None,
        shape,
        usage: Usage {
            request: false,
            response: true,
        },
        constraints: Constraints::default(),
        origin: SpecPointer::root(),
    }
}

fn operation(id: &str, method: &str, builder: &str, path: &str) -> Operation {
    Operation {
        id: id.to_owned(),
        summary: "Does one thing".to_owned(),
        path: PathTemplate {
            text: path.to_owned(),
            ..PathTemplate::default()
        },
        success: Success {
            statuses: vec!["200".to_owned()],
            accept: vec!["application/json".to_owned()],
            ..Success::default()
        },
        security: vec![vec![SchemeUse {
            scheme: "bearerAuth".to_owned(),
            scopes: Vec::new(),
        }]],
        ..Operation::new(name(method), ident(builder))
    }
}

/// Clerk's shape: one session by id, and a list with pages.
fn sessions() -> Api {
    let session = Type::Named(TypeId("types::session::Session".to_owned()));
    let status = Type::Named(TypeId("types::session::SessionStatus".to_owned()));
    let mut types = TypeTable::new();
    for definition in [
        definition(
            &["types", "session"],
            "Session",
            None,
            Shape::Struct {
                fields: vec![
                    field("id", Type::String, Presence::Required),
                    field("status", status.clone(), Presence::Required),
                    field("token", Type::Secret, Presence::Optional),
                    field("created_at", Type::UnixMillis, Presence::Required),
                    field(
                        "tasks",
                        Type::List(Box::new(Type::String)),
                        Presence::OptionalNullable,
                    ),
                ],
                additional: None,
            },
        ),
        definition(
            &["types", "session"],
            "SessionStatus",
            Some("types::session::Session"),
            Shape::StringEnum {
                values: vec![EnumValue {
                    name: Name {
                        wire: "active".to_owned(),
                        ident: ident("Active"),
                    },
                    docs: String::new(),
                }],
            },
        ),
    ] {
        types.insert(definition.id(), definition);
    }
    let mut get = operation("GetSession", "get", "GetRequest", "/sessions/{session_id}");
    get.path_params = vec![parameter("session_id", Type::String, Presence::Required)];
    let json = |ty, envelope| ResponseContent::Json { ty, envelope };
    get.success.content = json(session.clone(), None);
    let mut list = operation("ListSessions", "list", "ListRequest", "/sessions");
    list.query = vec![
        parameter("user_id", Type::String, Presence::Optional),
        parameter("status", status, Presence::Optional),
    ];
    list.success.content = json(
        Type::List(Box::new(session.clone())),
        Some(Envelope {
            key: "data".to_owned(),
            optional: true,
        }),
    );
    list.pagination = Some(Pagination::Offset {
        offset: "offset".to_owned(),
        limit: "limit".to_owned(),
        default_limit: Some(10),
        max_limit: Some(500),
        items: String::new(),
        total: Some("/total_count".to_owned()),
        item: session,
        items_required: true,
        in_body: false,
    });
    Api {
        name: ident("clerk"),
        title: "Clerk".to_owned(),
        docs: String::new(),
        version: "1".to_owned(),
        version_header: None,
        servers: vec![Server {
            url: "https://api.example/v1".to_owned(),
            docs: String::new(),
            variables: Vec::new(),
        }],
        base_url_env: Vec::new(),
        success_flag: None,
        group_features: false,
        auth: vec![SecurityScheme {
            name: Name {
                wire: "bearerAuth".to_owned(),
                ident: ident("secret_key"),
            },
            kind: SchemeKind::Bearer,
            env: Some("CLERK_SECRET_KEY".to_owned()),
            prefixes: Vec::new(),
            rejects: Vec::new(),
            deprecation: None,
            docs: String::new(),
            origin: SpecPointer::root(),
        }],
        errors: ErrorModel::default(),
        resources: vec![Resource {
            name: name("sessions"),
            type_name: ident("Sessions"),
            docs: "Sessions.".to_owned(),
            operations: vec![get, list],
            children: Vec::new(),
        }],
        types,
        webhooks: Vec::new(),
        omissions: Vec::new(),
        excluded: Vec::new(),
        waits: Vec::new(),
        operation_count: 2,
    }
}

fn emitted(api: &Api, path: &str) -> String {
    let contexts = [Context::new(api)];
    let package = Package::new("session-sdk", "0.1.0");
    let sources = files(&contexts, &package);
    let source = sources.iter().find(|source| source.path == path);
    let text = source.map(|source| print::rust(source.code()).map_err(|e| e.to_string()));
    text.unwrap_or_else(|| Err(format!("no {path}")))
        .unwrap_or_else(|error| error)
}

#[test]
fn a_type_is_what_its_document_says() {
    let text = emitted(&sessions(), "src/clerk/types/session.rs");
    expect_file!["tests/session.rs.txt"].assert_eq(&text);
}

#[test]
fn a_resource_is_thin_methods() {
    let text = emitted(&sessions(), "src/clerk/resources/sessions.rs");
    expect_file!["tests/sessions.rs.txt"].assert_eq(&text);
}

#[test]
fn every_file_prints() {
    let api = sessions();
    let contexts = [Context::new(&api)];
    let package = Package::new("session-sdk", "0.1.0");
    for source in files(&contexts, &package) {
        let text = print::rust(source.code());
        assert!(text.is_ok(), "{}: {text:?}", source.path);
    }
}
