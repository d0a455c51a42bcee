//! `candor completions`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{CannotRun, Cli, Outcome, print};

/// Print a script by which a shell completes commands, arguments and their values.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor completions bash > ~/.local/share/bash-completion/completions/candor\n  candor completions zsh > ~/.zfunc/_candor   # a folder of $fpath\n  candor completions fish > ~/.config/fish/completions/candor.fish"
)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "candor", &mut script);
        print::give(&String::from_utf8_lossy(&script));
        Ok(Outcome::Fine)
    }
}
