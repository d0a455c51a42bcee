//! Server-sent events: tells open pages that there is something new.
//!
//! A listener gets the event `build` with the number on show when it comes, and `reload` with the
//! new one at every change. Its connection stays open.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::state::SharedState;

/// How many may listen at once: more open pages than anybody looks at.
const LIMIT: usize = 64;

/// That a listener has gone shows only when something is written to it.
const HEARTBEAT: Duration = Duration::from_secs(2);

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 1000\n";

/// Counts who listens.
#[derive(Default)]
pub(super) struct Listeners(Arc<AtomicUsize>);

/// A place among the listeners; free again when it is dropped.
pub(super) struct Slot(Arc<AtomicUsize>);

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Listeners {
    /// A place for one more, if there is room.
    pub(super) fn slot(&self) -> Option<Slot> {
        let one_more = |taken: usize| (taken < LIMIT).then_some(taken + 1);
        // In one step, or two that come at once would both take the last place.
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).ok()?;
        Some(Slot(Arc::clone(&self.0)))
    }
}

/// Tells a listener of every change, until it goes: an error means that it has.
pub(super) fn send_events(listener: &mut impl Write, shared: &SharedState) -> io::Result<()> {
    let mut number = shared.now().number;
    write!(listener, "{HEAD}event: build\ndata: {number}\n\n")?;
    loop {
        listener.flush()?;
        let newest = shared.wait_beyond(number, HEARTBEAT);
        match newest == number {
            true => listener.write_all(b":\n\n")?,
            false => write!(listener, "event: reload\ndata: {newest}\n\n")?,
        }
        number = newest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_bounded_and_become_free_again() {
        let listeners = Listeners::default();
        let slots: Vec<_> = std::iter::from_fn(|| listeners.slot()).collect();
        assert_eq!(slots.len(), LIMIT);
        drop(slots);
        assert!(listeners.slot().is_some());
    }
}
