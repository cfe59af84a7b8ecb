//! Calls the real APIs, with a key from the environment.
//!
//! ```text
//! CLERK_SECRET_KEY=… cargo run --example get_session -- clerk sess_123
//! SEAM_API_KEY=…     cargo run --example get_session -- seam <client session id>
//! ```

use std::{env, error::Error, process::ExitCode};

use session_sdk::{clerk, seam};

const USAGE: &str = "usage: get_session clerk <session id> | seam <client session id>";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["clerk", id] => clerk_session(id).await,
        ["seam", id] => seam_client_session(id).await,
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn clerk_session(id: &str) -> Result<(), Box<dyn Error>> {
    let clerk = clerk::Client::from_env()?;
    let session = clerk.sessions().get(id).await?;
    println!("{session:#?}");
    Ok(())
}

async fn seam_client_session(id: &str) -> Result<(), Box<dyn Error>> {
    let seam = seam::Client::from_env()?;
    let client_session = seam.client_sessions().get().client_session_id(id).await?;
    println!("{client_session:#?}");
    Ok(())
}
