//! `candor outbox`

mod acknowledge;
mod files;
mod sources;

use std::path::{Path, PathBuf};

use clap::Args;

use super::{CannotRun, Outcome, build, print};
use crate::diagnostic::has_errors;
use crate::leak::Guard;
use crate::outbox::{self, Address, Comparison, Mailing, Notifiable, Record, RenderedMessage, SiteKind};
use crate::render::notifications;
use crate::time::Time;
use files::Built;
use sources::{Notifications, Reviews};

/// Write a message for each update that was not sent before.
///
/// Prints the folder of each message, oldest first. Send what is in it, then say so with `--ack`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor outbox --since previous/build.json\n  candor outbox --ack outbox/001-m2yw81yfrn7p-06a3c9d1\n  candor outbox --ack"
)]
pub(super) struct Outbox {
    /// What was sent before: the `build.json` of an earlier build, or its folder; `start` if all that is there
    /// counts as sent; or a time, if what is older does. Once there is a state, that counts alone
    #[arg(long, value_name = "FILE")]
    since: Option<String>,
    /// Of the wiki: a mail to the company for each report that has been reviewed since. All defaults are then
    /// other files: `wiki`, `wiki-outbox`, `wiki-outbox-state.json`
    #[arg(long)]
    wiki: bool,
    /// What was sent so far; `--ack` writes it [default: outbox-state.json]
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Where the messages go: an absent or empty folder, or one of an earlier run [default: outbox]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Say that these messages were sent, by their folders or keys; without any, that all were
    #[arg(long, value_name = "MESSAGE", num_args = 0.., conflicts_with_all = ["since", "mail_from", "mail_to"])]
    ack: Option<Vec<String>>,
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// The folder of the build that is to be told [default: public]
    #[arg(long, value_name = "DIR")]
    build: Option<PathBuf>,
    /// The sender, for complete mails: `Acme Status <status@example.org>`
    #[arg(long, value_name = "ADDRESS", requires = "mail_to")]
    mail_from: Option<String>,
    /// The receiver, such as a mailing list; several times for several
    #[arg(long, value_name = "ADDRESS", requires = "mail_from")]
    mail_to: Vec<String>,
}

/// What was sent before, and where that stands.
struct Earlier {
    record: Record,
    name: String,
    is_state: bool,
}

/// Where the messages of one of the two sites come from.
trait MessageSource {
    fn items(&self) -> Vec<Notifiable>;
    /// The messages of what is pending, in its order.
    fn messages(&self, before: &Record, comparison: &Comparison, mailing: Option<&Mailing>) -> Vec<RenderedMessage>;
}

