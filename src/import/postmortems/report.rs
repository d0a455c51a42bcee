//! One report: its text in Candor's sections, its figures as marks.

use std::collections::BTreeSet;

use super::dialect::{self, Links};
use super::heading::{self, Kind};
use super::labelled::{self, Label};
use super::length::{self, Length};
use super::list;
use super::marks::{self, Marks};
use super::matter::Matter;
use super::moment;
use super::people;
use super::rows;
use super::sections::{self, Line, Section};
use super::stats::{self, Stats};
use super::timeline::{self, Hints, Timeline};
use crate::time::{Time, Zone};

/// A report as it will be written.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// Its first heading, or its front matter's title.
    pub title: Option<String>,
    /// When what happened.
    pub marks: Marks,
    /// Who took part.
    pub people: Vec<String>,
    /// What contributed, one sentence each.
    pub factors: Vec<String>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// What stands above the first section.
    pub preface: String,
    /// Heading and text.
    pub sections: Vec<(String, String)>,
    /// What is kept as a comment.
    pub kept: Vec<String>,
    /// How many action items there are.
    pub actions: usize,
    /// What somebody should know, by line.
    pub findings: Vec<(usize, String)>,
    /// Headings that are called otherwise now.
    pub renamed: BTreeSet<(String, String)>,
    hints: Hints,
    timeline: Timeline,
    stats: Stats,
    data: Vec<String>,
    lengths: Vec<(usize, String, Length)>,
}

/// Reads a report. Line `first` of its file is the first one of `body`.
pub(super) fn read(matter: Matter, body: &str, first: usize, links: &Links, hints: Hints) -> Report {
    let Matter { title, summary, tags, marks, data, kept, date, findings } = matter;
    let hints = Hints { date: date.or(hints.date), ..hints };
    let mut report = Report { title, tags, marks, kept, data, findings, hints, ..Report::default() };
    if let Some(summary) = summary {
        let summary = links.convert(&summary, 1);
        report.findings.extend(summary.findings);
        report.sections.push(("Summary".to_owned(), summary.text.trim().to_owned()));
    }
    let body = links.convert(body, first);
    report.findings.extend(body.findings);
    report.kept.extend(body.comments.iter().map(|comment| format!("A comment in the source: {comment}")));
    // The links that were defined elsewhere have their targets with them by now.
    let lines = sections::lines(&body.text, first);
    report.take(lines.into_iter().filter(|line| line.is_code || !dialect::is_definition(&line.text)).collect());
    report.finish();
    report.settle(links, first);
    report
}

/// Whether a text looks like a report: it has a section or a label that reports have.
pub(super) fn is_one(body: &str) -> bool {
    let lines = sections::lines(body, 1);
    let is_known = |heading: &str| !matches!(heading::kind(heading), Kind::Other);
    let is_heading = |line: &Line| sections::heading(line).is_some_and(|(_, text)| is_known(text));
    let (labels, _) = labelled::read(&lines);
    lines.iter().any(is_heading) || labels.iter().any(|label| is_known(&label.name) || is_key_events(&label.name))
}

fn is_key_events(name: &str) -> bool {
    name.eq_ignore_ascii_case("key events")
}

impl Report {
    fn take(&mut self, lines: Vec<Line>) {
        let is_cut = |level: usize, text: &str| level <= 2 || heading::is_raised(text);
        let mut cut = sections::split(lines, &is_cut).into_iter();
        let mut preface: Vec<Line> = cut.next().map(|section| section.body).unwrap_or_default();
        let mut rest: Vec<Section> = cut.collect();
        // The first heading of the first level names the report, unless it is one of its sections.
        let is_title = |section: &Section| section.level == 1 && heading::kind(&section.heading) == Kind::Other;
        if rest.first().is_some_and(is_title) {
            let first = rest.remove(0);
            self.name(&first);
            preface.extend(first.body);
        }
        self.take_preface(&preface);
        rest.into_iter().for_each(|section| self.take_section(section));
    }

    /// A title from the front matter stays; the heading is kept if it says something else.
    fn name(&mut self, first: &Section) {
        let (heading, _) = list::plain(&first.heading);
        match &self.title {
            None => self.title = Some(heading).filter(|heading| !heading.is_empty()),
            Some(title) if !title.starts_with(&heading) => self.preface = format!("**{heading}**"),
            Some(_) => {}
        }
    }

    fn take_preface(&mut self, lines: &[Line]) {
        let (labels, others) = labelled::read(lines);
        let dated = labels.iter().find(|label| label.name.eq_ignore_ascii_case("date"));
        let date = dated.and_then(|label| label.value.iter().find_map(|line| timeline::date_in(&line.text)));
        self.hints.date = date.or(self.hints.date);
        let others = Section { body: others, ..Section::default() }.text();
        let parts = [std::mem::take(&mut self.preface), others];
        self.preface = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        labels.into_iter().for_each(|label| self.take_label(label));
    }

