//! A public page and its page in the wiki, side by side.

use super::{escape, script};
use crate::serve::WIKI;
use crate::serve::pages::Pages;
use crate::serve::path;

/// The page with both. `page` is the path of either; where the other site has none like it, its home is
/// shown. `folder` is where the site at another moment lies.
pub(in crate::serve) fn beside(pages: &Pages, page: &str, folder: &str, number: u64) -> String {
    let public = page.strip_prefix(WIKI).unwrap_or(page);
    let wiki = format!("{WIKI}{public}");
    let there = |path: &str, home: &str| {
        let found = if pages.find(path).is_some() { path } else { home };
        format!("{folder}{}", path::encode(found.strip_suffix("index.html").unwrap_or(found)))
    };
    let sides = [("Public", there(public, "index.html")), ("Wiki", there(&wiki, &format!("{WIKI}index.html")))];
    let frame = |(name, address): &(&str, String)| {
        let address = escape(address);
        format!(
            "<section><h1><a href=\"{address}\">{name}</a></h1><iframe src=\"{address}\" title=\"{name}\"></iframe></section>"
        )
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Public page and wiki side by side</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"/.candor/beside.css\">\n</head>\n<body>\n\
         {}\n{}\n</body>\n</html>\n",
        sides.iter().map(frame).collect::<Vec<_>>().join("\n"),
        script(number)
    )
}
