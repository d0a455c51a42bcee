//! The only place that names the Markdown crate: Markdown to HTML and to plain text, by our rules.
//!
//! Raw HTML becomes text, its comments nothing. Links may be `https`, `http`, `mailto`, `tel`, fragments, or paths from the
//! site's root; any other link becomes its text. Bare addresses are links too. Pictures of other hosts become links, so that no
//! page makes a request to another host.

mod addresses;
mod comments;
mod doubt;
mod links;
mod nesting;
mod plain_text;
mod prose;
mod sections;
mod switches;

pub(crate) use doubt::{Doubt, doubts};
pub use links::Links;
pub(crate) use links::{Target, canonical, target};
pub(crate) use nesting::{flattened, too_deep};
pub(crate) use plain_text::Piece;
pub use prose::prose;
pub(crate) use prose::{Passage, Prose};
pub(crate) use sections::{Section, first_table, sections};
pub(crate) use switches::Switch;

use crate::characters::carried;
use addresses::with_links;
pub(crate) use addresses::written_out;
use comments::events;
use links::outermost;
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

/// Something in a Markdown text that somebody should know about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// HTML that will be shown as text.
    RawHtml(String),
    /// A link to this path from the site's root.
    Inside(String),
    /// A link that does not begin at the site's root.
    Relative(String),
    /// A link whose scheme is not allowed.
    Unsafe(String),
    /// A picture on another host.
    ForeignPicture(String),
    /// A comment that ends elsewhere than where its author thinks, so that a part of it would be shown; its line from
    /// the mark on.
    BrokenComment(String),
}

/// Everything in `text` that somebody should know about, in order. A block of HTML is found once, by
/// its first line; a closing tag is passed over after an opening one.
pub fn findings(text: &str) -> Vec<Finding> {
    // Most texts have neither links nor HTML, and need no parsing to know it.
    if !text.contains(['[', '<']) {
        return Vec::new();
    }
    let (mut in_block, mut has_html) = (false, false);
    let mut found: Vec<Finding> = comments::broken(text).into_iter().map(Finding::BrokenComment).collect();
    for event in events(text) {
        match event {
            Event::Start(Tag::HtmlBlock) => in_block = false,
            Event::Html(html) if !in_block => {
                in_block = true;
                found.push(raw_html(&html));
            }
            Event::InlineHtml(html) if !(has_html && html.starts_with("</")) => {
                has_html = true;
                found.push(raw_html(&html));
            }
            other => found.extend(finding(other)),
        }
    }
    found
}

fn raw_html(html: &str) -> Finding {
    Finding::RawHtml(html.trim().lines().next().unwrap_or_default().to_owned())
}

fn finding(event: Event<'_>) -> Option<Finding> {
    match event {
        Event::Start(Tag::Link { dest_url, link_type, .. }) if link_type != LinkType::Email => link_finding(&dest_url),
        Event::Start(Tag::Image { dest_url, .. }) => match target(&dest_url) {
            Target::Elsewhere => Some(Finding::ForeignPicture(dest_url.into_string())),
            _ => link_finding(&dest_url),
        },
        _ => None,
    }
}

fn link_finding(link: &str) -> Option<Finding> {
    match target(link) {
        Target::Elsewhere | Target::Fragment => None,
        Target::Inside(path, _) => Some(Finding::Inside(path.to_owned())),
        Target::Relative => Some(Finding::Relative(link.to_owned())),
        Target::Unsafe => Some(Finding::Unsafe(link.to_owned())),
    }
}

/// `text` as HTML. The first heading becomes an `h{top}`; deeper ones follow without a gap.
pub fn html(text: &str, links: Links<'_>, top: u8) -> String {
    let mut out = String::with_capacity(text.len() * 3 / 2);
    let mut rules = Rules { links, top, levels: Vec::new(), open: Vec::new() };
    let text = with_links(text);
    // A link in a link is none in HTML: the outer one wins, as in browsers the inner would end it. After the rules, which
    // make links of pictures, and of some links none.
    html::push_html(&mut out, outermost(events(&text).filter_map(|event| rules.apply(event))));
    let trimmed = out.trim_end().len();
    out.truncate(trimmed);
    // Last of all, since a character reference such as `&#1;` is a character only after parsing.
    let out = carried(&out).into_owned();
    if out.contains("<table>") { scrollable(&out) } else { out }
}

/// Plain text as Markdown that reads as that text, in the cell of a table too. What can do no harm inside
/// a line stays as it is, since not every reader of Markdown knows each escape.
pub fn escape(text: &str) -> String {
    addresses::written_out(text, escape_words)
}

fn escape_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_entity = c == '&' && rest.peek().is_some_and(|next| next.is_ascii_alphanumeric() || *next == '#');
        if is_entity || "\\|<*_[]`~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `text` without any markup, on one line.
pub fn plain(text: &str) -> String {
    plain_of(events(&with_links(text)))
}

/// `text` without markup, for readers of plain text: paragraphs with an empty line between them, items
/// of lists with a dash or their number, cells of tables with a bar, addresses after what they are
/// linked from.
pub fn text(text: &str, links: Links<'_>) -> String {
    pieces(text, links).into_iter().map(|piece| piece.text).collect()
}

