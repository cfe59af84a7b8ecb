//! The future of a call. The work is one boxed future for all operations; only the last step
//! depends on the operation's type.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::pages::Paging;
use super::response::{decode_response, raw};
use super::{
    AnyError, Body, BoxFuture, Error, Operation, Pages, Payload, RawResponse, Request,
    Response, ResponseMode, send, tracing_events,
};

/// The last step of a call: decodes a response.
pub type Decode<T> = fn(Payload, &'static Operation) -> Result<T, AnyError>;

/// The part of a call that all operations share.
pub(crate) type Work<O> = BoxFuture<'static, Result<O, AnyError>>;

/// A call: nothing is sent before it is awaited. Dropping it cancels the call.
#[must_use = "futures do nothing unless awaited"]
pub struct Pending<T, B> {
    call: Call<T>,
    body: PhantomData<fn() -> B>,
}

/// A last step that keeps the metadata of the response.
type Respond<T> = Box<dyn Fn(Payload) -> Result<T, AnyError> + Send>;

/// The shared work and the last step.
enum Call<T> {
    Send(Work<Payload>, Decode<T>, &'static Operation),
    Respond(Work<Payload>, Respond<T>, &'static Operation),
    Build(Work<http::Request<Body>>, fn(http::Request<Body>) -> T, &'static Operation),
}

impl<T> Call<T> {
    fn operation(&self) -> &'static Operation {
        match self {
            Self::Send(_, _, operation)
            | Self::Respond(_, _, operation)
            | Self::Build(_, _, operation) => operation,
        }
    }
}

impl<T, B> Pending<T, B> {
    // part: wait
    /// A call with its own last step.
    pub(crate) fn new(
        work: Work<Payload>,
        respond: Respond<T>,
        operation: &'static Operation,
    ) -> Self {
        Self { call: Call::Respond(work, respond, operation), body: PhantomData }
    }
    // end of part
}

impl<T, B> Future for Pending<T, B> {
    type Output = Result<T, Error<B>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let done = match &mut self.call {
            Call::Send(work, decode, operation) => {
                let payload = ready!(work.as_mut().poll(cx));
                payload.and_then(|payload| payload.decode(|it| decode(it, operation)))
            }
            Call::Respond(work, respond, _) => {
                ready!(work.as_mut().poll(cx)).and_then(|it| it.decode(respond))
            }
            Call::Build(work, keep, _) => ready!(work.as_mut().poll(cx)).map(keep),
        };
        Poll::Ready(done.map_err(AnyError::with_body_type))
    }
}

#[cfg(feature = "blocking")]
impl<T, B> Pending<T, B> {
    /// Makes the call and blocks until it completes, for callers without async.
    ///
    /// The call runs on this thread; a background thread drives the connections. Inside a multi-threaded tokio
    /// runtime, a `LocalSet` and `spawn_blocking` this blocks the task; inside a task of a
    /// current-thread runtime, which would deadlock, it is an error
    /// ([`ErrorKind::Runtime`](super::ErrorKind)): use `.await`.
    /// A panic of a credential provider, a transport or a timer is an error as well
    /// ([`ErrorKind::Panic`](super::ErrorKind)).
    pub fn wait(self) -> Result<T, Error<B>> {
        use super::blocking::run;

        let operation = self.call.operation();
        let done = match self.call {
            Call::Send(work, decode, _) => run(work, operation)
                .and_then(|payload| payload.decode(|it| decode(it, operation))),
            Call::Respond(work, respond, _) => {
                run(work, operation).and_then(|payload| payload.decode(respond))
            }
            Call::Build(work, keep, _) => run(work, operation).map(keep),
        };
        done.map_err(AnyError::with_body_type)
    }
}

impl<T, B> fmt::Debug for Pending<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pending").field(&self.call.operation().id).finish()
    }
}

impl Request {
    /// The future that sends the request.
    pub(crate) fn work(self) -> Work<Payload> {
        tracing_events::in_span(self, |mut request| {
            // An async block stores the request once; an async function's future stores it twice.
            Box::pin(async move { send::send(&mut request).await })
        })
    }

    /// Sends the request and decodes the response.
    pub fn send<T, B>(self, decode: Decode<T>) -> Pending<T, B> {
        let operation = self.operation;
        Pending { call: Call::Send(self.work(), decode, operation), body: PhantomData }
    }

    /// Sends the request, decodes the response, and keeps status and headers.
    ///
    /// Operations do not create a [`Decode`] for this: the compiler would check a closure in
    /// each of them.
    pub fn send_with_response<T: 'static, B>(
        self,
        decode: Decode<T>,
    ) -> Pending<Response<T>, B> {
        let operation = self.operation;
        let respond = move |payload| decode_response(payload, operation, decode);
        Pending {
            call: Call::Respond(self.work(), Box::new(respond), operation),
            body: PhantomData,
        }
    }

    /// Sends the request and returns the response undecoded, whatever the status.
    pub fn raw<B>(mut self) -> Pending<RawResponse, B> {
        self.response = ResponseMode::Buffered;
        let operation = self.operation;
        let work = self.work();
        let work = Box::pin(async { work.await.or_else(AnyError::into_raw_response) });
        Pending { call: Call::Send(work, raw, operation), body: PhantomData }
    }

    /// Builds the HTTP request without sending it.
    pub fn build<B>(self) -> Pending<http::Request<Body>, B> {
        let operation = self.operation;
        let work = Box::pin(send::build(self));
        Pending {
            call: Call::Build(work, |request| request, operation),
            body: PhantomData,
        }
    }

    /// Sends the request once per page.
    pub fn pages<T, B>(self, paging: &'static Paging) -> Pages<T, B> {
        Pages::new(self, paging)
    }
}
