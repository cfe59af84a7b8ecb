//! The client that a careful person writes with reqwest and serde: the same settings, the same
//! types of fields. It retries nothing, reads a body of any size, and keeps no metadata.

use std::{collections::BTreeMap, time::Duration};

use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT, AUTHORIZATION},
};
use jiff::{Timestamp, fmt::serde::timestamp::millisecond::required as millis};
use serde::Deserialize;
use serde_json::Value;

use crate::Error;

/// A session.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[expect(missing_docs, reason = "the names of the document")]
pub struct Session {
    pub object: String,
    pub id: String,
    pub user_id: String,
    pub client_id: String,
    pub actor: Option<BTreeMap<String, Value>>,
    pub status: SessionStatus,
    pub last_active_organization_id: Option<String>,
    #[serde(with = "millis")]
    pub last_active_at: Timestamp,
    pub latest_activity: Option<Activity>,
    #[serde(with = "millis")]
    pub expire_at: Timestamp,
    #[serde(with = "millis")]
    pub abandon_at: Timestamp,
    #[serde(with = "millis")]
    pub updated_at: Timestamp,
    #[serde(with = "millis")]
    pub created_at: Timestamp,
    #[serde(default)]
    pub tasks: Option<Vec<Task>>,
}

/// A session's state. One that is new is an error: nobody writes the other thing by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names of the document")]
pub enum SessionStatus {
    Active,
    Revoked,
    Ended,
    Expired,
    Removed,
    Abandoned,
    Replaced,
    Pending,
}

/// Where a user was last seen.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[expect(missing_docs, reason = "the names of the document")]
pub struct Activity {
    pub object: String,
    pub id: String,
    pub device_type: Option<String>,
    pub is_mobile: bool,
    pub browser_name: Option<String>,
    pub browser_version: Option<String>,
    pub ip_address: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
}

/// What a user still has to do.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[expect(missing_docs, reason = "the names of the document")]
pub struct Task {
    pub key: String,
}

/// The client.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
}

impl Client {
    /// A client with the settings that the SDK has.
    ///
    /// # Errors
    ///
    /// Where a header or the client cannot be made.
    pub fn new(base_url: &str, key: &str) -> Result<Self, Error> {
        let mut key = HeaderValue::try_from(format!("Bearer {key}"))?;
        key.set_sensitive(true);
        let headers = HeaderMap::from_iter([
            (AUTHORIZATION, key),
            (ACCEPT, HeaderValue::from_static("application/json")),
            (
                "clerk-api-version".parse()?,
                HeaderValue::from_static(session_sdk::clerk::API_VERSION),
            ),
        ]);
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(30))
            .user_agent("by-hand/0.1.0")
            .default_headers(headers)
            .build()?;
        Ok(Self {
            http,
            base_url: base_url.to_owned(),
        })
    }

    /// Retrieves one session.
    ///
    /// # Errors
    ///
    /// Where the server cannot be reached, or does not answer with a session.
    pub async fn session(&self, id: &str) -> Result<Session, Error> {
        let url = format!("{}/sessions/{id}", self.base_url);
        let response = self.http.get(url).send().await?.error_for_status()?;
        Ok(serde_json::from_slice(&response.bytes().await?)?)
    }
}

/// The loopback server speaks no TLS, so no certificate is trusted.
fn tls() -> Result<rustls::ClientConfig, Error> {
    let provider = rustls::crypto::ring::default_provider();
    let builder = rustls::ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()?;
    Ok(builder
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth())
}