/// The same piece by piece, so that what shows links can make them of it.
pub fn pieces(text: &str, links: Links<'_>) -> Vec<Piece> {
    let mut writer = plain_text::Writer::new(links);
    outermost(events(&with_links(text))).for_each(|event| writer.write(event));
    writer.finish()
}

/// The first paragraphs of `text`, up to a list, table or heading, without markup; all of the text if it opens with none.
/// Headings above them are left out: they are no sentences.
pub fn opening(text: &str) -> String {
    let text = with_links(text);
    let (mut opening, mut in_heading) = (Vec::new(), false);
    for event in events(&text) {
        match &event {
            Event::Start(Tag::Heading { .. }) if opening.is_empty() => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(tag) if is_block(tag) && *tag != Tag::Paragraph && !in_heading => break,
            _ if !in_heading => opening.push(event),
            _ => {}
        }
    }
    let opening = plain_of(opening.into_iter());
    // A sentence that leads over to the list or table below it says nothing alone.
    let whole = match opening.strip_suffix(':') {
        Some(opening) => opening.rfind(['.', '!', '?']).map_or(opening, |end| &opening[..=end]),
        None => &opening,
    };
    if whole.is_empty() { plain(&text) } else { whole.to_owned() }
}

/// `text` without blank lines around it, as Markdown knows them. Whatever else stands there belongs to the text: without
/// an indent, or an unseen character, it would mean something that nobody has checked.
pub(crate) fn trimmed(text: &str) -> &str {
    let is_blank = |c: char| " \t\r\n".contains(c);
    let text = text.trim_end_matches(is_blank);
    let first = text.find(|c| !is_blank(c)).unwrap_or(text.len());
    &text[text[..first].rfind(['\n', '\r']).map_or(0, |end| end + 1)..]
}

/// What nests too deeply is refused by whoever reads entries; a text that came here otherwise has nothing to say.
fn parser(text: &str) -> Parser<'_> {
    any_depth(if too_deep(text).is_some() { "" } else { text })
}

