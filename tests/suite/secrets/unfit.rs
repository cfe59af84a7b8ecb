//! Invalid credentials: reported when the client is built, and never shown.

use sdk_golden::runtime::{Credential, ErrorKind};
use sdk_golden::security::{Client, ClientBuilder};
use sdk_golden::testing::MockTransport;

fn builder() -> ClientBuilder {
    Client::builder().transport(MockTransport::new().json(204, ""))
}

/// Building fails, names the setter and the reason, and shows nothing.
fn refused(builder: ClientBuilder, setter: &str, says: &str) {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains(&format!("`{setter}`")) && shown.contains(says),
        "{shown}"
    );
    assert!(!shown.contains("planted"), "{shown}");
}

#[test]
fn a_user_name_with_a_colon() {
    for user in ["planted:user", ":planted", "planted:"] {
        refused(
            builder().basic(user, "planted"),
            "basic",
            "a colon in its user name",
        );
    }
    builder().basic("ann", "pass:word").build().unwrap();
    builder().basic("", "password").build().unwrap();
    builder().basic("ann", "").build().unwrap();
}

#[test]
fn control_characters_everywhere() {
    for character in ['\0', '\t', '\n', '\r', '\u{1b}', '\u{7f}'] {
        let secret = format!("planted{character}planted");
        let says = "control character";
        refused(builder().token(&*secret), "token", says);
        refused(builder().key(&*secret), "key", says);
        refused(builder().query_key(&*secret), "query_key", says);
        refused(builder().cookie_key(&*secret), "cookie_key", says);
        refused(builder().oauth(&*secret), "oauth", says);
        refused(builder().hoba(&*secret), "hoba", says);
        refused(builder().basic(&*secret, "planted"), "basic", says);
        refused(builder().basic("ann", secret), "basic", says);
    }
}

#[tokio::test]
async fn a_provider_that_hands_out_such_a_one() {
    for secret in ["planted\n", "planted\r\nx: y", "pl\u{e4}nted planted", ""] {
        let provider = Credential::provider(move || async move { Ok::<_, std::io::Error>(secret) });
        let client = builder().oidc(provider).build().unwrap();
        let error = client.oidc().by_openid().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credential, 0));
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("`oidc`") && !shown.contains("planted"),
            "{shown}"
        );
    }
}
