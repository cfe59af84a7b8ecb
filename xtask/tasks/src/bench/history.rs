//! docs/bench-history.jsonl: the ratios and sizes of each recorded run.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Figure, Machine, Problem, Unit, table::Report};

/// How much worse a figure has to be to be called so: less is noise.
const NOISE: f64 = 1.1;

/// Not recorded: what others' crates take to compile.
const DEPENDENCIES: &str = "build/dependency/";

/// The recorded runs, the oldest first.
#[derive(Debug)]
pub(super) struct History {
    file: PathBuf,
    runs: Vec<Run>,
}

/// A line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Run {
    #[serde(flatten)]
    pub(super) machine: Machine,
    pub(super) figures: BTreeMap<String, f64>,
}

impl History {
    /// Reads the file; a history without one is empty.
    pub(super) fn read(file: &Path) -> Result<Self, Problem> {
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error.into()),
        };
        let runs: Result<Vec<Run>, _> = text.lines().map(serde_json::from_str).collect();
        Ok(Self {
            file: file.to_owned(),
            runs: runs.map_err(|error| format!("{}: {error}", file.display()))?,
        })
    }

    /// The recorded runs, the oldest first.
    pub(super) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Adds a run to the file.
    pub(super) fn record(&mut self, report: &Report) -> Result<(), Problem> {
        // Six digits are more than any of them is good for.
        let rounded = |value: f64| format!("{value:.5e}").parse().unwrap_or(value);
        let figures = report.figures.iter();
        // Seconds of one machine say nothing about another day's.
        let figures = figures.filter(|figure| {
            let holds = figure.unit.is_relative() || figure.unit == Unit::Bytes;
            holds && !figure.name.starts_with(DEPENDENCIES)
        });
        let run = Run {
            machine: report.machine.clone(),
            figures: figures
                .map(|figure| (figure.name.clone(), rounded(figure.value)))
                .collect(),
        };
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.file)?;
        writeln!(file, "{}", serde_json::to_string(&run)?)?;
        self.runs.push(run);
        Ok(())
    }

    /// Each figure beside the newest one of its name: of a machine like this one, or of any, where
    /// it says the same on all.
    pub(super) fn compare(&self, report: &Report) -> String {
        let mut text = "\nCompared with the history:\n".to_owned();
        let mut compared = 0;
        for figure in &report.figures {
            let Some((before, commit)) = self.before(figure, &report.machine) else {
                continue;
            };
            compared += 1;
            let worse = figure.worse_than(before);
            let remark = match worse {
                worse if worse > NOISE => "worse",
                worse if worse < 1.0 / NOISE => "better",
                _ => continue,
            };
            let before = Figure::new("", before, figure.unit).shown();
            let _ = writeln!(
                text,
                "{remark:6}  {}: {} ({before} at {commit})",
                figure.name,
                figure.shown()
            );
        }
        let _ = writeln!(text, "{compared} compared; the others are within 10 %.");
        text
    }

    fn before(&self, figure: &Figure, machine: &Machine) -> Option<(f64, &str)> {
        let runs = self.runs.iter().rev();
        let mut runs = runs.filter(|run| figure.unit.is_relative() || run.machine.is_like(machine));
        runs.find_map(|run| {
            let value = *run.figures.get(&figure.name)?;
            Some((value, run.machine.commit.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Unit, *};

    fn report(cpu: &str, seconds: f64, ratio: f64) -> Report {
        Report {
            machine: Machine {
                cpu: cpu.to_owned(),
                cores: 2,
                memory: None,
                load: Some(0.1),
                rustc: "rustc 1".to_owned(),
                commit: format!("of-{cpu}"),
            },
            figures: vec![
                Figure::new("generate/clerk/cpu", seconds, Unit::Seconds),
                Figure::new("call/1/ratio/by_hand", ratio, Unit::Ratio),
                Figure::new("build/dependency/syn", seconds, Unit::Seconds),
            ],
        }
    }

    #[test]
    fn ratios_are_kept_and_compared_on_any_machine_and_seconds_are_not() -> Result<(), Problem> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("docs/history.jsonl");
        History::read(&file)?.record(&report("fast", 0.1, 0.99))?;
        History::read(&file)?.record(&report("slow", 0.5, 0.98))?;
        assert!(!fs::read_to_string(&file)?.contains("generate/clerk/cpu"));

        let history = History::read(&file)?;
        assert_eq!(history.runs.len(), 2);
        let text = history.compare(&report("fast", 0.2, 0.8));
        assert!(text.contains("worse   call/1/ratio/by_hand: 0.80 × (0.98 × at of-slow)"));
        assert!(text.contains("1 compared"), "{text}");

        let text = history.compare(&report("other", 9.0, 0.97));
        assert!(!text.contains("worse"), "{text}");
        Ok(())
    }
}
