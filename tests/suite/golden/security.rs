//! OR and AND of security schemes, at every location of credentials; server variables.

use sdk_golden::{
    runtime::Credential,
    security::{Client, ClientBuilder},
    testing::{MockTransport, RecordedRequest},
};

fn sent(mock: &MockTransport) -> RecordedRequest {
    mock.requests().remove(0)
}

fn builder() -> (ClientBuilder, MockTransport) {
    let mock = MockTransport::new().json(204, "");
    (Client::builder().transport(mock.clone()), mock)
}

#[tokio::test]
async fn server_variables_fill_the_address() {
    let (builder, mock) = builder();
    let client = builder.region("us").base("v2").token("t").build().unwrap();
    client.default().with_default().await.unwrap();
    assert_eq!(sent(&mock).uri, "https://us.security.test/v2/default");
}

#[tokio::test]
async fn the_first_satisfied_alternative_is_sent() {
    let (builder, mock) = builder();
    let client = builder.key("k").app("a").build().unwrap();
    client.either().either().await.unwrap();
    let request = sent(&mock);
    assert_eq!(request.header("x-key"), Some("k"));
    assert_eq!(request.header("x-app"), Some("a"));
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn half_an_alternative_is_none() {
    let (builder, mock) = builder();
    builder
        .key("k")
        .build()
        .unwrap()
        .either()
        .either()
        .await
        .unwrap();
    assert_eq!(
        sent(&mock).header("x-key"),
        None,
        "the anonymous alternative was taken"
    );
}

#[tokio::test]
async fn basic_query_cookie_and_oauth_are_sent_at_their_locations() {
    let (b, mock) = builder();
    b.basic("ann", "p:w")
        .build()
        .unwrap()
        .either()
        .either()
        .await
        .unwrap();
    assert_eq!(
        sent(&mock).header("authorization"),
        Some("Basic YW5uOnA6dw==")
    );

    let (b, mock) = builder();
    b.query_key("a&b")
        .build()
        .unwrap()
        .query()
        .by_query()
        .await
        .unwrap();
    assert_eq!(sent(&mock).query(), "api_key=a%26b");

    let (b, mock) = builder();
    b.cookie_key("c")
        .build()
        .unwrap()
        .cookie()
        .by_cookie()
        .await
        .unwrap();
    assert_eq!(sent(&mock).header("cookie"), Some("sid=c"));

    let (b, mock) = builder();
    b.oauth("o")
        .build()
        .unwrap()
        .oauth()
        .by_oauth()
        .await
        .unwrap();
    assert_eq!(sent(&mock).header("authorization"), Some("Bearer o"));
}

#[tokio::test]
async fn an_open_operation_gets_no_credential() {
    let (builder, mock) = builder();
    builder
        .token("t")
        .build()
        .unwrap()
        .open()
        .open()
        .await
        .unwrap();
    assert_eq!(sent(&mock).header("authorization"), None);
}

#[tokio::test]
async fn tokens_come_from_a_provider() {
    let (b, mock) = builder();
    let token = Credential::provider(|| async { Ok::<_, std::io::Error>("fresh") });
    let client = b.oidc(token).build().unwrap();
    client.oidc().by_openid().await.unwrap();
    assert_eq!(sent(&mock).header("authorization"), Some("Bearer fresh"));

    let (b, mock) = builder();
    b.hoba("h")
        .build()
        .unwrap()
        .digest()
        .by_hoba()
        .await
        .unwrap();
    assert_eq!(sent(&mock).header("authorization"), Some("HOBA h"));
}

#[tokio::test]
async fn a_certificate_is_the_transport_s_and_counts_as_there() {
    let (b, mock) = builder();
    let client = b.app("a").build().unwrap();
    client.certificate().by_certificate().await.unwrap();
    let request = sent(&mock);
    assert_eq!(request.header("x-app"), Some("a"));
    assert_eq!(request.header("authorization"), None);
}
