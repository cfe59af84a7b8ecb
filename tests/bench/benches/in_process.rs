//! What happens inside a process, piece by piece, with its allocations:
//! `cargo bench -p sdk-bench`.

use divan::{AllocProfiler, Bencher, black_box};
use sdk_bench::{by_hand, recorded};
use session_sdk::{clerk, runtime::json};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

mod decode {
    use super::*;

    #[divan::bench(args = [1, 1_000])]
    fn sdk(bencher: Bencher<'_, '_>, sessions: usize) {
        let page = recorded::page(sessions).unwrap_or_default();
        let decode = || json::from_slice::<Vec<clerk::types::Session>>(black_box(page.as_bytes()));
        bencher.bench_local(decode);
    }

    #[divan::bench(args = [1, 1_000])]
    fn by_hand(bencher: Bencher<'_, '_>, sessions: usize) {
        let page = recorded::page(sessions).unwrap_or_default();
        let decode = || serde_json::from_slice::<Vec<by_hand::Session>>(black_box(page.as_bytes()));
        bencher.bench_local(decode);
    }
}
