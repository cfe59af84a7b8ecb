//! Compressed answers: the feature `gzip` of reqwest is on here, as an application may have it.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use sdk_tests::faults::{FaultServer, Step, answer};
use session_sdk::ErrorKind;

use super::{LONG, builder, client, id_of, outcome, session_named};

const HEADERS: &str = "content-type: application/json\r\ncontent-encoding: gzip\r\n";

fn compressed(text: &[u8]) -> Vec<u8> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(text).unwrap();
    gzip.finish().unwrap()
}

#[tokio::test]
async fn a_compressed_answer_is_read() {
    let server = FaultServer::start(|request| {
        let body = compressed(session_named(id_of(request)).as_bytes());
        vec![answer("200 OK", HEADERS, &body)]
    });
    let server = server.await.unwrap();
    assert_eq!(client(&server).sessions().get("a").await.unwrap().id, "a");
    assert_eq!(server.requests()[0].header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn the_limit_counts_what_a_bomb_becomes() {
    let bomb = compressed(&vec![b' '; 16_000_000]);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let steps = vec![answer("200 OK", HEADERS, &bomb)];
    let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
    let client = builder(server.url())
        .max_body_bytes(1_000_000)
        .build()
        .unwrap();
    let error = client.sessions().get("a").await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::BodyTooLarge, 1)
    );
    assert_eq!(error.bytes(), None);
}

/// How much the bomb below becomes.
const LARGE: usize = 128 << 20;

/// Set for the process that takes the bomb alone.
const ALONE: &str = "SDK_TESTS_BOMB";

/// The most memory that this process ever held, in bytes.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .strip_suffix(" kB")?
        .trim()
        .parse()
        .ok()
        .map(|kib: u64| kib << 10)
}

/// Other tests of this process use memory too, so it takes the bomb in a process of its own.
#[test]
fn a_bomb_takes_no_memory() {
    if std::env::var_os(ALONE).is_some() {
        return take_the_bomb();
    }
    let mut alone = std::process::Command::new(std::env::current_exe().unwrap());
    let name = "faults::compressed::a_bomb_takes_no_memory";
    let output = alone
        .env(ALONE, "1")
        .args(["--exact", name])
        .output()
        .unwrap();
    let output_text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && output_text.contains("1 passed"),
        "{output_text}"
    );
}

fn take_the_bomb() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
    let piece = vec![b' '; 1 << 20];
    for _ in 0..LARGE / piece.len() {
        bomb.write_all(&piece).unwrap();
    }
    let steps = vec![answer("200 OK", HEADERS, &bomb.finish().unwrap())];
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let server = FaultServer::start(move |_| steps.clone()).await.unwrap();
        let client = builder(server.url())
            .max_body_bytes(1 << 20)
            .build()
            .unwrap();
        let before = most_memory();
        for _ in 0..5 {
            let error = client.sessions().get("a").await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
        }
        if let (Some(before), Some(after)) = (before, most_memory()) {
            assert!(after - before < 16 << 20, "{} bytes more", after - before);
        }
    });
}

#[tokio::test]
async fn what_only_says_that_it_is_compressed_is_broken() {
    let steps = vec![answer("200 OK", HEADERS, session_named("a").as_bytes())];
    outcome(steps, LONG)
        .await
        .assert("plain", ErrorKind::Transport, 3);
    let mut half = compressed(session_named("a").as_bytes());
    half.truncate(half.len() / 2);
    let steps = vec![answer("200 OK", HEADERS, &half), Step::Close];
    outcome(steps, LONG)
        .await
        .assert("half", ErrorKind::Transport, 3);
}
