//! More items at the end of a file's list, as text: nothing else of the file changes.
//!
//! The only change is an insertion, so comments, order and form of the rest cannot be lost. Where it goes is
//! found by reading lines, which can err; so the outcome is read again, and it counts only if it says what
//! the file said before and the new items.

use super::brackets;
use super::insertion::{InsertionPoint, Refused, insertion_points};
use super::lines::Lines;
use super::list_item::ListItem;
use super::new_update::NewUpdate;
use crate::document::{Document, Node};

/// The whole file at `path` with `update` at the end of its updates.
///
/// # Errors
/// A file that cannot be read, or whose updates are written so that nothing can be added with certainty.
pub fn append(path: &str, bytes: &[u8], update: &NewUpdate) -> Result<String, Refused> {
    append_to("updates", path, bytes, std::slice::from_ref(update))
}

/// The whole file at `path` with `items` at the end of the list `key`.
///
/// # Errors
/// A file that cannot be read, or whose list is written so that nothing can be added with certainty.
pub(super) fn append_to(key: &str, path: &str, bytes: &[u8], items: &[impl ListItem]) -> Result<String, Refused> {
    let refuse = |reason: &str, help: &str| Refused::of(path, None, reason, help);
    let unreadable = || refuse("the file cannot be read", "run `candor check` and repair what it says");
    let document = Document::read(path, bytes).map_err(|_| unreadable())?;
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable())?;
    if !document.repeated_keys().is_empty() {
        return Err(refuse("a key stands there twice", "keep one of the two"));
    }
    let lines = Lines::of(path, text, document.body());
    // All of them in turn: which line belongs to a list is a guess, and only reading the outcome tells.
    let points = match insertion_points(&document, &lines, key) {
        Ok(points) => points,
        Err(refused) => {
            let mut wanted = brackets::candidates(&document, &lines, key, items);
            return wanted.find(|new| says_more(&document, new, key, items)).ok_or(refused);
        }
    };
    let mut wanted = points.into_iter().map(|point| insert(&lines, &point, items));
    wanted.find(|new| says_more(&document, new, key, items)).ok_or_else(|| {
        let help = format!("write it by hand, or lay `{key}` out as a list with one item a line");
        refuse(&format!("nothing can be added to `{key}` with certainty"), &help)
    })
}

/// The text with the items at `point`.
fn insert(lines: &Lines<'_>, point: &InsertionPoint, items: &[impl ListItem]) -> String {
    let (before, after) = lines.text.split_at(point.byte);
    let (dash, inner) = (" ".repeat(point.dash), " ".repeat(point.inner));
    let mut block: Vec<String> = point.header.iter().cloned().collect();
    for item in items {
        block.extend(point.has_gap.then(String::new));
        block.extend(item.lines(point.inner).into_iter().enumerate().map(|(index, line)| match index {
            0 => format!("{dash}-{}{line}", &inner[point.dash + 1..]),
            _ if line.is_empty() => line,
            _ => format!("{inner}{line}"),
        }));
    }
    let block = block.join(lines.ending);
    match before.is_empty() || before.ends_with('\n') {
        // With the line ends of the file, or a file of Windows would have both.
        true => format!("{before}{block}{}{after}", lines.ending),
        // The last line has no end, and so it stays.
        false => format!("{before}{}{block}{after}", lines.ending),
    }
}

/// Whether `new` is the document with the items at the end of its list `key`, and nothing else.
fn says_more(document: &Document, new: &str, key: &str, items: &[impl ListItem]) -> bool {
    let Ok(read) = Document::read(document.path(), new.as_bytes()) else { return false };
    let (Node::Map(old), Node::Map(new)) = (document.root(), read.root()) else { return false };
    let is_list = |entry: &&(String, Node)| entry.0 == key;
    let (before, after) = (old.iter().find(is_list), new.iter().find(is_list));
    let (Some((_, Node::List(after))), true) = (after, read.repeated_keys().is_empty()) else { return false };
    let before = match before {
        Some((_, Node::List(items))) => items.as_slice(),
        Some((_, Node::Null)) | None => &[],
        Some(_) => return false,
    };
    let rest = |entries: &[(String, Node)]| Node::Map(entries.iter().filter(|e| e.0 != key).cloned().collect());
    let wanted = before.iter().cloned().chain(items.iter().map(ListItem::node)).collect();
    document.body() == read.body()
        && same(&rest(old), &rest(new))
        && same(&Node::List(wanted), &Node::List(after.clone()))
}

