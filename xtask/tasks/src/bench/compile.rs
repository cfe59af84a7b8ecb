//! Compiling the generated crates: each alone, its dependencies built, nothing incremental.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    Bench, Figure, Problem, Unit, reference,
    run::{self, Runs, done, quiet},
    sizes,
};
use crate::corpus::write_workspace;
use crate::timing::{self, Spent, TIMING_FILE};
use openapi_sdk::targets::package_name;

/// The committed crate's package.
pub(super) const COMMITTED: &str = "session-sdk";

/// Crates in a workspace of their own.
pub(super) struct Crates {
    /// The workspace.
    pub(super) folder: PathBuf,
    target: PathBuf,
    /// What figures call each crate, and its package.
    pub(super) packages: Vec<(&'static str, String)>,
}

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Problem> {
    let crates = make(bench)?;
    eprintln!("checking the dependencies");
    done(crates.cargo(&bench.root, "check").arg("--workspace"))?;
    let reference = reference::check_seconds(bench)?;
    let mut figures = vec![Figure::new("compile/reference", reference, Unit::Seconds)];
    for (name, package) in &crates.packages {
        eprintln!("checking {package}");
        figures.extend(check(bench, &crates, name, package)?);
        let cpu = format!("compile/{name}/cpu");
        let cpu = figures
            .iter()
            .find(|figure| figure.name == cpu)
            .map(|figure| figure.value);
        let ratio = cpu.map(|cpu| cpu / reference);
        let ratio = ratio.map(|it| Figure::new(format!("compile/{name}/ratio"), it, Unit::Growth));
        figures.extend(ratio);
    }
    if !bench.quick {
        figures.extend(sizes::measure(bench, &crates)?);
    }
    Ok(figures)
}

/// The committed crate, Clerk's and Seam's whole.
fn make(bench: &Bench) -> Result<Crates, Problem> {
    let generator = run::release(&bench.root, "openapi-sdk")?;
    let folder = bench.out.join("crates");
    let mut packages = vec![("committed", COMMITTED.to_owned())];
    copy(&bench.root.join("generated"), &folder.join(COMMITTED))?;
    let whole = ["clerk", "seam"];
    let documents = bench.documents.0.iter();
    for document in documents.filter(|document| whole.contains(&document.name)) {
        let package = package_name(document.name);
        let out = folder.join(&package);
        quiet(Command::new(&generator).args(document.arguments(&out)))?;
        join_workspace(&out.join("Cargo.toml"))?;
        packages.push((document.name, package));
    }
    let names: Vec<String> = packages
        .iter()
        .map(|(_, package)| package.clone())
        .collect();
    write_workspace(&bench.root, &folder, &names)?;
    Ok(Crates {
        target: bench.out.join("target"),
        folder,
        packages,
    })
}

/// A generated crate is a workspace of its own, wherever it is put; here it is a member.
pub(super) fn join_workspace(manifest: &Path) -> io::Result<()> {
    let text = fs::read_to_string(manifest)?;
    fs::write(manifest, text.replacen("\n[workspace]\n", "\n", 1))
}

impl Crates {
    /// Cargo in this workspace.
    pub(super) fn cargo(&self, root: &Path, command: &str) -> Command {
        let mut cargo = run::cargo(root);
        cargo
            .args([command, "--offline", "--quiet", "--manifest-path"])
            .arg(self.folder.join("Cargo.toml"))
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("RUSTFLAGS");
        cargo
    }

    /// What a release build left of a package.
    pub(super) fn release(&self, file: &str) -> PathBuf {
        self.target.join("release").join(file)
    }
}

fn check(
    bench: &Bench,
    crates: &Crates,
    name: &str,
    package: &str,
) -> Result<Vec<Figure>, Problem> {
    let measurements = bench.out.join("measurements.jsonl");
    let source = crates.folder.join(package).join("src/lib.rs");
    let check = || {
        let mut cargo = crates.cargo(&bench.root, "check");
        // The same in every run, or cargo would take it for another compiler.
        cargo
            .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe()?)
            .env(TIMING_FILE, &measurements)
            .args(["--package", package]);
        done(&mut cargo)
    };
    check()?;
    let (mut whole, mut compiler) = (Vec::new(), Vec::new());
    for _ in 0..bench.runs {
        fs::File::options()
            .append(true)
            .open(&source)?
            .set_modified(std::time::SystemTime::now())?;
        whole.push(check()?);
        let library = package.replace('-', "_");
        let measurements = timing::measurements(&measurements).into_iter();
        let measurement = measurements
            .rev()
            .find(|measurement| measurement.library == library);
        compiler.push(measurement.ok_or("the compiler was not timed")?.spent);
    }
    Ok(figures(&format!("compile/{name}"), whole, compiler))
}

/// Cargo's time, which is what a user waits, and the compiler's processor time and memory.
fn figures(name: &str, whole: Vec<Spent>, compiler: Vec<Spent>) -> Vec<Figure> {
    let (whole, compiler) = (Runs::from(whole), Runs::from(compiler));
    let figure = |part: &str, value, unit| Figure::new(format!("{name}/{part}"), value, unit);
    vec![
        figure("wall", whole.best(|spent| spent.wall), Unit::Seconds),
        figure(
            "wall_median",
            whole.median(|spent| spent.wall),
            Unit::Seconds,
        ),
        figure("cpu", compiler.best(Spent::cpu), Unit::Seconds),
        figure("peak", compiler.best(|spent| spent.peak), Unit::Bytes),
    ]
}

/// Copies a folder; what is in the way stays.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
