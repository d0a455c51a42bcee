//! One line that tells a waiting person how far long work has come.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use clap::Args;

use super::report;
use crate::output::Route;

/// What is over sooner than this is not worth a word.
const PATIENCE: Duration = Duration::from_millis(500);

/// How much a command talks.
#[derive(Args)]
pub(super) struct Talk {
    /// Say nothing but what is wrong
    #[arg(long, short)]
    quiet: bool,
}

/// How much of some work is done.
#[derive(Clone, Default)]
pub(super) struct Done(Arc<AtomicUsize>);

impl Talk {
    /// One line of talk.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            report::say(text);
        }
    }

    /// Does `work`. If it takes long, a person at a terminal reads meanwhile what is going on, and how many
    /// of `total` are done; the line is gone afterwards. It has no colours and nothing but blanks and
    /// carriage returns, so that `NO_COLOR` has nothing to forbid.
    pub(super) fn watch<T>(&self, what: &str, total: Option<usize>, work: impl FnOnce(&Done) -> T) -> T {
        let done = Done::default();
        let (end, ended) = mpsc::channel::<()>();
        thread::scope(|scope| {
            if self.is_watched() {
                let done = done.clone();
                scope.spawn(move || show(&mut io::stderr(), &ended, PATIENCE, || line(what, &done, total)));
            }
            let result = work(&done);
            drop(end);
            result
        })
    }

    fn is_watched(&self) -> bool {
        let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        !self.quiet && !is_dumb && std::env::var_os("CI").is_none() && io::stderr().is_terminal()
    }
}

impl Done {
    /// Counts one more.
    pub(super) fn one(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The same routes, each counted when it has been made.
    pub(super) fn counting(&self, routes: &[Route]) -> Vec<Route> {
        let counted = routes.iter().map(|route| {
            let (inner, done) = (route.clone(), self.clone());
            Route::new(route.path.clone(), route.origin.clone(), move || {
                let made = inner.make();
                done.one();
                made
            })
        });
        counted.collect()
    }
}

fn line(what: &str, done: &Done, total: Option<usize>) -> String {
    match total {
        Some(total) => format!("{what}: {} of {total}", done.0.load(Ordering::Relaxed).min(total)),
        None => format!("{what} …"),
    }
}

/// Writes the line over itself until the work has ended, and then blanks over it.
fn show(out: &mut impl Write, ended: &Receiver<()>, patience: Duration, line: impl Fn() -> String) {
    let (mut width, mut pause) = (0, patience);
    while ended.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let line = line();
        // A closed pipe is no reason to fail.
        let _ = write!(out, "\r{line:<width$}").and_then(|()| out.flush());
        width = width.max(line.chars().count());
        pause = patience.min(Duration::from_millis(100));
    }
    if width > 0 {
        let _ = write!(out, "\r{:width$}\r", "").and_then(|()| out.flush());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn long_work_shows_one_line_and_leaves_none() {
        let (end, ended) = mpsc::channel();
        let done = Done::default();
        let end = Mutex::new(Some(end));
        let mut out = Vec::new();
        show(&mut out, &ended, Duration::from_millis(1), || {
            let shown = line("making pages", &done, Some(3));
            done.one();
            if done.0.load(Ordering::Relaxed) == 3 {
                end.lock().expect("no panic").take();
            }
            shown
        });
        let text = String::from_utf8(out).expect("UTF-8");
        let shown = ["making pages: 0 of 3", "making pages: 1 of 3", "making pages: 2 of 3", &" ".repeat(20), ""];
        assert_eq!(text.split('\r').skip(1).collect::<Vec<_>>(), shown);
    }

    #[test]
    fn short_work_shows_nothing() {
        let (end, ended) = mpsc::channel::<()>();
        drop(end);
        let mut out = Vec::new();
        show(&mut out, &ended, PATIENCE, || unreachable!("it is over"));
        assert!(out.is_empty());
    }
}
