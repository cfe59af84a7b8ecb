//! The first run: from a clean target folder to a fresh `generated/`, and what it goes into.

use std::{fs, io};

use super::{
    Bench, Figure, Problem, Unit,
    run::{self, done},
};
use crate::timing::{self, Measurement, TIMING_FILE};

/// How many dependencies are listed.
const LISTED: usize = 15;

pub(super) fn measure(bench: &Bench) -> Result<Vec<Figure>, Problem> {
    let target = bench.out.join("first-run");
    let clean = || match fs::remove_dir_all(&target) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    clean()?;
    eprintln!("the first run");
    let mut cargo = run::cargo(&bench.root);
    let launch = "xtask/launch/Cargo.toml";
    cargo
        .args([
            "run",
            "--quiet",
            "--manifest-path",
            launch,
            "--",
            "codegen",
            "--check",
        ])
        .env("CARGO_TARGET_DIR", &target)
        .env_remove("CARGO_INCREMENTAL");
    let first = done(&mut cargo)?;

    clean()?;
    eprintln!("the dependencies of openapi-sdk, one by one");
    let measurements = bench.out.join("dependencies.jsonl");
    let _ = fs::remove_file(&measurements);
    let mut cargo = run::cargo(&bench.root);
    cargo
        .args(["build", "--quiet", "--locked", "--package", "openapi-sdk"])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTC_WRAPPER", std::env::current_exe()?)
        .env(TIMING_FILE, &measurements);
    done(&mut cargo)?;
    let measurements = timing::measurements(&measurements);
    let all: f64 = measurements
        .iter()
        .map(|measurement| measurement.spent.cpu())
        .sum();
    clean()?;

    let seconds = |name: &str, value| Figure::new(name, value, Unit::Seconds);
    let mut figures = vec![
        seconds("build/first_run/wall", first.wall),
        seconds("build/first_run/cpu", first.cpu()),
        seconds("build/compiler_cpu", all),
        Figure::new("build/crates", measurements.len() as f64, Unit::Count),
    ];
    figures.extend(dearest(measurements));
    Ok(figures)
}

/// The crates on which the compiler spent the most.
fn dearest(mut measurements: Vec<Measurement>) -> Vec<Figure> {
    measurements.sort_by(|one, other| other.spent.cpu().total_cmp(&one.spent.cpu()));
    let figure = |measurement: Measurement| {
        let script = match measurement.library.as_str() {
            "build_script_build" => " (build script)",
            _ => "",
        };
        let name = format!("build/dependency/{}{script}", measurement.package);
        Figure::new(name, measurement.spent.cpu(), Unit::Seconds)
    };
    measurements.into_iter().take(LISTED).map(figure).collect()
}

#[cfg(test)]
mod tests {
    use super::{Measurement, dearest};
    use crate::timing::Spent;

    #[test]
    fn the_dearest_come_first() {
        let measurement = |package: &str, library: &str, cpu| Measurement {
            library: library.to_owned(),
            package: package.to_owned(),
            spent: Spent {
                wall: 9.0,
                user: cpu,
                system: 0.0,
                peak: 0.0,
            },
        };
        let figures = dearest(vec![
            measurement("a 1.0.0", "a", 1.0),
            measurement("syn 3.0.0", "syn", 4.0),
            measurement("libc 0.2.0", "build_script_build", 2.0),
        ]);
        let names: Vec<_> = figures.iter().map(|figure| figure.name.as_str()).collect();
        let expected = ["syn 3.0.0", "libc 0.2.0 (build script)", "a 1.0.0"];
        assert_eq!(
            names,
            expected.map(|name| format!("build/dependency/{name}"))
        );
    }
}
