//! Lines that begin an update: `*Resolved* - Text`, `[Final Message] -->`, `**Update at …**`.

use crate::model::{IncidentStatus, MaintenanceStatus};

/// What the first words of an update say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// The first message.
    Initial,
    /// The cause is looked for.
    Investigating,
    /// The cause is known.
    Identified,
    /// The repair is being watched.
    Monitoring,
    /// It is over.
    Final,
    /// Work is announced.
    Scheduled,
    /// Work is under way.
    InProgress,
    /// Work is being checked.
    Verifying,
    /// News without a status.
    Update,
    /// What was learnt.
    Postmortem,
    /// Words that mean no status, or no words at all.
    Unknown,
}

impl Label {
    /// The status of an incident that it stands for.
    pub(super) fn of_incident(self) -> Option<IncidentStatus> {
        match self {
            Label::Initial | Label::Investigating => Some(IncidentStatus::Investigating),
            Label::Identified => Some(IncidentStatus::Identified),
            Label::Monitoring | Label::Verifying => Some(IncidentStatus::Monitoring),
            Label::Final => Some(IncidentStatus::Resolved),
            Label::Scheduled | Label::InProgress | Label::Update | Label::Postmortem | Label::Unknown => None,
        }
    }

    /// The status of planned work that it stands for.
    pub(super) fn of_maintenance(self) -> Option<MaintenanceStatus> {
        match self {
            Label::Scheduled => Some(MaintenanceStatus::Scheduled),
            Label::InProgress => Some(MaintenanceStatus::InProgress),
            Label::Verifying | Label::Monitoring => Some(MaintenanceStatus::Verifying),
            Label::Final => Some(MaintenanceStatus::Completed),
            Label::Initial
            | Label::Investigating
            | Label::Identified
            | Label::Update
            | Label::Postmortem
            | Label::Unknown => None,
        }
    }
}

/// A line that begins an update.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Marker<'l> {
    /// What its words mean.
    pub label: Label,
    /// Its words, where they say more than the label; else empty.
    pub words: &'l str,
    /// The text behind it, on the same line.
    pub rest: &'l str,
}

/// The marker that `line` begins with. `any_words`: the file dates its updates, so that any
/// emphasised words before a dash are a status, known or not.
pub(super) fn marker(line: &str, any_words: bool) -> Option<Marker<'_>> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    if indent > 3 {
        return None;
    }
    let line = line.trim();
    bracketed(line).or_else(|| emphasised(line, any_words))
}

/// What the first line of a text says about its status, as in `**Resolved:** text` or `*Resolved* - text`,
/// and the text without it.
pub(super) fn lead(text: &str) -> (Option<Label>, String) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let found = marker(first, false).or_else(|| colon_inside(first)).or_else(|| colon(first));
    match found.filter(|found| found.label.of_incident().is_some() || found.label.of_maintenance().is_some()) {
        Some(Marker { label, words: "", rest: behind }) => {
            (Some(label), format!("{behind}\n{rest}").trim().trim_start_matches("\\\n").to_owned())
        }
        Some(Marker { label, .. }) => (Some(label), text.to_owned()),
        None => (None, text.to_owned()),
    }
}

/// `**Resolved:** text`
fn colon_inside(line: &str) -> Option<Marker<'_>> {
    let inner = line.trim().strip_prefix("**")?;
    let (words, rest) = inner.split_once(":**")?;
    Some(Marker { label: label_of(words)?, words: notable(words), rest: rest.trim() })
}

/// `Resolved: text`
fn colon(line: &str) -> Option<Marker<'_>> {
    let (words, rest) = line.trim().split_once(": ")?;
    let is_label = words.starts_with(char::is_uppercase) && words.split_whitespace().count() <= 2;
    let label = label_of(words).filter(|_| is_label && notable(words).is_empty())?;
    Some(Marker { label, words: "", rest: rest.trim() })
}

/// The words of `[Final Message] --> text` and what stands behind them; none of a link or the definition of one.
pub(super) fn in_brackets(line: &str) -> Option<(&str, &str)> {
    let inner = line.trim_start_matches(['*', '_']).strip_prefix('[')?;
    let (words, after) = inner.split_once(']')?;
    let after = after.trim_start_matches(['*', '_']);
    let is_definition = after.strip_prefix(':').is_some_and(|rest| rest.split_whitespace().count() == 1);
    (!after.starts_with(['(', '[']) && !is_definition).then_some((words, after))
}

/// `[Final Message] --> text`
fn bracketed(line: &str) -> Option<Marker<'_>> {
    let (words, after) = in_brackets(line)?;
    let label = label_of(words)?;
    Some(Marker { label, words: notable(words), rest: behind_arrow(after) })
}

fn behind_arrow(text: &str) -> &str {
    let text = text.trim_start();
    let arrows = ["-->", "->", "=>", "\u{2192}", "\u{2013}", "\u{2014}", "- ", ":"];
    arrows.iter().find_map(|arrow| text.strip_prefix(arrow)).unwrap_or(text).trim_start()
}

