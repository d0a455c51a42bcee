//! Any text comes through as it is.

use super::{MAINTENANCE, NOW, answer, files};

const ODD: &str = "\"q\" <b> & \u{1f69a} ]]> \u{5e2}\u{5d1}\u{5e8}\u{5d9}\u{5ea} \u{202e}x\u{202c} \\ \u{1f468}\u{200d}\u{1f469} e\u{301}";

/// As a quoted YAML text.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[test]
fn names_and_titles_come_back_the_same() {
    let odd = quoted(ODD);
    let site = format!(
        "name: {odd}\nurl: https://status.example.net/\ncomponents:\n  - {{ id: a, name: {odd}, group: {odd}, description: {odd} }}\n\
         groups:\n  - {{ id: g, name: {odd} }}\n"
    );
    let update = "{ at: 2026-03-02T10:00Z, status: identified, components: { a: partial_outage }, body: B. }";
    let incident = format!("title: {odd}\nupdates: [{update}]\n");
    let work = MAINTENANCE.replace("Bigger disks", &odd).replace("carts", "a");
    let content = [("site.yaml", &*site), ("incidents/i.yaml", &*incident), ("maintenance/m.md", &*work)];
    let files = files(content, NOW);
    let summary = answer(&files, "summary");
    assert_eq!(summary["page"]["name"], ODD);
    assert_eq!(summary["components"].each("name"), [ODD, ODD]);
    assert_eq!(summary["components"].items().iter().filter(|item| item["description"] == ODD).count(), 1);
    assert_eq!(summary["incidents"][0]["name"], ODD);
    assert_eq!(summary["scheduled_maintenances"][0]["name"], ODD);
    let affected = &summary["incidents"][0]["incident_updates"][0]["affected_components"][0];
    assert_eq!(affected["name"], &*format!("{ODD} - {ODD}"));
}

/// U+000B, which XML 1.0 and iCalendar cannot carry, is a blank; blanks of a title are made one.
#[test]
fn a_vertical_tab_does_no_harm() {
    let site = "name: N\nurl: https://status.example.net/\ncomponents: [{ id: a, name: A }]\n";
    let update = "{ at: 2026-03-02T10:00Z, status: identified, body: \"one\\vtwo\" }";
    let incident = format!("title: \"one\\vtwo\"\nupdates: [{update}]\n");
    let files = files([("site.yaml", site), ("incidents/i.yaml", &*incident)], NOW);
    let incident = answer(&files, "incidents")["incidents"][0].clone();
    assert_eq!(incident["name"], "one two");
    assert_eq!(incident["incident_updates"][0]["body"], "one two");
}

#[test]
fn bodies_are_plain_text_with_addresses() {
    let site = "name: N\nurl: https://status.example.net/sub/\ncomponents: [{ id: a, name: A }]\n";
    let incident = "\
title: T
updates:
  - at: 2026-03-02T10:00Z
    status: identified
    body: |
      It **fails** for `<b>` & <i>some</i>, see [A](/components/a/).

      - One
      - Two, <https://other.example/?a=1&b=2>
";
    let files = files([("site.yaml", site), ("incidents/i.yaml", incident)], NOW);
    let body = answer(&files, "incidents")["incidents"][0]["incident_updates"][0]["body"].clone();
    let wanted = "It fails for <b> & <i>some</i>, see A (https://status.example.net/sub/components/a/).\n\n\
                  - One\n- Two, https://other.example/?a=1&b=2";
    assert_eq!(body, wanted);
}
