//! One postmortem: its text as it stood, in its order, with the sections that Candor knows marked as such, its timeline
//! as a table, and its figures as marks.

use super::day;
use super::dialect::{CollectionLinks, Converted};
use super::events;
use super::front_matter::PostmortemFrontMatter;
use super::heading::{self, HeadingMeaning, Headings};
use super::labelled::{self, LabelledText};
use super::length::{self, Length};
use super::list;
use super::marks::{self, SourceMarks};
use super::people;
use super::sections::{self, Line, SourceSection};
use super::stats::{self, Stats};
use super::timeline::{self, Timeline};
use crate::import::history::write::source_comment;
use crate::import::times::{Context, Word};
use crate::model::SectionKind;
use crate::time::{Time, Zone};

/// A postmortem as it will be written.
#[derive(Debug, Default)]
pub(super) struct Postmortem {
    /// Its first heading, or its front matter's title.
    pub title: Option<String>,
    /// When what happened.
    pub marks: SourceMarks,
    /// Who took part.
    pub people: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Its text, piece by piece, each with the section that it begins, if it begins one.
    pub parts: Vec<SourcePart>,
    /// What is kept as a comment.
    pub kept: Vec<String>,
    /// How many action items there are.
    pub actions: usize,
    /// What somebody should know, by line.
    pub findings: Vec<(usize, String)>,
    /// Times of the front matter that became marks, each as its line stood.
    said: Vec<(&'static str, String)>,
    /// The heading that became the title, as written.
    pub named_by: Option<String>,
    context: Context,
    /// The zone that it names for its first mark.
    zone: Option<Word>,
    timeline: Timeline,
    stats: Stats,
    lengths: Vec<(usize, String, Length)>,
}

/// A piece of a postmortem's text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct SourcePart {
    /// Its heading; empty for what stands above the first one.
    pub heading: String,
    /// What stands below it.
    pub text: String,
}

/// What a postmortem is read with.
pub(super) struct Reading<'r> {
    /// Where everything of the collection stands now.
    pub links: &'r CollectionLinks,
    /// Headings of the user's own.
    pub headings: &'r Headings,
    /// What is known of its times.
    pub context: Context,
    /// Whether its timelines stay as they are written.
    pub is_plain: bool,
}

/// Reads a postmortem, the file at `path`. Line `first` of it is the first one of `body`.
pub(super) fn read(
    front_matter: PostmortemFrontMatter,
    path: &str,
    body: &str,
    first: usize,
    reading: &Reading<'_>,
) -> Postmortem {
    let PostmortemFrontMatter { title, summary, tags, marks, data, kept, date, findings, said, .. } = front_matter;
    let mut context = reading.context;
    context.near = date.or(context.near);
    let mut postmortem = Postmortem { title, tags, marks, kept, findings, said, context, ..Postmortem::default() };
    let Converted { text, findings, comments } = reading.links.convert(body, path, first);
    postmortem.findings.extend(findings);
    postmortem.kept.extend(comments.iter().map(|comment| source_comment(comment)));
    postmortem.take(sections::lines(&text, first), reading);
    if let Some(summary) = summary {
        let summary = reading.links.convert(&summary, path, 1);
        postmortem.findings.extend(summary.findings);
        let at = usize::from(postmortem.parts.first().is_some_and(|part| part.heading.is_empty()));
        postmortem.parts.insert(at, SourcePart { heading: "Summary".to_owned(), text: summary.text.trim().to_owned() });
    }
    if !data.is_empty() {
        postmortem
            .parts
            .push(SourcePart { heading: heading::name(SectionKind::SupportingData), text: data.join("\n") });
    }
    postmortem.finish();
    postmortem.settle(path, first, reading.links);
    postmortem
}

/// Whether a text has a section or a label that postmortems have.
pub(super) fn is_one(body: &str, headings: &Headings) -> bool {
    let lines = sections::lines(body, 1);
    let is_known = |heading: &str| headings.kind(heading) != HeadingMeaning::Other;
    let is_heading = |line: &Line| sections::heading(line).is_some_and(|(_, text)| is_known(text));
    let (labels, _) = labelled::read(&lines);
    lines.iter().any(is_heading) || labels.iter().any(|label| is_known(&label.name))
}

