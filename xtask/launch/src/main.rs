//! Starts xtask, generated crates missing or not.
//!
//! Cargo refuses to load a workspace that lacks a member, and the generated crates are members:
//! deleting one would keep xtask from bringing it back. So a missing one gets a stand-in with the
//! same dependencies (Cargo.lock stays as it is) until xtask has run.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// The generated crates: folder and package.
const CRATES: [(&str, &str); 2] =
    [("generated", "session-sdk"), ("tests/golden/crate", "sdk-golden")];

/// The first line of a stand-in's manifest.
const MARK: &str = "# A stand-in, until `cargo xtask codegen` has run.\n";

fn main() -> ExitCode {
    match root().and_then(|root| run(&root)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("cannot start xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The workspace's folder. Asked for when run, not when built: a target folder that two checkouts
/// share would give one the other's.
fn root() -> io::Result<PathBuf> {
    let launch = env::var_os("CARGO_MANIFEST_DIR");
    let launch = launch.ok_or_else(|| io::Error::other("start it as `cargo xtask`"))?;
    Ok(Path::new(&launch).join("../.."))
}

fn run(root: &Path) -> io::Result<ExitCode> {
    let manifests: Vec<PathBuf> =
        CRATES.iter().map(|(folder, _)| root.join(folder).join("Cargo.toml")).collect();
    for (manifest, (_, package)) in manifests.iter().zip(CRATES) {
        if !manifest.exists() {
            write_stand_in(root, manifest, package)?;
        }
    }
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--package", "xtask", "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .arg("--")
        .args(env::args_os().skip(1))
        .status()?;
    for manifest in &manifests {
        remove_stand_in(manifest)?;
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The runtime's manifest has the features and dependencies of every generated crate.
fn write_stand_in(root: &Path, manifest: &Path, package: &str) -> io::Result<()> {
    let runtime = fs::read_to_string(root.join("templates/runtime/Cargo.toml"))?;
    let shared = runtime.split("\n[dev-dependencies]").next().unwrap_or_default();
    let text = shared.replacen("\"sdk-runtime\"", &format!("\"{package}\""), 1);
    let source = manifest.with_file_name("src");
    fs::create_dir_all(&source)?;
    fs::write(source.join("lib.rs"), "")?;
    fs::write(manifest, format!("{MARK}{text}"))
}

/// Takes the stand-in away where xtask did not replace it.
fn remove_stand_in(manifest: &Path) -> io::Result<()> {
    match fs::read_to_string(manifest) {
        Ok(text) if text.starts_with(MARK) => match manifest.parent() {
            Some(folder) => fs::remove_dir_all(folder),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}
