//! Parameters of several types.

use sdk_golden::testing::MockTransport;

#[tokio::test]
async fn a_literal_is_enough() {
    let mock = MockTransport::new().json(204, "").json(204, "");
    let client = client!(union_parameters, mock);
    let items = client.items();
    items
        .list_items()
        .status("open")
        .ids(7)
        .when(5)
        .x_mode("auto")
        .await
        .unwrap();
    items
        .list_items()
        .status(vec!["a".to_owned(), "b".to_owned()])
        .ids(vec![1, 2])
        .x_mode(true)
        .await
        .unwrap();
    let queries: Vec<_> = mock
        .requests()
        .iter()
        .map(|request| request.uri.query().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        queries,
        ["status=open&ids=7&when=5", "status=a&status=b&ids=1,2"]
    );
}
