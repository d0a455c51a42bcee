//! The server's own words and files: the page of faults, the banner, the script that reloads.
//!
//! Under `/.candor/`, where no site can have anything: hidden files are not read.

mod beside;
mod panel;

use super::pages::BuildFailure;
use crate::content_type;
use crate::time::Time;

pub(super) use beside::beside;
pub(super) use panel::ShownPage;

/// Where open pages hear of changes.
pub(super) const EVENTS: &str = "/.candor/events";

/// Where a form asks for a page at another moment.
pub(super) const CLOCK: &str = "/.candor/at";

/// What stands before the address of a page that is to be seen beside its page in the wiki.
pub(super) const BESIDE: &str = "/.candor/beside";

/// The query that asks for a page as it last was.
pub(super) const LAST_GOOD: &str = "last-good";

/// The content type and the text of one of the server's own files.
pub(super) fn file(path: &str) -> Option<(&'static str, &'static str)> {
    match path {
        "/.candor/beside.css" => Some((content_type::of(path), include_str!("beside.css"))),
        "/.candor/clock.js" => Some((content_type::of(path), include_str!("clock.js"))),
        "/.candor/overlay.css" => Some((content_type::of(path), include_str!("overlay.css"))),
        "/.candor/reload.js" => Some((content_type::of(path), include_str!("reload.js"))),
        "/.candor/preview.css" => Some((content_type::of(path), include_str!("preview.css"))),
        _ => None,
    }
}

/// A page that reloads itself when what is on show has another number than `number`.
pub(super) fn with_reload(html: Vec<u8>, number: u64) -> Vec<u8> {
    at_end(html, &script(number))
}

/// A page on which the browser's clock starts at `now`.
pub(super) fn with_clock(mut html: Vec<u8>, now: Time) -> Vec<u8> {
    const HEAD: &[u8] = b"<head>";
    let script = format!("<script src=\"/.candor/clock.js\" data-now=\"{}\"></script>", now.rfc3339());
    // Bytes: a theme's page need not be UTF-8 to be looked at.
    let head = html.windows(HEAD.len()).position(|text| text.eq_ignore_ascii_case(HEAD));
    let place = head.map_or(0, |start| start + HEAD.len());
    html.splice(place..place, script.bytes());
    html
}

/// A page that says of itself that it is old.
pub(super) fn with_banner(html: Vec<u8>, failure: &BuildFailure, number: u64) -> Vec<u8> {
    let keep = count(failure.errors);
    let banner = format!(
        "<link rel=\"stylesheet\" href=\"/.candor/preview.css\">\
         <p class=\"candor-preview-banner\" role=\"status\">{keep} this page from being renewed. \
         <a href=\"?\">See what is wrong</a></p>"
    );
    at_end(html, &(banner + &script(number)))
}

/// The page of faults.
pub(super) fn faults(failure: &BuildFailure, has_last_good: bool, number: u64) -> String {
    let keep = count(failure.errors);
    let last_good = match has_last_good {
        true => format!("\n<p><a href=\"?{LAST_GOOD}\">See the last good page</a></p>"),
        false => String::new(),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{keep} this page from being made</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/.candor/preview.css\">\n</head>\n\
         <body class=\"candor-preview\">\n<main>\n<h1>{keep} this page from being made</h1>\n\
         <p>This page reloads itself when the site is repaired.</p>{last_good}\n\
         <pre tabindex=\"0\">{}</pre>\n</main>\n{}\n</body>\n</html>\n",
        escape(&failure.text),
        script(number)
    )
}

/// The beginning of a sentence that goes on with what is kept.
fn count(errors: usize) -> String {
    if errors == 1 { "1 error keeps".to_owned() } else { format!("{errors} errors keep") }
}

fn script(number: u64) -> String {
    format!("<script src=\"/.candor/reload.js\" data-build=\"{number}\" defer></script>")
}

/// Puts `more` before the last `</body>`, or at the very end of a page that has none.
fn at_end(mut html: Vec<u8>, more: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let place = html.windows(END.len()).rposition(|text| text.eq_ignore_ascii_case(END)).unwrap_or(html.len());
    html.splice(place..place, more.bytes());
    html
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_the_end_of_the_body() {
        let put = |html: &str| String::from_utf8(at_end(html.into(), "+")).unwrap();
        assert_eq!(put("<body>a</body></html>"), "<body>a+</body></html>");
        assert_eq!(put("<pre></body></pre>a</BODY >b</BODY>"), "<pre></body></pre>a</BODY >b+</BODY>");
        assert_eq!(put("a"), "a+");
        assert_eq!(put(""), "+");
    }

    #[test]
    fn the_page_of_faults_has_no_markup_of_the_content() {
        let failure = BuildFailure { errors: 1, text: "<script>\"&".to_owned() };
        let page = faults(&failure, false, 7);
        assert!(page.contains("<pre tabindex=\"0\">&lt;script&gt;&quot;&amp;</pre>"));
        assert!(page.contains("<h1>1 error keeps this page") && !page.contains("last-good"));
    }
}
