//! `candor serve`

use std::path::PathBuf;

use clap::Args;

use super::clock::ClockArgs;
use super::{CannotRun, Outcome, git, print};
use crate::serve::{self, Port, Preview, PreviewEvent};

/// The port that is tried first.
const USUAL_PORT: u16 = 4000;

/// Show the site while you edit it. Pages are made when they are asked for and reload themselves
/// after an edit; with a fault in the content they show what is wrong. For previews only.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor serve --open\n  candor serve --site status --port 8080\n  candor serve --now 2026-03-02T15:04Z"
)]
pub(super) struct Serve {
    /// The folder that holds `content/` and `themes/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    /// Where to listen; 0 for any free port [default: 4000, or the next free one up to 4020]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// The address to listen on; any but this machine's own lets others read the preview
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Open the page in a browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    clock: ClockArgs,
}

impl Serve {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        let listener = serve::bind(&self.host, self.port.map_or(Port::From(USUAL_PORT), Port::Exactly));
        let listener = listener.map_err(CannotRun::because)?;
        let address = listener.local_addr().map_err(CannotRun::because)?;
        if !address.ip().is_loopback() {
            print::say(&warning(&self.host));
        }
        let clock = clock(self.clock)?;
        let committed = git::first_commits(&self.site, &print::read(&self.site)?, git::HEAD);
        let preview = Preview::open(&self.site, committed, clock, Box::new(print))
            .map_err(|error| CannotRun(format!("cannot read `{}`: {error}", self.site.display())))?;
        let wiki =
            if preview.has_wiki() { format!(", its wiki at http://{address}/{}", serve::WIKI) } else { String::new() };
        print::say(&format!("{} is at http://{address}/{wiki} (end with Ctrl-C)", self.site.display()));
        if self.open
            && let Err(error) = open::that_detached(format!("http://{address}/"))
        {
            print::say(&format!("warning: no browser could be opened: {error}"));
        }
        preview.serve(listener, &self.host).map_err(CannotRun::because)?;
        Ok(Outcome::Fine)
    }
}

/// The time asked for at every build, or else the time of each.
fn clock(clock: ClockArgs) -> Result<serve::Clock, CannotRun> {
    let first = clock.now()?;
    Ok(if clock.is_fixed() { Box::new(move || first) } else { Box::new(move || clock.now().unwrap_or(first)) })
}

fn print(event: PreviewEvent<'_>) {
    match event {
        PreviewEvent::Diagnostics([]) => print::say("no faults"),
        PreviewEvent::Diagnostics(diagnostics) => print::complain(diagnostics),
        PreviewEvent::Unreadable(why) => print::say(&format!("error: {why}")),
        PreviewEvent::Renewed(time) => print::say(&format!("renewed in {} ms", time.as_millis())),
        PreviewEvent::Unwatched(why) => {
            print::say(&format!(
                "warning: edits are noticed after two seconds only, since the folder cannot be watched: {why}"
            ));
        }
    }
}

fn warning(host: &str) -> String {
    format!(
        "warning: with `--host {host}` everybody on the network can read this preview, and drafts in it. The server is \
         made for previews on one machine: its HTTP library has open advisories (CVE-2026-66752, CVE-2026-66753)."
    )
}
