//! Runs the user's own tools, and takes what they print, within limits.

use std::{
    io::{self, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

/// What a tool may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The most bytes that it may print.
    pub(super) bytes: u64,
    /// How long it may take.
    pub(super) time: Duration,
}

/// What a tool did.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) status: ExitStatus,
    pub(super) printed: Vec<u8>,
    /// The beginning of its standard error.
    pub(super) stderr: String,
}

/// Why there is no output.
#[derive(Debug)]
pub(super) enum Failure {
    /// It printed more than it may.
    TooLarge,
    /// Anything else, as a sentence.
    Other(String),
}

/// The most that is kept of the standard error.
const MOST_STDERR: u64 = 64 << 10;

/// Runs a command to its end. It gets no input.
pub(super) fn run(mut command: Command, limits: Limits) -> Result<Output, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let failure = |what: String| Failure::Other(format!("`{name}` {what}"));
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| failure(format!("cannot be run: {error}")))?;
    let deadline = Instant::now() + limits.time;
    let printed = read(child.stdout.take(), limits.bytes.saturating_add(1));
    let stderr = read(child.stderr.take(), MOST_STDERR);
    let printed = match until(&printed, deadline) {
        Ok(Ok(printed)) if printed.len() as u64 > limits.bytes => {
            end(&mut child);
            return Err(Failure::TooLarge);
        }
        Ok(Ok(printed)) => printed,
        Ok(Err(error)) => {
            end(&mut child);
            return Err(failure(format!("cannot be read: {error}")));
        }
        Err(_) => {
            end(&mut child);
            return Err(failure(took(limits)));
        }
    };
    let stderr = until(&stderr, deadline)
        .ok()
        .and_then(Result::ok)
        .unwrap_or_default();
    let Some(status) = wait(&mut child, deadline) else {
        end(&mut child);
        return Err(failure(took(limits)));
    };
    Ok(Output {
        status,
        printed,
        stderr: String::from_utf8_lossy(&stderr).into_owned(),
    })
}

fn took(limits: Limits) -> String {
    format!("took more than {} seconds", limits.time.as_secs())
}

/// Reads so many bytes on a thread of its own: a pipe that fills up would stop the tool.
fn read(pipe: Option<impl Read + Send + 'static>, most: u64) -> Receiver<io::Result<Vec<u8>>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let Some(mut pipe) = pipe else { return };
        let result = pipe.by_ref().take(most).read_to_end(&mut bytes);
        // Nobody may be waiting any longer.
        let _ = sender.send(result.map(|_| bytes));
        let _ = io::copy(&mut pipe, &mut io::sink());
    });
    receiver
}

fn until<T>(receiver: &Receiver<T>, deadline: Instant) -> Result<T, RecvTimeoutError> {
    receiver.recv_timeout(deadline.saturating_duration_since(Instant::now()))
}

fn wait(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
            Ok(None) | Err(_) => return None,
        }
    }
}

fn end(child: &mut Child) {
    // It may have ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, bytes: u64, time: u64) -> Result<Output, Failure> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let time = Duration::from_millis(time);
        run(command, Limits { bytes, time })
    }

    #[test]
    fn what_a_tool_prints_is_taken() {
        let output = shell("echo out; echo err >&2; exit 3", 4, 10_000).unwrap();
        assert_eq!(output.printed, b"out\n");
        assert_eq!(output.stderr, "err\n");
        assert_eq!(output.status.code(), Some(3));
    }

    #[test]
    fn a_tool_that_prints_too_much_is_stopped() {
        let began = Instant::now();
        let found = shell("while :; do echo more; done", 1000, 60_000);
        assert!(matches!(found, Err(Failure::TooLarge)), "{found:?}");
        assert!(began.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_tool_that_takes_too_long_is_stopped() {
        for script in ["exec sleep 60", "exec >&- 2>&-; exec sleep 60"] {
            let began = Instant::now();
            let found = shell(script, 1000, 300);
            let is_reported =
                matches!(&found, Err(Failure::Other(what)) if what.contains("took more"));
            assert!(is_reported, "{found:?}");
            assert!(began.elapsed() < Duration::from_secs(30));
        }
    }

    #[test]
    fn a_missing_tool_is_reported() {
        let limits = Limits {
            bytes: 1,
            time: Duration::from_secs(1),
        };
        let found = run(Command::new("no-such-tool-anywhere"), limits);
        let is_reported = matches!(&found, Err(Failure::Other(what)) if what.starts_with("`no-such-tool-anywhere` cannot be run"));
        assert!(is_reported, "{found:?}");
    }
}
