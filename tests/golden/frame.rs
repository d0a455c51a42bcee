//! The frame of a page: all that it has from the theme's `base.html`. Goldens hold it on few pages, and on the others a
//! mark, so that a word of the frame changes few files. Nothing is lost by that: each page is held to have the frame
//! of its site, see [`Page::frame`].

/// What stands in a golden where a page has its frame.
const MARK: &str = "[FRAME]\n";

/// A page, parted into what is its own and what it has from the frame.
pub struct Page {
    /// What a page of the same site has as well, with marks for what differs between two pages: the way to the root,
    /// titles, and which part of the site is the current one.
    pub frame: String,
    /// The page with marks for the frame: its title and other lines of the head, its part of the site, what it says.
    pub own: String,
}

/// Parts a page by the path where it stands; none if it has no frame, such as what others embed.
pub fn part(path: &str, html: &str) -> Option<Page> {
    let (head, rest) = html.split_once("<body")?;
    let (header, rest) = rest.split_once("<main id=\"main\"")?;
    let (main, footer) = rest.split_once("</main>\n")?;
    let root = format!("=\"{}", "../".repeat(path.matches('/').count()));
    let (mut frame, mut own) = (String::new(), MARK.to_owned());
    for line in head.split_inclusive('\n') {
        let (shared, particular) = head_line(line, &root);
        frame += &shared;
        // Title and description stand there twice: for the browser, and for what shows a link to the page.
        if !own.ends_with(&particular) && !own.contains(&format!("\n{particular}")) {
            own += &particular;
        }
    }
    let current = header.split("<a ").find(|link| link.contains(" aria-current="));
    own += &current.and_then(address).map(|address| format!("current: {address}\n")).unwrap_or_default();
    let (tag, said) = main.split_once('\n')?;
    // A page begins with what tells that it is old; the words are those of the site.
    let (stale, said) = said
        .split_once("</div>\n")
        .filter(|(block, _)| block.starts_with("<div class=\"stale\""))
        .unwrap_or(("", said));
    own += &format!("{said}{MARK}");
    frame += &format!("<body{header}<main id=\"main\"{tag}\n{stale}\n</main>\n{footer}");
    Some(Page { frame: frame.replace(" aria-current=\"true\"", "").replace(&root, "=\"[ROOT]"), own })
}

/// Lines of the head that say something of the page: how they begin and go on after it, and what it is.
const OF_THE_PAGE: [(&str, &str, &str); 5] = [
    ("<title>", " · ", "title"),
    ("<meta property=\"og:title\" content=\"", " · ", "title"),
    ("<meta name=\"description\" content=\"", "\">", "description"),
    ("<meta property=\"og:description\" content=\"", "\">", "description"),
    ("<link rel=\"canonical\" href=\"", "\">", "canonical"),
];

/// A line of the head: what the frame has of it, and what is the page's own.
fn head_line(line: &str, root: &str) -> (String, String) {
    for (start, end, what) in OF_THE_PAGE {
        if let Some((value, rest)) = line.strip_prefix(start).and_then(|rest| rest.rsplit_once(end)) {
            return (format!("{start}[{what}]{end}{rest}"), format!("{what}: {value}\n"));
        }
    }
    let below_root = address(line).and_then(|address| address.strip_prefix(&root[2..]));
    if line.starts_with("<link rel=\"alternate\"") && below_root.is_some_and(|path| path.contains('/')) {
        (String::new(), line.to_owned())
    } else {
        (line.to_owned(), String::new())
    }
}

/// Where a link leads.
fn address(link: &str) -> Option<&str> {
    link.split_once("href=\"")?.1.split_once('"').map(|(address, _)| address)
}
