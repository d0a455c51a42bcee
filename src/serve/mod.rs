//! The preview server: shows a site on loopback while its author edits it.
//!
//! Never used for publishing. Whoever else is on the machine may send it anything, and so may any web page that is open in
//! a browser there, so that here
//! - a request is looked up in memory and never becomes a path on disk,
//! - nothing of a request gets into a header: a redirect names the route that was found,
//! - a body is never read, and only GET and HEAD are answered,
//! - a foreign `Host` is refused, or any web page could read drafts by DNS rebinding, and so is a request that a web page
//!   of another place makes, but for a link that somebody follows,
//! - a connection carries one request, with bounds in bytes and in time, and there are so many connections at most.
//!
//! That is why no server of others is here: the small ones that we know (tiny_http was here) put no bound on heads,
//! connections and time. `httparse` reads the bytes.
//!
//! ```text
//! watch ─► renew ─► state ─┬─► http ─ respond (route, page of faults)
//!  (notify, clock)         └─► live (server-sent events)
//! ```
//! One thread watches and renews, and each connection has its own.

mod head;
mod host;
mod http;
mod listen;
mod live;
mod moment;
mod notes;
mod overlay;
mod pages;
mod path;
mod renew;
mod respond;
mod state;
#[cfg(test)]
mod tests;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::output::Route;
use crate::time::Time;
use host::Hosts;
use renew::Renewer;
use state::SharedState;

pub use listen::{BindError, Port, bind};

/// Where the wiki is shown, from the root of the site.
pub const WIKI: &str = "wiki/";

/// Gives the present moment of the pages: always the same, or the wall clock's.
pub type Clock = Box<dyn Fn() -> Time + Send>;

/// Hears of what happens, to print it.
pub type OnEvent = Box<dyn Fn(PreviewEvent<'_>) + Send>;

/// What happens while the server runs.
#[derive(Debug)]
#[non_exhaustive]
pub enum PreviewEvent<'a> {
    /// The faults and advice of the content have changed.
    Diagnostics(&'a [Diagnostic]),
    /// The folder cannot be read at the moment.
    Unreadable(&'a str),
    /// The pages follow the last edit; it took this long.
    Renewed(Duration),
    /// Edits are not announced by the system; the folder is read again every so often instead.
    Unwatched(&'a str),
}

/// A site, read and ready to be served.
pub struct Preview {
    shared: Arc<SharedState>,
    renewer: Renewer,
}

impl Preview {
    /// Reads the site in `folder` for the first time. Faults in the content are no error: they are shown.
    ///
    /// `committed` is what [`Options`](crate::pipeline::Options) wants to know of the files.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn open(
        folder: &Path,
        committed: BTreeMap<String, Time>,
        clock: Clock,
        on_event: OnEvent,
    ) -> io::Result<Preview> {
        let shared = Arc::new(SharedState::default());
        let renewer = Renewer::start(folder.canonicalize()?, committed, clock, on_event, Arc::clone(&shared))?;
        Ok(Preview { shared, renewer })
    }

    /// Whether there is a wiki beside the site, under [`WIKI`].
    pub fn has_wiki(&self) -> bool {
        let latest = self.shared.now().latest.clone();
        latest.is_some_and(|pages| pages.find(&format!("{WIKI}index.html")).is_some())
    }

    /// Serves the site to whom asks for `host`, this machine or, if `listener` listens everywhere,
    /// any IP address. Returns only when it fails.
    ///
    /// # Errors
    /// When no connection can be accepted any more, or a thread cannot be started.
    pub fn serve(self, listener: TcpListener, host: &str) -> io::Result<()> {
        let hosts = Hosts::new(host, listener.local_addr()?.ip());
        let renewer = self.renewer;
        std::thread::Builder::new().name("watch".to_owned()).spawn(move || watch::run(renewer))?;
        http::run(&listener, &self.shared, &Arc::new(hosts))
    }
}

/// The head of what a preview of these routes answers to bytes that a client sent; none while they are no whole request.
/// For tests that send what no client does.
#[doc(hidden)]
pub fn answer_to(routes: Vec<Route>, bytes: &[u8]) -> Option<String> {
    let mut state = state::PreviewState::default();
    state.show(pages::Pages::beside(routes.into(), [].into()));
    let hosts = Hosts::new("localhost", std::net::Ipv4Addr::LOCALHOST.into());
    let response = match head::RequestHead::read(bytes) {
        Ok(head) => http::answer(&hosts, &state, &head?),
        Err(refusal) => respond::Response::text(refusal.status(), refusal.text()),
    };
    Some(head::of_answer(&response))
}
