//! What happens inside a process, piece by piece, with its allocations:
//! `cargo bench -p sdk-bench`.

use divan::AllocProfiler;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

mod decode {
    use divan::{Bencher, black_box};
    use sdk_bench::{by_hand, recorded};
    use session_sdk::{clerk, runtime::json};

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

/// A request, credentials and all, that is not sent.
mod build {
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    use divan::{Bencher, black_box};
    use sdk_bench::{callers::KEY, recorded::SESSION_ID};
    use serde::Serialize;
    use session_sdk::{clerk, seam};

    /// What waits for nothing is done at once.
    fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(done) => Some(done),
            Poll::Pending => None,
        }
    }

    #[divan::bench]
    fn get_by_sdk(bencher: Bencher<'_, '_>) {
        let client = clerk::Client::builder().secret_key(KEY).build();
        let Ok(client) = client else { return };
        bencher.bench_local(|| at_once(client.sessions().get(black_box(SESSION_ID)).build()));
    }

    #[divan::bench]
    fn get_by_hand(bencher: Bencher<'_, '_>) {
        let client = reqwest_client();
        bencher.bench_local(|| {
            let url = format!(
                "https://api.clerk.com/v1/sessions/{}",
                black_box(SESSION_ID)
            );
            client.get(url).bearer_auth(KEY).build()
        });
    }

    #[divan::bench]
    fn post_by_sdk(bencher: Bencher<'_, '_>) {
        let client = seam::Client::builder().api_key(KEY).build();
        let Ok(client) = client else { return };
        bencher.bench_local(|| {
            let request = client.client_sessions().get();
            at_once(request.user_identifier_key(black_box("user-1")).build())
        });
    }

    #[divan::bench]
    fn post_by_hand(bencher: Bencher<'_, '_>) {
        #[derive(Serialize)]
        struct Body<'a> {
            user_identifier_key: Option<&'a str>,
        }
        let client = reqwest_client();
        bencher.bench_local(|| {
            let user_identifier_key = Some(black_box("user-1"));
            let body = serde_json::to_vec(&Body {
                user_identifier_key,
            });
            let url = "https://connect.getseam.com/client_sessions/get";
            client
                .post(url)
                .bearer_auth(KEY)
                .body(body.unwrap_or_default())
                .build()
        });
    }

    fn reqwest_client() -> reqwest::Client {
        let provider = rustls::crypto::ring::default_provider();
        let _ = provider.install_default();
        reqwest::Client::new()
    }
}
