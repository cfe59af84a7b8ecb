//! What OpenAPI 3.2 added: methods, query strings, tags that are groups, deprecated credentials.

use std::collections::BTreeMap;

use sdk_golden::{
    openapi32::{Client, types::Selector},
    testing::MockTransport,
};

fn client(status: u16, body: &'static str) -> (Client, MockTransport) {
    let mock = MockTransport::new().json(status, body);
    let client = Client::builder()
        .base_url("https://golden.test")
        .device("token")
        .transport(mock.clone());
    (client.build().unwrap(), mock)
}

fn request_line(mock: &MockTransport) -> String {
    let requests = mock.requests();
    format!("{} {}", requests[0].method, requests[0].uri)
}

#[tokio::test]
async fn query_is_a_method_with_a_body() {
    let (client, mock) = client(200, r#"["a"]"#);
    let names = client.store().query_products("new").await.unwrap();
    assert_eq!(names, ["a"]);
    assert_eq!(request_line(&mock), "QUERY https://golden.test/products");
    assert_eq!(mock.requests()[0].body, r#"{"filter":"new"}"#);
}

#[tokio::test]
async fn additional_operations_send_their_method() {
    let (client, mock) = client(201, "");
    let files = client.store();
    files.files().copy("1", "/there").await.unwrap();
    assert_eq!(request_line(&mock), "COPY https://golden.test/files/1");
    assert_eq!(mock.requests()[0].header("destination"), Some("/there"));
}

#[tokio::test]
async fn json_is_the_whole_query_string() {
    let (client, mock) = client(204, "");
    let selector = Selector::new().a(1).b("x&y");
    client.search().by_json().selector(selector).await.unwrap();
    assert_eq!(
        request_line(&mock),
        "GET https://golden.test/search/json?%7B%22a%22%3A1%2C%22b%22%3A%22x%26y%22%7D"
    );
}

#[tokio::test]
async fn an_optional_query_string_can_be_absent() {
    let (client, mock) = client(204, "");
    client.search().by_json().await.unwrap();
    assert_eq!(request_line(&mock), "GET https://golden.test/search/json");
}

#[tokio::test]
async fn text_is_the_whole_query_string() {
    let (client, mock) = client(204, "");
    client.search().by_text("a=b c").await.unwrap();
    assert_eq!(mock.requests()[0].query(), "a%3Db%20c");
}

#[tokio::test]
async fn a_form_is_the_whole_query_string() {
    let (client, mock) = client(204, "");
    let call = client.search().by_form().term("new");
    call.tags(["a", "b"]).await.unwrap();
    assert_eq!(mock.requests()[0].query(), "term=new&tags=a&tags=b");
}

#[tokio::test]
async fn a_form_of_any_members_is_the_whole_query_string() {
    let (client, mock) = client(204, "");
    let filters = BTreeMap::from([
        ("a b".to_owned(), "1".to_owned()),
        ("c".to_owned(), "2".to_owned()),
    ]);
    client.search().by_map().filters(filters).await.unwrap();
    assert_eq!(mock.requests()[0].query(), "a%20b=1&c=2");
}

#[tokio::test]
#[expect(deprecated, reason = "the scheme is deprecated in the document")]
async fn a_scheme_can_be_required_by_its_uri() {
    let mock = MockTransport::new().json(200, "[]");
    let client = Client::builder()
        .base_url("https://golden.test")
        .key("k1")
        .transport(mock.clone())
        .build()
        .unwrap();
    client.store().query_products("new").await.unwrap();
    assert_eq!(mock.requests()[0].header("x-key"), Some("k1"));
}
