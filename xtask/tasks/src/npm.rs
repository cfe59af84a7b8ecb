//! Packages of the npm registry, at the versions of a lock file.

use std::{fs, path::Path, process::Command};

/// Installs what a folder's lock file lists, unless that very lock file is installed already.
pub(crate) fn install(packages: &Path) -> Result<(), String> {
    let lock = packages.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    // npm writes nothing that identifies the installed lock file, so a copy is kept.
    let copy = packages.join("node_modules/.installed-package-lock.json");
    if fs::read(&copy).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("installing {} (npm ci)", packages.display());
    let status = Command::new("npm")
        .arg("ci")
        .current_dir(packages)
        .status()
        .map_err(|error| format!("npm, a part of Node.js, cannot be run: {error}"))?;
    if !status.success() {
        return Err("npm ci failed".to_owned());
    }
    fs::write(&copy, wanted).map_err(|error| format!("{}: {error}", copy.display()))
}
