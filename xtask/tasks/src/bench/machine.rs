//! What the figures were measured on.

use std::{fs, path::Path, process::Command, thread};

use serde::{Deserialize, Serialize};

/// The machine, and what ran on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor.
    pub cpu: String,
    /// How many cores this process may use.
    pub cores: usize,
    /// The memory, in GB; if the system reports it.
    pub memory: Option<f64>,
    /// The load average of the last minute, at the start; if the system reports it.
    pub load: Option<f64>,
    /// The compiler.
    pub rustc: String,
    /// The commit of this repository, `+` where files have changed since.
    pub commit: String,
}

const UNKNOWN: &str = "unknown";

impl Machine {
    /// Looks at this machine.
    pub fn look(root: &Path) -> Self {
        Self {
            cpu: field("/proc/cpuinfo", "model name").unwrap_or_else(|| UNKNOWN.to_owned()),
            cores: thread::available_parallelism().map_or(1, usize::from),
            memory: memory(),
            load: load(),
            rustc: says(Command::new("rustc").arg("--version"))
                .unwrap_or_else(|| UNKNOWN.to_owned()),
            commit: commit(root).unwrap_or_else(|| UNKNOWN.to_owned()),
        }
    }

    /// Whether other work keeps a good part of it.
    pub fn is_busy(&self) -> bool {
        self.load.is_some_and(|load| load > self.cores as f64 / 4.0)
    }

    /// Whether times of the other machine can be compared with those of this one.
    pub fn is_like(&self, other: &Self) -> bool {
        self.cpu == other.cpu && self.cores == other.cores && self.rustc == other.rustc
    }

    /// It, in one line.
    pub fn line(&self) -> String {
        let memory = self.memory.map(|memory| format!(", {memory:.0} GB"));
        let load = self
            .load
            .map(|load| format!(", load {load:.1} at the start"));
        format!(
            "{}, {} cores{}{}; {}; commit {}",
            self.cpu,
            self.cores,
            memory.unwrap_or_default(),
            load.unwrap_or_default(),
            self.rustc,
            self.commit
        )
    }
}

/// The value behind a name and a colon.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    let (_, value) = line.split_once(':')?;
    Some(value.trim().to_owned())
}

fn memory() -> Option<f64> {
    let kibibytes = field("/proc/meminfo", "MemTotal")?;
    let number: f64 = kibibytes.split_whitespace().next()?.parse().ok()?;
    Some(number * 1024.0 / 1e9)
}

fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    text.split_whitespace().next()?.parse().ok()
}

fn commit(root: &Path) -> Option<String> {
    let git = |arguments: &[&str]| says(Command::new("git").current_dir(root).args(arguments));
    let commit = git(&["rev-parse", "--short=10", "HEAD"])?;
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    Some(if changed.is_empty() {
        commit
    } else {
        commit + "+"
    })
}

/// What a program prints.
fn says(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
