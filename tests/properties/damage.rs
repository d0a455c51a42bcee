//! Damaged files: nothing brings a build down, and every fault has a place inside its file.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use candor::diagnostic::{Diagnostic, Format, print};
use candor::pipeline::{self, Options};
use candor::source::Source;
use proptest::prelude::*;

use crate::support::{self, cases};

/// The sample site, and its files that hold text.
static SAMPLE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let files = support::files(Path::new("content")).into_iter();
    files.map(|(path, bytes)| (format!("content/{path}"), bytes)).collect()
});

/// Builds and makes every page; every fault must have a place inside its file.
fn survives(files: &BTreeMap<String, Vec<u8>>) -> Result<(), TestCaseError> {
    let source = Source::from_files(files.iter().map(|(path, bytes)| (path.clone(), bytes)));
    let build = pipeline::build(&source, &Options::at(support::now()));
    for fault in &build.diagnostics {
        is_placed(fault, files)?;
    }
    for route in build.routes.iter() {
        prop_assert!(route.make().is_ok(), "{route:?}");
    }
    Ok(())
}

fn is_placed(fault: &Diagnostic, files: &BTreeMap<String, Vec<u8>>) -> Result<(), TestCaseError> {
    let Some(place) = &fault.place else { return Err(TestCaseError::fail(format!("no place: {fault:?}"))) };
    let Some(bytes) = files.get(&place.path) else {
        prop_assert!(place.line == 0, "a line of a file that is not there: {fault:?}");
        return Ok(());
    };
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    prop_assert!(place.line <= text.lines().count().max(1), "below the last line: {fault:?}");
    if place.line > 0 {
        let line = text.lines().nth(place.line - 1).unwrap_or_default();
        let length = line.chars().count();
        prop_assert!((1..=length + 1).contains(&place.column), "beside its line of {length}: {fault:?}");
        prop_assert!(place.column + place.length <= length.max(1) + 2, "longer than its line of {length}: {fault:?}");
    }
    print(std::slice::from_ref(fault), Format::Text { colour: true });
    Ok(())
}

/// What a slip of the hand or a broken disk does to a file.
#[derive(Clone, Debug)]
enum Mutation {
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    Repeat(usize, usize),
    Cut(usize),
}

impl Mutation {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let at = |share: usize| share % (bytes.len() + 1);
        match self {
            Mutation::Insert(from, piece) => {
                let from = at(*from);
                bytes.splice(from..from, piece.iter().copied());
            }
            Mutation::Remove(from, length) => {
                let from = at(*from);
                bytes.drain(from..(from + length).min(bytes.len()));
            }
            Mutation::Repeat(from, length) => {
                let from = at(*from);
                let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
                bytes.splice(from..from, piece);
            }
            Mutation::Cut(from) => bytes.truncate(at(*from)),
        }
    }
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let pieces = prop::sample::select(vec![
        "\t",
        "\n",
        "\r\n",
        " ",
        ":",
        ": ",
        "- ",
        "#",
        "\"",
        "'",
        "|",
        ">",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!x ",
        "---\n",
        "...\n",
        "%",
        "@",
        "\u{feff}",
        "\u{0}",
        "ü",
        "🚚",
        "null",
        "~",
        "<<: ",
        "? ",
        "<b>",
        "[x](/y)",
        "[x](javascript:1)",
        "![x](/y)",
        "\u{85}",
        "\u{2028}",
    ]);
    let piece = prop_oneof![
        4 => pieces.prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..6),
    ];
    let anywhere = || any::<u32>().prop_map(|n| n as usize);
    prop_oneof![
        6 => (anywhere(), piece).prop_map(|(at, piece)| Mutation::Insert(at, piece)),
        3 => (anywhere(), 1usize..60).prop_map(|(at, length)| Mutation::Remove(at, length)),
        2 => (anywhere(), 1usize..200).prop_map(|(at, length)| Mutation::Repeat(at, length)),
        1 => anywhere().prop_map(Mutation::Cut),
    ]
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_damaged_file_of_the_sample_is_reported_in_its_place(file in any::<prop::sample::Index>(), damage in prop::collection::vec(mutation(), 1..4)) {
        let mut files = SAMPLE.clone();
        let texts: Vec<String> = files.keys().filter(|path| !path.starts_with("content/static/")).cloned().collect();
        let bytes = files.get_mut(file.get(&texts)).expect("a file of the sample");
        damage.iter().for_each(|mutation| mutation.apply(bytes));
        // Only this file and the settings, so that the other pages are not made again and again.
        let path = file.get(&texts).clone();
        files.retain(|name, _| *name == path || name == "content/site.yaml");
        survives(&files)?;
    }

    #[test]
    fn no_bytes_at_all_bring_a_build_down(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC{0,80}", kind in 0usize..6) {
        let path = ["incidents/a.md", "incidents/a.yaml", "maintenance/a.yaml", "announcements/a.md", "pages/a.md", "site.yaml"][kind];
        for content in [bytes.clone(), text.clone().into_bytes(), format!("---\n{text}\n---\n{text}").into_bytes()] {
            let mut files = BTreeMap::from([("content/site.yaml".to_owned(), support::SITE.as_bytes().to_vec())]);
            files.insert(format!("content/{path}"), content);
            survives(&files)?;
        }
    }
}
