//! Contenders by turns: whatever else the machine does, it does to all of them.

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::Error;

/// Repeats a piece of work.
pub type Work<'w> = Box<dyn FnMut(usize) -> Result<(), Error> + 'w>;

/// What one round of one contender took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    /// On the clock.
    pub wall: f64,
    /// On the processor, this thread alone; the clock's where the system does not tell.
    pub cpu: f64,
}

/// Lets each contender do `pieces` of its work in each round, another one first each time. The
/// seconds a piece, by contender and round.
///
/// # Errors
///
/// Where the work fails.
pub fn take(
    contenders: &mut [Work<'_>],
    rounds: usize,
    pieces: usize,
) -> Result<Vec<Vec<Took>>, Error> {
    let mut took = vec![Vec::with_capacity(rounds); contenders.len()];
    for work in contenders.iter_mut() {
        work(pieces)?;
    }
    for round in 0..rounds {
        for turn in 0..contenders.len() {
            let who = (round + turn) % contenders.len();
            let (Some(work), Some(times)) = (contenders.get_mut(who), took.get_mut(who)) else {
                continue;
            };
            let (start, cpu_start) = (Instant::now(), cpu());
            work(pieces)?;
            let wall = start.elapsed();
            let cpu = cpu().zip(cpu_start).map(|(end, start)| end - start);
            let each = |time: Duration| time.as_secs_f64() / pieces as f64;
            times.push(Took {
                wall: each(wall),
                cpu: each(cpu.unwrap_or(wall)),
            });
        }
    }
    Ok(took)
}

/// How long this thread has been on a processor.
fn cpu() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// The middle one.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How many times as fast `one` is as `other`: the middle one of the rounds' ratios.
pub fn ratio(one: &[Took], other: &[Took], time: fn(&Took) -> f64) -> f64 {
    median(
        one.iter()
            .zip(other)
            .map(|(one, other)| time(other) / time(one)),
    )
}

#[cfg(test)]
mod tests {
    use super::{Work, median, take};

    #[test]
    fn everyone_gets_as_many_turns() {
        let (mut a, mut b) = (0, 0);
        let mut contenders: [Work<'_>; 2] = [
            Box::new(|pieces| {
                a += pieces;
                Ok(())
            }),
            Box::new(|pieces| {
                b += pieces;
                Ok(())
            }),
        ];
        let took = take(&mut contenders, 3, 5).unwrap();
        assert_eq!(took.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3]);
        drop(contenders);
        // Three rounds, and one to warm up.
        assert_eq!((a, b), (20, 20));
    }

    #[test]
    fn the_median_is_not_moved_by_one_bad_round() {
        assert_eq!(median([1.0, 900.0, 2.0]), 2.0);
    }
}
