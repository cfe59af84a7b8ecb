//! One client in many tasks, threads and runtimes; waiting with `wait()` in each.

use sdk_tests::faults::{FaultServer, Received, Step, json};
use session_sdk::{ErrorKind, clerk};
use tokio::runtime::{Builder, Runtime};
use tokio::task::LocalSet;

use crate::support::fixture;

/// A server in a runtime of its own, as servers are.
struct Elsewhere {
    server: FaultServer,
    _runtime: Runtime,
}

/// Answers with the session that was asked for.
fn elsewhere() -> Elsewhere {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let template = fixture("clerk/session.json");
    let answer = move |request: &Received| -> Vec<Step> {
        let id = request.target().rsplit('/').next().unwrap_or_default();
        let mut session: serde_json::Value = serde_json::from_str(&template).unwrap();
        session["id"] = id.into();
        vec![json("200 OK", &session.to_string())]
    };
    let server = runtime.block_on(FaultServer::start(answer)).unwrap();
    Elsewhere {
        server,
        _runtime: runtime,
    }
}

impl Elsewhere {
    fn client(&self) -> clerk::Client {
        let builder = clerk::Client::builder()
            .secret_key("key")
            .base_url(self.server.url());
        builder.build().unwrap()
    }
}

fn many_threads() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn get(client: clerk::Client, id: &str) -> String {
    client.sessions().get(id).await.unwrap().id
}

fn wait(client: &clerk::Client, id: &str) -> Result<String, clerk::Error> {
    client
        .sessions()
        .get(id)
        .send()
        .wait()
        .map(|session| session.id)
}

#[test]
fn many_tasks_share_a_client() {
    let elsewhere = elsewhere();
    for runtime in [many_threads(), one_thread()] {
        let client = elsewhere.client();
        let tasks: Vec<_> = (0..200)
            .map(|number| {
                let client = client.clone();
                runtime.spawn(async move { get(client, &number.to_string()).await })
            })
            .collect();
        runtime.block_on(async {
            for (number, task) in tasks.into_iter().enumerate() {
                assert_eq!(task.await.unwrap(), number.to_string());
            }
        });
    }
}

#[test]
fn runtimes_take_turns_with_a_client() {
    let elsewhere = elsewhere();
    let client = elsewhere.client();
    // None of them is driven while another one is: a connection of one would stand still.
    let runtimes: Vec<Runtime> = (0..12).map(|_| one_thread()).collect();
    for round in 0..3 {
        for (number, runtime) in runtimes.iter().enumerate() {
            let id = format!("{round}-{number}");
            assert_eq!(runtime.block_on(get(client.clone(), &id)), id);
        }
        assert_eq!(wait(&client, "waited").unwrap(), "waited");
    }
}

#[test]
fn a_runtime_that_ends_takes_no_other_s_connections_along() {
    let elsewhere = elsewhere();
    let client = elsewhere.client();
    for number in 0..10 {
        let id = number.to_string();
        let runtime = if number % 2 == 0 {
            one_thread()
        } else {
            many_threads()
        };
        assert_eq!(runtime.block_on(get(client.clone(), &id)), id);
        drop(runtime);
    }
}

#[test]
fn threads_with_runtimes_of_their_own_share_a_client() {
    let elsewhere = elsewhere();
    let client = elsewhere.client();
    std::thread::scope(|scope| {
        for thread in 0..6 {
            let client = client.clone();
            scope.spawn(move || {
                let runtime = one_thread();
                for call in 0..20 {
                    let id = format!("{thread}-{call}");
                    assert_eq!(runtime.block_on(get(client.clone(), &id)), id);
                    assert_eq!(wait(&client, &id).unwrap(), id);
                }
            });
        }
    });
}

#[test]
fn a_local_set_may_await_and_wait() {
    let elsewhere = elsewhere();
    let client = elsewhere.client();
    let runtime = many_threads();
    LocalSet::new().block_on(&runtime, async {
        let (a, b) = (client.clone(), client.clone());
        let awaiting = tokio::task::spawn_local(async move { get(a, "awaited").await });
        let waiting = tokio::task::spawn_local(async move { wait(&b, "waited").unwrap() });
        assert_eq!(awaiting.await.unwrap(), "awaited");
        assert_eq!(waiting.await.unwrap(), "waited");
        assert_eq!(wait(&client, "here").unwrap(), "here");
    });
}

#[test]
fn waiting_works_wherever_a_thread_may_block() {
    let elsewhere = elsewhere();
    let client = elsewhere.client();
    assert_eq!(wait(&client, "outside").unwrap(), "outside");
    let many = many_threads();
    assert_eq!(
        many.block_on(async { wait(&client, "root").unwrap() }),
        "root"
    );
    let on = client.clone();
    let task = many.spawn(async move { wait(&on, "worker").unwrap() });
    assert_eq!(many.block_on(task).unwrap(), "worker");
    for runtime in [many, one_thread()] {
        let on = client.clone();
        let task = runtime.spawn_blocking(move || wait(&on, "blocking").unwrap());
        assert_eq!(runtime.block_on(task).unwrap(), "blocking");
        let _entered = runtime.enter();
        assert_eq!(wait(&client, "entered").unwrap(), "entered");
    }
}

#[test]
fn waiting_where_it_would_stop_everything_says_so() {
    let elsewhere = elsewhere();
    let client = elsewhere.client();
    let runtime = one_thread();
    let refused = |error: clerk::Error| {
        assert_eq!(error.kind(), ErrorKind::Runtime);
        assert!(error.to_string().contains("use `.await`"), "{error}");
    };
    runtime.block_on(async { refused(wait(&client, "a").unwrap_err()) });
    let on = client.clone();
    let task = runtime.spawn(async move { wait(&on, "a").unwrap_err() });
    refused(runtime.block_on(task).unwrap());
    let error = LocalSet::new().block_on(&runtime, async { wait(&client, "a").unwrap_err() });
    refused(error);
    assert!(elsewhere.server.requests().is_empty());
}

#[test]
fn awaiting_without_a_runtime_says_so() {
    let elsewhere = elsewhere();
    let call = elsewhere.client().sessions().get("a").send();
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(call).poll(&mut cx) {
        std::task::Poll::Ready(result) => {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Runtime);
            assert!(error.to_string().contains("no tokio runtime"), "{error}");
        }
        std::task::Poll::Pending => panic!("it waits for ever"),
    }
}
