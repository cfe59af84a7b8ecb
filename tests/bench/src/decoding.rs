//! Decoding, without a network: the SDK, and serde_json into structs written by hand.

use std::hint::black_box;

use sdk_bench::{
    Error, by_hand,
    figures::{Figures, Unit},
    recorded::{self, SESSION},
    turns::{self, Work},
};
use session_sdk::{clerk::types, runtime::json};

/// Measures a session, and a page of them.
pub(crate) fn measure(rounds: usize, figures: &mut Figures) -> Result<(), Error> {
    let page = recorded::page(1_000)?;
    compare(
        "session",
        [
            Box::new(|times| repeat(times, || sdk::<types::Session>(SESSION))),
            Box::new(|times| repeat(times, || hand::<by_hand::Session>(SESSION))),
        ],
        rounds,
        10_000,
        figures,
    )?;
    compare(
        "page",
        [
            Box::new(|times| repeat(times, || sdk::<Vec<types::Session>>(&page))),
            Box::new(|times| repeat(times, || hand::<Vec<by_hand::Session>>(&page))),
        ],
        rounds,
        20,
        figures,
    )
}

fn sdk<T: json::FromJson>(text: &str) -> Result<T, Error> {
    Ok(json::from_slice(black_box(text.as_bytes()))?)
}

fn hand<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    Ok(serde_json::from_slice(black_box(text.as_bytes()))?)
}

fn repeat<T>(times: usize, decode: impl Fn() -> Result<T, Error>) -> Result<(), Error> {
    for _ in 0..times {
        drop(black_box(decode()?));
    }
    Ok(())
}

fn compare(
    what: &str,
    mut contenders: [Work<'_>; 2],
    rounds: usize,
    times: usize,
    figures: &mut Figures,
) -> Result<(), Error> {
    let took = turns::take(&mut contenders, rounds, times)?;
    let [sdk, by_hand] = took.as_slice() else {
        return Err("two contenders have two results".into());
    };
    for (name, took) in [("sdk", sdk), ("by_hand", by_hand)] {
        let seconds = turns::median(took.iter().map(|took| took.wall));
        figures.add(format!("decode/{what}/{name}"), seconds, Unit::Seconds);
    }
    let ratio = turns::ratio(sdk, by_hand, |took| took.cpu);
    figures.add(format!("decode/{what}/ratio"), ratio, Unit::Ratio);
    for (name, work) in ["sdk", "by_hand"].into_iter().zip(&mut contenders) {
        let mut result = Ok(());
        let counted = allocation_counter::measure(|| result = work(1));
        result?;
        let name = format!("decode/{what}/allocations/{name}");
        figures.add(name, counted.count_total as f64, Unit::Count);
    }
    Ok(())
}
