//! Reads a response's body: whole within limits, or as it arrives.

use std::pin::Pin;
use std::task::{self, Poll};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::CONTENT_LENGTH;

use super::limit::{Limit, TimeUp};
use super::{
    Body, BoxError, ByteStream, Context, Core, ErrorKind, Failure, TransportError,
};

/// Why a body was not read to its end.
pub(crate) enum Problem {
    /// It is larger than this.
    TooLarge(usize),
    /// Time was up; this is what came.
    TimeUp(Bytes, TimeUp),
    /// It broke off; this is what came.
    Broken(Bytes, Broken),
}

/// Why a body broke off.
pub(crate) struct Broken {
    kind: ErrorKind,
    error: BoxError,
}

impl From<BoxError> for Broken {
    /// A transport may have sorted it already.
    fn from(error: BoxError) -> Self {
        match error.downcast::<TransportError>() {
            Ok(error) => Self { kind: error.kind().into(), error: error.into_source() },
            Err(error) => Self { kind: ErrorKind::Transport, error },
        }
    }
}

impl Problem {
    pub(crate) fn phrase(&self) -> String {
        match self {
            Self::TooLarge(limit) => {
                format!("the body is larger than {limit} bytes (`max_body_bytes`)")
            }
            Self::TimeUp(came, up) => {
                format!("{} after {} bytes of the body", up.phrase(), came.len())
            }
            Self::Broken(came, _) => {
                format!("it broke after {} bytes of the body", came.len())
            }
        }
    }

    #[cold]
    pub(crate) fn into_failure(self, context: Context) -> Failure {
        let kind = match &self {
            Self::TooLarge(_) => ErrorKind::BodyTooLarge,
            Self::TimeUp(_, up) => up.kind(),
            Self::Broken(_, broken) => broken.kind,
        };
        let failure = Failure::new(kind, context, self.phrase());
        self.add_to(failure)
    }

    /// Adds what came and what caused it.
    pub(crate) fn add_to(self, failure: Failure) -> Failure {
        match self {
            Self::TooLarge(_) => failure,
            Self::TimeUp(came, up) => failure.with_body(came).at_total(up.total()),
            Self::Broken(came, broken) => {
                failure.with_body(came).with_source(broken.error)
            }
        }
    }
}

/// A body while it is read. The usual case, one chunk, is not copied.
pub(crate) struct Reading {
    body: Body,
    came: Bytes,
    more: BytesMut,
    most: usize,
}

impl Reading {
    pub(crate) fn new(core: &Core, body: Body) -> Self {
        let most = core.max_body_bytes();
        Self { body, came: Bytes::new(), more: BytesMut::new(), most }
    }

    /// Reads it to its end, within the limits of size and of the attempt's time. The answer's
    /// headers may announce a body that is too large.
    pub(crate) async fn whole(
        &mut self,
        core: &Core,
        context: &Context,
        limit: &mut Limit,
    ) -> Result<Bytes, Problem> {
        if announced(context).is_some_and(|length| length > self.most as u64) {
            return Err(Problem::TooLarge(self.most));
        }
        let reading = std::future::poll_fn(|cx| self.poll(cx));
        let done = limit.run(core.timer(), reading).await;
        // What came survives the end of the time.
        match done {
            Ok(Ok(())) => Ok(self.came()),
            Ok(Err(Stop::TooLarge)) => Err(Problem::TooLarge(self.most)),
            Ok(Err(Stop::Broken(error))) => {
                Err(Problem::Broken(self.came(), error.into()))
            }
            Err(up) => Err(Problem::TimeUp(self.came(), up)),
        }
    }

    fn poll(&mut self, cx: &mut task::Context<'_>) -> Poll<Result<(), Stop>> {
        loop {
            match std::task::ready!(Pin::new(&mut self.body).poll_next(cx)) {
                None => return Poll::Ready(Ok(())),
                Some(Err(error)) => return Poll::Ready(Err(Stop::Broken(error))),
                Some(Ok(chunk)) => {
                    let length = self.came.len() + self.more.len();
                    if chunk.len() > self.most - length {
                        return Poll::Ready(Err(Stop::TooLarge));
                    }
                    if length == 0 {
                        self.came = chunk;
                        continue;
                    }
                    if self.more.is_empty() {
                        self.more.extend_from_slice(&std::mem::take(&mut self.came));
                    }
                    self.more.extend_from_slice(&chunk);
                }
            }
        }
    }

    fn came(&mut self) -> Bytes {
        if self.more.is_empty() {
            std::mem::take(&mut self.came)
        } else {
            std::mem::take(&mut self.more).freeze()
        }
    }
}

/// How long the answer says that its body is. What it says to HEAD is of another body.
fn announced(context: &Context) -> Option<u64> {
    if context.operation.is_some_and(|op| op.method == super::Method::Head) {
        return None;
    }
    context.headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

enum Stop {
    TooLarge,
    Broken(BoxError),
}

/// Hands a body on as it arrives; the time limit is for each wait.
pub(crate) fn stream(
    core: Core,
    context: Context,
    body: Body,
    timeout: Option<Duration>,
) -> ByteStream {
    let limit = Limit::new(timeout.or(core.timeout()));
    let arriving = Arriving { core, context: context.clone(), body, limit };
    ByteStream::new(context, Box::pin(arriving))
}

struct Arriving {
    core: Core,
    context: Context,
    body: Body,
    limit: Limit,
}

impl Stream for Arriving {
    type Item = Result<Bytes, Failure>;

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut task::Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let context = || this.context.clone();
        match Pin::new(&mut this.body).poll_next(cx) {
            Poll::Ready(chunk) => {
                this.limit.reset();
                Poll::Ready(chunk.map(|chunk| {
                    chunk.map_err(|error| {
                        let Broken { kind, error } = error.into();
                        Failure::new(kind, context(), "in the body").with_source(error)
                    })
                }))
            }
            Poll::Pending => this.limit.poll(this.core.timer(), cx).map(|up| {
                let detail = format!("{} in the body", up.phrase());
                Some(Err(Failure::new(up.kind(), context(), detail)))
            }),
        }
    }
}
