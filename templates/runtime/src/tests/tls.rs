//! TLS by feature.

use super::sample_api::{Client, KEY};

#[cfg(feature = "rustls")]
#[test]
fn the_default_client_needs_no_installed_provider() {
    Client::builder().secret_key(KEY).build().unwrap();
}

#[cfg(all(feature = "rustls-no-provider", not(feature = "rustls")))]
#[test]
fn a_missing_provider_is_an_error_of_build() {
    let error = Client::builder().secret_key(KEY).build().unwrap_err();
    assert!(error.to_string().contains("`CryptoProvider::install_default`"), "{error}");
}

#[cfg(not(feature = "rustls-no-provider"))]
#[tokio::test]
async fn the_error_of_a_client_without_tls_names_the_feature() {
    let client = Client::builder().secret_key(KEY).base_url("https://127.0.0.1:1");
    let error = client.build().unwrap().get("x").await.unwrap_err();
    assert_eq!(error.kind(), crate::runtime::ErrorKind::Tls);
    assert!(error.to_string().contains("the feature `rustls`"), "{error}");
}
