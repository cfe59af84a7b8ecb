//! The maintainer's loop: from an edit of one line to a fresh `generated/`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    Bench, Figure, Problem, Unit, reference,
    run::{self, Runs, done},
};
use crate::timing::Spent;

/// The files that a line is added to.
const EDITS: [(&str, &str); 4] = [
    ("emission", "xtask/generator/src/emit/mod.rs"),
    ("lowering", "xtask/generator/src/lower/mod.rs"),
    ("openapi", "xtask/openapi/src/document.rs"),
    ("runtime", "templates/runtime/src/runtime/percent.rs"),
];

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Problem> {
    let checkout = bench.out.join("edit-loop");
    clone(&bench.root, &checkout)?;
    let target = bench.out.join("edit-loop-target");
    let codegen = || {
        let mut cargo = run::cargo(&checkout);
        cargo
            .args([
                "run",
                "--quiet",
                "--manifest-path",
                "xtask/launch/Cargo.toml",
            ])
            .args(["--", "codegen", "--quiet"])
            .env("CARGO_TARGET_DIR", &target)
            .env_remove("CARGO_INCREMENTAL");
        done(&mut cargo)
    };
    eprintln!("building a clone");
    codegen()?;
    let reference = reference::check_seconds(bench)?;
    let mut figures = Vec::new();
    let mut add = |name: &str, runs: &Runs| {
        let cpu = runs.best(Spent::cpu);
        let name = format!("edit/{name}");
        figures.extend([
            Figure::new(
                format!("{name}/wall"),
                runs.best(|it| it.wall),
                Unit::Seconds,
            ),
            Figure::new(format!("{name}/cpu"), cpu, Unit::Seconds),
            Figure::new(format!("{name}/ratio"), cpu / reference, Unit::Growth),
        ]);
    };
    add("nothing", &Runs::of(bench.runs, codegen)?);
    for (name, file) in EDITS {
        eprintln!("editing {file}");
        let mut edit = 0;
        let runs = Runs::of(bench.runs, || {
            edit += 1;
            add_line(&checkout.join(file), edit)?;
            codegen()
        })?;
        add(name, &runs);
    }
    fs::remove_dir_all(&checkout)?;
    Ok(figures)
}

/// The last commit, in a folder of its own: what is edited is not this checkout.
fn clone(root: &Path, to: &PathBuf) -> Result<(), Problem> {
    match fs::remove_dir_all(to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut git = Command::new("git");
    git.args(["clone", "--quiet", "--local", "--depth=1"])
        .arg(format!("file://{}", root.canonicalize()?.display()))
        .arg(to);
    done(&mut git)?;
    Ok(())
}

/// Code, not a comment: the compiler has something to do.
fn add_line(file: &Path, edit: usize) -> Result<(), Problem> {
    let text = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let line = format!("\n#[allow(dead_code)]\nconst EDIT_{edit}: usize = {edit};\n");
    Ok(fs::write(file, text + &line)?)
}
