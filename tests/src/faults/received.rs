//! What the fault server was sent.

use std::io;

use bytes::{Bytes, BytesMut};
use tokio::{io::AsyncReadExt, net::TcpStream};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Received {
    /// The number of its connection, from 0.
    pub connection: usize,
    /// The request line and the headers.
    pub head: String,
    /// The body; chunks are not taken apart.
    pub body: Bytes,
}

impl Received {
    /// The method.
    pub fn method(&self) -> &str {
        self.head.split(' ').next().unwrap_or_default()
    }

    /// What the request line asks for: a path with its query, or whatever a proxy gets.
    pub fn target(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// All of it as text, to be searched.
    pub fn text(&self) -> String {
        format!("{}{}", self.head, String::from_utf8_lossy(&self.body))
    }
}

/// Reads the next request; none where the client hung up.
pub(super) async fn read(
    stream: &mut TcpStream,
    buffer: &mut BytesMut,
    connection: usize,
) -> io::Result<Option<Received>> {
    let end = loop {
        if let Some(end) = find(buffer, b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let head = String::from_utf8_lossy(&buffer.split_to(end)).into_owned();
    let mut request = Received {
        connection,
        head,
        body: Bytes::new(),
    };
    let chunked = request.header("transfer-encoding") == Some("chunked");
    let length = request.header("content-length");
    let length = length.and_then(|text| text.parse().ok()).unwrap_or(0);
    let length = loop {
        let whole = match chunked {
            true => find(buffer, b"0\r\n\r\n"),
            false => Some(length).filter(|length| buffer.len() >= *length),
        };
        if let Some(whole) = whole {
            break whole;
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    request.body = buffer.split_to(length).freeze();
    Ok(Some(request))
}

/// Where a text ends in some bytes.
fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    let start = bytes
        .windows(text.len())
        .position(|window| window == text)?;
    Some(start + text.len())
}
