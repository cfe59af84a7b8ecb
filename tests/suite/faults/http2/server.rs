//! An HTTP/2 server that writes its frames by hand: no library lets one send these.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ServerConfig, crypto::ring};
use tokio_rustls::server::TlsStream;

use crate::faults::tls::certificate;

pub(super) const NO_ERROR: u32 = 0;
pub(super) const INTERNAL_ERROR: u32 = 2;
pub(super) const REFUSED_STREAM: u32 = 7;
pub(super) const ENHANCE_YOUR_CALM: u32 = 11;

/// The debug data of every GOAWAY, which is text of the server.
pub(super) const DEBUG_DATA: &str = "planted-debug-data";

/// The bytes with which every client begins.
const PREFACE: usize = 24;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// A request that came whole.
#[derive(Debug, Clone)]
pub(super) struct Arrived {
    /// The number of its connection, from 0.
    pub(super) connection: usize,
    /// Its stream: 1, 3, 5 …
    pub(super) stream: u32,
    /// How many came before it, on all connections.
    pub(super) before: usize,
    pub(super) body: String,
}

/// What the server sends.
#[derive(Debug, Clone)]
pub(super) enum Frame {
    /// The head of an answer: 200, more to come.
    Head(u32),
    /// A head that is only a hint: 103.
    Hint(u32),
    /// The body, and the answer's end.
    Body(u32, String),
    /// RST_STREAM with a reason.
    Reset(u32, u32),
    /// GOAWAY with the last stream that was processed, and a reason.
    GoAway(u32, u32),
    /// The connection's end.
    Close,
}

type React = dyn Fn(&Arrived) -> Vec<Frame> + Send + Sync;

/// A running server. It stops when it is dropped.
pub(super) struct Http2 {
    pub(super) url: String,
    pub(super) certificate: CertificateDer<'static>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
    accepting: JoinHandle<()>,
}

impl Drop for Http2 {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Http2 {
    /// Sends the frames that `react` names for each request.
    pub(super) async fn start<F>(react: F) -> Self
    where
        F: Fn(&Arrived) -> Vec<Frame> + Send + Sync + 'static,
    {
        let (certificate, key) = certificate("localhost", 2099);
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        config.alpn_protocols = vec![b"h2".to_vec()];
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!(
            "https://localhost:{}",
            listener.local_addr().unwrap().port()
        );
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let accepting = accept(
            listener,
            TlsAcceptor::from(Arc::new(config)),
            Arc::new(react),
            Arc::clone(&arrived),
        );
        Self {
            url,
            certificate,
            arrived,
            accepting: tokio::spawn(accepting),
        }
    }

    /// The requests so far.
    pub(super) fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }
}

async fn accept(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    react: Arc<React>,
    arrived: Arc<Mutex<Vec<Arrived>>>,
) {
    for connection in 0.. {
        let Ok((stream, _)) = listener.accept().await else {
            return;
        };
        let (acceptor, react, arrived) = (acceptor.clone(), react.clone(), arrived.clone());
        tokio::spawn(async move {
            if let Ok(stream) = acceptor.accept(stream).await {
                // It ends when one of both hangs up.
                let _ = serve(stream, connection, &*react, &arrived).await;
            }
        });
    }
}

/// One connection: what comes is read frame by frame, and reacted to.
async fn serve(
    mut wire: TlsStream<TcpStream>,
    connection: usize,
    react: &React,
    arrived: &Mutex<Vec<Arrived>>,
) -> std::io::Result<()> {
    wire.read_exact(&mut [0; PREFACE]).await?;
    send(&mut wire, SETTINGS, 0, 0, &[]).await?;
    let mut bodies = std::collections::HashMap::<u32, Vec<u8>>::new();
    loop {
        let mut head = [0; 9];
        wire.read_exact(&mut head).await?;
        let [a, b, c, kind, flags, id @ ..] = head;
        let stream = u32::from_be_bytes(id);
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        wire.read_exact(&mut payload).await?;
        match kind {
            SETTINGS if flags == 0 => send(&mut wire, SETTINGS, 1, 0, &[]).await?,
            DATA => bodies.entry(stream).or_default().extend(payload),
            HEADERS => assert_eq!(flags & END_HEADERS, END_HEADERS, "a head in one frame"),
            _ => continue,
        }
        if !matches!(kind, DATA | HEADERS) || flags & END_STREAM == 0 {
            continue;
        }
        let request = {
            let body = bodies.remove(&stream).unwrap_or_default();
            let body = String::from_utf8(body).unwrap();
            let mut arrived = arrived.lock().unwrap();
            let before = arrived.len();
            let request = Arrived {
                connection,
                stream,
                before,
                body,
            };
            arrived.push(request.clone());
            request
        };
        for frame in react(&request) {
            if matches!(frame, Frame::Close) {
                return wire.shutdown().await;
            }
            write(&mut wire, frame).await?;
        }
    }
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;

async fn write(wire: &mut TlsStream<TcpStream>, frame: Frame) -> std::io::Result<()> {
    match frame {
        // HPACK: `:status: 200` has a number, another status a number for its name.
        Frame::Head(stream) => send(wire, HEADERS, END_HEADERS, stream, &[0x88]).await,
        Frame::Hint(stream) => send(wire, HEADERS, END_HEADERS, stream, b"\x08\x03103").await,
        Frame::Body(stream, body) => send(wire, DATA, END_STREAM, stream, body.as_bytes()).await,
        Frame::Reset(stream, reason) => {
            send(wire, RST_STREAM, 0, stream, &reason.to_be_bytes()).await
        }
        Frame::GoAway(last, reason) => {
            let mut payload = [last.to_be_bytes(), reason.to_be_bytes()].concat();
            payload.extend_from_slice(DEBUG_DATA.as_bytes());
            send(wire, GOAWAY, 0, 0, &payload).await
        }
        Frame::Close => Ok(()),
    }
}

async fn send(
    wire: &mut TlsStream<TcpStream>,
    kind: u8,
    flags: u8,
    stream: u32,
    payload: &[u8],
) -> std::io::Result<()> {
    let length = (payload.len() as u32).to_be_bytes();
    let mut bytes = length[1..].to_vec();
    bytes.extend([kind, flags]);
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
    wire.write_all(&bytes).await?;
    wire.flush().await
}
