//! SOCKS proxies (RFC 1928). The application turns reqwest's feature `socks` on.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
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

/// What the proxy does once it knows the destination.
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
    /// What each connection was asked to reach.
    asked: Arc<Mutex<Vec<String>>>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    async fn start(conduct: Conduct) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("socks5h://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&asked);
        let accepting = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let notes = Arc::clone(&notes);
                tokio::spawn(async move {
                    let name = asked_for(&mut stream).await?;
                    notes.lock().unwrap().push(name);
                    act(stream, conduct).await
                });
            }
        });
        Self {
            url,
            asked,
            accepting,
        }
    }

    fn client(&self) -> clerk::Client {
        let proxy = reqwest::Proxy::all(&self.url).unwrap();
        let proxied =
            move |builder: session_sdk::runtime::ReqwestClientBuilder| builder.proxy(proxy.clone());
        builder(HIDDEN)
            .allow_insecure_http()
            .reqwest(proxied)
            .build()
            .unwrap()
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Where the client wants to go: a name, which the proxy is to look up.
async fn asked_for(client: &mut TcpStream) -> io::Result<String> {
    // The version, and the ways to say who one is; none is needed.
    let mut head = [0; 2];
    client.read_exact(&mut head).await?;
    client.read_exact(&mut vec![0; head[1].into()]).await?;
    client.write_all(&[5, 0]).await?;
    // Version, command, reserved, kind of address; then the name's length, the name, and the port.
    let mut request = [0; 5];
    client.read_exact(&mut request).await?;
    if request[..4] != [5, 1, 0, 3] {
        return Ok(format!("{request:?}"));
    }
    let mut name = vec![0; request[4].into()];
    client.read_exact(&mut name).await?;
    client.read_exact(&mut [0; 2]).await?;
    Ok(String::from_utf8_lossy(&name).into_owned())
}

async fn act(mut client: TcpStream, conduct: Conduct) -> io::Result<()> {
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
    assert_eq!(
        proxy.asked(),
        ["hidden.invalid"],
        "one connection, which is kept"
    );
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
        assert_eq!(proxy.asked(), ["hidden.invalid"; 3]);
    }
}
