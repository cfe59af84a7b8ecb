//! Every style of parameter, as it stands in the request.

use jiff::Timestamp;
use sdk_golden::{
    parameters::{Client, resources::search::search::SearchFilter},
    testing::MockTransport,
};

#[tokio::test]
async fn each_style_is_encoded_as_openapi_says() {
    let mock = MockTransport::new().json(204, "");
    let client = Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .build()
        .unwrap();
    client
        .search()
        .search("a/b", [3, 4, 5], "x y")
        .tags(["red", "gr&en"])
        .fields(["id", "name"])
        .words(["a", "b"])
        .sizes([1, 2])
        .r#where([("a", "b c")])
        .filter(SearchFilter::new().color("blue").size(7))
        .since("2024-01-01T00:00:00.5Z".parse::<Timestamp>().unwrap())
        .timeout_param(9)
        .x_trace("t-1")
        .theme("dark mode")
        .await
        .unwrap();
    let request = &mock.requests()[0];
    assert_eq!(request.path(), "/search/a%2Fb/.3.4.5");
    assert_eq!(
        request.query().split('&').collect::<Vec<_>>(),
        [
            "q=x%20y",
            "tags=red",
            "tags=gr%26en",
            "fields=id,name",
            "words=a%20b",
            "sizes=1%7C2",
            "where=%7B%22a%22%3A%22b%20c%22%7D",
            "filter%5Bcolor%5D=blue",
            "filter%5Bsize%5D=7",
            "since=1704067200500",
            "timeout=9",
        ]
    );
    assert_eq!(request.header("x-trace"), Some("t-1"));
    assert_eq!(request.header("cookie"), Some("theme=dark%20mode"));
}

#[tokio::test]
async fn a_header_value_that_cannot_travel_is_refused() {
    let mock = MockTransport::new();
    let client = Client::builder()
        .base_url("https://golden.test")
        .transport(mock.clone())
        .build()
        .unwrap();
    let error = client
        .search()
        .search("k", [1], "q")
        .x_trace("a\r\nb")
        .await
        .unwrap_err();
    assert!(error.to_string().contains("X-Trace"), "{error}");
    assert!(mock.requests().is_empty());
}
