//! Collections of postmortems: a file for each postmortem, in whatever shape a team writes them.
//!
//! What is decided for the author:
//! - Every text in the folder that names a day is a postmortem, and so is one with a section that postmortems have; what tells
//!   about the collection is not: a README, a licence, a template, an index.
//! - A postmortem keeps its words and their order. Headings that Candor knows, in several languages, are its sections as they
//!   stand; a timeline becomes a table where a table can hold it. [`prove`](proof::prove) holds the outcome to the source.
//! - Marks give the durations that the authors state, counted from the row of the timeline that they fit. What is not
//!   known is left out: no duration is made up.
//! - Everything becomes a postmortem in review: none says its cause in a word. It is marked as imported, so that nobody is
//!   given advice on how it is written.

mod collection;
mod day;
mod dialect;
mod events;
mod front_matter;
mod heading;
mod labelled;
mod length;
mod list;
mod mark_words;
mod marks;
mod people;
mod postmortem;
mod proof;
mod rows;
mod sections;
mod site;
mod stats;
mod tags;
mod timeline;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use collection::{Looked, PostmortemFile};
use dialect::CollectionLinks;
use front_matter::PostmortemFrontMatter;
pub use heading::Headings;
use postmortem::{Postmortem, Reading};

use super::folder::Files;
use super::history::write::{self, Keys};
use super::ids::Ids;
use super::{Imported, Note, Notes, Summary, Weight, times};
use crate::document::Node;
use crate::model::Id;
use crate::time::{Time, Zone};

/// When each file of a folder was first committed, by its path from there, where git knows.
pub type FirstCommits = fn(&Path) -> BTreeMap<String, Time>;

/// What a user says of a collection.
#[derive(Clone, Debug, Default)]
pub struct CollectionOptions<'o> {
    /// What to call the site, if there is none yet.
    pub new_site: Option<&'o str>,
    /// The zone of times that name none; without it, UTC is taken and said.
    pub zone: Option<Zone>,
    /// Headings of the collection's own.
    pub headings: Headings,
    /// What git knows of the files of a folder, told of texts that name no day. Asked only if there are any, since it
    /// takes git as long as the history is.
    pub first_commits: Option<(FirstCommits, &'o Path)>,
}

/// The content files that a collection of postmortems becomes. `files`: by path relative to its
/// folder. Without any postmortem there are no files.
pub fn postmortems(files: &Files, options: &CollectionOptions<'_>) -> Imported {
    let mut import = CollectionImport { options: options.clone(), ..CollectionImport::default() };
    let found = import.look(files);
    if found.is_empty() {
        let plain: Vec<&String> = import.plain.iter().collect();
        tell_of_plain(&plain, options, &mut import.notes);
        return Imported { notes: import.notes.sorted(), ..Imported::default() };
    }
    let placed = import.place(found);
    placed.into_iter().for_each(|placed| import.write(placed));
    import.take_files(files);
    import.tell();
    if let Some(name) = options.new_site {
        import.out.insert("content/site.yaml".to_owned(), site::file(name, &mut import.notes));
        import.summary.components = 1;
    }
    Imported {
        files: import.out,
        notes: import.notes.sorted(),
        summary: import.summary,
        lost: import.lost,
        ..Imported::default()
    }
}

/// A postmortem and where it goes.
struct Placed<'f> {
    found: PostmortemFile<'f>,
    /// The `id` to write; none if its file's name is its id.
    id: Option<String>,
    /// The name of its file.
    slug: String,
    front_matter: PostmortemFrontMatter,
    body: String,
    /// The line of the file at which the body begins.
    first: usize,
}

