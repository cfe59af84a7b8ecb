//! Starts xtask, even where generated crates are missing.
//!
//! Cargo refuses to load a workspace that lacks a member, and the generated crates are members:
//! deleting one would keep xtask from generating it again. So a missing crate gets a stub with the
//! same features and dependencies, which keeps Cargo.lock as it is, until xtask has run.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// A generated crate.
struct Crate {
    folder: &'static str,
    package: &'static str,
    /// The folder of its specifications: each is a feature.
    specs: &'static str,
    /// Whether its runtime is a dependency instead of a copy.
    shares_runtime: bool,
}

const CRATES: [Crate; 2] = [
    Crate {
        folder: "generated",
        package: "session-sdk",
        specs: "specs",
        shares_runtime: false,
    },
    Crate {
        folder: "tests/golden/crate",
        package: "sdk-golden",
        specs: "tests/golden/specs",
        shares_runtime: true,
    },
];

/// The dependencies of a crate that shares the runtime, those of the workspace included.
const NAMED: [&str; 7] = [
    "bytes",
    "http",
    "jiff",
    "secrecy",
    "serde",
    "serde_json",
    "uuid",
];

/// The first line of a stub's manifest.
const STUB_HEADER: &str = "# A stub, until `cargo xtask codegen` has run.\n";

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
    let manifests: Vec<PathBuf> = CRATES
        .iter()
        .map(|it| root.join(it.folder).join("Cargo.toml"))
        .collect();
    for (manifest, generated) in manifests.iter().zip(&CRATES) {
        if !manifest.exists() {
            write_stub(root, manifest, generated)?;
        }
    }
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--quiet", "--package", package(), "--manifest-path"])
        .arg(root.join("Cargo.toml"))
        .arg("--")
        .args(env::args_os().skip(1))
        .env("OPENAPI_SDK_PROGRAM", "cargo xtask")
        .status()?;
    for manifest in &manifests {
        remove_stub(manifest)?;
    }
    if env::args()
        .nth(1)
        .is_none_or(|first| matches!(first.as_str(), "help" | "--help" | "-h"))
    {
        println!("\nOnly in this repository:\n  {}", TASKS.join(", "));
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Commands that only this repository has. The others do without what these need.
const TASKS: [&str; 6] = [
    "bench",
    "conformance",
    "corpus",
    "features",
    "load",
    "semver",
];

/// The package that has the command.
fn package() -> &'static str {
    let is_task = |name: String| TASKS.contains(&name.as_str());
    if env::args().nth(1).is_some_and(is_task) {
        "xtask-tasks"
    } else {
        "openapi-sdk"
    }
}

/// Writes a stub with the features of the APIs, and the runtime's features and dependencies.
fn write_stub(root: &Path, manifest: &Path, generated: &Crate) -> io::Result<()> {
    let runtime = fs::read_to_string(root.join("templates/runtime/Cargo.toml"))?;
    let runtime = runtime
        .split("\n[dev-dependencies]")
        .next()
        .unwrap_or_default();
    let (head, rest) = runtime.split_once("[features]\n").unwrap_or((runtime, ""));
    let (features, dependencies) = rest.split_once("\n[dependencies]\n").unwrap_or((rest, ""));
    let mut text = head.replacen("\"sdk-runtime\"", &format!("\"{}\"", generated.package), 1);
    text.push_str("[features]\n");
    for entry in fs::read_dir(root.join(generated.specs))? {
        let entry = entry?;
        let is_api = entry.file_type()?.is_dir();
        if let Some(name) = entry.file_name().to_str().filter(|_| is_api) {
            text.push_str(&format!("{name} = []\n"));
        }
    }
    if generated.shares_runtime {
        let names = features.lines().filter_map(|line| line.split_once(" = "));
        for (name, _) in names.filter(|(name, _)| !name.starts_with('#')) {
            text.push_str(&format!("{name} = []\n"));
        }
        text.push_str("[dependencies]\nsdk-runtime = { path = \"../../../templates/runtime\" }\n");
        let named = dependencies.lines().filter(|line| {
            let name = line.split(" = ").next().unwrap_or_default();
            NAMED.contains(&name)
        });
        for line in named {
            text.push_str(&line.replace(", optional = true", ""));
            text.push('\n');
        }
    } else {
        let own = dependencies
            .lines()
            .filter(|line| !line.starts_with("uuid = "));
        text.push_str(&features.replace("uuid = [\"dep:uuid\"]\n", ""));
        text.push_str("\n[dependencies]\n");
        text.extend(own.map(|line| format!("{line}\n")));
    }
    let source = manifest.with_file_name("src");
    fs::create_dir_all(&source)?;
    fs::write(source.join("lib.rs"), "")?;
    fs::write(manifest, format!("{STUB_HEADER}{text}"))
}

/// Removes the stub where xtask did not replace it.
fn remove_stub(manifest: &Path) -> io::Result<()> {
    match fs::read_to_string(manifest) {
        Ok(text) if text.starts_with(STUB_HEADER) => match manifest.parent() {
            Some(folder) => fs::remove_dir_all(folder),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}
