//! The preview server: what it shows, what it keeps to itself, and that it follows edits.
//!
//! The client is a plain socket, so that requests can be as wrong as they like. Nothing waits for a
//! fixed time: what takes time is asked for again until it is there or a deadline has passed.
#![expect(clippy::disallowed_methods, reason = "the tests write and edit a site as its author does")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Long enough for a busy machine; a test that passes never waits that long.
const DEADLINE: Duration = Duration::from_secs(20);

/// How soon an open page hears of an edit.
const SOON: Duration = Duration::from_secs(2);

const SITE: &str = "name: Northwind Parcel Status\nurl: https://status.northwind-parcel.example/\n\
    components:\n  - { id: checkout, name: Checkout }\n";

const INCIDENT: &str = "title: Checkout is slow\nimpact: minor\nupdates:\n  - at: 2026-03-02T15:09Z\n    \
    status: investigating\n    components: { checkout: degraded_performance }\n    body: We are looking into it.\n";

/// Where the incident lies, and its page.
const FILE: &str = "content/incidents/slow.yaml";
const PAGE: &str = "/incidents/slow/";

/// A site's folder, removed with its last user.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("serve-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder(PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name));
        folder.write("content/site.yaml", SITE);
        folder.write(FILE, INCIDENT);
        folder
    }

    /// Writes a file in one step: the server never sees the half of it.
    fn write(&self, path: &str, text: &str) {
        let (file, whole) = (self.0.join(path), self.0.join(".whole"));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&whole, text).unwrap();
        fs::rename(whole, file).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A running `candor serve`, ended when it is dropped.
struct Server {
    folder: Folder,
    process: Child,
    address: SocketAddr,
    said: Arc<Mutex<String>>,
}

impl Server {
    fn start() -> Server {
        Server::of(Folder::new())
    }

