//! `cargo xtask conformance`: runs the SDK against independent servers over real sockets.
//!
//! The servers are npm packages that other people wrote (`tests/conformance/package.json`). They
//! listen on the loopback interface, live as long as the run does, and give the tests their
//! addresses through the environment.

mod documents;
mod node;
mod process;
mod servers;

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fmt, io};

use self::process::Server;
use crate::npm;

/// How long all servers together may take to start. A loaded machine is slow, a broken server
/// says so at once.
const START_LIMIT: Duration = Duration::from_secs(120);

/// Why the tests could not run.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    fn io(what: impl fmt::Display, error: &io::Error) -> Self {
        Self(format!("{what}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// Installs and starts the servers, runs the tests, stops the servers. `arguments` go to the test
/// binary: a part of a test's name, say. Says whether the tests passed.
pub fn run(root: &Path, arguments: &[OsString]) -> Result<bool, Failure> {
    let packages = root.join("tests/conformance");
    npm::install(&packages).map_err(Failure)?;

    // Built first: what does not compile should not make anybody wait for servers.
    if !succeeds(tests(root).arg("--no-run"))? {
        return Ok(false);
    }

    let scratch = tempfile::tempdir().map_err(|e| Failure::io("no temporary directory", &e))?;
    let documents = documents::write(&root.join("specs"), scratch.path())?;
    let node = node::node(&packages);

    let deadline = Instant::now() + START_LIMIT;
    let mut running: Vec<Server> = Vec::new();
    let mut addresses = Vec::new();
    for wave in servers::waves(&packages, &documents) {
        let started = running.len();
        for launch in wave {
            let launch = launch.resolve(&addresses)?;
            running.push(Server::start(&node, &packages, scratch.path(), launch)?);
        }
        for server in &mut running[started..] {
            let address = server.wait(deadline)?;
            println!("{:<12} {address}", server.name());
            addresses.push((server.name(), address));
        }
    }

    let mut tests = tests(root);
    for server in &running {
        tests.env(server.variable(), server.base_url());
    }
    let passed = succeeds(tests.arg("--").args(arguments))?;
    let count = running.len();
    drop(running);
    let verdict = if passed { "passed" } else { "FAILED" };
    println!("conformance tests {verdict} against {count} servers, which are stopped");
    Ok(passed)
}

/// `cargo test` of the conformance tests.
fn tests(root: &Path) -> Command {
    let cargo = env::var_os("CARGO");
    let mut command = Command::new(cargo.as_deref().unwrap_or(OsStr::new("cargo")));
    command
        .current_dir(root)
        .args(["test", "--quiet", "--package", "sdk-tests"]);
    command.args(["--features", "conformance", "--test", "conformance"]);
    command
}

/// Runs `cargo`, whose output goes where ours goes. Says whether it succeeded.
fn succeeds(cargo: &mut Command) -> Result<bool, Failure> {
    let status = cargo
        .status()
        .map_err(|e| Failure::io("cargo cannot be run", &e))?;
    Ok(status.success())
}
