//! Lists, page after page.

use futures_util::{StreamExt, TryStreamExt};
use serde_json::{Value, json};

use crate::support::{clerk, fixture, line, reply};

fn page(range: std::ops::Range<u32>) -> Value {
    let template: Value = serde_json::from_str(&fixture("clerk/session.json")).unwrap();
    range
        .map(|number| {
            let mut session = template.clone();
            session["id"] = json!(format!("sess_{number}"));
            session
        })
        .collect()
}

#[tokio::test]
async fn items_run_over_all_pages() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 200, page(0..10).to_string());
    reply(&mock, 200, page(10..20).to_string());
    reply(&mock, 200, page(20..25).to_string());
    let all: Vec<_> = clerk
        .sessions()
        .list()
        .user_id("u")
        .limit(10)
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(all.len(), 25);
    assert_eq!(all[24].id, "sess_24");
    let queries: Vec<String> = mock
        .requests()
        .iter()
        .map(|request| request.query().to_owned())
        .collect();
    assert_eq!(
        queries,
        [
            "user_id=u&limit=10",
            "user_id=u&limit=10&offset=10",
            "user_id=u&limit=10&offset=20"
        ]
    );
}

#[tokio::test]
async fn the_total_ends_a_wrapped_list() {
    let (clerk, mock, _) = clerk();
    reply(
        &mock,
        200,
        json!({ "data": page(0..2), "total_count": 3 }).to_string(),
    );
    reply(
        &mock,
        200,
        json!({ "data": page(2..3), "total_count": 3 }).to_string(),
    );
    let all: Vec<_> = clerk.sessions().list().items().try_collect().await.unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(mock.requests().len(), 2);
}

#[tokio::test]
async fn a_server_that_caps_the_page_loses_no_item() {
    let (clerk, mock, _) = clerk();
    for range in [0..500, 500..600, 600..600] {
        reply(&mock, 200, page(range).to_string());
    }
    let all: Vec<_> = clerk
        .sessions()
        .list()
        .limit(1000)
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(all.len(), 600);
}

#[tokio::test]
async fn a_stream_can_be_resumed_where_it_stopped() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 200, page(0..10).to_string());
    reply(&mock, 200, page(10..12).to_string());
    let mut pages = clerk.sessions().list().limit(10).pages();
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.items.len(), 10);
    let position = first.next.expect("there is more");
    drop(pages);

    let rest: Vec<_> = clerk
        .sessions()
        .list()
        .limit(10)
        .pages()
        .starting_at(position)
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(rest.len(), 2);
    assert!(line(&mock.requests()[1]).contains("offset=10"));
}

#[tokio::test]
async fn an_error_ends_the_stream_once() {
    let (clerk, mock, _) = clerk();
    reply(&mock, 401, "");
    let mut items = clerk.sessions().list().items();
    assert_eq!(
        items.next().await.unwrap().unwrap_err().status().unwrap(),
        401
    );
    assert!(items.next().await.is_none());
}
