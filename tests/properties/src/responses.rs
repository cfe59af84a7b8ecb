//! What servers send, read by the calls of the families and by every type of the golden crate.

use std::{fmt::Debug, future::IntoFuture};

use futures_util::{FutureExt as _, StreamExt as _};
use sdk_golden as golden;
use serde::{Serialize, de::DeserializeOwned};
use session_sdk::{
    BoxError, clerk, seam,
    testing::{InstantTimer, MockTransport},
};

/// Statuses that are read in different ways.
const STATUSES: [u16; 9] = [200, 201, 204, 299, 304, 400, 404, 422, 503];

/// Media types that are read in different ways.
const MEDIA_TYPES: [&str; 6] = [
    "application/json",
    "application/json; charset=utf-8",
    "text/plain; charset=latin1",
    "text/html",
    "text/event-stream",
    "garbage",
];

/// Answers a call with these bytes; the first three say which call, status and media type.
///
/// # Errors
///
/// Where the call waits although all is there, or the text of its error is not bounded.
pub fn calls(bytes: &[u8]) -> Result<(), String> {
    let [call, status, media_type, body @ ..] = bytes else {
        return Ok(());
    };
    let at = |choice: &u8, length: usize| usize::from(*choice) % length;
    let status = STATUSES[at(status, STATUSES.len())];
    let media_type = MEDIA_TYPES[at(media_type, MEDIA_TYPES.len())];
    let calls = [FAMILIES, GOLDEN].concat();
    let send = calls[at(call, calls.len())];
    send(Answer {
        status,
        media_type,
        body,
    })
}

/// What a call is answered with, each time that it is sent.
struct Answer<'a> {
    status: u16,
    media_type: &'a str,
    body: &'a [u8],
}

impl Answer<'_> {
    /// For each crate its own, since each has its own runtime.
    fn mock(&self) -> MockTransport {
        let headers = [("content-type", self.media_type)];
        (0..3).fold(MockTransport::new(), |mock, _| {
            mock.respond(self.status, &headers, self.body.to_vec())
        })
    }

    fn golden(&self) -> golden::testing::MockTransport {
        let headers = [("content-type", self.media_type)];
        (0..3).fold(golden::testing::MockTransport::new(), |mock, _| {
            mock.respond(self.status, &headers, self.body.to_vec())
        })
    }

    fn clerk(&self) -> clerk::Client {
        let client = clerk::Client::builder().secret_key("sk_test_fuzz");
        let client = client.transport(self.mock()).timer(InstantTimer::new());
        client.build().expect("a client from valid settings")
    }

    fn seam(&self) -> seam::Client {
        let client = seam::Client::builder().api_key("seam_test_fuzz");
        let client = client.transport(self.mock()).timer(InstantTimer::new());
        client.build().expect("a client from valid settings")
    }
}

/// The maximum length of an error's text, whatever the server sends.
const MAX_ERROR: usize = 6_000;

/// Sends a call: all is there at once, so there is nothing to wait for.
fn send<F, T, E>(call: F) -> Result<Option<T>, String>
where
    F: IntoFuture<Output = Result<T, E>>,
    E: Debug + Into<BoxError>,
{
    match call.into_future().now_or_never() {
        None => Err("the call waits".to_owned()),
        Some(Ok(answer)) => Ok(Some(answer)),
        Some(Err(error)) => {
            let debug = format!("{error:?}").chars().count();
            let line = error.into().to_string().chars().count();
            if debug.max(line) > MAX_ERROR {
                return Err(format!("an error of {line} characters, {debug} in Debug"));
            }
            Ok(None)
        }
    }
}

