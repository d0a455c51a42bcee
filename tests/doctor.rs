//! `candor doctor`, against a host on this machine that sends files and nothing else.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;

use crate::support::{Site, files};

/// What a host may err in.
#[derive(Clone, Copy, PartialEq)]
enum Host {
    /// It sends what `_headers` says.
    Good,
    /// It knows neither `_headers` nor the page for errors.
    Plain,
}

/// Serves the files until the test ends; gives the address.
fn serve(files: BTreeMap<String, Vec<u8>>, host: Host) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    let files = Arc::new(files);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let files = Arc::clone(&files);
            std::thread::spawn(move || while answer(&stream, &files, host).is_some() {});
        }
    });
    address
}

/// Answers one request of a connection.
fn answer(mut stream: &TcpStream, files: &BTreeMap<String, Vec<u8>>, host: Host) -> Option<()> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.trim_start_matches('/').to_owned();
    lines.find(|line| line.is_empty())?;
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.clone() };
    let (status, body) = match files.get(&file) {
        Some(body) => ("200 OK", body),
        None if host == Host::Plain => ("200 OK", &files["index.html"]),
        None => ("404 Not Found", &files["404.html"]),
    };
    let mut head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n", body.len());
    if host == Host::Good {
        head += &headers(&String::from_utf8_lossy(&files["_headers"]), &path);
        let kind = match file.rsplit('.').next() {
            Some("html") => "text/html",
            Some("css") => "text/css",
            Some("js") => "text/javascript",
            Some("json") => "application/json",
            Some("rss") => "application/rss+xml",
            Some("atom") => "application/atom+xml",
            Some("xml") => "application/xml",
            Some("ics") => "text/calendar",
            Some("svg") => "image/svg+xml",
            _ => "text/plain",
        };
        head += &format!("Content-Type: {kind}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).and_then(|()| stream.write_all(body)).ok()
}

/// The headers of all rules that a path fits, each rule's own, as one host sends them.
fn headers(rules: &str, path: &str) -> String {
    let (mut found, mut fits) = (String::new(), false);
    for line in rules.lines() {
        match line.strip_prefix('/') {
            Some(pattern) => {
                let (before, behind) = pattern.split_once('*').unwrap_or((pattern, ""));
                let is_same = pattern == path
                    || (pattern.contains(':')
                        && path.rsplit('/').next() == pattern.rsplit('/').next()
                        && path.contains('/'));
                fits = is_same || (pattern.contains('*') && path.starts_with(before) && path.ends_with(behind));
            }
            None if fits && !line.trim().starts_with("Content-Type") => found += &format!("{}\r\n", line.trim()),
            None => {}
        }
    }
    found
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn a_published_site_is_held_to_its_build() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: there is no curl");
        return;
    }
    let site = Site::sound();
    site.run(["build"]);
    let built = files(&site.path().join("public"));
    let good = serve(built.clone(), Host::Good);
    let well = site.run(["doctor", &good, "--files", "1000"]).output();
    assert!(!well.contains("fault"), "{well}");
    let plain = serve(built.clone(), Host::Plain);
    let ill = site.run(["doctor", &plain]).code(1).output();
    for line in [
        "fault types: ",
        "without `X-Frame-Options: DENY`: set it at the host",
        "an address that does not exist answers 200: set `404.html`",
        "`postmortems/` answers here",
    ] {
        assert!(ill.contains(line), "{line}: {ill}");
    }
    let mut other = built;
    other.insert("index.html".to_owned(), b"<script src=//ads.example/a.js></script>".to_vec());
    let changed = site.run(["doctor", &serve(other, Host::Good)]).code(1).output();
    assert!(changed.contains("`index.html` has other bytes than the build"), "{changed}");
    assert!(changed.contains("loads something from `ads.example`"), "{changed}");
    site.run(["doctor", "status.example.org"]).code(2).says("is no address");
    site.run(["doctor", &good, "--build", "elsewhere"]).code(2);
}
