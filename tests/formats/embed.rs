//! What other pages show of this one: `embed.json`, `embed/`, `embed.js`, and the headers that let them.

use serde_json::Value;

use super::{NOW, ODD, at, built, content};

fn present(now: &str) -> Value {
    serde_json::from_str(&at(now)["embed.json"]).unwrap()
}

#[test]
fn the_script_is_told_what_is_open_and_which_word_of_it_is_the_newest() {
    let present = present(NOW);
    assert_eq!((&present["version"], &present["status"]), (&1.into(), &"partial_outage".into()));
    assert_eq!((&present["name"], &present["headline"]), (&ODD.into(), &"Minor service outage".into()));
    assert_eq!(present["components"], serde_json::json!({ "carts": "partial_outage", "mail": "operational" }));
    let notices = present["notices"].as_array().unwrap();
    assert_eq!(notices.len(), 1, "planned work that lies ahead is no trouble");
    assert_eq!(notices[0]["title"], ODD);
    assert_eq!(notices[0]["url"], "https://status.example.net/incidents/payments/");
    assert_eq!((&notices[0]["label"], &notices[0]["state"]), (&"Partial outage".into(), &"Identified".into()));
    assert_eq!(notices[0]["components"], serde_json::json!(["carts"]));
    let summary: Value = serde_json::from_str(&at(NOW)["api/v2/summary.json"]).unwrap();
    assert_eq!(notices[0]["update"], summary["incidents"][0]["incident_updates"][0]["id"], "the newest stands first");
}

#[test]
fn each_update_and_each_step_of_the_clock_has_a_code_of_its_own() {
    let code = |now: &str| present(now)["notices"][0]["update"].clone();
    assert_ne!(code("2026-03-02T10:10Z"), code(NOW), "a dismissed banner comes back with the next word");
    assert_eq!(code(NOW), code("2026-03-02T11:30Z"), "and not before");
    let running = present("2026-03-03T11:00Z");
    assert_eq!(
        (&running["notices"][1]["kind"], &running["notices"][1]["status"]),
        (&"maintenance".into(), &"under_maintenance".into())
    );
    let summary: Value = serde_json::from_str(&at("2026-03-03T11:00Z")["api/v2/summary.json"]).unwrap();
    let newest = &summary["scheduled_maintenances"][0]["incident_updates"][0]["id"];
    assert_eq!(&running["notices"][1]["update"], newest, "nobody wrote that it has begun");
}

/// A component that works again is not called broken by an incident that is only watched.
#[test]
fn an_incident_without_a_broken_component_says_why_it_is_open() {
    let mut content = content();
    let incident = content.get_mut("content/incidents/payments.yaml").unwrap();
    *incident += "- { at: 2026-03-02T10:25Z, status: monitoring, components: { carts: operational }, body: Better. }\n";
    let files = built(&content, NOW);
    let present: Value = serde_json::from_str(&files["embed.json"]).unwrap();
    assert_eq!(present["notices"][0]["label"], "Recovering, and being watched");
    assert_eq!(present["notices"][0]["status"], "degraded_performance");
    assert!(files["embed/index.html"].contains("<b>Recovering, and being watched </b>"));
}

#[test]
fn the_framed_page_says_it_in_words_and_colour_and_leads_out_of_the_frame() {
    let files = at(NOW);
    let page = &files["embed/index.html"];
    assert!(page.contains("<main class=\"s-partial_outage\">") && page.contains("Minor service outage"), "{page}");
    assert!(page.contains("As of <time datetime=\"2026-03-02T10:30Z\"") && page.contains("data-stale="));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    let escaped = ODD.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    assert!(page.contains(&escaped) && !page.contains("<b>&amp;amp;"), "an odd title is text: {page}");
    let links = page.split("<a ").skip(1).map(|rest| rest.split('>').next().unwrap());
    // One loads the frame again.
    let links: Vec<&str> = links.filter(|link| *link != "href=\"\"").collect();
    assert_eq!(links.len(), 2, "home and the incident");
    assert!(links.iter().all(|link| link.ends_with("target=\"_blank\" rel=\"noopener\"")), "{links:?}");
    assert!(!files["sitemap.xml"].contains("embed"));
}

