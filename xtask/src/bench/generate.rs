//! Generating: the whole process, on one core, from the document's bytes to formatted files.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Bench, Figure, Problem, Unit,
    run::{self, Runs, on_one_core, quiet},
    synthetic,
};
use crate::stopwatch::Spent;

/// The sizes between which the cost of an operation must not grow.
const SIZES: [usize; 6] = [10, 30, 100, 300, 1_000, 1_500];

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Problem> {
    let generator = run::release(&bench.root, "xtask")?;
    let mut figures = Vec::new();
    for document in &bench.documents.0 {
        eprintln!("generating {}", document.name);
        let folder = bench.out.join("generated").join(document.name);
        let name = format!("generate/{}", document.name);
        let arguments = document.arguments(&folder);
        figures.extend(first_runs(bench, &generator, &arguments, &folder)?.figures(&name));
        // The crate is there now.
        let again = Runs::of(bench.runs, || {
            quiet(on_one_core(&generator).args(&arguments))
        })?;
        let again = again.best(Spent::cpu);
        figures.push(Figure::new(name + "/unchanged", again, Unit::Seconds));
    }
    figures.extend(growth(bench, &generator)?);
    Ok(figures)
}

fn first_runs(
    bench: &Bench,
    generator: &Path,
    arguments: &[PathBuf],
    folder: &Path,
) -> Result<Runs, Problem> {
    Runs::of(bench.runs, || {
        remove(folder)?;
        quiet(on_one_core(generator).args(arguments))
    })
}

/// What an operation more costs, from ten of them to many: what a crate without any costs, its
/// runtime's files above all, is taken off.
fn growth(bench: &Bench, generator: &Path) -> Result<Vec<Figure>, Problem> {
    let cost = |operations: usize| {
        let document = bench.out.join(format!("synthetic-{operations}.json"));
        fs::write(&document, synthetic::document(operations).to_string())?;
        let folder = bench.out.join("generated/synthetic");
        let arguments = ["codegen", "--spec"].map(PathBuf::from).into_iter();
        let arguments: Vec<PathBuf> = arguments
            .chain([document, "--out".into(), folder.clone()])
            .collect();
        let runs = first_runs(bench, generator, &arguments, &folder)?;
        Ok::<_, Problem>(runs.best(Spent::cpu))
    };
    eprintln!(
        "generating documents of 0 to {} operations",
        SIZES[SIZES.len() - 1]
    );
    let none = cost(0)?;
    let mut figures = vec![Figure::new("generate/0_operations", none, Unit::Seconds)];
    let mut each = Vec::new();
    for operations in SIZES {
        let one = (cost(operations)? - none) / operations as f64;
        let name = format!("generate/{operations}_operations/each");
        figures.push(Figure::new(name, one, Unit::Seconds));
        each.push(one);
    }
    let most = each.iter().copied().fold(f64::MIN, f64::max);
    let least = each.iter().copied().fold(f64::MAX, f64::min);
    figures.push(Figure::new("generate/growth", most / least, Unit::Growth));
    Ok(figures)
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
