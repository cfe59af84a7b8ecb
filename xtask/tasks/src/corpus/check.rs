//! Compiling the crates: one workspace, so that their dependencies are compiled once.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    ffi::OsString,
    fs,
    io::{self, BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::timing::{self, Measurement};

/// What the compiler makes of a crate.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Compiled {
    /// Whether it compiles.
    pub succeeded: bool,
    /// How many warnings there are.
    pub warnings: usize,
    /// The first complaints.
    pub complaints: Vec<String>,
    /// How long the compiler took, dependencies not counted.
    pub seconds: Option<f64>,
}

/// Measures the compiler for each crate.
#[derive(Debug)]
pub struct Timer {
    program: PathBuf,
    file: PathBuf,
    budget: Duration,
}

impl Timer {
    /// A timing that keeps its times in a file of this folder.
    ///
    /// # Errors
    ///
    /// Where the folder cannot be made, or the file of another run cannot be removed.
    pub fn new(out: &Path, budget: Duration) -> io::Result<Self> {
        fs::create_dir_all(out)?;
        let file = out.canonicalize()?.join("times.jsonl");
        if file.exists() {
            fs::remove_file(&file)?;
        }
        Ok(Self {
            program: env::current_exe()?,
            file,
            budget,
        })
    }

    /// The newest time of each crate.
    fn seconds(&self) -> BTreeMap<String, f64> {
        let measurements = timing::measurements(&self.file).into_iter();
        measurements
            .map(|Measurement { library, spent, .. }| (library, spent.wall))
            .collect()
    }
}

/// How many complaints of a crate are kept.
const KEPT: usize = 5;

/// Compiles the packages in `out/crates`, by name; `on_done` is called for each.
///
/// The dependencies are those of this repository, which are there already: no network is needed.
///
/// # Errors
///
/// Where cargo cannot be run, or does not get as far as compiling.
pub fn check(
    root: &Path,
    out: &Path,
    packages: &[String],
    jobs: usize,
    timer: Option<&Timer>,
    on_done: &dyn Fn(&str),
) -> Result<BTreeMap<String, Compiled>, Box<dyn Error + Send + Sync>> {
    let crates = out.join("crates");
    write_workspace(root, &crates, packages)?;

    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--offline",
            "--quiet",
        ])
        .args(["--message-format", "json", "--jobs", &jobs.to_string()])
        .arg("--manifest-path")
        .arg(crates.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", out.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(timer) = timer {
        cargo
            .env("RUSTC_WORKSPACE_WRAPPER", &timer.program)
            .env(timing::TIMING_FILE, &timer.file)
            .env(
                timing::TIMING_BUDGET,
                OsString::from(timer.budget.as_secs().to_string()),
            );
    }
    let mut compiled: BTreeMap<String, Compiled> = packages
        .iter()
        .map(|package| (package.replace('-', "_"), Compiled::default()))
        .collect();
    let mut child = cargo.spawn()?;
    // Both are read, or the one that nobody reads would fill up and stop cargo.
    let errors = child.stderr.take();
    let errors = std::thread::spawn(move || errors.map(io::read_to_string));
    let mut messages = 0_usize;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            messages += 1;
            if let Ok(message) = serde_json::from_str(&line?) {
                note(&message, &mut compiled, on_done);
            }
        }
    }
    let status = child.wait()?;
    let errors = errors.join().ok().flatten().and_then(Result::ok);
    if messages == 0 && !status.success() {
        return Err(format!("cargo check: {}", errors.unwrap_or_default()).into());
    }
    let seconds = timer.map(Timer::seconds).unwrap_or_default();
    let by_package = packages.iter().map(|package| {
        let library = package.replace('-', "_");
        let mut one = compiled.remove(&library).unwrap_or_default();
        one.seconds = seconds.get(&library).copied();
        (package.clone(), one)
    });
    Ok(by_package.collect())
}

/// Makes one workspace of the packages in a folder, with this repository's versions of dependencies.
///
/// # Errors
///
/// Where it cannot be written.
pub fn write_workspace(root: &Path, crates: &Path, packages: &[String]) -> io::Result<()> {
    let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
    for package in packages {
        manifest.push_str(&format!("    \"{package}\",\n"));
    }
    fs::create_dir_all(crates)?;
    fs::write(crates.join("Cargo.toml"), manifest + "]\n")?;
    fs::copy(root.join("Cargo.lock"), crates.join("Cargo.lock"))?;
    Ok(())
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    target: Option<Target>,
    message: Option<Complaint>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Complaint {
    level: String,
    message: String,
    rendered: Option<String>,
    #[serde(default)]
    spans: Vec<serde::de::IgnoredAny>,
}

fn note(message: &Message, compiled: &mut BTreeMap<String, Compiled>, on_done: &dyn Fn(&str)) {
    let Some((target, one)) = message
        .target
        .as_ref()
        .and_then(|target| Some((target, compiled.get_mut(&target.name)?)))
    else {
        return;
    };
    match (message.reason.as_str(), &message.message) {
        ("compiler-artifact", _) => {
            one.succeeded = true;
            on_done(&target.name);
        }
        // Without a span it is the summary at the end.
        ("compiler-message", Some(complaint)) if !complaint.spans.is_empty() => {
            if complaint.level == "warning" {
                one.warnings += 1;
            }
            if one.complaints.len() < KEPT {
                let text = complaint.rendered.as_ref().unwrap_or(&complaint.message);
                one.complaints.push(text.trim_end().to_owned());
            }
        }
        _ => {}
    }
}
