//! One line that tells a waiting person how far long work has come.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::print;
use crate::output::Route;

/// What is over sooner than this is not worth a word.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often the line is drawn anew while nothing is counted.
const TICK: Duration = Duration::from_millis(100);

/// How much a command says of its work.
#[derive(Args)]
pub(super) struct Verbosity {
    /// Say nothing but what is wrong
    #[arg(long, short)]
    quiet: bool,
}

/// How much of some work is done.
pub(super) struct Progress(ProgressBar);

impl Verbosity {
    /// Whether nothing is to be said but what is wrong.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// One line for whoever watches.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            print::say(text);
        }
    }

    /// Does `work`. If it takes long, a person at a terminal reads meanwhile what is going on, and how many
    /// of `total` are done; the line is gone afterwards. It has no colours, so that `NO_COLOR` has nothing to forbid.
    pub(super) fn watch<T>(&self, what: &str, total: Option<usize>, work: impl FnOnce(&Progress) -> T) -> T {
        let bar = hidden(what, total);
        let (end, ended) = mpsc::channel::<()>();
        let result = thread::scope(|scope| {
            if self.is_watched() {
                // The library draws at once; short work would make the line flash.
                let bar = &bar;
                scope.spawn(move || {
                    if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                        bar.set_draw_target(ProgressDrawTarget::stderr());
                        bar.enable_steady_tick(TICK);
                    }
                });
            }
            let result = work(&Progress(bar.clone()));
            drop(end);
            result
        });
        bar.finish_and_clear();
        result
    }

    fn is_watched(&self) -> bool {
        let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        !self.quiet && !is_dumb && std::env::var_os("CI").is_none() && io::stderr().is_terminal()
    }
}

fn hidden(what: &str, total: Option<usize>) -> ProgressBar {
    let template = if total.is_some() { "{msg}: {pos} of {len}" } else { "{msg} …" };
    let style = ProgressStyle::with_template(template).expect("the templates are constants");
    let total = total.map(|total| total as u64);
    ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden()).with_style(style).with_message(what.to_owned())
}

impl Progress {
    /// Counts one more.
    pub(super) fn one(&self) {
        self.0.inc(1);
    }

    /// The same routes, each counted when it has been made.
    pub(super) fn counting(&self, routes: &[Route]) -> Vec<Route> {
        // Around the routes and not inside of `output`, which knows nothing of who waits.
        let counted = routes.iter().map(|route| {
            let (inner, done) = (route.clone(), self.0.clone());
            Route::new(route.path.clone(), route.origin.clone(), move || {
                let made = inner.make();
                done.inc(1);
                made
            })
        });
        counted.collect()
    }
}
