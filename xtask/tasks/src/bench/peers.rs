//! Other generators beside this one, by turns in one run: seconds differ from machine to machine and
//! from day to day, ratios hardly.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    Bench, Figure, Problem, Unit,
    compile::join_workspace,
    documents::Document,
    run::{self, Runs, done, on_one_core, quiet},
};
use crate::timing::{self, Spent, TIMING_FILE};

/// The documents that are generated whole.
const DOCUMENTS: [&str; 2] = ["clerk", "seam"];

/// This generator among the others.
const OURS: &str = "openapi-sdk";

/// Another generator.
struct Peer {
    name: &'static str,
    /// How it is installed into a folder.
    install: fn(&Path) -> Command,
    /// Its program in that folder.
    program: &'static str,
    /// Its arguments for a document, a package and a folder.
    arguments: fn(&Path, &str, &Path) -> Vec<OsString>,
}

const PEERS: [Peer; 3] = [
    Peer {
        name: "progenitor",
        install: |cache| cargo_install(cache, "cargo-progenitor@0.15.1"),
        program: "bin/cargo-progenitor",
        arguments: |document, package, out| {
            words(&["progenitor", "-v", "0.1.0", "-n", package, "-i"])
                .chain([document.into(), "-o".into(), out.into()])
                .collect()
        },
    },
    Peer {
        name: "ploidy",
        install: |cache| cargo_install(cache, "ploidy@0.15.0"),
        program: "bin/ploidy",
        arguments: |document, package, out| {
            words(&["generate", "rust", "--name", package])
                .chain([document.into(), "-o".into(), out.into()])
                .collect()
        },
    },
    Peer {
        name: "openapi-generator",
        install: |cache| {
            let mut npm = Command::new("npm");
            npm.args(["install", "--silent", "--no-fund", "--no-audit", "--prefix"])
                .arg(cache)
                .arg("@openapitools/openapi-generator-cli@2.41.0");
            npm
        },
        program: "node_modules/.bin/openapi-generator-cli",
        arguments: |document, package, out| {
            let name = format!("packageName={package}");
            words(&["generate", "-g", "rust", "--skip-validate-spec"])
                .chain(words(&["--additional-properties", &name, "-i"]).collect::<Vec<_>>())
                .chain([document.into(), "-o".into(), out.into()])
                .collect()
        },
    },
];

fn words<'a>(words: &'a [&str]) -> impl Iterator<Item = OsString> + use<'a> {
    words
        .iter()
        .map(OsString::from)
        .collect::<Vec<_>>()
        .into_iter()
}

fn cargo_install(cache: &Path, package: &str) -> Command {
    let mut cargo = run::cargo(cache);
    cargo
        .args(["install", "--quiet", "--locked", package, "--root"])
        .arg(cache)
        .env("CARGO_TARGET_DIR", cache.join("build"))
        .env_remove("RUSTFLAGS");
    cargo
}

/// The arguments of a generator for a document, a package and a folder.
type Arguments = Box<dyn Fn(&Document, &str, &Path) -> Vec<OsString>>;

/// A generator that is there.
struct Generator {
    name: &'static str,
    program: PathBuf,
    arguments: Arguments,
}

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Problem> {
    let generators = generators(bench)?;
    let documents = bench.documents.0.iter();
    let mut figures = Vec::new();
    for document in documents.filter(|document| DOCUMENTS.contains(&document.name)) {
        let crates = Crates::generate(bench, document, &generators, &mut figures)?;
        crates.check(bench, document.name, &mut figures)?;
    }
    Ok(figures)
}

fn generators(bench: &Bench) -> Result<Vec<Generator>, Problem> {
    let ours = run::release(&bench.root, OURS)?;
    let mut found = vec![Generator {
        name: OURS,
        program: ours,
        arguments: Box::new(|document, _, out| {
            let arguments = document.arguments(out).into_iter();
            arguments.map(PathBuf::into_os_string).collect()
        }),
    }];
    let cache = bench.out.join("peers");
    fs::create_dir_all(&cache)?;
    for peer in PEERS {
        let program = cache.join(peer.program);
        if !program.exists() {
            eprintln!("installing {}", peer.name);
            let installed = (peer.install)(&cache).stdout(Stdio::null()).status();
            if !installed.is_ok_and(|status| status.success()) || !program.exists() {
                println!("{}: cannot be installed here, not measured", peer.name);
                continue;
            }
        }
        let arguments = peer.arguments;
        found.push(Generator {
            name: peer.name,
            program,
            arguments: Box::new(move |document, package, out| {
                arguments(document.path(), package, out)
            }),
        });
    }
    Ok(found)
}

/// The crates of one document, in a workspace.
struct Crates {
    folder: PathBuf,
    /// Each generator's name and package.
    packages: Vec<(&'static str, String)>,
}

impl Crates {
    fn generate(
        bench: &Bench,
        document: &Document,
        generators: &[Generator],
        figures: &mut Vec<Figure>,
    ) -> Result<Self, Problem> {
        let folder = bench.out.join("peers-crates").join(document.name);
        remove(&folder)?;
        fs::create_dir_all(&folder)?;
        let (mut packages, mut runs) = (Vec::new(), Vec::new());
        for generator in generators {
            let package = format!("{}-{}", document.name, generator.name);
            let run = |out: &Path| {
                let arguments = (generator.arguments)(document, &package, out);
                quiet(on_one_core(&generator.program).args(arguments))
            };
            eprintln!("generating {package}");
            let out = folder.join(&package);
            match run(&out) {
                Ok(_) => {
                    rename(&out.join("Cargo.toml"), &package)?;
                    packages.push((generator.name, package.clone()));
                    runs.push((generator, package, Vec::new()));
                }
                Err(_) => {
                    println!("{}: does not take {}", generator.name, document.name);
                }
            }
        }
        // By turns: what disturbs one disturbs the others.
        for round in 0..bench.runs {
            for (generator, package, spent) in &mut runs {
                let out = bench
                    .out
                    .join("peers-generated")
                    .join(format!("{package}-{round}"));
                remove(&out)?;
                let arguments = (generator.arguments)(document, package, &out);
                spent.push(quiet(on_one_core(&generator.program).args(arguments))?);
            }
        }
        remove(&bench.out.join("peers-generated"))?;
        let runs: Vec<_> = runs
            .into_iter()
            .map(|(generator, _, spent)| (generator.name, Runs::from(spent)))
            .collect();
        add(document.name, "generate", &runs, figures);
        write_workspace(&folder, &packages)?;
        Ok(Self { folder, packages })
    }

