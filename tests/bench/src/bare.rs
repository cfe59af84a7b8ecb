//! Bare hyper: the same request over one connection, the answer's bytes not decoded. Nothing that
//! speaks HTTP in this ecosystem is faster.

use bytes::Bytes;
use http::{
    Request, Uri,
    header::{ACCEPT, AUTHORIZATION, HOST, USER_AGENT},
};
use http_body_util::{BodyExt as _, Empty};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::Error;

/// A connection to the server.
#[derive(Debug)]
pub struct Connection {
    sender: SendRequest<Empty<Bytes>>,
    authority: String,
    path: String,
    key: String,
}

impl Connection {
    /// Connects. The connection is driven by a task of the current runtime.
    ///
    /// # Errors
    ///
    /// Where the server cannot be reached.
    pub async fn open(base_url: &str, key: &str) -> Result<Self, Error> {
        let uri: Uri = base_url.parse()?;
        let authority = uri.authority().ok_or("an address has a host")?.to_string();
        let stream = TcpStream::connect(&authority).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self {
            sender,
            authority,
            path: uri.path().trim_end_matches('/').to_owned(),
            key: format!("Bearer {key}"),
        })
    }

    /// Retrieves one session's bytes.
    ///
    /// # Errors
    ///
    /// Where the connection breaks, or the status is no success.
    pub async fn session(&mut self, id: &str) -> Result<Bytes, Error> {
        let request = Request::get(format!("{}/sessions/{id}", self.path))
            .header(HOST, self.authority.as_str())
            .header(AUTHORIZATION, self.key.as_str())
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, "bare-hyper/0.1.0")
            .header("clerk-api-version", session_sdk::clerk::API_VERSION)
            .body(Empty::new())?;
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        if !response.status().is_success() {
            return Err(response.status().to_string().into());
        }
        Ok(response.into_body().collect().await?.to_bytes())
    }
}