/// The same of a text that may nest deeper than any page can show.
fn any_depth(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn plain_of<'e>(events: impl Iterator<Item = Event<'e>>) -> String {
    let mut out = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => out += &text,
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(end) if !is_inline(end) => out.push(' '),
            _ => {}
        }
    }
    carried(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_inline(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// A table may be wider than a phone: it scrolls in a box of its own that the keyboard reaches.
fn scrollable(html: &str) -> String {
    html.replace("<table>", "<div class=\"scroll\" role=\"group\" tabindex=\"0\"><table>")
        .replace("</table>", "</table></div>")
}

/// Our rules, applied event by event.
struct Rules<'a> {
    links: Links<'a>,
    top: u8,
    /// The levels of the headings above, as written.
    levels: Vec<u8>,
    /// What each open link or picture was made into; nothing where only its text is shown.
    open: Vec<Option<TagEnd>>,
}

impl Rules<'_> {
    fn apply<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        Some(match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Heading { level, .. }) => {
                let level = self.open_heading(level);
                Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
            }
            Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(self.level())),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let tag = self.link(link_type, &dest_url).map(|dest_url| Tag::Link { link_type, dest_url, title, id });
                self.start(tag)?
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let tag = self.picture(link_type, dest_url, title, id);
                self.start(tag)?
            }
            // A picture may have become a link, and its end must be that of a link then.
            Event::End(TagEnd::Link | TagEnd::Image) => Event::End(self.open.pop()??),
            other => other,
        })
    }

    fn open_heading(&mut self, level: HeadingLevel) -> HeadingLevel {
        let written = level as u8;
        // By what is open and not by what is written: `##` and then `####` would leave a level out, which screen
        // readers announce as missing.
        while self.levels.last().is_some_and(|above| *above >= written) {
            self.levels.pop();
        }
        self.levels.push(written);
        self.level()
    }

    fn level(&self) -> HeadingLevel {
        let level = usize::from(self.top) + self.levels.len() - 1;
        HeadingLevel::try_from(level.min(6)).unwrap_or(HeadingLevel::H6)
    }

    /// The href of a link; none if only its text is to be shown.
    fn link(&self, kind: LinkType, link: &str) -> Option<CowStr<'static>> {
        if kind == LinkType::Email {
            return Some(link.to_owned().into());
        }
        match target(link) {
            Target::Elsewhere | Target::Fragment => Some(link.to_owned().into()),
            Target::Inside(path, fragment) => Some(self.links.href(&canonical(path), fragment).into()),
            Target::Relative | Target::Unsafe => None,
        }
    }

    /// A picture of this site stays one; a foreign one becomes a link with its description as text.
    fn picture<'e>(&self, link_type: LinkType, url: CowStr<'e>, title: CowStr<'e>, id: CowStr<'e>) -> Option<Tag<'e>> {
        match target(&url) {
            Target::Inside(path, _) => {
                Some(Tag::Image { link_type, dest_url: self.links.href(path, "").into(), title, id })
            }
            Target::Elsewhere => Some(Tag::Link { link_type, dest_url: url, title, id }),
            Target::Fragment | Target::Relative | Target::Unsafe => None,
        }
    }

    fn start<'e>(&mut self, tag: Option<Tag<'e>>) -> Option<Event<'e>> {
        self.open.push(tag.as_ref().map(Tag::to_end));
        tag.map(Event::Start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        html(text, Links::FromPage("../"), 2)
    }

    #[test]
    fn an_escaped_text_reads_as_it_was() {
        let odd = r"a|b <i> _x_ *y* [z](/) `c` ~~d~~ \ & co &amp; #1 5 > 4!";
        assert_eq!(plain(&escape(odd)), odd);
        assert_eq!(escape("Shipment & return, #1"), "Shipment & return, #1");
    }

    #[test]
    fn raw_html_becomes_text() {
        assert_eq!(page("a <b onclick=x>b</b>"), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
        assert!(!page("<script>alert(1)</script>").contains("<script"));
        assert_eq!(findings("<b>"), [Finding::RawHtml("<b>".to_owned())]);
    }

    #[test]
    fn comments_are_nowhere_even_over_several_lines() {
        let text = "One <!-- aside --> two.\n\n<!-- a\nlong\naside -->\n\nThree.\n\n<!-- aside --> four";
        assert_eq!(page(text), "<p>One  two.</p>\n<p>Three.</p>\n<p> four</p>");
        assert_eq!(plain(text), "One two. Three. four");
        // What follows a comment on its line is no Markdown, and somebody should know.
        assert_eq!(findings(text), [Finding::RawHtml("four".to_owned())]);
    }

    #[test]
    fn of_a_link_in_a_link_the_outer_one_counts_everywhere() {
        let nested = "[<https://a.example/> b](https://c.example/)";
        assert_eq!(page(nested), "<p><a href=\"https://c.example/\">https://a.example/ b</a></p>");
        let told = pieces(nested, Links::FromPage("")).into_iter().filter_map(|piece| piece.address);
        assert_eq!(told.collect::<Vec<_>>(), ["https://c.example/"]);
    }

    #[test]
    fn only_listed_schemes_become_links() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\u{1}script:x",
            "data:text/html,x",
            "//evil.example/",
            "vbscript:x",
            "/\\evil.example",
        ] {
            assert_eq!(target(bad), Target::Unsafe, "{bad:?}");
            let out = page(&format!("[x](<{bad}>)"));
            assert!(!out.contains("<a"), "{out}");
        }
        assert_eq!(page("[x](https://a.example/)"), "<p><a href=\"https://a.example/\">x</a></p>");
        assert_eq!(page("<mail@a.example>"), "<p><a href=\"mailto:mail@a.example\">mail@a.example</a></p>");
    }

    #[test]
    fn links_into_the_site_work_from_the_page_they_stand_on() {
        assert_eq!(page("[x](/incidents/a/)"), "<p><a href=\"../incidents/a/index.html\">x</a></p>");
        assert_eq!(page("[x](/uptime#formula)"), "<p><a href=\"../uptime/index.html#formula\">x</a></p>");
        assert_eq!(page("[x](/terms.pdf)"), "<p><a href=\"../terms.pdf\">x</a></p>");
        let feed = html("[x](/uptime/)", Links::Absolute("https://s.example/"), 2);
        assert_eq!(feed, "<p><a href=\"https://s.example/uptime/\">x</a></p>");
    }

    #[test]
    fn a_foreign_picture_becomes_a_link_and_our_own_stays() {
        assert_eq!(page("![a cat](https://a.example/c.png)"), "<p><a href=\"https://a.example/c.png\">a cat</a></p>");
        assert_eq!(page("![a cat](/c.png)"), "<p><img src=\"../c.png\" alt=\"a cat\" /></p>");
        assert_eq!(page("![a cat](data:image/png;base64,AA)"), "<p>a cat</p>");
        let linked = "[![a cat](https://a.example/c.png)](https://b.example/)";
        assert_eq!(page(linked), "<p><a href=\"https://b.example/\">a cat</a></p>");
    }

    #[test]
    fn headings_begin_at_the_wanted_level_and_leave_no_gap() {
        assert_eq!(page("# a\n\n#### b\n\n## c"), "<h2>a</h2>\n<h3>b</h3>\n<h3>c</h3>");
    }

    #[test]
    fn an_opening_is_made_of_sentences_and_not_of_headings() {
        let report =
            "## Postmortem\n\n### Summary\n\nOn 18 November *labels* failed.\n\nFor an hour.\n\n## Causes\n\nA queue.";
        assert_eq!(opening(report), "On 18 November labels failed. For an hour.");
        assert_eq!(opening("# Only a title"), "Only a title");
        assert_eq!(opening("# Title\n\n- one\n- two"), "Title one two");
        assert_eq!(opening("Words. As follows:\n\n- one"), "Words.");
    }

    #[test]
    fn plain_text_has_no_markup() {
        assert_eq!(plain("**Some** `x`\n\n- one\n- two"), "Some x one two");
    }
}
