//! Hugo's shortcodes: `{{< name arguments >}}` and `{{% name arguments %}}`.

use std::ops::Range;

use crate::import::times::{self, Context, Frame};
use crate::time::Zone;

/// One shortcode in a text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::import) struct Shortcode<'t> {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its first word.
    pub name: &'t str,
    /// What follows, without quotes if it is a single one.
    pub argument: &'t str,
}

/// The first shortcode in `text` from byte `from` on.
pub(in crate::import) fn next(text: &str, from: usize) -> Option<Shortcode<'_>> {
    let start = from + text[from..].find("{{")?;
    let closing = match text[start + 2..].chars().next() {
        Some('<') => ">}}",
        Some('%') => "%}}",
        _ => return next(text, start + 2),
    };
    let inner = start + 3;
    let end = inner + text[inner..].find(closing)?;
    let words = text[inner..end].trim();
    let (name, argument) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let argument = argument.trim().trim_matches(['"', '\'', '`', '\u{201c}', '\u{201d}']).trim();
    Some(Shortcode { range: start..end + closing.len(), name, argument })
}

/// `text` with its shortcodes replaced by what they print: a reference by the path it leads to, a
/// time by itself. Those that mean nothing here stay and are returned.
pub(in crate::import) fn expand(
    text: &str,
    zone: Zone,
    path_of: &dyn Fn(&str) -> Option<String>,
) -> (String, Vec<String>) {
    let (mut out, mut unknown, mut done, mut from) = (String::new(), Vec::new(), 0, 0);
    while let Some(code) = next(text, from) {
        from = code.range.end;
        let new = match code.name {
            "ref" | "relref" => path_of(code.argument).unwrap_or_else(|| code.argument.to_owned()),
            "track" => printed(text, &code, zone),
            _ => {
                unknown.push(text[code.range].to_owned());
                continue;
            }
        };
        out.push_str(&text[done..code.range.start]);
        out.push_str(&new);
        done = code.range.end;
    }
    out.push_str(&text[done..]);
    (out, unknown)
}

/// A time as readers see it: in parentheses behind a sentence, as cState prints it, and bare within one.
fn printed(text: &str, code: &Shortcode<'_>, zone: Zone) -> String {
    let time = times::whole(code.argument, Context { home: Some(zone), ..Context::default() });
    let time = time.and_then(|time| time.instant(Frame::Zone(zone), None).ok());
    let said = time.map_or_else(|| code.argument.to_owned(), times::spoken);
    let before = text[..code.range.start].trim_end();
    let is_behind = before.ends_with(|c: char| !c.is_alphanumeric())
        && text[code.range.end..].trim_start_matches(' ').is_empty()
        || text[code.range.end..].starts_with('\n');
    if is_behind || time.is_none() { format!("({said})") } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_times_are_printed_and_the_rest_stays() {
        let text = "[a]({{< ref \"x.md\" >}}) {{< track \"2020-07-13 14:24:00\" >}} {{< figure src=a >}}";
        let (expanded, unknown) = expand(text, Zone::UTC, &|_| Some("/incidents/x/".to_owned()));
        assert_eq!(expanded, "[a](/incidents/x/) 2020-07-13 14:24 UTC {{< figure src=a >}}");
        assert_eq!(unknown, ["{{< figure src=a >}}"]);
    }

    #[test]
    fn both_forms_are_found() {
        let text = "a {{x}} {{< track \"2020-07-13 14:24:00\" >}} b {{% ref page %}} {{< open";
        let first = next(text, 0).unwrap();
        assert_eq!((first.name, first.argument), ("track", "2020-07-13 14:24:00"));
        let second = next(text, first.range.end).unwrap();
        assert_eq!((second.name, second.argument), ("ref", "page"));
        assert_eq!(next(text, second.range.end), None);
    }
}
