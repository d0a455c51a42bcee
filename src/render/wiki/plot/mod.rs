//! A dot plot as inline SVG: a dot for each incident, over time, on a logarithmic axis of durations.
//!
//! Each dot is a link with a title. The keyboard goes past the dots, since the table beside each plot has the
//! same links and every value. Severity decides the shape of a dot, and its colour says the same again.

mod label;
pub(super) mod scale;
pub(super) mod sparkline;

use std::fmt::Write;

use crate::render::text::escape;
use crate::theme::Formatter;
use crate::time::Time;
use label::Label;
use scale::{Axis, PlottedTime};

/// One incident.
pub(super) struct Dot {
    /// Where it stands from left to right.
    pub(super) at: Time,
    /// How long it took.
    pub(super) seconds: i64,
    /// The rank of its severity, 0 for the worst.
    pub(super) rank: Option<usize>,
    /// The address of its postmortem, from the page.
    pub(super) href: String,
    /// What the pointer shows; plain text.
    pub(super) title: String,
}

/// A line at a duration.
pub(super) struct PlotLine {
    pub(super) kind: PlotLineKind,
    /// How long.
    pub(super) seconds: i64,
    /// Where the line begins; at the left end if absent.
    pub(super) from: Option<Time>,
    /// Where it ends; at the right end if absent.
    pub(super) until: Option<Time>,
    /// What stands above the line; plain text, may be empty.
    pub(super) label: String,
}

/// What a line says of its duration.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PlotLineKind {
    /// Dashed, with its label at the right end: what a duration was, or is, to stay below.
    Goal,
    /// With its label at the left end: half of the dots lie above it and half below.
    Median,
}

impl PlotLineKind {
    fn class(self) -> &'static str {
        match self {
            PlotLineKind::Goal => "goal",
            PlotLineKind::Median => "median",
        }
    }
}

/// A picture in units that are about a pixel.
#[derive(Clone, Copy)]
pub(super) struct Size {
    width: f64,
    height: f64,
    /// How many labels fit below.
    labels: usize,
}

/// The picture of a section.
pub(super) const LARGE: Size = Size { width: 560.0, height: 230.0, labels: 6 };
/// One of several beside each other.
pub(super) const SMALL: Size = Size { width: 300.0, height: 160.0, labels: 3 };

/// The room for labels left of the dots and below them, and what is left free above and to the right.
const LEFT: f64 = 62.0;
const BELOW: f64 = 26.0;
const EDGE: f64 = 12.0;

/// Half of the width of a dot.
const RADIUS: f64 = 5.5;

/// What a plot shows.
pub(super) struct Plot<'a> {
    pub(super) dots: &'a [Dot],
    pub(super) lines: &'a [PlotLine],
    pub(super) axis: Axis,
    pub(super) span: PlottedTime,
    pub(super) size: Size,
    /// The gist, for readers who do not see it; plain text.
    pub(super) label: &'a str,
}

impl Plot<'_> {
    /// The SVG element.
    pub(super) fn svg(&self, format: &Formatter<'_>) -> String {
        let Size { width, height, .. } = self.size;
        let mut svg = format!(
            "<svg class=\"plot\" viewBox=\"0 0 {width} {height}\" role=\"group\" aria-label=\"{}\"><g aria-hidden=\"true\">",
            escape(self.label)
        );
        self.grid(&mut svg, format);
        let mut labels = Vec::new();
        self.lines.iter().for_each(|line| self.line(&mut svg, line, &mut labels));
        svg += "</g>";
        for dot in self.dots {
            link(&mut svg, dot, self.x(dot.at), self.y(dot.seconds));
        }
        svg + "</svg>"
    }

    fn grid(&self, svg: &mut String, format: &Formatter<'_>) {
        let right = self.size.width - EDGE;
        for tick in self.axis.ticks() {
            let y = self.y(*tick);
            let text = escape(&format.duration(*tick));
            write(svg, format_args!("<path class=\"grid\" d=\"M{LEFT} {y:.1}H{right}\"/>"));
            write(
                svg,
                format_args!("<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{text}</text>", LEFT - 8.0, y + 4.0),
            );
        }
        for (share, label) in self.span.labels(self.size.labels, format) {
            let (x, y) = (self.across(share), self.size.height - 6.0);
            let anchor = if share > 0.9 { "end" } else { "middle" };
            write(svg, format_args!("<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>", escape(&label)));
        }
    }

    fn line(&self, svg: &mut String, line: &PlotLine, labels: &mut Vec<Label>) {
        let from = line.from.map_or(LEFT, |from| self.x(from));
        let until = line.until.map_or(self.size.width - EDGE, |until| self.x(until));
        let (y, class) = (self.y(line.seconds), line.kind.class());
        write(svg, format_args!("<path class=\"{class}\" d=\"M{from:.1} {y:.1}H{until:.1}\"/>"));
        if !line.label.is_empty() {
            let label = self.label(line, labels);
            let (x, base, anchor, text) = (label.x, label.base, label.side.anchor(), escape(&line.label));
            write(svg, format_args!("<text x=\"{x}\" y=\"{base:.1}\" text-anchor=\"{anchor}\">{text}</text>"));
            labels.push(label);
        }
    }

    fn x(&self, at: Time) -> f64 {
        self.across(self.span.place(at))
    }

    /// Dots at either end keep clear of the edge.
    fn across(&self, share: f64) -> f64 {
        LEFT + EDGE + share * (self.size.width - LEFT - 3.0 * EDGE)
    }

    fn y(&self, seconds: i64) -> f64 {
        let foot = self.size.height - BELOW - EDGE;
        foot - self.axis.place(seconds) * (foot - EDGE)
    }
}

