//! Content types by file ending: what the preview sends, and what a host should.

/// What the browser is told that a file is. Feeds and calendars have their own types, as a published site sends them.
pub fn of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match &*ending {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "rss" => "application/rss+xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "txt" => TEXT,
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ if name == "metrics" => METRICS,
        // Not guessed from the bytes, by which a browser could be made to run a download.
        _ => "application/octet-stream",
    }
}

/// The text format of Prometheus.
pub const METRICS: &str = "text/plain; version=0.0.4; charset=utf-8";

/// A page.
pub const HTML: &str = "text/html; charset=utf-8";

/// Plain text.
pub const TEXT: &str = "text/plain; charset=utf-8";
