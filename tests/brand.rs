//! What a site adds to the look of its pages, and how a language turns them around.

use std::collections::BTreeMap;

use candor::pipeline;
use candor::source::Source;

use crate::support::{self, INCIDENT, SITE};

fn built(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let all = [("content/site.yaml", SITE), ("content/incidents/payments.yaml", INCIDENT)];
    let source = Source::from_files(all.into_iter().chain(files.iter().copied()));
    let build = support::build(&source);
    assert!(!build.routes.is_empty(), "{:#?}", build.diagnostics);
    let text = |route: &candor::output::Route| String::from_utf8_lossy(&route.make().unwrap()).into_owned();
    build.routes.iter().map(|route| (route.path.clone(), text(route))).collect()
}

fn policy(files: &BTreeMap<String, String>) -> &str {
    files["_headers"].lines().find(|line| line.contains("Content-Security-Policy")).unwrap()
}

#[test]
fn a_style_of_the_site_is_added_and_finds_its_font_from_every_page() {
    let style = "@font-face{font-family:Own;src:url(own.woff2)}\nbody{font-family:Own}\n";
    let files = built(&[("content/static/custom.css", style), ("content/static/own.woff2", "a font")]);
    let (_, shared) = files.iter().find(|(path, _)| path.starts_with("assets/style.")).unwrap();
    assert!(shared.contains("url(../own.woff2)"), "beside the shared style");
    assert!(files["index.html"].contains("url(assets/../own.woff2)"), "in home itself");
    assert!(files.contains_key("own.woff2") && !files.contains_key("custom.css"));
    assert!(policy(&files).contains("font-src 'self'"));
    assert!(!policy(&built(&[])).contains("font-src"), "a site without fonts lets none through");
}

#[test]
fn pictures_for_shared_links_are_made_where_they_are_wanted_and_their_letters_are_there() {
    let with = |brand: &str| {
        built(&[("content/site.yaml", &format!("{SITE}{brand}")), ("content/static/own.png", "a picture")])
    };
    let shown = |files: &BTreeMap<String, String>, page: &str| {
        let (_, rest) = files[page].split_once("<meta property=\"og:image\" content=\"")?;
        Some(rest.split('"').next()?.to_owned())
    };
    let (home, incident) = ("index.html", "incidents/payments/index.html");
    let plain = with("");
    assert!(!plain.keys().any(|path| path.ends_with("picture.png")) && shown(&plain, home).is_none());
    let files = with("brand: { pictures: true }\n");
    for (page, path) in [(home, "picture.png"), (incident, "incidents/payments/picture.png")] {
        assert!(shown(&files, page).unwrap().ends_with(path), "{page}");
        assert!(files[path].starts_with("\u{fffd}PNG") && files[path].contains("IHDR"), "{path}");
    }
    // A picture that is given is that of the site, and incidents keep theirs.
    let given = with("brand: { pictures: true, picture: own.png }\n");
    assert!(shown(&given, home).unwrap().ends_with("/own.png"));
    assert!(shown(&given, incident).unwrap().ends_with("incidents/payments/picture.png"));
    // Of a text whose letters the font lacks there is none, rather than one with holes.
    let title = INCIDENT.replace("title: ", "title: 決済 ");
    let foreign = built(&[
        ("content/site.yaml", &format!("{SITE}brand: {{ pictures: true }}\n")),
        ("content/incidents/payments.yaml", &title),
    ]);
    assert!(!foreign.contains_key("incidents/payments/picture.png"));
    assert!(shown(&foreign, incident).unwrap().ends_with("/picture.png"), "that of the site");
}

#[test]
fn a_script_in_a_template_is_let_through_by_its_hash() {
    let page = "{% extends \"base.html\" %}{% block main %}<script>console.log(1)</script>{% endblock main %}";
    let files = built(&[("themes/default/templates/404.html", page)]);
    assert!(files["404.html"].contains("<script>console.log(1)</script>"));
    let plain = built(&[]);
    let hashes = |files: &BTreeMap<String, String>| policy(files).matches("'sha256-").count();
    assert_eq!(hashes(&files), hashes(&plain) + 1);
}

