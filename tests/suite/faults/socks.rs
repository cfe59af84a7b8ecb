//! SOCKS proxies (RFC 1928). The application turns reqwest's feature `socks` on.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use sdk_tests::faults::FaultServer;
use session_sdk::{ErrorKind, clerk};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use super::{builder, session};

/// No such host: only the proxy knows the way.
const HIDDEN: &str = "http://hidden.invalid/v1";

/// What the proxy does once it was told where to go.
#[derive(Clone, Copy)]
enum Conduct {
    /// Connects to this address, whichever was asked for.
    Carry(SocketAddr),
    /// Says why not: `5` is "connection refused".
    Refuse(u8),
    /// Closes the connection.
    Leave,
}

struct Proxy {
    url: String,
    connections: Arc<AtomicUsize>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    async fn start(conduct: Conduct) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("socks5h://{}", listener.local_addr().unwrap());
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                // A client may leave whenever it likes.
                tokio::spawn(async move { serve(stream, conduct).await.ok() });
            }
        });
        Self {
            url,
            connections,
            accepting,
        }
    }

    fn client(&self) -> clerk::Client {
        let proxy = reqwest::Proxy::all(&self.url).unwrap();
        let proxied =
            move |builder: session_sdk::runtime::ReqwestClientBuilder| builder.proxy(proxy.clone());
        builder(HIDDEN).reqwest(proxied).build().unwrap()
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn serve(mut client: TcpStream, conduct: Conduct) -> io::Result<()> {
    // The version, and the ways to say who one is; none is needed.
    let mut head = [0; 2];
    client.read_exact(&mut head).await?;
    client.read_exact(&mut vec![0; head[1].into()]).await?;
    client.write_all(&[5, 0]).await?;
    // Version, command, reserved, kind of address; then the name, and the port.
    let mut request = [0; 5];
    client.read_exact(&mut request).await?;
    assert_eq!(request[..4], [5, 1, 0, 3], "the proxy looks the name up");
    let mut name = vec![0; request[4].into()];
    client.read_exact(&mut name).await?;
    assert_eq!(name, b"hidden.invalid");
    client.read_exact(&mut [0; 2]).await?;
    match conduct {
        Conduct::Carry(address) => {
            let mut server = TcpStream::connect(address).await?;
            client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
            tokio::io::copy_bidirectional(&mut client, &mut server).await?;
        }
        Conduct::Refuse(why) => client.write_all(&[5, why, 0, 1, 0, 0, 0, 0, 0, 0]).await?,
        Conduct::Leave => {}
    }
    Ok(())
}

#[tokio::test]
async fn a_socks_proxy_carries_requests() {
    let server = FaultServer::start(|request| vec![session(request)]);
    let server = server.await.unwrap();
    let proxy = Proxy::start(Conduct::Carry(server.address())).await;
    let client = proxy.client();
    for id in ["a", "b"] {
        assert_eq!(client.sessions().get(id).await.unwrap().id, id);
    }
    assert_eq!(server.requests()[0].target(), "/v1/sessions/a");
    assert_eq!(proxy.connections(), 1, "the connection is kept");
}

#[tokio::test]
async fn a_socks_proxy_that_makes_no_connection_may_be_asked_again() {
    for conduct in [Conduct::Refuse(5), Conduct::Refuse(99), Conduct::Leave] {
        let proxy = Proxy::start(conduct).await;
        let create = proxy.client().sessions().create("user_1").await;
        let error = create.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Connect, 3),
            "{error:?}"
        );
        assert_eq!(proxy.connections(), 3);
    }
}
