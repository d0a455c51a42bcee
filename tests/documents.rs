//! Holds the documents to the truth: the commands and the usage of the README and of the book are those of the program,
//! their examples build without a fault, and all links lead somewhere.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use candor::diagnostic::{self, Format};
use candor::pipeline::{self, Options};
use candor::source::Source;
use candor::time::Time;

use crate::support;

/// The tutorial, which tells of one incident from its begin to its end.
const TUTORIAL: &str = include_str!("../docs/src/tutorial.md");

/// The tutorial, the README, the chapters of the book and the house, by their path in the repository.
static DOCUMENTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let chapters = support::files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src")).into_iter();
    let chapters = chapters.map(|(path, bytes)| (format!("docs/src/{path}"), String::from_utf8(bytes).expect("UTF-8")));
    let others = ["README.md", "ARCHITECTURE.md"].map(|path| (path.to_owned(), support::read(path)));
    chapters.chain(others).collect()
});

/// What people wrote for users, one text after another. The tutorial comes first, since other chapters go on with its
/// incident.
static GUIDE: LazyLock<String> = LazyLock::new(|| {
    let is_other = |path: &str, text: &str| {
        !["ARCHITECTURE.md", "docs/src/tutorial.md"].contains(&path) && !text.starts_with("<!-- Made by")
    };
    let others = DOCUMENTS.iter().filter(|(path, text)| is_other(path, text)).map(|(_, text)| text.as_str());
    std::iter::once(TUTORIAL).chain(others).collect::<Vec<_>>().join("\n")
});

/// Later than every update in the examples, and before its announcement ends.
const NOW: &str = "2026-03-10T06:00Z";

/// While the tutorial's incident is open, and its next update not due.
const OPEN: &str = "2026-03-02T15:30Z";

#[test]
fn every_command_is_one_that_the_program_takes() {
    let commands = commands();
    assert!(commands.len() >= 12, "{commands:#?}");
    for command in commands {
        let words = words(&command);
        let output = candor(&[words.iter().map(String::as_str).collect(), vec!["--help"]].concat());
        let why = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "`candor {command}`: {why}");
    }
}

#[test]
fn the_usage_is_what_help_prints() {
    let help = String::from_utf8(candor(&["--help"]).stdout).expect("UTF-8");
    let usage =
        blocks().into_iter().find(|block| block.text.contains("Usage: candor")).expect("a block with the usage");
    assert_eq!(usage.text.trim(), help.trim());
}

#[test]
fn the_examples_build_without_a_fault() {
    let examples = examples();
    let kinds = ["site.yaml", "incidents/", "maintenance/", "announcements/", "pages/"];
    for kind in kinds {
        assert!(examples.iter().any(|(path, _)| path.starts_with(&format!("content/{kind}"))), "no example of {kind}");
    }
    let report = report(examples.clone(), OPEN);
    assert!(report.is_empty(), "{report}");
    let report = self::report(with_the_next_update(examples), NOW);
    assert!(report.is_empty(), "{report}");
}

#[test]
fn the_example_of_a_fault_is_what_check_prints() {
    let broken = |(path, text): (String, String)| {
        let text = if path.contains("/incidents/") { text.replace("{ checkout", "{ chekout") } else { text };
        (path, text)
    };
    let report = report(examples().into_iter().map(broken).collect(), OPEN);
    let shown = blocks().into_iter().find(|block| block.text.starts_with("error[")).expect("a block with a fault");
    assert_eq!(shown.text.trim(), report.trim());
}

#[test]
fn the_first_incident_is_what_its_commands_write() {
    let section =
        TUTORIAL.split("## Your first incident").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("it");
    let fenced: Vec<&str> = section.split("```").skip(1).step_by(2).collect();
    let [begin, file, resolve, added] = fenced.as_slice() else { panic!("{} blocks", fenced.len()) };
    let folder = support::TempFolder::new();
    let site = examples().into_iter().find(|(path, _)| path == "content/site.yaml").expect("an example");
    folder.write(&site.0, site.1);
    let run = |block: &str, now: &str| {
        let command = block.strip_prefix("sh\ncandor ").expect("a command").replace("\\\n", " ");
        let mut words = words(&command);
        words.extend(["--now", now, "--site"].map(str::to_owned));
        words.push(folder.path().display().to_string());
        let output = candor(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let path = "content/incidents/2026/2026-03-02-checkout-errors.md";
    let text = || String::from_utf8(support::files(folder.path())[path].clone()).expect("UTF-8");
    run(begin, "2026-03-02T15:09:20Z");
    let file = file.strip_prefix("yaml\n").expect("a file");
    assert_eq!(text(), file);
    run(resolve, "2026-03-02T15:41:55Z");
    let added = added.strip_prefix("yaml\n").expect("an update");
    assert_eq!(text(), format!("{}{added}---\n", file.strip_suffix("---\n").expect("front matter")));
}

#[test]
fn every_link_leads_somewhere() {
    for (name, text) in DOCUMENTS.iter() {
        for link in links(text) {
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => name.clone(),
                path => resolved(name, path),
            };
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&target).exists(), "{name}: `{target}` does not exist");
            let headings = DOCUMENTS.get(&target).map(String::as_str).unwrap_or_default();
            let is_heading = fragment.is_empty() || anchors(headings).any(|anchor| anchor == fragment);
            assert!(is_heading, "{name}: `{target}` has no heading `#{fragment}`");
        }
    }
}

