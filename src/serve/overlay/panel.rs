//! The preview's own panel on each page: advice, another moment, the wiki beside it, drafts.
//!
//! It stands in a shadow tree, so that neither the site's style changes it nor its own the site.

use super::{BESIDE, CLOCK, at_end, escape};
use crate::diagnostic::{self, Diagnostic, Format};
use crate::serve::moment;
use crate::serve::pages::Pages;
use crate::serve::path;
use crate::time::Time;

/// The page that is looked at.
pub(in crate::serve) struct ShownPage<'a> {
    pub(in crate::serve) pages: &'a Pages,
    /// The page's path, such as `incidents/x/index.html`.
    pub(in crate::serve) page: &'a str,
    /// Another moment than that on show, if one was asked for.
    pub(in crate::serve) moment: Option<Time>,
}

impl ShownPage<'_> {
    /// The page with the panel.
    pub(in crate::serve) fn with_panel(&self, html: Vec<u8>) -> Vec<u8> {
        at_end(html, &self.panel())
    }

    fn panel(&self) -> String {
        let parts = [self.clock(), self.wiki(), self.drafts(), self.advice()];
        format!(
            "<link rel=\"stylesheet\" href=\"/.candor/preview.css\"><candor-preview><template shadowrootmode=\"open\"><link rel=\"stylesheet\" href=\"/.candor/overlay.css\">\
             <details><summary>{}</summary><div>{}</div></details></template></candor-preview>",
            self.summary(),
            parts.concat()
        )
    }

    /// What is to be seen without opening the panel.
    fn summary(&self) -> String {
        let here = self.pages.notes.advice(self.page).here.len();
        let mut parts = vec!["Preview".to_owned()];
        parts.extend(self.pages.notes.is_draft(self.page).then(|| "<strong>draft</strong>".to_owned()));
        parts.extend(self.moment.map(|moment| format!("<strong>at {}</strong>", moment.rfc3339_minutes())));
        parts.extend((here > 0).then(|| format!("<strong>{} here</strong>", notes(here))));
        parts.join(" · ")
    }

    fn advice(&self) -> String {
        let sorted = self.pages.notes.advice(self.page);
        let here = match &*sorted.here {
            [] => "<h2>No advice about this page</h2>".to_owned(),
            here => {
                let (shown, more) = shown(here);
                let shown: Vec<Diagnostic> = shown.iter().copied().cloned().collect();
                let text = diagnostic::print(&shown, Format::Text { colour: false });
                format!("<h2>About this page</h2><pre tabindex=\"0\">{}{more}</pre>", escape(text.trim_end()))
            }
        };
        let elsewhere = match &*sorted.elsewhere {
            [] => String::new(),
            elsewhere => {
                let (shown, more) = shown(elsewhere);
                let lines: Vec<String> = shown.iter().map(|diagnostic| line(diagnostic)).collect();
                let (count, text) = (notes(elsewhere.len()), escape(&lines.join("\n")));
                format!("<details><summary>{count} elsewhere</summary><pre tabindex=\"0\">{text}{more}</pre></details>")
            }
        };
        here + &elsewhere
    }

    /// A form that leads to the same page at another moment, the next change, and the way back.
    fn clock(&self) -> String {
        let notes = &self.pages.notes;
        let Some(now) = notes.now else { return String::new() };
        let shown = now.rfc3339();
        let here = escape(&self.address(None));
        let next = notes.next_change.map_or_else(String::new, |next| {
            let (link, time) = (escape(&self.address(Some(next))), next.rfc3339_minutes());
            format!(" <a href=\"{link}\">Next change: {time}</a>")
        });
        let back = self.moment.map_or_else(String::new, |_| format!(" <a href=\"{here}\">Back to the present</a>"));
        format!(
            "<h2>Another moment</h2><form action=\"{CLOCK}\"><input type=\"hidden\" name=\"to\" value=\"{here}\">\
             <label>UTC <input type=\"datetime-local\" name=\"now\" required value=\"{}\"></label> \
             <button>Look</button></form><p>{next}{back}</p>",
            &shown[..16]
        )
    }

    fn wiki(&self) -> String {
        let has_wiki = self.pages.find(&format!("{}index.html", crate::serve::WIKI)).is_some();
        let link = || {
            format!(
                "<p><a href=\"{BESIDE}{}\">Public page and wiki side by side</a></p>",
                escape(&self.address(self.moment))
            )
        };
        if has_wiki { link() } else { String::new() }
    }

    fn drafts(&self) -> String {
        let folder = self.moment.map(moment::folder).unwrap_or_default();
        let link = |draft: &str| format!("<li><a href=\"{folder}{0}\">{0}</a></li>", escape(&path::encode(draft)));
        let links: String = self.pages.notes.drafts().iter().map(|folder| link(folder)).collect();
        match links.is_empty() {
            true => links,
            false => format!("<h2>Drafts, which are not published</h2><ul>{links}</ul>"),
        }
    }

    /// The address of this page at a moment.
    fn address(&self, moment: Option<Time>) -> String {
        let page = self.page.strip_suffix("index.html").unwrap_or(self.page);
        moment.map(moment::folder).unwrap_or_default() + &path::encode(page)
    }
}

/// So many pieces of advice a page of the preview lists: it is made anew with each save.
const LISTED: usize = 20;

/// What is listed, and how much is not.
fn shown<'a, 'd>(found: &'a [&'d Diagnostic]) -> (&'a [&'d Diagnostic], String) {
    let (shown, rest) = found.split_at(found.len().min(LISTED));
    let more = match rest.len() {
        0 => String::new(),
        rest => format!("\n\n{rest} more: see `candor check`"),
    };
    (shown, more)
}

/// In one line: a page shows what is said of another one in full.
fn line(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Some(place) if place.line > 0 => format!("{}:{}: {}", place.path, place.line, diagnostic.message),
        Some(place) => format!("{}: {}", place.path, diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

fn notes(count: usize) -> String {
    if count == 1 { "1 note".to_owned() } else { format!("{count} notes") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn a_page_lists_so_much_advice_and_no_more_and_says_how_much_there_is() {
        let advice: Vec<Diagnostic> = (0..LISTED + 3).map(|n| Diagnostic::note(Code::Theme, n.to_string())).collect();
        let advice: Vec<&Diagnostic> = advice.iter().collect();
        let (listed, more) = shown(&advice);
        assert_eq!((listed.len(), &*more), (LISTED, "\n\n3 more: see `candor check`"));
        assert_eq!(shown(&advice[..LISTED]).1, "");
    }
}
