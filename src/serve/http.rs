//! Requests in, answers out: the only file that speaks HTTP.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

use tiny_http::{Header, HeaderField, Method, Request, Server, StatusCode};

use super::host::Hosts;
use super::live::{self, Listeners};
use super::overlay;
use super::respond::{PageRequest, Response, respond};
use super::state::SharedState;
use super::wake;

/// A page and its few files are asked for at once; making them is what takes the time.
const WORKERS: usize = 4;

/// The longest body that a refused request may have; see [`send`].
const LONGEST_BODY: usize = 1024 * 1024;

/// What every worker needs.
struct WorkerContext {
    server: Server,
    shared: Arc<SharedState>,
    hosts: Arc<Hosts>,
    listeners: Listeners,
    answered: Sender<()>,
}

/// Answers requests until no connection can be accepted any more.
pub(super) fn run(listener: TcpListener, shared: &Arc<SharedState>, hosts: &Arc<Hosts>) -> io::Result<()> {
    let address = listener.local_addr()?;
    let (answered, answers) = mpsc::channel();
    thread::Builder::new().name("wake".to_owned()).spawn(move || wake::run(address, &answers))?;
    let server = Server::from_listener(listener, None).map_err(io::Error::other)?;
    let (shared, hosts) = (Arc::clone(shared), Arc::clone(hosts));
    let context = Arc::new(WorkerContext { server, shared, hosts, listeners: Listeners::default(), answered });
    let (failed, failure) = mpsc::channel();
    for _ in 0..WORKERS {
        let (context, failed) = (Arc::clone(&context), failed.clone());
        let work = move || {
            // Nobody waits for a second failure.
            let _ = failed.send(context.work());
        };
        thread::Builder::new().name("http".to_owned()).spawn(work)?;
    }
    drop(failed);
    failure.recv().map_or(Ok(()), Err)
}

impl WorkerContext {
    /// One worker's life; it ends with the reason why there will be no more requests.
    fn work(&self) -> io::Error {
        loop {
            match self.server.recv() {
                Ok(request) => self.handle(request),
                Err(error) => return error,
            }
            // The other end is there as long as the program.
            let _ = self.answered.send(());
        }
    }

    fn handle(&self, request: Request) {
        if !is_for(&self.hosts, &request) {
            return send(request, Response::text(421, "This preview answers to its own address only."));
        }
        if !matches!(request.method(), Method::Get | Method::Head) {
            return send(request, Response::text(405, "A preview can only be read."));
        }
        if is_for_events(&request) {
            return match self.listeners.slot() {
                Some(slot) => live::listen(slot, request, Arc::clone(&self.shared)),
                None => send(request, Response::text(503, "Too many pages are open.")),
            };
        }
        let response =
            respond(&self.shared.now(), &PageRequest { target: request.url(), is_framed: is_framed(&request) });
        send(request, response);
    }
}

/// Whether the request wants to listen. One with a body does not: see [`send`].
fn is_for_events(request: &Request) -> bool {
    let has_body = request.body_length().is_some_and(|length| length > 0);
    *request.method() == Method::Get && request.url() == overlay::EVENTS && !has_body
}

/// Whether a frame of another page will show the answer.
fn is_framed(request: &Request) -> bool {
    let mut headers = request.headers().iter();
    headers.any(|header| header.field.equiv("Sec-Fetch-Dest") && header.value.as_str() == "iframe")
}

/// Whether the request names this server as its host, once.
fn is_for(hosts: &Hosts, request: &Request) -> bool {
    let mut named = request.headers().iter().filter(|header| header.field.equiv("Host"));
    match (named.next(), named.next()) {
        (Some(header), None) => hosts.allow(header.value.as_str()),
        _ => false,
    }
}

/// Sends the answer. tiny_http skips over the body of a request when it is done, with memory for the
/// whole of it and for as long as it takes to come: such a request must not keep a worker, and one
/// with an enormous body is left without an answer.
fn send(request: Request, response: Response) {
    let length = request.body_length().unwrap_or(0);
    if length > LONGEST_BODY {
        std::mem::forget(request);
    } else if length > 0 {
        thread::spawn(move || write(request, response));
    } else {
        write(request, response);
    }
}

fn write(request: Request, response: Response) {
    let mut answer = tiny_http::Response::from_data(response.body)
        .with_status_code(StatusCode(response.status))
        .with_chunked_threshold(usize::MAX)
        .with_header(header("Content-Type", response.content_type))
        // The next build may be a second away.
        .with_header(header("Cache-Control", "no-store"))
        .with_header(header("X-Content-Type-Options", "nosniff"));
    if response.status == 405 {
        answer.add_header(header("Allow", "GET, HEAD"));
    }
    if let Some(location) = &response.location {
        answer.add_header(header("Location", location));
    }
    // The browser may have gone on to another page.
    let _ = request.respond(answer);
}

/// Header values are ours and ASCII: constants, or a location that [`super::path::encode`] wrote.
fn header(name: &'static str, value: &str) -> Header {
    let field = HeaderField::from_bytes(name).expect("names of headers are constants");
    let value = value.parse().expect("values of headers are ASCII");
    Header { field, value }
}
