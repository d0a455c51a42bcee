//! `--deny`: advice that is to fail, for those who want it.

use clap::Args;

use crate::diagnostic::{Code, did_you_mean};

/// Codes whose findings count as errors.
#[derive(Args)]
pub(super) struct Deny {
    /// Treat these warnings and notes as errors, such as `BL001,BL007`; `all` means every rule of wording
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = codes)]
    deny: Vec<Codes>,
}

#[derive(Clone)]
struct Codes(Vec<Code>);

impl Deny {
    pub(super) fn codes(&self) -> Vec<Code> {
        self.deny.iter().flat_map(|codes| codes.0.iter().copied()).collect()
    }
}

fn codes(word: &str) -> Result<Codes, String> {
    if word == "all" {
        return Ok(Codes(Code::ALL.iter().copied().filter(|code| code.is_wording()).collect()));
    }
    let known = Code::ALL.iter().map(|code| code.as_str());
    let help = || did_you_mean(word, known).unwrap_or_else(|| "`candor check` names the codes".to_owned());
    Code::from_word(word).map(|code| Codes(vec![code])).ok_or_else(|| format!("no such code; {}", help()))
}
