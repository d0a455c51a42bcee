//! Updates added to files of every form: the difference is the update alone, or there is a refusal.

use std::sync::Arc;

use candor::author::{NewUpdate, append};
use candor::diagnostic::has_errors;
use candor::model::{ComponentStatus, Id, Incident};
use candor::time::Time;
use candor::validate;
use proptest::prelude::*;

use crate::support::{self, cases};

/// A file as one person or another would lay it out.
#[derive(Clone, Debug)]
struct Layout {
    dash: usize,
    gap: usize,
    bodies: Vec<usize>,
    is_spaced: bool,
    comment: usize,
    after: usize,
    is_markdown: bool,
    has_crlf: bool,
    has_end: bool,
    has_mark: bool,
}

/// Bodies in every form of YAML; `~` stands for the indent of what belongs to the key.
const BODIES: [&str; 12] = [
    "Plain words.",
    "Plain words # and a comment",
    "Plain words\n~over lines",
    "|\n~A block.\n\n~# no comment\n~  - at: no update\n~---",
    "|-\n~A block.",
    "|+\n~A block.\n\n",
    "|4-\n~  Indented by its own measure.",
    ">\n~Folded\n~words.\n\n~- updates:",
    "\"Quoted: \\\"words\\\"\n~# no comment\"",
    "'It''s\n\n~quoted'",
    "&words Anchored words.",
    "!!str 12",
];

const COMMENTS: [&str; 5] = ["", "# at the margin\n", "       # far in\n", "  # in\n\n", "\n  # below an empty line\n"];

const AFTER: [&str; 6] = [
    "",
    "impact: major\n",
    "\n# about the impact\nimpact: major # said so\n",
    "detected_by: monitor\nvisibility: public\n",
    "\n\n",
    "impact:   'minor'\n# the end\n",
];

fn layout() -> impl Strategy<Value = Layout> {
    let form = (prop::sample::select(vec![0usize, 1, 2, 4, 7]), 1..4usize, any::<bool>());
    let rest = (0..COMMENTS.len(), 0..AFTER.len());
    (form, prop::collection::vec(0..BODIES.len(), 1..5), rest, any::<[bool; 4]>()).prop_map(
        |((dash, gap, is_spaced), bodies, (comment, after), [is_markdown, has_crlf, has_end, has_mark])| Layout {
            dash,
            gap,
            bodies,
            is_spaced,
            comment,
            after,
            is_markdown,
            has_crlf,
            has_end,
            has_mark,
        },
    )
}

impl Layout {
    fn text(&self) -> String {
        let mut text = String::from("# A file.\ntitle: Payments slow\nupdates:   # newest last\n");
        for (index, body) in self.bodies.iter().enumerate() {
            text += if self.is_spaced && index > 0 { "\n" } else { "" };
            text += &self.update(index, BODIES[*body]);
        }
        text += COMMENTS[self.comment];
        text += AFTER[self.after];
        if self.is_markdown {
            text = format!("---\n{text}---\n\nA summary.\n\n---\n- at: no update\n");
        }
        if !self.has_end {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if self.has_crlf {
            text = text.replace('\n', "\r\n");
        }
        if self.has_mark { format!("\u{feff}{text}") } else { text }
    }

    fn update(&self, index: usize, body: &str) -> String {
        let (dash, keys) = (" ".repeat(self.dash), " ".repeat(self.dash + 1 + self.gap));
        let gap = " ".repeat(self.gap);
        let body = body.replace('~', &format!("{keys}  "));
        let at = format!("2026-11-02T{:02}:10Z", 9 + index);
        if index % 3 == 2 {
            return format!("{dash}-{gap}{{ at: {at}, status: identified, body: In brackets. }}\n");
        }
        // A second anchor of the same name is allowed, and means the newer text.
        format!("{dash}-{gap}at: {at}\n{keys}# a note\n{keys}status: investigating\n{keys}body: {body}\n")
    }

    fn path(&self) -> &'static str {
        if self.is_markdown { "content/incidents/payments-slow.md" } else { "content/incidents/payments-slow.yaml" }
    }
}

