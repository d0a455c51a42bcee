//! Every key that an author may write, declared once: its name, its shape, its words, what it means.
//!
//! `document` reads files by these tables and `schema` prints them for editors, so a key cannot be in one
//! of the two and absent in the other.

mod capacity;
mod entries;
mod postmortem;
mod site;

use crate::diagnostic::Code;
pub use crate::model::EntryKind;
use crate::model::{Mark, Vocabulary};

/// One key of a mapping.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// Whether it must be there.
    pub is_needed: bool,
    /// What its value looks like.
    pub shape: Shape,
    /// What it means, in a few words for people, and what it is when left out.
    pub about: &'static str,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any text.
    Text,
    /// Text that is not blank.
    Title,
    /// Markdown that is not blank.
    Markdown,
    /// One text of this shape, or a mapping from languages to such texts.
    PerLanguage(&'static Shape),
    /// A slug.
    Id,
    /// The id of a component.
    Component,
    /// The id of an incident, or the path of its file.
    Incident,
    /// A postmortem's name: a slug that may have capitals, dots and underscores.
    PostmortemName,
    /// One of the severities of `site.yaml`.
    Severity,
    /// An absolute http or https URL.
    Url,
    /// A URL without query and fragment.
    BaseUrl,
    /// An instant with its offset.
    Time,
    /// A calendar day.
    Date,
    /// A whole number and a unit.
    Duration,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Whole,
    /// The weight of a font, from 1 to 1000.
    Weight,
    /// A colour in hexadecimal, such as `#0a5cff`.
    Colour,
    /// A number above 0 and at most 1.
    Share,
    /// A number from 0 to 100.
    Percent,
    /// One of these words.
    Word {
        /// The words, in order.
        words: &'static [&'static str],
        /// What each of them means.
        meanings: &'static [&'static str],
    },
    /// A rule of wording.
    Rule,
    /// A list, which may be empty.
    List(&'static Shape),
    /// A list that is not empty.
    AtLeastOne(&'static Shape),
    /// A mapping with these keys.
    Map(&'static [Key]),
    /// A mapping from names to values of one shape.
    Named(Names, &'static Shape),
}

/// What the names of a [`Shape::Named`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Languages of the site but the main one.
    Languages,
    /// Ids of components.
    Components,
    /// Severities of `site.yaml`.
    Severities,
    /// Causes that postmortems name.
    Causes,
    /// Labels of an alarm.
    Labels,
    /// Marks of a postmortem.
    Marks,
    /// Rules of wording that look for phrases.
    Rules,
}

/// A kind of file that an author writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `content/site.yaml`
    Site,
    /// `content/capacity.yaml`
    Capacity,
    /// A file in the folder of its kind.
    Entry(EntryKind),
}

impl From<EntryKind> for Kind {
    fn from(kind: EntryKind) -> Kind {
        Kind::Entry(kind)
    }
}

impl Kind {
    /// Every kind, in the order in which a newcomer meets them.
    pub const ALL: [Kind; 8] = [
        Kind::Site,
        Kind::Entry(EntryKind::Incident),
        Kind::Entry(EntryKind::Maintenance),
        Kind::Entry(EntryKind::Announcement),
        Kind::Entry(EntryKind::Page),
        Kind::Entry(EntryKind::Postmortem),
        Kind::Entry(EntryKind::Template),
        Kind::Capacity,
    ];

    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Site => "site",
            Kind::Capacity => "capacity",
            Kind::Entry(kind) => kind.word(),
        }
    }

    /// The folder of its files in `content/`; none for what is one file.
    pub fn folder(self) -> Option<&'static str> {
        match self {
            Kind::Site | Kind::Capacity => None,
            Kind::Entry(kind) => Some(kind.folder()),
        }
    }

    /// What such a file is, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Kind::Site => "The settings, groups and components of the site.",
            Kind::Capacity => "How much more services could bear, as it was measured. Never published.",
            Kind::Entry(EntryKind::Incident) => "What failed, since when, and what customers were told.",
            Kind::Entry(EntryKind::Maintenance) => "Planned work: when, on what, and what customers were told.",
            Kind::Entry(EntryKind::Announcement) => "Something that customers should know, shown by home for a while.",
            Kind::Entry(EntryKind::Page) => "A page of its own, linked at the foot of every page.",
            Kind::Entry(EntryKind::Postmortem) => "What was learnt from an incident, for the wiki.",
            Kind::Entry(EntryKind::Template) => "A text to begin an update with. Never published.",
        }
    }

    /// The keys of its front matter.
    pub fn keys(self) -> &'static [Key] {
        match self {
            Kind::Site => site::SITE,
            Kind::Capacity => capacity::CAPACITY,
            Kind::Entry(EntryKind::Incident) => entries::INCIDENT,
            Kind::Entry(EntryKind::Maintenance) => entries::MAINTENANCE,
            Kind::Entry(EntryKind::Announcement) => entries::ANNOUNCEMENT,
            Kind::Entry(EntryKind::Page) => entries::PAGE,
            Kind::Entry(EntryKind::Postmortem) => postmortem::POSTMORTEM,
            Kind::Entry(EntryKind::Template) => entries::TEMPLATE,
        }
    }
}

impl Key {
    const fn needed(name: &'static str, shape: Shape, about: &'static str) -> Key {
        Key { name, is_needed: true, shape, about }
    }

    const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Key {
        Key { name, is_needed: false, shape, about }
    }
}

/// Text that is not blank, in one language or in several.
const TITLE: Shape = Shape::PerLanguage(&Shape::Title);
/// Any text, in one language or in several.
const TEXT: Shape = Shape::PerLanguage(&Shape::Text);
/// Markdown that is not blank, in one language or in several.
const MARKDOWN: Shape = Shape::PerLanguage(&Shape::Markdown);

impl Shape {
    const fn word<T: Vocabulary>() -> Shape {
        Shape::Word { words: T::WORDS, meanings: T::MEANINGS }
    }

    /// Whether YAML has plain text here.
    pub fn is_text(&self) -> bool {
        use Shape::*;
        match self {
            Text
            | Title
            | Markdown
            | Id
            | Component
            | Incident
            | PostmortemName
            | Severity
            | Url
            | BaseUrl
            | Colour
            | Rule
            | Word { .. } => true,
            Time | Date | Duration | Flag | Whole | Weight | Share | Percent | PerLanguage(_) | List(_)
            | AtLeastOne(_) | Map(_) | Named(..) => false,
        }
    }

    /// The shape of the items, if it is a list.
    pub fn items(&self) -> Option<&'static Shape> {
        match self {
            Shape::List(items) | Shape::AtLeastOne(items) => Some(items),
            _ => None,
        }
    }

    /// The keys, if it is a mapping of declared keys.
    pub fn keys(&self) -> Option<&'static [Key]> {
        match self {
            Shape::Map(keys) => Some(keys),
            _ => None,
        }
    }
}

impl Names {
    /// The names, where they are the same for every site.
    pub fn closed(self) -> Option<Vec<&'static str>> {
        match self {
            Names::Marks => Some(Mark::WORDS.to_vec()),
            Names::Rules => Some(rules().filter(|code| code.has_phrases()).map(Code::as_str).collect()),
            Names::Languages | Names::Components | Names::Severities | Names::Causes | Names::Labels => None,
        }
    }
}

/// The rules of wording.
pub fn rules() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| code.is_wording())
}