impl Postmortem {
    fn take(&mut self, lines: Vec<Line>, reading: &Reading<'_>) {
        let headings = reading.headings;
        let level = top_level(&lines, headings);
        let is_cut = |found: usize, text: &str| found <= level || heading::is_raised(headings.kind(text));
        let mut cut = sections::split(lines, &is_cut).into_iter();
        let mut preface: Vec<Line> = cut.next().map(|section| section.body).unwrap_or_default();
        let mut rest: Vec<SourceSection> = cut.collect();
        if rest.first().is_some_and(|first| self.is_title(first, headings)) {
            let first = rest.remove(0);
            self.named_by = Some(first.heading.clone());
            self.title =
                self.title.take().or_else(|| Some(list::plain(&first.heading).0).filter(|title| !title.is_empty()));
            preface.extend(first.body);
        }
        self.context.near = day::named(self.title.as_deref(), &preface, self.context);
        self.take_preface(&preface, rest.is_empty(), reading);
        rest.into_iter().for_each(|section| self.take_section(section, reading));
    }

    /// Whether the first heading names the postmortem: it is of the first level, no section of postmortems, and says what
    /// the front matter says, if that has a title.
    fn is_title(&self, first: &SourceSection, headings: &Headings) -> bool {
        let plain = list::plain(&first.heading).0;
        let is_name = first.level == 1 && headings.kind(&first.heading) == HeadingMeaning::Other;
        is_name && self.title.as_ref().is_none_or(|title| title.starts_with(&plain))
    }

    /// Labels are the sections of a postmortem that has no headings.
    fn take_preface(&mut self, lines: &[Line], is_all: bool, reading: &Reading<'_>) {
        let (labels, above) = labelled::read(lines);
        let kind = |label: &LabelledText| reading.headings.kind(&label.name);
        self.findings.extend(events::bare(&above, self.context, &mut self.marks, &mut self.zone));
        let is_labelled = is_all && labels.iter().any(|label| kind(label) != HeadingMeaning::Other);
        self.parts.push(SourcePart {
            text: SourceSection { body: above, ..SourceSection::default() }.text(),
            ..SourcePart::default()
        });
        if !is_labelled {
            return self.take_paragraphs(labels, reading);
        }
        for label in labels {
            self.take_label(label, reading);
        }
        self.parts.retain(|part| !part.text.is_empty() || !part.heading.is_empty());
    }

    /// Labels above headings: a paragraph under the label of a section is one, a line among others is not.
    fn take_paragraphs(&mut self, labels: Vec<LabelledText>, reading: &Reading<'_>) {
        let is_apart = |label: &LabelledText| label.raw.last().is_none_or(|line| line.text.trim().is_empty());
        let (mut before, count) = (true, labels.len());
        for (at, label) in labels.into_iter().enumerate() {
            let is_end = is_apart(&label);
            let is_known = matches!(reading.headings.kind(&label.name), HeadingMeaning::Section(_));
            let is_item = label
                .raw
                .first()
                .is_some_and(|line| line.text.starts_with(['-', '*', '+']) && !line.text.starts_with("**"));
            if is_known && !is_item && before && (is_end || at + 1 == count) {
                self.take_section(label.section(), reading);
            } else {
                self.look_at(&label, reading);
                let text = SourceSection { body: label.raw, ..SourceSection::default() }.text();
                self.go_on(&text, if before { "\n\n" } else { "\n" });
            }
            before = is_end;
        }
        self.parts.retain(|part| !part.text.is_empty() || !part.heading.is_empty());
    }

