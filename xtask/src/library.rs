//! Generating from another program, such as a build script.

use std::path::PathBuf;

use sdk_generator::{files::FileSet, package::Package};
use sdk_model::Api;
use sdk_openapi::{
    Source,
    diagnostics::{ErrorKind, Report},
};

use crate::{codegen, exit::Problem, targets::Input};

/// A crate to generate.
#[derive(Debug, Clone)]
pub struct Generation {
    package: Package,
    inputs: Vec<Input>,
    strictness: Strictness,
}

/// Which recoverable errors are warnings.
#[derive(Debug, Clone, Default)]
pub struct Strictness {
    /// All of them.
    pub lenient: bool,
    /// Those of these kinds.
    pub allow: Vec<ErrorKind>,
}

impl Strictness {
    fn report(&self) -> Report {
        let mut report = Report::new(self.lenient);
        report.diagnostics.allow(self.allow.iter().copied());
        report
    }
}

/// A generated crate, in memory.
#[derive(Debug)]
pub struct Generated {
    /// Its files; none where a document has errors.
    pub files: Option<FileSet>,
    /// The errors and warnings of each document.
    pub reports: Vec<Report>,
    /// The files that were read: those to watch, and those not to replace.
    pub read: Vec<PathBuf>,
}

impl Generation {
    /// A crate without APIs, which joins the workspace around it.
    pub fn new(package: impl Into<String>) -> Self {
        Self {
            package: Package::new(package, "0.1.0"),
            inputs: Vec::new(),
            strictness: Strictness::default(),
        }
    }

    /// Adds an API.
    #[must_use]
    pub fn input(mut self, input: Input) -> Self {
        self.inputs.push(input);
        self
    }

    /// Makes recoverable errors warnings.
    #[must_use]
    pub fn strictness(mut self, strictness: Strictness) -> Self {
        self.strictness = strictness;
        self
    }

    /// Reads the documents and generates the crate. Nothing is written.
    ///
    /// # Errors
    ///
    /// Where configurations contradict each other, a changelog cannot be read, or the generator has a
    /// bug. Errors of documents are reported in the result.
    pub fn run(&self) -> Result<Generated, Problem> {
        let mut package = self.package.clone();
        codegen::configure_package(&mut package, &self.inputs)
            .map_err(|(path, message)| format!("{}: {message}", path.display()))?;
        let Models {
            apis,
            reports,
            read,
        } = models(&self.inputs, None, &self.strictness);
        let files = match apis {
            Some(apis) => {
                let changelogs = codegen::changelogs(&self.inputs)?;
                Some(codegen::files(&apis, &package, &changelogs)?)
            }
            None => None,
        };
        Ok(Generated {
            files,
            reports,
            read,
        })
    }
}

/// The models of APIs.
#[derive(Debug)]
pub(crate) struct Models {
    /// None where a document has errors.
    pub(crate) apis: Option<Vec<Api>>,
    pub(crate) reports: Vec<Report>,
    pub(crate) read: Vec<PathBuf>,
}

/// Reads APIs; `document` replaces the documents of all.
pub(crate) fn models(
    inputs: &[Input],
    document: Option<&Source>,
    strictness: &Strictness,
) -> Models {
    let (mut apis, mut reports, mut read) = (Vec::new(), Vec::new(), Vec::new());
    for input in inputs {
        let (api, report) = read_model(input, document, strictness);
        read.extend(report.sources.names().map(PathBuf::from));
        read.extend(input.config.iter().chain(&input.changelog).cloned());
        apis.push(api.filter(|_| !report.has_errors()));
        reports.push(report);
    }
    Models {
        apis: apis.into_iter().collect(),
        reports,
        read,
    }
}

/// Reads an API; `document` replaces its document.
pub(crate) fn read_model(
    input: &Input,
    document: Option<&Source>,
    strictness: &Strictness,
) -> (Option<Api>, Report) {
    let mut report = strictness.report();
    let api = match document {
        Some(document) => codegen::model_of(input, document.clone(), &mut report),
        None => codegen::model(input, &mut report),
    };
    (api, report)
}
