//! Requests in, answers out: the only file that speaks HTTP.
//!
//! Each connection carries one request, has a thread of its own, and ends with its answer: nothing that follows the
//! head of a request is read as another one (which is what request smuggling needs), and nothing is left open. A head
//! has bounds in bytes, in lines and in time; a body is not read but thrown away, up to a bound; connections have one too.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::head::{self, Refusal, RequestHead};
use super::host::Hosts;
use super::live::{self, Listeners};
use super::overlay;
use super::respond::{PageRequest, Response, respond};
use super::state::{PreviewState, SharedState};

/// How many may be connected at once, listeners among them. A browser opens six for a site; the system allows a
/// program 1,024 files by default, and the preview needs some for the content.
const MOST_CONNECTIONS: usize = 512;

/// The longest head of a request, in bytes. Cookies that other programs have set for this machine are sent here too.
const LONGEST_HEAD: usize = 32 * 1024;

/// How long a head may take to come, and how long an answer may take to be read.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much of a body is thrown away before the connection is closed, and how long that may take: a browser that is
/// still sending would not see the answer otherwise.
const LONGEST_BODY: usize = 1024 * 1024;
const REST: Duration = Duration::from_secs(1);

/// What every connection needs.
struct Context {
    shared: Arc<SharedState>,
    hosts: Arc<Hosts>,
    listeners: Listeners,
    open: AtomicUsize,
}

/// Answers requests until no connection can be accepted any more.
pub(super) fn run(listener: &TcpListener, shared: &Arc<SharedState>, hosts: &Arc<Hosts>) -> io::Result<()> {
    let (shared, hosts) = (Arc::clone(shared), Arc::clone(hosts));
    let context = Arc::new(Context { shared, hosts, listeners: Listeners::default(), open: AtomicUsize::new(0) });
    loop {
        match listener.accept() {
            Ok((stream, _)) => context.take(stream),
            // One that went away before it was accepted, or no file left for it: those that are open will end.
            Err(error) if is_passing(&error) => thread::sleep(Duration::from_millis(20)),
            Err(error) => return Err(error),
        }
    }
}

/// Whether the next connection may be accepted although this one was not.
fn is_passing(error: &io::Error) -> bool {
    /// `ENFILE` and `EMFILE`, which the standard library has no kind for; Windows has one of its own.
    const NO_FILE_LEFT: [i32; 3] = [23, 24, 10024];
    let kinds = [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::Interrupted];
    kinds.contains(&error.kind()) || error.raw_os_error().is_some_and(|code| NO_FILE_LEFT.contains(&code))
}

/// One connection among those that are open; gone when it is dropped.
struct Connection {
    context: Arc<Context>,
    stream: TcpStream,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.context.open.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Context {
    /// Gives a connection a thread, as soon as there is room.
    fn take(self: &Arc<Context>, stream: TcpStream) {
        let begun = Instant::now();
        while self.open.load(Ordering::Acquire) >= MOST_CONNECTIONS {
            // Closed without a word: whoever waits for that to be read would hold up all others.
            if begun.elapsed() > REST {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
        self.open.fetch_add(1, Ordering::AcqRel);
        let connection = Connection { context: Arc::clone(self), stream };
        // Without a thread it is closed, as without room.
        let _ = thread::Builder::new().name("http".to_owned()).spawn(move || connection.serve());
    }

    fn answer(&self, head: &RequestHead) -> Response {
        answer(&self.hosts, &self.shared.now(), head)
    }
}

/// The answer to a request.
pub(super) fn answer(hosts: &Hosts, state: &PreviewState, head: &RequestHead) -> Response {
    if !head.host.as_deref().is_some_and(|host| hosts.allow(host)) {
        return Response::text(421, "This preview answers to its own address only.");
    }
    if head.is_foreign() {
        return Response::text(403, "This preview does not answer to other web pages.");
    }
    if !matches!(&*head.method, "GET" | "HEAD") {
        return Response::text(405, "A preview can only be read.");
    }
    respond(state, &PageRequest { target: &head.target, is_framed: head.is_framed })
}

impl Connection {
    /// Answers its request. An error means that the other end has gone.
    fn serve(mut self) {
        // An event is a few bytes, which the system might hold back until there are more.
        let _ = self.stream.set_nodelay(true);
        let _ = self.stream.set_write_timeout(Some(PATIENCE));
        let head = match read_head(&mut self.stream) {
            Ok(Some(head)) => head,
            Ok(None) | Err(_) => return,
        };
        let _ = match head {
            Err(refusal) => self.send(&Response::text(refusal.status(), refusal.text()), false),
            // Not by `respond`, which answers once and is pure; this answer lasts as long as the page is open.
            Ok(head) if head.method == "GET" && head.target == overlay::EVENTS => return self.listen(&head),
            Ok(head) => self.send(&self.context.answer(&head), head.method == "HEAD"),
        };
    }

    fn listen(mut self, head: &RequestHead) {
        let refused = self.context.answer(head);
        let slot = self.context.listeners.slot();
        let _ = match (refused.status, slot) {
            (403 | 421, _) => self.send(&refused, false),
            (_, None) => self.send(&Response::text(503, "Too many pages are open."), false),
            (_, Some(_slot)) => live::send_events(&mut self.stream, &self.context.shared),
        };
    }

    fn send(&mut self, response: &Response, is_head: bool) -> io::Result<()> {
        let mut out = head::of_answer(response).into_bytes();
        if !is_head {
            out.extend_from_slice(&response.body);
        }
        self.stream.write_all(&out)?;
        // For writing alone: what the browser still sends has to be read before both ways are closed.
        self.stream.shutdown(Shutdown::Write)?;
        self.drain();
        Ok(())
    }

    /// Reads what still comes, for a while: what was sent and never read makes the system take the answer back.
    fn drain(&mut self) {
        let (begun, mut left, mut buffer) = (Instant::now(), LONGEST_BODY, [0; 4096]);
        let _ = self.stream.set_read_timeout(Some(REST));
        while begun.elapsed() < REST {
            match self.stream.read(&mut buffer) {
                Ok(count) if count > 0 && count < left => left -= count,
                _ => return,
            }
        }
    }
}

/// Reads the head of a request; nothing if the connection ends before it has one.
fn read_head(stream: &mut TcpStream) -> io::Result<Option<Result<RequestHead, Refusal>>> {
    let (begun, mut bytes, mut buffer) = (Instant::now(), Vec::new(), [0; 4096]);
    loop {
        // Each piece in what is left of the time, so that single bytes do not begin it anew.
        let Some(left) = PATIENCE.checked_sub(begun.elapsed()).filter(|left| !left.is_zero()) else {
            return Ok(Some(Err(Refusal::TooSlow)));
        };
        stream.set_read_timeout(Some(left))?;
        let count = match stream.read(&mut buffer) {
            Ok(0) => return Ok(None),
            Ok(count) => count,
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => continue,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        bytes.extend_from_slice(&buffer[..count]);
        match RequestHead::read(&bytes) {
            Ok(None) if bytes.len() > LONGEST_HEAD => return Ok(Some(Err(Refusal::TooLong))),
            Ok(None) => {}
            Ok(Some(head)) => return Ok(Some(Ok(head))),
            Err(refusal) => return Ok(Some(Err(refusal))),
        }
    }
}
