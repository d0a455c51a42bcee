//! The text of an entry, cut into its updates: `::: update Resolved | 2019-02-14T04:00:00.000Z`, text, `:::`.

/// One update as it is written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct WrittenUpdate {
    /// The line of the body on which it begins, counted from 0.
    pub line: usize,
    /// What stands before the bar.
    pub title: String,
    /// What stands behind it.
    pub time: String,
    pub text: String,
    /// Whether its end is marked.
    pub is_closed: bool,
}

/// A body, cut.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BodyParts {
    /// What belongs to no update.
    pub general: String,
    /// In the order of the file.
    pub parts: Vec<WrittenUpdate>,
    /// Lines with other marks of this kind, counted from 0.
    pub others: Vec<usize>,
}

/// Cuts a body. Within code nothing is a mark.
pub(super) fn split(body: &str) -> BodyParts {
    let mut split = BodyParts::default();
    let mut open: Option<(usize, WrittenUpdate)> = None;
    let mut fence: Option<String> = None;
    for (index, line) in body.lines().enumerate() {
        let mark = if fence.is_none() { colons(line) } else { None };
        fence = fence_after(fence, line);
        match (mark, &mut open) {
            (Some((count, "")), Some((wanted, _))) if count >= *wanted => {
                let (_, part) = open.take().unwrap_or_default();
                split.parts.push(WrittenUpdate { is_closed: true, ..part });
            }
            (Some((count, words)), None) if is_update(words) => open = Some((count, begun(index, words))),
            (_, Some((_, part))) => add(&mut part.text, line),
            (mark, None) => {
                split.others.extend(mark.map(|_| index));
                add(&mut split.general, line);
            }
        }
    }
    split.parts.extend(open.map(|(_, part)| part));
    split
}

/// How many colons a line begins with, at least three, and what follows them.
fn colons(line: &str) -> Option<(usize, &str)> {
    let trimmed = line.trim();
    let rest = trimmed.trim_start_matches(':');
    let count = trimmed.len() - rest.len();
    (count >= 3 && !line.starts_with("    ")).then(|| (count, rest.trim()))
}

fn is_update(words: &str) -> bool {
    words.strip_prefix("update").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '|']))
}

fn begun(line: usize, words: &str) -> WrittenUpdate {
    let words = words["update".len()..].trim();
    let (title, time) = words.rsplit_once('|').unwrap_or((words, ""));
    WrittenUpdate { line, title: title.trim().to_owned(), time: time.trim().to_owned(), ..WrittenUpdate::default() }
}

fn add(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The fence of code that is open behind a line.
fn fence_after(open: Option<String>, line: &str) -> Option<String> {
    let trimmed = line.trim();
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'));
    let run: String = trimmed.chars().take_while(|c| Some(*c) == mark).collect();
    match open {
        Some(open) if run.len() >= open.len() && run.starts_with(&open) && run == trimmed => None,
        Some(open) => Some(open),
        None => (run.len() >= 3).then_some(run),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_are_cut_out() {
        let split = split(
            "Hello.\n\n::: update A | b | 2019\n```\n:::\n```\nx\n:::\nMore.\n::: tip\n:::\n:::: update\ny\n:::\nz\n",
        );
        assert_eq!(split.general, "Hello.\n\nMore.\n::: tip\n:::\n");
        assert_eq!(split.others, [9, 10]);
        let part = &split.parts[0];
        assert_eq!((part.line, &*part.title, &*part.time, &*part.text), (2, "A | b", "2019", "```\n:::\n```\nx\n"));
        let last = &split.parts[1];
        assert_eq!((&*last.title, &*last.text, last.is_closed), ("", "y\n:::\nz\n", false));
    }
}
