//! TLS by rustls: the cryptography provider and the trusted certificates.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls_platform_verifier::BuilderVerifierExt;

use crate::runtime::BoxError;

/// The TLS configuration, with the certificates that the platform trusts.
/// Without `secure`, no certificates are loaded.
pub(super) fn config(secure: bool) -> Result<rustls::ClientConfig, BoxError> {
    let builder = rustls::ClientConfig::builder_with_provider(provider()?)
        .with_safe_default_protocol_versions()?;
    let builder = if secure {
        builder.with_platform_verifier()?
    } else {
        builder.with_root_certificates(rustls::RootCertStore::empty())
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The provider that the process has installed, otherwise ring.
fn provider() -> Result<Arc<CryptoProvider>, BoxError> {
    CryptoProvider::get_default().cloned().or_else(bundled).ok_or_else(|| {
        "rustls has no cryptography provider: install one for the process with \
         `CryptoProvider::install_default`, or enable the feature `rustls`"
            .into()
    })
}

#[cfg(feature = "rustls")]
fn bundled() -> Option<Arc<CryptoProvider>> {
    Some(Arc::new(rustls::crypto::ring::default_provider()))
}

#[cfg(not(feature = "rustls"))]
fn bundled() -> Option<Arc<CryptoProvider>> {
    None
}
