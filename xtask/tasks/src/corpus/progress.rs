//! A bar that says how far it is: on a terminal only.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar; gone when it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for so many things. Where the standard error is no terminal, nothing shows.
    pub(super) fn new(what: &'static str, length: usize) -> Self {
        let bar = ProgressBar::new(u64::try_from(length).unwrap_or(u64::MAX));
        let style = ProgressStyle::with_template("{prefix:9} [{bar:30}] {pos}/{len} {wide_msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.progress_chars("=> "));
        bar.set_prefix(what);
        Self { bar }
    }

    /// Work on something begins.
    pub(super) fn start(&self, name: &str) {
        self.bar.set_message(name.to_owned());
    }

    /// Work on something ends.
    pub(super) fn end(&self) {
        self.bar.inc(1);
    }

    /// Something is done.
    pub(super) fn one(&self, name: &str) {
        self.start(name);
        self.end();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
