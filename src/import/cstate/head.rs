//! The words at the beginning of a line that may mark an update: `*Resolved* - text`, `[Final message] --> text`,
//! `**Update at 11:20 UTC**`, `10:35 - text`.

use super::shortcode;
use crate::import::marker::{Label, in_brackets, label_of};
use crate::import::times::{Context, Moment, is_weekday, within};

/// How much a head proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// It marks an update.
    Whole,
    /// It does if the text has others of its kind.
    InCompany,
    /// It does if a `track` dates what follows it.
    IfDated,
}

/// Such words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UpdateHead<'l> {
    /// What its first word means.
    pub label: Option<Label>,
    /// Whether it says nothing but its label and its time.
    pub is_bare: bool,
    /// The time that it names.
    pub mark: Option<Moment>,
    /// Its words.
    pub words: &'l str,
    /// The text behind it, on the same line.
    pub rest: &'l str,
    /// How much it proves.
    pub proof: Proof,
}

/// The head of a line, if it has one.
pub(super) fn head(line: &str, context: Context) -> Option<UpdateHead<'_>> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let line = line.trim();
    if indent > 3 || line.is_empty() {
        return None;
    }
    heading(line, context)
        .or_else(|| bracketed(line, context))
        .or_else(|| emphasised(line, context))
        .or_else(|| plain(line, context))
}

/// What stands between a head and its text; `strict` leaves out what is no dash, arrow or colon.
fn behind(text: &str) -> Option<&str> {
    const DELIMITERS: [&str; 9] = ["-->", "->", "=>", "\u{2192}", "\u{2013}", "\u{2014}", "- ", ":", "-"];
    let text = text.trim_start();
    DELIMITERS.iter().find_map(|mark| text.strip_prefix(mark)).map(str::trim_start)
}

/// The words without a delimiter at their end, and whether there was one.
fn without_delimiter(words: &str) -> (&str, bool) {
    let bare = words.trim().trim_end_matches(|c: char| c.is_whitespace() || ":-\u{2013}\u{2014}>".contains(c));
    (bare, bare.len() < words.trim_end().len())
}

/// What words are, as those of a head.
fn judged(words: &str, context: Context) -> (Option<Label>, Option<Moment>, bool) {
    let (mark, range) = within(words, context).unzip();
    let rest = range.map_or_else(|| words.to_owned(), |at| format!("{} {}", &words[..at.start], &words[at.end..]));
    let label = label_of(&rest);
    let is_known = |part: &str| part.chars().all(|c| c.is_ascii_digit()) || is_filler(part) || label_of(part).is_some();
    let says = label.is_some() || mark.is_some();
    let is_bare = says && parts(&rest).all(|part| is_known(&part.to_lowercase()));
    (label, mark, is_bare)
}

fn parts(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// Words of a head that say neither a status nor a time.
fn is_filler(word: &str) -> bool {
    const FILLERS: [&str; 38] = [
        "message",
        "issue",
        "incident",
        "maintenance",
        "outage",
        "status",
        "progress",
        "post",
        "in",
        "mortem",
        "at",
        "on",
        "as",
        "of",
        "the",
        "from",
        "by",
        "um",
        "am",
        "vom",
        "uhr",
        "h",
        "hrs",
        "hours",
        "local",
        "time",
        "th",
        "st",
        "nd",
        "rd",
        "à",
        "le",
        "el",
        "a",
        "las",
        "and",
        "no",
        "nr",
    ];
    FILLERS.contains(&word) || is_weekday(word)
}

/// `## Update at 11:20 UTC`
fn heading(line: &str, context: Context) -> Option<UpdateHead<'_>> {
    let words = line.strip_prefix('#')?.trim_start_matches('#').strip_prefix(' ')?.trim();
    let (words, _) = without_delimiter(words.trim_matches(['*', '_']));
    let (label, mark, is_bare) = judged(words, context);
    let says = label.is_some() || mark.as_ref().is_some_and(|mark| mark.clock.is_some());
    (says && is_bare).then_some(UpdateHead { label, is_bare, mark, words, rest: "", proof: Proof::Whole })
}

