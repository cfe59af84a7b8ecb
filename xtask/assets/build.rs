//! Lists the files of `templates/` and the workspace's manifest, to be embedded.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let root = package.join("../..").canonicalize()?;
    println!(
        "cargo::rerun-if-changed={}",
        root.join("templates").display()
    );
    let mut paths = vec!["Cargo.toml".to_owned(), "LICENSE".to_owned()];
    collect(&root, "templates", &mut paths)?;
    paths.sort();
    let mut code = String::from("&[\n");
    for path in paths {
        let file = root.join(&path);
        writeln!(code, "({path:?}, include_str!({file:?})),")?;
    }
    code.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), code)?;
    Ok(())
}

fn collect(root: &Path, folder: &str, paths: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{folder}/{name}");
        let is_test = name == "tests" || name == "tests.rs";
        if is_test || name == "target" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(root, &path, paths)?;
        } else if [".rs", ".toml", ".j2"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            paths.push(path);
        }
    }
    Ok(())
}
