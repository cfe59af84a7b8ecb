//! What a caller's test needs of the types of responses: values to change, compare and sort.

use session_sdk::clerk::types::{Session, session::SessionStatus};
use std::collections::{BTreeSet, HashSet};

#[test]
fn a_response_is_built_in_two_lines() {
    let mut session = Session::default();
    session.id = "sess_1".into();
    assert_eq!(session.object, "session", "a constant has its value");
    assert_eq!(session.status, "active", "an enum has its first value");

    let json = serde_json::to_string(&session).unwrap();
    assert_eq!(serde_json::from_str::<Session>(&json).unwrap(), session);
}

#[test]
fn string_enums_are_compared_with_text_sorted_and_hashed() {
    let new = SessionStatus::from("new");
    assert!(SessionStatus::Active == *"active" && new == "new" && new != "active");
    let sorted: BTreeSet<_> = [SessionStatus::Revoked, new.clone(), SessionStatus::Active].into();
    let sorted: Vec<_> = sorted.iter().map(SessionStatus::as_str).collect();
    assert_eq!(sorted, ["active", "new", "revoked"]);
    let unknown = SessionStatus::Unrecognized("active".to_owned());
    assert_eq!(unknown, SessionStatus::Active, "both are sent as `active`");
    assert_eq!(HashSet::from([SessionStatus::Active, unknown]).len(), 1);
    assert_eq!(HashSet::from([SessionStatus::Active, new]).len(), 2);
}