/// Says of texts why they are none of the postmortems. That git has a text since a day makes it no report: it has plans and
/// notes as well. But whoever knows that it is one can name the day.
fn tell_of_plain(plain: &[&String], options: &CollectionOptions<'_>, notes: &mut Notes) {
    let first_commits = options.first_commits.filter(|_| !plain.is_empty());
    let committed = first_commits.map(|(ask, folder)| ask(folder)).unwrap_or_default();
    for path in plain {
        let why = "it names no day, and has no section that postmortems have; not imported";
        let added = committed.get(*path).map(|added| {
            format!(
                "; git has it since {}: if it is a postmortem, put its day above it as `date`",
                &added.rfc3339()[..10]
            )
        });
        notes.add(path, None, why.to_owned() + &added.unwrap_or_default());
    }
}

#[derive(Default)]
struct CollectionImport<'o> {
    options: CollectionOptions<'o>,
    notes: Notes,
    links: CollectionLinks,
    /// Texts that are no postmortems, which one may lead to.
    plain: BTreeSet<String>,
    summary: Summary,
    /// Action items, and the postmortems that have any.
    actions: (usize, usize),
    /// Keys of front matter that have no place, and the postmortems that have them.
    strange: BTreeMap<String, usize>,
    out: Files,
    lost: Vec<Note>,
}

impl CollectionImport<'_> {
    fn look<'f>(&mut self, files: &'f Files) -> Vec<PostmortemFile<'f>> {
        let mut postmortems = Vec::new();
        for (path, bytes) in files {
            match collection::look(path, bytes, &self.options.headings) {
                Looked::Postmortem(found) => postmortems.push(found),
                Looked::None(why) => self.notes.add(path, None, why),
                Looked::Plain => {
                    self.links.add_file(path);
                    self.plain.insert(path.clone());
                }
                Looked::File => self.links.add_file(path),
                Looked::Hidden => {}
            }
        }
        postmortems
    }

    /// Gives out ids and names, so that postmortems can name each other.
    fn place<'f>(&mut self, found: Vec<PostmortemFile<'f>>) -> Vec<Placed<'f>> {
        let (mut ids, mut slugs) = (BTreeSet::new(), Ids::default());
        found
            .into_iter()
            .map(|found| {
                let (front, body, first) = front_matter::split(&found.text);
                let front_matter =
                    front.map(|front| PostmortemFrontMatter::read(front, self.options.zone)).unwrap_or_default();
                let body = body.to_owned();
                let slug = slugs.give(slug_text(&found, &front_matter), "postmortem");
                let id = found.id.filter(|id| ids.insert(Id::slug(id)));
                if found.id.is_some() && id.is_none() {
                    self.notes.add(found.path, None, "another postmortem has the same id; its name became its id");
                }
                let url = id.and_then(Id::slug).map_or_else(|| slug.clone(), |id| id.to_string());
                self.links.add(found.path, &url);
                Placed { id: id.map(str::to_owned), slug, front_matter, body, first, found }
            })
            .collect()
    }

    fn write(&mut self, placed: Placed<'_>) {
        let context = placed.found.context(self.options.zone);
        let (postmortem, bytes) = self.proven(&placed, context);
        let path = placed.found.path;
        postmortem.findings.iter().for_each(|(line, finding)| self.notes.add(path, *line, finding.clone()));
        self.summary.entries += 1;
        self.summary.postmortems += 1;
        self.actions.0 += postmortem.actions;
        self.actions.1 += usize::from(postmortem.actions > 0);
        for key in &placed.front_matter.strange {
            *self.strange.entry(key.clone()).or_default() += 1;
        }
        let year = context.year.or(postmortem.year());
        let folder = year.map_or_else(|| "undated".to_owned(), |year| year.to_string());
        self.out.insert(format!("content/postmortems/{folder}/{}.md", placed.slug), bytes);
    }

    /// The postmortem with its timeline as a table; if that would lose a word, as it stood; if even that does, the place
    /// is told, and the import fails.
    fn proven(&mut self, placed: &Placed<'_>, context: times::Context) -> (Postmortem, Vec<u8>) {
        let read = |is_plain: bool| {
            let reading = Reading { links: &self.links, headings: &self.options.headings, context, is_plain };
            let postmortem =
                postmortem::read(placed.front_matter.clone(), placed.found.path, &placed.body, placed.first, &reading);
            let bytes = file(placed, &postmortem);
            let lost = proof::prove(&placed.found.text, postmortem.named_by.as_deref(), &bytes);
            (postmortem, bytes, lost)
        };
        let (postmortem, bytes, lost) = read(false);
        if lost.is_none() {
            return (postmortem, bytes);
        }
        let (mut postmortem, bytes, lost) = read(true);
        match lost {
            None => postmortem
                .findings
                .push((1, "its timeline could not become a table without a loss; it was kept as it is".to_owned())),
            Some(lost) => {
                let message = format!("`{}` would be lost", lost.words);
                self.lost.push(Note {
                    path: placed.found.path.to_owned(),
                    line: Some(lost.line),
                    weight: Weight::Text,
                    message,
                });
            }
        }
        (postmortem, bytes)
    }

    /// Pictures and other files that postmortems show or lead to go with them.
    fn take_files(&mut self, files: &Files) {
        let texts: Vec<String> = self.out.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
        let used: BTreeMap<&str, String> = texts.iter().flat_map(|text| self.links.used(text)).collect();
        let is_left = |path: &&str| !used.contains_key(path);
        let plain: Vec<&String> = self.plain.iter().filter(|path| is_left(&path.as_str())).collect();
        tell_of_plain(&plain, &self.options, &mut self.notes);
        let left = self.links.files().filter(|path| is_left(path) && !self.plain.contains(*path)).count();
        for (path, target) in &used {
            if let Some(bytes) = files.get(*path) {
                self.out.insert(target.clone(), bytes.clone());
                self.summary.static_files += 1;
            }
        }
        if left > 0 {
            let message = format!("{} that no postmortem shows or leads to; not imported", counted(left, "file"));
            self.notes.add(".", None, message);
        }
    }

    /// What holds of many postmortems, once.
    fn tell(&mut self) {
        for (key, count) in &self.strange {
            let message = format!(
                "the key `{key}` has no place here; it was kept as a comment in {}",
                counted(*count, "postmortem")
            );
            self.notes.add(".", None, message);
        }
        let (items, postmortems) = self.actions;
        if items > 0 {
            let message = format!(
                "{} in {} stay in their text; give those that are still open an owner and a place under `actions`",
                counted(items, "action item"),
                counted(postmortems, "postmortem")
            );
            self.notes.add(".", None, message);
        }
    }
}

