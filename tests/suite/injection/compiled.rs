//! What hostile documents become is compiled, linted and documented, without a warning.

use std::{env, fs, path::Path, process::Command};

use openapi_sdk::codegen;
use openapi_sdk::files::Output;
use sdk_generator::package::Runtime;
use sdk_generator::render::Package;
use sdk_model::Api;

use super::{PAYLOADS, hostile, hostile_but_for_paths, model};
use crate::support::root;

/// An API of each payload.
fn apis() -> Vec<Api> {
    let (mut apis, mut refused) = (Vec::new(), Vec::new());
    for (at, payload) in PAYLOADS.iter().enumerate() {
        let name = format!("payload_{at}");
        let api = model(&name, &hostile(payload)).or_else(|| {
            refused.push(payload);
            model(&name, &hostile_but_for_paths(payload))
        });
        apis.push(api.unwrap_or_else(|| panic!("{payload:?} is refused")));
    }
    assert!(refused.len() < 9, "{refused:#?}");
    apis
}

/// Writes one crate of all of them, whose dependencies are this repository's.
fn write(folder: &Path) {
    let package = Package {
        name: "hostile-sdk".to_owned(),
        version: "0.1.0".to_owned(),
        standalone: true,
        runtime: Runtime::Copied,
        ..Package::default()
    };
    let files = codegen::crate_files(&apis(), &package).unwrap();
    Output::generated(folder).write(&files).unwrap();
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

/// Runs cargo in the crate's folder, without a network; what it compiled before stays.
fn run_cargo(folder: &Path, command: &str, rest: &[&str]) {
    let apis: Vec<String> = (0..PAYLOADS.len())
        .map(|at| format!("payload_{at}"))
        .collect();
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args([command, "--offline", "--quiet", "--no-default-features"])
        .args(["--features", &apis.join(",")])
        .args(rest)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.with_file_name("target"))
        .env("RUSTDOCFLAGS", "-D warnings")
        .env_remove("RUSTFLAGS");
    let output = cargo.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {command}: {errors}");
}

#[test]
fn every_payload_compiles() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("injection/hostile");
    write(&folder);
    run_cargo(&folder, "clippy", &["--", "--deny", "warnings"]);
    run_cargo(&folder, "doc", &["--no-deps"]);
}
