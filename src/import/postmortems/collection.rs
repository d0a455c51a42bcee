//! Which files of a folder are reports.

use super::matter;
use super::report;
use super::timeline::{Hints, date_in};

/// A file that is a report.
#[derive(Debug)]
pub(super) struct Found<'f> {
    /// Relative to the folder.
    pub path: &'f str,
    /// Its text.
    pub text: String,
    /// Its name without its endings.
    pub stem: &'f str,
    /// What its name begins with, such as `PM2021-006`.
    pub id: Option<&'f str>,
}

/// Endings that a report may have, the longest first.
const ENDINGS: [&str; 6] = [".html.md.erb", ".md.erb", ".html.md", ".markdown", ".md", ".mdown"];

/// Files that tell about the collection.
const ABOUT: [&str; 8] =
    ["readme", "license", "licence", "contributing", "changelog", "code_of_conduct", "codeowners", "security"];

/// The report in a file, or why there is none. Hidden files are passed over.
pub(super) fn look<'f>(path: &'f str, bytes: &[u8]) -> Option<Result<Found<'f>, &'static str>> {
    if path.split('/').any(|part| part.starts_with('.')) {
        return None;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = ENDINGS.iter().find(|ending| name.to_ascii_lowercase().ends_with(*ending));
    let stem = ending.map_or(name, |ending| &name[..name.len() - ending.len()]);
    let lower = stem.to_lowercase();
    if ABOUT.iter().any(|about| lower == *about || lower.starts_with(&format!("{about}."))) {
        return Some(Err("it tells about the collection; not imported"));
    }
    if lower.contains("template") || id(stem).is_none() && lower.contains("yyyy") {
        return Some(Err("a template; not imported"));
    }
    // A file whose name has another ending is no report. A report may have no ending at all.
    let has_other = ending.is_none() && stem.rsplit_once('.').is_some_and(|(_, last)| !last.contains(' '));
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| !has_other) else {
        return Some(Err("it is no text in Markdown; not imported"));
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (front, body, _) = matter::split(&text);
    let is_report = report::is_one(body) || front.is_some_and(|front| front.contains("start_time:"));
    if !is_report {
        return Some(Err("it has no section that postmortems have; not imported"));
    }
    Some(Ok(Found { path, text, stem, id: id(stem) }))
}

/// `PM2021-006` of `PM2021-006 - Title`: capital letters, then digits and dashes.
fn id(stem: &str) -> Option<&str> {
    let end = stem.find([' ', '_', ':']).unwrap_or(stem.len());
    let word = stem[..end].trim_end_matches('-');
    let digits = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = word.len() - digits.len();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    (letters >= 2 && is_number && count >= 2).then_some(word)
}

impl Found<'_> {
    /// What its name says of its times.
    pub fn hints(&self) -> Hints {
        let date = self.stem.get(..10).and_then(date_in);
        let digits = self.id.map(|id| id.trim_start_matches(|c: char| !c.is_ascii_digit()));
        let year = digits.and_then(|digits| digits.get(..4)?.parse().ok()).filter(|year| (1990..2100).contains(year));
        Hints { year: year.or(date.map(|date| date.year())), date }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_file_is() {
        let report = b"# A\n\n## Summary\n\nB\n";
        let stem = |path| {
            look(path, report).and_then(Result::ok).map(|found| (found.stem.to_owned(), found.id.map(str::to_owned)))
        };
        let with = |stem: &str, id: &str| Some((stem.to_owned(), Some(id.to_owned()).filter(|id| !id.is_empty())));
        assert_eq!(stem("PM2022-009 - Bad image"), with("PM2022-009 - Bad image", "PM2022-009"));
        assert_eq!(stem("a/2024-09-20-eks.html.md.erb"), with("2024-09-20-eks", ""));
        assert_eq!(stem("INC-17.md"), with("INC-17", "INC-17"));
        for path in ["README.md", "LICENSE", "PMyyyy-nnn - Postmortem template.md", "picture.png", ".github/x.md"] {
            assert_eq!(stem(path), None, "{path}");
        }
        assert!(look("notes.md", b"# Notes\n\nNothing.\n").is_some_and(|found| found.is_err()));
    }

    #[test]
    fn names_tell_years() {
        let hints = |path| look(path, b"## Summary\nA").and_then(Result::ok).map(|found| found.hints().year);
        assert_eq!(hints("PM2021-006.md"), Some(Some(2021)));
        assert_eq!(hints("2024-09-20-x.md"), Some(Some(2024)));
        assert_eq!(hints("INC-1700.md"), Some(None));
    }
}