#[test]
fn a_quiet_page_has_no_list() {
    let files = built(&[("content/site.yaml".to_owned(), content()["content/site.yaml"].clone())].into(), NOW);
    let page = &files["embed/index.html"];
    assert!(page.contains("All systems operational") && !page.contains("<ul>"), "{page}");
    let present: Value = serde_json::from_str(&files["embed.json"]).unwrap();
    assert_eq!(present["notices"], serde_json::json!([]));
}

/// The rules of `_headers` that are written for a path: its headers in lower case with their values.
fn rule<'a>(headers: &'a str, path: &str) -> Vec<(String, &'a str)> {
    let begin = format!("{path}\n");
    let block = headers.split_inclusive("\n/").find_map(|block| {
        let block = block.trim_end_matches("\n/");
        format!("/{}", block.trim_start_matches('/')).starts_with(&begin).then_some(block)
    });
    let lines = block.unwrap_or_else(|| panic!("no rule for {path}")).lines().skip(1);
    lines.map(|line| line.trim().split_once(": ").unwrap()).map(|(name, value)| (name.to_lowercase(), value)).collect()
}

/// Both ways of hosts: all matching rules joined, and the more specific one alone.
#[test]
fn only_the_embedded_page_may_be_framed() {
    let files = at(NOW);
    let headers = &files["_headers"];
    let of = |path: &str, name: &str| {
        let rule = rule(headers, path);
        rule.iter().find(|(known, _)| known == name).map(|(_, value)| (*value).to_owned())
    };
    let (everywhere, framed) =
        (of("/*", "content-security-policy").unwrap(), of("/embed/*", "content-security-policy").unwrap());
    assert_eq!(of("/*", "x-frame-options").as_deref(), Some("DENY"));
    assert!(!everywhere.contains("frame-ancestors"), "joined, it would close the one page too: {everywhere}");
    assert_eq!(framed, format!("{everywhere}; frame-ancestors *"), "alone, it must be a whole policy");
    assert_eq!(headers.matches("frame-ancestors").count(), 1);
    assert_eq!(of("/embed/*", "x-robots-tag").as_deref(), Some("noindex"));
    for path in ["/embed.js", "/embed.json"] {
        assert_eq!(of(path, "access-control-allow-origin").as_deref(), Some("*"), "{path}");
    }
    let rules = headers.lines().filter(|line| line.starts_with('/')).count();
    let longest = headers.lines().map(str::len).max().unwrap();
    assert!(rules <= 100 && longest <= 2000, "Cloudflare reads no more: {rules} rules, {longest} characters");
}

#[test]
fn the_script_asks_one_host_and_writes_text_alone() {
    let script = &at(NOW)["embed.js"];
    for word in [
        "innerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval",
        "Function(",
        "cookie",
        "localStorage",
        "setAttribute('style'",
    ] {
        assert!(!script.contains(word), "{word}");
    }
    assert_eq!(script.matches("fetch(").count(), 1);
    assert!(!script.contains("//"), "a comment is left");
    assert!(script.is_ascii(), "a page in another encoding, on a host that names none, would garble it");
}

#[test]
fn the_page_on_subscribing_has_the_lines_to_copy() {
    let page = &at(NOW)["subscribe/index.html"];
    for line in [
        "&lt;script async src=&quot;https:&#x2F;&#x2F;status.example.net&#x2F;embed.js&quot; data-components=&quot;carts,mail&quot;&gt;&lt;&#x2F;script&gt;",
        "&lt;iframe src=&quot;https:&#x2F;&#x2F;status.example.net&#x2F;embed&#x2F;&quot;",
        "badge.svg&quot; alt=&quot;&amp;quot;Pay&amp;quot; &amp;lt;b&amp;gt;",
    ] {
        let page = page.replace("&#x2F;", "/");
        assert!(page.contains(&line.replace("&#x2F;", "/")), "{line} in {page}");
    }
}
