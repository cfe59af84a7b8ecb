//! Calls and decoding: measured by the program `sdk-bench` (`tests/bench`).

use std::process::{Command, Stdio};

use super::{Bench, Figure, Problem, run};

/// Rounds of calls, for each run that is asked for: a round takes a second.
const ROUNDS: usize = 4;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Problem> {
    let program = run::release(&bench.root, "sdk-bench")?;
    eprintln!("calling a server on loopback");
    let output = Command::new(&program)
        .arg((bench.runs * ROUNDS + 1).to_string())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{} failed", program.display()).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
