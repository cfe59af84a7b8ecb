//! `sdk-bench`: the figures of `cargo xtask bench call`, as JSON on the standard output.

mod calls;
mod decoding;

use std::{io::Write as _, process::ExitCode};

use sdk_bench::{
    Error,
    figures::Figures,
    server::{self, Process},
};
use tokio::runtime::{Builder, Runtime};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        [server::SERVE] => runtime().and_then(|runtime| runtime.block_on(server::serve())),
        [rounds] => measure(rounds),
        _ => Err("usage: sdk-bench ROUNDS".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("sdk-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(rounds: &str) -> Result<(), Error> {
    let rounds: usize = rounds.parse()?;
    let mut figures = Figures::default();
    decoding::measure(rounds, &mut figures)?;
    let server = Process::start()?;
    let runtime = runtime()?;
    calls::measure(&runtime, &server.url, rounds, &mut figures)?;
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &figures)?;
    Ok(writeln!(out)?)
}

/// One thread: what it does is the client's work and nothing else, and it can be counted.
fn runtime() -> Result<Runtime, Error> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}
