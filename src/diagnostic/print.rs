//! Diagnostics as text for people, JSON for programs, and annotations for GitHub.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Place, Severity};

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As rustc prints; coloured or not.
    Text {
        /// Whether to emit ANSI colours.
        colour: bool,
    },
    /// One JSON object: `{"diagnostics": [...], "errors": n, "warnings": n, "notes": n}`.
    Json,
    /// Workflow commands that GitHub shows as annotations of a pull request.
    Github,
}

/// The whole report, ending in a line feed unless it is empty.
pub fn print(diagnostics: &[Diagnostic], format: Format) -> String {
    match format {
        Format::Text { colour } => text(diagnostics, colour),
        Format::Json => json_report(diagnostics),
        Format::Github => diagnostics.iter().map(github).collect(),
    }
}

/// How many errors, warnings and notes there are.
fn count(diagnostics: &[Diagnostic]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count())
}

fn text(diagnostics: &[Diagnostic], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // Frames of other characters are torn apart in logs, mails and fonts that lack them.
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out += renderer.render(&[group(diagnostic)]).trim_end();
        out += "\n\n";
    }
    out + &summary(count(diagnostics))
}

fn summary([errors, warnings, notes]: [usize; 3]) -> String {
    let some = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts = [some(errors, "error"), some(warnings, "warning"), some(notes, "note")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { parts.join(", ") + "\n" }
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&*diagnostic.message).id(diagnostic.code.as_str()));
    match &diagnostic.place {
        Some(place) if place.line > 0 && excerpt(place).is_none() => {
            let origin = Origin::path(&*place.path).line(place.line).char_column(place.column);
            group = group.element(origin);
        }
        Some(place) if place.line > 0 => group = group.element(snippet(place)),
        Some(place) => group = group.element(Origin::path(&*place.path)),
        None => {}
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(&**help)),
        None => group,
    }
}

/// The line of a fault, unless it is so long that nobody can read it: it would be printed once for each of its faults.
fn excerpt(place: &Place) -> Option<&str> {
    const LONGEST: usize = 2000;
    (place.text.len() <= LONGEST).then_some(&*place.text)
}

fn snippet(place: &Place) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    let from = byte_of(&place.text, place.column - 1);
    let until = byte_of(&place.text, place.column - 1 + place.length);
    Snippet::source(&*place.text)
        .path(&*place.path)
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(from..until))
}

/// The byte at which the character number `index` starts, or the end.
fn byte_of(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
}

fn json_report(diagnostics: &[Diagnostic]) -> String {
    let [errors, warnings, notes] = count(diagnostics);
    let list: Vec<Value> = diagnostics.iter().map(json_one).collect();
    format!("{:#}\n", json!({ "diagnostics": list, "errors": errors, "warnings": warnings, "notes": notes }))
}

fn json_one(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref().map(|place| {
        json!({
            "path": place.path, "line": place.line, "column": place.column,
            "length": place.length, "text": excerpt(place).unwrap_or_default(),
        })
    });
    json!({
        "severity": diagnostic.severity.word(),
        "code": diagnostic.code.as_str(),
        "name": diagnostic.code.name(),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "place": place,
    })
}

/// `::error file=…,line=…,col=…,title=…::message`
/// (docs.github.com, "Workflow commands for GitHub Actions").
fn github(diagnostic: &Diagnostic) -> String {
    let mut properties = Vec::new();
    if let Some(place) = &diagnostic.place {
        properties.push(format!("file={}", property(&place.path)));
        if place.line > 0 {
            properties.push(format!("line={},col={}", place.line, place.column));
            properties.push(format!("endColumn={}", place.column + place.length));
        }
    }
    properties.push(format!("title={} {}", diagnostic.code.as_str(), diagnostic.code.name()));
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let message = data(&format!("{}{help}", diagnostic.message));
    let command = match diagnostic.severity {
        Severity::Note => "notice",
        severity => severity.word(),
    };
    format!("::{command} {}::{message}\n", properties.join(","))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn a_line_that_nobody_can_read_is_named_and_not_shown() {
        let fault = |text: &str| {
            let place = Place { path: "a.md".to_owned(), line: 7, column: 3, length: 4, text: text.into() };
            let fault = Diagnostic::error(Code::BrokenLink, "broken").at(place);
            print(&[fault], Format::Text { colour: false })
        };
        assert!(fault("a word").contains("--> a.md:7:3") && fault("a word").contains("| a word"));
        let long = fault(&"a word ".repeat(1000));
        assert!(long.contains("--> a.md:7:3") && !long.contains("a word"), "{long}");
    }
}
