//! A new upstream document: taken as a whole, or not at all.

mod committed;
mod repository;

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use http::{Request, Response};
use openapi_sdk::files::Output;
use openapi_sdk::vendor::{self, Update};
use sdk_changes::report::Bump;
use sdk_tests::server::Server;

use repository::{document, from, from_file, generated, repository, run, tree};

/// The same on a thread where blocking is no matter.
async fn run_beside(repository: &Path, args: vendor::Args) -> Result<Update, String> {
    let repository = repository.to_owned();
    tokio::task::spawn_blocking(move || run(&repository, &args))
        .await
        .unwrap()
}

fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.into()).unwrap()
}

const YAML: (&str, &str) = ("content-type", "application/yaml");

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_taken_from_the_web_and_again() {
    let repository = repository();
    let path = repository.path();
    let served = Arc::new(Mutex::new(document("1", &["name", "size"])));
    let text = Arc::clone(&served);
    let server = Server::start(move |request: Request<Bytes>| match request.uri().path() {
        "/pets.yml" => answer(200, &[YAML], text.lock().unwrap().clone()),
        _ => answer(307, &[("location", "/pets.yml")], ""),
    });
    let server = server.await.unwrap();
    let url = format!("{}/moved.yml", server.url());

    let first = run_beside(path, from(&url)).await.unwrap();
    assert_eq!(first.operations, 1);
    let files = tree(path);
    let source = &files["specs/pets/source.yaml"];
    assert!(source.contains(&format!("url: {url}\n")), "{source}");
    let entries = &files["specs/pets/changelog.md"];
    assert!(entries.starts_with("## pets: 1 ("), "{entries}");
    assert!(entries.contains("`pets`: new API"), "{entries}");

    // From now on the address is known.
    *served.lock().unwrap() = document("2", &["name", "color"]);
    let args = vendor::Args {
        from: None,
        ..from("")
    };
    let second = run_beside(path, args.clone()).await.unwrap();
    assert_eq!(second.changes.verdict.bump, Bump::Major);
    let files = tree(path);
    let entries = &files["specs/pets/changelog.md"];
    let heads: Vec<&str> = entries
        .lines()
        .filter(|line| line.starts_with("## "))
        .collect();
    assert!(
        heads[0].starts_with("## pets: 1 (") && heads[0].contains(" → 2 ("),
        "{heads:?}"
    );
    assert_eq!(heads.len(), 2);
    assert!(
        entries.contains("`types::pet::Pet`: removed field `size`"),
        "{entries}"
    );
    assert!(files["generated/CHANGELOG.md"].contains(entries.trim_end()));
    for (name, text) in &files {
        assert!(!text.contains("Upstream prose"), "{name}");
    }

    // Nothing new: nothing is written.
    let third = run_beside(path, args).await.unwrap();
    assert!(third.changes.changes.is_empty());
    assert!(
        third
            .written
            .iter()
            .all(|(_, written)| written.changed.is_empty())
    );
    assert_eq!(tree(path), files);
}

