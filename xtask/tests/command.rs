//! The command as somebody has it who installed it: in a folder of their own, without this
//! repository.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use serde_json::Value;
use tempfile::TempDir;

const DOCUMENT: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: ok}}
";

/// What a run printed, and how it ended.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// The command, alone in its folder: the binary is copied there, and no variable leads back.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let program = folder.join("bin-openapi-sdk");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_openapi-sdk"), &program).unwrap();
    }
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    for name in [
        "CARGO_MANIFEST_DIR",
        "OPENAPI_SDK_PROGRAM",
        "NO_COLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(name);
    }
    command
}

fn finish(mut command: Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

fn run(folder: &TempDir, arguments: &[&str]) -> Run {
    finish(command(folder.path(), arguments))
}

fn with_document(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pets.yaml"), text).unwrap();
    folder
}

#[test]
fn init_begins_a_project_and_codegen_finds_it_from_below() {
    let folder = with_document(DOCUMENT);
    let begun = run(&folder, &["init", "pets", "pets.yaml"]);
    assert_eq!(begun.code, Some(0), "{}", begun.stderr);
    assert!(
        begun.stderr.contains("openapi-sdk codegen"),
        "{}",
        begun.stderr
    );
    for path in [
        "specs/pets/codegen.yaml",
        "specs/pets/openapi.yaml",
        "specs/pets/source.yaml",
        "generated/src/lib.rs",
        "generated/src/runtime/mod.rs",
    ] {
        assert!(folder.path().join(path).is_file(), "{path}");
    }
    let manifest = fs::read_to_string(folder.path().join("generated/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pets-sdk\""), "{manifest}");

    let below = folder.path().join("specs/pets");
    let mut check = command(folder.path(), &["codegen", "--check"]);
    check.current_dir(&below);
    let checked = finish(check);
    assert_eq!(checked.code, Some(0), "{}", checked.stderr);

    let config = below.join("codegen.yaml");
    fs::write(&config, "base_url_env: PETS_URL\n").unwrap();
    let checked = run(&folder, &["codegen", "--check"]);
    assert_eq!(checked.code, Some(1));
    assert!(checked.stdout.contains("PETS_URL"), "{}", checked.stdout);
    assert!(
        checked.stderr.contains("run `openapi-sdk codegen`"),
        "{}",
        checked.stderr
    );
    assert_eq!(run(&folder, &["codegen"]).code, Some(0));
    assert_eq!(run(&folder, &["codegen", "--check"]).code, Some(0));

    let described = fs::read_to_string(folder.path().join("specs/crate.yaml")).unwrap();
    assert!(described.contains("  name: pets-sdk\n"), "{described}");

    // A second API joins the crate, and what exists is not begun again.
    assert_eq!(run(&folder, &["init", "pets", "pets.yaml"]).code, Some(2));
    assert_eq!(
        fs::read_to_string(&config).unwrap(),
        "base_url_env: PETS_URL\n"
    );
    fs::write(
        folder.path().join("specs/crate.yaml"),
        "package: {name: zoo-sdk, version: 2.1.0}\n",
    )
    .unwrap();
    let second = run(&folder, &["init", "zoo", "pets.yaml"]);
    assert_eq!(second.code, Some(0), "{}", second.stderr);
    let manifest = fs::read_to_string(folder.path().join("generated/Cargo.toml")).unwrap();
    for part in [
        "name = \"zoo-sdk\"",
        "version = \"2.1.0\"",
        "pets = ",
        "zoo = ",
    ] {
        assert!(manifest.contains(part), "{manifest}");
    }
}

#[test]
fn an_init_that_fails_leaves_nothing() {
    let folder = with_document("openapi: 3.0.3\ninfo: {title: Pets}\npaths: 1\n");
    for (name, spec) in [
        ("pets", "pets.yaml"),
        ("pets", "none.yaml"),
        ("../pets", "pets.yaml"),
    ] {
        let failed = run(&folder, &["init", name, spec]);
        assert_eq!(failed.code, Some(2), "{}", failed.stderr);
        assert!(failed.stderr.contains("error"), "{}", failed.stderr);
        assert!(!folder.path().join("specs").exists(), "{spec}");
        assert!(!folder.path().join("generated").exists(), "{spec}");
    }
}

#[test]
fn without_a_project_the_message_says_how_to_begin_one() {
    let folder = with_document(DOCUMENT);
    for arguments in [&["codegen"][..], &["vendor", "pets"], &["changes"]] {
        let failed = run(&folder, arguments);
        assert_eq!(failed.code, Some(2), "{arguments:?}");
        assert!(
            failed.stderr.contains("openapi-sdk init NAME SPEC"),
            "{}",
            failed.stderr
        );
    }
    let failed = run(&folder, &["codegen", "--specs", "none"]);
    assert_eq!(failed.code, Some(2));
    assert!(failed.stderr.contains("none"), "{}", failed.stderr);
    fs::create_dir(folder.path().join("specs")).unwrap();
    fs::write(folder.path().join("specs/crate.yaml"), "pakage: {}\n").unwrap();
    let failed = run(&folder, &["codegen"]);
    assert_eq!(failed.code, Some(2));
    assert!(
        failed.stderr.contains("specs/crate.yaml"),
        "{}",
        failed.stderr
    );
    assert!(failed.stderr.contains("pakage"), "{}", failed.stderr);
}

#[test]
fn two_documents_are_compared_without_a_project() {
    let folder = with_document(DOCUMENT);
    fs::write(
        folder.path().join("new.yaml"),
        DOCUMENT.replace("getPet", "readPet"),
    )
    .unwrap();
    let compared = run(&folder, &["changes", "pets.yaml", "new.yaml"]);
    assert_eq!(compared.code, Some(0), "{}", compared.stderr);
    assert!(compared.stdout.contains("read"), "{}", compared.stdout);
}

/// Serves one document.
fn server(text: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/v1/pets.yaml", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let length = text.len();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/yaml\r\n\
                 content-length: {length}\r\nconnection: close\r\n\r\n"
            );
            stream
                .write_all(format!("{head}{text}").as_bytes())
                .unwrap();
        }
    });
    address
}

