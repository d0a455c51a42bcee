//! The command: what is sent, when, and what is refused.

use std::fs;

use candor::source::Source;
use snapbox::str;

use crate::support::{INCIDENT, SITE, Site, files};

/// The incident of a sound site, still open at this time.
const EARLIER: &str = "2026-11-02T09:30Z";
/// After its resolution.
const LATER: &str = "2026-11-02T10:30Z";

/// A site that was built earlier, into `old`, and later, into `public`.
fn built() -> Site {
    let site = Site::sound();
    build(&site, EARLIER, "old");
    build(&site, LATER, "public");
    site
}

fn build(site: &Site, now: &str, out: &str) {
    site.run(["build", "--now", now, "--out", out]).says(out);
}

/// The folders of the messages.
fn messages(site: &Site) -> Vec<String> {
    site.run(["outbox", "--since", "old"]).output().lines().map(str::to_owned).collect()
}

fn read(site: &Site, path: &str) -> String {
    String::from_utf8(fs::read(site.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}")))
        .expect("UTF-8")
}

#[test]
fn an_update_is_one_message_in_the_form_of_each_channel() {
    let site = built();
    site.run(["outbox", "--since", "old/build.json"])
        .stdout("outbox/001-bhktxsvea1sn-d33f66f2\n")
        .stderr("outbox: 1 message\n");
    let names: Vec<String> = files(&site.path().join("outbox")).into_keys().collect();
    let folder = "001-bhktxsvea1sn-d33f66f2";
    let channels = ["email.html", "email.txt", "slack.json", "teams.json", "webhook.json"];
    let channels = channels.map(|name| format!("{folder}/{name}"));
    let rest = ["after.json", "before.json", "index.json"].map(str::to_owned);
    assert_eq!(names[1..], [&channels[..], &rest[..]].concat());
    let index = read(&site, "outbox/index.json");
    for piece in [
        "\"place\": \"incident/payments-slow/20261102T101000Z\"",
        "\"subject\": \"Resolved: Payments slow\"",
        "\"new\"",
    ] {
        assert!(index.contains(piece), "{piece}: {index}");
    }
}

#[test]
fn without_an_acknowledgement_the_same_is_written_again_byte_for_byte() {
    let site = built();
    assert_eq!(messages(&site).len(), 1);
    let before = files(&site.path().join("outbox"));
    assert_eq!(messages(&site).len(), 1);
    assert!(files(&site.path().join("outbox")) == before);
    // Nor does a later build change how it is called.
    build(&site, "2026-11-02T11:30Z", "public");
    assert_eq!(messages(&site)[0], "outbox/001-bhktxsvea1sn-d33f66f2");
}

#[test]
fn what_was_acknowledged_is_not_sent_again_and_the_rest_is() {
    let site = built();
    site.write(
        "content/announcements/prices.md",
        "---\ntitle: New prices\nfrom: 2026-11-02T10:00Z\n---\nFrom May on.\n",
    );
    build(&site, LATER, "public");
    let two = messages(&site);
    assert_eq!(two.len(), 2, "{two:?}");
    site.run(["outbox", "--ack", &two[0]]).stderr("outbox-state.json: 1 of 2 messages acknowledged\n");
    let rest = messages(&site);
    assert_eq!(rest, [two[1].replace("/002-", "/001-")], "{two:?}");
    let key = rest[0].split_once('-').expect("a number").1.to_owned();
    site.run(["outbox", "--ack", &key]).says("1 of 1 message ack");
    assert!(messages(&site).is_empty());
    assert_eq!(read(&site, "outbox-state.json"), read(&site, "outbox/after.json"));
    site.run(["outbox", "--ack"]).says("0 of 0 messages");
}

#[test]
fn the_clock_alone_starts_and_ends_planned_work() {
    let site = Site::sound().file(
        "content/maintenance/move.md",
        "---\ntitle: Move\nscheduled: { from: 2026-11-02T09:40Z, until: 2026-11-02T10:20Z }\ncomponents: [api]\n---\n",
    );
    build(&site, EARLIER, "old");
    build(&site, "2026-11-02T10:00Z", "public");
    assert_eq!(messages(&site).len(), 1);
    assert!(read(&site, "outbox/index.json").contains("\"subject\": \"In progress: Move\""));
    site.run(["outbox", "--ack"]).says("1 of 1");
    build(&site, LATER, "public");
    assert_eq!(messages(&site).len(), 2);
    assert!(read(&site, "outbox/index.json").contains("\"subject\": \"Completed: Move\""));
}

#[test]
fn work_that_is_put_off_is_a_correction() {
    let work = "---\ntitle: Move\nscheduled: { from: 2026-12-02T09:00Z, until: 2026-12-02T10:00Z }\ncomponents: [api]\n\
                updates:\n  - { at: 2026-10-02T09:00Z, status: scheduled, body: We move. }\n---\n";
    let site = Site::sound().file("content/maintenance/move.md", work);
    build(&site, LATER, "old");
    // The look of a text is not what it says.
    site.write("content/maintenance/move.md", work.replace("We move.", "We *move*."));
    build(&site, LATER, "public");
    assert!(messages(&site).is_empty());
    site.write("content/maintenance/move.md", work.replace("2026-12-02", "2026-12-09"));
    build(&site, LATER, "public");
    site.run(["outbox", "--since", "old"]).says("1 message, 1 of them a correction").output();
    let index = read(&site, "outbox/index.json");
    assert!(index.contains("\"subject\": \"Corrected: Scheduled: Move\"") && index.contains("\"changed\""), "{index}");
}

#[test]
fn history_that_is_written_later_is_not_sent_and_said() {
    let site = built();
    let old = INCIDENT.replace("2026-11-02", "2026-10-02");
    site.write("content/incidents/older.yaml", old);
    build(&site, LATER, "public");
    let says = "passed over as history, since it is older than what was sent: 2 more than before\n";
    site.run(["outbox", "--since", "old"]).says(says).output();
    assert_eq!(messages(&site).len(), 1);
}

#[test]
fn what_is_gone_is_said() {
    let site = built();
    fs::remove_file(site.path().join("content/incidents/payments-slow.yaml")).expect("removed");
    build(&site, LATER, "public");
    let says = "`incident/payments-slow/20261102T091000Z` was sent and is no longer there; nobody is told\n";
    site.run(["outbox", "--since", "old"]).says(says).stdout("");
}

#[test]
fn the_beginning_is_explicit() {
    let site = built();
    site.run(["outbox"]).code(2).stderr(str![[r#"
error: nothing says what was sent before: give the `build.json` of the last build with `--since FILE`, or begin with `--since start`, which sends nothing that is there already

"#]]);
    site.run(["outbox", "--since", "2027-01-01T00:00Z"]).code(2).says("is later than the build");
    let begun = |since: &str, state: &str| site.run(["outbox", "--since", since, "--state", state]);
    begun("2026-11-02T10:00Z", "a.json").says("1 message").output();
    begun("2026-11-02T09:00Z", "b.json").says("2 messages").output();
    begun("start", "outbox-state.json").stdout("").says("0 messages");
    assert_eq!(read(&site, "outbox-state.json").matches("incident/").count(), 2);
    // From then on the state alone counts: a run that fails begins again where it began.
    begun("2026-11-02T09:00Z", "outbox-state.json").stdout("").says("`--since 2026-11-02T09:00Z` does not count");
}

#[test]
fn what_cannot_be_compared_is_refused_and_changes_nothing() {
    let site = built();
    assert_eq!(messages(&site).len(), 1);
    let before = files(&site.path().join("outbox"));
    let refused = |since: &str, why: &str| {
        site.run(["outbox", "--since", since, "--state", "none.json"]).code(2).says(why);
        site.run(["outbox", "--state", since]).code(2);
        assert!(!site.path().join("none.json").exists());
    };
    site.write("page.html", "<!DOCTYPE html>");
    refused("page.html", "`page.html`: this is no JSON");
    refused("nowhere.json", "`nowhere.json`: No such file");
    let build_json = read(&site, "public/build.json");
    site.write("other.json", build_json.replace("status.example.org", "status.example.net"));
    refused("other.json", "`other.json`: it is of another site, `https://status.example.net/`");
    site.write("newer.json", build_json.replace("\"format\": 1", "\"format\": 9"));
    refused("newer.json", "newer Candor (form 9");
    site.write("late.json", build_json.replace("\"now\": \"2026-11-02", "\"now\": \"2026-11-03"));
    refused("late.json", "`late.json`: it is of 2026-11-03T10:30:00Z, later than this build");
    assert!(files(&site.path().join("outbox")) == before);
}

#[test]
fn messages_are_of_the_build_that_is_there() {
    let site = Site::sound();
    site.run(["outbox", "--since", "start"]).code(2).says("there is no build in `public`");
    build(&site, LATER, "public");
    site.write("content/incidents/payments-slow.yaml", INCIDENT.replace("again.", "again"));
    site.run(["outbox", "--since", "start"]).code(2).says("was built from other content than that in `.`: build again");
}

#[test]
fn an_acknowledgement_is_of_messages_that_are_there() {
    let site = built();
    site.run(["outbox", "--ack"]).code(2).says("there is no outbox in `outbox`");
    let message = messages(&site).remove(0);
    site.run(["outbox", "--ack", "bhktxsvea1sn-d33f66f3"]).code(2).says("did you mean `bhktxsvea1sn-d33f66f2`?");
    assert_eq!(read(&site, "outbox-state.json"), read(&site, "outbox/before.json"));
    site.run(["outbox", "--ack", &message]).says("1 of 1");
    // An outbox of which all was acknowledged, and another was since.
    fs::rename(site.path().join("outbox"), site.path().join("first")).expect("renamed");
    build(&site, "2026-11-02T11:30Z", "public");
    site.run(["outbox"]).says("0 messages");
    site.run(["outbox", "--ack"]).says("0 of 0");
    site.run(["outbox", "--ack", "--out", "first"]).code(2).says("later than this build");
}

#[test]
fn complete_mails_need_a_sender_and_a_receiver() {
    let site = built();
    site.run(["outbox", "--mail-from", "a@example.org"]).code(2).says("--mail-to");
    let bad = site.run(["outbox", "--since", "old", "--mail-from", "a@example.org", "--mail-to", "b@x\r\nBcc: c@d"]);
    bad.code(2).stderr(
        "error: `b@x Bcc: c@d` is no mail address: write `status@example.org` or `Example <status@example.org>`\n",
    );
    assert!(!site.path().join("outbox").exists());
}

#[test]
fn nothing_private_leaves_through_the_outbox() {
    let site = built();
    let digest = || Source::read(site.path()).expect("a site").digest();
    let (public, before) = (read(&site, "public/build.json"), digest());
    site.write("content/site.yaml", format!("{SITE}privacy: {{ forbid: [Payments work] }}\n"));
    // `build` refuses this content, so only a forged build gets as far as the messages.
    site.write("public/build.json", public.replace(&before, &digest()));
    site.run(["outbox", "--since", "old"])
        .code(1)
        .says("error[C044]: `Payments work` is not for the public")
        .says("outbox: nothing was written");
    assert!(!site.path().join("outbox").exists());
}

#[test]
fn after_a_clock_that_ran_ahead_the_outbox_begins_again_as_the_error_says() {
    let site = Site::sound();
    build(&site, EARLIER, "public");
    site.run(["outbox", "--since", "start"]).says("0 messages");
    site.run(["outbox", "--ack"]).says("0 of 0");
    let state = read(&site, "outbox-state.json");
    // The same as a machine had left it whose clock was a year ahead.
    site.write("outbox-state.json", state.replace("2026-", "2027-"));
    build(&site, LATER, "public");
    site.run(["outbox"]).code(2).says("move it away and begin with `--since TIME`, when it was made in truth");
    fs::remove_file(site.path().join("outbox-state.json")).expect("removed");
    let run = site.run(["outbox", "--since", EARLIER]);
    run.stdout("outbox/001-bhktxsvea1sn-d33f66f2\n").says("1 message");
}