#[test]
fn a_deleted_crate_comes_back_with_its_changelog() {
    let repository = repository();
    let path = repository.path();
    from_file(path, &document("1", &["name"])).unwrap();
    from_file(path, &document("2", &["name", "size"])).unwrap();
    let before = tree(path);
    let output = Output::generated(path.join("generated"));
    assert!(output.check(&generated(path)).unwrap().is_fresh());
    fs::remove_dir_all(path.join("generated")).unwrap();
    output.write(&generated(path)).unwrap();
    assert_eq!(tree(path), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_good_changes_nothing() {
    let repository = repository();
    let path = repository.path();
    from_file(path, &document("1", &["name"])).unwrap();
    let before = tree(path);
    let server = Server::start(|request: Request<Bytes>| match request.uri().path() {
        "/missing" => answer(404, &[YAML], "no"),
        "/broken" => answer(500, &[YAML], "no"),
        "/page" => answer(
            200,
            &[("content-type", "text/html; charset=utf-8")],
            "<p>Sign in",
        ),
        "/untold" => answer(200, &[], document("2", &["name"])),
        "/large" => answer(200, &[YAML], vec![b' '; (1 << 20) + 1]),
        "/elsewhere" => {
            let host = request.headers()["host"]
                .to_str()
                .unwrap()
                .replace("127.0.0.1", "localhost");
            answer(302, &[("location", &format!("http://{host}/good"))], "")
        }
        "/down" => answer(302, &[("location", "file:///etc/passwd")], ""),
        "/round" => answer(302, &[("location", "/round")], ""),
        "/nowhere" => answer(302, &[], ""),
        "/garbled" => answer(200, &[YAML], "openapi: ["),
        "/other" => answer(200, &[YAML], "swagger: '2.0'"),
        "/wrong" => answer(
            200,
            &[YAML],
            document("2", &["name"]).replace("/schemas/Pet'", "/schemas/Dog'"),
        ),
        "/odd" => answer(
            200,
            &[YAML],
            document("2", &["name"]).replace("in: path", "in: nowhere"),
        ),
        _ => answer(200, &[YAML], document("2", &["name"])),
    });
    let server = server.await.unwrap();
    let cases = [
        ("/missing", "the server answers with status 404"),
        ("/broken", "the server answers with status 500"),
        (
            "/page",
            "the server sends `text/html`, not JSON, YAML or plain text",
        ),
        ("/untold", "the server does not say what it sends"),
        ("/large", "this is larger than 1 MiB"),
        (
            "/elsewhere",
            "the redirect to another server is refused: http://localhost:",
        ),
        ("/down", "the redirect leads nowhere"),
        ("/round", "there are more than 5 redirects"),
        ("/nowhere", "the server answers with status 302"),
        ("/garbled", "invalid YAML"),
        ("/other", "Swagger 2.0 is not supported"),
        ("/wrong", "`$ref` target `#/components/"),
        ("/odd", "a parameter cannot be in `nowhere`"),
    ];
    for (url_path, expected) in cases {
        let error = run_beside(path, from(&format!("{}{url_path}", server.url())))
            .await
            .unwrap_err();
        assert!(error.contains(expected), "{url_path}: {error}");
        assert_eq!(tree(path), before, "{url_path}");
    }

    let sum = |hex: &str| vendor::Args {
        sha256: Some(hex.to_owned()),
        ..from(&format!("{}/good", server.url()))
    };
    let error = run_beside(path, sum("00")).await.unwrap_err();
    assert_eq!(tree(path), before);
    let (_, found) = error.split_once("the SHA-256 checksum is ").unwrap();
    assert!(found.contains(", expected 00"), "{error}");
    assert!(error.contains("/good"), "the file is named: {error}");
    let found: String = found.chars().take(64).collect();
    assert!(run_beside(path, sum(&found.to_uppercase())).await.is_ok());
    assert!(tree(path) != before);
}

#[test]
fn a_truncated_document_is_suspected() {
    let repository = repository();
    let whole = document("1", &["name", "size"]);
    let cut = &whole[..whole.len() - 12];
    let broken = "{\"openapi\": \"3.0.3\", \"info\": {\"title\": ";
    for (text, ends) in [
        (cut, "inside a line"),
        (broken, "without `}`"),
        ("", "the document is empty"),
    ] {
        let path = repository.path().join("upstream.yaml");
        fs::write(&path, text).unwrap();
        let args = vendor::Args {
            sha256: Some("00".to_owned()),
            ..from(&path.display().to_string())
        };
        let problem = run(repository.path(), &args).unwrap_err();
        assert!(problem.contains(ends), "{problem}");
        assert!(problem.contains("upstream.yaml"), "{problem}");
    }
    let problem = from_file(repository.path(), broken).unwrap_err();
    assert!(problem.contains("may be truncated"), "{problem}");
}

#[test]
fn components_are_sorted_and_new_items_without_description_listed() {
    let repository = repository();
    let path = repository.path();
    let first = from_file(path, &document("1", &["name", "size"])).unwrap();
    let items = |update: &Update| -> Vec<String> {
        update
            .undocumented
            .iter()
            .map(|found| found.item.clone())
            .collect()
    };
    // Only facts are kept, so nothing is described without an overlay.
    assert!(items(&first).contains(&"types::pet::Pet, size".to_owned()));
    let next = document("2", &["name", "size", "weight"]) + "    Aardvark: {type: string}\n";
    let next = next.replace(
        "weight: {type: string}",
        "weight: {$ref: '#/components/schemas/Aardvark'}",
    );
    let second = from_file(path, &next).unwrap();
    assert_eq!(items(&second), ["types::pet::Pet, weight"]);
    let facts = &tree(path)["specs/pets/openapi.yaml"];
    let order = [facts.find("\n    Aardvark:"), facts.find("\n    Pet:")];
    assert!(order[0].is_some() && order[0] < order[1], "{facts}");
}

#[test]
fn an_operation_that_upstream_marks_as_internal_is_removed_with_that_reason() {
    let repository = repository();
    let path = repository.path();
    let config = "vendor: {facts_only: true}\nexclude_extensions: [x-internal]\n";
    fs::write(path.join("specs/pets/codegen.yaml"), config).unwrap();
    let two = |mark: &str| {
        let other = format!(
            "  /toys:\n    get:\n      operationId: listToys\n      tags: [toys]\n{mark}      responses: {{'204': {{description: ok}}}}\ncomponents:"
        );
        document("1", &["name"]).replace("components:", &other)
    };
    from_file(path, &two("")).unwrap();
    let update = from_file(path, &two("      x-internal: true\n")).unwrap();
    let removed: Vec<String> = update
        .changes
        .changes
        .iter()
        .filter(|change| change.kind.to_string() == "operation.removed")
        .map(|change| change.sentence())
        .collect();
    assert_eq!(
        removed,
        ["`GET /toys`: operation removed: marked `x-internal`"]
    );
}

#[test]
fn a_missing_source_is_reported() {
    let repository = repository();
    let error = |args: vendor::Args| run(repository.path(), &args).unwrap_err();
    let nothing = vendor::Args {
        from: None,
        ..from("")
    };
    assert!(error(nothing).contains("there is no `url`"));
    assert!(error(from("http://docs.example/pets.yml")).contains("--allow-http"));
    assert!(error(from("ftp://docs.example/pets.yml")).contains("no plain http(s) address"));
    assert!(error(from("npm:../pets")).contains("no npm package"));
    assert!(error(from("/nowhere/pets.yml")).contains("cannot be read"));
    let name = vendor::Args {
        api: "../pets".to_owned(),
        ..from("x")
    };
    assert!(error(name).contains("cannot be the name of an API"));
    assert!(!repository.path().join("generated").exists());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_changes_nothing() {
    let repository = repository();
    let path = repository.path();
    from_file(path, &document("1", &["name"])).unwrap();
    let generated = path.join("generated/src");
    fs::rename(&generated, path.join("moved")).unwrap();
    std::os::unix::fs::symlink(path.join("moved"), &generated).unwrap();
    let before = tree(path);
    let error = from_file(path, &document("2", &["name", "size"])).unwrap_err();
    assert!(error.contains("is a symbolic link"), "{error}");
    assert_eq!(tree(path), before);
}
