//! The threads that share work out, begun before they are needed.

use std::sync::mpsc::{self, Sender};
use std::{env, thread};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

/// Begins a thread for each core, or as many as the system gives. Many containers allow few processes, and the library
/// that shares work out ends the program where it gets one thread less than it wants: so it gets those that are there.
pub(super) fn begin() {
    let wanted = wanted();
    let mut waiting = started(wanted);
    if waiting.len() < wanted {
        // git and the preview want some too.
        waiting.truncate(waiting.len() / 2);
    }
    let pool = if waiting.is_empty() {
        ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global()
    } else {
        let number = waiting.len();
        let hand_over = |work| hand_over(&mut waiting, work);
        ThreadPoolBuilder::new().num_threads(number).spawn_handler(hand_over).build_global()
    };
    // It is asked for once, and by nobody before: without success all goes on as if nothing had been done.
    let _ = pool;
}

/// As many as the environment says, which the library would ask, or one for each core.
#[expect(clippy::disallowed_methods, reason = "how work is shared out changes nothing of what is made")]
fn wanted() -> usize {
    let said = env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok());
    said.filter(|number| *number > 0).unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from))
}

/// Threads that wait for what they are to do, as many of these as can be had. One that is dropped ends.
fn started(wanted: usize) -> Vec<Sender<ThreadBuilder>> {
    let start = |_| {
        let (sender, receiver) = mpsc::channel::<ThreadBuilder>();
        let run = move || receiver.recv().into_iter().for_each(ThreadBuilder::run);
        thread::Builder::new().spawn(run).ok().map(|_| sender)
    };
    (0..wanted).map_while(start).collect()
}

fn hand_over(waiting: &mut Vec<Sender<ThreadBuilder>>, work: ThreadBuilder) -> std::io::Result<()> {
    let thread = waiting.pop().ok_or(std::io::ErrorKind::WouldBlock)?;
    thread.send(work).map_err(|_| std::io::ErrorKind::BrokenPipe.into())
}
