//! Badges as drawings and as what shields.io asks for.

use super::xml::Xml;
use super::{NOW, ODD, at};

#[test]
fn a_badge_says_in_words_and_in_colour_how_it_is() {
    for (now, word, colour) in [(NOW, "Partial outage", "#b3440a"), ("2026-03-01T10:00Z", "Operational", "#17744a")] {
        let files = at(now);
        let svg = Xml::read(&files["components/carts/badge.svg"]);
        assert_eq!(svg.texts("svg/title"), [format!("{}: {word}", ODD)]);
        assert_eq!(svg.attributes("svg", "role"), ["img"]);
        assert_eq!(svg.texts("svg/g/text"), [ODD, word]);
        assert_eq!(svg.attributes("svg/g/rect", "fill")[1], colour);
        let json: serde_json::Value = serde_json::from_str(&files["components/carts/badge.json"]).unwrap();
        let wanted = serde_json::json!({ "schemaVersion": 1, "label": ODD, "message": word, "color": colour });
        assert_eq!(json, wanted);
    }
}

#[test]
fn a_group_has_the_badge_of_its_worst_component() {
    let files = at(NOW);
    assert_eq!(Xml::read(&files["groups/shop/badge.svg"]).texts("svg/title"), [format!("{ODD}: Partial outage")]);
    let json: serde_json::Value = serde_json::from_str(&files["groups/shop/badge.json"]).unwrap();
    assert_eq!((&json["message"], &json["color"]), (&"Partial outage".into(), &"#b3440a".into()));
}

#[test]
fn the_badge_of_the_whole_has_the_headline_of_home() {
    let files = at(NOW);
    let svg = Xml::read(&files["badge.svg"]);
    assert_eq!(svg.texts("svg/title"), [format!("{}: Minor service outage", ODD)]);
    let json: serde_json::Value = serde_json::from_str(&files["badge.json"]).unwrap();
    assert_eq!(json["message"], "Minor service outage");
    assert!(files["index.html"].contains("Minor service outage"));
}

#[test]
fn a_badge_asks_for_nothing_and_has_no_style_that_the_policy_would_stop() {
    let badge = &at(NOW)["badge.svg"];
    assert!(!badge.contains("href") && !badge.contains("style") && !badge.contains("script"), "{badge}");
}
