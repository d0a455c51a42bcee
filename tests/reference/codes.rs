//! Every code of a fault: a table, and below it an example of each, which is a case of `tests/bad`. `candor explain`
//! prints a section of this chapter.

use std::fmt::Write as _;

use candor::diagnostic::Code;

use super::{MARK, cell};
use crate::support::{Case, SITE_FILE};

/// A longer example explains nothing.
const LONGEST: usize = 40;

/// The chapter on the codes, in Markdown.
pub fn chapter() -> String {
    let mut text = format!(
        "{MARK}# Every code\n\nA code stays with its fault for good. `candor explain C017` prints what stands here about it.\n\n\
         | code | name | what it says |\n| --- | --- | --- |\n"
    );
    for code in Code::ALL {
        text += &format!("| {} | `{}` | {} |\n", code.as_str(), code.name(), cell(code.meaning()));
    }
    let cases = Case::all();
    for code in Code::ALL {
        write!(text, "\n## {}: {}\n\n{}\n", code.as_str(), code.name(), code.meaning()).expect("a text");
        if let Some(case) = example(*code, &cases) {
            text += &shown(case);
        }
    }
    text
}

/// The shortest case in which nothing else is wrong, or else the shortest.
fn example(code: Code, cases: &[Case]) -> Option<&Case> {
    let mark = format!("[{}]:", code.as_str());
    let is_shown = |case: &&Case| case.report.contains(&mark) && lines(case) <= LONGEST && is_text(case);
    cases.iter().filter(is_shown).min_by_key(|case| (case.report.matches("]: ").count(), lines(case)))
}

fn lines(case: &Case) -> usize {
    own_files(case).map(|(_, text)| text.lines().count()).sum::<usize>() + case.report.lines().count()
}

fn is_text(case: &Case) -> bool {
    let is_plain =
        |bytes: &Vec<u8>| std::str::from_utf8(bytes).is_ok_and(|text| !text.contains(['\r', '\0', '\u{feff}']));
    case.files.values().all(is_plain)
}

/// The files of a case without the settings that all cases share.
fn own_files(case: &Case) -> impl Iterator<Item = (&String, String)> {
    let files = case.files.iter().map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).into_owned()));
    files.filter(|(path, text)| *path != SITE_FILE || text != crate::support::SITE)
}

fn shown(case: &Case) -> String {
    let mut text = String::new();
    for (path, file) in own_files(case) {
        write!(text, "\nIn `{path}`:\n\n````text\n{}\n````\n", file.trim_end()).expect("a text");
    }
    format!("{text}\nis told as\n\n````text\n{}\n````\n", case.report.trim_end())
}
