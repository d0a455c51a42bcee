//! Blanks in templates.

/// `template` with each `{name}` replaced in one pass, so that nothing that is put in is read again.
pub(super) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let (mut out, mut rest) = (String::new(), template);
    while let Some((before, after)) = rest.split_once('{') {
        out += before;
        let name = &after[..after.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(after.len())];
        match value(name).filter(|_| after[name.len()..].starts_with('}')) {
            Some(text) => {
                out += &text;
                rest = &after[name.len() + 1..];
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_in_one_pass() {
        let filled = fill("{a} {b} { c: {a} } {", |name| (name == "a").then(|| "{b}".to_owned()));
        assert_eq!(filled, "{b} {b} { c: {b} } {");
    }
}
