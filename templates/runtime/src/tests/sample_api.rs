//! A small API, as the generator emits it.

#![allow(dead_code, unreachable_pub, reason = "the macros make it a public client")]

use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{
    Api, Core, CoreBuilder, Credential, Envelope, ErrorFields, Items, Method, Operation,
    Pages, Paging, PagingMode, Request, RequestBody, ResponseMode, Safety, Scheme,
    SchemeKind, ServerVariable, decode,
};

pub(crate) const KEY: &str = "sk_planted_secret";

pub(crate) static API: Api = Api {
    name: "sample",
    version: "2026-01-02",
    version_header: Some("Sample-Version"),
    base_url: "https://{region}.sample.test/v1",
    base_url_env: &["SAMPLE_BASE_URL", "SAMPLE_ENDPOINT"],
    server_variables: &[ServerVariable {
        name: "region",
        default: "eu",
        values: &["eu", "us"],
    }],
    user_agent: "session-sdk/0.1.0",
    schemes: &[
        Scheme {
            prefixes: &["sk_"],
            rejects: &[("pk_", "publishable key")],
            ..scheme("key", "secret_key", SchemeKind::Bearer, Some("SAMPLE_KEY"))
        },
        Scheme {
            prefixes: &["sk_login_"],
            ..scheme("login", "login", SchemeKind::Basic, None)
        },
        scheme(
            "workspace",
            "workspace",
            SchemeKind::Header("x-workspace"),
            Some("SAMPLE_SPACE"),
        ),
        scheme("token", "token", SchemeKind::Query("token"), None),
        scheme("sid", "sid", SchemeKind::Cookie("sid"), None),
        scheme("digest", "digest", SchemeKind::Http("Token"), None),
    ],
    security: &[&["key"], &["workspace", "key"]],
    success_flag: Some("ok"),
    errors: ErrorFields {
        code: &["/errors/0/code", "/error/type"],
        message: &["/errors/0/message", "/error/message"],
        request_id: &["/trace_id"],
        request_id_headers: &["x-request-id"],
    },
};

const fn scheme(
    name: &'static str,
    setter: &'static str,
    kind: SchemeKind,
    env: Option<&'static str>,
) -> Scheme {
    Scheme { name, setter, kind, env, prefixes: &[], rejects: &[] }
}

pub(crate) static GET: Operation = Operation {
    id: "GetThing",
    method: Method::Get,
    path: "/things/{thing_id}",
    body: RequestBody::None,
    accept: "application/json",
    response: ResponseMode::Buffered,
    envelope: Envelope::None,
    safety: Safety::Safe,
    security: &[&["key"]],
};

pub(crate) static CREATE: Operation = Operation {
    id: "CreateThing",
    method: Method::Post,
    path: "/things",
    body: RequestBody::JsonFields("application/json"),
    safety: Safety::Unsafe,
    ..GET
};

pub(crate) static FORM: Operation = Operation {
    id: "FormThing",
    body: RequestBody::Form("application/x-www-form-urlencoded"),
    ..CREATE
};

pub(crate) static UPLOAD: Operation = Operation {
    id: "UploadThing",
    body: RequestBody::Bytes("application/octet-stream"),
    safety: Safety::Idempotent,
    ..CREATE
};

pub(crate) static LIST: Operation = Operation {
    id: "ListThings",
    path: "/things",
    envelope: Envelope::Optional("data"),
    ..GET
};

pub(crate) static LIST_PAGES: Paging = Paging {
    mode: PagingMode::Offset {
        offset: "offset",
        limit: "limit",
        max_limit: Some(100),
        total: Some("/total_count"),
    },
    items: "",
    items_required: true,
    in_body: false,
};

pub(crate) static SEARCH: Operation = Operation {
    id: "SearchThings",
    path: "/things/search",
    safety: Safety::Safe,
    ..CREATE
};

pub(crate) static SEARCH_PAGES: Paging = Paging {
    mode: PagingMode::Cursor {
        cursor: "page_cursor",
        next: "/pagination/next",
        more: None,
    },
    items: "/things",
    items_required: true,
    in_body: true,
};

#[derive(Debug, PartialEq)]
pub(crate) struct Thing {
    pub(crate) id: String,
}
crate::json_object!(Thing {
    id = required("id"),
});

#[derive(Debug)]
pub(crate) struct Errors {
    pub(crate) errors: Vec<serde_json::Value>,
}
crate::json_object!(Errors {
    errors = required("errors"),
});

#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) core: Core,
}

#[derive(Debug, Clone)]
#[must_use]
pub(crate) struct ClientBuilder {
    pub(crate) core: CoreBuilder,
}

crate::client_builder_methods!(ClientBuilder, Client, Errors);

impl ClientBuilder {
    pub(crate) fn secret_key(mut self, credential: impl Into<Credential>) -> Self {
        self.core.credential("key", credential.into());
        self
    }
}

impl Client {
    pub(crate) fn builder() -> ClientBuilder {
        ClientBuilder { core: CoreBuilder::new(&API) }
    }

    /// A client of a mock transport, with a key and a timer without delays.
    pub(crate) fn mocked(mock: &MockTransport) -> Self {
        Self::timed(mock, &InstantTimer::new())
    }

    pub(crate) fn timed(mock: &MockTransport, timer: &InstantTimer) -> Self {
        let builder = Self::builder().secret_key(KEY);
        builder.transport(mock.clone()).timer(timer.clone()).build().unwrap()
    }

    pub(crate) fn get(&self, id: &str) -> GetRequest {
        let mut request = self.core.request(&GET);
        request.path("thing_id", id);
        GetRequest { request }
    }

    pub(crate) fn create(&self) -> CreateRequest {
        CreateRequest { request: self.core.request(&CREATE) }
    }

    pub(crate) fn list(&self) -> ListRequest {
        ListRequest { request: self.core.request(&LIST) }
    }

    pub(crate) fn search(&self) -> SearchRequest {
        SearchRequest { request: self.core.request(&SEARCH) }
    }
}

#[derive(Debug, Clone)]
#[must_use]
pub(crate) struct GetRequest {
    pub(crate) request: Request,
}

crate::request_methods!(GetRequest, Thing, Errors, decode::json);

#[derive(Debug, Clone)]
#[must_use]
pub(crate) struct CreateRequest {
    pub(crate) request: Request,
}

impl CreateRequest {
    pub(crate) fn name(mut self, name: &str) -> Self {
        self.request.field("name", name);
        self
    }
}

crate::request_methods!(CreateRequest, Thing, Errors, decode::json);

#[derive(Debug, Clone)]
#[must_use]
pub(crate) struct ListRequest {
    pub(crate) request: Request,
}

impl ListRequest {
    pub(crate) fn limit(mut self, limit: i64) -> Self {
        self.request.query("limit", limit);
        self
    }

    pub(crate) fn pages(self) -> Pages<Thing, Errors> {
        self.request.pages(&LIST_PAGES)
    }

    pub(crate) fn items(self) -> Items<Thing, Errors> {
        self.pages().items()
    }
}

crate::request_methods!(ListRequest, Vec<Thing>, Errors, decode::json);

#[derive(Debug, Clone)]
#[must_use]
pub(crate) struct SearchRequest {
    pub(crate) request: Request,
}

impl SearchRequest {
    pub(crate) fn items(self) -> Items<Thing, Errors> {
        self.request.pages(&SEARCH_PAGES).items()
    }
}
