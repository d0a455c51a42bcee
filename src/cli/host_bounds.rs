//! What hosts of static sites take at most.

use super::print;
use crate::model::{ApiEntries, Settings};

/// How large a site is.
#[derive(Clone, Copy, Default)]
pub(super) struct SiteSize {
    pub(super) files: usize,
    /// Of all files together.
    pub(super) bytes: u64,
}

/// As their documentation says.
const MOST_FILES: usize = 20_000;
const MOST_BYTES: u64 = 1_000_000_000;

/// Says which hosts do not take a public site of this size, and what to do.
pub(super) fn warn(size: SiteSize, settings: Option<&Settings>) {
    let Some(settings) = settings.filter(|settings| settings.is_host_bounded) else { return };
    for sentence in beyond(size) {
        print::say(&format!("warning: {sentence}; {}", advice(settings.api_entries)));
    }
}

fn advice(entries: ApiEntries) -> &'static str {
    match entries {
        ApiEntries::All => {
            "`api: { entries: recent }` leaves out what few read; for a host without such bounds set `host_bounds: false`"
        }
        ApiEntries::Recent => "object storage with a CDN in front has no such bound; there, set `host_bounds: false`",
    }
}

fn beyond(size: SiteSize) -> impl Iterator<Item = String> {
    let files = (size.files > MOST_FILES).then(|| {
        format!("the public site has {} files, and Netlify and Cloudflare Pages take {MOST_FILES}", size.files)
    });
    let bytes = (size.bytes > MOST_BYTES)
        .then(|| format!("the public site has {} MB, and GitHub Pages takes 1000", size.bytes / 1_000_000));
    files.into_iter().chain(bytes)
}

#[cfg(test)]
mod tests {
    use super::{SiteSize, beyond};

    #[test]
    fn what_a_host_does_not_take_is_said_and_no_more() {
        let said = |files, bytes| beyond(SiteSize { files, bytes }).collect::<Vec<_>>();
        assert!(said(20_000, 1_000_000_000).is_empty());
        assert_eq!(said(20_001, 5), ["the public site has 20001 files, and Netlify and Cloudflare Pages take 20000"]);
        assert_eq!(said(9, 1_234_567_890), ["the public site has 1234 MB, and GitHub Pages takes 1000"]);
        assert_eq!(said(210_000, 2_000_000_000).len(), 2);
    }
}
