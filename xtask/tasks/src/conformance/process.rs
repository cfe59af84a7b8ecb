//! A server's life: start, ready, stop.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Failure;
use super::servers::Launch;

/// How often to look whether a server is ready.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A running server. It stops when this is dropped; should we be killed before that, the end of
/// its standard input makes it stop (`servers/loopback.cjs`).
#[derive(Debug)]
pub(super) struct Server {
    launch: Launch,
    child: Child,
    address_file: PathBuf,
    log: PathBuf,
    address: String,
}

impl Server {
    /// Starts a server. What it prints goes to a file in `scratch`.
    pub(super) fn start(
        node: &OsStr,
        packages: &Path,
        scratch: &Path,
        launch: Launch,
    ) -> Result<Self, Failure> {
        let address_file = scratch.join(format!("{}.address", launch.name));
        let log = scratch.join(format!("{}.log", launch.name));
        let failure =
            |error| Failure::io(format_args!("{} cannot be started", launch.name), &error);
        let output = File::create(&log).map_err(failure)?;
        let errors = output.try_clone().map_err(failure)?;
        let child = Command::new(node)
            .arg("--require")
            .arg(packages.join("servers/loopback.cjs"))
            .arg(&launch.script)
            .args(&launch.arguments)
            // Some look for settings where they start.
            .current_dir(scratch)
            .env("ADDRESS_FILE", &address_file)
            .env("PORT", "0")
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .map_err(failure)?;
        Ok(Self {
            launch,
            child,
            address_file,
            log,
            address: String::new(),
        })
    }

    /// What the server is called here.
    pub(super) fn name(&self) -> &'static str {
        self.launch.name
    }

    /// The environment variable that tells the tests where the server is.
    pub(super) fn variable(&self) -> &'static str {
        self.launch.variable
    }

    /// The address that a client is made with.
    pub(super) fn base_url(&self) -> String {
        format!("{}{}", self.address, self.launch.base_path)
    }

    /// Waits until the server takes connections, and returns `http://host:port`.
    pub(super) fn wait(&mut self, deadline: Instant) -> Result<String, Failure> {
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait().ok().flatten() {
                return Err(self.failure(&format!("stopped at once ({status})")));
            }
            // Read anew each time: a server may try its address out before it stays there.
            let address = fs::read_to_string(&self.address_file).unwrap_or_default();
            if let Ok(address) = address.trim().parse::<SocketAddr>()
                && TcpStream::connect_timeout(&address, LOOK_EVERY).is_ok()
            {
                self.address = format!("http://{address}");
                return Ok(self.address.clone());
            }
            thread::sleep(LOOK_EVERY);
        }
        Err(self.failure("is not ready in time"))
    }

    fn failure(&self, what: &str) -> Failure {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(20)..].join("\n");
        Failure::new(format!("{} {what}; it printed:\n{tail}", self.name()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have stopped by itself, and there is nobody to tell that it did not stop.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
