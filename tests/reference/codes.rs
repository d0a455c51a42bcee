//! Every code of a fault, by its table.

use candor::diagnostic::Code;

use super::{MARK, cell};

/// The chapter on the codes, in Markdown.
pub fn chapter() -> String {
    let mut text = format!(
        "{MARK}# Every code\n\nA code stays with its fault for good.\n\n\
         | code | name | what it says |\n| --- | --- | --- |\n"
    );
    for code in Code::ALL {
        text += &format!("| {} | `{}` | {} |\n", code.as_str(), code.name(), cell(code.meaning()));
    }
    text
}
