//! Which files of a folder are postmortems: all texts that name a day or look like one, but for those that tell about
//! the collection.

use super::front_matter;
use super::heading::Headings;
use super::postmortem;
use crate::import::history::write::LARGEST_TEXT;
use crate::import::hugo;
use crate::import::times::{self, Context};
use crate::time::{Date, Zone};

/// A file that is a postmortem.
#[derive(Debug)]
pub(super) struct PostmortemFile<'f> {
    /// Relative to the folder.
    pub path: &'f str,
    /// Its text.
    pub text: String,
    /// Its name without its endings.
    pub stem: &'f str,
    /// What its name begins with, such as `PM2021-006`.
    pub id: Option<&'f str>,
}

/// What a file of the folder is.
#[derive(Debug)]
pub(super) enum Looked<'f> {
    /// A postmortem.
    Postmortem(PostmortemFile<'f>),
    /// A text that is none, and why.
    None(&'static str),
    /// A text that names no day and has nothing of a postmortem, which one may lead to.
    Plain,
    /// Something that a postmortem may show or lead to.
    File,
    /// A hidden file.
    Hidden,
}

/// Endings that a text may have, the longest first.
const ENDINGS: [&str; 9] =
    [".html.md.erb", ".md.erb", ".html.md", ".markdown", ".mdown", ".text", ".mkd", ".txt", ".md"];

/// Files that tell about the collection.
const ABOUT: [&str; 9] = [
    "readme",
    "license",
    "licence",
    "copying",
    "contributing",
    "changelog",
    "code_of_conduct",
    "codeowners",
    "contributors",
];

/// Words for a postmortem that is still empty.
const TEMPLATES: [&str; 8] = ["template", "vorlage", "plantilla", "modèle", "modelo", "テンプレート", "模板", "템플릿"];

/// What the file at `path` is.
pub(super) fn look<'f>(path: &'f str, bytes: &[u8], headings: &Headings) -> Looked<'f> {
    if path.split('/').any(|part| part.starts_with('.')) {
        return Looked::Hidden;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = ENDINGS.iter().find(|ending| name.to_ascii_lowercase().ends_with(*ending));
    let own = ending.map_or(name, |ending| &name[..name.len() - ending.len()]);
    // A file whose name has another ending is no postmortem. A postmortem may have no ending at all.
    let has_other = ending.is_none() && own.rsplit_once('.').is_some_and(|(_, last)| !last.contains(' '));
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| !has_other) else {
        return Looked::File;
    };
    let folder = path.rsplit('/').nth(1).filter(|folder| day_of(folder).is_some() || id(folder).is_some());
    let lower = own.to_lowercase();
    let is_index = lower == "index" || lower == "_index";
    // A postmortem may be a folder of its own, which has the name.
    let stem = folder.filter(|_| is_index || lower == "readme").unwrap_or(own);
    if let Some(why) = Some(stem).filter(|stem| *stem == own).and_then(|_| about(&lower, is_index, own)) {
        return Looked::None(why);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    // Only that of Hugo: a text may begin with a brace or with blank lines.
    let text = if text.trim_start().starts_with("+++") { hugo::with_yaml(&text).into_owned() } else { text };
    if text.len() > LARGEST_TEXT {
        return Looked::None("it is larger than what a site can hold in one file; not imported");
    }
    if text.trim().is_empty() {
        return Looked::None("it is empty; not imported");
    }
    let (front, body, _) = front_matter::split(&text);
    if is_list_of_files(body) && !postmortem::is_one(body, headings) {
        return Looked::None("an index of the collection; not imported");
    }
    let is_dated = day_of(path).is_some()
        || times::first(&text, Context { order: times::order(&text), ..Context::default() }).is_some();
    // What has keys is an entry of the collection.
    if !is_dated && front.is_none_or(|front| front.trim().is_empty()) && !postmortem::is_one(body, headings) {
        return Looked::Plain;
    }
    Looked::Postmortem(PostmortemFile { path, text, stem, id: id(stem) })
}

/// Whether a text has nothing but a list, or a table, in which each line leads to another file.
fn is_list_of_files(body: &str) -> bool {
    let lines = || body.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_rule = |line: &str| line.contains('-') && line.chars().all(|c| "|:- ".contains(c));
    // The first row of a table has the names of its columns.
    let (tables, rows): (Vec<&str>, Vec<&str>) =
        lines().filter(|line| !is_rule(line)).partition(|line| line.starts_with('|'));
    let is_item = |line: &&str| {
        let marks = line.trim_start_matches(|c: char| c.is_ascii_digit());
        ["- ", "* ", "+ ", ". ", ") "].iter().any(|mark| marks.starts_with(mark))
    };
    let (items, prose): (Vec<&str>, Vec<&str>) = rows.into_iter().partition(is_item);
    let leads =
        |line: &&str| line.split("](").skip(1).any(|target| !target.contains("://") && !target.starts_with('#'));
    let entries: Vec<&str> = tables.into_iter().skip(1).chain(items).collect();
    entries.len() > 1 && entries.iter().all(leads) && prose.len() <= entries.len()
}

/// Why a file of this name is none of the postmortems.
fn about(lower: &str, is_index: bool, stem: &str) -> Option<&'static str> {
    let is_template = TEMPLATES.iter().any(|word| lower.contains(word)) && day_of(stem).is_none();
    let has_placeholder = id(stem).is_none() && lower.contains("yyyy");
    if is_index {
        Some("an index of the collection; not imported")
    } else if ABOUT.iter().any(|about| lower == *about || lower.starts_with(&format!("{about}."))) {
        Some("it tells about the collection; not imported")
    } else {
        (is_template || has_placeholder).then_some("a template; not imported")
    }
}

