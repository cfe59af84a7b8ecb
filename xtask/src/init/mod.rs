//! `init`: adds an API to the project, or begins one.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sdk_generator::config_schema;
use sdk_openapi::diagnostics::{Report, json_text};

use crate::{
    arguments::program,
    exit::{Failure, Problem},
    project::{CRATE, Project, ProjectError},
    targets,
    terminal::Terminal,
    vendor,
};

/// The first codegen.yaml of an API: every key, with its default.
const CONFIG: &str = include_str!("codegen.yaml");

/// The JSON schema of codegen.yaml, beside the folders of the APIs.
const SCHEMA: &str = "codegen.schema.json";

/// The line by which editors find the schema.
const EDITOR: &str = "# yaml-language-server: $schema=../codegen.schema.json\n";

/// The first description of the crate. A second API does not rename it.
const CRATE_FILE: &str = "\
# The crate that is generated from the folders beside this file.
package:
  name: NAME
  version: 0.1.0
";

/// The arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The API's name: its folder, its module and its Cargo feature.
    pub name: String,
    /// The OpenAPI document: a file, an http(s) address, or `npm:PACKAGE`.
    #[arg(value_name = "FILE|URL|npm:PACKAGE")]
    pub spec: String,
    /// Accept http from other machines, which anyone on the way can change.
    #[arg(long)]
    pub allow_http: bool,
}

/// Runs the command. Where it fails, it leaves nothing.
///
/// # Errors
///
/// Where the API exists, or its document cannot be read or generated from.
pub fn run(args: &Args, specs: Option<PathBuf>, terminal: &Terminal) -> Result<(), Failure> {
    let mut created = Created::default();
    match add(args, specs, &mut created, terminal) {
        Ok(()) => {
            created.0.clear();
            Ok(())
        }
        Err(failure) => Err(failure),
    }
}

/// The JSON schema of codegen.yaml, as text.
///
/// # Errors
///
/// Where it cannot be serialized.
pub fn schema_text() -> Result<String, Problem> {
    let schema = config_schema::json_schema();
    Ok(json_text(&schema)?)
}

fn add(
    args: &Args,
    specs: Option<PathBuf>,
    created: &mut Created,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let specs = match specs {
        Some(specs) => specs,
        None => match Project::find() {
            Ok(project) => project.specs().to_owned(),
            Err(ProjectError::NotFound) => PathBuf::from("specs"),
            Err(error) => return Err(error.into()),
        },
    };
    vendor::check_name(&args.name).map_err(|message| Failure::Input(message.into()))?;
    let folder = specs.join(&args.name);
    for name in ["codegen.yaml", "openapi.yaml"] {
        let path = folder.join(name);
        if path.symlink_metadata().is_ok() {
            let message = format!("{} exists", path.display());
            return Err(Failure::Input(message.into()));
        }
    }
    created.folders(&folder)?;
    created.file(&folder.join("codegen.yaml"), &format!("{EDITOR}{CONFIG}"))?;
    if specs.join(SCHEMA).symlink_metadata().is_err() {
        created.file(&specs.join(SCHEMA), &schema_text()?)?;
    }
    if specs.join(CRATE).symlink_metadata().is_err() {
        let name = targets::package_name(&args.name);
        let text = CRATE_FILE.replace("NAME", &name);
        created.file(&specs.join(CRATE), &text)?;
    }
    let project = Project::open(&specs)?;
    let vendor_args = vendor::Args {
        api: args.name.clone(),
        from: Some(args.spec.clone()),
        most_mib: vendor::MOST_MIB,
        allow_http: args.allow_http,
        ..vendor::Args::default()
    };
    let mut report = |report: &Report| terminal.report(report);
    let update = vendor::run(&vendor_args, &project, &mut report)?.ok_or(Failure::Documents)?;
    for (folder, written) in &update.written {
        terminal.written(folder, written);
    }
    print_next_steps(args, &project, terminal)?;
    Ok(())
}

fn print_next_steps(args: &Args, project: &Project, terminal: &Terminal) -> Result<(), Problem> {
    let (program, name) = (program(), &args.name);
    let target = project.target()?;
    let (package, out) = (&target.package.name, target.folder.display());
    let config = project.specs().join(name).join("codegen.yaml");
    terminal.status(format_args!(
        "
Next:
  cargo add --path {out}    use the crate {package}
  {program} codegen         after an edit of {config}
  {program} vendor {name}   for the newest document
  {program} codegen --check in CI",
        config = config.display()
    ));
    Ok(())
}

/// What a run has created; dropping it removes that again.
#[derive(Debug, Default)]
struct Created(Vec<PathBuf>);

impl Created {
    /// Creates a folder and those above it.
    fn folders(&mut self, folder: &Path) -> Result<(), Problem> {
        let missing = folder
            .ancestors()
            .take_while(|it| !it.as_os_str().is_empty() && it.symlink_metadata().is_err());
        let mut missing: Vec<&Path> = missing.collect();
        missing.reverse();
        for folder in missing {
            fs::create_dir(folder).map_err(at(folder))?;
            self.0.push(folder.to_owned());
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, text: &str) -> Result<(), Problem> {
        fs::write(path, text).map_err(at(path))?;
        self.0.push(path.to_owned());
        Ok(())
    }
}

impl Drop for Created {
    fn drop(&mut self) {
        for path in self.0.iter().rev() {
            // A folder that holds something else stays.
            let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
        }
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> String {
    move |error| format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use sdk_generator::config::Config;

    use super::CONFIG;

    /// The keys of the template are commented by `#` without a blank.
    #[test]
    fn the_first_configuration_is_valid_with_and_without_its_comments() {
        assert!(Config::parse(CONFIG, "codegen.yaml").is_ok());
        let keys: String = CONFIG
            .lines()
            .filter(|line| !line.starts_with("# ") && *line != "#")
            .map(|line| format!("{}\n", line.strip_prefix('#').unwrap_or(line)))
            .collect();
        let config = Config::parse(&keys, "codegen.yaml");
        assert!(config.is_ok(), "{config:?}");
        for key in ["include", "credentials", "pagination", "errors"] {
            assert!(keys.contains(&format!("{key}:")), "{key}");
        }
    }
}
