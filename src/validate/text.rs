//! Markdown texts: what they link to, and what in them will not be shown as written.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::markdown::{Finding, findings};
use crate::yaml::Path;

/// A link from an entry to another page of the site.
#[derive(Clone, Debug)]
pub struct Link {
    /// The path from the root, as written, without the leading slash.
    pub target: String,
    /// The value it stands in; none for the body.
    pub within: Option<Path>,
    /// How many times the same link stands in that value before.
    pub nth: usize,
}

/// Notes the links of `text`, which stands at `within`, and reports what will not be shown as written.
pub(super) fn check(document: &Document, text: &str, within: Option<&Path>, links: &mut Vec<Link>) {
    let mut seen: BTreeMap<Finding, usize> = BTreeMap::new();
    for finding in findings(text) {
        let count = seen.entry(finding.clone()).or_default();
        let nth = *count;
        *count += 1;
        let (needle, fault) = match finding {
            Finding::Inside(target) => {
                links.push(Link { target, within: within.cloned(), nth });
                continue;
            }
            Finding::RawHtml(html) => {
                let fault = Diagnostic::warning(Code::RawHtml, "HTML is shown as text");
                (html, fault.help("write it in Markdown"))
            }
            Finding::Relative(link) => {
                let fault =
                    Diagnostic::error(Code::BrokenLink, format!("the link `{link}` does not say where it begins"));
                (link, fault.help("begin it at the site's root, such as `/incidents/ID/`, or with `https://`"))
            }
            Finding::Unsafe(link) => {
                let fault =
                    Diagnostic::error(Code::UnsafeLink, format!("the link `{link}` has a scheme that is not allowed"));
                (link, fault.help("allowed are `https`, `http`, `mailto`, `tel` and paths that begin with one `/`"))
            }
            Finding::ForeignPicture(link) => {
                let fault = Diagnostic::warning(Code::ForeignPicture, "a picture on another host is shown as a link");
                (link, fault.help("put the picture into `content/static/` and write `/its-name.png`"))
            }
            Finding::BrokenComment(line) => {
                let message = "a comment ends elsewhere than it seems, and a part of it would be shown";
                let help = "begin a comment with `<!--`, end it with `-->`, and write neither inside of it; one with empty \
                            lines has its first line to itself";
                (line, Diagnostic::error(Code::BrokenComment, message).help(help))
            }
        };
        document.report(fault.at(document.place_within(within, &needle, nth)));
    }
}
