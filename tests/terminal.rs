//! Somebody at a terminal, in the bad hour: an incident from its first word to its last.
use std::process::Command;

use crate::support::{self, SITE, Site};
use rexpect::session::{Options, PtySession, spawn_with_options};
use snapbox::str;

/// Keys that somebody hits in a minute: 40 words of five letters.
const KEYS_PER_MINUTE: usize = 200;

/// The key that moves to the next line of a list.
const DOWN: &str = "\u{1b}[B";

/// A terminal in the folder of a site, and the keys that were hit so far.
struct Terminal<'a> {
    site: &'a Site,
    /// As `TERM` has it.
    name: &'a str,
    keys: usize,
}

impl Terminal<'_> {
    /// Types a command and answers what it asks: each part of a question, and the answer. Returns what was
    /// shown after the last answer.
    fn run(&mut self, command: &str, now: &str, answers: &[(&str, &str)]) -> String {
        self.keys += "candor ".len() + command.len() + 1;
        let mut program = Command::new(env!("CARGO_BIN_EXE_candor"));
        program.args(command.split_whitespace()).args(["--now", now]);
        program.current_dir(self.site.path()).env_clear().env("TERM", self.name).env("NO_COLOR", "1");
        let options = Options::new().timeout_ms(Some(20_000));
        let mut session = spawn_with_options(program, options).expect("a terminal");
        for (question, answer) in answers {
            session.exp_string(question).unwrap_or_else(|error| panic!("`{command}` asks `{question}`: {error}"));
            self.answer(&mut session, answer);
        }
        session.exp_eof().expect("it ends")
    }

    fn answer(&mut self, session: &mut PtySession, answer: &str) {
        self.keys += answer.chars().count() + 1;
        session.send_line(answer).expect("it listens");
    }
}

