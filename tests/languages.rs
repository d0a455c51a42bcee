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

/// A site in English and German, of whose texts one is in both.
fn in_two_languages() -> std::sync::Arc<[candor::output::Route]> {
    let site = SITE.replace("name: Checkout", "name: { en: Checkout, de: Kasse }") + "languages: [en, de]\n";
    let incident = "---\ntitle: { en: Payments fail, de: Zahlungen schlagen fehl }\nupdates:\n  \
                    - { at: 2026-03-02T10:00Z, status: investigating, components: { checkout: major_outage }, body: { en: \
                    \"Payments fail. [More](/history/), [logo](/logo.png)\", de: \"Zahlungen schlagen fehl. [Mehr](/history/), \
                    [Logo](/logo.png)\" } }\n  - { at: 2026-03-02T10:10Z, status: identified, body: We know why. }\n---\n";
    let files = [
        ("content/site.yaml", site.as_str()),
        ("content/incidents/payments.md", incident),
        ("content/static/logo.png", "x"),
    ];
    let build = support::build(&Source::from_files(files));
    assert!(build.routes.len() > 50, "{:#?}", build.diagnostics);
    build.routes
}

fn text_of(routes: &[candor::output::Route], path: &str) -> String {
    let route = routes.iter().find(|route| route.path == path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(route.make().expect("bytes")).expect("UTF-8")
}

#[test]
fn a_further_language_has_the_pages_and_feeds_in_a_folder_and_each_page_leads_to_the_others() {
    let routes = in_two_languages();
    let (english, german) = ("incidents/payments/index.html", "de/incidents/payments/index.html");
    for (path, language, title) in [(english, "en", "Payments fail"), (german, "de", "Zahlungen schlagen fehl")] {
        let page = text_of(&routes, path);
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
        assert!(page.contains(&format!("<h1><bdi>{title}</bdi></h1>")), "{page}");
        for (code, folder) in [("x-default", ""), ("en", ""), ("de", "de/")] {
            let link = format!("hreflang=\"{code}\" href=\"https://status.example.org/{folder}incidents/payments/\"");
            assert!(page.contains(&link), "{path} without {link}: {page}");
        }
    }
    assert!(text_of(&routes, english).contains("<a href=\"../../de/incidents/payments/index.html\" hreflang=\"de\""));
    assert!(text_of(&routes, german).contains("<a href=\"../../../incidents/payments/index.html\" hreflang=\"en\""));
    assert!(text_of(&routes, "de/index.html").contains("Kasse") && text_of(&routes, "index.html").contains("Checkout"));
    let feed = text_of(&routes, "de/history.atom");
    assert!(feed.contains("xml:lang=\"de\"") && feed.contains("Zahlungen schlagen fehl"), "{feed}");
    assert!(!text_of(&routes, "history.atom").contains("Zahlungen"));
    let programs = ["de/api/", "de/metrics", "de/assets/", "de/_headers", "de/build.json"];
    assert!(routes.iter().all(|route| programs.iter().all(|path| !route.path.starts_with(path))));
}

#[test]
fn what_nobody_has_translated_says_so_and_in_which_language_it_is() {
    let page = text_of(&in_two_languages(), "de/incidents/payments/index.html");
    let marked =
        "<p class=\"untranslated\">Noch nicht übersetzt</p>\n<div lang=\"en\" dir=\"auto\"><p>We know why.</p></div>";
    assert!(page.contains(marked) && page.matches("untranslated").count() == 1, "{page}");
}

#[test]
fn links_of_a_translated_text_lead_to_the_pages_of_its_language_and_to_the_files_of_all() {
    let routes = in_two_languages();
    let page = text_of(&routes, "de/incidents/payments/index.html");
    assert!(page.contains("href=\"../../history/index.html\">Mehr</a>"), "{page}");
    assert!(page.contains("href=\"../../../logo.png\">Logo</a>"), "{page}");
    let feed = text_of(&routes, "de/history.atom");
    assert!(
        feed.contains("https://status.example.org/de/history/") && feed.contains("https://status.example.org/logo.png")
    );
}

#[test]
fn a_language_that_the_site_does_not_speak_and_a_main_one_that_is_missing_are_faults() {
    let two = format!("{SITE}languages: [en, de]\n");
    let faults = |site: &str, title: &str| {
        let incident = INCIDENT.replacen("title: ", &format!("title: {title}\nimpact: none\n# "), 1);
        let files = [("content/site.yaml", site), ("content/incidents/payments.yaml", incident.as_str())];
        let build = support::build(&Source::from_files(files));
        let told = build.diagnostics.iter().filter(|fault| fault.code.as_str() == "C102");
        told.map(|fault| fault.message.clone()).collect::<Vec<_>>()
    };
    assert_eq!(faults(&two, "{ en: Payments, de: Zahlungen }"), [""; 0]);
    assert_eq!(faults(&two, "{ en: Payments, fr: Paiements }"), ["the site does not speak `fr`"]);
    assert_eq!(faults(SITE, "{ en: Payments, de: Zahlungen }"), ["the site does not speak `de`"]);
    assert_eq!(faults(&two, "{ de: Zahlungen }"), ["the text in the main language, `en`, is missing"]);
    assert_eq!(faults(&format!("{SITE}languages: [en, en, '../x']\n"), "Payments").len(), 2);
    assert_eq!(faults(&format!("{SITE}language: de\nlanguages: [en, de]\n"), "Payments").len(), 1);
}

#[test]
fn the_name_and_the_foot_of_a_site_are_in_the_language_of_the_page() {
    let site = SITE.replace("name: Example Status", "name: { en: Example Status, de: Status von Example }")
        + "languages: [en, de]\nbrand: { footer: [{ en: \"[Imprint](/)\", de: \"[Impressum](/)\" }, Example Ltd.] }\n";
    assert!(site.contains("Status von Example"), "{site}");
    let build = support::build(&Source::from_files([("content/site.yaml", site.as_str())]));
    let (english, german) = (text_of(&build.routes, "index.html"), text_of(&build.routes, "de/index.html"));
    assert!(english.contains(">Imprint</a>") && german.contains(">Impressum</a>"), "{german}");
    assert!(english.contains("Example Ltd.") && german.contains("Example Ltd."));
    assert!(german.contains("Status von Example") && !english.contains("Status von Example"));
    assert!(text_of(&build.routes, "de/history.rss").contains("Status von Example"));
}

#[test]
fn a_former_address_leads_on_in_each_language() {
    let site = SITE.replace("id: checkout,", "id: checkout, aliases: [shop],") + "languages: [en, de]\n";
    let build = support::build(&Source::from_files([("content/site.yaml", site.as_str())]));
    let lines = text_of(&build.routes, "_redirects");
    for folder in ["", "de/"] {
        let line = format!("/{folder}components/shop/* /{folder}components/checkout/:splat 301\n");
        assert!(lines.contains(&line), "{lines}");
    }
}

#[test]
fn a_clock_of_a_page_from_right_to_left_is_apart_from_what_stands_around_it() {
    let page = page("ar", "incidents/payments/index.html");
    assert!(page.contains("\u{a0}UTC\u{2069}"), "{page}");
}