impl Outbox {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        match &self.ack {
            Some(names) => acknowledge::run(&self.out(), &self.state(), names),
            None => self.write(),
        }
    }

    fn state(&self) -> PathBuf {
        self.path(&self.state, "outbox-state.json", "wiki-outbox-state.json")
    }

    fn out(&self) -> PathBuf {
        self.path(&self.out, "outbox", "wiki-outbox")
    }

    fn path(&self, given: &Option<PathBuf>, public: &str, wiki: &str) -> PathBuf {
        given.clone().unwrap_or_else(|| PathBuf::from(if self.wiki { wiki } else { public }))
    }

    fn write(&self) -> Result<Outcome, CannotRun> {
        let mailing = self.mailing()?;
        let site_kind = if self.wiki { SiteKind::Wiki } else { SiteKind::Public };
        let built = Built::read(&self.path(&self.build, "public", "wiki"), site_kind)?;
        let source = print::read(&self.site)?;
        let (content, options) = built.again(&self.site, source)?;
        if has_errors(content.faults()) {
            print::complain(content.faults());
            print::say("nothing was written");
            return Ok(Outcome::Faults);
        }
        // Mails of the wiki go to those who may read it.
        let moment = content.at(&options);
        if self.wiki {
            let Some(pages) = moment.wiki() else { return Ok(Outcome::Fine) };
            return self.write_messages(&Reviews::of(&pages.wiki)?, &built.record, mailing.as_ref(), None);
        }
        let (Some(site), Some(facts)) = (content.site(), moment.facts()) else { return Ok(Outcome::Fine) };
        let guard = Guard::new(site, content.source());
        self.write_messages(&Notifications(notifications(facts)), &built.record, mailing.as_ref(), Some(guard))
    }

    fn write_messages(
        &self,
        source: &dyn MessageSource,
        after: &Record,
        mailing: Option<&Mailing>,
        guard: Option<Guard>,
    ) -> Result<Outcome, CannotRun> {
        let (items, out) = (source.items(), self.out());
        let Earlier { record: before, name, is_state } = self.earlier(&items, after)?;
        let comparison = outbox::compare(&before, &items, after);
        let comparison = comparison.map_err(|fault| CannotRun(format!("`{name}`: {fault}")))?;
        let messages = source.messages(&before, &comparison, mailing);
        let routes = outbox::routes(&messages, &items, &before, &comparison);
        let routes = guard.iter().fold(routes, |routes, guard| guard.watch(routes));
        if build::write_messages(&routes, &out, "")?.is_none() {
            return Ok(Outcome::Faults);
        }
        // Should sending fail, the next run must begin where this one did, and not with the next build.
        if !is_state {
            files::replace(&self.state(), &before.json())?;
        }
        for (number, message) in messages.iter().enumerate() {
            print::show(&format!("{}\n", out.join(message.folder(number)).display()));
        }
        say(&comparison, &out);
        Ok(Outcome::Fine)
    }

    fn mailing(&self) -> Result<Option<Mailing>, CannotRun> {
        let read = |text: &String| Address::read(text).map_err(CannotRun);
        let Some(from) = &self.mail_from else { return Ok(None) };
        let to = self.mail_to.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Some(Mailing { from: read(from)?, to }))
    }

    /// The state, once there is one, since it alone knows what was sent; before that what `--since` names.
    fn earlier(&self, items: &[Notifiable], after: &Record) -> Result<Earlier, CannotRun> {
        let state = self.state();
        if state.exists() {
            let name = state.display().to_string();
            if let Some(since) = &self.since {
                print::say(&format!("`{name}` says what was sent, so `--since {since}` does not count"));
            }
            return Ok(Earlier { record: files::record(&state)?, name, is_state: true });
        }
        let Some(since) = &self.since else {
            let why = "nothing says what was sent before: give the `build.json` of the last build with `--since FILE`, \
                       or begin with `--since start`, which sends nothing that is there already";
            return Err(CannotRun(why.to_owned()));
        };
        let record = match Time::parse(since) {
            _ if since == "start" => after.clone(),
            Ok(time) if time > after.now => {
                return Err(CannotRun(format!("--since: `{since}` is later than the build")));
            }
            Ok(time) => after.beginning(items, time),
            Err(_) => files::record(Path::new(since))?,
        };
        Ok(Earlier { record, name: since.clone(), is_state: false })
    }
}

/// What is not in the messages.
fn say(comparison: &Comparison, out: &Path) {
    for key in &comparison.gone {
        print::say(&format!("`{key}` was sent and is no longer there; nobody is told"));
    }
    if comparison.passed_over > 0 {
        let count = comparison.passed_over;
        print::say(&format!("passed over as history, since it is older than what was sent: {count} more than before"));
    }
    let corrections = comparison.pending.iter().filter(|pending| pending.reason != outbox::SendReason::New).count();
    let messages = print::count(comparison.pending.len(), "message");
    let corrected = match corrections {
        0 => String::new(),
        1 => ", 1 of them a correction".to_owned(),
        n => format!(", {n} of them corrections"),
    };
    print::say(&format!("{}: {messages}{corrected}", out.display()));
}