#[test]
fn an_incident_is_told_from_its_first_word_to_its_last_in_a_minute_of_typing() {
    let site = Site::new().file("content/site.yaml", SITE);
    let mut terminal = Terminal { site: &site, name: "xterm", keys: 0 };
    let begun = terminal.run(
        "new incident",
        "2026-11-22T15:31:12Z",
        &[
            ("Title, as customers would say it: ", "Checkout fails for some customers"),
            ("Which components are affected", "check "),
            ("checkout is now", "partial"),
            ("Since when (15:04, or 20m ago) [now]: ", "15:20"),
            ("Who noticed first", "cus"),
            ("{symptom} We are looking into it.", ""),
            ("What customers notice, in a sentence", "Payments fail."),
            ("Write this to content/incidents/2026/2026-11-22-checkout-fails-for-some-customers.md? [Y/n] ", ""),
        ],
    );
    assert!(begun.contains("2026-11-22-checkout-fails-for-some-customers.md"), "{begun}");
    terminal.run(
        "update",
        "2026-11-22T15:52:40Z",
        &[("Status", DOWN), ("We know what leads to the trouble with Checkout", ""), ("Next update by 16:52 UTC", "")],
    );
    terminal.run(
        "resolve",
        "2026-11-22T16:20Z",
        &[
            ("What do customers need to know? ", ""),
            ("Was anything lost, late or doubled, in a sentence: ", "No order was lost."),
            ("Checkout: Operational (was Partial outage)", "y"),
        ],
    );
    let path = "content/incidents/2026/2026-11-22-checkout-fails-for-some-customers.md";
    let file = support::files(site.path()).remove(path).expect("the file");
    snapbox::assert_data_eq!(
        String::from_utf8(file).expect("UTF-8"),
        str![[r#"
---
title: Checkout fails for some customers
started: 2026-11-22T15:20Z
detected_by: customer
updates:
  - at: 2026-11-22T15:31Z
    status: investigating
    components: { checkout: partial_outage }
    next_update: 2026-11-22T16:31Z
    body: |
      Some customers have trouble with Checkout. Payments fail. We are looking into it.

      We will write again by 16:31 UTC.
  - at: 2026-11-22T15:52Z
    status: identified
    next_update: 2026-11-22T16:52Z
    body: |
      We know what leads to the trouble with Checkout, and we are working on it. What customers notice has not
      changed.

      We will write again by 16:52 UTC.
  - at: 2026-11-22T16:20Z
    status: resolved
    body: The trouble with Checkout is over. No order was lost.
---

"#]]
    );
    site.run(["check", "--now", "2026-11-22T16:21Z"]).stderr("no faults\n");
    assert!(terminal.keys <= KEYS_PER_MINUTE, "{} keys", terminal.keys);
}

#[test]
fn a_new_site_is_asked_for_what_it_needs_and_says_what_comes_next() {
    let site = Site::new();
    let mut program = Command::new(env!("CARGO_BIN_EXE_candor"));
    program.args(["new", "site", "status"]).current_dir(site.path()).env_clear().env("TERM", "xterm");
    let mut session = spawn_with_options(program, Options::new().timeout_ms(Some(20_000))).expect("a terminal");
    for (question, answer) in [
        ("What is the page called [Example Status]: ", "Acme Status"),
        ("Its address [https://status.example.org/]: ", "acme"),
        ("an address begins with `https://`", "https://status.acme.example"),
        ("What customers use, with commas between [Website, API]: ", "Shop, Search"),
        ("Where it is published: ", "nowhere"),
        ("`nowhere` is none of them", ""),
    ] {
        session.exp_string(question).unwrap_or_else(|error| panic!("`{question}`: {error}"));
        session.send_line(answer).expect("it listens");
    }
    let talk = session.exp_eof().expect("it ends");
    assert!(talk.contains("candor serve --open --site status"), "{talk}");
    let settings = support::files(&site.path().join("status")).remove("content/site.yaml").expect("the settings");
    let settings = String::from_utf8(settings).expect("UTF-8");
    for line in ["name: Acme Status\n", "url: https://status.acme.example/\n", "  - { id: search, name: Search }\n"] {
        assert!(settings.contains(line), "{line}: {settings}");
    }
}

#[test]
fn where_no_list_can_be_drawn_a_line_is_read() {
    let site = Site::sound();
    let mut terminal = Terminal { site: &site, name: "dumb", keys: 0 };
    let shown = terminal.run(
        "new incident --title Slow --dry-run --message x --started now",
        support::NOW,
        &[
            ("Components: checkout, api\r\nWhich are affected", "chekout=partial"),
            ("did you mean `checkout`?", "checkout=partial"),
            ("Who noticed first: monitor, ", "customer"),
        ],
    );
    assert!(shown.contains("components: { checkout: partial_outage }"), "{shown}");
    assert!(shown.contains("detected_by: customer"), "{shown}");
}

#[test]
fn no_means_no_and_nothing_is_written() {
    let site = Site::sound();
    let before = support::files(&site.path().join("content"));
    let mut terminal = Terminal { site: &site, name: "dumb", keys: 0 };
    let shown = terminal.run(
        "schedule --title Cable -c api --from 16:00 --until 1h --message x",
        support::NOW,
        &[("What customers will read:", ""), ("? [Y/n] ", "no")][1..],
    );
    assert!(shown.contains("nothing was written"), "{shown}");
    assert_eq!(support::files(&site.path().join("content")), before);
}

#[test]
fn an_editor_gets_the_template_and_an_empty_text_writes_nothing() {
    let site = Site::sound()
        .file("ours.sh", "printf 'Ours.\\n\\n' > \"$2\".new; cat \"$2\" >> \"$2\".new; mv \"$2\".new \"$2\"\n");
    let run = |editor: &str, answers: &[(&str, &str)]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_candor"));
        program.args(["reopen", "payments-slow", "--now", support::NOW]).current_dir(site.path()).env_clear();
        program.env("EDITOR", editor).env("PATH", std::env::var_os("PATH").unwrap_or_default());
        let mut session = spawn_with_options(program, Options::new().timeout_ms(Some(20_000))).expect("a terminal");
        for (question, answer) in answers {
            session.exp_string(question).unwrap_or_else(|error| panic!("`{editor}`: `{question}`: {error}"));
            session.send_line(answer).expect("it listens");
        }
        session.exp_eof().expect("it ends")
    };
    let shown = run("true >", &[]);
    assert!(shown.contains("the text is empty; nothing was written"), "{shown}");
    let shown = run("sh ours.sh ''", &[("What customers notice", ""), ("? [Y/n] ", "")]);
    assert!(shown.contains("content/incidents/payments-slow.yaml"), "{shown}");
    let file = support::files(&site.path().join("content")).remove("incidents/payments-slow.yaml").expect("it");
    let file = String::from_utf8(file).expect("UTF-8");
    assert!(file.contains("      Ours.\n\n      Some customers have trouble with Checkout."), "{file}");
    assert!(!file.contains("not published"), "{file}");
}

#[test]
fn a_text_that_has_a_fault_is_kept() {
    let editor = "printf 'See [this](/incidents/nothing/).' > \"$2\"\n";
    let site = Site::sound().file("ours.sh", editor).file("drafts/.keep", "");
    let mut program = Command::new(env!("CARGO_BIN_EXE_candor"));
    program.args(["reopen", "payments-slow", "--now", support::NOW]).current_dir(site.path()).env_clear();
    program.env("EDITOR", "sh ours.sh ''").env("TMPDIR", site.path().join("drafts"));
    program.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let mut session = spawn_with_options(program, Options::new().timeout_ms(Some(20_000))).expect("a terminal");
    let shown = session.exp_eof().expect("it ends");
    assert!(shown.contains("error[C025]") && shown.contains("your text is kept in "), "{shown}");
    let kept = support::files(&site.path().join("drafts")).into_values().any(|bytes| bytes.starts_with(b"See [this]"));
    assert!(kept, "{shown}");
}