#[test]
fn every_chapter_is_in_the_book() {
    let summary = &DOCUMENTS["docs/src/SUMMARY.md"];
    let listed: Vec<String> = links(summary).iter().map(|link| resolved("docs/src/SUMMARY.md", link)).collect();
    let chapters = DOCUMENTS.keys().filter(|path| path.starts_with("docs/") && !path.ends_with("SUMMARY.md"));
    for chapter in chapters {
        assert_eq!(listed.iter().filter(|path| *path == chapter).count(), 1, "{chapter} in SUMMARY.md");
    }
}

#[test]
fn the_readme_stays_short() {
    assert!(DOCUMENTS["README.md"].lines().count() <= 250);
}

/// Where a relative link of a document leads, from the root of the repository.
fn resolved(document: &str, link: &str) -> String {
    let mut path = PathBuf::from(document);
    path.pop();
    for part in Path::new(link).components() {
        match part {
            Component::ParentDir => _ = path.pop(),
            part => path.push(part),
        }
    }
    path.display().to_string()
}

fn candor(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candor")).args(arguments).env("COLUMNS", "100").output().expect("candor runs")
}

fn report(files: Vec<(String, String)>, now: &str) -> String {
    let now = Time::parse(now).expect("a time");
    let build = pipeline::build(&Source::from_files(files), &Options::at(now));
    diagnostic::print(&build.diagnostics, Format::Text { colour: false })
}

/// A block of code, and the line of text above it.
struct Block {
    above: &'static str,
    text: String,
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = GUIDE.lines();
    let mut above = "";
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            let code = lines.by_ref().take_while(|line| !line.starts_with("```"));
            blocks.push(Block { above, text: code.map(|line| format!("{line}\n")).collect() });
        } else if !line.is_empty() {
            above = line;
        }
    }
    blocks
}

/// What follows `candor` in each command, in blocks and in the text.
fn commands() -> Vec<String> {
    let blocks: Vec<String> = blocks().into_iter().map(|block| block.text.replace("\\\n", " ")).collect();
    let lines = blocks.iter().flat_map(|text| text.lines());
    let in_blocks = lines.map(|line| line.trim().trim_start_matches("- ").trim_start_matches("run: "));
    let outside = GUIDE.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2));
    let written = in_blocks.chain(outside).flat_map(|line| line.split("&&"));
    let commands = written.filter_map(|command| {
        // What a command prints may go into a file.
        let command = command.split(" > ").next()?.trim();
        command.strip_prefix("candor ").or_else(|| command.strip_prefix("cargo run --release -- "))
    });
    commands.map(str::to_owned).collect()
}

/// The words of a command, as a shell has them; those in quotes stay together.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

/// The examples that the line above them names as a file of the content.
fn examples() -> Vec<(String, String)> {
    let named = |block: Block| {
        let path = block.above.strip_prefix('`')?.strip_suffix('`')?;
        path.starts_with("content/").then(|| (path.to_owned(), block.text))
    };
    blocks().into_iter().filter_map(named).collect()
}

/// The examples, with the update that the tutorial appends to its incident.
fn with_the_next_update(examples: Vec<(String, String)>) -> Vec<(String, String)> {
    let update = blocks().into_iter().find(|block| block.text.starts_with("  - at:")).expect("a block with an update");
    let append = |(path, text): (String, String)| {
        let is_incident = path.contains("/incidents/");
        let text = match text.strip_suffix("---\n") {
            Some(front) if is_incident => format!("{front}{}---\n", update.text),
            _ => text,
        };
        (path, text)
    };
    examples.into_iter().map(append).collect()
}

/// The targets of relative links and pictures outside blocks of code.
fn links(text: &str) -> Vec<&str> {
    let outside = text.split("```").step_by(2);
    let targets = outside.flat_map(|text| text.split("](").skip(1)).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains(':')).collect()
}

/// The addresses of the headings, as GitHub makes them.
fn anchors(text: &str) -> impl Iterator<Item = String> {
    let headings = text.lines().filter_map(|line| line.strip_prefix('#'));
    headings.map(|heading| {
        let words = heading.trim_start_matches('#').trim().to_lowercase();
        words.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c)).collect::<String>().replace(' ', "-")
    })
}
