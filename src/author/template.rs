//! Templates of updates: those in the program, and how their blanks are filled in.

use std::collections::BTreeMap;

use super::fill::fill;
use crate::model::{Blank, Vocabulary};

/// The templates in the program, by path and text; a site's own of the same name stand before them.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("content/templates/identified.md", include_str!("starter/templates/identified.md")),
    ("content/templates/investigating.md", include_str!("starter/templates/investigating.md")),
    ("content/templates/maintenance-completed.md", include_str!("starter/templates/maintenance-completed.md")),
    ("content/templates/maintenance-scheduled.md", include_str!("starter/templates/maintenance-scheduled.md")),
    ("content/templates/maintenance-started.md", include_str!("starter/templates/maintenance-started.md")),
    ("content/templates/monitoring.md", include_str!("starter/templates/monitoring.md")),
    ("content/templates/resolved.md", include_str!("starter/templates/resolved.md")),
    ("content/templates/security.md", include_str!("starter/templates/security.md")),
    ("content/templates/third-party.md", include_str!("starter/templates/third-party.md")),
];

/// What is known of the blanks.
pub type Values = BTreeMap<Blank, String>;

/// `body` with what is known; other blanks stay. A sentence that is left empty leaves no gap.
pub fn fill_in(body: &str, values: &Values) -> String {
    // With one of the blanks around it, or two would stand where a sentence was left out.
    let empty = values.iter().filter(|(_, value)| value.is_empty());
    let body = empty.fold(body.to_owned(), |body, (blank, _)| {
        let blank = format!("{{{}}}", blank.word());
        body.replace(&format!("{blank} "), "").replace(&format!(" {blank}"), "").replace(&blank, "")
    });
    let filled = fill(&body, |name| values.get(&Blank::from_word(name)?).cloned());
    if filled == body { filled } else { reflowed(&filled) }
}

/// Paragraphs broken anew, since what was filled in is longer or shorter than its blank. Lists, tables and the
/// like stay as they are, and so do paragraphs in which a line ends on purpose.
fn reflowed(text: &str) -> String {
    let is_prose = |line: &str| line.starts_with(char::is_alphabetic) && !line.ends_with("  ") && !line.ends_with('\\');
    let paragraph = |text: &str| match text.lines().all(is_prose) {
        true => broken(text),
        false => text.to_owned(),
    };
    text.split("\n\n").map(paragraph).collect::<Vec<_>>().join("\n\n")
}

/// The words of `text` in lines of at most so many characters, where words allow.
fn broken(text: &str) -> String {
    const WIDTH: usize = 108;
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        line += if line.is_empty() { "" } else { " " };
        line += word;
    }
    lines.push(line);
    lines.join("\n")
}

/// The blanks that stand in `body`, each once, in its order.
pub fn blanks(body: &str) -> Vec<Blank> {
    let places = Blank::ALL.iter().filter_map(|blank| Some((body.find(&format!("{{{}}}", blank.word()))?, *blank)));
    let mut found: Vec<(usize, Blank)> = places.collect();
    found.sort();
    found.into_iter().map(|(_, blank)| blank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_stays_a_blank() {
        let values = Values::from([(Blank::Component, "Checkout".to_owned())]);
        let filled = fill_in("{component}: {symptom} {unknown} {component}", &values);
        assert_eq!(filled, "Checkout: {symptom} {unknown} Checkout");
        let empty = Values::from([(Blank::Symptom, String::new()), (Blank::Data, String::new())]);
        assert_eq!(fill_in("It is. {symptom} We look. {data}", &empty), "It is. We look.");
        assert_eq!(blanks("{symptom} by {next_update}, {symptom}"), [Blank::Symptom, Blank::NextUpdate]);
    }

    #[test]
    fn paragraphs_are_broken_anew_and_lists_are_not() {
        let values = Values::from([(Blank::Symptom, "word ".repeat(30).trim_end().to_owned())]);
        let filled = fill_in("So: {symptom}\nand more.\n\n- a\n- b", &values);
        let lines: Vec<usize> = filled.lines().map(|line| line.chars().count()).collect();
        assert_eq!(lines, [108, 54, 0, 3, 3], "{filled}");
        assert_eq!(fill_in("As\nit stands", &values), "As\nit stands");
    }

    #[test]
    fn every_status_but_verifying_has_a_template_in_the_program() {
        for word in ["investigating", "identified", "monitoring", "resolved", "scheduled", "in_progress", "completed"] {
            let line = format!("\nstatus: {word}\n");
            assert!(TEMPLATES.iter().any(|(_, text)| text.contains(&line)), "{word}");
        }
    }
}
