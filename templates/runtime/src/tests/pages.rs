//! Requests of pages and the end of lists.

use super::sample_api::{Client, LIST, Thing};
use crate::runtime::testing::{InstantTimer, MockTransport};
use crate::runtime::{ErrorKind, Items, Pages, Paging, PagingMode, Position};

/// A page of things with these ids.
fn things(ids: std::ops::Range<u32>) -> String {
    let items: Vec<_> = ids.map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    format!("[{}]", items.join(","))
}

async fn all<B>(mut items: Items<Thing, B>) -> Vec<String> {
    let mut ids = Vec::new();
    while let Some(item) = items.try_next().await.unwrap() {
        ids.push(item.id);
    }
    ids
}

fn queries(mock: &MockTransport) -> Vec<String> {
    mock.requests().iter().map(|request| request.query().to_owned()).collect()
}

#[tokio::test]
async fn without_a_limit_only_an_empty_page_is_the_last() {
    let mock = MockTransport::new()
        .json(200, things(0..10))
        .json(200, things(10..13))
        .json(200, things(13..14))
        .json(200, "[]");
    let ids = all(Client::mocked(&mock).list().items()).await;
    assert_eq!(ids.len(), 14);
    assert_eq!(queries(&mock), ["", "offset=10", "offset=13", "offset=14"]);
}

#[tokio::test]
async fn a_page_shorter_than_the_limit_is_the_last() {
    let mock = MockTransport::new().json(200, things(0..10)).json(200, things(10..13));
    let ids = all(Client::mocked(&mock).list().limit(10).items()).await;
    assert_eq!(ids.len(), 13);
    assert_eq!(queries(&mock), ["limit=10", "limit=10&offset=10"]);
}

#[tokio::test]
async fn a_page_shorter_than_a_limit_above_the_maximum_is_not_the_last() {
    let mock = MockTransport::new()
        .json(200, things(0..100))
        .json(200, things(100..101))
        .json(200, "[]");
    let ids = all(Client::mocked(&mock).list().limit(500).items()).await;
    assert_eq!(ids.len(), 101);
    let expected = ["limit=500", "limit=500&offset=100", "limit=500&offset=101"];
    assert_eq!(queries(&mock), expected);
}

