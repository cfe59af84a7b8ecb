//! An operation: the resource's method and its request builder.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    bodies, deprecation,
    inputs::{self, OperationInput},
    operation_descriptor::descriptor,
    operation_docs, paging, representations,
    rust_type::{rust, wire_type},
    scope::Scope,
    security::Requirements,
    streaming,
    structs::{MAX_ARGUMENTS, required_name},
    tokens::{ident, static_name, word},
    wait,
};
use sdk_model::{EventFormat, Operation, ResponseContent, Type};

/// The arguments of a resource's method.
pub(super) struct MethodArguments<'m> {
    arguments: Vec<&'m OperationInput<'m>>,
    /// Whether those outside the path are passed in a struct.
    pub(super) in_required_struct: bool,
}

pub(super) fn arguments<'m>(inputs: &'m [OperationInput<'m>]) -> MethodArguments<'m> {
    let arguments: Vec<&OperationInput<'_>> =
        inputs.iter().filter(|input| input.is_argument()).collect();
    let in_required_struct =
        arguments.len() > MAX_ARGUMENTS && arguments.iter().any(|a| !a.is_path());
    MethodArguments {
        arguments,
        in_required_struct,
    }
}

/// The names of the operation's items in the resource's module.
pub(super) fn names(operation: &Operation) -> Vec<String> {
    let inputs = inputs::of(operation);
    let mut names = vec![operation.builder.as_str().to_owned()];
    if arguments(&inputs).in_required_struct {
        names.push(required_name(operation.builder.as_str()).to_string());
    }
    names
}

/// The resource's method.
pub(super) fn method(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let inputs = inputs::of(operation);
    let MethodArguments {
        arguments,
        in_required_struct,
    } = arguments(&inputs);
    let request = quote!(request);
    let mut parameters = Vec::new();
    let mut statements = Vec::new();
    for input in &inputs {
        if let Some(statement) = input.constant_statement(scope, &request) {
            statements.push(statement);
        } else if !input.is_argument() {
            continue;
        } else if in_required_struct && !input.is_path() {
            let (_, statement) = input.in_required_struct(scope, &request);
            statements.push(statement);
        } else {
            let name = input.binding();
            let (ty, statement) = input.argument(scope, &request);
            parameters.push(quote!(#name: #ty));
            statements.push(statement);
        }
    }
    if in_required_struct {
        let required = required_name(operation.builder.as_str());
        parameters.push(quote!(required: #required));
    }
    let docs = scope.docs(operation_docs::blocks(
        scope.context().api,
        operation,
        &arguments,
        in_required_struct,
    ));
    let deprecated = deprecation::attribute(operation.deprecation.as_ref());
    let name = ident(&operation.name.ident);
    let builder = ident(&operation.builder);
    let descriptor = static_name(operation);
    if let Some(server) = &operation.server {
        statements.insert(0, quote!(request.server(#server);));
    }
    let body = if statements.is_empty() {
        quote!(#builder { request: self.core.request(&#descriptor) })
    } else {
        quote! {
            let mut request = self.core.request(&#descriptor);
            #(#statements)*
            #builder { request }
        }
    };
    quote! {
        #docs
        #deprecated
        pub fn #name(&self, #(#parameters),*) -> #builder {
            #body
        }
    }
}

/// The static, the request builder, and the struct of required arguments.
pub(super) fn items(
    scope: &mut Scope<'_>,
    resource: &str,
    operation: &Operation,
    common: Option<&Requirements>,
) -> TokenStream {
    let descriptor = descriptor(scope, operation, common);
    let builder = ident(&operation.builder);
    let inputs = inputs::of(operation);
    let link = format!(
        " Request builder of [`{resource}::{}`].",
        operation.name.ident.plain()
    );
    let request = scope.runtime("Request");
    let required = required_struct(scope, operation, &inputs);
    let setters: Vec<TokenStream> = inputs
        .iter()
        .filter(|input| input.is_setter())
        .map(|input| setter(scope, input))
        .collect();
    let paging = paging::methods(scope, operation);
    let streaming = streaming::method(scope, operation);
    let encodings = bodies::methods(scope, operation);
    let representations = representations::methods(scope, operation);
    let wait = wait::method(scope, operation);
    let send_methods = [encodings, paging, streaming, representations, wait];
    let methods = (!setters.is_empty() || send_methods.iter().any(|method| !method.is_empty()))
        .then(|| quote!(impl #builder { #(#setters)* #(#send_methods)* }));
    let (output, decoder) = output(scope, &operation.success.content);
    let errors = error_body(scope);
    quote! {
        #descriptor
        #[doc = #link]
        #[must_use = "requests are sent when they are awaited"]
        #[derive(Debug, Clone)]
        pub struct #builder {
            request: #request,
        }
        #methods
        crate::request_methods!(#builder, #output, #errors, #decoder);
        #required
    }
}

fn setter(scope: &mut Scope<'_>, input: &OperationInput<'_>) -> TokenStream {
    let request = quote!(self.request);
    let (name, binding) = (input.ident(), input.binding());
    let docs = scope.docs(vec![input.docs()]);
    let deprecated = deprecation::attribute(input.deprecation);
    let (ty, statement) = input.argument(scope, &request);
    let null = input.has_null().then(|| {
        let null = word(&format!("{}_null", input.plain_name()));
        let docs = format!(
            " Sends [`{}`](Self::{}) as null.",
            input.plain_name(),
            input.plain_name()
        );
        let statement = input.null(&request);
        quote! {
            #[doc = #docs]
            pub fn #null(mut self) -> Self {
                #statement
                self
            }
        }
    });
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #binding: #ty) -> Self {
            #statement
            self
        }
        #null
    }
}

/// The struct of required arguments, if there are many.
fn required_struct(
    scope: &mut Scope<'_>,
    operation: &Operation,
    inputs: &[OperationInput<'_>],
) -> Option<TokenStream> {
    let MethodArguments {
        arguments,
        in_required_struct,
    } = arguments(inputs);
    if !in_required_struct {
        return None;
    }
    let name = required_name(operation.builder.as_str());
    let link = format!(" Required arguments of `{}`.", operation.name.ident.plain());
    let request = quote!(request);
    let members: Vec<TokenStream> = arguments
        .iter()
        .filter(|argument| !argument.is_path())
        .map(|argument| {
            let name = argument.ident();
            let docs = scope.docs(vec![argument.docs()]);
            let (ty, _) = argument.in_required_struct(scope, &request);
            quote!(#docs pub #name: #ty,)
        })
        .collect();
    Some(quote! {
        #[doc = #link]
        #[derive(Debug)]
        pub struct #name {
            #(#members)*
        }
    })
}

/// The type of an API's error bodies.
pub(super) fn error_body(scope: &mut Scope<'_>) -> TokenStream {
    match &scope.context().api.errors.body {
        Some(body) => rust(scope, body),
        None => scope.import("serde_json", "Value"),
    }
}

/// The return type of the call, and the function that decodes it.
pub(super) fn output(
    scope: &mut Scope<'_>,
    content: &ResponseContent,
) -> (TokenStream, TokenStream) {
    let mut decoder = |name: &str| {
        let decode = scope.runtime("decode");
        let name = word(name);
        quote!(#decode::#name)
    };
    match content {
        ResponseContent::Empty => (quote!(()), decoder("empty")),
        ResponseContent::Location => (quote!(String), decoder("location")),
        ResponseContent::Json { .. } => {
            let decoder = decoder("json");
            (output_type(scope, content), decoder)
        }
        ResponseContent::JsonOrText(ty) => {
            let decoder = decoder("json_or_text");
            (wire_type(scope, ty), decoder)
        }
        ResponseContent::Text => (quote!(String), decoder("text")),
        ResponseContent::Bytes => {
            let decoder = decoder("bytes");
            (scope.runtime("ByteStream"), decoder)
        }
        ResponseContent::Events { ty, format } => {
            let decoder = event_decoder(scope, *format);
            let stream = scope.runtime("EventStream");
            let ty = wire_type(scope, ty);
            (quote!(#stream<#ty>), decoder)
        }
    }
}

/// The function that decodes a stream of events.
pub(super) fn event_decoder(scope: &mut Scope<'_>, format: EventFormat) -> TokenStream {
    let decode = scope.runtime("decode");
    let name = word(match format {
        EventFormat::ServerSentEvents => "events",
        EventFormat::DescribedEvents => "described_events",
        EventFormat::DescribedJsonEvents => "described_json_events",
        EventFormat::JsonLines => "json_lines",
        EventFormat::JsonSequence => "json_sequence",
    });
    quote!(#decode::#name)
}

fn output_type(scope: &mut Scope<'_>, content: &ResponseContent) -> TokenStream {
    match content {
        ResponseContent::Json {
            ty: Type::Boxed(ty),
            ..
        } => wire_type(scope, ty),
        ResponseContent::Json { ty, .. } => wire_type(scope, ty),
        _ => quote!(()),
    }
}

/// Whether the method takes arguments besides the path's parameters.
pub(super) fn has_arguments_besides_path(operation: &Operation) -> bool {
    inputs::of(operation)
        .iter()
        .any(|input| input.is_argument() && !input.is_path())
}
