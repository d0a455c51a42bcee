//! Where the label of a line stands, so that it lies on nothing.

use super::{Dot, EDGE, LEFT, Plot, PlotLine, PlotLineKind, RADIUS};

/// About the width of a letter.
const LETTER: f64 = 6.5;

/// Where the label of a line stands.
pub(super) struct Label {
    pub(super) side: Side,
    pub(super) x: f64,
    /// The foot of its letters.
    pub(super) base: f64,
    left: f64,
    right: f64,
}

/// By which side a label hangs on its place.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Start,
    Middle,
    End,
}

impl Side {
    pub(super) fn anchor(self) -> &'static str {
        match self {
            Side::Start => "start",
            Side::Middle => "middle",
            Side::End => "end",
        }
    }
}

impl Label {
    /// From the top of the letters to their foot.
    fn height(&self) -> (f64, f64) {
        (self.base - 11.0, self.base + 3.0)
    }

    fn meets(&self, other: &Label) -> bool {
        let ((top, foot), (other_top, other_foot)) = (self.height(), other.height());
        self.left < other.right && other.left < self.right && top < other_foot && other_top < foot
    }
}

impl Plot<'_> {
    /// Where the label of a line stands: above the line, or below it; where something is in the way of both, above or
    /// below what is there, and then further along the line.
    pub(super) fn label(&self, line: &PlotLine, labels: &[Label]) -> Label {
        let (y, right) = (self.y(line.seconds), self.size.width - EDGE);
        let width = line.label.chars().count() as f64 * LETTER;
        let at = |side: Side, base: f64| {
            let (x, left) = match side {
                Side::Start => (LEFT, LEFT),
                Side::Middle => ((LEFT + right) / 2.0, (LEFT + right - width) / 2.0),
                Side::End => (right, right - width),
            };
            Label { side, x, base, left, right: left + width }
        };
        let sides = match line.kind {
            PlotLineKind::Goal => [Side::End, Side::Middle, Side::Start],
            PlotLineKind::Median => [Side::Start, Side::Middle, Side::End],
        };
        let bases = [y - 5.0, y + 14.0, y - 18.0, y + 27.0];
        let mut places = sides.into_iter().flat_map(|side| bases.map(|base| at(side, base)));
        let free = places.find(|place| !self.is_taken(line, place) && !labels.iter().any(|other| place.meets(other)));
        free.unwrap_or_else(|| at(sides[0], bases[0]))
    }

    /// Whether a dot stands, or another line runs, where the label of a line would stand.
    fn is_taken(&self, line: &PlotLine, label: &Label) -> bool {
        let (top, foot) = label.height();
        let is_dot = |dot: &Dot| {
            (label.left - RADIUS..label.right + RADIUS).contains(&self.x(dot.at))
                && (top - RADIUS..foot + RADIUS).contains(&self.y(dot.seconds))
        };
        let is_there = |seconds: i64| (top..foot).contains(&self.y(seconds));
        let is_foreign = |other: &PlotLine| other.seconds != line.seconds && is_there(other.seconds);
        self.dots.iter().any(is_dot)
            || self.axis.ticks().iter().any(|tick| is_there(*tick))
            || self.lines.iter().any(is_foreign)
    }
}