fn update() -> impl Strategy<Value = NewUpdate> {
    let bodies = vec![
        "Payments work for most of you.",
        "One: two.\n\nThree # four.\n\n- a list\n- of two",
        "\"Quoted\"",
        "# A heading\n\n    code\n",
        "tab\tand {braces} and \u{2028} and é",
        "12",
        "yes",
        "...\n---\nrules",
    ];
    (prop::sample::select(bodies), any::<[bool; 2]>()).prop_map(|(body, [has_components, has_promise])| NewUpdate {
        at: Time::parse("2026-11-02T20:00Z").unwrap(),
        status: "monitoring",
        components: Id::new("checkout")
            .filter(|_| has_components)
            .map(|id| (id, ComponentStatus::MajorOutage))
            .into_iter()
            .collect(),
        next_update: Time::parse("2026-11-02T21:00:30Z").ok().filter(|_| has_promise),
        scheduled: None,
        occurrence: None,
        body: body.to_owned(),
    })
}

/// The incident that the file tells, if it has no error.
fn incident(path: &str, text: &str) -> Option<Arc<Incident>> {
    let frame = validate::site("content/site.yaml", support::SITE.as_bytes()).frame;
    let entry = validate::incident(path, text.as_bytes(), frame.as_ref());
    entry.value.filter(|_| !has_errors(&entry.faults)).map(|record| record.incident)
}

/// Whether `new` is `old` with something put in at one place.
fn is_insertion(old: &str, new: &str) -> bool {
    let same = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let ends = (0..=same).filter(|at| old.is_char_boundary(*at));
    new.len() > old.len() && ends.into_iter().any(|at| new.as_bytes().ends_with(&old.as_bytes()[at..]))
}

/// Holds an edit to its promise; says whether there was one.
fn keeps_its_promise(path: &str, old: &str, update: &NewUpdate) -> Result<bool, TestCaseError> {
    let new = match append(path, old.as_bytes(), update) {
        Ok(new) => new,
        Err(refused) => {
            prop_assert!(!refused.reason.is_empty() && !refused.help.is_empty());
            return Ok(false);
        }
    };
    prop_assert!(is_insertion(old, &new), "{old}\n=>\n{new}");
    let Some(before) = incident(path, old) else { return Ok(true) };
    let Some(mut after) = incident(path, &new) else {
        return Err(TestCaseError::fail(format!("a broken file:\n{old}\n=>\n{new}")));
    };
    let told = Arc::make_mut(&mut after);
    let last = told.updates.pop().expect("an update");
    prop_assert_eq!(last.at, update.at);
    prop_assert_eq!(last.next_update, update.next_update);
    prop_assert_eq!(last.components.into_iter().collect::<Vec<_>>(), update.components.clone());
    prop_assert_eq!(last.body.trim(), update.body.trim());
    told.impact = before.impact;
    prop_assert_eq!(&*before, &*told, "{}\n=>\n{}", old, new);
    Ok(true)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn an_update_changes_nothing_but_what_it_adds(layout in layout(), update in update()) {
        let (path, text) = (layout.path(), layout.text());
        prop_assert!(incident(path, &text).is_some(), "the layout is sound:\n{text}");
        prop_assert!(keeps_its_promise(path, &text, &update)?, "refused:\n{text}");
    }

    #[test]
    fn a_damaged_file_is_refused_or_changed_by_the_update_alone(
        layout in layout(),
        update in update(),
        share in any::<usize>(),
        piece in prop::sample::select(vec!["\t", "\n", " ", "  ", ":", "- ", "#", "\"", "'", "|", "[", "{", "&a ", "*a", "\r", "\n---\n", "\u{2028}"]),
    ) {
        let mut text = layout.text();
        let mut at = share % (text.len() + 1);
        while !text.is_char_boundary(at) { at -= 1; }
        text.insert_str(at, piece);
        keeps_its_promise(layout.path(), &text, &update)?;
    }
}