    /// What a label says that stays where it is.
    fn look_at(&mut self, label: &LabelledText, reading: &Reading<'_>) {
        let name = label.name.to_lowercase();
        if reading.headings.kind(&label.name) == HeadingMeaning::Events {
            self.findings.extend(events::read(label, self.context, &mut self.marks));
        } else if name == "time to repair" || name == "time to resolve" {
            let text = label.value.first().map(|line| line.text.clone()).unwrap_or_default();
            self.lengths.push((label.line, name, length::read(&text)));
        } else {
            self.findings.extend(events::single(label, self.context, &mut self.marks, &mut self.zone));
        }
    }

    fn take_label(&mut self, label: LabelledText, reading: &Reading<'_>) {
        const PLAIN: [&str; 8] =
            ["date", "authors", "author", "status", "severity", "owner", "time to repair", "time to resolve"];
        self.look_at(&label, reading);
        let name = label.name.to_lowercase();
        if PLAIN.contains(&name.as_str()) {
            return self.go_on(&SourceSection { body: label.raw, ..SourceSection::default() }.text(), "\n\n");
        }
        if reading.headings.kind(&label.name) == HeadingMeaning::Events {
            let heading = format!("{} ({})", heading::name(SectionKind::SupportingData), label.name);
            return self.parts.push(SourcePart { heading, text: label.section().text() });
        }
        let section = label.section();
        if name == "context" {
            let found = timeline::read(&section, self.context, self.zone.as_ref());
            if !found.rows.is_empty() {
                let heading = format!("{} ({})", heading::name(SectionKind::Timeline), section.heading);
                return self.take_timeline(heading, &section, found, reading);
            }
        }
        self.take_section(section, reading);
    }

    /// More of the piece before.
    fn go_on(&mut self, text: &str, between: &str) {
        match self.parts.last_mut() {
            Some(part) if !part.text.is_empty() => part.text = format!("{}{between}{text}", part.text),
            Some(part) => part.text = text.to_owned(),
            None => self.parts.push(SourcePart { text: text.to_owned(), ..SourcePart::default() }),
        }
    }

    fn note(&mut self, line: usize, finding: String) {
        self.findings.push((line, finding));
    }

    fn take_section(&mut self, section: SourceSection, reading: &Reading<'_>) {
        let kind = reading.headings.kind(&section.heading);
        let heading = reading.headings.written(&section.heading);
        match kind {
            HeadingMeaning::Section(SectionKind::Timeline) => {
                let found = timeline::read(&section, self.context, self.zone.as_ref());
                return self.take_timeline(heading, &section, found, reading);
            }
            HeadingMeaning::Section(SectionKind::Actions) => self.actions += list::items(&section.body).0.len(),
            HeadingMeaning::People => match people::read(&section) {
                Some(people) => self.people.extend(people),
                None => self
                    .note(section.line, format!("`{}` is no plain list; it stays in the text alone", section.heading)),
            },
            HeadingMeaning::Stats => self.take_stats(&section),
            HeadingMeaning::Events | HeadingMeaning::Section(_) | HeadingMeaning::Other => {
                let (labels, others) = labelled::read(&section.body);
                for label in labels {
                    self.findings.extend(events::single(&label, self.context, &mut self.marks, &mut self.zone));
                }
                self.findings.extend(events::bare(&others, self.context, &mut self.marks, &mut self.zone));
            }
        }
        self.parts.push(SourcePart { heading, text: section.text() });
    }

    fn take_timeline(
        &mut self,
        heading: String,
        section: &SourceSection,
        mut timeline: Timeline,
        reading: &Reading<'_>,
    ) {
        let text = if reading.is_plain { section.text() } else { std::mem::take(&mut timeline.text) };
        if !section.is_empty() {
            self.findings.append(&mut timeline.findings);
        }
        self.parts.push(SourcePart { heading, text });
        if self.timeline.rows.is_empty() {
            self.timeline = timeline;
        }
    }

    fn take_stats(&mut self, section: &SourceSection) {
        self.stats = stats::read(section);
        self.tags.extend(self.stats.category.clone());
        let lengths: Vec<usize> = self
            .stats
            .detection
            .iter()
            .chain(&self.stats.recovery)
            .filter(|(_, length)| *length == Length::Words)
            .map(|(line, _)| *line)
            .collect();
        for line in lengths {
            self.note(line, "the stated duration cannot be read; it stays in the text".to_owned());
        }
    }