type Call = fn(Answer<'_>) -> Result<(), String>;

const FAMILIES: &[Call] = &[
    |it| send(it.clerk().sessions().get("sess_1")).map(drop),
    |it| send(it.clerk().sessions().list()).map(drop),
    |it| send(it.clerk().sessions().create("user_1")).map(drop),
    |it| send(it.clerk().sessions().revoke("sess_1")).map(drop),
    |it| send(it.clerk().sessions().create_token("sess_1")).map(drop),
    |it| {
        let clerk = it.clerk();
        let sessions = clerk.sessions();
        send(sessions.create_token_from_template("sess_1", "t")).map(drop)
    },
    |it| {
        let clerk = it.clerk();
        let sessions = clerk.sessions();
        send(sessions.refresh("sess_1", "expired", "refresh", "https://a.test")).map(drop)
    },
    |it| send(it.seam().client_sessions().get()).map(drop),
    |it| send(it.seam().client_sessions().list()).map(drop),
    |it| send(it.seam().client_sessions().create()).map(drop),
    |it| send(it.seam().client_sessions().get_or_create()).map(drop),
    |it| send(it.seam().client_sessions().grant_access()).map(drop),
    |it| send(it.seam().client_sessions().delete("cst_1")).map(drop),
    |it| send(it.seam().client_sessions().revoke("cst_1")).map(drop),
];

/// A client of one of the golden crate's APIs.
macro_rules! golden {
    ($api:ident, $answer:expr) => {
        golden::$api::Client::builder()
            .base_url("https://golden.test")
            .transport($answer.golden())
            .timer(golden::testing::InstantTimer::new())
            .build()
            .expect("a client from valid settings")
    };
}

const GOLDEN: &[Call] = &[
    |it| send(golden!(recursion, it).nodes().get_tree()).map(drop),
    |it| send(golden!(composition, it).dogs().get()).map(drop),
    |it| send(golden!(formats, it).samples().get()).map(drop),
    |it| send(golden!(mixed_enums, it).settings().get()).map(drop),
    |it| send(golden!(openapi31, it).things().get()).map(drop),
    |it| send(golden!(enums, it).rules().list_rules()).map(drop),
    |it| send(golden!(responses, it).jobs().find_job()).map(drop),
    |it| send(golden!(responses, it).jobs().start_job()).map(drop),
    |it| send(golden!(several_responses, it).kinds().kinds()).map(drop),
    |it| send(golden!(several_responses, it).types().types()).map(drop),
    |it| send(golden!(several_responses, it).errors().errors()).map(drop),
    |it| send(golden!(several_responses, it).headers().headers()).map(drop),
    |it| send(golden!(streams, it).text().get()).map(drop),
    |it| {
        let events = send(golden!(streams, it).events().watch_events())?;
        events.map_or(Ok(()), |events| drain(events, it.body.len()))
    },
    |it| {
        let lines = send(golden!(streams, it).lines().watch_lines())?;
        lines.map_or(Ok(()), |lines| drain(lines, it.body.len()))
    },
];

/// Reads a stream to its end, which comes at the latest after one item a byte.
fn drain<S>(mut stream: S, bytes: usize) -> Result<(), String>
where
    S: futures_util::Stream + Unpin,
{
    for _ in 0..bytes + 2 {
        match stream.next().now_or_never() {
            None => return Err("the stream waits".to_owned()),
            Some(None) => return Ok(()),
            Some(Some(_)) => {}
        }
    }
    Err("the stream has no end".to_owned())
}

/// Reads these bytes as a value of a type; the first byte says which. What could be read is
/// written, and what was written reads as the same.
///
/// # Errors
///
/// Where it does not.
pub fn types(bytes: &[u8]) -> Result<(), String> {
    let [ty, body @ ..] = bytes else {
        return Ok(());
    };
    TYPES[usize::from(*ty) % TYPES.len()](body)
}

fn read<T: Serialize + DeserializeOwned>(body: &[u8]) -> Result<(), String> {
    let Ok(value) = serde_json::from_slice::<T>(body) else {
        return Ok(());
    };
    // Each crate has its own runtime.
    let write = |value: &T| {
        session_sdk::expose_secrets(|| golden::expose_secrets(|| serde_json::to_string(value)))
            .map_err(|error| format!("not written: {error}"))
    };
    let once = write(&value)?;
    let again = serde_json::from_str::<T>(&once).map_err(|error| format!("{error}: {once}"))?;
    let twice = write(&again)?;
    if once == twice {
        Ok(())
    } else {
        Err(format!("{once}\nbecomes {twice}"))
    }
}

type Read = fn(&[u8]) -> Result<(), String>;

const TYPES: &[Read] = &[
    read::<clerk::types::Session>,
    read::<clerk::types::SessionRefresh>,
    read::<clerk::types::ClerkErrors>,
    read::<seam::types::ClientSession>,
    read::<seam::types::ErrorResponse>,
    read::<golden::all_of::types::TrackedParcel>,
    read::<golden::several_responses::types::Ticket>,
    read::<golden::composition::types::Dog>,
    read::<golden::enums::types::Rule>,
    read::<golden::formats::types::Sample>,
    read::<golden::hostile::types::VecType>,
    read::<golden::maps::types::Maps>,
    read::<golden::mixed_enums::types::Settings>,
    read::<golden::names::types::OptionType>,
    read::<golden::nullable::types::Record>,
    read::<golden::nullable31::types::Record>,
    read::<golden::openapi31::types::Thing>,
    read::<golden::presence::types::Profile>,
    read::<golden::recursion::types::Node>,
    read::<golden::references::types::Cat>,
    read::<golden::streams::types::Event>,
    read::<golden::tuples::types::Track>,
    read::<golden::unions::types::Attempt>,
    read::<golden::unions::types::Being>,
    read::<golden::unions::types::Shape>,
    read::<golden::uuids::types::Ticket>,
];
