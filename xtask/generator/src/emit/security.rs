//! Security requirements of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::static_name;
use sdk_model::{Resource, SchemeUse};

/// Alternative sets of schemes, as an operation has them.
pub(super) type Requirements = [Vec<SchemeUse>];

/// The requirements that most operations of a resource share, at least two. They become a constant.
pub(super) fn common(resource: &Resource) -> Option<&Requirements> {
    let operations = resource.operations.as_slice();
    // The name of the constant may be taken by an operation.
    if operations
        .iter()
        .any(|operation| static_name(operation) == "SECURITY")
    {
        return None;
    }
    let mut common: Option<(usize, &Requirements)> = None;
    for operation in operations.iter().filter(|it| !it.security.is_empty()) {
        let same = operations
            .iter()
            .filter(|it| it.security == operation.security);
        let count = same.count();
        if count > common.map_or(1, |(most, _)| most) {
            common = Some((count, &operation.security));
        }
    }
    common.map(|(_, requirements)| requirements)
}

/// The constant with the common requirements.
pub(super) fn constant(common: &Requirements) -> TokenStream {
    let value = requirements(common);
    quote!(const SECURITY: &[&[&str]] = #value;)
}

/// Requirements as the runtime takes them.
pub(super) fn requirements(alternatives: &Requirements) -> TokenStream {
    let alternatives = alternatives.iter().map(|set| {
        let schemes = set.iter().map(|used| &used.scheme);
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#alternatives),*])
}