/// `1 postmortem`, `2 postmortems`.
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// What names the file: the name it had, or the title if that was a code for machines.
fn slug_text<'t>(found: &PostmortemFile<'t>, front_matter: &'t PostmortemFrontMatter) -> &'t str {
    let is_code = found.stem.len() == 36 && found.stem.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    front_matter.title.as_deref().filter(|_| is_code).unwrap_or(found.stem)
}

/// The file of a postmortem.
fn file(placed: &Placed<'_>, postmortem: &Postmortem) -> Vec<u8> {
    let mut keys = Keys::default();
    placed.id.iter().for_each(|id| keys.set("id", id.as_str()));
    keys.set("title", postmortem.title.as_deref().unwrap_or(placed.found.stem));
    keys.set("status", "in-review");
    keys.node("imported", Node::Bool(true));
    let texts = |texts: &[String]| Node::List(texts.iter().cloned().map(Node::Text).collect());
    if !postmortem.people.is_empty() {
        keys.node("responders", texts(&postmortem.people));
    }
    postmortem.marks.node().into_iter().for_each(|marks| keys.node("marks", marks));
    let tags: BTreeSet<String> =
        postmortem.tags.iter().filter_map(|tag| Id::slug(tag)).map(|tag| tag.to_string()).collect();
    if !tags.is_empty() {
        keys.node("tags", texts(&tags.into_iter().collect::<Vec<_>>()));
    }
    write::entry(&keys, &postmortem.kept, &postmortem.body())
}
