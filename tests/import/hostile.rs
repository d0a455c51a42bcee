//! What nobody writes on purpose, for every import of files that people wrote by hand.

use std::collections::BTreeMap;

use super::{damaged, folder, sound};
use candor::import::{Imported, gatus, statusfy, upptime};
use candor::time::Zone;

type Files = BTreeMap<String, Vec<u8>>;

type Import = fn(&Files, Option<Zone>) -> Imported;

const IMPORTS: [(&str, Import); 3] = [("gatus", gatus), ("statusfy", statusfy), ("upptime", upptime)];

fn whole(name: &str) -> Files {
    damaged(&folder(name), &[], 0)
}

/// The files that an import reads first, and one of its entries.
fn names(name: &str) -> &'static [&'static str] {
    match name {
        "gatus" => &["config.yaml"],
        "statusfy" => &["config.yml", "config.toml", "config.js", "locales/en.json", "content/a.md", "content/b.md"],
        _ => &[".upptimerc.yml", "history/a.yml", "history/summary.json", "issues.json"],
    }
}

#[test]
fn line_ends_of_windows_make_no_difference() {
    for (name, import) in IMPORTS {
        let files = whole(name);
        let is_text = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok();
        let windows = files.iter().map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\n', "\r\n");
            (path.clone(), if is_text(bytes) { text.into_bytes() } else { bytes.clone() })
        });
        let imported = import(&windows.collect(), None);
        sound(&imported);
        for (path, bytes) in import(&files, None).files {
            assert_eq!(
                String::from_utf8_lossy(&bytes),
                String::from_utf8_lossy(&imported.files[&path]),
                "{name}: {path}"
            );
        }
    }
}

#[test]
fn hostile_files_are_noted_and_break_nothing() {
    let deep = ["[", "{a: ", "- ", "a:\n ", "{\"a\":", "---toml\na = [", "---json\n[", "module.exports = {a: ["]
        .map(|piece| piece.repeat(2_000).into_bytes());
    let odd = [b"\xff\xfe\x00".to_vec(), vec![0; 5000], b"\xef\xbb\xbf".to_vec(), vec![b'a'; 1_200_000], Vec::new()];
    let bomb: String = (1..12).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{},", n - 1).repeat(9))).collect();
    let bomb = format!("a0: &a0 [x]\n{bomb}").into_bytes();
    let all: Vec<Vec<u8>> = deep.into_iter().chain(odd).chain([bomb]).collect();
    for (name, import) in IMPORTS {
        for hostile in &all {
            let mut files = whole(name);
            for path in names(name) {
                files.insert((*path).to_owned(), hostile.clone());
            }
            let imported = import(&files, None);
            if !imported.files.is_empty() {
                sound(&imported);
            }
            assert!(!imported.notes.is_empty());
        }
    }
}

#[test]
fn times_that_no_content_can_name_are_not_written() {
    let times =
        ["9999-12-31T23:59:59-14:00", "1970-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z", "12026-01-01T00:00:00Z"];
    for (name, import) in IMPORTS {
        for time in times {
            let files = whole(name).into_iter().map(|(path, bytes)| {
                let Ok(text) = String::from_utf8(bytes.clone()) else { return (path, bytes) };
                (
                    path,
                    text.replace("2026-03-01T22:00:05.000Z", time)
                        .replace("2026-03-05T08:00:00Z", time)
                        .replace("2026-03-02T09:00:05Z", time)
                        .into_bytes(),
                )
            });
            sound(&import(&files.collect(), None));
        }
    }
}
