//! Calls and decoding: measured by the program `sdk-bench` (`tests/bench`).

use std::{
    path::Path,
    process::{Command, Stdio},
};

use super::{Bench, Figure, Problem, run};

/// How many processes measure: where one happens to have its memory moves a ratio by some percent.
const PROCESSES: usize = 5;

/// Rounds of calls in each of them, for each run that is asked for.
const ROUNDS: usize = 2;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Problem> {
    let program = run::release(&bench.root, "sdk-bench")?;
    let rounds = bench.runs * ROUNDS + 1;
    let mut processes = Vec::with_capacity(PROCESSES);
    for process in 1..=PROCESSES {
        eprintln!("calling a server on loopback, {process} of {PROCESSES}");
        processes.push(of_one(&program, rounds)?);
    }
    let first = processes.first().cloned().unwrap_or_default();
    let medians = first.into_iter().enumerate().map(|(at, figure)| {
        let values = processes.iter().filter_map(|figures| figures.get(at));
        let mut values: Vec<f64> = values.map(|figure| figure.value).collect();
        values.sort_by(f64::total_cmp);
        let value = values.get(values.len() / 2).copied();
        Figure {
            value: value.unwrap_or(figure.value),
            ..figure
        }
    });
    Ok(medians.collect())
}

/// What one process measures: each has the figures in the same order.
fn of_one(program: &Path, rounds: usize) -> Result<Vec<Figure>, Problem> {
    let output = Command::new(program)
        .arg(rounds.to_string())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{} failed", program.display()).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
