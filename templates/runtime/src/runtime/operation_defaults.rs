//! Defaults of operations by HTTP method, so that a generated static lists what differs.

use super::{Envelope, Method, Operation, RequestBody, ResponseMode, Safety};

impl Operation {
    /// A safe GET operation with a JSON response.
    pub const GET: Self = Self::json(Method::Get, Safety::Safe);
    /// An idempotent PUT operation with a JSON response.
    pub const PUT: Self = Self::json(Method::Put, Safety::Idempotent);
    /// A POST operation with a JSON response.
    pub const POST: Self = Self::json(Method::Post, Safety::Unsafe);
    /// An idempotent DELETE operation with a JSON response.
    pub const DELETE: Self = Self::json(Method::Delete, Safety::Idempotent);
    /// A PATCH operation with a JSON response.
    pub const PATCH: Self = Self::json(Method::Patch, Safety::Unsafe);

    const fn json(method: Method, safety: Safety) -> Self {
        Self {
            id: "",
            method,
            path: "",
            body: RequestBody::None,
            accept: "application/json",
            response: ResponseMode::Buffered,
            envelope: Envelope::None,
            safety,
            security: &[],
        }
    }
}
