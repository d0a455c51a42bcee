//! `candor reschedule`: planned work gets another window, and customers a word on it, in one step.

use clap::Args;

use super::update::{UpdateAction, UpdateArgs};
use super::window::WindowArgs;
use crate::cli::{CannotRun, Outcome};

/// Plan maintenance for another time: adds an update that moves its window.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor reschedule database-upgrade --from 2026-03-12T05:00Z --message 'We wait for a part.'\n  candor reschedule database-upgrade --until 09:00 --message 'It takes an hour longer.'"
)]
pub(in crate::cli) struct RescheduleCommand {
    /// The maintenance: its file name, or a part of it
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    window: WindowArgs,
    #[command(flatten)]
    arguments: UpdateArgs,
}

impl RescheduleCommand {
    pub(in crate::cli) fn run(self) -> Result<Outcome, CannotRun> {
        self.arguments.run(Some(&self.id), &UpdateAction::Reschedule(self.window))
    }
}
