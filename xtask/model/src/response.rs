//! What an operation returns.

use serde::Serialize;

use super::{Name, Type};

/// The successful response.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Success {
    /// The declared statuses: `200`, `2XX`, `default`.
    pub statuses: Vec<String>,
    /// The media types to ask for in `Accept`; empty where there is no body.
    pub accept: Vec<String>,
    /// What the call returns.
    pub content: ResponseContent,
    /// The headers that the document names.
    pub headers: Vec<ResponseHeader>,
    /// Documentation.
    pub docs: String,
}

/// A header of a response, for the documentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseHeader {
    /// Its name.
    pub name: String,
    /// Documentation.
    pub docs: String,
}

/// The content of a response.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseContent {
    /// Nothing that the caller needs: `()`.
    #[default]
    Empty,
    /// JSON.
    Json {
        /// What it decodes into.
        ty: Type,
        /// The wrapper to take off first.
        envelope: Option<Envelope>,
    },
    /// JSON of one status, text of another: a union with a string among its variants.
    JsonOrText(Type),
    /// Text: `String`.
    Text,
    /// Bytes, as a stream.
    Bytes,
    /// The `Location` of a redirect, as text.
    Location,
    /// A stream of JSON values.
    Events {
        /// What one event decodes into.
        ty: Type,
        /// How events are delimited and decoded.
        format: EventFormat,
    },
}

/// An object that wraps the payload in one of its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Envelope {
    /// The member that holds the payload.
    pub key: String,
    /// Whether the payload may also come without the wrapper.
    pub optional: bool,
}

/// How the events of a stream are delimited and decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EventFormat {
    /// `text/event-stream`; an event's data is decoded.
    ServerSentEvents,
    /// `text/event-stream`; the schema describes the event, whose data is text.
    DescribedEvents,
    /// `text/event-stream`; the schema describes the event, whose data is JSON.
    DescribedJsonEvents,
    /// One JSON value per line.
    JsonLines,
    /// One JSON value per record (RFC 7464).
    JsonSequence,
}

/// A stream that an operation returns on request; its default response is read whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Streaming {
    /// The type of an event.
    pub ty: Type,
    /// How events are delimited and decoded.
    pub format: EventFormat,
    /// The media type to accept.
    pub media_type: String,
    /// The member of the JSON body that requests the stream too: it is sent as true.
    pub requested_by: Option<String>,
}

/// Another representation of a success, which a method of its own requests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Representation {
    /// The method: `receive_text`.
    pub name: Name,
    /// The media type to accept.
    pub media_type: String,
    /// What the call returns.
    pub content: ResponseContent,
}

/// An error that the document declares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorResponse {
    /// `404`, `4XX`, `default`.
    pub status: String,
    /// The JSON body, where one is declared.
    pub body: Option<Type>,
    /// Documentation.
    pub docs: String,
}

/// How pages follow one another.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pagination {
    /// A window: how many to skip, how many to send.
    Offset {
        /// The parameter (query, or body field) that contains the number of items to skip.
        offset: String,
        /// The parameter that contains the maximum number of items.
        limit: String,
        /// How many the server sends when the caller does not say.
        default_limit: Option<u64>,
        /// The most the server sends.
        max_limit: Option<u64>,
        /// JSON pointer to the items; empty where the response is the list.
        items: String,
        /// JSON pointer to the total, where the response has one.
        total: Option<String>,
        /// The items' type.
        item: Type,
        /// Whether a response without the items is an error instead of an empty page.
        items_required: bool,
        /// Whether the parameters are body fields.
        in_body: bool,
    },
    /// A cursor that the server sends with each page.
    Cursor {
        /// The parameter (query, or body field) that takes the cursor.
        cursor: String,
        /// JSON pointer to the next cursor; null or absent on the last page.
        next: String,
        /// JSON pointer to whether there are more pages.
        more: Option<String>,
        /// JSON pointer to the items.
        items: String,
        /// The items' type.
        item: Type,
        /// Whether a response without the items is an error instead of an empty page.
        items_required: bool,
        /// Whether the parameter is a body field.
        in_body: bool,
    },
    /// The last item of a page is the cursor of the next.
    After {
        /// The parameter that takes the item's id.
        cursor: String,
        /// JSON pointer to the id inside an item.
        id: String,
        /// JSON pointer to whether there are more pages.
        more: Option<String>,
        /// JSON pointer to the items; empty where the response is the list.
        items: String,
        /// The items' type.
        item: Type,
        /// Whether a response without the items is an error instead of an empty page.
        items_required: bool,
        /// Whether the parameter is a body field.
        in_body: bool,
    },
    /// Numbered pages.
    Page {
        /// The parameter that takes the page's number.
        page: String,
        /// The number of the first page.
        first: u64,
        /// The parameter that limits the items of a page.
        limit: Option<String>,
        /// The most items that the server sends.
        max_limit: Option<u64>,
        /// JSON pointer to the items; empty where the response is the list.
        items: String,
        /// The items' type.
        item: Type,
        /// Whether a response without the items is an error instead of an empty page.
        items_required: bool,
        /// Whether the parameters are body fields.
        in_body: bool,
    },
    /// A URL of the next page.
    Link {
        /// JSON pointer to the URL; none: the `Link` header.
        next: Option<String>,
        /// JSON pointer to the items; empty where the response is the list.
        items: String,
        /// The items' type.
        item: Type,
        /// Whether a response without the items is an error instead of an empty page.
        items_required: bool,
    },
}
