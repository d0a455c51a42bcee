//! `candor schema`

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{CannotRun, Outcome, print};
use crate::author;
use crate::keys::Kind;
use crate::schema;

/// Print JSON Schemas of the content files, by which editors complete keys and underline mistakes.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor schema incident\n  candor schema --out content/.schema   # for `# yaml-language-server: $schema=...`"
)]
pub(super) struct Schema {
    /// The kind of file; without it all of them, in one object by kind
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: Option<Kind>,
    /// The folder to write them to, a file each, instead of printing them
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::word)).try_map(|word| {
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word);
        kind.ok_or("unknown kind")
    })
}

impl Schema {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let Some(folder) = self.out else {
            print::give(&self.kind.map_or_else(schema::all, schema::schema));
            return Ok(Outcome::Fine);
        };
        let files = schema::files(&self.kind.map_or(Kind::ALL.to_vec(), |kind| vec![kind]));
        author::replace_own_files(&folder, schema::MARK, &files).map_err(CannotRun::because)?;
        for (name, _) in files {
            print::say(&folder.join(name).display().to_string());
        }
        Ok(Outcome::Fine)
    }
}
