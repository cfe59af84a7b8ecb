//! Measures processes: those that this program starts, and the compiler, as whose wrapper cargo runs it.

use std::{
    env,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::Path,
    process::{Child, Command, ExitCode, ExitStatus},
    thread,
    time::{Duration, Instant},
};

use serde::{Deserialize, Serialize};
use wait4::Wait4 as _;

/// The variable with the file for measurements; where it is set, this program runs the compiler.
pub const TIMING_FILE: &str = "XTASK_TIMING_FILE";

/// The variable with the seconds that a crate may take.
pub const TIMING_BUDGET: &str = "XTASK_TIMING_BUDGET";

/// What a process spent.
///
/// From `wait4`: unlike samples of `/proc`, it counts short processes, and needs no other program.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spent {
    /// Seconds on the clock.
    pub wall: f64,
    /// Seconds on processors.
    pub user: f64,
    /// Seconds that the system worked for it.
    pub system: f64,
    /// The most memory it had at a time, in bytes. A process begins with what its parent had, so
    /// the parent must be small.
    pub peak: f64,
}

impl Spent {
    /// Seconds on processors, the system's work included: what one core takes for it all.
    pub fn cpu(&self) -> f64 {
        self.user + self.system
    }
}

/// A crate, and what the compiler spent on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// The crate's name on the compiler's command line.
    pub library: String,
    /// The package and its version.
    pub package: String,
    /// What it took.
    #[serde(flatten)]
    pub spent: Spent,
}

/// Runs the program that the arguments name, and adds a [`Measurement`] to the file. A program that takes
/// too long is ended.
pub fn time_compiler(file: &Path) -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        return ExitCode::FAILURE;
    };
    let arguments: Vec<_> = arguments.collect();
    let budget = env::var(TIMING_BUDGET)
        .ok()
        .and_then(|seconds| seconds.parse().ok())
        .map(Duration::from_secs);
    let (status, spent) = match run(Command::new(program).args(&arguments), budget) {
        Ok(Some(result)) => result,
        Ok(None) => {
            eprintln!("error: the compiler was not done in time");
            return ExitCode::FAILURE;
        }
        Err(_) => return ExitCode::FAILURE,
    };
    let mut words = arguments.iter().skip_while(|word| *word != "--crate-name");
    if let Some(library) = words.nth(1).and_then(|name| name.to_str()) {
        let measurement = Measurement {
            library: library.to_owned(),
            package: package(),
            spent,
        };
        // A time that cannot be written is missing in the table.
        let _ = note(file, &measurement);
    }
    match status.code().map(u8::try_from) {
        Some(Ok(code)) => ExitCode::from(code),
        _ => ExitCode::FAILURE,
    }
}

/// The package that cargo compiles.
fn package() -> String {
    let variable = |name| env::var(name).unwrap_or_default();
    format!(
        "{} {}",
        variable("CARGO_PKG_NAME"),
        variable("CARGO_PKG_VERSION")
    )
}

/// Lines are appended whole: several compilers run at a time.
fn note(file: &Path, measurement: &Measurement) -> io::Result<()> {
    let line = serde_json::to_string(measurement)? + "\n";
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    file.write_all(line.as_bytes())
}

/// The measurements in a file, in the order they ended; none where there is no file.
pub fn measurements(file: &Path) -> Vec<Measurement> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// Runs a command to its end: how it ended, and what it spent. None where it was not done within
/// the budget, and was ended.
///
/// # Errors
///
/// Where the command cannot be run.
pub fn run(
    command: &mut Command,
    budget: Option<Duration>,
) -> io::Result<Option<(ExitStatus, Spent)>> {
    let start = Instant::now();
    let child = command.spawn()?;
    let used = match budget {
        None => child.wait4()?,
        Some(budget) => match within(child, start + budget)? {
            Some(used) => used,
            None => return Ok(None),
        },
    };
    let spent = Spent {
        wall: start.elapsed().as_secs_f64(),
        user: used.rusage.utime.as_secs_f64(),
        system: used.rusage.stime.as_secs_f64(),
        peak: used.rusage.maxrss as f64,
    };
    Ok(Some((used.status, spent)))
}

fn within(mut child: Child, end: Instant) -> io::Result<Option<wait4::ResUse>> {
    loop {
        if let Some(used) = child.try_wait4()? {
            return Ok(Some(used));
        }
        if Instant::now() >= end {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(TICK);
    }
}

const TICK: Duration = Duration::from_millis(10);

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn work_is_counted_and_waiting_is_not() -> io::Result<()> {
        let (status, waited) = run(&mut shell("sleep 0.2"), None)?.unwrap();
        assert!(status.success());
        assert!(
            waited.wall >= 0.2 && waited.cpu() < waited.wall / 2.0,
            "{waited:?}"
        );
        let busy = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; exit 3";
        let (status, worked) = run(&mut shell(busy), None)?.unwrap();
        assert_eq!(status.code(), Some(3));
        assert!(
            worked.cpu() > waited.cpu() && worked.peak > 100_000.0,
            "{worked:?}"
        );
        Ok(())
    }

    #[test]
    fn a_budget_ends_what_takes_too_long() -> io::Result<()> {
        let budget = Some(Duration::from_millis(50));
        assert_eq!(run(&mut shell("sleep 60"), budget)?, None);
        Ok(())
    }

    #[test]
    fn measurements_are_read_as_they_were_noted() -> io::Result<()> {
        let file = tempfile::tempdir()?.path().join("measurements");
        assert_eq!(measurements(&file), []);
        fs::create_dir_all(file.parent().unwrap())?;
        let spent = Spent {
            wall: 1.5,
            user: 1.0,
            system: 0.25,
            peak: 4096.0,
        };
        let measurement = |library: &str| Measurement {
            library: library.to_owned(),
            package: "p 1.0.0".to_owned(),
            spent,
        };
        note(&file, &measurement("a"))?;
        note(&file, &measurement("b"))?;
        assert_eq!(measurements(&file), [measurement("a"), measurement("b")]);
        Ok(())
    }
}