#[test]
fn headers_and_robots_of_the_site_are_honoured() {
    let robots = "User-agent: *\nDisallow: /\n";
    let files = built(&[
        ("content/static/robots.txt", robots),
        ("content/static/_headers", "/*\n  Strict-Transport-Security: max-age=31536000\n"),
    ]);
    assert_eq!(files["robots.txt"], robots);
    assert!(files["_headers"].ends_with("/*\n  Strict-Transport-Security: max-age=31536000\n"));
    assert!(files["_headers"].starts_with("/*\n  Content-Security-Policy: "), "ours stay");
}

#[test]
fn a_language_from_right_to_left_turns_the_pages_around() {
    for (language, is_turned) in [
        ("en", false),
        ("ar", true),
        ("ar-EG", true),
        ("he", true),
        ("fa", true),
        ("ur-PK", true),
        ("az", false),
        ("az-Arab", true),
        ("ar-Latn", false),
        ("ks-Deva", false),
        ("de", false),
        ("zh-Hant", false),
    ] {
        let site = format!("{SITE}language: {language}\n");
        let build = support::build(&Source::from_files([("content/site.yaml", site.as_bytes())]));
        let route = build.routes.iter().find(|route| route.path == "history/index.html").unwrap();
        let page = String::from_utf8(route.make().unwrap()).unwrap();
        assert_eq!(page.contains(" dir=\"rtl\">"), is_turned, "{language}");
    }
}

#[test]
fn the_icon_tells_the_state() {
    let icon = |now: &str| {
        let source = Source::from_files([("content/site.yaml", SITE), ("content/incidents/payments.yaml", INCIDENT)]);
        let at = pipeline::Options::at(candor::time::Time::parse(now).unwrap());
        let build = pipeline::build(&source, &at);
        let home = build.routes.iter().find(|route| route.path == "index.html").unwrap();
        let home = String::from_utf8(home.make().unwrap()).unwrap();
        home.split_once("rel=\"icon\"").unwrap().1.split_once('>').unwrap().0.to_owned()
    };
    assert_ne!(icon("2026-11-02T09:30Z"), icon("2026-11-22T15:31Z"));
}

#[test]
fn what_is_over_says_after_how_long_and_leads_to_its_neighbours() {
    let later = INCIDENT.replace("2026-11-02", "2026-11-03").replace("Payments slow", "Slow again");
    let files = built(&[("content/incidents/zz.yaml", &later)]);
    let page = &files["incidents/payments/index.html"];
    assert!(page.contains("Resolved after 1 h"), "{page}");
    assert!(page.contains("<header class=\"head over\">") && page.contains("rel=\"next\""), "{page}");
    assert!(page.contains("<li class=\"u-resolved last\" id=\"update-"), "{page}");
    assert!(files["incidents/zz/index.html"].contains("rel=\"prev\""));
}