/// `[Final message] --> text`
fn bracketed(line: &str, context: Context) -> Option<UpdateHead<'_>> {
    let (words, after) = in_brackets(line)?;
    let (label, mark, is_bare) = judged(words, context);
    let has_clock = mark.as_ref().is_some_and(|mark| mark.clock.is_some());
    let says = label.is_some() || (has_clock && is_bare);
    let rest = behind(after).unwrap_or(after.trim_start());
    says.then_some(UpdateHead { label, is_bare, mark, words, rest, proof: Proof::Whole })
}

/// `*Resolved* - text`, `*Resolved -* text`, `**10:35** Text`, or all of `**Update: text**`.
fn emphasised(line: &str, context: Context) -> Option<UpdateHead<'_>> {
    let stars = line.len() - line.trim_start_matches(['*', '_']).len();
    let (mark, inner) = line.split_at(stars.min(3));
    if mark.is_empty() || inner.starts_with(' ') {
        return None;
    }
    let (inside, after) = inner.split_once(mark)?;
    // `**Monitoring***`
    let after = after.strip_prefix(['*', '_']).unwrap_or(after);
    if after.trim().is_empty()
        && let Some(found) = plain(inside.trim(), context).filter(|found| !found.rest.is_empty())
    {
        return Some(UpdateHead { proof: Proof::Whole, ..found });
    }
    let (words, has_inner) = without_delimiter(inside);
    let delimited = behind(after).or_else(|| has_inner.then(|| after.trim_start()));
    let rest = delimited.unwrap_or(after.trim_start());
    let is_delimited = delimited.is_some() || rest.is_empty() || starts_with_track(rest);
    let (label, mark, is_bare) = judged(words, context);
    let has_clock = mark.as_ref().is_some_and(|mark| mark.clock.is_some());
    let is_short = words.split_whitespace().count() <= 4;
    let proof = match (label.is_some() || has_clock, is_bare, is_delimited) {
        (true, true, true) => Proof::Whole,
        (true, true, false) if has_clock && !rest.starts_with(char::is_lowercase) => Proof::Whole,
        (true, true, false) if has_clock || rest.starts_with(char::is_uppercase) => Proof::InCompany,
        (true, false, true) if label.is_some() && is_short && !rest.is_empty() => Proof::Whole,
        (_, false, true) if is_short && !rest.is_empty() => Proof::IfDated,
        _ => return None,
    };
    Some(UpdateHead { label, is_bare, mark, words, rest, proof })
}

/// `Update 11:20: text`, `10:35 - text`, `Resolved: text`.
fn plain(line: &str, context: Context) -> Option<UpdateHead<'_>> {
    const MOST: usize = 48;
    let end = line.char_indices().map(|(at, _)| at).take(MOST).last().unwrap_or(0);
    let mut found = None;
    for (at, c) in line[..end].char_indices() {
        let is_dash = matches!(c, '-' | '\u{2013}' | '\u{2014}') && line[..at].ends_with(' ');
        let is_colon = c == ':' && line[at + 1..].starts_with([' ', '\t']);
        if is_dash || is_colon {
            found = behind(&line[at..]).map(|rest| (&line[..at], rest));
            break;
        }
    }
    let (words, rest) = match found {
        Some((words, rest)) => (words.trim_end(), rest),
        None if line.ends_with(':') => (line.trim_end_matches(':'), ""),
        None => return bare_time(line, context),
    };
    let (label, mark, is_bare) = judged(words, context);
    let has_clock = mark.as_ref().is_some_and(|mark| mark.clock.is_some());
    let is_one_word = parts(words).filter(|part| !is_filler(&part.to_lowercase())).count() <= 2;
    let says = has_clock || (label.is_some() && is_one_word && words.starts_with(char::is_uppercase));
    (says && is_bare && !words.contains(['*', '_', '[', '{'])).then_some(UpdateHead {
        label,
        is_bare,
        mark,
        words,
        rest,
        proof: Proof::Whole,
    })
}

