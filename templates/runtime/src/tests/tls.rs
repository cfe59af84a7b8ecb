//! Where TLS comes from, by feature.

use super::sample::{Client, KEY};

#[cfg(feature = "rustls")]
#[test]
fn the_default_client_needs_no_provider_from_the_process() {
    Client::builder().secret_key(KEY).build().unwrap();
}

#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
#[test]
fn without_a_provider_the_builder_says_how_to_install_one() {
    let error = Client::builder().secret_key(KEY).build().unwrap_err();
    assert!(error.to_string().contains("`CryptoProvider::install_default`"), "{error}");
}

#[cfg(not(feature = "rustls-no-provider"))]
#[tokio::test]
async fn a_client_without_tls_says_which_feature_adds_it() {
    let client = Client::builder().secret_key(KEY).base_url("https://127.0.0.1:1");
    let error = client.build().unwrap().get("x").await.unwrap_err();
    assert_eq!(error.kind(), crate::runtime::ErrorKind::Tls);
    assert!(error.to_string().contains("the feature `rustls`"), "{error}");
}
