//! Who took part: names or initials, in every separation.

use super::list;
use super::sections::SourceSection;

/// The longest name.
const LONGEST: usize = 40;

/// The names in a section; none if it holds anything else.
pub(super) fn read(section: &SourceSection) -> Option<Vec<String>> {
    let (items, others) = list::items(&section.body);
    if !items.iter().all(list::Item::is_flat) {
        return None;
    }
    let texts = items.iter().map(|item| item.text.as_str()).chain(others.iter().map(|line| line.text.trim()));
    let mut names = Vec::new();
    for text in texts {
        let initials = text.split_whitespace().all(|word| is_initials(word.trim_end_matches(',')));
        let parts: Vec<&str> =
            if initials { text.split([',', ' ']).collect() } else { text.split([',', ';']).collect() };
        names.extend(parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()));
    }
    names.iter().all(|name| is_name(name)).then_some(names)
}

fn is_initials(word: &str) -> bool {
    (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A few words without marks.
fn is_name(text: &str) -> bool {
    let is_plain = text.chars().all(|c| c.is_alphanumeric() || " .-'@_".contains(c));
    is_plain && text.chars().count() <= LONGEST && text.split_whitespace().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_in_lists_and_lines() {
        let read = |text| read(&SourceSection::made("Attendees", 1, text)).map(|names| names.join("|"));
        assert_eq!(read("- RF, PW, RR\n").as_deref(), Some("RF|PW|RR"));
        assert_eq!(read("- EC RF SD").as_deref(), Some("EC|RF|SD"));
        assert_eq!(read("- rifis\n- wicar\n").as_deref(), Some("rifis|wicar"));
        assert_eq!(read("SC, SD").as_deref(), Some("SC|SD"));
        assert_eq!(read("- Anna Berg, on call").as_deref(), Some("Anna Berg|on call"));
        assert_eq!(read("- see [the list](x)"), None);
    }
}
