//! A loopback server that answers every request with the recorded session, and the process that
//! it runs in: on a thread of the client's process it would share the client's allocator.

use std::{
    convert::Infallible,
    env,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
};

use bytes::Bytes;
use http::{Response, header::CONTENT_TYPE};
use http_body_util::Full;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use crate::{Error, recorded::SESSION};

/// The argument that makes this program the server.
pub const SERVE: &str = "serve";

/// Listens on a free port, says which on the standard output, and answers until it is ended.
///
/// # Errors
///
/// Where no port can be had.
pub async fn serve() -> Result<(), Error> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("http://{}/v1", listener.local_addr()?);
    std::io::stdout().flush()?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(async move {
            let answer = service_fn(|_| async { Ok::<_, Infallible>(session()) });
            // A client that hangs up is no concern of the server.
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), answer)
                .await;
        });
    }
}

fn session() -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from_static(SESSION.as_bytes())));
    let json = http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

/// The server in a process of its own; ended when this is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Its base address.
    pub url: String,
}

impl Process {
    /// Starts this program once more, as the server.
    ///
    /// # Errors
    ///
    /// Where it does not start.
    pub fn start() -> Result<Self, Error> {
        let mut child = Command::new(env::current_exe()?)
            .arg(SERVE)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut url = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut url)?;
        }
        let url = url.trim().to_owned();
        Ok(Self { child, url })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
