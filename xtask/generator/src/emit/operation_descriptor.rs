//! The static that describes an operation to the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    scope::Scope,
    security::{Requirements, requirements},
    tokens::{static_name, word},
    wait,
};
use sdk_model::{Body, BodyContent, JsonItemFormat, Method, Operation, ResponseContent, Safety};

/// The static that describes the operation to the runtime. It lists what differs from the defaults
/// of the method.
pub(super) fn descriptor(
    scope: &mut Scope<'_>,
    operation: &Operation,
    common: Option<&Requirements>,
) -> TokenStream {
    let name = static_name(operation);
    let operation_type = scope.runtime("Operation");
    let (id, path) = (&operation.id, &operation.path.text);
    let (default, safety) = default_of(&operation.method);
    let method = default.is_none().then(|| {
        let method = method_of(scope, &operation.method);
        quote!(method: #method,)
    });
    let body = operation.body.as_ref().map(|body| {
        let body = body_of(scope, body);
        quote!(body: #body,)
    });
    let accept = operation.success.accept.join(", ");
    let accept = (accept != "application/json").then(|| quote!(accept: #accept,));
    let content = &operation.success.content;
    let response = is_unbuffered(content).then(|| {
        let mode = response_mode(scope, content);
        quote!(response: #mode,)
    });
    let envelope = envelope_of(scope, &operation.success.content);
    let safety = (operation.safety != safety).then(|| {
        let kind = word(match operation.safety {
            Safety::Safe => "Safe",
            Safety::Idempotent => "Idempotent",
            Safety::Unsafe => "Unsafe",
        });
        let safety = scope.runtime("Safety");
        quote!(safety: #safety::#kind,)
    });
    let security = match operation.security.as_slice() {
        [] => None,
        own if common.is_some_and(|common| common == own) => Some(quote!(security: SECURITY,)),
        own => {
            let own = requirements(own);
            Some(quote!(security: #own,))
        }
    };
    let visibility = wait::visibility(scope.context().api, operation);
    let default = default.unwrap_or("POST");
    let default = word(default);
    quote! {
        #visibility static #name: #operation_type = #operation_type {
            id: #id,
            #method
            path: #path,
            #body
            #accept
            #response
            #envelope
            #safety
            #security
            ..#operation_type::#default
        };
    }
}

/// The constant of the runtime with the defaults of a method, and the safety that they have.
fn default_of(method: &Method) -> (Option<&'static str>, Safety) {
    match method {
        Method::Get => (Some("GET"), Safety::Safe),
        Method::Put => (Some("PUT"), Safety::Idempotent),
        Method::Post => (Some("POST"), Safety::Unsafe),
        Method::Delete => (Some("DELETE"), Safety::Idempotent),
        Method::Patch => (Some("PATCH"), Safety::Unsafe),
        Method::Options | Method::Head | Method::Trace | Method::Query | Method::Other(_) => {
            (None, Safety::Unsafe)
        }
    }
}

fn envelope_of(scope: &mut Scope<'_>, content: &ResponseContent) -> Option<TokenStream> {
    let ResponseContent::Json {
        envelope: Some(envelope),
        ..
    } = content
    else {
        return None;
    };
    let key = &envelope.key;
    let kind = word(if envelope.optional {
        "Optional"
    } else {
        "Required"
    });
    let envelope = scope.runtime("Envelope");
    Some(quote!(envelope: #envelope::#kind(#key),))
}

fn method_of(scope: &mut Scope<'_>, method: &Method) -> TokenStream {
    let methods = scope.runtime("Method");
    let method = word(match method {
        Method::Get => "Get",
        Method::Put => "Put",
        Method::Post => "Post",
        Method::Delete => "Delete",
        Method::Options => "Options",
        Method::Head => "Head",
        Method::Patch => "Patch",
        Method::Trace => "Trace",
        Method::Query => "Query",
        Method::Other(name) => return quote!(#methods::Other(#name)),
    });
    quote!(#methods::#method)
}

fn body_of(scope: &mut Scope<'_>, body: &Body) -> TokenStream {
    let bodies = scope.runtime("RequestBody");
    let kind = word(match body.content {
        BodyContent::JsonFields(_) => "JsonFields",
        BodyContent::Json(_) => "Json",
        BodyContent::JsonItems {
            format: JsonItemFormat::Lines,
            ..
        } => "JsonLines",
        BodyContent::JsonItems {
            format: JsonItemFormat::Sequence,
            ..
        } => "JsonSequence",
        BodyContent::FormFields(_) | BodyContent::Form { .. } => "Form",
        BodyContent::Multipart { .. } | BodyContent::UnnamedParts { .. } => "Multipart",
        BodyContent::Text => "Text",
        BodyContent::Bytes => "Bytes",
    });
    let media_type = &body.media_type;
    quote!(#bodies::#kind(#media_type))
}

/// Whether a success is not read whole.
fn is_unbuffered(content: &ResponseContent) -> bool {
    matches!(
        content,
        ResponseContent::Bytes | ResponseContent::Events { .. } | ResponseContent::Location
    )
}

/// How the runtime receives a success.
pub(super) fn response_mode(scope: &mut Scope<'_>, content: &ResponseContent) -> TokenStream {
    let response = scope.runtime("ResponseMode");
    match content {
        ResponseContent::Bytes | ResponseContent::Events { .. } => quote!(#response::Streamed),
        ResponseContent::Location => quote!(#response::Redirect),
        _ => quote!(#response::Buffered),
    }
}
