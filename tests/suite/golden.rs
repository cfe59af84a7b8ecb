//! The golden crate compiles with warnings denied (`.ci/run` lints the workspace); here its
//! constructs are put to work.

/// A client of one of the golden crate's APIs, with its own responses.
macro_rules! client {
    ($api:ident, $mock:expr) => {
        sdk_golden::$api::Client::builder()
            .base_url("https://golden.test")
            .transport($mock.clone())
            .build()
            .unwrap()
    };
}

mod all_of;
mod any_of_overlap;
mod base64url;
mod bodies;
mod body_choice;
mod callbacks;
mod default_mapping;
mod deprecation;
mod directions;
mod docs;
mod duplicate_types;
mod enum_symbols;
mod enums;
mod error_bodies;
mod event_schemas;
mod form_encoding;
mod formats;
mod hostile;
mod integer_constants;
mod maps;
mod multipart;
mod nullable;
mod nullable_references;
mod numbers;
mod openapi32;
mod paging_detected;
mod parameters;
mod parts;
mod presence;
mod recursion;
mod references;
mod representations;
mod round_trip;
mod security;
mod servers;
mod several_responses;
mod short_lists;
mod streams;
mod styles;
mod subtypes;
mod test_defaults;
mod tuples;
mod union_constants;
mod union_members;
mod union_parameters;
mod unions;
mod uuids;
mod waiting;

/// The JSON of the only request that was sent.
fn sent(mock: &sdk_golden::testing::MockTransport) -> serde_json::Value {
    serde_json::from_str(mock.requests()[0].text()).unwrap()
}
