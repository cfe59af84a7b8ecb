//! The three that make the call, again and again.

use session_sdk::clerk;

use crate::{Error, bare, by_hand, recorded::SESSION_ID};

/// The key that the calls carry.
pub const KEY: &str = "sk_test_bench";

/// Makes the call.
pub trait Caller: Send + Sized + 'static {
    /// A caller of the server at `url`.
    fn open(url: &str) -> impl Future<Output = Result<Self, Error>> + Send;

    /// Another one that shares what can be shared: a pool, where there is one.
    fn beside(&self, url: &str) -> impl Future<Output = Result<Self, Error>> + Send;

    /// Makes the call once.
    fn call(&mut self) -> impl Future<Output = Result<(), Error>> + Send;
}

/// The SDK.
#[derive(Debug)]
pub struct Sdk(clerk::Client);

impl Caller for Sdk {
    async fn open(url: &str) -> Result<Self, Error> {
        let builder = clerk::Client::builder().secret_key(KEY).base_url(url);
        Ok(Self(builder.build()?))
    }

    async fn beside(&self, _: &str) -> Result<Self, Error> {
        Ok(Self(self.0.clone()))
    }

    async fn call(&mut self) -> Result<(), Error> {
        let session = self.0.sessions().get(SESSION_ID).await?;
        expect(session.id == SESSION_ID)
    }
}

/// The client written by hand.
#[derive(Debug)]
pub struct ByHand(by_hand::Client);

impl Caller for ByHand {
    async fn open(url: &str) -> Result<Self, Error> {
        by_hand::Client::new(url, KEY).map(Self)
    }

    async fn beside(&self, _: &str) -> Result<Self, Error> {
        Ok(Self(self.0.clone()))
    }

    async fn call(&mut self) -> Result<(), Error> {
        let session = self.0.session(SESSION_ID).await?;
        expect(session.id == SESSION_ID)
    }
}

/// Bare hyper; each has a connection.
#[derive(Debug)]
pub struct Bare(bare::Connection);

impl Caller for Bare {
    async fn open(url: &str) -> Result<Self, Error> {
        bare::Connection::open(url, KEY).await.map(Self)
    }

    async fn beside(&self, url: &str) -> Result<Self, Error> {
        Self::open(url).await
    }

    async fn call(&mut self) -> Result<(), Error> {
        let body = self.0.session(SESSION_ID).await?;
        expect(!body.is_empty())
    }
}

fn expect(holds: bool) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err("the answer is not the recorded session".into())
    }
}