/// A line of dots without an axis of durations, such as the incidents of one cause.
pub(super) fn row(dots: &[Dot], span: PlottedTime, label: &str) -> String {
    const WIDTH: f64 = 240.0;
    let mut svg = format!(
        "<svg class=\"plot row-plot\" viewBox=\"0 0 {WIDTH} 20\" role=\"group\" aria-label=\"{}\"><path class=\"grid\" d=\"M0 10H{WIDTH}\"/>",
        escape(label)
    );
    for dot in dots {
        link(&mut svg, dot, 9.0 + span.place(dot.at) * (WIDTH - 18.0), 10.0);
    }
    svg + "</svg>"
}

/// The shape of a severity alone, for a legend.
pub(super) fn shape(rank: Option<usize>) -> String {
    let (class, path) = form(rank);
    format!(
        "<svg class=\"key\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\"><path class=\"dot {class}\" d=\"{path}\"/></svg>"
    )
}

fn link(svg: &mut String, dot: &Dot, x: f64, y: f64) {
    let (class, path) = form(dot.rank);
    let (href, title) = (escape(&dot.href), escape(&dot.title));
    write(svg, format_args!("<a href=\"{href}\" tabindex=\"-1\" aria-label=\"{title}\"><title>{title}</title>"));
    write(svg, format_args!("<path class=\"dot {class}\" transform=\"translate({x:.1} {y:.1})\" d=\"{path}\"/></a>"));
}

/// The class and the outline of a severity: square, triangle, circle, diamond from the worst on; a ring if it
/// is unknown.
fn form(rank: Option<usize>) -> (&'static str, String) {
    let r = RADIUS;
    let round = format!("M{r} 0A{r} {r} 0 1 1 -{r} 0A{r} {r} 0 1 1 {r} 0Z");
    match rank {
        Some(0) => ("d0", format!("M-{r} -{r}H{r}V{r}H-{r}Z")),
        Some(1) => ("d1", "M0 -6.5L7 6H-7Z".to_owned()),
        Some(2) => ("d2", round),
        Some(_) => ("d3", "M0 -7.5L7.5 0L0 7.5L-7.5 0Z".to_owned()),
        None => ("dx", round),
    }
}