/// `2024-05-06 10:35 Text`
fn bare_time(line: &str, context: Context) -> Option<UpdateHead<'_>> {
    let (mark, range) = within(line, context).filter(|(mark, range)| range.start == 0 && mark.clock.is_some())?;
    let (words, rest) = line.split_at(range.end);
    let rest = rest.trim_start_matches([')', ']', ',']).trim_start();
    let is_text = rest.is_empty() || rest.starts_with(char::is_uppercase);
    is_text.then_some(UpdateHead { label: None, is_bare: true, mark: Some(mark), words, rest, proof: Proof::InCompany })
}

fn starts_with_track(text: &str) -> bool {
    shortcode::next(text, 0).is_some_and(|code| code.range.start == 0 && code.name == "track")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(line: &str) -> Option<(Option<Label>, bool, &str, Proof)> {
        let found = head(line, Context::default())?;
        Some((found.label, found.mark.is_some_and(|mark| mark.clock.is_some()), found.rest, found.proof))
    }

    #[test]
    fn the_usual_forms_are_heads() {
        use Proof::{IfDated, InCompany, Whole};
        for (line, label, has_time, rest, proof) in [
            ("[Final Message] -->", Some(Label::Final), false, "", Whole),
            ("[End of outage message]", Some(Label::Final), false, "", Whole),
            ("[open issue]", Some(Label::Initial), false, "", Whole),
            ("[10:35] Confirmed", None, true, "Confirmed", Whole),
            ("**[Update 3]** text", Some(Label::Update), false, "text", Whole),
            ("**Update at 2021-06-08 11:20 UTC**", Some(Label::Update), true, "", Whole),
            ("*Update 2020-01-01 11:40:00*: text", Some(Label::Update), true, "text", Whole),
            ("*Investigating* - text", Some(Label::Investigating), false, "text", Whole),
            ("*Resolved -* text", Some(Label::Final), false, "text", Whole),
            ("**Post Mortem:**", Some(Label::Postmortem), false, "", Whole),
            ("_Update - Every node has restarted._", Some(Label::Update), false, "Every node has restarted.", Whole),
            ("**Update: half of it is back**", Some(Label::Update), false, "half of it is back", Whole),
            ("__In progress__: text", Some(Label::InProgress), false, "text", Whole),
            ("**10:00** Seen", None, true, "Seen", Whole),
            ("**10:00** is when it began", None, true, "is when it began", InCompany),
            ("10:35 - Confirmed", None, true, "Confirmed", Whole),
            ("10:35 UTC Confirmed", None, true, "Confirmed", InCompany),
            ("Update 3:20 PM: text", Some(Label::Update), true, "text", Whole),
            ("Resolved: text", Some(Label::Final), false, "text", Whole),
            ("*Just began* - text", None, false, "text", IfDated),
            ("## Update", Some(Label::Update), false, "", Whole),
            ("**Behoben** - Alles geht.", Some(Label::Final), false, "Alles geht.", Whole),
        ] {
            assert_eq!(outline(line), Some((label, has_time, rest, proof)), "{line}");
        }
    }

    #[test]
    fn links_lists_sentences_and_other_words_are_no_heads() {
        for line in [
            "[Update](https://x.example/)",
            "[Closing][1]",
            "[open]: https://x.example/",
            "[NOTE] text",
            "* Update the plugins",
            "**Update** the plugins",
            "    [Update]",
            "All services are down since 10:00.",
            "**All services were down at 10:00**",
            "10:00 was when it began",
            "We resolved this: it works",
            "Updates of the plugins: none",
            "resolved: it works",
            "",
        ] {
            assert_eq!(outline(line), None, "{line}");
        }
    }
}
