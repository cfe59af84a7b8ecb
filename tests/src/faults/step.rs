//! What the fault server can do to an answer.

use std::time::Duration;

use bytes::Bytes;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::sleep,
};

/// One thing that the server does.
#[derive(Debug, Clone)]
pub enum Step {
    /// Sends these bytes.
    Send(Bytes),
    /// Sends these bytes one by one, each after a pause.
    Trickle(Bytes, Duration),
    /// Pauses.
    Pause(Duration),
    /// Says nothing more, until the client hangs up.
    Hang,
    /// Closes the connection in good order.
    Close,
    /// Resets the connection.
    Reset,
}

impl Step {
    /// Sends text or bytes.
    pub fn send(bytes: impl Into<Bytes>) -> Self {
        Self::Send(bytes.into())
    }

    /// Gives the connection back where it is still open.
    async fn take(self, mut stream: TcpStream) -> Option<TcpStream> {
        match self {
            Self::Send(bytes) => stream.write_all(&bytes).await.ok()?,
            Self::Trickle(bytes, pause) => {
                for byte in bytes {
                    stream.write_all(&[byte]).await.ok()?;
                    sleep(pause).await;
                }
            }
            Self::Pause(pause) => sleep(pause).await,
            Self::Hang => {
                let mut rest = [0; 1024];
                while !matches!(stream.read(&mut rest).await, Ok(0) | Err(_)) {}
                return None;
            }
            Self::Close => {
                // What was sent has to arrive: unread bytes would make the close a reset.
                stream.shutdown().await.ok()?;
                return None;
            }
            Self::Reset => {
                reset(stream);
                return None;
            }
        }
        Some(stream)
    }
}

/// One step after the other; gives the connection back where it is still open.
pub(super) async fn take_all(steps: Vec<Step>, mut stream: TcpStream) -> Option<TcpStream> {
    for step in steps {
        stream = step.take(stream).await?;
    }
    Some(stream)
}

/// Closes a connection with RST.
fn reset(stream: TcpStream) {
    // A socket that is broken already needs no reset.
    let _ = stream.set_zero_linger();
    drop(stream);
}

/// A whole answer of any status, with its length and these headers (each ends with `\r\n`).
pub fn answer(status: &str, headers: &str, body: &[u8]) -> Step {
    let length = body.len();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{headers}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    Step::send(bytes)
}

/// A whole answer of JSON.
pub fn json(status: &str, body: &str) -> Step {
    answer(
        status,
        "content-type: application/json\r\n",
        body.as_bytes(),
    )
}
