//! `candor explain`

use clap::Args;

use super::{CannotRun, Outcome, print};
use crate::diagnostic::Code;

/// The chapter of the book on all codes, which a test makes of the faults that the program finds.
const CHAPTER: &str = include_str!("../../docs/src/reference/codes.md");

/// What stands around an example there.
const FENCE: &str = "````";

/// Say what the code of a fault means, with an example.
#[derive(Args)]
#[command(after_help = "Examples:\n  candor explain C017\n  candor explain duplicate-id")]
pub(super) struct Explain {
    /// The code, or its name
    #[arg(value_name = "CODE", value_parser = parse)]
    code: Code,
}

fn parse(word: &str) -> Result<Code, String> {
    let is_meant = |code: &&Code| code.as_str().eq_ignore_ascii_case(word) || code.name() == word;
    let found = Code::ALL.iter().find(is_meant).copied();
    found.ok_or_else(|| "there is no such code; `candor check` prints them in brackets, such as `C017`".to_owned())
}

impl Explain {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        print::give(&section(self.code));
        Ok(Outcome::Fine)
    }
}

/// What the chapter says of a code, for a terminal: examples are indented instead of fenced.
fn section(code: Code) -> String {
    let heading = format!("## {}: {}", code.as_str(), code.name());
    let (mut text, mut is_example) = (format!("{}: {}\n", code.as_str(), code.name()), false);
    for line in CHAPTER.lines().skip_while(|line| *line != heading).skip(1) {
        match line {
            line if line.starts_with(FENCE) => is_example = !is_example,
            line if is_example && !line.is_empty() => text += &format!("    {line}\n"),
            line if line.starts_with("## ") => break,
            line => text += &format!("{line}\n"),
        }
    }
    text.trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_by_its_own_section() {
        for code in Code::ALL {
            let text = section(*code);
            assert!(text.contains(code.meaning()), "{}", code.as_str());
            assert_eq!(text.matches("is told as").count().max(1), 1, "{text}");
        }
        assert_eq!(parse("c017").map(Code::as_str), Ok("C017"));
        assert_eq!(parse("duplicate-id").map(Code::as_str), Ok("C018"));
        assert!(parse("C9").is_err());
    }
}
