//! Calls of the loopback server: how many a second, and with how many allocations.

use sdk_bench::{
    Error,
    callers::{Bare, ByHand, Caller, Sdk},
    figures::{Figures, Unit},
    turns::{self, Took, Work},
};
use tokio::runtime::Runtime;

/// How many calls run at a time, and how many each of these makes in a round.
const LOADS: [(usize, usize); 2] = [(1, 2_000), (64, 100)];

/// Measures the three callers against each other.
pub(crate) fn measure(
    runtime: &Runtime,
    url: &str,
    rounds: usize,
    figures: &mut Figures,
) -> Result<(), Error> {
    for (concurrency, each) in LOADS {
        let mut contenders: [Work<'_>; 3] = [
            work::<Sdk>(runtime, url, concurrency)?,
            work::<ByHand>(runtime, url, concurrency)?,
            work::<Bare>(runtime, url, concurrency)?,
        ];
        let took = turns::take(&mut contenders, rounds, concurrency * each)?;
        let [sdk, by_hand, bare] = took.as_slice() else {
            return Err("three contenders have three results".into());
        };
        let mut rate = |name: &str, took: &[Took]| {
            let seconds = turns::median(took.iter().map(|took| took.wall));
            let name = format!("call/{concurrency}/{name}");
            figures.add(name, 1.0 / seconds, Unit::PerSecond);
        };
        rate("sdk", sdk);
        rate("by_hand", by_hand);
        rate("bare", bare);
        for (name, other) in [("by_hand", by_hand), ("bare", bare)] {
            let name = format!("call/{concurrency}/ratio/{name}");
            let wall = turns::ratio(sdk, other, |took| took.wall);
            let cpu = turns::ratio(sdk, other, |took| took.cpu);
            figures.add(&name, wall, Unit::Ratio);
            figures.add(name + "/cpu", cpu, Unit::Ratio);
        }
    }
    allocations::<Sdk>(runtime, url, "sdk", figures)?;
    allocations::<ByHand>(runtime, url, "by_hand", figures)?;
    allocations::<Bare>(runtime, url, "bare", figures)
}

/// Makes calls, so many at a time; the connections stay open between rounds.
fn work<'w, C: Caller>(
    runtime: &'w Runtime,
    url: &'w str,
    concurrency: usize,
) -> Result<Work<'w>, Error> {
    let mut callers = runtime.block_on(async {
        let mut callers = vec![C::open(url).await?];
        while let (Some(first), true) = (callers.first(), callers.len() < concurrency) {
            callers.push(first.beside(url).await?);
        }
        Ok::<_, Error>(callers)
    })?;
    Ok(Box::new(move |calls| {
        let taken = std::mem::take(&mut callers);
        callers = runtime.block_on(round(taken, calls / concurrency))?;
        Ok(())
    }))
}

async fn round<C: Caller>(callers: Vec<C>, each: usize) -> Result<Vec<C>, Error> {
    let tasks: Vec<_> = callers
        .into_iter()
        .map(|mut caller| {
            tokio::spawn(async move {
                for _ in 0..each {
                    caller.call().await?;
                }
                Ok::<_, Error>(caller)
            })
        })
        .collect();
    let mut callers = Vec::with_capacity(tasks.len());
    for task in tasks {
        callers.push(task.await??);
    }
    Ok(callers)
}

/// Counts what one call allocates, once everything is warm: the average of some.
fn allocations<C: Caller>(
    runtime: &Runtime,
    url: &str,
    name: &str,
    figures: &mut Figures,
) -> Result<(), Error> {
    const CALLS: usize = 1_000;
    let mut caller = runtime.block_on(C::open(url))?;
    let mut run = || {
        runtime.block_on(async {
            for _ in 0..CALLS {
                caller.call().await?;
            }
            Ok::<_, Error>(())
        })
    };
    run()?;
    let mut result = Ok(());
    let counted = allocation_counter::measure(|| result = run());
    result?;
    let each = |total: u64| total as f64 / CALLS as f64;
    let name = format!("call/allocations/{name}");
    figures.add(&name, each(counted.count_total), Unit::Count);
    figures.add(name + "/bytes", each(counted.bytes_total), Unit::Bytes);
    Ok(())
}
