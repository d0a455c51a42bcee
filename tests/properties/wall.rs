//! What stands below the heading of an internal section, or in a comment, reaches no public byte, however the text above
//! it is written: either the two readers agree where the section ends, or there is an error and nothing is published.

use candor::pipeline::{self, Options};
use candor::source::Source;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{self, INCIDENT, SITE, cases};

const CANARY: &str = "zanzibar";

/// Pieces that open, close, indent or hide something in Markdown, as an author may have left them.
const PIECES: &[&str] = &[
    "It was slow.\n",
    "\n",
    "\n\n",
    "```\n",
    "```sh\ncurl x\n",
    "~~~\n",
    "~~~~ x\n",
    "  ```\n",
    "\t```\n",
    "````\n",
    "> quoted\n",
    "> ```\n> code\n",
    "- item\n",
    "- ```\n  code\n",
    "1. item\n\n   more\n",
    "<!-- aside -->\n",
    "<!-- aside\n",
    "-->\n",
    "text <!-- aside\n",
    "<!--> x\n",
    "<div>\n",
    "</div>\n",
    "<pre>\n",
    "</pre>\n",
    "<script>\n",
    "<?php\n",
    "<![CDATA[\n",
    "<!DOCTYPE x\n",
    "---\n",
    "***\n",
    "...\n",
    "+++\n",
    "---\naudience: internal\n---\n",
    "| a | b |\n| - | - |\n",
    "[x]: /y\n",
    "[x](",
    "`code",
    "``",
    "    indented\n",
    "\tindented\n",
    "a\\\n",
    "a  \n",
    "\u{feff}",
    "\0",
    "\r",
    "\u{2028}",
    "\u{a0}\n",
    "### What you can do\n",
    "$$\n",
    "*",
    "::: note\n",
];

/// A heading as somebody may have written it.
fn heading() -> impl Strategy<Value = String> {
    let before = select(vec![
        "", " ", "   ", "    ", "\t", "> ", ">", "- ", "* ", "1. ", "> - ", "\u{feff}", "\u{200b}", "\u{a0}", "\0",
        "| ", "**", "\\", "text. ",
    ]);
    let marks = select(vec!["## ", "##", "# ", "#", "##\t", "##\u{a0}", "### ", "####### ", "\u{ff03}\u{ff03} "]);
    let words = select(vec!["Lessons", "Contributing factors", "What went well?", "Impact:", "Root cause"]);
    let after = select(vec!["", " ##", "  ", ":"]);
    let marked = (before, marks, words.clone(), after)
        .prop_map(|(before, marks, words, after)| format!("{before}{marks}{words}{after}"));
    let under = select(vec![
        "---",
        "===",
        "   ---",
        "    ---",
        "\t---",
        "- - -",
        "> ---",
        "\u{2014}\u{2014}\u{2014}",
        "--- -",
        "___",
    ]);
    let underlined = (select(vec!["", "> ", "- ", "**"]), words.clone(), under)
        .prop_map(|(before, words, under)| format!("{before}{words}\n{under}"));
    let other = (
        select(vec![
            ("**", "**"),
            ("<h2>", "</h2>"),
            ("__", "__:"),
            ("<b>", "</b>"),
            ("", ""),
            ("- ", ""),
            ("> **", "**"),
            ("### ", ""),
        ]),
        words,
    )
        .prop_map(|((before, after), words)| format!("{before}{words}{after}"));
    prop_oneof![4 => marked, 2 => underlined, 2 => other]
}

/// Code shows comments, as it shows everything.
const SHOWS: [&str; 6] = ["```", "~~~", "`", "indented", "<!--", "-->"];

fn pieces(most: usize) -> impl Strategy<Value = String> {
    pieces_of(|_| true, most)
}

fn pieces_of(keep: impl Fn(&str) -> bool, most: usize) -> impl Strategy<Value = String> {
    let kept: Vec<&str> = PIECES.iter().copied().filter(|piece| keep(piece)).collect();
    vec(select(kept), 0..most).prop_map(|pieces| pieces.concat())
}

/// What customers would be told by the report, and whether anything would be published at all.
fn told(files: &[(&str, &str)]) -> (String, bool) {
    let source = Source::from_files(files.iter().map(|(path, text)| (path.to_string(), text.as_bytes())));
    let build = pipeline::build(&source, &Options::at(support::now()));
    let told = |path: &str| path.starts_with("incidents/") || path == "updates.atom";
    let routes = build.routes.iter().filter(|route| told(&route.path));
    let bytes = routes.flat_map(|route| route.make().expect("a page"));
    (String::from_utf8_lossy(&bytes.collect::<Vec<u8>>()).into_owned(), !build.routes.is_empty())
}

fn report(message: &str) -> String {
    format!(
        "---\ntitle: Payments slow\npublished: 2026-11-03T09:00Z\npublish: true\nincident: payments-slow\nstatus: reviewed\nseverity: SEV3\ncause: cache\n---\n\n## External message\n\nPayments were slow.\n\n{message}"
    )
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_is_below_the_heading_of_an_internal_section_is_never_published(
        above in pieces(7),
        heading in heading(),
        gap in select(vec!["\n\n", "\n"]),
        below in pieces(4),
        breaks in select(vec!["\n", "\r\n", "\r"]),
    ) {
        let body = report(&format!("{above}\n{heading}{gap}{below}\n{CANARY}\n\n{below}\n{CANARY}\n"));
        // The front matter has line feeds: a lone return would leave it open.
        let (front, rest) = body.split_at(body.find("## External").unwrap());
        let body = format!("{front}{}", rest.replace('\n', breaks));
        let files = [("content/site.yaml", SITE), ("content/incidents/payments-slow.yaml", INCIDENT), ("content/postmortems/payments-slow.md", &body)];
        prop_assert!(!told(&files).0.contains(CANARY), "published: {body:?}");
    }

    #[test]
    fn what_is_in_a_comment_is_never_published(
        above in pieces_of(|piece| !SHOWS.iter().any(|mark| piece.contains(mark)), 4),
        aside in vec(select(vec!["who\n", "\n", "- x\n", "## y\n", "`z\n", "> q\n", "<div>\n"]), 0..3),
        below in pieces(3),
    ) {
        let aside = aside.concat();
        let body = format!("---\ntitle: Payments slow\nupdates:\n  - at: 2026-11-02T09:10Z\n    status: resolved\n    components: {{ api: partial_outage }}\n    body: No data was lost.\n---\n{above}<!-- {aside}{CANARY} -->\n{below}");
        let files = [("content/site.yaml", SITE), ("content/incidents/payments-slow.md", &*body)];
        prop_assert!(!told(&files).0.contains(CANARY), "published: {body:?}");
    }
}

#[test]
fn a_report_without_a_doubt_is_published_and_only_its_message() {
    let body = report(
        "We are sorry. <!-- aside -->\n\n### What you can do\n\n1. Wait\n\n```\ncurl x\n```\n\n> It *was* slow.\n\n## Lessons\n\nzanzibar\n",
    );
    let files = [
        ("content/site.yaml", SITE),
        ("content/incidents/payments-slow.yaml", INCIDENT),
        ("content/postmortems/payments-slow.md", &body),
    ];
    let (text, is_published) = told(&files);
    assert!(is_published && text.contains("curl x") && !text.contains(CANARY), "{text}");
}
