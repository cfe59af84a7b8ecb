//! The workflows and the documentation name commands that there are, and workflows do nothing
//! with what others may write.

use std::{fs, path::PathBuf};

use clap::{CommandFactory as _, Parser as _};
use openapi_sdk::arguments::Arguments;
use serde_yaml::Value;

use crate::support::root;

fn workflows() -> Vec<(PathBuf, Value)> {
    let folder = fs::read_dir(root().join(".github/workflows")).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    let found: Vec<_> = paths
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            (path, serde_yaml::from_str(&text).unwrap())
        })
        .collect();
    assert!(found.len() >= 3, "{found:?}");
    found
}

fn steps(workflow: &Value) -> Vec<&Value> {
    let jobs = workflow["jobs"].as_mapping().unwrap().values();
    jobs.flat_map(|job| job["steps"].as_sequence().unwrap())
        .collect()
}

/// The calls of `cargo xtask` among the lines of a script.
fn calls(script: &str) -> Vec<Vec<String>> {
    let lines = script
        .lines()
        .filter_map(|line| line.trim().split_once("cargo xtask "));
    let words = lines.map(|(_, rest)| {
        let words = rest
            .split_whitespace()
            .take_while(|word| !word.starts_with(['>', '|', '#', '&']));
        words
            .map(|word| word.trim_matches('"').to_owned())
            .collect()
    });
    words.collect()
}

fn check(call: &[String]) {
    let words = || {
        ["cargo xtask"]
            .into_iter()
            .chain(call.iter().map(String::as_str))
    };
    let is_task = call.first().is_some_and(|name| tasks().contains(name));
    let error = if is_task {
        xtask_tasks::arguments::Arguments::try_parse_from(words()).err()
    } else {
        Arguments::try_parse_from(words()).err()
    };
    if let Some(error) = error {
        panic!("cargo xtask {}: {error}", call.join(" "));
    }
}

fn tasks() -> Vec<String> {
    let command = xtask_tasks::arguments::Arguments::command();
    let names = command
        .get_subcommands()
        .map(|task| task.get_name().to_owned());
    names.collect()
}

/// The launcher has no dependencies, so it has a list of its own.
#[test]
fn the_launcher_knows_the_tasks() {
    let launcher = fs::read_to_string(root().join("xtask/launch/src/main.rs")).unwrap();
    let list = launcher.split_once("const TASKS").unwrap().1;
    let list = list.split_once("];").unwrap().0;
    let names: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let mut tasks = tasks();
    tasks.sort();
    assert_eq!(names, tasks);
}

#[test]
fn the_commands_of_workflows_are_there() {
    let mut seen = Vec::new();
    for (_, workflow) in workflows() {
        for step in steps(&workflow) {
            for call in calls(step["run"].as_str().unwrap_or_default()) {
                check(&call);
                seen.extend(call.first().cloned());
            }
        }
    }
    for command in ["vendor", "changes", "codegen"] {
        assert!(
            seen.iter().any(|call| call == command),
            "{command}: {seen:?}"
        );
    }
}

#[test]
fn the_commands_of_the_documentation_are_there() {
    for file in ["README.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        let blocks = text
            .split("```")
            .skip(1)
            .step_by(2)
            .filter(|block| block.starts_with("sh\n"));
        let calls: Vec<_> = blocks.flat_map(calls).collect();
        assert!(calls.len() > 1, "{file}: {calls:?}");
        calls.iter().for_each(|call| check(call));
    }
}

#[test]
fn scripts_of_workflows_hold_no_expressions() {
    for (path, workflow) in workflows() {
        for step in steps(&workflow) {
            let script = step["run"].as_str().unwrap_or_default();
            assert!(!script.contains("${{"), "{}: {script}", path.display());
            let action = step["uses"].as_str().unwrap_or("actions/none@v0");
            let plain = action.starts_with("actions/") && action.contains("@v");
            assert!(plain, "{}: {action}", path.display());
        }
    }
}

#[test]
fn a_job_that_runs_code_of_others_may_not_write() {
    for (path, workflow) in workflows() {
        let whole = &workflow["permissions"];
        assert!(whole.is_mapping(), "{}", path.display());
        for (name, job) in workflow["jobs"].as_mapping().unwrap() {
            let own = job
                .get("permissions")
                .unwrap_or(whole)
                .as_mapping()
                .unwrap();
            let writes = own.values().any(|right| right.as_str() == Some("write"));
            let scripts = job["steps"].as_sequence().unwrap().iter();
            let builds = scripts
                .filter_map(|step| step["run"].as_str())
                .any(|run| run.contains("cargo"));
            assert!(!(writes && builds), "{}: {name:?}", path.display());
        }
    }
}
