//! The generator, in memory.

use std::{path::PathBuf, sync::LazyLock};

use sdk_generator::assets::Assets;
use sdk_generator::config::Config;
use sdk_generator::files::FileSet;
use sdk_generator::package::Runtime;
use sdk_generator::render::Package;
use sdk_openapi::Source;
use sdk_openapi::diagnostics::Report;

/// What a crate is generated from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The document.
    pub document: &'a [u8],
    /// An overlay of it.
    pub overlay: Option<&'a [u8]>,
    /// `codegen.yaml`.
    pub config: &'a str,
    /// Whether recoverable errors are repaired.
    pub lenient: bool,
}

/// What became of it.
#[derive(Debug)]
pub enum Outcome {
    /// The files, without the runtime's, which are the same for all.
    Generated(FileSet),
    /// The rendered diagnostics.
    Refused(String),
}

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

static ASSETS: LazyLock<Result<Assets, String>> =
    LazyLock::new(|| Assets::new(sdk_assets::FILES).map_err(|error| error.to_string()));

/// Generates a crate, or refuses to and says why.
///
/// # Errors
///
/// Where the generator has a bug: its own output is wrong, or what it tells could harm a terminal.
pub fn generate(given: &Given<'_>) -> Result<Outcome, String> {
    let mut report = Report::new(given.lenient);
    let config = Config::parse(given.config, "codegen.yaml");
    let api = match config {
        Ok(config) => {
            let document = Source::from_bytes("openapi.yaml", given.document);
            let overlays = given
                .overlay
                .map(|it| Source::from_bytes("overlay.yaml", it));
            let overlays: Vec<Source> = overlays.into_iter().collect();
            report.sources.add(config.file(), given.config);
            sdk_generator::model("demo", document, &overlays, &config, &mut report)
        }
        Err(problem) => {
            report.sources.add("codegen.yaml", given.config);
            report.diagnostics.push(problem);
            None
        }
    };
    let text = report.render(false);
    escape_control(&text)?;
    let Some(api) = api.filter(|_| !report.has_errors()) else {
        return match text.as_str() {
            "" => Err("refused without a word".to_owned()),
            _ => Ok(Outcome::Refused(text)),
        };
    };
    let package = Package {
        name: "demo-sdk".to_owned(),
        version: "0.1.0".to_owned(),
        standalone: true,
        runtime: Runtime::Copied,
        ..Package::default()
    };
    let assets = ASSETS.as_ref()?;
    sdk_generator::api_files(assets, std::slice::from_ref(&api), &package)
        .map(Outcome::Generated)
        .map_err(|error| error.to_string())
}

/// Text for a terminal holds nothing that a terminal obeys.
fn escape_control(text: &str) -> Result<(), String> {
    match text.chars().find(|c| c.is_control() && *c != '\n') {
        Some(c) => Err(format!("{c:?} reaches the terminal: {text:?}")),
        None => Ok(()),
    }
}
