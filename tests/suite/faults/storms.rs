//! Servers that turn everybody away, and say when to come back.

use std::time::{Duration, SystemTime};

use sdk_tests::faults::{FaultServer, answer};
use session_sdk::{clerk, testing::InstantTimer};

use super::{builder, session};

/// Monday, 2026-06-01, noon.
const NOON: Duration = Duration::from_secs(1_780_315_200);

fn noon() -> SystemTime {
    SystemTime::UNIX_EPOCH + NOON
}

/// Calls a server that answers with a 429 and these headers, by a clock that stands still. Gives
/// how often the server was asked, and the pauses between.
async fn storm(headers: &str, now: SystemTime) -> (clerk::Error, usize, Vec<Duration>) {
    let steps = vec![answer("429 Slow down", headers, b"{}")];
    let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let timer = InstantTimer::new().at(now);
    let client = builder(server.url()).timer(timer.clone()).build().unwrap();
    let error = client.sessions().create("user_1").await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    (error, server.requests().len(), timer.sleeps())
}

#[tokio::test]
async fn every_form_of_retry_after() {
    let dates = [
        ("Mon, 01 Jun 2026 12:00:07 GMT", 3, 7),
        ("Monday, 01-Jun-26 12:00:07 GMT", 3, 7),
        ("Mon Jun  1 12:00:07 2026", 3, 7),
        ("Mon, 01 Jun 2026 11:00:00 GMT", 3, 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 3, 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 1, 0),
    ];
    let seconds = [
        ("0", 3, 0),
        ("7", 3, 7),
        ("60", 3, 60),
        ("61", 1, 0),
        ("99999999999999999999999999", 1, 0),
    ];
    let garbage = [
        "",
        "soon",
        "-7",
        "1.5",
        "7 s",
        "0x7",
        "Mon, 32 Jun 2026",
        "½",
    ];
    let rows = dates.into_iter().chain(seconds);
    for (text, times, pause) in rows.chain(garbage.map(|text| (text, 3, 0))) {
        let headers = format!("retry-after: {text}\r\n");
        let (error, came, pauses) = storm(&headers, noon()).await;
        assert_eq!((came, error.attempts() as usize), (times, times), "{text}");
        assert_eq!(pauses.len(), times - 1, "{text}");
        let least = Duration::from_secs(pause);
        let most = least + Duration::from_millis(1);
        assert!(
            pauses.iter().all(|it| (least..=most).contains(it)),
            "{text}: {pauses:?}"
        );
    }
}

#[tokio::test]
async fn the_first_of_two_counts() {
    let (_, came, pauses) = storm("retry-after: 3\r\nretry-after: 5000\r\n", noon()).await;
    assert_eq!((came, pauses), (3, vec![Duration::from_secs(3); 2]));
}

#[tokio::test]
async fn a_clock_that_jumps_changes_nothing_where_the_server_says_its_time() {
    let headers = "date: Mon, 01 Jun 2026 12:00:00 GMT\r\n\
                   retry-after: Mon, 01 Jun 2026 12:00:05 GMT\r\n";
    let year = Duration::from_secs(365 * 24 * 3600);
    let clocks = [SystemTime::UNIX_EPOCH, noon() - year, noon() + year];
    for now in clocks {
        let (error, came, pauses) = storm(headers, now).await;
        assert_eq!(
            (came, pauses),
            (3, vec![Duration::from_secs(5); 2]),
            "{now:?}"
        );
        assert_eq!(error.retry_after(), Some(Duration::from_secs(5)));
    }
}

#[tokio::test]
async fn a_clock_that_jumps_does_no_harm_where_the_server_does_not() {
    let headers = "retry-after: Mon, 01 Jun 2026 12:00:05 GMT\r\n";
    let (_, came, pauses) = storm(headers, SystemTime::UNIX_EPOCH).await;
    assert_eq!((came, pauses.len()), (1, 0), "56 years are too long");
    let (_, came, _) = storm(headers, noon() + Duration::from_secs(1 << 33)).await;
    assert_eq!(came, 3);
}

#[tokio::test]
async fn a_storm_that_passes() {
    let server = FaultServer::start(|request| match request.header("x-calm") {
        Some(_) => vec![session(request)],
        None => vec![answer("429 Slow down", "retry-after: 0\r\n", b"{}")],
    });
    let server = server.await.unwrap();
    let client = super::client(&server);
    let calls = (0..20).map(|_| client.sessions().get("a").into_future());
    for result in futures_util::future::join_all(calls).await {
        assert_eq!(result.unwrap_err().attempts(), 3);
    }
    assert_eq!(server.requests().len(), 60);
    client
        .sessions()
        .get("a")
        .header("x-calm", "1")
        .await
        .unwrap();
}
