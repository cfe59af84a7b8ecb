//! The sizes of release builds: the crates, and a program that makes one call.

use std::fs;

use super::{Bench, Figure, Problem, Unit, compile::Crates, run::done};
use crate::corpus::write_workspace;

/// The program; each is `main.rs` behind its package's name.
const PROGRAMS: [(&str, &str, &str); 2] = [
    (
        "hello-sdk",
        r#"session-sdk = { path = "../session-sdk" }"#,
        r#"
use session_sdk::clerk;

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let session = clerk::Client::from_env()?.sessions().get("sess_1").await?;
    println!("{} is {}", session.id, session.status);
    Ok(())
}
"#,
    ),
    (
        "hello-by-hand",
        r#"
reqwest = { version = "0.13", default-features = false, features = ["rustls-no-provider", "http2"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
"#,
        r#"
#[derive(serde::Deserialize)]
struct Session {
    id: String,
    status: String,
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let key = std::env::var("CLERK_SECRET_KEY")?;
    let client = reqwest::Client::builder().build()?;
    let url = "https://api.clerk.com/v1/sessions/sess_1";
    let response = client.get(url).bearer_auth(key).send().await?.error_for_status()?;
    let session: Session = serde_json::from_slice(&response.bytes().await?)?;
    println!("{} is {}", session.id, session.status);
    Ok(())
}
"#,
    ),
];

const MAIN: &str = r#"
fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    if let Err(error) = runtime.map_err(Into::into).and_then(|runtime| runtime.block_on(run())) {
        eprintln!("{error}");
    }
}
"#;

pub(super) fn measure(bench: &Bench, crates: &Crates) -> Result<Vec<Figure>, Problem> {
    let mut packages: Vec<String> = crates
        .packages
        .iter()
        .map(|(_, name)| name.clone())
        .collect();
    for (name, dependencies, code) in PROGRAMS {
        let folder = crates.folder.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             tokio = {{ version = \"1\", features = [\"rt\"] }}\n{}\n",
            dependencies.trim()
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(
            folder.join("src/main.rs"),
            format!("{}{MAIN}", code.trim_start()),
        )?;
        packages.push(name.to_owned());
    }
    write_workspace(&bench.root, &crates.folder, &packages)?;
    let mut figures = Vec::new();
    for (name, package) in &crates.packages {
        eprintln!("building {package} for release");
        done(
            crates
                .cargo(&bench.root, "build")
                .args(["--release", "--package", package]),
        )?;
        let library = format!("lib{}.rlib", package.replace('-', "_"));
        let size = fs::metadata(crates.release(&library))?.len();
        figures.push(Figure::new(
            format!("compile/{name}/rlib"),
            size as f64,
            Unit::Bytes,
        ));
    }
    for (name, ..) in PROGRAMS {
        eprintln!("building {name} for release");
        done(
            crates
                .cargo(&bench.root, "build")
                .args(["--release", "--package", name]),
        )?;
        let program = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let size = fs::metadata(crates.release(&program))?.len();
        figures.push(Figure::new(
            format!("compile/{name}"),
            size as f64,
            Unit::Bytes,
        ));
    }
    Ok(figures)
}
