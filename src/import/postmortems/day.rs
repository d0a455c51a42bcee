//! The day of a report.

use super::labelled::{self, LabelledText};
use super::sections::Line;
use crate::import::times::{self, Context};
use crate::time::Date;

/// The day that the text above the first section names, in a label, the title or its first lines.
pub(super) fn named(title: Option<&str>, preface: &[Line], context: Context) -> Option<Date> {
    const LABELS: [&str; 7] = ["date", "datum", "fecha", "data", "日時", "発生日", "日期"];
    const LINES: usize = 20;
    let (labels, _) = labelled::read(preface);
    let is_date = |label: &&LabelledText| LABELS.iter().any(|word| label.name.to_lowercase().contains(word));
    let labelled = || {
        labels
            .iter()
            .filter(is_date)
            .find_map(|label| label.value.iter().find_map(|line| times::first(&line.text, context)))
    };
    let titled = || title.and_then(|title| times::first(title, context));
    let lines =
        || preface.iter().take(LINES).filter(|line| !line.is_code).find_map(|line| times::first(&line.text, context));
    labelled().or_else(titled).or(context.near).or_else(lines)
}
