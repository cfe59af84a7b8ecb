//! Documents from npm packages, fetched by the user's own `npm`.
//!
//! Of the package one file is read, from `tar` to memory: nothing is unpacked, so nothing in the
//! package says where a file goes. No script of the package runs.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use serde_json::Value;

use super::{
    Rules,
    command::{self, Failure, Limits, Output},
};
use sdk_openapi::diagnostics::sanitize;

/// A document of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) version: String,
    /// Its path in the package.
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
}

/// How long npm may take.
const TIME: Duration = Duration::from_secs(300);

/// Fetches a package, `name` or `name@version`, and reads its document: `file`, or the one that is
/// called `openapi`.
pub(super) fn fetch(
    npm: &OsStr,
    package: &str,
    file: Option<&str>,
    rules: &Rules,
) -> Result<Packed, String> {
    check_name(package)?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (archive, version) = pack(npm, package, folder.path())?;
    let members = members(&archive)?;
    let member = member(&members, file)?;
    let bytes = content(&archive, &member, rules)?;
    Ok(Packed {
        version,
        file: member
            .split_once('/')
            .map_or(member.as_str(), |(_, rest)| rest)
            .to_owned(),
        bytes,
    })
}

/// A package of the registry: no folder, no address, no option.
fn check_name(package: &str) -> Result<(), String> {
    let bare = package.strip_prefix('@').unwrap_or(package);
    let (name, version) = bare.split_once('@').unwrap_or((bare, "latest"));
    let parts: Vec<&str> = name.split('/').collect();
    let fits = |text: &&str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '+'))
    };
    let scoped = package.starts_with('@');
    if parts.len() == 1 + usize::from(scoped) && parts.iter().all(fits) && fits(&version) {
        return Ok(());
    }
    Err(
        "this is no npm package: `npm:@scope/name` or `npm:name`, with `@version` if need be"
            .to_owned(),
    )
}

/// Lets npm fetch the archive. Returns the version.
fn pack(npm: &OsStr, package: &str, folder: &Path) -> Result<(PathBuf, String), String> {
    let mut command = Command::new(npm);
    command.args([
        "pack",
        package,
        "--json",
        "--ignore-scripts",
        "--pack-destination",
    ]);
    command.arg(folder).current_dir(folder);
    let limits = Limits {
        bytes: 16 << 20,
        time: TIME,
    };
    let output =
        run(command, limits).map_err(|problem| format!("{problem}; Node.js brings npm along"))?;
    if !output.status.success() {
        let message = output
            .stderr
            .lines()
            .find(|line| line.contains("error") || line.contains("ERR"));
        return Err(format!(
            "npm pack failed: {}",
            sanitize(message.unwrap_or("it does not say why"))
        ));
    }
    let packed: Value = serde_json::from_slice(&output.printed)
        .map_err(|_| "npm pack does not say what it fetched".to_owned())?;
    let text = |key: &str| packed.pointer(&format!("/0/{key}")).and_then(Value::as_str);
    let (Some(file), Some(version)) = (text("filename"), text("version")) else {
        return Err("npm pack does not say what it fetched".to_owned());
    };
    // Some versions of npm print the name with the slash of its scope.
    let file = file.replace('@', "").replace('/', "-");
    let archive = folder.join(file);
    if !archive.is_file() {
        return Err("npm pack has left no archive".to_owned());
    }
    Ok((archive, version.to_owned()))
}

/// The files of the archive.
fn members(archive: &Path) -> Result<Vec<String>, String> {
    let mut tar = Command::new("tar");
    tar.arg("-tzf").arg(archive);
    let limits = Limits {
        bytes: 16 << 20,
        time: TIME,
    };
    let output = successful(run(tar, limits)?)?;
    let text = String::from_utf8_lossy(&output);
    Ok(text.lines().map(str::to_owned).collect())
}

/// What documents are called, the plainest first.
const NAMES: [&str; 6] = [
    "openapi.json",
    "openapi.yaml",
    "openapi.yml",
    "openapi.js",
    "openapi.mjs",
    "openapi.ts",
];

/// The member that holds the document.
fn member(members: &[String], file: Option<&str>) -> Result<String, String> {
    // The members are below one folder, most often `package`.
    let below = |member: &str| member.split_once('/').map(|(_, rest)| rest.to_owned());
    let found: Vec<&String> = match file {
        Some(file) => members
            .iter()
            .filter(|member| below(member).as_deref() == Some(file))
            .collect(),
        None => NAMES
            .iter()
            .map(|name| {
                let called = |member: &&String| member.rsplit('/').next() == Some(name);
                members.iter().filter(called).collect()
            })
            .find(|found: &Vec<&String>| !found.is_empty())
            .unwrap_or_default(),
    };
    let plainly = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '@');
    match found.as_slice() {
        [one] if one.chars().all(plainly) && !one.starts_with('-') => Ok((*one).clone()),
        [] => Err(format!(
            "the package has no file `{}`",
            file.unwrap_or("openapi.json (or .yaml, .js, .ts)")
        )),
        [_] => Err("the file's name has unusual characters".to_owned()),
        more => {
            let names: Vec<String> = more.iter().filter_map(|member| below(member)).collect();
            let names = sanitize(&names.join(", "));
            Err(format!(
                "the package has several documents: {names}; --source-file says which"
            ))
        }
    }
}

/// The bytes of one member.
fn content(archive: &Path, member: &str, rules: &Rules) -> Result<Vec<u8>, String> {
    let mut tar = Command::new("tar");
    tar.arg("-xzOf").arg(archive).args(["--", member]);
    let limits = Limits {
        bytes: rules.most_bytes,
        time: TIME,
    };
    successful(run(tar, limits)?)
}

fn run(command: Command, limits: Limits) -> Result<Output, String> {
    command::run(command, limits).map_err(|failure| match failure {
        Failure::TooLarge => super::too_large(limits.bytes),
        Failure::Other(problem) => problem,
    })
}

fn successful(output: Output) -> Result<Vec<u8>, String> {
    if output.status.success() {
        return Ok(output.printed);
    }
    let message = output
        .stderr
        .lines()
        .next()
        .unwrap_or("it does not say why");
    Err(format!("the archive cannot be read: {}", sanitize(message)))
}

#[cfg(test)]
mod tests;
