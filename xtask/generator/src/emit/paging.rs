//! Methods of paginated operations.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{operations::error_body, rust_type::wire_type, scope::Scope};
use sdk_model::{Operation, Pagination};

/// `pages` and `items`, if the operation is paginated.
pub(super) fn methods(scope: &mut Scope<'_>, operation: &Operation) -> TokenStream {
    let Some(pagination) = &operation.pagination else {
        return TokenStream::new();
    };
    let modes = scope.runtime("PagingMode");
    let (mode, items, item, items_required, in_body) = match pagination {
        Pagination::Offset {
            offset,
            limit,
            max_limit,
            items,
            total,
            item,
            items_required,
            in_body,
            ..
        } => {
            let max_limit = option(max_limit.map(Literal::u64_unsuffixed));
            let total = option(total.as_deref());
            let mode = quote! {
                #modes::Offset {
                    offset: #offset, limit: #limit, max_limit: #max_limit, total: #total
                }
            };
            (mode, items, item, items_required, *in_body)
        }
        Pagination::Cursor {
            cursor,
            next,
            more,
            items,
            item,
            items_required,
            in_body,
        } => {
            let more = option(more.as_deref());
            let mode = quote!(#modes::Cursor { cursor: #cursor, next: #next, more: #more });
            (mode, items, item, items_required, *in_body)
        }
        Pagination::After {
            cursor,
            id,
            more,
            items,
            item,
            items_required,
            in_body,
        } => {
            let more = option(more.as_deref());
            let mode = quote!(#modes::After { cursor: #cursor, id: #id, more: #more });
            (mode, items, item, items_required, *in_body)
        }
        Pagination::Page {
            page,
            first,
            limit,
            max_limit,
            items,
            item,
            items_required,
            in_body,
        } => {
            let first = Literal::u64_unsuffixed(*first);
            let limit = option(limit.as_deref());
            let max_limit = option(max_limit.map(Literal::u64_unsuffixed));
            let mode = quote! {
                #modes::Page {
                    page: #page, first: #first, limit: #limit, max_limit: #max_limit
                }
            };
            (mode, items, item, items_required, *in_body)
        }
        Pagination::Link {
            next,
            items,
            item,
            items_required,
        } => {
            let next = option(next.as_deref());
            let mode = quote!(#modes::Link { next: #next });
            (mode, items, item, items_required, false)
        }
    };
    let (paging, pages, stream) = (
        scope.runtime("Paging"),
        scope.runtime("Pages"),
        scope.runtime("Items"),
    );
    let item = wire_type(scope, item);
    let errors = error_body(scope);
    quote! {
        /// Streams the pages, starting with the one that this request selects.
        pub fn pages(self) -> #pages<#item, #errors> {
            static PAGES: #paging = #paging {
                mode: #mode, items: #items, items_required: #items_required, in_body: #in_body
            };
            self.request.pages(&PAGES)
        }
        /// Streams the items of all pages, starting with the page that this request selects.
        pub fn items(self) -> #stream<#item, #errors> {
            self.pages().items()
        }
    }
}

fn option(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