    fn take_label(&mut self, label: Label) {
        match label.name.to_lowercase().as_str() {
            "key events" => self.take_events(&label),
            name @ ("time to repair" | "time to resolve") => {
                let text = label.value.first().map(|line| line.text.clone()).unwrap_or_default();
                self.lengths.push((label.line, name.to_owned(), length::read(&text)));
                self.keep(label);
            }
            "date" | "authors" | "author" | "status" | "severity" | "owner" => self.keep(label),
            "context" => {
                let section = label.section();
                let timeline = timeline::read(&section, self.hints);
                match timeline.rows.is_empty() {
                    true => self.sections.push((section.heading.clone(), section.text())),
                    false => self.take_timeline(timeline),
                }
            }
            _ => self.take_section(label.section()),
        }
    }

    /// A label that has no section of its own.
    fn keep(&mut self, label: Label) {
        let text: Vec<String> = label.value.iter().map(|line| line.text.trim().to_owned()).collect();
        self.data.push(format!("- {}: {}", label.name, text.join(" ").trim()));
    }

    /// `First detected: 2021-11-05 15:40` and the like.
    fn take_events(&mut self, label: &Label) {
        const MARKS: [(&str, &str); 4] = [
            ("first detected", "detected"),
            ("incident declared", "declared"),
            ("repaired", "mitigated"),
            ("resolved", "resolved"),
        ];
        let mut is_zoneless = false;
        let (items, others) = list::items(&label.value);
        for item in &items {
            let lower = item.text.to_lowercase();
            let known =
                MARKS.iter().find(|(words, _)| lower.starts_with(words) && item.text.is_char_boundary(words.len()));
            let when = known.map(|(words, mark)| (mark, item.text[words.len()..].trim_start_matches([':', ' '])));
            let read = when.map(|(mark, text)| (mark, moment::read(text, self.hints.year, self.hints.date)));
            match read.and_then(|(mark, moment)| Some((mark, moment.time(Zone::UTC)?, moment))) {
                Some((mark, at, moment)) if moment.words.is_empty() && item.is_flat() => {
                    self.marks.set(mark, at, if moment.has_clock() { None } else { Some("day") });
                    is_zoneless |= moment.exact.is_none() && moment.zone.is_none();
                    self.note_year(item, &moment);
                }
                _ => {
                    self.findings.push((
                        item.line,
                        format!("the key event `{}` cannot be read; it was kept as text", item.text),
                    ));
                    self.data.push(format!("- {}", rows::on_one_line(&item.text, &item.below)));
                }
            }
        }
        self.data.extend(others.iter().map(|line| format!("- {}", line.text.trim())));
        if is_zoneless {
            self.findings.push((label.line, "the key events name no time zone; UTC was taken".to_owned()));
        }
    }

    fn note_year(&mut self, item: &list::Item, moment: &moment::Moment) {
        if let Some(date) = moment.date.filter(|_| moment.is_repaired) {
            let year = date.year();
            self.findings.push((item.line, format!("the year in `{}` has five digits; {year} was taken", item.text)));
        }
    }

    fn take_section(&mut self, section: Section) {
        if section.is_empty() {
            return;
        }
        let name = heading::written(&section.heading);
        if !name.eq_ignore_ascii_case(&section.heading) && name != heading::DATA {
            self.renamed.insert((section.heading.clone(), name.to_owned()));
        }
        match heading::kind(&section.heading) {
            Kind::Timeline => {
                let timeline = timeline::read(&section, self.hints);
                self.take_timeline(timeline);
            }
            Kind::Factors => self.take_factors(&section),
            Kind::Actions => {
                self.actions += list::items(&section.body).0.len();
                self.sections.push((name.to_owned(), section.text()));
            }
            Kind::People => self.take_people(&section),
            Kind::Stats => self.take_stats(&section),
            Kind::Named(heading::DATA) => self.data.push(section.text()),
            Kind::Named(_) | Kind::Other => self.sections.push((name.to_owned(), section.text())),
        }
    }

    fn take_timeline(&mut self, mut timeline: Timeline) {
        self.findings.append(&mut timeline.findings);
        self.sections.push((heading::TIMELINE.to_owned(), std::mem::take(&mut timeline.text)));
        if self.timeline.rows.is_empty() {
            self.timeline = timeline;
        }
    }