#[test]
fn a_document_may_come_from_an_address_or_the_standard_input() {
    let folder = with_document(DOCUMENT);
    let address = server(DOCUMENT);
    let fetched = run(&folder, &["codegen", "--spec", &address, "--out", "web"]);
    assert_eq!(fetched.code, Some(0), "{}", fetched.stderr);

    let mut piped = command(folder.path(), &["codegen", "--spec", "-", "--name", "pets"]);
    piped
        .args(["--out", "piped"])
        .stdin(fs::File::open(folder.path().join("pets.yaml")).unwrap());
    let piped = finish(piped);
    assert_eq!(piped.code, Some(0), "{}", piped.stderr);
    let [web, piped] = ["web", "piped"]
        .map(|out| fs::read_to_string(folder.path().join(out).join("API.md")).unwrap());
    assert_eq!(web, piped);

    let mut empty = command(folder.path(), &["codegen", "--spec", "-", "--out", "empty"]);
    empty.stdin(Stdio::null());
    let empty = finish(empty);
    assert_eq!(empty.code, Some(2));
    assert!(
        empty.stderr.contains("not an OpenAPI document"),
        "{}",
        empty.stderr
    );
}

#[test]
fn programs_get_one_json_object_a_line() {
    let folder = with_document(&DOCUMENT.replace("in: path", "in: nowhere"));
    let codegen = [
        "codegen",
        "--message-format",
        "json",
        "--spec",
        "pets.yaml",
        "--out",
        "out",
    ];
    let failed = run(&folder, &codegen);
    assert_eq!((failed.code, failed.stderr.as_str()), (Some(2), ""));
    let messages: Vec<Value> = failed
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let first = &messages[0];
    assert_eq!(first["reason"], "diagnostic");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["file"], "pets.yaml");
    assert_eq!(first["line"], 9);
    let last = messages.last().unwrap();
    assert_eq!(
        last,
        &serde_json::json!({"reason": "finished", "exit_code": 2})
    );

    fs::write(folder.path().join("pets.yaml"), DOCUMENT).unwrap();
    let done = run(&folder, &codegen);
    assert_eq!(done.code, Some(0), "{}", done.stdout);
    let first: Value = serde_json::from_str(done.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(first["reason"], "written");
    assert!(
        first["changed"]
            .as_array()
            .unwrap()
            .contains(&"src/lib.rs".into())
    );

    let emit = [&codegen[..5], &["--emit", "model"]].concat();
    assert_eq!(run(&folder, &emit).code, Some(2));
}

