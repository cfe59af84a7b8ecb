use super::*;

#[test]
fn a_package_is_no_option_folder_or_address() {
    for name in [
        "@seamapi/types",
        "@seamapi/types@1.700.0",
        "left-pad",
        "left-pad@latest",
    ] {
        assert_eq!(check_name(name), Ok(()), "{name}");
    }
    let refused = [
        "",
        "@",
        "@scope",
        "@scope/",
        "--global",
        "-g",
        ".",
        "..",
        "./folder",
        "../folder",
        "/etc",
        "a/b",
        "@a/b/c",
        "git+ssh://host/x",
        "https://host/x.tgz",
        "file:x",
        "x@file:y",
        "x@https://host/y",
        "a b",
        "x@",
        "@scope/name@../x",
        "x;id",
    ];
    for name in refused {
        assert!(check_name(name).is_err(), "{name}");
    }
}

#[test]
fn the_document_is_found() {
    let members =
        |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
    let seam = members(&[
        "package/package.json",
        "package/lib/seam/connect/openapi.d.ts",
        "package/lib/seam/connect/openapi.js.map",
        "package/lib/seam/connect/openapi.js",
        "package/src/lib/seam/connect/openapi.ts",
    ]);
    assert_eq!(
        member(&seam, None).unwrap(),
        "package/lib/seam/connect/openapi.js"
    );
    let other = "src/lib/seam/connect/openapi.ts";
    assert_eq!(
        member(&seam, Some(other)).unwrap(),
        format!("package/{other}")
    );
    assert!(
        member(&seam, Some("lib/other.js"))
            .unwrap_err()
            .contains("no file `lib/other.js`")
    );
    let two = members(&["package/a/openapi.json", "package/b/openapi.json"]);
    assert!(
        member(&two, None)
            .unwrap_err()
            .contains("a/openapi.json, b/openapi.json; --source-file")
    );
    assert!(member(&members(&["package/readme"]), None).is_err());
    assert!(member(&members(&["package/*/openapi.json"]), None).is_err());
}

/// An npm that packs what the test has put there.
#[cfg(unix)]
fn npm(folder: &Path, prints: &str, code: u8) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let archive = folder.join("packed.tgz");
    let script = format!(
        "#!/bin/sh\necho \"$@\" > '{}/asked'\ncp '{}' . 2>/dev/null\ncat <<'END'\n{prints}\nEND\necho 'npm error code E404' >&2\nexit {code}\n",
        folder.display(),
        archive.display()
    );
    let path = folder.join("npm");
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[cfg(unix)]
fn archive(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let status = Command::new("tar")
        .arg("-czf")
        .arg(folder.join("packed.tgz"))
        .arg("-C")
        .arg(folder)
        .arg("package")
        .status();
    assert!(status.unwrap().success());
}

#[cfg(unix)]
const PACKED: &str = r#"[{"name": "@a/b", "version": "1.2.3", "filename": "packed.tgz"}]"#;

#[cfg(unix)]
#[test]
fn a_packed_document_is_read() {
    let folder = tempfile::tempdir().unwrap();
    archive(
        folder.path(),
        &[
            ("package/lib/openapi.js", "export default {}"),
            ("package/x.js", ""),
        ],
    );
    let npm = npm(folder.path(), PACKED, 0);
    let packed = fetch(npm.as_os_str(), "@a/b@1.2.3", None, &Rules::default()).unwrap();
    let expected = Packed {
        version: "1.2.3".to_owned(),
        file: "lib/openapi.js".to_owned(),
        bytes: b"export default {}".to_vec(),
    };
    assert_eq!(packed, expected);
    let asked = std::fs::read_to_string(folder.path().join("asked")).unwrap();
    assert!(
        asked.starts_with("pack @a/b@1.2.3 --json --ignore-scripts --pack-destination /"),
        "{asked}"
    );

    let small = Rules {
        most_bytes: 10,
        ..Rules::default()
    };
    let problem = fetch(npm.as_os_str(), "@a/b", None, &small).unwrap_err();
    assert!(problem.contains("larger than 10 bytes"), "{problem}");
}

#[cfg(unix)]
#[test]
fn a_link_in_a_package_leads_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("package")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("package/openapi.json")).unwrap();
    archive(folder.path(), &[]);
    let npm = npm(folder.path(), PACKED, 0);
    let packed = fetch(npm.as_os_str(), "@a/b", None, &Rules::default()).unwrap();
    assert_eq!(packed.bytes, b"");
}

#[cfg(unix)]
#[test]
fn failures_of_npm_are_reported() {
    let folder = tempfile::tempdir().unwrap();
    let fetched = |prints: &str, code| {
        fetch(
            npm(folder.path(), prints, code).as_os_str(),
            "@a/b",
            None,
            &Rules::default(),
        )
        .unwrap_err()
    };
    assert_eq!(fetched("", 1), "npm pack failed: npm error code E404");
    assert_eq!(
        fetched("fetched it", 0),
        "npm pack does not say what it fetched"
    );
    assert_eq!(fetched(PACKED, 0), "npm pack has left no archive");
    std::fs::write(folder.path().join("packed.tgz"), "no archive").unwrap();
    assert!(fetched(PACKED, 0).starts_with("the archive cannot be read: "));
    let missing = fetch(OsStr::new("/nowhere/npm"), "@a/b", None, &Rules::default()).unwrap_err();
    assert!(
        missing.contains("cannot be run") && missing.contains("Node.js"),
        "{missing}"
    );
}