    /// The sentences become keys. The text stays as well where it is more than they are.
    fn take_factors(&mut self, section: &Section) {
        let (items, others) = list::items(&section.body);
        let texts: Vec<(String, bool)> = items.iter().map(|item| list::plain(&item.text)).collect();
        let is_flat = items.iter().all(list::Item::is_flat) && texts.iter().all(|(_, same)| *same);
        self.factors.extend(texts.into_iter().map(|(text, _)| text).filter(|text| !text.is_empty()));
        if !others.is_empty() || !is_flat || items.is_empty() {
            self.sections.push((heading::FACTORS.to_owned(), section.text()));
        }
    }

    fn take_people(&mut self, section: &Section) {
        match people::read(section) {
            Some(people) => self.people.extend(people),
            None => {
                self.findings
                    .push((section.line, format!("`{}` is no plain list; it was kept as text", section.heading)));
                self.sections.push((section.heading.clone(), section.text()));
            }
        }
    }

    fn take_stats(&mut self, section: &Section) {
        self.stats = stats::read(section);
        self.tags.extend(self.stats.category.clone());
        if self.stats.has_more {
            self.data.push(section.text());
        }
        for (line, length) in self.stats.detection.iter().chain(&self.stats.recovery) {
            if *length == Length::Words {
                self.findings.push((*line, "the stated duration cannot be read; it was kept as text".to_owned()));
            }
        }
    }

    /// Works out the marks, and writes what has no other place.
    fn finish(&mut self) {
        self.take_said();
        marks::work_out(&mut self.marks, &self.stats, &self.timeline, &mut self.findings);
        self.compare_lengths();
        let out = self.marks.settle();
        if !out.is_empty() {
            let finding = format!("`{}` would lie outside of the incident and was left out", out.join("`, `"));
            self.findings.push((1, finding));
        }
        let doubted = self.marks.doubt();
        if !doubted.is_empty() {
            let finding = format!(
                "`{}` lies more than 200 days after the mark before; please check its year",
                doubted.join("`, `")
            );
            self.findings.push((1, finding));
        }
        let stated = [&self.stats.detection, &self.stats.recovery].into_iter().flatten();
        let is_lost = (self.marks.at("started").is_none() || !out.is_empty()) && !self.stats.has_more;
        let lost = stated.filter_map(|(_, length)| match length {
            Length::Stated(stated) if is_lost => Some(format!("- Stated duration: {} minutes", stated.seconds / 60)),
            _ => None,
        });
        self.data.extend(lost.collect::<Vec<_>>());
        if !self.data.is_empty() {
            let text = std::mem::take(&mut self.data).join("\n");
            self.sections.push((heading::DATA.to_owned(), text));
        }
    }

    /// What has moved may be Markdown now where it was none before, as when it stood beside HTML.
    fn settle(&mut self, links: &Links, first: usize) {
        let sections = self.sections.iter_mut().map(|(_, text)| text);
        for text in sections.chain([&mut self.preface]) {
            *text = sections::closed(text);
            let converted = links.convert(text, first);
            if converted.text != *text {
                self.findings.extend(converted.findings.into_iter().map(|(_, finding)| (first, finding)));
                *text = converted.text;
            }
        }
    }

    /// Rows of the timeline that say what they mark.
    fn take_said(&mut self) {
        const WORDS: [(&str, &str); 4] = [
            ("outage begins", "started"),
            ("incident begins", "declared"),
            ("outage mitigated", "mitigated"),
            ("outage ends", "resolved"),
        ];
        let zone = self.timeline.zone();
        for row in self.timeline.rows.iter().filter(|row| row.moment.has_clock()) {
            let event = row.event.to_lowercase();
            for (_, mark) in WORDS.iter().filter(|(words, _)| event.contains(words)) {
                row.moment.time(zone).into_iter().for_each(|at| self.marks.set(mark, at, None));
            }
        }
    }

    /// Durations that are stated beside their marks must follow from two of them.
    fn compare_lengths(&mut self) {
        let known: Vec<Time> =
            ["started", "detected", "declared"].iter().filter_map(|mark| self.marks.at(mark)).collect();
        for (line, name, length) in &self.lengths {
            let end = self.marks.at(if name == "time to repair" { "mitigated" } else { "resolved" });
            let fits =
                |seconds: i64| end.is_some_and(|end| known.iter().any(|from| end.seconds_since(*from) == seconds));
            let is_off = match length {
                Length::Stated(stated) => !fits(stated.seconds),
                Length::Unknown => false,
                Length::Words => true,
            };
            if is_off {
                self.findings.push((
                    *line,
                    format!("the {name} that is stated does not follow from the key events; both were kept"),
                ));
            }
        }
    }
}
