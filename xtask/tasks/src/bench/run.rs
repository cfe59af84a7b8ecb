//! Running commands, many times.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{Figure, Problem, Unit};
use crate::timing::{self, Spent};

/// The cargo that runs this program.
pub(super) fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    cargo
}

/// Cargo's target folder, or where it is by default.
pub(super) fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// Builds a package of this workspace for release; its program.
pub(super) fn release(root: &Path, package: &str) -> Result<PathBuf, Problem> {
    eprintln!("building {package} for release");
    let mut cargo = cargo(root);
    cargo.args([
        "build",
        "--release",
        "--quiet",
        "--locked",
        "--package",
        package,
    ]);
    done(&mut cargo)?;
    let program = format!("{package}{}", env::consts::EXE_SUFFIX);
    Ok(target(root).join("release").join(program))
}

/// Runs a command that has to succeed, in silence; what it spent.
pub(super) fn quiet(command: &mut Command) -> Result<Spent, Problem> {
    done(command.stderr(Stdio::null()))
}

/// Runs a command that has to succeed; what it spent.
pub(super) fn done(command: &mut Command) -> Result<Spent, Problem> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    match timing::run(command, None)? {
        Some((status, spent)) if status.success() => Ok(spent),
        _ => Err(format!("{} failed: {command:?}", command.get_program().display()).into()),
    }
}

/// The command on one core: what several threads do counts as if one did it. Where there is no
/// `taskset`, on all of them.
pub(super) fn on_one_core(program: &Path) -> Command {
    let taskset = Command::new("taskset").arg("--version").output();
    if taskset.is_ok_and(|output| output.status.success()) {
        let mut command = Command::new("taskset");
        command
            .args([OsStr::new("--cpu-list"), OsStr::new("0")])
            .arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// What several runs of one thing spent.
#[derive(Debug, Clone, Default)]
pub(super) struct Runs(Vec<Spent>);

impl From<Vec<Spent>> for Runs {
    fn from(spent: Vec<Spent>) -> Self {
        Self(spent)
    }
}

impl Runs {
    /// Runs something so often.
    pub(super) fn of(
        times: usize,
        mut once: impl FnMut() -> Result<Spent, Problem>,
    ) -> Result<Self, Problem> {
        (0..times)
            .map(|_| once())
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The least of a value: other work on the machine adds to it, and never takes from it.
    pub(super) fn best(&self, value: fn(&Spent) -> f64) -> f64 {
        self.0.iter().map(value).fold(f64::INFINITY, f64::min)
    }

    /// The middle one of a value.
    pub(super) fn median(&self, value: fn(&Spent) -> f64) -> f64 {
        let mut values: Vec<f64> = self.0.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The figures that there are of every command.
    pub(super) fn figures(&self, name: &str) -> Vec<Figure> {
        let seconds =
            |part: &str, value| Figure::new(format!("{name}/{part}"), value, Unit::Seconds);
        vec![
            seconds("cpu", self.best(Spent::cpu)),
            seconds("cpu_median", self.median(Spent::cpu)),
            seconds("user", self.best(|spent| spent.user)),
            seconds("wall", self.best(|spent| spent.wall)),
            seconds("wall_median", self.median(|spent| spent.wall)),
            Figure::new(
                format!("{name}/peak"),
                self.best(|spent| spent.peak),
                Unit::Bytes,
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{Runs, Spent};

    #[test]
    fn the_best_and_the_middle_one() {
        let spent = |user: f64| Spent {
            wall: user * 2.0,
            user,
            system: 0.0,
            peak: 1.0,
        };
        let mut times = [3.0, 1.0, 9.0].into_iter();
        let runs = Runs::of(3, || Ok(spent(times.next().unwrap()))).unwrap();
        assert_eq!(runs.best(|spent| spent.wall), 2.0);
        assert_eq!(runs.median(Spent::cpu), 3.0);
    }
}
