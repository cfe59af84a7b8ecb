//! Everything that a process may say: texts, error chains, panics, spans, events, log records.

use std::cell::RefCell;
use std::error::Error;
use std::fmt::{Debug, Display, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    /// The events of this thread since recording began.
    static EVENTS: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn keep_text(text: &dyn Display) {
    EVENTS.with_borrow_mut(|events| {
        if let Some(events) = events {
            writeln!(events, "{text}").unwrap();
        }
    });
}

/// Runs work on one thread, and gives all that was said meanwhile: at every level, by every
/// crate.
pub(super) fn watch<F: Future<Output = String>>(work: impl FnOnce() -> F) -> String {
    static LOG: Once = Once::new();
    LOG.call_once(|| {
        log::set_logger(&Scribe).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().build().unwrap();
    EVENTS.set(Some(String::new()));
    let shown = tracing::subscriber::with_default(Scribe, || runtime.block_on(work()));
    drop(runtime);
    EVENTS.take().unwrap() + &shown
}

/// What there is to see of an error: itself, its causes, and what a panic says of it.
pub(super) fn seen<E: Error + Debug + 'static>(error: E) -> String {
    let mut seen = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut cause = error.source();
    while let Some(error) = cause {
        writeln!(seen, "{error}\n{error:?}").unwrap();
        cause = error.source();
    }
    let panic = catch_unwind(AssertUnwindSafe(|| unwrap(Err::<(), E>(error))));
    let panic = panic.unwrap_err();
    seen + panic.downcast_ref::<String>().expect("a panic says text")
}

/// What callers do who expect no error.
fn unwrap<T, E: Debug>(result: Result<T, E>) -> T {
    result.unwrap()
}

/// Records all events.
struct Scribe;

impl Visit for Scribe {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        keep_text(&format_args!("{field}={value:?}"));
    }
}

impl Subscriber for Scribe {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        keep_text(&span.metadata().name());
        span.record(&mut Self);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Self);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        keep_text(&event.metadata().target());
        event.record(&mut Self);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Scribe {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        keep_text(&format_args!("{}: {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}
