//! Help texts, completions and manual pages: each command has them, and their examples are taken.

use crate::support::{Site, every_command, files};

#[test]
fn every_help_has_examples_and_the_program_takes_them() {
    let site = Site::new();
    let overview = site.help("");
    assert!(overview.contains("Exit codes: 0 fine, 1 faults in the content, 2 could not run."), "{overview}");
    let commands = every_command(&site, "");
    assert!(commands.len() >= 15, "{commands:?}");
    for command in commands {
        let help = site.help(&command);
        let (_, examples) = help.split_once("\nExample").unwrap_or_else(|| panic!("`candor {command}`: no example"));
        assert!(examples.contains("\n  candor "), "{help}");
        // Long ones are wrapped; what else stands in the text begins after an empty line.
        let text = examples.split("\n\n").next().unwrap_or_default().replace("\n  ", " ");
        for example in text.split(" candor ").skip(1) {
            let end = example.find(['#', '>', '|', '&']).unwrap_or(example.len());
            site.help(&example[..end]);
        }
    }
}

#[test]
fn completions_know_commands_arguments_and_values() {
    let site = Site::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = site.run(["completions", shell]).output();
        for word in ["candor", "postmortem", "wiki-out", "github"] {
            assert!(script.contains(word), "{shell}: no `{word}`");
        }
    }
    site.run(["completions", "tcsh"]).code(2).says("bash, elvish, fish, powershell, zsh");
}

#[test]
fn every_command_has_a_manual_page() {
    let site = Site::new();
    let page = site.run(["man"]).output();
    assert!(page.contains(".TH candor 1") && page.contains("candor\\-build(1)"), "{page}");
    site.run(["man", "--out", "man1"]).says("man1: ");
    let pages = files(&site.path().join("man1"));
    assert_eq!(pages["candor.1"], page.into_bytes());
    for command in every_command(&site, "") {
        let name = format!("candor {command}").trim().replace(' ', "-");
        let page = String::from_utf8(pages[&format!("{name}.1")].clone()).expect("UTF-8");
        assert!(page.is_ascii(), "{name}: `man` would warn of what is not ASCII");
        assert!(page.contains(".SH EXTRA\nExample") && page.contains(".SH SYNOPSIS"), "{name}: {page}");
    }
    site.write("man1/candor.1", "mine");
    site.run(["man", "--out", "man1"]).code(2).says("`man1/candor.1` was not made by this command");
}
