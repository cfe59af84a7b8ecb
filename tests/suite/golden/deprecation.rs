//! What callers call and the document deprecates tells the compiler, and works as before.

use sdk_golden::{deprecation::types::Old, testing::MockTransport};

#[tokio::test]
async fn operations_parameters_and_setters_warn_and_work() {
    let mock = MockTransport::new().json(200, r#"{"name":"n","label":"l"}"#);
    let client = client!(deprecation, mock);
    #[expect(deprecated)]
    let old = Old::new("n").label("l");
    #[expect(deprecated)]
    let call = client.old().old(old);
    #[expect(deprecated)]
    let call = call.past("p");
    assert_eq!(call.await.unwrap().label.as_deref(), Some("l"));
    assert_eq!(mock.requests()[0].query(), "past=p");
}

#[tokio::test]
async fn what_stands_beside_does_not() {
    let mock = MockTransport::new().json(200, r#"{"old":{"name":"n"}}"#);
    let answer = client!(deprecation, mock).fresh().fresh().await.unwrap();
    assert_eq!(answer.old.unwrap().name, "n");
}
