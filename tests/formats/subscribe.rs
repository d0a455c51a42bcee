//! How to subscribe: a few choices lead to one address, and each incident leads there.

use super::{NOW, built, content};

/// How often somebody at a keyboard has to press Tab, with scripts: folded parts are passed over, and the buttons of one
/// question are one stop.
fn stops(page: &str) -> usize {
    let folded = page.split("<details").skip(1).filter(|part| !part.split('>').next().unwrap().contains(" open"));
    let is_stop = |part: &str| {
        part.matches("<a ").count()
            + ["<select", "<button", "readonly", "tabindex=\"0\""]
                .map(|of| part.matches(of).count())
                .iter()
                .sum::<usize>()
    };
    let folded: usize = folded.map(|part| is_stop(part.split("</details>").next().unwrap())).sum();
    is_stop(page) - folded + page.matches("<summary").count() + usize::from(page.contains("type=\"radio\""))
}

#[test]
fn sixty_components_are_one_choice_and_not_three_hundred_links() {
    let mut content = content();
    let components: String = (0..60).map(|n| format!("- {{ id: c{n}, name: Component {n} }}\n")).collect();
    let site = content.get_mut("content/site.yaml").unwrap();
    *site = site.replace("- { id: mail,", &format!("{components}- {{ id: mail,"));
    let page = &built(&content, NOW)["subscribe/index.html"];
    assert!(page.contains("<option value=\"components/c59/\" dir=\"auto\">Component 59</option>"), "{page}");
    assert!(page.contains("<option value=\"groups/shop/\" dir=\"auto\">"));
    assert!(page.contains("components/c59/maintenance.ics"), "without scripts the addresses are there too");
    assert!(page.matches("<a ").count() > 300 && stops(page) <= 40, "{}", stops(page));
}

#[test]
fn an_incident_leads_to_the_address_of_its_component() {
    let files = built(&content(), NOW);
    let incident = &files["incidents/payments/index.html"];
    assert!(incident.contains("href=\"../../subscribe/index.html#of=components/carts/index.html\""), "{incident}");
}