/// Whether both mean the same: blanks around a text mean nothing anywhere.
fn same(a: &Node, b: &Node) -> bool {
    match (a, b) {
        (Node::Text(a), Node::Text(b)) => a.trim() == b.trim(),
        (Node::List(a), Node::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Node::Map(a), Node::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && same(&a.1, &b.1))
        }
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ComponentStatus, Id};
    use crate::time::Time;

    fn update() -> NewUpdate {
        NewUpdate {
            at: Time::parse("2026-03-02T16:00Z").unwrap(),
            status: "identified",
            components: vec![(Id::new("checkout").unwrap(), ComponentStatus::PartialOutage)],
            next_update: Time::parse("2026-03-02T17:00Z").ok(),
            scheduled: None,
            occurrence: None,
            body: "We know why.".to_owned(),
        }
    }

    const BLOCK: &str = "- at: 2026-03-02T16:00Z\n  status: identified\n  components: { checkout: partial_outage }\n  \
                         next_update: 2026-03-02T17:00Z\n  body: We know why.\n";

    /// The update as it stands in the file, each line indented by `blanks`.
    fn block(blanks: usize) -> String {
        BLOCK.lines().map(|line| format!("{}{line}\n", " ".repeat(blanks))).collect()
    }

    fn appended(path: &str, text: &str) -> String {
        append(path, text.as_bytes(), &update()).unwrap_or_else(|refused| panic!("{refused}\n{text}"))
    }

    const FIRST: &str = "updates:\n  - at: 2026-03-02T15:00Z\n    status: investigating\n    body: We look.\n";

    #[test]
    fn the_update_stands_last_in_its_list() {
        let new = block(2);
        for (before, after) in [
            (FIRST.to_owned(), String::new()),
            (format!("# a note\n{FIRST}"), "\n# what follows\nimpact: major # said so\n".to_owned()),
            (format!("{FIRST}    # a note on that update\n"), "# on the impact\nimpact: major\n".to_owned()),
            (format!("{FIRST}  # - at: not yet\n"), "\n\n".to_owned()),
            (FIRST.replace("We look.", "|\n      We look.\n\n      # no comment\n      More."), "\n".to_owned()),
            (FIRST.replace("We look.", ">-\n      We\n      look."), "impact: major\n".to_owned()),
            (FIRST.replace("We look.", "\"We\n      look: \\\"#\\\"\""), "impact: major\n".to_owned()),
            (FIRST.replace("updates:", "updates: # newest last"), "impact: major\n".to_owned()),
            (FIRST.replace("updates:", "\"updates\" :"), "impact: major\n".to_owned()),
            (FIRST.replace("We look.", "&text We look."), "title: *text\n".to_owned()),
        ] {
            let file = format!("{before}{after}");
            assert_eq!(appended("a.yaml", &file), format!("{before}{new}{after}"));
            let md = format!("---\n{file}---\n\n---\n- at: text\n");
            assert_eq!(appended("a.md", &md), format!("---\n{before}{new}{after}---\n\n---\n- at: text\n"));
        }
    }

    #[test]
    fn the_form_of_the_list_is_kept() {
        let flush = FIRST.replace("\n  ", "\n");
        assert_eq!(
            appended("a.yaml", &format!("{flush}impact: major\n")),
            format!("{flush}{}impact: major\n", block(0))
        );
        let wide = FIRST
            .replace("  - at", "    -   at")
            .replace("    status", "        status")
            .replace("    body", "        body");
        let new: String = block(4).replace("    - ", "    -   ").replace("\n      ", "\n        ");
        assert_eq!(appended("a.yaml", &wide), format!("{wide}{new}"));
        let crlf = FIRST.replace('\n', "\r\n");
        assert_eq!(appended("a.yaml", &crlf), format!("{crlf}{}", block(2).replace('\n', "\r\n")));
        let open = FIRST.trim_end();
        assert_eq!(appended("a.yaml", open), format!("{open}\n{}", block(2).trim_end()));
        let marked = format!("\u{feff}{FIRST}");
        assert_eq!(appended("a.yaml", &marked), format!("{marked}{}", block(2)));
        let brackets = format!("{FIRST}  - {{ at: 2026-03-02T15:30Z, status: identified, body: So. }}\n");
        assert_eq!(appended("a.yaml", &brackets), format!("{brackets}{}", block(2)));
    }

    #[test]
    fn empty_lines_between_updates_are_kept_up() {
        let second = "  - at: 2026-03-02T15:30Z\n    status: identified\n    body: |\n      We know.\n";
        let file = format!("{FIRST}\n  # the second\n{second}\nimpact: major\n");
        assert_eq!(
            appended("a.yaml", &file),
            format!("{FIRST}\n  # the second\n{second}\n{}\nimpact: major\n", block(2))
        );
    }

    #[test]
    fn a_list_that_is_not_there_yet_is_begun() {
        let file = "title: Work\ncomponents: [api]\n";
        assert_eq!(appended("a.yaml", file), format!("{file}updates:\n{}", block(2)));
        let empty = "title: Work\nupdates:\ncomponents: [api]\n";
        assert_eq!(appended("a.yaml", empty), format!("title: Work\nupdates:\n{}components: [api]\n", block(2)));
    }

    #[test]
    fn what_cannot_be_added_to_with_certainty_is_refused() {
        for (file, reason) in [
            ("updates: [{ at: x }]\n", "the list `updates` stands in brackets"),
            ("updates: []\n", "the list `updates` stands in brackets"),
            ("updates:\n  [{ at: x }]\n", "does not have one dash a line"),
            ("{ updates: [{ at: x }] }\n", "does not begin its line"),
            ("{\n  updates:\n    [{ at: x }]\n}\n", "does not have one dash a line"),
            ("updates: &all\n  - at: x\n", "an anchor, an alias or a tag"),
            ("title: a\ntitle: b\nupdates:\n  - at: x\n", "a key stands there twice"),
            ("updates: soon\n", "something follows `updates:`"),
            ("updates:\n\t- at: x\n", "the file cannot be read"),
            ("- a\n", "its keys cannot be read"),
        ] {
            let refused = append("a.yaml", file.as_bytes(), &update()).map(|text| panic!("{text}")).unwrap_err();
            assert!(refused.to_string().contains(reason), "{file}{refused}");
        }
    }
}
