//! Diagnostics as text for people, JSON for programs, and annotations for GitHub.

use std::borrow::Cow;
use std::collections::BTreeMap;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Place, Severity};
use crate::characters::{visible, visible_json};

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
    let list = ShownDiagnostics::of(diagnostics);
    match format {
        Format::Text { colour } => text(&list, count(diagnostics), colour),
        // Programs want names as they are, and JSON has escapes for what a terminal obeys.
        Format::Json => json_report(&list, count(diagnostics)),
        Format::Github => list.all().map(|diagnostic| github(&shown(diagnostic))).collect(),
    }
}

/// What is told of a report: a file that is no file of a site at all may have a fault in each of its characters.
struct ShownDiagnostics<'d> {
    kept: Vec<&'d Diagnostic>,
    /// For each file of which not all is told, that there is more.
    more: Vec<Diagnostic>,
}

impl<'d> ShownDiagnostics<'d> {
    /// Of each file the gravest, and of those the first, in the order of the report.
    fn of(diagnostics: &'d [Diagnostic]) -> ShownDiagnostics<'d> {
        /// More than anybody repairs before the next run.
        const MOST: usize = 50;
        let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, diagnostic) in diagnostics.iter().enumerate() {
            files.entry(diagnostic.place.as_ref().map_or("", |place| &place.path)).or_default().push(index);
        }
        let (mut kept, mut more) = (Vec::with_capacity(diagnostics.len()), Vec::new());
        for (path, mut indices) in files {
            // Stable: those of one severity stay in their order.
            indices.sort_by_key(|index| diagnostics[*index].severity);
            let left = indices.split_off(indices.len().min(MOST));
            kept.extend(indices);
            more.extend(left.first().map(|gravest| more_of(path, left.len(), diagnostics[*gravest].clone())));
        }
        kept.sort_unstable();
        ShownDiagnostics { kept: kept.into_iter().map(|index| &diagnostics[index]).collect(), more }
    }

    fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter().copied().chain(&self.more)
    }
}

/// That `count` more faults of a file, the gravest of which is this one, are not told.
fn more_of(path: &str, count: usize, gravest: Diagnostic) -> Diagnostic {
    let whose = if path.is_empty() { "of no file in particular" } else { "in this file" };
    let place = gravest.place.map(|place| Place::file(place.path));
    let help = Some("repair those that are shown, and check again".to_owned());
    Diagnostic { message: format!("{count} more {whose}, which are not shown"), place, help, ..gravest }
}

/// A diagnostic as it may be printed: without what a terminal would obey.
fn shown(diagnostic: &Diagnostic) -> Diagnostic {
    let seen = |text: &str| visible(&cut(text)).into_owned();
    // A line end in the name of a file would begin a line of the report.
    let place = |place: &Place| Place { path: seen(&place.path).replace('\n', "␊"), ..place.clone() };
    let help = diagnostic.help.as_deref().map(seen);
    Diagnostic {
        message: seen(&diagnostic.message),
        place: diagnostic.place.as_ref().map(place),
        help,
        ..diagnostic.clone()
    }
}

/// A message names what the author wrote, which may be as long as the file.
fn cut(text: &str) -> Cow<'_, str> {
    /// In characters: more than any sentence of ours has.
    const LONGEST: usize = 1000;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// The part of a line around its fault.
struct Excerpt {
    text: String,
    /// The first character of the fault in it, from 0.
    column: usize,
    is_cut: bool,
}

impl Excerpt {
    /// Not all of a long line: it would be printed once for each of its faults.
    fn of(place: &Place) -> Excerpt {
        /// In characters, and how many of them stand before the fault.
        const LONGEST: usize = 200;
        const BEFORE: usize = 60;
        let column = place.column - 1;
        // Bytes are at least as many as characters.
        if place.text.len() <= LONGEST {
            return Excerpt { text: visible(&place.text).into_owned(), column, is_cut: false };
        }
        let first = column.saturating_sub(BEFORE);
        let mut rest = place.text.chars().skip(first);
        let part: String = rest.by_ref().take(LONGEST).collect();
        let (before, after) = (if first > 0 { "…" } else { "" }, if rest.next().is_some() { "…" } else { "" });
        let text = format!("{before}{}{after}", visible(&part));
        Excerpt { text, column: column - first + before.chars().count(), is_cut: true }
    }
}

/// How many errors, warnings and notes there are.
fn count(diagnostics: &[Diagnostic]) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count())
}

fn text(list: &ShownDiagnostics<'_>, counts: [usize; 3], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // Frames of other characters are torn apart in logs, mails and fonts that lack them.
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    for diagnostic in list.all() {
        let diagnostic = shown(diagnostic);
        let excerpt = diagnostic.place.as_ref().map(Excerpt::of);
        let drawn = renderer.render(&[group(&diagnostic, excerpt.as_ref())]);
        out += with_column(drawn, diagnostic.place.as_ref(), excerpt.as_ref()).trim_end();
        out += "\n\n";
    }
    out + &summary(counts)
}

