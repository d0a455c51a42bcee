//! Hugo's shortcodes: `{{< name arguments >}}` and `{{% name arguments %}}`.

use std::ops::Range;

use crate::import::times::{self, Context, Frame};
use crate::time::{Time, Zone};

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
/// time by itself. Those that mean nothing here stay and are returned, by their name and as they stand there.
pub(in crate::import) fn expand(
    text: &str,
    zone: Zone,
    path_of: &dyn Fn(&str) -> Option<String>,
) -> (String, Vec<(String, String)>) {
    let (mut out, mut unknown, mut done, mut from) = (String::new(), Vec::new(), 0, 0);
    while let Some(code) = next(text, from) {
        from = code.range.end;
        let new = match code.name {
            "ref" | "relref" => path_of(code.argument).unwrap_or_else(|| code.argument.to_owned()),
            _ if is_known(&code) => printed(text, &code, zone),
            _ => {
                unknown.push((code.name.to_owned(), text[code.range].to_owned()));
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

/// Whether it is known what a shortcode prints.
pub(super) fn is_known(code: &Shortcode<'_>) -> bool {
    ["ref", "relref", "track"].contains(&code.name) || holds_time(code)
}

/// Whether a time of a day is all that it is given: so sites write times by shortcodes of their own.
fn holds_time(code: &Shortcode<'_>) -> bool {
    code.argument.contains(':') && instant(code.argument, Zone::UTC).is_some()
}

fn instant(argument: &str, zone: Zone) -> Option<Time> {
    let time = times::whole(argument, Context { home: Some(zone), ..Context::default() })?;
    time.instant(Frame::Zone(zone), None).ok()
}

/// A time as readers see it: in parentheses behind a sentence, as cState prints it, and bare within one.
fn printed(text: &str, code: &Shortcode<'_>, zone: Zone) -> String {
    let time = instant(code.argument, zone);
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
        assert_eq!(unknown, [("figure".to_owned(), "{{< figure src=a >}}".to_owned())]);
    }

    #[test]
    fn a_shortcode_of_the_site_that_holds_a_time_prints_it() {
        let expanded = |text: &str| expand(text, Zone::UTC, &|_| None);
        let (text, unknown) = expanded("## Since {{< when \"2020-07-02T00:05:00+08:00\" >}} it is slow");
        assert_eq!((&*text, unknown.len()), ("## Since 2020-07-01 16:05 UTC it is slow", 0));
        // A day alone has no time, and what is no time stays.
        for code in ["{{< when 2020-07-02 >}}", "{{< version 1:2 >}}", "{{< ratio \"16:9\" >}}", "{{< when >}}"] {
            let (text, unknown) = expanded(code);
            assert_eq!((&*text, unknown.len(), &*unknown[0].1), (code, 1, code));
        }
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