    fn of(folder: Folder) -> Server {
        let mut process = serve(&folder, "0").spawn().unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let mut said = String::new();
        let address = loop {
            let line = lines.next().expect("the address is printed").unwrap();
            said += &format!("{line}\n");
            if let Some((_, rest)) = line.split_once(" is at http://") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
        };
        let said = Arc::new(Mutex::new(said));
        let heard = Arc::clone(&said);
        thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| *heard.lock().unwrap() += &format!("{line}\n"))
        });
        Server { folder, process, address, said }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(DEADLINE)).unwrap();
        stream
    }

    /// Sends these bytes and reads the answer to its end.
    fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
        Answer { status: head[9..12].parse().unwrap(), head: head.to_owned(), body: body.to_owned() }
    }

    fn ask(&self, method: &str, target: &str) -> Answer {
        self.raw(
            format!("{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).as_bytes(),
        )
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target)
    }

    /// Asks until the answer is as wanted.
    fn until(&self, target: &str, is_wanted: impl Fn(&Answer) -> bool) -> Answer {
        let begun = Instant::now();
        loop {
            let answer = self.get(target);
            if is_wanted(&answer) {
                return answer;
            }
            assert!(begun.elapsed() < DEADLINE, "{target} is still: {}\n{}", answer.head, answer.body);
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Listens for changes; the number on show has been heard.
    fn listen(&self) -> Events {
        let mut stream = self.connect();
        let request = format!("GET /.candor/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut events = Events { lines: BufReader::new(stream), first: 0 };
        assert!(events.line().starts_with("HTTP/1.1 200 "));
        events.first = events.number("build");
        events
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn serve(folder: &Folder, port: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
    command.args(["serve", "--now", "2026-03-02T15:31Z", "--port", port, "--site"]).arg(&folder.0);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        headers.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// An open stream of events.
struct Events {
    lines: BufReader<TcpStream>,
    /// What was on show when it was opened.
    first: u64,
}

impl Events {
    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.lines.read_line(&mut line).unwrap(), 0, "the stream has ended");
        line.trim_end().to_owned()
    }

    /// Waits for an event and gives the number that it tells.
    fn number(&mut self, event: &str) -> u64 {
        while self.line() != format!("event: {event}") {}
        self.line().strip_prefix("data: ").expect("an event has data").parse().expect("which is a number")
    }
}

#[test]
fn a_page_is_made_when_it_is_asked_for() {
    let server = Server::start();
    let page = server.get(PAGE);
    assert_eq!(page.status, 200);
    assert_eq!(page.header("Content-Type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("Cache-Control"), Some("no-store"));
    assert_eq!(page.header("X-Content-Type-Options"), Some("nosniff"));
    assert!(page.body.contains("Checkout is slow") && page.body.contains("src=\"/.candor/reload.js\""));
    assert_eq!(server.get("/incidents/slow/index.html").body, page.body);
    assert_eq!(server.get("/?from=a%0d%0abookmark").status, 200);
    let script = server.get("/.candor/reload.js");
    assert_eq!(script.header("Content-Type"), Some("text/javascript; charset=utf-8"));
    let feed = server.get("/history.atom");
    assert_eq!(feed.header("Content-Type"), Some("application/atom+xml; charset=utf-8"));
    assert!(!feed.body.contains("/.candor/"));
}

#[test]
fn a_folder_without_its_slash_redirects_to_it() {
    let answer = Server::start().get("/incidents/slow?x=%0d%0aSet-Cookie:%20a=b");
    assert_eq!((answer.status, answer.header("Location")), (301, Some(PAGE)));
    assert!(!answer.head.contains("Set-Cookie"));
}

#[test]
fn what_is_not_there_gets_the_sites_own_page() {
    let server = Server::start();
    let answer = server.get("/no/such/page/");
    assert_eq!(answer.status, 404);
    assert_eq!(answer.body, server.get("/404.html").body);
    assert!(answer.body.contains("Northwind Parcel Status"));
}

#[test]
fn no_request_gets_out_of_the_site() {
    let server = Server::start();
    let absent = server.get("/nothing").body;
    let climbing = ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/incidents/..%2f..%2f..%2fCargo.toml", "/..%5cCargo.toml"];
    let odd = ["//etc/passwd", "/%2fetc/passwd", "/%00", "/index.html%00.css", "/%ff", "/%", "etc/passwd", "*"];
    let sources = ["/content/site.yaml", "/../content/site.yaml", "/.git/config", "file:///etc/passwd"];
    for target in climbing.iter().chain(&odd).chain(&sources) {
        let answer = server.get(target);
        assert_eq!(answer.status, 404, "{target}");
        assert_eq!(answer.body, absent, "{target}");
    }
    assert_ne!(server.raw(b"GET /\0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status, 200);
}

#[test]
fn line_ends_in_a_path_make_no_header() {
    let server = Server::start();
    for target in
        ["/incidents/slow%0d%0aX-Evil:%20yes", "/incidents%0d%0aX-Evil:%20yes/slow", "/%0d%0a%0d%0aX-Evil: yes"]
    {
        let answer = server.get(target);
        assert_ne!(answer.status, 200, "{target}");
        assert!(!answer.head.contains("X-Evil"), "{target}: {}", answer.head);
    }
    let host = server.address;
    let bare = server.raw(
        format!("GET /incidents/slow\rX-Evil: yes HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes(),
    );
    assert!(bare.status == 400 && !bare.head.contains("X-Evil"));
}

#[test]
fn only_reading_is_allowed() {
    let server = Server::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let answer = server.ask(method, "/");
        assert_eq!((answer.status, answer.header("Allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn a_body_that_never_comes_keeps_nobody_waiting() {
    let server = Server::start();
    let host = server.address;
    let mut unfinished = Vec::new();
    for length in ["5000", "5000", "5000", "5000", "5000", "99999999999999999"] {
        let mut stream = server.connect();
        let request = format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        unfinished.push(stream);
    }
    assert_eq!(server.get("/").status, 200);
    let mut status = [0; 12];
    unfinished[0].read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 405");
}

#[test]
fn connections_that_come_at_once_and_stay_open_are_all_answered() {
    let server = Server::start();
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    let mut streams: Vec<TcpStream> = (0..16).map(|_| server.connect()).collect();
    for stream in &mut streams {
        stream.write_all(request.as_bytes()).unwrap();
    }
    for stream in &mut streams {
        let mut status = [0; 12];
        stream.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 200");
    }
}

#[test]
fn head_gives_the_same_without_a_body() {
    let server = Server::start();
    let (head, get) = (server.ask("HEAD", PAGE), server.get(PAGE));
    assert_eq!((head.status, &*head.body), (200, ""));
    assert_eq!(head.header("Content-Length"), Some(&*get.body.len().to_string()));
}

#[test]
fn a_foreign_host_is_refused() {
    let server = Server::start();
    let port = server.address.port();
    let status =
        |headers: &str| server.raw(format!("GET / HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").as_bytes()).status;
    for host in ["evil.example".to_owned(), format!("evil.example:{port}"), format!("localhost.evil.example:{port}")] {
        let answer = server.raw(format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes());
        assert_eq!(answer.status, 421, "{host}");
        assert!(!answer.body.contains("Northwind"));
    }
    assert_eq!(status(""), 421, "no host at all");
    assert_eq!(status("Host: localhost\r\nHost: evil.example\r\n"), 421, "two hosts");
    assert_eq!(status(&format!("Host: localhost:{port}\r\n")), 200);
}

#[test]
fn an_open_page_hears_of_an_edit_soon() {
    let server = Server::start();
    let mut events = server.listen();
    let edited = Instant::now();
    server.folder.write(FILE, &INCIDENT.replace("slow", "down"));
    let number = events.number("reload");
    let took = edited.elapsed();
    assert!(took < SOON, "{took:?}");
    let page = server.until(PAGE, |page| page.body.contains("Checkout is down"));
    let seen = page.body.split("data-build=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert!(seen.unwrap().parse::<u64>().unwrap() >= number);
}

#[test]
fn only_a_change_of_the_content_is_announced() {
    let server = Server::start();
    let mut events = server.listen();
    server.folder.write("content/incidents/.slow.yaml.swp", "an editor's own file");
    server.folder.write("public/index.html", "a published page");
    server.folder.write(FILE, INCIDENT);
    server.folder.write("content/incidents/new.yaml", &INCIDENT.replace("slow", "down"));
    let number = events.number("reload");
    assert_eq!(number, events.first + 1);
    assert!(server.get("/").body.contains(&format!("data-build=\"{number}\"")));
}

#[test]
fn a_broken_edit_shows_the_faults_and_keeps_the_last_good_page_until_the_repair() {
    let server = Server::start();
    let mut events = server.listen();
    server.folder.write(FILE, &INCIDENT.replace("checkout:", "chekout:").replace("We are", "<b>We are</b>"));
    let broken = server.until(PAGE, |page| page.status == 503 && page.body.contains("did you mean"));
    events.number("reload");
    assert!(
        broken.body.contains("unknown component `chekout`") && broken.body.contains("content/incidents/slow.yaml:6:")
    );
    assert!(broken.body.contains("href=\"?last-good\"") && broken.body.contains("src=\"/.candor/reload.js\""));
    assert_eq!(server.get("/history.rss").status, 200, "what is no page stays as it was");
    let last = server.get(&format!("{PAGE}?last-good"));
    assert!(last.status == 200 && last.body.contains("Checkout is slow"));
    assert!(last.body.contains("1 error keeps this page from being renewed"));
    server.folder.write(FILE, &INCIDENT.replace("slow", "repaired"));
    let page = server.until(PAGE, |page| page.status == 200);
    assert!(page.body.contains("Checkout is repaired") && !page.body.contains("last-good"));
    events.number("reload");
    assert!(server.said.lock().unwrap().contains("unknown component `chekout`"), "the terminal says it too");
}

#[test]
fn a_site_that_begins_broken_shows_its_faults_until_it_is_whole() {
    let folder = Folder::new();
    fs::remove_dir_all(folder.0.join("content")).unwrap();
    let server = Server::of(folder);
    let page = server.get("/");
    assert!(page.status == 503 && page.body.contains("there is no `content/site.yaml`"));
    assert!(!page.body.contains("last-good"));
    assert_eq!(server.get("/?last-good").status, 503);
    server.folder.write("content/site.yaml", SITE);
    server.until("/", |page| page.status == 200 && page.body.contains("Northwind Parcel Status"));
}

#[test]
fn a_template_that_fails_when_its_page_is_made_shows_where() {
    let server = Server::start();
    let template = "themes/default/templates/incident.html";
    server.folder.write(template, "<body>{{ page.nothing.at_all }}</body>");
    let broken = server.until(PAGE, |page| page.status == 503);
    assert!(broken.body.contains(&format!("{template}:1:")), "{}", broken.body);
    assert!(server.get(&format!("{PAGE}?last-good")).body.contains("Checkout is slow"));
    assert_eq!(server.get("/").status, 200, "other pages are as ever");
    server.folder.write(template, "<body>a theme that works</body>");
    server.until(PAGE, |page| page.status == 200 && page.body.contains("a theme that works"));
}

#[test]
fn a_folder_that_goes_and_comes_back_is_followed() {
    let server = Server::start();
    let (here, away) = (server.folder.0.join("content"), server.folder.0.join("elsewhere"));
    fs::rename(&here, &away).unwrap();
    server.until(PAGE, |page| page.status == 503);
    fs::rename(&away, &here).unwrap();
    server.until(PAGE, |page| page.status == 200);
    server.folder.write(FILE, &INCIDENT.replace("slow", "followed"));
    server.until(PAGE, |page| page.body.contains("Checkout is followed"));
}

#[test]
fn listeners_leave_the_workers_alone_and_are_bounded() {
    let server = Server::start();
    let listeners: Vec<Events> = (0..64).map(|_| server.listen()).collect();
    assert_eq!(server.get(PAGE).status, 200);
    assert_eq!(server.get("/.candor/events").status, 503);
    drop(listeners);
    let begun = Instant::now();
    // That a listener has gone shows at the next heartbeat.
    while server.get_head_of_events() == 503 {
        assert!(begun.elapsed() < DEADLINE);
        thread::sleep(Duration::from_millis(50));
    }
}

impl Server {
    /// The status with which the stream of events begins.
    fn get_head_of_events(&self) -> u16 {
        let mut stream = self.connect();
        write!(stream, "GET /.candor/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).unwrap();
        std::str::from_utf8(&status[9..]).unwrap().parse().unwrap()
    }
}

#[test]
fn the_wiki_is_shown_beside_the_site_and_follows_edits() {
    const REPORT: &str = "content/postmortems/slow.md";
    let text = "---\ntitle: Why checkout was slow\n---\n\n## Summary\n\nThe pool was exhausted.\n";
    let folder = Folder::new();
    folder.write(REPORT, text);
    let server = Server::of(folder);
    let address = server.address;
    let said = server.said.lock().unwrap().clone();
    assert!(said.contains(&format!(" is at http://{address}/, its wiki at http://{address}/wiki/ ")), "{said}");
    let home = server.get("/wiki/");
    assert!(
        home.status == 200 && home.body.contains("Why checkout was slow") && home.body.contains("/.candor/reload.js")
    );
    assert_eq!(server.get("/wiki").header("Location"), Some("/wiki/"));
    assert!(!server.get("/").body.contains("Why checkout was slow"));
    let mut events = server.listen();
    server.folder.write(REPORT, &text.replace("Why checkout", "Why payment"));
    events.number("reload");
    server.until("/wiki/postmortems/slow/", |page| page.status == 200 && page.body.contains("Why payment was slow"));
    server.folder.write(REPORT, &text.replace("title:", "titel:"));
    server.until("/wiki/postmortems/slow/", |page| page.status == 503 && page.body.contains("did you mean"));
}

#[test]
fn a_page_of_the_site_goes_before_the_wiki() {
    let folder = Folder::new();
    folder.write("content/postmortems/slow.md", "---\ntitle: Why checkout was slow\n---\n");
    folder.write("content/pages/wiki.md", "---\ntitle: Our wiki\n---\n\nA page of the site.\n");
    let server = Server::of(folder);
    assert!(server.get("/wiki/").body.contains("A page of the site."));
    assert!(server.get("/wiki/postmortems/slow/").body.contains("Why checkout was slow"));
}

#[test]
fn a_port_that_is_taken_is_an_error_when_it_was_asked_for() {
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let output = serve(&Folder::new(), &port).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.starts_with(&format!("error: port {port} is taken")), "{said}");
}

#[test]
fn a_folder_that_does_not_exist_is_an_error() {
    let folder = Folder::new();
    fs::remove_dir_all(&folder.0).unwrap();
    let output = serve(&folder, "0").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot read"));
}

#[test]
fn requests_of_other_web_pages_are_refused_and_those_of_the_preview_are_not() {
    let server = Server::start();
    let host = server.address;
    let ask = |method: &str, target: &str, headers: &str| {
        server.raw(format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n\r\n").as_bytes())
    };
    for foreign in ["Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site"] {
        for (method, target) in [("GET", "/"), ("GET", "/.candor/events"), ("POST", "/"), ("DELETE", PAGE)] {
            let answer = ask(method, target, foreign);
            assert_eq!(answer.status, 403, "{method} {target} {foreign}");
            assert!(!answer.body.contains("Northwind"));
        }
    }
    assert_eq!(ask("GET", PAGE, &format!("Origin: http://{host}\r\nSec-Fetch-Site: same-origin")).status, 200);
    assert_eq!(ask("GET", PAGE, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate").status, 200);
}

#[test]
fn a_connection_carries_one_request_whatever_follows_its_head() {
    let server = Server::start();
    let host = server.address;
    let second = format!("GET {PAGE} HTTP/1.1\r\nHost: {host}\r\n\r\n");
    for first in
        ["GET / HTTP/1.1", "POST / HTTP/1.1\r\nContent-Length: 0", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked"]
    {
        let answer = server.raw(format!("{first}\r\nHost: {host}\r\n\r\n{second}{second}").as_bytes());
        assert!(!answer.body.contains("HTTP/1.1"), "{first}");
        assert_eq!(answer.header("Connection"), Some("close"));
    }
    let both = "POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked";
    assert_eq!(server.raw(format!("{both}\r\nHost: {host}\r\n\r\n0\r\n\r\n{second}").as_bytes()).status, 400);
}

#[test]
fn heads_have_bounds() {
    let server = Server::start();
    let host = server.address;
    let long = format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", "x".repeat(100_000));
    assert_eq!(server.raw(long.as_bytes()).status, 431);
    let many = format!("GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n", "A: b\r\n".repeat(2_000));
    assert_eq!(server.raw(many.as_bytes()).status, 431);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn neither_half_open_connections_nor_listeners_by_the_thousand_keep_others_waiting() {
    let server = Server::start();
    let half_open: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = server.connect();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
            stream
        })
        .collect();
    assert_eq!(server.get(PAGE).status, 200);
    let request = format!("GET /.candor/events HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    for _ in 0..1_000 {
        let mut stream = server.connect();
        // It may be closed already.
        let _ = stream.write_all(request.as_bytes());
    }
    assert_eq!(server.get(PAGE).status, 200);
    drop(half_open);
}

/// How many files a process has open, where the system tells.
fn open_files(process: &Child) -> Option<usize> {
    Some(fs::read_dir(format!("/proc/{}/fd", process.id())).ok()?.count())
}

#[test]
fn a_refused_body_leaves_nothing_open() {
    let server = Server::start();
    assert_eq!(server.get("/").status, 200);
    let Some(before) = open_files(&server.process) else { return };
    for _ in 0..100 {
        let mut stream = server.connect();
        let request = format!("POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: 2000000\r\n\r\n", server.address);
        stream.write_all(request.as_bytes()).unwrap();
        // The browser may send the body or go away.
        let _ = stream.write_all(&[b'x'; 10_000]);
    }
    let begun = Instant::now();
    while open_files(&server.process).is_none_or(|now| now > before + 2) {
        assert!(begun.elapsed() < DEADLINE, "{before} files were open, now {:?}", open_files(&server.process));
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.get("/").status, 200);
}
