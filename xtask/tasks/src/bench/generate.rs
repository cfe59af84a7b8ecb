//! Generating: the whole process, on one core, from the document's bytes to formatted files.

use std::{
    fs, io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use super::{
    Bench, Figure, Problem, Unit, reference,
    run::{self, Runs, on_one_core, quiet},
    synthetic,
};
use crate::timing::Spent;

/// The folder of what is generated, below the benchmarks' own.
const GENERATED: &str = "generated";

/// The sizes between which the cost of an operation must not grow.
const SIZES: [usize; 6] = [10, 30, 100, 300, 1_000, 1_500];

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Problem> {
    let generator = run::release(&bench.root, "openapi-sdk")?;
    let reference = reference::parse_seconds(bench)?;
    let mut figures = vec![Figure::new("generate/reference", reference, Unit::Seconds)];
    remove(&bench.out.join(GENERATED))?;
    // Until the file system has forgotten what was there.
    thread::sleep(Duration::from_secs(6));
    for document in &bench.documents.0 {
        eprintln!("generating {}", document.name);
        let folder = bench.out.join(GENERATED).join(document.name);
        let name = format!("generate/{}", document.name);
        let first = first_runs(bench, &generator, &folder, |folder| {
            document.arguments(folder)
        })?;
        figures.extend(first.figures(&name));
        let ratio = first.best(Spent::cpu) / reference;
        figures.push(Figure::new(format!("{name}/ratio"), ratio, Unit::Growth));
        // The crate is there now.
        let arguments = document.arguments(&run_folder(&folder, 0));
        let again = Runs::of(bench.runs, || {
            quiet(on_one_core(&generator).args(&arguments))
        })?;
        let again = again.best(Spent::cpu);
        figures.push(Figure::new(name + "/unchanged", again, Unit::Seconds));
    }
    figures.extend(contradictions(bench, &generator)?.figures("generate/contradictions"));
    figures.extend(growth(bench, &generator)?);
    remove(&bench.out.join(GENERATED))?;
    Ok(figures)
}

/// Runs that find no crate, each in a folder of its own: creating files where as many have just
/// been removed costs ext4 ten times as much, and nobody's first run does that.
fn first_runs(
    bench: &Bench,
    generator: &Path,
    folder: &Path,
    arguments: impl Fn(&Path) -> Vec<PathBuf>,
) -> Result<Runs, Problem> {
    let mut run = 0;
    Runs::of(bench.runs, || {
        let folder = run_folder(folder, run);
        run += 1;
        quiet(on_one_core(generator).args(arguments(&folder)))
    })
}

fn run_folder(folder: &Path, run: usize) -> PathBuf {
    folder.join(run.to_string())
}

/// The largest documents are like this one: thousands of operations, whose schemas contradict each
/// other, so that most of the work is to report it.
fn contradictions(bench: &Bench, generator: &Path) -> Result<Runs, Problem> {
    eprintln!("generating a document of contradictions");
    let document = bench.out.join("contradictions.json");
    fs::write(&document, synthetic::contradictions().to_string())?;
    let folder = bench.out.join(GENERATED).join("contradictions");
    first_runs(bench, generator, &folder, |folder| {
        let arguments = ["codegen", "--lenient", "--spec"].map(PathBuf::from);
        let more = [document.clone(), "--out".into(), folder.to_owned()];
        arguments.into_iter().chain(more).collect()
    })
}

/// What an operation more costs, from ten of them to many: what a crate without any costs, its
/// runtime's files above all, is taken off.
fn growth(bench: &Bench, generator: &Path) -> Result<Vec<Figure>, Problem> {
    let generated = bench.out.join(GENERATED);
    let cost = |operations: usize| {
        let document = bench.out.join(format!("synthetic-{operations}.json"));
        fs::write(&document, synthetic::document(operations).to_string())?;
        let folder = generated.join(format!("synthetic-{operations}"));
        let runs = first_runs(bench, generator, &folder, |folder| {
            let arguments = ["codegen", "--spec"].map(PathBuf::from).into_iter();
            let more = [document.clone(), "--out".into(), folder.to_owned()];
            arguments.chain(more).collect()
        })?;
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
