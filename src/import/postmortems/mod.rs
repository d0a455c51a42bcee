//! Collections of postmortems in git: one Markdown file each, in the ways that people write them.
//!
//! What is decided for the author:
//! - A file is a report if it has a section that reports have; templates and what tells about the
//!   collection are not.
//! - Marks give the durations that the authors state, counted from the row of the timeline that they
//!   fit. What is not known is left out: no duration is made up.
//! - Sections get Candor's names where they have an equal. Who took part, what contributed and the
//!   category become keys; all else stays in the text.
//! - Everything becomes a report in review: none says its cause in a word.

mod collection;
mod dialect;
mod heading;
mod labelled;
mod length;
mod list;
mod marks;
mod matter;
mod moment;
mod people;
mod report;
mod rows;
mod sections;
mod site;
mod stats;
mod timeline;
mod zone;

use std::collections::{BTreeMap, BTreeSet};

use collection::Found;
use dialect::Links;
use matter::Matter;
use report::Report;

use super::history::write::{self, Keys};
use super::ids::Ids;
use super::{Imported, Notes, Summary};
use crate::document::Node;
use crate::model::Id;
use crate::time::{Time, Zone};

type Files = BTreeMap<String, Vec<u8>>;

/// The content files that a collection of postmortems becomes. `files`: by path relative to its
/// folder. `new_site`: what to call the site, if there is none yet. Without any report there are no
/// files.
pub fn postmortems(files: &Files, new_site: Option<&str>) -> Imported {
    let mut import = Import::default();
    let found = import.look(files);
    if found.is_empty() {
        return Imported { notes: import.notes.sorted(), ..Imported::default() };
    }
    let placed = import.place(found);
    placed.into_iter().for_each(|placed| import.write(placed));
    import.tell_actions();
    import.tell_headings();
    if let Some(name) = new_site {
        import.out.insert("content/site.yaml".to_owned(), site::file(name, &mut import.notes));
        import.summary.components = 1;
    }
    Imported { files: import.out, notes: import.notes.sorted(), summary: import.summary }
}

/// A report and where it goes.
struct Placed<'f> {
    found: Found<'f>,
    /// The `id` to write; none if its file's name is its id.
    id: Option<String>,
    /// The name of its file.
    slug: String,
    matter: Matter,
    body: String,
    /// The line of the file at which the body begins.
    first: usize,
}

#[derive(Default)]
struct Import {
    notes: Notes,
    links: Links,
    summary: Summary,
    /// Action items, and the reports that have any.
    actions: (usize, usize),
    renamed: BTreeMap<(String, String), usize>,
    out: Files,
}

impl Import {
    fn look<'f>(&mut self, files: &'f Files) -> Vec<Found<'f>> {
        let mut reports = Vec::new();
        for (path, bytes) in files {
            match collection::look(path, bytes) {
                Some(Ok(found)) => reports.push(found),
                Some(Err(why)) => self.notes.add(path, None, why),
                None => {}
            }
        }
        reports
    }

    /// Gives out ids and names, so that reports can name each other.
    fn place<'f>(&mut self, found: Vec<Found<'f>>) -> Vec<Placed<'f>> {
        let (mut ids, mut slugs) = (BTreeSet::new(), Ids::default());
        found
            .into_iter()
            .map(|found| {
                let (front, body, first) = matter::split(&found.text);
                let matter = front.map(Matter::read).unwrap_or_default();
                let body = body.to_owned();
                let slug = slugs.give(slug_text(&found, &matter), "postmortem");
                let id = found.id.filter(|id| ids.insert(Id::slug(id)));
                if found.id.is_some() && id.is_none() {
                    self.notes.add(found.path, None, "another report has the same id; its name became its id");
                }
                let url = id.and_then(Id::slug).map_or_else(|| slug.clone(), |id| id.to_string());
                self.links.add(found.path, &url);
                Placed { id: id.map(str::to_owned), slug, matter, body, first, found }
            })
            .collect()
    }

    fn write(&mut self, mut placed: Placed<'_>) {
        let matter = std::mem::take(&mut placed.matter);
        let found = &placed.found;
        let mut report = report::read(matter, &placed.body, placed.first, &self.links, found.hints());
        for (line, finding) in std::mem::take(&mut report.findings) {
            self.notes.add(found.path, line, finding);
        }
        self.summary.entries += 1;
        self.summary.postmortems += 1;
        self.actions.0 += report.actions;
        self.actions.1 += usize::from(report.actions > 0);
        for names in std::mem::take(&mut report.renamed) {
            *self.renamed.entry(names).or_default() += 1;
        }
        let year = found.hints().year.or(report.marks.first().map(year_of));
        let folder = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        let path = format!("content/postmortems/{folder}/{}.md", placed.slug);
        self.out.insert(path, file(&placed, &report));
    }

    fn tell_actions(&mut self) {
        let (items, reports) = self.actions;
        if items > 0 {
            let message = format!(
                "{} in {} stay in their text; give those that are still open an owner and a place under `actions`",
                counted(items, "action item"),
                counted(reports, "report")
            );
            self.notes.add(".", None, message);
        }
    }

    fn tell_headings(&mut self) {
        for ((old, new), count) in &self.renamed {
            self.notes.add(".", None, format!("the heading `{old}` became `{new}` in {}", counted(*count, "report")));
        }
    }
}

/// `1 report`, `2 reports`.
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// What names the file: the name it had, or the title if that was a code for machines.
fn slug_text<'t>(found: &Found<'t>, matter: &'t Matter) -> &'t str {
    let is_code = found.stem.len() == 36 && found.stem.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    matter.title.as_deref().filter(|_| is_code).unwrap_or(found.stem)
}

fn year_of(at: Time) -> i32 {
    Zone::UTC.date(at).year()
}

/// The file of a report.
fn file(placed: &Placed<'_>, report: &Report) -> Vec<u8> {
    let mut keys = Keys::default();
    placed.id.iter().for_each(|id| keys.set("id", id.as_str()));
    keys.set("title", report.title.as_deref().unwrap_or(placed.found.stem));
    keys.set("status", "in-review");
    let texts = |texts: &[String]| Node::List(texts.iter().cloned().map(Node::Text).collect());
    if !report.people.is_empty() {
        keys.node("responders", texts(&report.people));
    }
    report.marks.node().into_iter().for_each(|marks| keys.node("marks", marks));
    if !report.factors.is_empty() {
        keys.node("factors", texts(&report.factors));
    }
    let tags: BTreeSet<String> =
        report.tags.iter().filter_map(|tag| Id::slug(tag)).map(|tag| tag.to_string()).collect();
    if !tags.is_empty() {
        keys.node("tags", texts(&tags.into_iter().collect::<Vec<_>>()));
    }
    let sections =
        report.sections.iter().map(|(heading, text)| format!("## {heading}\n\n{text}").trim_end().to_owned());
    let parts = Some(report.preface.clone()).filter(|preface| !preface.is_empty()).into_iter().chain(sections);
    write::entry(&keys, &report.kept, &parts.collect::<Vec<_>>().join("\n\n"))
}
