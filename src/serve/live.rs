//! Server-sent events: tells open pages that there is something new.
//!
//! A listener gets the event `build` with the number on show when it comes, and `reload` with the
//! new one at every change. Its connection stays open, so it has a thread of its own.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tiny_http::Request;

use super::state::SharedState;

/// How many may listen at once: more open pages than anybody looks at.
const LIMIT: usize = 64;

/// That a listener has gone shows only when something is written to it.
const HEARTBEAT: Duration = Duration::from_secs(2);

/// As a raw stream: tiny_http would wait for the end of a response before it sends it.
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
        self.0.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).ok()?;
        Some(Slot(Arc::clone(&self.0)))
    }
}

/// Lets a request listen for as long as it likes.
pub(super) fn listen(slot: Slot, request: Request, shared: Arc<SharedState>) {
    let listen = move || {
        let _slot = slot;
        // An error means that the listener has gone, which is how each ends.
        let _ = send_events(request.into_writer(), &shared);
    };
    // Without a thread the request is dropped, which answers it with status 500.
    let _ = thread::Builder::new().name("live".to_owned()).spawn(listen);
}

fn send_events(mut listener: Box<dyn Write + Send>, shared: &SharedState) -> io::Result<()> {
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