/// `*Resolved* - text`, or a whole line such as `**Update at 2021-06-08 11:20 UTC**`.
fn emphasised(line: &str, any_words: bool) -> Option<Marker<'_>> {
    let stars = line.len() - line.trim_start_matches(['*', '_']).len();
    let (mark, inner) = line.split_at(stars.min(3));
    if mark.is_empty() || inner.starts_with(' ') {
        return None;
    }
    let (words, after) = inner.split_once(mark)?;
    let words = words.trim_end_matches(':');
    let label = label_of(words);
    if after.trim().is_empty() {
        let is_heading = words.split_whitespace().count() <= 10;
        return label.filter(|_| is_heading).map(|label| Marker { label, words: notable(words), rest: "" });
    }
    let rest = after.trim_start();
    let rest = ["-", "\u{2013}", "\u{2014}", ":"].iter().find_map(|dash| rest.strip_prefix(dash))?.trim_start();
    let few = words.split_whitespace().count() <= 4;
    match label {
        Some(label) => Some(Marker { label, words: notable(words), rest }),
        None => (any_words && few).then_some(Marker { label: Label::Unknown, words, rest }),
    }
}

/// What words mean, judged by the first of them.
pub(super) fn label_of(words: &str) -> Option<Label> {
    let lower = words.trim().to_lowercase();
    let mut parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let (first, second) = (parts.next()?, parts.next().unwrap_or_default());
    Some(match first {
        "final" | "closing" | "close" | "closed" | "end" | "ended" | "resolved" | "resolution" | "fixed"
        | "completed" | "complete" | "done" | "finished" | "solved" | "behoben" | "gelöst" | "erledigt"
        | "abgeschlossen" | "beendet" | "résolu" | "résolue" | "terminé" | "resuelto" | "solucionado" | "resolvido"
        | "risolto" | "opgelost" | "løst" | "löst" | "解決" | "解決済み" | "復旧" | "已解决" => {
            Label::Final
        }
        "initial" | "open" | "opening" | "opened" => Label::Initial,
        "investigating" | "investigation" | "untersuchung" | "investigando" | "enquête" | "onderzoek" | "調査中" => {
            Label::Investigating
        }
        "identified" | "identifiziert" | "identifié" | "identificado" | "identificato" | "特定" => Label::Identified,
        "monitoring" | "watching" | "beobachtung" | "überwachung" | "monitoreando" | "monitorando" | "監視中" => {
            Label::Monitoring
        }
        "scheduled" | "planned" | "geplant" | "planifié" | "programado" | "agendado" => Label::Scheduled,
        "started" | "underway" => Label::InProgress,
        "in" if second == "progress" => Label::InProgress,
        "verifying" => Label::Verifying,
        "update" | "updated" | "updates" | "edit" | "edited" | "aktualisierung" | "actualización" | "atualização"
        | "aggiornamento" | "oppdatering" | "更新" => Label::Update,
        "postmortem" | "retrospective" => Label::Postmortem,
        "post" if second == "mortem" => Label::Postmortem,
        _ => return None,
    })
}

/// The words of a marker, unless they are only the label and what it is a message of.
pub(super) fn notable(words: &str) -> &str {
    const FILLERS: [&str; 9] =
        ["message", "issue", "incident", "maintenance", "outage", "status", "progress", "mortem", "update"];
    let mut parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).skip(1);
    let is_bare = parts.all(|part| FILLERS.contains(&part.to_lowercase().as_str()));
    if is_bare { "" } else { words.trim() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(line: &str) -> Option<Label> {
        marker(line, false).map(|marker| marker.label)
    }

    #[test]
    fn the_usual_forms_are_markers() {
        for (line, expected) in [
            ("[Final Message] -->", Label::Final),
            ("[CLOSING]", Label::Final),
            ("[End of outage message]", Label::Final),
            ("[INITIAL message]", Label::Initial),
            ("[open issue]", Label::Initial),
            ("**[Update 3]** text", Label::Update),
            ("**Update at 2021-06-08 11:20 UTC**", Label::Update),
            ("*Investigating* - text", Label::Investigating),
            ("__In progress__: text", Label::InProgress),
            ("*Post-mortem* - text", Label::Postmortem),
        ] {
            assert_eq!(label(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn links_lists_and_other_words_are_no_markers() {
        for line in [
            "[Update](https://x.example/)",
            "[Closing][1]",
            "[open]: https://x.example/",
            "[NOTE] text",
            "* Update the plugins",
            "**Update** the plugins",
            "*Just began* - text",
            "    [Update]",
            "",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
        assert_eq!(marker("*Just began* - text", true).map(|marker| marker.words), Some("Just began"));
    }

    #[test]
    fn words_that_say_more_are_kept() {
        let words = |line| marker(line, false).map(|marker| (marker.words, marker.rest));
        assert_eq!(words("[Final Message] --> Done."), Some(("", "Done.")));
        assert_eq!(words("[Initial Message - Friday 22th]"), Some(("Initial Message - Friday 22th", "")));
    }
}
