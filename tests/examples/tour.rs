//! A walk through the SDK against mocked vendors: both calls, an error, a retry and a stream over
//! pages. It needs no key and no network.
//!
//! ```text
//! cargo run --example tour
//! ```

use std::error::Error;

use session_sdk::{
    Body,
    clerk::{self, types::session::SessionStatus},
    http, seam,
    serde_json::{Value, json},
    testing::{MockCall, MockTransport},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let vendors = vendors()?;
    let (clerk, seam) = (clerk_of(&vendors)?, seam_of(&vendors)?);

    one_session(&clerk).await?;
    one_client_session(&seam).await?;
    an_error(&clerk).await?;
    a_retry(&clerk).await?;
    a_page_stream(&clerk).await?;
    Ok(())
}

async fn one_session(clerk: &clerk::Client) -> Result<(), Box<dyn Error>> {
    heading(
        "Clerk: one session",
        r#"clerk.sessions().get("sess_1").await?"#,
    );
    let session = clerk.sessions().get("sess_1").await?;
    println!(
        "{} of {} is {}",
        session.id, session.user_id, session.status
    );
    println!(
        "created {}, expires {}",
        session.created_at, session.expire_at
    );
    Ok(())
}

async fn one_client_session(seam: &seam::Client) -> Result<(), Box<dyn Error>> {
    heading(
        "Seam: one client session",
        r#"seam.client_sessions().get().user_identifier_key("user-1").await?"#,
    );
    let client_session = seam
        .client_sessions()
        .get()
        .user_identifier_key("user-1")
        .await?;
    println!(
        "{} sees {} devices",
        client_session.client_session_id, client_session.device_count
    );
    println!("its token is never shown: {:?}", client_session.token);
    Ok(())
}

async fn an_error(clerk: &clerk::Client) -> Result<(), Box<dyn Error>> {
    heading(
        "An error says what happened",
        r#"clerk.sessions().get("sess_unknown").await"#,
    );
    match clerk.sessions().get("sess_unknown").await {
        Err(error) if error.is_not_found() => {
            println!("{error}");
            println!(
                "code {:?}, request id {:?}",
                error.code(),
                error.request_id()
            );
            if let Some(body) = error.body() {
                println!("the body is typed: {:?}", body.errors[0].long_message);
            }
        }
        Err(error) => return Err(error.into()),
        Ok(session) => println!("unexpected: {}", session.id),
    }
    Ok(())
}

async fn a_retry(clerk: &clerk::Client) -> Result<(), Box<dyn Error>> {
    heading(
        "A retry",
        r#"clerk.sessions().get("sess_flaky").with_response().await?"#,
    );
    let response = clerk.sessions().get("sess_flaky").with_response().await?;
    println!(
        "{} after {} attempts",
        response.status(),
        response.attempts()
    );
    Ok(())
}

async fn a_page_stream(clerk: &clerk::Client) -> Result<(), Box<dyn Error>> {
    heading(
        "A stream over pages",
        r#"clerk.sessions().list().status(SessionStatus::Active).limit(10).items()"#,
    );
    let mut active = clerk
        .sessions()
        .list()
        .user_id("user_1")
        .status(SessionStatus::Active)
        .limit(10)
        .items();
    let mut count = 0;
    while let Some(session) = active.try_next().await? {
        count += 1;
        if count % 10 == 1 {
            println!("session {count:>2} is {}", session.id);
        }
    }
    println!("{count} sessions in all");
    Ok(())
}

fn heading(title: &str, call: &str) {
    println!("\n{title}\n    {call}");
}

fn clerk_of(transport: &MockTransport) -> Result<clerk::Client, clerk::Error> {
    let builder = clerk::Client::builder().secret_key("sk_test_tour");
    builder.transport(transport.clone()).build()
}

fn seam_of(transport: &MockTransport) -> Result<seam::Client, seam::Error> {
    let builder = seam::Client::builder().api_key("seam_tour");
    builder.transport(transport.clone()).build()
}

/// The responses of both vendors, as far as this tour goes.
fn vendors() -> Result<MockTransport, Box<dyn Error>> {
    let mock = MockTransport::new();
    let clerk = clerk_of(&mock)?;
    respond(&mock, clerk.sessions().get("sess_1"), 200, session(1));
    let flaky = mock.on(clerk.sessions().get("sess_flaky")).times(1);
    flaky.respond_with(|_| response(503, &Value::Null));
    respond(&mock, clerk.sessions().get("sess_flaky"), 200, session(2));
    respond(
        &mock,
        clerk.sessions().get("sess_unknown"),
        404,
        not_found(),
    );
    let list = mock.on(clerk.sessions().list()).any_parameters();
    list.respond_with(|request| response(200, &sessions(request.query())));
    let seam = seam_of(&mock)?;
    respond(&mock, seam.client_sessions().get(), 200, client_session());
    Ok(mock)
}

fn respond(mock: &MockTransport, call: impl MockCall, status: u16, body: Value) {
    mock.on(call).respond_with(move |_| response(status, &body));
}

fn response(status: u16, body: &Value) -> http::Response<Body> {
    let mut response = http::Response::new(Body::from(body.to_string()));
    *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
    response
}

fn session(number: u32) -> Value {
    json!({
        "object": "session",
        "id": format!("sess_{number}"),
        "user_id": "user_1",
        "client_id": "client_1",
        "status": "active",
        "last_active_at": 1_710_000_000_123_i64,
        "expire_at": 1_710_604_800_000_i64,
        "abandon_at": 1_712_592_000_000_i64,
        "updated_at": 1_710_000_000_000_i64,
        "created_at": 1_709_999_000_000_i64,
    })
}

/// The window that `query` asks for, out of 25 sessions.
fn sessions(query: &str) -> Value {
    let number = |name: &str| {
        query.split('&').find_map(|pair| {
            pair.strip_prefix(name)?
                .strip_prefix('=')?
                .parse::<u32>()
                .ok()
        })
    };
    let (offset, limit) = (number("offset").unwrap_or(0), number("limit").unwrap_or(10));
    (offset..25.min(offset.saturating_add(limit)))
        .map(|index| session(index + 1))
        .collect()
}

fn client_session() -> Value {
    json!({
        "client_session": {
            "client_session_id": "c75d4330-ae01-4dfd-b6c5-f3e94e0d8168",
            "workspace_id": "398d80b7-3f96-47c2-b85a-6f8ba21d07be",
            "token": "seam_cst1_tour",
            "user_identifier_key": "user-1",
            "created_at": "2023-12-26T04:23:46.829Z",
            "device_count": 4,
            "connected_account_ids": [],
            "connect_webview_ids": [],
            "user_identity_ids": [],
        },
        "ok": true,
    })
}

fn not_found() -> Value {
    json!({
        "errors": [{
            "code": "resource_not_found",
            "message": "not found",
            "long_message": "No session was found with id sess_unknown",
        }],
        "clerk_trace_id": "trace_tour",
    })
}