/// The report with the column of the line, where the renderer knows that of the excerpt only.
fn with_column(drawn: String, place: Option<&Place>, excerpt: Option<&Excerpt>) -> String {
    match (place, excerpt) {
        (Some(place), Some(excerpt)) if excerpt.is_cut => {
            let at = |column: usize| format!("{}:{}:{column}\n", place.path, place.line);
            drawn.replacen(&at(excerpt.column + 1), &at(place.column), 1)
        }
        _ => drawn,
    }
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

fn group<'d>(diagnostic: &'d Diagnostic, excerpt: Option<&'d Excerpt>) -> Group<'d> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(level.primary_title(&*diagnostic.message).id(diagnostic.code.as_str()));
    match (&diagnostic.place, excerpt) {
        (Some(place), Some(excerpt)) if place.line > 0 => {
            group = group.element(snippet(place, excerpt));
        }
        (Some(place), _) => group = group.element(Origin::path(&*place.path)),
        (None, _) => {}
    }
    match &diagnostic.help {
        Some(help) => group.element(Level::HELP.message(&**help)),
        None => group,
    }
}

fn snippet<'d>(place: &'d Place, excerpt: &'d Excerpt) -> Snippet<'d, annotate_snippets::Annotation<'d>> {
    let from = byte_of(&excerpt.text, excerpt.column);
    let until = byte_of(&excerpt.text, excerpt.column.saturating_add(place.length));
    Snippet::source(&*excerpt.text)
        .path(&*place.path)
        .line_start(place.line)
        .annotation(AnnotationKind::Primary.span(from..until))
}

/// The byte at which the character number `index` starts, or the end.
fn byte_of(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte)
}

fn json_report(list: &ShownDiagnostics<'_>, [errors, warnings, notes]: [usize; 3]) -> String {
    let diagnostics: Vec<Value> = list.all().map(json_one).collect();
    visible_json(&json!({ "diagnostics": diagnostics, "errors": errors, "warnings": warnings, "notes": notes }))
}

/// The line, unless it is so long that a report would be many times as large as the content.
fn line(place: &Place) -> &str {
    const LONGEST: usize = 2000;
    if place.text.len() <= LONGEST { &place.text } else { "" }
}

fn json_one(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.place.as_ref().map(|place| {
        json!({
            "path": place.path, "line": place.line, "column": place.column,
            "length": place.length, "text": line(place),
        })
    });
    json!({
        "severity": diagnostic.severity.word(),
        "code": diagnostic.code.as_str(),
        "name": diagnostic.code.name(),
        "message": cut(&diagnostic.message),
        "help": diagnostic.help.as_deref().map(cut),
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
    fn of_a_long_line_the_part_around_its_fault_is_shown() {
        let fault = |text: &str, column: usize| {
            let place = Place { path: "a.md".to_owned(), line: 7, column, length: 4, text: text.into() };
            let fault = Diagnostic::error(Code::BrokenLink, "broken").at(place);
            print(&[fault], Format::Text { colour: false })
        };
        let short = fault("a word", 3);
        assert!(
            short.contains("--> a.md:7:3\n") && short.contains("| a word\n") && short.contains("|   ^^^^\n"),
            "{short}"
        );
        let long = fault(&format!("{}håpe{}", "å word ".repeat(1000), " å".repeat(1000)), 7001);
        assert!(long.contains("--> a.md:7:7001\n") && long.contains("å word håpe å å"), "{long}");
        let [.., line, carets, _, _] = &long.lines().collect::<Vec<_>>()[..] else { panic!("{long}") };
        let column = |text: &str, part: &str| text.find(part).map(|at| text[..at].chars().count());
        assert_eq!(column(line, "håpe"), column(carets, "^^^^"), "{long}");
        assert!(line.chars().count() < 300 && column(line, "håpe").is_some(), "{long}");
    }

    #[test]
    fn of_a_file_with_very_many_faults_the_gravest_are_told_and_how_many_more_there_are() {
        let at = |path: &str, line| Place { line, ..Place::file(path) };
        let mut all: Vec<Diagnostic> = (1..=120)
            .map(|line| Diagnostic::warning(Code::RawHtml, format!("<{line}>")).at(at("a.md", line)))
            .collect();
        all.push(Diagnostic::error(Code::BrokenLink, "the error").at(at("a.md", 121)));
        all.push(Diagnostic::note(Code::Draft, "another file").at(at("b.md", 1)));
        let report = print(&all, Format::Text { colour: false });
        assert!(report.contains("the error") && report.contains("another file"), "{report}");
        assert!(report.contains("<49>") && !report.contains("<50>"), "{report}");
        assert!(report.contains("71 more in this file") && report.ends_with("1 error, 120 warnings, 1 note\n"));
        let json: Value = serde_json::from_str(&print(&all, Format::Json)).unwrap();
        assert_eq!((json["diagnostics"].as_array().unwrap().len(), &json["warnings"]), (52, &json!(120)));
        assert_eq!(print(&all, Format::Github).lines().count(), 52);
    }

    #[test]
    fn a_message_is_cut_however_long_the_text_is_that_it_names() {
        let fault = [Diagnostic::error(Code::UnknownKey, "å".repeat(100_000)).help("å".repeat(100_000))];
        for format in [Format::Text { colour: false }, Format::Json, Format::Github] {
            assert!(print(&fault, format).chars().count() < 20_000, "{format:?}");
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed() {
        let place =
            Place { path: "a\u{1b}]0;x\u{7}\n.md".to_owned(), line: 1, column: 2, length: 1, text: "a\u{9b}b".into() };
        let fault = Diagnostic::error(Code::BrokenLink, "`k\u{1b}[31m`").at(place).help("\u{202e}");
        for format in [Format::Text { colour: false }, Format::Github] {
            let text = print(std::slice::from_ref(&fault), format);
            assert!(!text.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{text:?}");
        }
    }
}
