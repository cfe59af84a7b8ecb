//! How long the compiler takes for each crate: cargo runs this program in the compiler's place.

use std::{
    env, fs,
    path::Path,
    process::{Command, ExitCode},
    thread,
    time::{Duration, Instant},
};

/// Names the folder that takes the times. Where it is set, this program is the stopwatch.
pub const STOPWATCH: &str = "SESSION_SDK_STOPWATCH";

/// Names the seconds that a crate may take.
pub(super) const BUDGET: &str = "SESSION_SDK_STOPWATCH_BUDGET";

/// Runs the program that the arguments name, and writes how many seconds it took to the file that
/// is called like the crate. A program that takes too long is ended.
pub fn stopwatch(folder: &Path) -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        return ExitCode::FAILURE;
    };
    let arguments: Vec<_> = arguments.collect();
    let budget = env::var(BUDGET)
        .ok()
        .and_then(|seconds| seconds.parse().ok())
        .map_or(Duration::MAX, Duration::from_secs);
    let start = Instant::now();
    let Ok(mut child) = Command::new(program).args(&arguments).spawn() else {
        return ExitCode::FAILURE;
    };
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if start.elapsed() < budget => thread::sleep(TICK),
            _ => {
                // It may have ended just now.
                let _ = child.kill();
                let _ = child.wait();
                eprintln!("error: the compiler was not done after {budget:?}");
                return ExitCode::FAILURE;
            }
        }
    };
    let mut words = arguments.iter().skip_while(|word| *word != "--crate-name");
    if let Some(name) = words.nth(1).and_then(|name| name.to_str()) {
        // A time that cannot be written is missing in the table.
        let _ = fs::write(folder.join(name), start.elapsed().as_secs_f64().to_string());
    }
    match status.code().map(u8::try_from) {
        Some(Ok(code)) => ExitCode::from(code),
        _ => ExitCode::FAILURE,
    }
}

const TICK: Duration = Duration::from_millis(10);
