//! `privacy` of `site.yaml`: what each text means, and whether it can be searched for.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Document, SiteDoc};
use crate::model::{Forbidden, Pattern, Range};

/// The names of people that can be searched for.
pub(super) fn people(document: &Document, doc: &SiteDoc) -> Vec<String> {
    let names = doc.private_people.iter().map(|name| (name, tidy(&name.value)));
    names.filter(|(written, name)| has_letters(document, written, name, 2)).map(|(_, name)| name).collect()
}

/// The patterns that can be searched for.
pub(super) fn patterns(document: &Document, doc: &SiteDoc) -> Vec<Pattern> {
    let own = doc.url.as_ref().map(|url| host(&url.value)).unwrap_or_default();
    let patterns = doc.private_patterns.iter().filter_map(|written| {
        let meaning = meaning(document, written)?;
        warn_of_own_host(document, written, &meaning, &own);
        Some(Pattern { written: written.value.clone(), meaning })
    });
    patterns.collect()
}

fn meaning(document: &Document, written: &At<String>) -> Option<Forbidden> {
    let text = tidy(&written.value);
    let name = text.to_lowercase();
    if is_numeric(&text) {
        return range(document, written, &text).map(Forbidden::Range);
    }
    let below = name.strip_prefix("*.").unwrap_or(&name);
    if is_host(below) {
        return Some(Forbidden::Host(below.to_owned()));
    }
    if text.contains('*') && !text.contains(' ') {
        return has_fixed_part(document, written, &text).then_some(Forbidden::Glob(name));
    }
    has_letters(document, written, &text, 1).then(|| Forbidden::Text(without_scheme(&text).to_owned()))
}

/// Whether a text is meant as an address or a range, even a wrong one.
fn is_numeric(text: &str) -> bool {
    let four = text.contains('.')
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || "./*".contains(c));
    let six = text.matches(':').count() > 1 && text.chars().all(|c| c.is_ascii_hexdigit() || ":./*".contains(c));
    four || six
}

fn range(document: &Document, written: &At<String>, text: &str) -> Option<Range> {
    let range = Range::parse(text);
    let fault = match range {
        // Wider ones begin with so many numbers that they cannot be looked for.
        Some(range) if range.address.is_ipv6() && (range.bits < 7 || first_group(range) == 0) => (
            format!("the range `{text}` is too wide to be searched for"),
            "begin with a group that is not 0, and write at least `/7`",
        ),
        Some(range) => return Some(range),
        None => (
            format!("`{text}` is no address and no range"),
            "write one address, or a range such as `10.0.0.0/8` or `2001:db8::/32`",
        ),
    };
    report(document, written, fault.0, fault.1);
    None
}

fn first_group(range: Range) -> u16 {
    match range.address {
        std::net::IpAddr::V4(_) => 0,
        std::net::IpAddr::V6(address) => address.segments()[0],
    }
}

/// A name of at least two parts.
fn is_host(name: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    name.contains('.') && name.split('.').all(is_part)
}

/// A text is found by its letters and digits; with too few of them in a row it would be found everywhere.
fn has_letters(document: &Document, written: &At<String>, text: &str, least: usize) -> bool {
    let longest = text.split(|c: char| !c.is_alphanumeric()).map(|run| run.chars().count()).max().unwrap_or_default();
    let is_enough = longest >= least || text.contains(|c: char| c.is_alphanumeric() && !c.is_ascii());
    let help = if least == 1 { "give it a letter or digit" } else { "give it at least two letters or digits in a row" };
    is_enough || too_little(document, written, help)
}

/// A pattern is found by what stands between its `*`.
fn has_fixed_part(document: &Document, written: &At<String>, glob: &str) -> bool {
    let is_enough = |part: &str| part.chars().count() > 2 && part.contains(char::is_alphanumeric);
    glob.split('*').any(is_enough) || too_little(document, written, "give it at least three characters beside its `*`")
}

fn too_little(document: &Document, written: &At<String>, help: &str) -> bool {
    report(document, written, format!("`{}` is too little to be searched for", written.value), help);
    false
}

fn report(document: &Document, written: &At<String>, message: String, help: &str) {
    document.report(Diagnostic::error(Code::PrivatePattern, message).at(document.place(&written.path)).help(help));
}

fn warn_of_own_host(document: &Document, written: &At<String>, meaning: &Forbidden, own: &str) {
    let is_own = match meaning {
        Forbidden::Text(text) => contains_word(own, &text.to_lowercase()),
        named => named.covers_name(own),
    };
    if is_own {
        let message = format!("`{}` would forbid `{own}`, the page itself", written.value);
        let fault = Diagnostic::warning(Code::PrivatePattern, message).at(document.place(&written.path));
        document.report(fault.help("narrow it; the page's own host is let through"));
    }
}

fn contains_word(text: &str, word: &str) -> bool {
    let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(word)
        .any(|(at, _)| is_end(text[..at].chars().next_back()) && is_end(text[at + word.len()..].chars().next()))
}

/// One blank between words, none around them.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_scheme(text: &str) -> &str {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.map_or(text, |rest| rest.trim_end_matches('/'))
}

/// The host of an absolute URL, in lower case, without a port.
fn host(url: &str) -> String {
    without_scheme(url).split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase()
}
