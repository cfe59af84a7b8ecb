//! `cargo xtask load`: very many calls against a server that fails a tenth of them.

use std::{error::Error, process::ExitCode};

/// How much memory may come on top of that after the warm-up: pools and the allocator's slack.
const GROWTH: u64 = 16 << 20;

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<usize> = std::env::args()
        .skip(1)
        .map(|text| text.parse())
        .collect::<Result<_, _>>()?;
    let [calls, concurrency] = arguments[..] else {
        return Err("usage: load CALLS CONCURRENCY".into());
    };
    let report = sdk_tests::load::run(calls, concurrency).await?;
    println!("{report}");
    let flat = report
        .memory
        .is_none_or(|(warm, end)| end.saturating_sub(warm) <= GROWTH);
    if !flat {
        println!("memory grew by more than {} MiB", GROWTH >> 20);
    }
    Ok(match report.is_clean() && flat {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
