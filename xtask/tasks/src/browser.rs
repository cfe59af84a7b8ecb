//! `cargo xtask browser`: opens the page of a change report in a browser, filters it and finds an
//! entry.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use openapi_sdk::changes::{self, Problem};
use sdk_changes::Format;

use crate::npm;

/// Names that Chromium goes by.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Writes a page and opens it; returns whether everything was found.
///
/// # Errors
///
/// Where there is no browser, or its package cannot be installed.
pub fn run(root: &Path) -> Result<bool, Problem> {
    let browser = browser().ok_or(
        "there is no Chromium: install it (`apt-get install chromium`) or name it in `$CHROMIUM`",
    )?;
    let packages = root.join("tests/browser");
    npm::install(&packages)?;
    let pairs = root.join("tests/fixtures/changes/pairs");
    let arguments = changes::Args {
        old: Some(pairs.join("base.json")),
        new: Some(pairs.join("several.json")),
        format: Format::Html,
        docs: true,
        ..changes::Args::default()
    };
    let page = changes::run(root, &arguments)?.render(&arguments)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("changes.html");
    fs::write(&file, page)?;
    let status = Command::new(env::var_os("NODE").unwrap_or_else(|| "node".into()))
        .current_dir(&packages)
        .arg("page.mjs")
        .arg(&browser)
        .arg(&file)
        .status()
        .map_err(|error| format!("node cannot be run: {error}"))?;
    Ok(status.success())
}

/// `$CHROMIUM`, or the first of the known names in `$PATH`.
fn browser() -> Option<PathBuf> {
    if let Some(chosen) = env::var_os("CHROMIUM") {
        return Some(chosen.into());
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let files = BROWSERS
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    files.into_iter().find(|file| file.is_file())
}