/// The day that a name tells: `2021-01-02-x`, `20210102`, `May-10-2021`, `website-outage-5-26-21`.
fn day_of(name: &str) -> Option<Date> {
    let packed = name.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 8 && digits.starts_with("20"));
    let packed =
        packed.and_then(|digits| Date::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])).ok());
    let context = Context { order: times::order(name), ..Context::default() };
    times::first(name, context).or(packed).or_else(|| times::first(&name.replace(['-', '_'], " "), context))
}

/// `PM2021-006` of `PM2021-006 - Title`: capital letters, then digits and dashes.
fn id(stem: &str) -> Option<&str> {
    let letters = stem.find(|c: char| !c.is_ascii_uppercase()).filter(|letters| *letters >= 2)?;
    let rest = &stem[letters..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(rest.len());
    let word = stem[..letters + end].trim_end_matches('-');
    let is_whole = stem[word.len()..].is_empty() || stem[word.len()..].starts_with([' ', '_', ':', '-']);
    let count = word.bytes().filter(u8::is_ascii_digit).count();
    (is_whole && count >= 2).then_some(word)
}

impl PostmortemFile<'_> {
    /// What its name, and the order of the numbers of its days, say of its times.
    pub fn context(&self, zone: Option<Zone>) -> Context {
        let near = day_of(self.stem).or_else(|| day_of(self.path));
        let digits = self.id.map(|id| id.trim_start_matches(|c: char| !c.is_ascii_digit()));
        let folders = self.path.split(['/', '-', '_', ' ']).filter(|part| part.len() == 4);
        let years = digits.and_then(|digits| digits.get(..4)).into_iter().chain(folders);
        let year = years.filter_map(|year| year.parse().ok()).find(|year| (1990..2100).contains(year));
        Context { order: times::order(&self.text), near, year: year.or(near.map(Date::year)), home: zone }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str) -> Option<(String, Option<String>)> {
        match look(path, b"# A\n\n## Summary\n\nB\n", &Headings::default()) {
            Looked::Postmortem(found) => Some((found.stem.to_owned(), found.id.map(str::to_owned))),
            _ => None,
        }
    }

    #[test]
    fn names_tell_what_a_file_is() {
        let with = |stem: &str, id: &str| Some((stem.to_owned(), Some(id.to_owned()).filter(|id| !id.is_empty())));
        assert_eq!(found("PM2022-009 - Bad image"), with("PM2022-009 - Bad image", "PM2022-009"));
        assert_eq!(found("PM-2026-001-recap-oom.md"), with("PM-2026-001-recap-oom", "PM-2026-001"));
        assert_eq!(found("a/2024-09-20-eks.html.md.erb"), with("2024-09-20-eks", ""));
        assert_eq!(found("2024-09-20 notes.txt"), with("2024-09-20 notes", ""));
        assert_eq!(found("INC-17.md"), with("INC-17", "INC-17"));
        assert_eq!(found("2023-01-03-fritz/index.md"), with("2023-01-03-fritz", ""));
        assert_eq!(found("2021-03-04-mail-template-broken.md"), with("2021-03-04-mail-template-broken", ""));
        for path in [
            "README.md",
            "LICENSE",
            "CONTRIBUTING.md",
            "index.md",
            "_index.md",
            "index.html.md.erb",
            "PMyyyy-nnn - Postmortem template.md",
            "postmortems/00-template.md",
            "picture.png",
            ".github/x.md",
        ] {
            assert_eq!(found(path), None, "{path}");
        }
    }

    #[test]
    fn a_text_with_a_day_is_a_postmortem_whatever_its_headings() {
        let is_postmortem =
            |path: &str, text: &str| matches!(look(path, text.as_bytes(), &Headings::default()), Looked::Postmortem(_));
        assert!(is_postmortem("notes.md", "# Was los war\n\nAm 8. Januar 2020 stand alles.\n"));
        assert!(is_postmortem("2020-01-08-c.md", "# Flags were down\n"));
        assert!(is_postmortem("a.md", "---\ndate: 2020-01-08\n---\nx\n"));
        assert!(
            is_postmortem("a.md", "---\ncompany: Example\n---\nA lock could not be had.\n"),
            "an entry by its keys"
        );
        assert!(!is_postmortem("notes.md", "# Notes\n\nNothing.\n"));
        assert!(!is_postmortem("2020-01-08-empty.md", "\n"));
    }

    #[test]
    fn names_tell_days_and_years() {
        let context = |path| match look(path, b"## Summary\nA", &Headings::default()) {
            Looked::Postmortem(found) => Some(found.context(None)),
            _ => None,
        };
        assert_eq!(context("PM2021-006.md").unwrap().year, Some(2021));
        assert_eq!(context("2024-09-20-x.md").unwrap().near.map(Date::iso).as_deref(), Some("2024-09-20"));
        assert_eq!(context("2023-04/04-25-x.md").unwrap().year, Some(2023));
        assert_eq!(context("website-outage-5-26-21.md").unwrap().near.map(Date::iso).as_deref(), Some("2021-05-26"));
        assert_eq!(context("INC-1700.md").unwrap().year, None);
    }
}
