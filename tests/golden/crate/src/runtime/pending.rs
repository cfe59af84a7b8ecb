//! A call on its way. The work is one boxed future for all operations; only the last step
//! knows the operation's type.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::pages::Paging;
use super::response::{raw, respond};
use super::{
    Body, BoxFuture, Error, Failure, Operation, Pages, Payload, RawResponse, Request,
    Response, ResponseMode, send, trace,
};

/// The last step of a call: an answer becomes what the call returns.
pub type Decode<T> = fn(Payload, &'static Operation) -> Result<T, Failure>;

/// The part of a call that all operations share.
pub(crate) type Work<O> = BoxFuture<'static, Result<O, Failure>>;

/// A call on its way: nothing is sent before it is awaited. Dropping it ends the call.
#[must_use = "a call is made only when it is awaited"]
pub struct Pending<T, B> {
    call: Call<T>,
    body: PhantomData<fn() -> B>,
}

/// The shared work, and the last step.
enum Call<T> {
    Send(Work<Payload>, Decode<T>, &'static Operation),
    Respond(Work<Payload>, Box<dyn Fn(Payload) -> Result<T, Failure> + Send>),
    Build(Work<http::Request<Body>>, fn(http::Request<Body>) -> T),
}

impl<T, B> Future for Pending<T, B> {
    type Output = Result<T, Error<B>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let done = match &mut self.call {
            Call::Send(work, decode, operation) => {
                let answer = ready!(work.as_mut().poll(cx));
                answer.and_then(|payload| decode(payload, operation))
            }
            Call::Respond(work, respond) => {
                ready!(work.as_mut().poll(cx)).and_then(respond)
            }
            Call::Build(work, keep) => ready!(work.as_mut().poll(cx)).map(keep),
        };
        Poll::Ready(done.map_err(Error::from))
    }
}

#[cfg(feature = "blocking")]
impl<T, B> Pending<T, B> {
    /// Makes the call and waits for it, for callers without async.
    ///
    /// The work runs on a thread that all clients share. Inside a multi-threaded tokio
    /// runtime, a `LocalSet` and `spawn_blocking` this blocks the task; inside a task of a
    /// current-thread runtime, which it would stop altogether, it is an error
    /// ([`ErrorKind::Runtime`](super::ErrorKind)): use `.await`.
    pub fn wait(self) -> Result<T, Error<B>> {
        Ok(match self.call {
            Call::Send(work, decode, operation) => {
                decode(super::blocking::run(work)?, operation)?
            }
            Call::Respond(work, respond) => respond(super::blocking::run(work)?)?,
            Call::Build(work, keep) => keep(super::blocking::run(work)?),
        })
    }
}

impl<T, B> fmt::Debug for Pending<T, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}

impl Request {
    /// The work of sending it.
    pub(crate) fn work(self) -> Work<Payload> {
        let operation = self.operation;
        // A block keeps the request once; a function's future would have room for two.
        let work = async move {
            let result = send::send(&self).await;
            trace::done(&result);
            result
        };
        trace::in_span(operation, Box::pin(work))
    }

    /// Sends it, and decodes the answer.
    pub fn send<T, B>(self, decode: Decode<T>) -> Pending<T, B> {
        let operation = self.operation;
        Pending { call: Call::Send(self.work(), decode, operation), body: PhantomData }
    }

    /// Sends it, decodes the answer, and keeps what came around it.
    ///
    /// Not a [`Decode`] made by each operation: that is a closure for the compiler to check in
    /// every one of them.
    pub fn send_with_response<T: 'static, B>(
        self,
        decode: Decode<T>,
    ) -> Pending<Response<T>, B> {
        let operation = self.operation;
        let respond = move |payload| respond(payload, operation, decode);
        Pending {
            call: Call::Respond(self.work(), Box::new(respond)),
            body: PhantomData,
        }
    }

    /// Sends it, and keeps the answer's bytes, whatever the status.
    pub fn raw<B>(mut self) -> Pending<RawResponse, B> {
        self.response = ResponseMode::Buffered;
        let operation = self.operation;
        let work = self.work();
        let answer = Box::pin(async { work.await.or_else(Failure::into_answer) });
        Pending { call: Call::Send(answer, raw, operation), body: PhantomData }
    }

    /// Makes the HTTP request without sending it.
    pub fn build<B>(self) -> Pending<http::Request<Body>, B> {
        let work = Box::pin(send::build(self));
        Pending { call: Call::Build(work, |request| request), body: PhantomData }
    }

    /// Sends it again and again, for one page after the other.
    pub fn pages<T, B>(self, paging: &'static Paging) -> Pages<T, B> {
        Pages::new(self, paging)
    }
}