#[test]
fn one_kind_of_error_can_be_allowed() {
    let folder = with_document(&DOCUMENT.replace("in: path", "in: nowhere"));
    let codegen = [
        "codegen",
        "--message-format",
        "json",
        "--spec",
        "pets.yaml",
        "--out",
        "out",
    ];
    let failed = run(&folder, &codegen);
    let mut errors = failed.stdout.lines().filter_map(|line| {
        let message: Value = serde_json::from_str(line).unwrap();
        let kind = message["kind"].as_str().map(str::to_owned);
        kind.filter(|_| message["severity"] == "error")
    });
    let kind = errors.next().unwrap();
    let allowed = run(&folder, &[&codegen[..], &["--allow", &kind]].concat());
    let still = allowed
        .stdout
        .contains(&format!("\"error\",\"kind\":\"{kind}\""));
    assert!(!still, "{}", allowed.stdout);
    let other = run(&folder, &[&codegen[..], &["--allow", "header"]].concat());
    assert_eq!(other.code, Some(2));
    let unknown = run(&folder, &[&codegen[..], &["--allow", "heder"]].concat());
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.stderr.contains("did you mean `header`"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn quiet_prints_errors_only_and_verbose_each_file() {
    let folder = with_document(DOCUMENT);
    let codegen = ["codegen", "--spec", "pets.yaml", "--out", "out"];
    let verbose = run(&folder, &[&codegen[..], &["--verbose"]].concat());
    assert!(
        verbose.stderr.contains("wrote out/src/lib.rs\n"),
        "{}",
        verbose.stderr
    );
    let quiet = run(&folder, &[&codegen[..], &["--quiet"]].concat());
    assert_eq!((quiet.code, quiet.stderr.as_str()), (Some(0), ""));
    fs::write(folder.path().join("pets.yaml"), "1").unwrap();
    let quiet = run(&folder, &[&codegen[..], &["--quiet"]].concat());
    assert!(quiet.stderr.contains("error"), "{}", quiet.stderr);
}

#[test]
fn colors_follow_the_environment() {
    let folder = with_document("openapi: 1");
    let colored = |variables: &[(&str, &str)]| {
        let mut codegen = command(
            folder.path(),
            &["codegen", "--spec", "pets.yaml", "--out", "x"],
        );
        codegen.envs(variables.iter().copied());
        let run = finish(codegen);
        assert_eq!(run.code, Some(2));
        run.stderr.contains('\u{1b}')
    };
    assert!(!colored(&[]), "a pipe is not a terminal");
    assert!(colored(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn help_version_and_completions_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(&folder, &["--help"]);
    assert_eq!(help.code, Some(0));
    for part in [
        "Usage: openapi-sdk",
        "Exit codes:",
        "init",
        "codegen",
        "vendor",
        "changes",
    ] {
        assert!(help.stdout.contains(part), "{part}: {}", help.stdout);
    }
    let version = run(&folder, &["--version"]);
    assert_eq!(
        version.stdout,
        format!("openapi-sdk {}\n", env!("CARGO_PKG_VERSION"))
    );
    for shell in ["bash", "zsh", "fish"] {
        let completions = run(&folder, &["completions", shell]);
        assert!(completions.stdout.contains("codegen"), "{shell}");
    }
    assert_eq!(run(&folder, &["generat"]).code, Some(2));
}