#[tokio::test]
async fn the_total_ends_the_list_and_the_envelope_is_removed() {
    let page = |ids| format!(r#"{{"data":{},"total_count":5}}"#, things(ids));
    let mock = MockTransport::new().json(200, page(0..3)).json(200, page(3..5));
    let mut pages = Client::mocked(&mock).list().pages();
    let first = pages.next_page().await.unwrap().unwrap();
    assert_eq!((first.items.len(), first.total), (3, Some(5)));
    let second = pages.next_page().await.unwrap().unwrap();
    assert_eq!((second.items.len(), second.next), (2, None));
    assert!(pages.next_page().await.is_none());
    assert_eq!(pages.position(), None);
}

#[tokio::test]
async fn a_null_list_is_empty_and_a_missing_list_is_an_error() {
    for body in ["null", r#"{"data":null}"#, r#"{"data":null,"total_count":0}"#] {
        let mock = MockTransport::new().json(200, body).json(200, body);
        let client = Client::mocked(&mock);
        assert!(all(client.list().items()).await.is_empty(), "{body}");
        assert!(client.list().await.unwrap().is_empty(), "{body}");
    }
    for body in ["", "{}", r#"{"errors":[{"code":"x"}]}"#, r#"{"total_count":7}"#, "7"] {
        let mock = MockTransport::new().json(200, body).json(200, body).json(200, body);
        let client = Client::mocked(&mock);
        let of_items = client.list().items().try_next().await.unwrap_err();
        let of_pages = client.list().pages().next_page().await.unwrap().unwrap_err();
        let of_call = client.list().await.unwrap_err();
        assert_eq!(of_items.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(of_items.to_string(), of_call.to_string(), "{body}");
        assert_eq!(of_pages.to_string(), of_call.to_string(), "{body}");
    }
}

#[tokio::test]
async fn a_null_list_that_contradicts_the_total_is_an_error() {
    let mock = MockTransport::new().json(200, r#"{"data":null,"total_count":7}"#);
    let error = Client::mocked(&mock).list().items().try_next().await.unwrap_err();
    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some("$.data")));
}

#[tokio::test]
async fn a_missing_list_of_a_page_object_has_its_path() {
    for (body, message) in [
        ("{}", "at `$`: missing field `things`"),
        ("[]", "at `$`: expected an object, got a list"),
        ("null", "at `$`: expected an object, got null"),
    ] {
        let mock = MockTransport::new().json(200, body);
        let error = Client::mocked(&mock).search().items().try_next().await.unwrap_err();
        assert!(error.to_string().ends_with(message), "{error}");
    }
}

#[tokio::test]
async fn cursors_of_a_server_that_loops_end_with_an_error() {
    let page = |next: &str| {
        format!(r#"{{"things":[{{"id":"1"}}],"pagination":{{"next":"{next}"}}}}"#)
    };
    let mock = ["a", "b", "c", "b"]
        .iter()
        .fold(MockTransport::new(), |mock, next| mock.json(200, page(next)));
    let mut items = Client::mocked(&mock).search().items();
    let mut received = 0;
    let error = loop {
        match items.try_next().await {
            Ok(Some(_)) => received += 1,
            Ok(None) => panic!("the list ended"),
            Err(error) => break error,
        }
    };
    assert_eq!((received, mock.requests().len()), (3, 4));
    assert_eq!(error.json_path(), Some("$.pagination.next"));
}

#[tokio::test]
async fn a_list_ends_at_the_maximum_number_of_pages() {
    let mock = (0..5).fold(MockTransport::new(), |mock, _| mock.json(200, things(0..1)));
    let builder = Client::builder().secret_key("k").max_pages(3).transport(mock.clone());
    let client = builder.timer(InstantTimer::new()).build().unwrap();
    let mut pages = client.list().pages();
    for _ in 0..3 {
        pages.next_page().await.unwrap().unwrap();
    }
    let error = pages.next_page().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooManyPages);
    assert!(
        error.to_string().ends_with("the limit is 3 pages (`max_pages`)"),
        "{error}"
    );
    assert_eq!(mock.requests().len(), 3);
    let position = pages.position().unwrap().clone();
    let mut resumed = client.list().pages().starting_at(position);
    resumed.next_page().await.unwrap().unwrap();
    assert_eq!(mock.requests()[3].query(), "offset=3");
}

#[tokio::test]
async fn the_list_starts_at_the_caller_s_offset() {
    let mock = MockTransport::new().json(200, things(40..42)).json(200, "[]");
    let mut list = Client::mocked(&mock).list();
    list.request.query("offset", 40);
    assert_eq!(all(list.items()).await, ["40", "41"]);
    assert_eq!(queries(&mock), ["offset=40", "offset=42"]);
}

#[tokio::test]
async fn items_resume_at_a_stored_position() {
    let mock = MockTransport::new()
        .json(200, things(0..3))
        .json(404, "{}")
        .json(200, things(2..3))
        .json(200, "[]");
    let client = Client::mocked(&mock);
    let mut items = client.list().items();
    items.try_next().await.unwrap();
    items.try_next().await.unwrap();
    let saved = serde_json::to_string(items.position().unwrap()).unwrap();
    assert_eq!(saved, r#"{"offset":2,"skip":0}"#);
    items.try_next().await.unwrap();
    assert_eq!(items.try_next().await.unwrap_err().status().unwrap(), 404);
    assert!(items.try_next().await.unwrap().is_none(), "the stream ends after an error");
    let position = serde_json::to_string(items.position().unwrap()).unwrap();
    assert_eq!(position, r#"{"offset":3,"skip":0}"#);

    let position: Position = serde_json::from_str(&saved).unwrap();
    assert_eq!(all(client.list().items().starting_at(position)).await, ["2"]);
    assert_eq!(queries(&mock)[2..], ["offset=2", "offset=3"]);
}

#[tokio::test]
async fn cursors_are_sent_with_the_next_request() {
    let page = |ids, next: &str| {
        format!(r#"{{"things":{},"pagination":{{"next":{next}}}}}"#, things(ids))
    };
    let mock = MockTransport::new()
        .json(200, page(0..2, r#""c/1""#))
        .json(200, page(2..2, r#""c2""#))
        .json(200, page(2..3, "null"));
    let mut search = Client::mocked(&mock).search();
    search.request.field("name", "n");
    assert_eq!(all(search.items()).await, ["0", "1", "2"]);
    let bodies: Vec<_> = mock.requests().iter().map(|it| it.text().to_owned()).collect();
    let expected = [
        r#"{"name":"n"}"#,
        r#"{"name":"n","page_cursor":"c/1"}"#,
        r#"{"name":"n","page_cursor":"c2"}"#,
    ];
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn a_cursor_that_is_a_number_is_sent_as_that_number() {
    let numbers = [
        ("7", "7"),
        ("-0", "0"),
        ("4.0", "4"),
        ("1e3", "1000"),
        ("1700000000.25", "1700000000.25"),
        ("18446744073709551615", "18446744073709551615"),
    ];
    for (given, sent) in numbers {
        let page = format!(r#"{{"things":[],"pagination":{{"next":{given}}}}}"#);
        let mock = MockTransport::new().json(200, page).json(200, r#"{"things":[]}"#);
        assert!(all(Client::mocked(&mock).search().items()).await.is_empty());
        let expected = format!(r#"{{"page_cursor":"{sent}"}}"#);
        assert_eq!(mock.requests()[1].text(), expected, "{given}");
    }
}

#[tokio::test]
async fn a_cursor_that_would_be_sent_as_another_number_is_an_error() {
    for number in ["9007199254740993.0", "123456789012345678901234567890"] {
        let page = format!(r#"{{"things":[],"pagination":{{"next":{number}}}}}"#);
        let mock = MockTransport::new().json(200, page);
        let error = Client::mocked(&mock).search().items().try_next().await.unwrap_err();
        assert_eq!(error.json_path(), Some("$.pagination.next"), "{number}");
    }
}

#[tokio::test]
async fn items_resume_in_the_middle_of_a_cursor_page() {
    let page = format!(r#"{{"things":{},"pagination":{{"next":"c1"}}}}"#, things(0..3));
    let last = format!(r#"{{"things":{}}}"#, things(3..5));
    let mock =
        MockTransport::new().json(200, page).json(200, last.clone()).json(200, last);
    let client = Client::mocked(&mock);
    let mut items = client.search().items();
    for _ in 0..4 {
        items.try_next().await.unwrap();
    }
    let position = items.position().unwrap().clone();
    assert!(!format!("{position:?}").contains("c1"));
    let saved = serde_json::to_string(&position).unwrap();
    assert_eq!(saved, r#"{"cursor":"c1","skip":1}"#);
    let position: Position = serde_json::from_str(&saved).unwrap();
    assert_eq!(all(client.search().items().starting_at(position)).await, ["4"]);
    assert_eq!(mock.requests()[2].text(), r#"{"page_cursor":"c1"}"#);
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error() {
    let page = r#"{"things":[{"id":"1"}],"pagination":{"next":"c"}}"#;
    let mock = MockTransport::new().json(200, page).json(200, page);
    let mut items = Client::mocked(&mock).search().items();
    items.try_next().await.unwrap();
    assert_eq!(items.try_next().await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn the_json_path_of_a_page_error_includes_the_envelope() {
    let mock = MockTransport::new().json(200, r#"{"data":[{"id":"a"},{"id":null}]}"#);
    let error = Client::mocked(&mock).list().items().try_next().await.unwrap_err();
    assert_eq!(error.json_path(), Some("$.data[1].id"));
    let mock = MockTransport::new().json(200, r#"{"data":5}"#);
    let error = Client::mocked(&mock).list().items().try_next().await.unwrap_err();
    assert_eq!((error.json_path(), error.kind()), (Some("$.data"), ErrorKind::Decode));
}

#[tokio::test]
async fn a_position_of_another_pagination_kind_is_refused() {
    let position: Position = serde_json::from_str(r#"{"cursor":"c"}"#).unwrap();
    let mock = MockTransport::new();
    let mut items = Client::mocked(&mock).list().items().starting_at(position);
    assert_eq!(items.try_next().await.unwrap_err().kind(), ErrorKind::InvalidRequest);
}

#[tokio::test]
async fn the_position_after_an_error_is_that_of_the_failed_page() {
    let mock = MockTransport::new().json(200, things(0..2)).json(200, r#"[{"id":5}]"#);
    let mut items = Client::mocked(&mock).list().items();
    items.try_next().await.unwrap();
    items.try_next().await.unwrap();
    assert!(items.try_next().await.unwrap_err().is_decode());
    assert!(items.try_next().await.unwrap().is_none());
    let position = serde_json::to_string(items.position().unwrap()).unwrap();
    assert_eq!(position, r#"{"offset":2,"skip":0}"#);
}

/// The items of a list with pages of this kind, and the requests.
async fn list(mode: &'static Paging, mock: MockTransport) -> (Vec<String>, Vec<String>) {
    let request = Client::mocked(&mock).core.request(&LIST);
    let pages: Pages<Thing, serde_json::Value> = request.pages(mode);
    let ids = all(pages.items()).await;
    let requests = mock.requests();
    let uris = requests.iter().map(|request| request.uri.path_and_query());
    (ids, uris.map(|uri| uri.unwrap().to_string()).collect())
}

#[tokio::test]
async fn the_link_header_leads_to_the_next_page() {
    static PAGING: Paging = Paging {
        mode: PagingMode::Link { next: None },
        items: "",
        items_required: false,
        in_body: false,
    };
    let next = "<https://eu.sample.test/v1/things?page=2&x=%2F>; rel=\"next\"";
    let mock = MockTransport::new()
        .respond(200, &[("link", next)], things(0..2))
        .respond(200, &[("link", "</v1/things>; rel=\"prev\"")], things(2..3));
    let (ids, uris) = list(&PAGING, mock).await;
    assert_eq!(ids, ["0", "1", "2"]);
    assert_eq!(uris, ["/v1/things", "/v1/things?page=2&x=%2F"]);
}

#[tokio::test]
async fn a_link_to_another_host_is_not_followed() {
    static PAGING: Paging = Paging {
        mode: PagingMode::Link { next: Some("/next") },
        items: "/data",
        items_required: false,
        in_body: false,
    };
    let body = r#"{"data":[{"id":"0"}],"next":"https://evil.test/v1/things"}"#;
    let mock = MockTransport::new().json(200, body);
    let request = Client::mocked(&mock).core.request(&LIST);
    let mut pages: Pages<Thing, serde_json::Value> = request.pages(&PAGING);
    let error = pages.next_page().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("leads to another host"), "{error}");
    assert_eq!(mock.requests().len(), 1);
}

#[tokio::test]
async fn a_url_in_the_body_leads_to_the_next_page() {
    static PAGING: Paging = Paging {
        mode: PagingMode::Link { next: Some("/next") },
        items: "/data",
        items_required: false,
        in_body: false,
    };
    let mock = MockTransport::new()
        .json(200, r#"{"data":[{"id":"0"}],"next":"?after=0"}"#)
        .json(200, r#"{"data":[{"id":"1"}],"next":null}"#);
    let (ids, uris) = list(&PAGING, mock).await;
    assert_eq!(ids, ["0", "1"]);
    assert_eq!(uris, ["/v1/things", "/v1/things?after=0"]);
}

#[tokio::test]
async fn the_last_item_is_the_cursor_of_the_next_page() {
    static PAGING: Paging = Paging {
        mode: PagingMode::After {
            cursor: "starting_after",
            id: "/id",
            more: Some("/has_more"),
        },
        items: "/data",
        items_required: false,
        in_body: false,
    };
    let mock = MockTransport::new()
        .json(200, r#"{"data":[{"id":"a"},{"id":"b"}],"has_more":true}"#)
        .json(200, r#"{"data":[{"id":"c"}],"has_more":false}"#);
    let (ids, uris) = list(&PAGING, mock).await;
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(uris, ["/v1/things", "/v1/things?starting_after=b"]);
}

#[tokio::test]
async fn numbered_pages_end_with_an_empty_one() {
    static PAGING: Paging = Paging {
        mode: PagingMode::Page { page: "page", first: 1, limit: None, max_limit: None },
        items: "",
        items_required: false,
        in_body: false,
    };
    let mock = MockTransport::new()
        .json(200, things(0..2))
        .json(200, things(2..3))
        .json(200, "[]");
    let (ids, uris) = list(&PAGING, mock).await;
    assert_eq!(ids, ["0", "1", "2"]);
    assert_eq!(uris, ["/v1/things", "/v1/things?page=2", "/v1/things?page=3"]);
}

#[tokio::test]
async fn a_cursor_that_is_always_sent_ends_where_there_is_no_more() {
    static PAGING: Paging = Paging {
        mode: PagingMode::Cursor {
            cursor: "cursor",
            next: "/next",
            more: Some("/has_more"),
        },
        items: "/data",
        items_required: false,
        in_body: false,
    };
    let mock = MockTransport::new()
        .json(200, r#"{"data":[{"id":"a"}],"next":"x","has_more":true}"#)
        .json(200, r#"{"data":[],"next":"x","has_more":false}"#);
    let (ids, uris) = list(&PAGING, mock).await;
    assert_eq!(ids, ["a"]);
    assert_eq!(uris.len(), 2);
}

#[test]
fn positions_are_stored_as_json() {
    for text in [
        r#"{"offset":3,"skip":0}"#,
        r#"{"cursor":"c","skip":1}"#,
        r#"{"cursor":null,"skip":0}"#,
        r#"{"page":2,"skip":4}"#,
        r#"{"link":"/v1/x?p=2","skip":1}"#,
    ] {
        let position: Position = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&position).unwrap(), text);
    }
    for text in ["{}", r#"{"offset":1,"page":2}"#] {
        assert!(serde_json::from_str::<Position>(text).is_err(), "{text}");
    }
}
