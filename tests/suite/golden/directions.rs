//! What only the server says, what only the caller says, what the server assumes.

use sdk_golden::{
    directions::types::{Account, account::AccountPlan},
    testing::MockTransport,
};
use serde_json::json;

#[tokio::test]
async fn each_side_leaves_out_what_is_the_other_s() {
    let mock = MockTransport::new().json(201, r#"{"id":"1","name":"n","plan":"free"}"#);
    let account = Account::new("n").passphrase("p");
    let made = client!(directions, mock)
        .accounts()
        .create_account(account)
        .await
        .unwrap();
    assert_eq!(
        super::sent(&mock),
        json!({ "name": "n", "passphrase": "p" })
    );
    assert_eq!((made.id.as_deref(), made.passphrase), (Some("1"), None));
    assert_eq!(made.plan, Some(AccountPlan::Free));
}

#[tokio::test]
async fn a_default_is_the_server_s_and_is_not_sent() {
    let mock = MockTransport::new().json(200, "[]").json(200, "[]");
    let client = client!(directions, mock);
    client.accounts().list_accounts().await.unwrap();
    client
        .accounts()
        .list_accounts()
        .order("desc")
        .limit(5)
        .await
        .unwrap();
    let queries: Vec<String> = mock
        .requests()
        .iter()
        .map(|r| r.query().to_owned())
        .collect();
    assert_eq!(queries, ["", "order=desc&limit=5"]);
}
