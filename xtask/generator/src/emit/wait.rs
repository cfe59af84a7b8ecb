//! `wait_done` of operations whose result reports the progress of what they started.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    context::Context,
    docs,
    operations::{error_body, output},
    scope::Scope,
    tokens::{path, static_name},
};
use sdk_model::{Api, Operation, Resource, ResponseContent, Type, Wait, WaitLocation};

/// The visibility of an operation's static: it is used by others if it is polled.
pub(super) fn visibility(api: &Api, operation: &Operation) -> TokenStream {
    match api.waits.iter().any(|wait| wait.operation == operation.id) {
        true => quote!(pub(crate)),
        false => TokenStream::new(),
    }
}

/// `wait_done`, if callers can wait for the operation's result.
pub(super) fn method(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let api = scope.context().api;
    let Some((wait, polled)) = of(scope.context(), operation) else {
        return TokenStream::new();
    };
    let polled = path(&format!("crate::{}::resources{polled}", api.name));
    let (wait_type, locations, done) = (
        scope.runtime("Wait"),
        scope.runtime("WaitParameter"),
        scope.runtime("WaitDone"),
    );
    let (ty, decoder) = output(scope, &operation.success.content);
    let errors = error_body(scope);
    let Wait {
        id,
        status,
        pending,
        failed,
        parameter,
        ..
    } = wait;
    let parameter = match wait.parameter_location {
        WaitLocation::Path => quote!(#locations::Path(#parameter)),
        WaitLocation::Query => quote!(#locations::Query(#parameter)),
        WaitLocation::Field => quote!(#locations::Field(#parameter)),
    };
    let docs = docs::outer(&[vec![format!(
        "Sends the request, and polls the result until its `{}` is final.",
        docs::code(status)
    )]]);
    quote! {
        #docs
        pub fn wait_done(self) -> #done<#ty, #errors> {
            static WAIT: #wait_type = #wait_type {
                operation: &#polled,
                id: #id,
                parameter: #parameter,
                status: #status,
                pending: &[#(#pending),*],
                failed: &[#(#failed),*],
            };
            self.request.wait_done(&WAIT, #decoder)
        }
    }
}

/// How callers wait for the operation's result, and the path of the polled operation's static.
pub(super) fn of<'a>(context: &Context<'a>, operation: &Operation) -> Option<(&'a Wait, String)> {
    let mut waits = context.api.waits.iter();
    let wait = waits.find(|wait| returns(context, operation, wait))?;
    Some((wait, polled(&context.api.resources, wait, "")?))
}

fn returns(context: &Context<'_>, operation: &Operation, wait: &Wait) -> bool {
    let ResponseContent::Json { ty, .. } = &operation.success.content else {
        return false;
    };
    let ty = match ty {
        Type::Boxed(inner) => inner,
        ty => ty,
    };
    matches!(context.resolve(ty), Type::Named(id) if *id == wait.ty)
}

/// The path of the polled operation's static below `resources`.
fn polled(resources: &[Resource], wait: &Wait, parent: &str) -> Option<String> {
    resources.iter().find_map(|resource| {
        let module = format!("{parent}::{}", resource.name.ident);
        let mut operations = resource.operations.iter();
        match operations.find(|operation| operation.id == wait.operation) {
            Some(operation) => Some(format!("{module}::{}", static_name(operation))),
            None => polled(&resource.children, wait, &module),
        }
    })
}
