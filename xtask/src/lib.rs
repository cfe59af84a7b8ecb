//! The command `openapi-sdk`, and the same for other programs.
//!
//! A build script or a tool of your own generates a crate like this:
//!
//! ```
//! use openapi_sdk::{files::Output, library::Generation, targets::Input};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
//! # let folder = tempfile::tempdir()?;
//! # let document = folder.path().join("pets.yaml");
//! # let out = folder.path().join("pets-sdk");
//! # std::fs::write(&document, "\
//! # openapi: 3.0.3
//! # info: {title: Pets, version: '1'}
//! # servers: [{url: 'https://api.example.com'}]
//! # paths: {/pets: {get: {operationId: listPets, responses: {'200': {description: ok}}}}}
//! # ")?;
//! let generated = Generation::new("pets-sdk").input(Input::new("pets", &document)).run()?;
//! for report in &generated.reports {
//!     eprint!("{}", report.render(false));
//! }
//! for path in &generated.read {
//!     println!("cargo::rerun-if-changed={}", path.display());
//! }
//! let files = generated.files.ok_or("the document has errors")?;
//! Output::generated(&out).with_inputs(generated.read).write(&files)?;
//! # assert!(std::fs::read_to_string(out.join("src/lib.rs"))?.contains("pets"));
//! # let broken = folder.path().join("broken.yaml");
//! # std::fs::write(&broken, "openapi: 3.0.3\npaths: 1\n")?;
//! # let generated = Generation::new("pets-sdk").input(Input::new("pets", &broken)).run()?;
//! # assert!(generated.files.is_none() && generated.reports[0].has_errors());
//! # Ok(())
//! # }
//! ```

pub mod files;

pub mod exit;
pub mod terminal;

pub mod project;
pub mod targets;

mod config_file;

pub mod changes;
pub mod codegen;
pub mod document;
pub mod vendor;

pub mod generate;
pub mod init;
pub mod library;

pub mod arguments;
