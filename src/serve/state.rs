//! What is shown at the moment: the last good site and, if the newest is broken, why.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::moment::Moments;
use super::pages::{BuildFailure, Pages};

/// One moment of the preview.
#[derive(Clone, Default)]
pub(super) struct PreviewState {
    /// Rises with each change that an open page must show.
    pub(super) number: u64,
    /// What is wrong with the newest content, if anything is.
    pub(super) failure: Option<BuildFailure>,
    /// The newest pages that could be built; none before the first.
    pub(super) latest: Option<Arc<Pages>>,
    /// The good ones before `latest`, for a template that fails only when its page is made.
    pub(super) before: Option<Arc<Pages>>,
    /// The newest content, for a look at another moment; none before the first.
    pub(super) moments: Option<Arc<Moments>>,
}

impl PreviewState {
    /// Puts new pages on show.
    pub(super) fn show(&mut self, pages: Pages) {
        self.failure = None;
        // Pages of which one has failed are no way back, however new they are.
        if let Some(old) = self.latest.replace(Arc::new(pages)).filter(|old| !old.has_failed()) {
            self.before = Some(old);
        }
    }

    /// Puts the same content at a later moment on show.
    pub(super) fn move_on(&mut self, pages: Pages) {
        self.latest = Some(Arc::new(pages));
    }
}

/// Hands the newest [`PreviewState`] to whom wants it.
pub(super) struct SharedState {
    state: Mutex<Arc<PreviewState>>,
    changed: Condvar,
}

impl Default for SharedState {
    /// The number starts where that of another run does not, or a page which an earlier run left open
    /// in the browser could take the new run's number for its own.
    fn default() -> SharedState {
        let number = u64::from(std::process::id()) * 1_000_000;
        SharedState {
            state: Mutex::new(Arc::new(PreviewState { number, ..PreviewState::default() })),
            changed: Condvar::new(),
        }
    }
}

impl SharedState {
    pub(super) fn now(&self) -> Arc<PreviewState> {
        Arc::clone(&self.lock())
    }

    pub(super) fn put(&self, state: PreviewState) {
        *self.lock() = Arc::new(state);
        self.changed.notify_all();
    }

    /// The number on show, as soon as it is not `number`, or after `patience`.
    pub(super) fn wait_beyond(&self, number: u64, patience: Duration) -> u64 {
        let wait = self.changed.wait_timeout_while(self.lock(), patience, |state| state.number == number);
        wait.unwrap_or_else(PoisonError::into_inner).0.number
    }

    /// A state is replaced as a whole, so that one from before a panic is as good as any.
    fn lock(&self) -> MutexGuard<'_, Arc<PreviewState>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::output::Route;

    fn pages(text: Option<&'static str>) -> Pages {
        let fault = || vec![Diagnostic::error(Code::Theme, "broken")];
        let home =
            Route::new("index.html", "a test", move || text.map(|text| text.as_bytes().to_vec()).ok_or_else(fault));
        Pages::beside([home].into(), [].into())
    }

    #[test]
    fn a_build_whose_page_failed_is_never_the_good_one_before() {
        let mut state = PreviewState::default();
        state.show(pages(Some("good")));
        for _ in 0..2 {
            state.show(pages(None));
            let latest = state.latest.clone().unwrap();
            assert!(latest.make(&latest.find("index.html").unwrap()).is_err());
        }
        let before = state.before.unwrap();
        assert_eq!(before.make(&before.find("index.html").unwrap()).unwrap(), b"good");
    }

    #[test]
    fn waiting_ends_with_the_change() {
        let shared = Arc::new(SharedState::default());
        let number = shared.now().number;
        assert_eq!(shared.wait_beyond(number, Duration::from_millis(1)), number);
        let other = Arc::clone(&shared);
        let put = std::thread::spawn(move || other.put(PreviewState { number: number + 1, ..PreviewState::default() }));
        assert_eq!(shared.wait_beyond(number, Duration::from_secs(30)), number + 1);
        put.join().unwrap();
    }
}