    fn check(
        mut self,
        bench: &Bench,
        document: &str,
        figures: &mut Vec<Figure>,
    ) -> Result<(), Problem> {
        let measurements = bench.out.join("peers-measurements.jsonl");
        let program = std::env::current_exe()?;
        let check = |package: &str| {
            let mut cargo = run::cargo(&self.folder);
            cargo
                .args(["check", "--quiet", "--package", package])
                .env("CARGO_TARGET_DIR", bench.out.join("peers-target"))
                .env("CARGO_INCREMENTAL", "0")
                .env("RUSTC_WORKSPACE_WRAPPER", &program)
                .env(TIMING_FILE, &measurements)
                .env_remove("RUSTFLAGS");
            done(cargo.stderr(Stdio::null()))
        };
        eprintln!("checking the dependencies of {document}'s crates");
        self.packages.retain(|(name, package)| {
            let compiles = check(package).is_ok();
            if !compiles {
                println!("{name}: its crate of {document} does not compile");
            }
            compiles
        });
        let mut runs: Vec<_> = self.packages.iter().map(|it| (it, Vec::new())).collect();
        for _ in 0..bench.runs {
            for ((_, package), spent) in &mut runs {
                touch(&self.folder.join(package).join("src/lib.rs"))?;
                check(package)?;
                let library = package.replace('-', "_");
                let mut found = timing::measurements(&measurements).into_iter().rev();
                let one = found.find(|one| one.library == library);
                spent.push(one.ok_or("the compiler was not measured")?.spent);
            }
        }
        let runs: Vec<_> = runs
            .into_iter()
            .map(|((name, _), spent)| (*name, Runs::from(spent)))
            .collect();
        add(document, "check", &runs, figures);
        Ok(())
    }
}

/// The figures of each generator, and the ratio of ours to the best of the others.
fn add(document: &str, work: &str, runs: &[(&str, Runs)], figures: &mut Vec<Figure>) {
    type Value = fn(&Spent) -> f64;
    let parts: [(&str, &str, Value, Unit); 2] = [
        ("cpu", "ratio", Spent::cpu, Unit::Seconds),
        ("peak", "peak_ratio", |spent| spent.peak, Unit::Bytes),
    ];
    for (part, ratio, value, unit) in parts {
        let (mut ours, mut best) = (None, f64::INFINITY);
        for (name, runs) in runs {
            let figure = runs.best(value);
            if *name == OURS {
                ours = Some(figure);
            } else {
                best = best.min(figure);
            }
            let name = format!("peers/{document}/{work}/{name}/{part}");
            figures.push(Figure::new(name, figure, unit));
        }
        if let Some(ours) = ours.filter(|_| best.is_finite()) {
            let name = format!("peers/{document}/{work}/{ratio}");
            figures.push(Figure::new(name, ours / best, Unit::Growth));
        }
    }
}

/// Gives a crate its package's name, whatever its generator called it.
fn rename(manifest: &Path, package: &str) -> Result<(), Problem> {
    join_workspace(manifest)?;
    let mut table: toml::Table = toml::from_str(&fs::read_to_string(manifest)?)?;
    if let Some(keys) = table.get_mut("package").and_then(toml::Value::as_table_mut) {
        keys.insert("name".to_owned(), package.into());
    }
    Ok(fs::write(manifest, toml::to_string(&table)?)?)
}

fn write_workspace(folder: &Path, packages: &[(&'static str, String)]) -> io::Result<()> {
    let members: Vec<String> = packages
        .iter()
        .map(|(_, package)| format!("\"{package}\""))
        .collect();
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fs::write(folder.join("Cargo.toml"), text)
}

fn touch(file: &Path) -> io::Result<()> {
    let file = fs::File::options().append(true).open(file)?;
    file.set_modified(std::time::SystemTime::now())
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{OURS, add};
    use crate::bench::run::Runs;
    use crate::timing::Spent;

    #[test]
    fn ours_is_beside_the_best_of_the_others() {
        let runs = |user: &[f64]| {
            let spent = user.iter().map(|user| Spent {
                wall: 0.0,
                user: *user,
                system: 0.0,
                peak: user * 10.0,
            });
            Runs::from(spent.collect::<Vec<_>>())
        };
        let all = [
            (OURS, runs(&[2.0, 1.0])),
            ("a", runs(&[5.0, 4.0])),
            ("b", runs(&[8.0])),
        ];
        let mut figures = Vec::new();
        add("pets", "check", &all, &mut figures);
        let ratio = |name: &str| {
            let found = figures.iter().find(|figure| figure.name == name);
            found.map(|figure| figure.value)
        };
        assert_eq!(ratio("peers/pets/check/ratio"), Some(0.25));
        assert_eq!(ratio("peers/pets/check/peak_ratio"), Some(0.25));
        let mut alone = Vec::new();
        add("pets", "check", &all[..1], &mut alone);
        assert!(alone.iter().all(|figure| !figure.name.contains("ratio")));
    }
}