    /// Works out the marks.
    fn finish(&mut self) {
        for (mark, at) in marks::said(&self.timeline) {
            self.marks.set(mark, at, None);
        }
        marks::work_out(&mut self.marks, &self.stats, &self.timeline, &mut self.findings);
        self.compare_lengths();
        let torn = self.marks.is_torn();
        let out = self.marks.settle();
        // A second line for the same mark, or one that was left out, is said nowhere else.
        let is_told = |said: &&(&str, String)| {
            let first = self.said.iter().find(|(mark, _)| *mark == said.0);
            !out.contains(&said.0) && first == Some(*said)
        };
        self.kept.extend(self.said.iter().filter(|said| !is_told(said)).map(|(_, line)| line.clone()));
        if let Some((started, resolved)) = torn {
            let finding = format!(
                "the end, {}, lies before the beginning, {}: which of them is right? The end was left out",
                resolved.rfc3339_minutes(),
                started.rfc3339_minutes()
            );
            self.note(1, finding);
        } else if !out.is_empty() {
            self.note(1, format!("`{}` would lie outside of the incident and was left out", out.join("`, `")));
        }
        let doubted = self.marks.doubt();
        if !doubted.is_empty() {
            let marks = doubted.join("`, `");
            self.note(1, format!("`{marks}` lies more than 200 days after the mark before; please check its year"));
        }
    }

    /// What has moved may be Markdown now where it was none before, as when it stood beside HTML.
    fn settle(&mut self, path: &str, first: usize, links: &CollectionLinks) {
        for part in &mut self.parts {
            part.text = sections::closed(&part.text);
            let converted = links.convert(&part.text, path, first);
            if converted.text != part.text {
                self.findings.extend(converted.findings.into_iter().map(|(_, finding)| (first, finding)));
                part.text = converted.text;
            }
        }
    }

    /// Durations that are stated beside their marks must follow from two of them.
    fn compare_lengths(&mut self) {
        let known: Vec<Time> =
            ["started", "detected", "declared"].iter().filter_map(|mark| self.marks.at(mark)).collect();
        let mut off = Vec::new();
        for (line, name, length) in &self.lengths {
            // What was resolved at once was repaired then.
            let repaired = self.marks.at("mitigated").filter(|_| name == "time to repair");
            let end = repaired.or(self.marks.at("resolved"));
            let fits =
                |seconds: i64| end.is_some_and(|end| known.iter().any(|from| end.seconds_since(*from) == seconds));
            let is_off = match length {
                Length::Stated(stated) => !fits(stated.seconds),
                Length::Unknown => false,
                Length::Words => true,
            };
            if is_off {
                off.push((
                    *line,
                    format!("the {name} that is stated does not follow from the key events; both were kept"),
                ));
            }
        }
        self.findings.extend(off);
    }

    /// The body of the file.
    pub fn body(&self) -> String {
        let part = |part: &SourcePart| match part.heading.is_empty() {
            true => part.text.clone(),
            false => format!("## {}\n\n{}", part.heading, part.text).trim_end().to_owned(),
        };
        self.parts.iter().map(part).collect::<Vec<_>>().join("\n\n")
    }

    /// The year that its marks tell.
    pub fn year(&self) -> Option<i32> {
        self.marks.first().map(|at| Zone::UTC.date(at).year()).or(self.context.near.map(|date| date.year()))
    }
}

/// Down to which level headings part a postmortem: the second, or a deeper one where all sections are deeper.
fn top_level(lines: &[Line], headings: &Headings) -> usize {
    let levels = lines.iter().filter_map(sections::heading);
    let known: Vec<usize> =
        levels.filter(|(_, text)| headings.kind(text) != HeadingMeaning::Other).map(|(level, _)| level).collect();
    let is_title_only = lines.iter().filter_map(sections::heading).filter(|(level, _)| *level <= 2).count() <= 1;
    known.into_iter().min().filter(|level| *level > 2 && is_title_only).unwrap_or(2)
}
