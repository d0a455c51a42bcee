//! The languages of the default theme: each is whole, fills in what English does, and has the forms of its numbers.

use candor::source::Source;

use crate::support::{self, INCIDENT, SITE};

const LANGUAGES: [&str; 12] = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ja", "zh-Hans", "ko", "ar"];

fn page(language: &str, path: &str) -> String {
    let site = format!("{SITE}language: {language}\n");
    let files = [("content/site.yaml", site.as_str()), ("content/incidents/payments.yaml", INCIDENT)];
    let build = support::build(&Source::from_files(files));
    let faults: Vec<_> = build.diagnostics.iter().filter(|fault| fault.code.as_str() != "C100").collect();
    assert!(faults.is_empty() || language == "en", "{language}: {faults:#?}");
    let route = build.routes.iter().find(|route| route.path == path).expect("a page");
    String::from_utf8(route.make().expect("bytes")).expect("UTF-8")
}

#[test]
fn every_language_of_the_theme_is_whole_and_knows_its_direction() {
    for language in LANGUAGES {
        let home = page(language, "index.html");
        assert!(home.contains(&format!("<html lang=\"{language}\"")), "{language}");
        assert_eq!(home.contains("dir=\"rtl\""), language == "ar");
        assert_eq!(home.contains("All systems operational"), language == "en", "{language}: {home}");
    }
}

#[test]
fn a_region_has_the_words_of_its_language_and_traditional_chinese_is_not_simplified() {
    for (language, word) in [("de-AT", "Abonnieren"), ("pt-BR", "Assinar"), ("zh-CN", "订阅"), ("zh", "订阅")] {
        assert!(page(language, "history/index.html").contains(word), "{language}");
    }
    let site = format!("{SITE}language: zh-Hant\n");
    let build = support::build(&Source::from_files([("content/site.yaml", site.as_str())]));
    assert!(build.diagnostics.iter().any(|fault| fault.code.as_str() == "C036"), "{:#?}", build.diagnostics);
}
