//! `candor capacity`: what it writes down, what it passes over, and what the wiki shows of it.

use std::fs;

use crate::support::{SITE, Site};
use snapbox::str;

fn site() -> Site {
    Site::sound().file("content/site.yaml", format!("{SITE}wiki: {{ url: https://wiki.example.net/ }}\n"))
}

fn text(site: &Site, path: &str) -> String {
    String::from_utf8(fs::read(site.path().join(path)).unwrap_or_default()).expect("UTF-8")
}

fn file(site: &Site) -> String {
    text(site, "content/capacity.yaml")
}

fn wiki_page(site: &Site, page: &str) -> String {
    site.run(["build", "--out", "public", "--wiki-out", "wiki"]);
    text(site, &format!("wiki/{page}"))
}

#[test]
fn a_reading_is_added_to_the_others_and_shown_with_them() {
    let site = site();
    site.run(["capacity", "set", "checkout", "--headroom", "55 %", "--checked", "2026-08-01"]);
    let set = ["capacity", "set", "Checkout", "--headroom", "40 %", "--source", "https://graphs.example.net/d/1"];
    site.run(set).stderr(str![[r#"
Checkout: 40 % (was 55 %)
content/capacity.yaml

"#]]);
    let written = file(&site);
    assert!(written.ends_with(
        "readings:\n  - { component: checkout, checked: 2026-08-01, headroom: \"55 %\" }\n  \
         - { component: checkout, checked: 2026-11-22, headroom: \"40 %\", source: \"https://graphs.example.net/d/1\" }\n"
    ));
    site.run(set).stderr("nothing new: this is written down already\n");
    assert_eq!(file(&site), written);
    let page = wiki_page(&site, "components/checkout/index.html");
    assert!(page.contains("aria-label=\"Checkout: from 55 % on 1 Aug 2026 to 40 % on 22 Nov 2026\""), "{page}");
    assert!(page.contains("https://graphs.example.net/d/1"), "{page}");
    let public = text(&site, "public/components/checkout/index.html");
    assert!(
        public.contains("Checkout") && !public.contains("graphs.example.net") && !public.contains("40 %"),
        "{public}"
    );
}

#[test]
fn an_answer_of_a_query_is_taken_service_by_service() {
    let answer = r#"{"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"service":"checkout"},"value":[1795305600,"0.425"]},
        {"metric":{"service":"API"},"value":[1795305600,"0.9"]},
        {"metric":{"service":"chekout"},"value":[1795305600,"1"]},
        {"metric":{"service":"api"},"value":[1895305600,"1"]},
        {"metric":{"job":"x"},"value":[1795305600,"1"]}]}}"#;
    let site = site().file("answer.json", answer);
    site.run(["capacity", "import", "answer.json", "--ratio"]).stderr(str![[r#"
passed over: a series without the label `component` or `service`, of `job`: name one with `--label`
passed over: there is no component `chekout`: did you mean `checkout`?
passed over: `api`: read on 2030-01-22, which is not yet
Checkout: 42.5 %
API: 90 %
content/capacity.yaml

"#]]);
    assert!(
        file(&site).contains("{ component: checkout, checked: 2026-11-22, headroom: \"42.5 %\" }"),
        "{}",
        file(&site)
    );
    let none = site.run(["capacity", "import", "answer.json", "--label", "region"]).code(2);
    none.says("nothing of the answer is a reading");
}

#[test]
fn what_cannot_be_written_down_changes_nothing() {
    let site = site();
    site.run(["capacity", "set", "chekout", "--headroom", "40 %"])
        .code(2)
        .stderr("error: there is no component `chekout`: did you mean `checkout`?\n");
    site.run(["capacity", "set", "checkout", "--headroom", " "]).code(2);
    site.run(["capacity", "set", "checkout", "--headroom", "40 %", "--source", "graphs"]).code(2);
    assert_eq!(file(&site), "");
    let brackets =
        site.file("content/capacity.yaml", "readings: [{ component: api, checked: 2026-11-01, headroom: twice }]\n");
    brackets.run(["capacity", "set", "checkout", "--headroom", "40 %"]).code(2).says("stands in brackets");
}

/// There is no postmortem and no address of a wiki: the card of the service would stand nowhere.
#[test]
fn a_reading_is_shown_on_a_site_that_has_nothing_else_for_its_wiki() {
    let site = Site::sound();
    site.run(["build", "--out", "public", "--wiki-out", "wiki"]);
    assert!(!site.path().join("wiki").exists(), "there is nothing to show yet");
    site.run(["capacity", "set", "checkout", "--headroom", "55 %", "--checked", "2026-08-01"]);
    assert!(wiki_page(&site, "components/checkout/index.html").contains("55 %"));
}