fn write(svg: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    _ = svg.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Messages;
    use crate::time::Zone;

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    fn dot(at: &str, seconds: i64, title: &str) -> Dot {
        Dot { at: time(at), seconds, rank: Some(0), href: "../x/index.html".to_owned(), title: title.to_owned() }
    }

    fn line(kind: PlotLineKind, seconds: i64, label: &str) -> PlotLine {
        PlotLine { kind, seconds, from: None, until: None, label: label.to_owned() }
    }

    fn plot<'a>(dots: &'a [Dot], lines: &'a [PlotLine]) -> Plot<'a> {
        Plot {
            dots,
            lines,
            axis: Axis::around([900, 4 * 3600]),
            span: PlottedTime { from: time("2026-01-15T00:00Z"), until: time("2026-03-15T00:00Z") },
            size: LARGE,
            label: "two \"incidents\"",
        }
    }

    fn svg(plot: &Plot<'_>) -> String {
        let messages = Messages::default();
        plot.svg(&Formatter { messages: &messages, zone: Zone::UTC })
    }

    #[test]
    fn dots_lie_between_foot_and_top_and_from_left_to_right() {
        let dots = [dot("2026-01-15T00:00Z", 900, "a"), dot("2026-03-15T00:00Z", 4 * 3600, "b")];
        let text = svg(&plot(&dots, &[]));
        assert!(text.contains("translate(74.0 192.0)"), "{text}");
        assert!(text.contains("translate(536.0 12.0)"), "{text}");
    }

    #[test]
    fn what_took_no_time_or_too_long_is_drawn_at_an_end() {
        let dots = [dot("2025-01-15T00:00Z", 0, "a"), dot("2027-03-15T00:00Z", i64::MAX, "b")];
        let text = svg(&plot(&dots, &[]));
        assert!(text.contains("translate(74.0 192.0)") && text.contains("translate(536.0 12.0)"), "{text}");
    }

    #[test]
    fn every_tick_has_a_line_and_a_goal_one_of_its_own() {
        let goals = [line(PlotLineKind::Goal, 3600, "goal: <1 h")];
        let text = svg(&plot(&[], &goals));
        assert_eq!(text.matches("class=\"grid\"").count(), 3);
        assert!(text.contains("<path class=\"goal\" d=\"M62.0 102.0H548.0\"/>"), "{text}");
        assert!(text.contains("goal: &lt;1 h"));
    }

    #[test]
    fn the_label_of_a_goal_keeps_clear_of_dots() {
        let goals = [line(PlotLineKind::Goal, 3600, "goal")];
        let below = svg(&plot(&[dot("2026-03-15T00:00Z", 4000, "a")], &goals));
        assert!(below.contains("y=\"116.0\" text-anchor=\"end\">goal"), "{below}");
        let above = svg(&plot(&[dot("2026-01-15T00:00Z", 4000, "a")], &goals));
        assert!(above.contains("y=\"97.0\" text-anchor=\"end\">goal"), "{above}");
    }

    #[test]
    fn the_label_of_a_goal_moves_along_its_line_where_its_end_is_full() {
        let goals = [line(PlotLineKind::Goal, 3600, "goal")];
        let full =
            ["2026-03-13T00:00Z", "2026-03-15T00:00Z"].map(|at| [2200, 3600, 6000].map(|took| dot(at, took, "a")));
        let text = svg(&plot(full.as_flattened(), &goals));
        assert!(text.contains("x=\"305\" y=\"97.0\" text-anchor=\"middle\">goal"), "{text}");
    }

    #[test]
    fn the_labels_of_two_lines_do_not_meet() {
        let lines =
            [line(PlotLineKind::Median, 3600, "median"), line(PlotLineKind::Goal, 3600, "a long goal, as wide as all")];
        let text = svg(&plot(&[], &lines));
        assert!(text.contains("y=\"97.0\" text-anchor=\"start\">median"), "{text}");
        let both =
            [line(PlotLineKind::Median, 3600, "median 1 h"), line(PlotLineKind::Median, 3600, "median 1 h, the year")];
        let text = svg(&plot(&[], &both));
        assert!(text.contains("y=\"116.0\" text-anchor=\"start\">median 1 h, the year"), "{text}");
    }

    #[test]
    fn the_median_has_a_line_of_its_own_with_its_label_at_the_left() {
        let lines = [line(PlotLineKind::Median, 3600, "median 1 h")];
        let free = svg(&plot(&[dot("2026-03-15T00:00Z", 4000, "a")], &lines));
        assert!(free.contains("<path class=\"median\" d=\"M62.0 102.0H548.0\"/>"), "{free}");
        assert!(free.contains("x=\"62\" y=\"97.0\" text-anchor=\"start\">median 1 h"), "{free}");
        let below = svg(&plot(&[dot("2026-01-15T00:00Z", 4000, "a")], &lines));
        assert!(below.contains("y=\"116.0\" text-anchor=\"start\">median"), "{below}");
    }

    #[test]
    fn the_label_of_a_goal_lies_on_no_line() {
        for seconds in [901, 950, 1000, 1100, 3000, 3400, 3599, 3700, 4000, 4300, 14_000] {
            let goals = [line(PlotLineKind::Goal, seconds, "goal")];
            let plot = plot(&[], &goals);
            let text = svg(&plot);
            let label = text.split("<text ").find(|part| part.contains(">goal<")).unwrap();
            let base: f64 = label.split("y=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
            for tick in plot.axis.ticks() {
                let y = plot.y(*tick);
                assert!(!(base - 11.0..base + 3.0).contains(&y), "{seconds}: {base} on {y}");
            }
        }
    }

    #[test]
    fn titles_and_labels_cannot_leave_their_place() {
        let dots = [dot("2026-02-01T00:00Z", 900, "<script>\"&")];
        let text = svg(&plot(&dots, &[]));
        assert!(text.contains("<title>&lt;script&gt;&quot;&amp;</title>"), "{text}");
        assert!(text.contains("aria-label=\"two &quot;incidents&quot;\"") && !text.contains("<script"));
    }

    #[test]
    fn each_severity_has_its_own_shape() {
        let shapes: std::collections::BTreeSet<String> = [Some(0), Some(1), Some(2), Some(3), None].map(shape).into();
        assert_eq!(shapes.len(), 5);
        assert_eq!(shape(Some(3)), shape(Some(9)));
    }

    #[test]
    fn a_row_has_a_dot_for_each() {
        let dots = [dot("2026-01-15T00:00Z", 900, "a"), dot("2026-03-15T00:00Z", 900, "b")];
        let span = PlottedTime::over(dots.iter().map(|dot| dot.at)).unwrap();
        let text = row(&dots, span, "disk");
        assert!(text.contains("translate(9.0 10.0)") && text.contains("translate(231.0 10.0)"), "{text}");
    }
}
