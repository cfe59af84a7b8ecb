//! Pages that the document makes plain, without configuration.

use sdk_golden::testing::MockTransport;

/// Two pages, and then an empty one.
fn pages(first: &'static str, second: &'static str) -> MockTransport {
    MockTransport::new()
        .json(200, first)
        .json(200, second)
        .json(200, "[]")
}

/// Reads all items of a list; checks them and the second request's query.
macro_rules! check {
    ($mock:expr, $resource:ident . $method:ident, $query:expr) => {
        let mock = $mock;
        let mut items = client!(paging_detected, mock).$resource().$method().items();
        let mut ids = Vec::new();
        while let Some(item) = items.try_next().await.unwrap() {
            ids.push(item.id);
        }
        assert_eq!(ids, ["1", "2"]);
        assert_eq!(mock.requests()[1].query(), $query);
    };
}

#[tokio::test]
async fn pages_are_recognized() {
    let link = pages(
        r#"{"value":[{"id":"1"}],"nextLink":"https://golden.test/secrets?$skiptoken=x"}"#,
        r#"{"value":[{"id":"2"}]}"#,
    );
    check!(link, secrets.list_secrets, "$skiptoken=x");
    let cursor = pages(
        r#"{"data":[{"id":"1"}],"has_more":true,"next_cursor":"c"}"#,
        r#"{"data":[{"id":"2"}],"has_more":false,"next_cursor":"d"}"#,
    );
    check!(cursor, cursor.list_cursor, "cursor=c");
    let after = pages(
        r#"{"data":[{"id":"1"}],"has_more":true}"#,
        r#"{"data":[{"id":"2"}],"has_more":false}"#,
    );
    check!(after, after.list_after, "starting_after=1");
    let token = pages(
        r#"{"items":[{"id":"1"}],"nextPageToken":"t"}"#,
        r#"{"items":[{"id":"2"}]}"#,
    );
    check!(token, token.list_token, "pageToken=t");
    let numbered = pages(r#"[{"id":"1"}]"#, r#"[{"id":"2"}]"#);
    check!(numbered, numbered.list_numbered, "page=2");
    let header = [("link", "<https://golden.test/page?page=2>; rel=\"next\"")];
    let header = MockTransport::new()
        .respond(200, &header, r#"[{"id":"1"}]"#)
        .json(200, r#"[{"id":"2"}]"#);
    check!(header, page.list_page, "page=2");
}
