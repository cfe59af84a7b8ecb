//! Where requests go: variables, addresses of operations' own.

use sdk_golden::{
    servers::{Client, ClientBuilder},
    testing::MockTransport,
};

async fn addresses(set: fn(ClientBuilder) -> ClientBuilder) -> Vec<String> {
    let mut mock = MockTransport::new();
    for _ in 0..4 {
        mock = mock.json(204, "");
    }
    let client = set(Client::builder().transport(mock.clone()))
        .build()
        .unwrap();
    client.usual().usual().await.unwrap();
    client.files().get().await.unwrap();
    client.files().replace().await.unwrap();
    client.relative().relative().await.unwrap();
    mock.requests()
        .iter()
        .map(|request| request.uri.to_string())
        .collect()
}

#[tokio::test]
async fn an_operation_s_own_address_counts() {
    assert_eq!(
        addresses(|builder| builder).await,
        [
            "https://eu.servers.test/v1/usual",
            "https://files.servers.test/files",
            "https://a.upload.servers.test/in/files",
            "https://eu.servers.test/v2/relative",
        ]
    );
}

#[tokio::test]
async fn variables_are_the_caller_s() {
    let addresses = addresses(|builder| builder.region("us").base("v9")).await;
    assert_eq!(addresses[0], "https://us.servers.test/v9/usual");
    assert_eq!(addresses[3], "https://us.servers.test/v2/relative");
}

#[tokio::test]
async fn an_address_that_the_caller_chose_is_everybody_s() {
    assert_eq!(
        addresses(|builder| builder.base_url("http://localhost:1/base")).await,
        [
            "http://localhost:1/base/usual",
            "http://localhost:1/base/files",
            "http://localhost:1/base/files",
            "http://localhost:1/v2/relative",
        ]
    );
}

#[test]
fn a_variable_takes_only_what_the_document_allows() {
    let error = Client::builder().region("mars").build().unwrap_err();
    assert!(error.to_string().contains("eu, us"), "{error}");
}