/// Eight lines, which is what a branded site takes.
const BRAND: &str = "\
brand:
  logo: logo.svg
  logo_dark: logo-dark.svg
  accent: \"#7a1fa2\"
  fonts: [{ file: fonts/inter.woff2 }]
  home: https://example.com/
  footer: [\"Example Ltd, 1 High Street. [Imprint](/imprint/)\"]
  picture: card.png
";

fn branded(more: &str) -> BTreeMap<String, String> {
    let site = format!("{SITE}{BRAND}{more}");
    built(&[
        ("content/site.yaml", &site),
        ("content/pages/imprint.md", "---\ntitle: Imprint\n---\n\nExample Ltd.\n"),
        ("content/static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 24\"/>"),
        ("content/static/logo-dark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 96 25\"/>"),
        ("content/static/fonts/inter.woff2", "a font"),
        ("content/static/card.png", "a picture"),
        ("content/static/count.js", "count()"),
    ])
}

#[test]
fn who_wants_updates_by_mail_is_led_to_where_the_site_says() {
    let link = "<a href=\"https://lists.example.org/status\">Get the updates by e-mail</a>";
    let files = branded("feeds: { email: https://lists.example.org/status }\n");
    assert!(files["subscribe/index.html"].contains(link));
    assert!(!branded("")["subscribe/index.html"].contains("by e-mail"));
}

#[test]
fn a_brand_is_on_every_page() {
    let files = branded("");
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html") && !path.starts_with("embed/")) {
        assert!(page.contains("alt=\"Example\"></picture> <span>Status</span>"), "{path}: {page}");
        assert!(page.contains("width=\"96\" height=\"24\""), "{path}: room for the logo");
        assert!(page.contains("media=\"(prefers-color-scheme: dark)\"><img"), "{path}");
        assert!(page.contains("<a href=\"https://example.com/\">example.com</a>"), "{path}");
        assert!(page.contains("imprint/index.html\">Imprint</a></p>"), "{path}: the foot");
        assert!(
            page.contains("<meta property=\"og:image\" content=\"https://status.example.org/card.png\">"),
            "{path}"
        );
    }
    let (_, style) = files.iter().find(|(path, _)| path.starts_with("assets/style.")).unwrap();
    assert!(style.contains("--link:#7a1fa2"), "{style}");
    let (font, bytes) = files.iter().find(|(path, _)| path.starts_with("assets/inter.")).unwrap();
    assert!(font.ends_with(".woff2") && bytes == "a font");
    assert!(style.contains(&format!("url({})", &font["assets/".len()..])), "beside the shared style");
    assert!(files["index.html"].contains(&format!("url({font})")), "in home itself");
    assert!(policy(&files).contains("font-src 'self'"));
    let kept = format!("/{font}\n  Cache-Control: public, max-age=31536000, immutable\n");
    assert!(files["_headers"].contains(&kept), "{}", files["_headers"]);
    assert!(files["404.html"].contains("href=\"/imprint/index.html\""), "from the root of the host");
}

#[test]
fn scripts_and_hosts_of_the_settings_stand_in_the_policy_and_nothing_else_is_let_through() {
    let files = branded(
        "scripts:\n  - { src: \"https://stats.example.net/js/x.js?v=1\", attributes: [\"data-domain=a.example\", async] }\n  \
         - { src: count.js }\norigins: [\"https://api.example.net/v1\"]\nrobots: noindex\n",
    );
    let hosts = " https://api.example.net https://stats.example.net";
    let policy = policy(&files);
    for rule in ["script-src ", "img-src ", "connect-src "] {
        let sources = policy.split_once(rule).unwrap().1.split(';').next().unwrap();
        assert!(sources.ends_with(hosts), "{rule}{sources}");
    }
    let page = &files["history/index.html"];
    let script =
        "<script defer src=\"https://stats.example.net/js/x.js?v=1\" data-domain=\"a.example\" async=\"\"></script>";
    assert!(page.contains(script) && page.contains("<script defer src=\"../count.js\"></script>"), "{page}");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(files["_headers"].contains("\n  X-Robots-Tag: noindex\n"));
    let plain = branded("");
    assert!(
        !self::policy(&plain).contains("://") && !plain["_headers"].split("/embed/").next().unwrap().contains("Robots")
    );
}

#[test]
fn the_grounds_that_contrast_is_computed_with_are_those_of_the_style() {
    use candor::model::{DARK_GROUNDS, LIGHT_GROUNDS};
    let style = include_str!("../themes/default/static/style.css");
    let named = |grounds: [candor::model::Colour; 2]| {
        let [ground, card] = grounds.map(|colour| colour.to_string());
        let short = |text: String| if text == "#ffffff" { "#fff".to_owned() } else { text };
        format!("--bg:{};--card:{};", short(ground), short(card))
    };
    assert!(style.contains(&named(LIGHT_GROUNDS)) && style.contains(&named(DARK_GROUNDS)));
}
