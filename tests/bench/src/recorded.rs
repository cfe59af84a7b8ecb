//! What the server answers.

/// One session, as Clerk answers it.
pub const SESSION: &str = include_str!("../../fixtures/clerk/session.json");

/// The id that is asked for.
pub const SESSION_ID: &str = "sess_2kLQJ3O7m3kzQJ4pPq9YvQ1AbCd";

/// A page of so many sessions, without spaces, as servers send it.
///
/// # Errors
///
/// Where the recorded session is no JSON.
pub fn page(sessions: usize) -> serde_json::Result<String> {
    // A `Value` might sort the members: what servers send is in the document's order.
    let lines: Vec<&str> = SESSION.lines().map(str::trim).collect();
    let one = lines.concat().replace("\": ", "\":");
    let all: Vec<String> = (0..sessions)
        .map(|number| one.replace(SESSION_ID, &format!("sess_{number:027}")))
        .collect();
    let page = format!("[{}]", all.join(","));
    serde_json::from_str::<serde::de::IgnoredAny>(&page).map(|_| page)
}
