//! Bad cases: a site with a fault and its report, in one text of `tests/bad`.

use std::collections::BTreeMap;
use std::fs;

use super::SITE;
use super::folder::read;

/// The settings of a site, which most cases share.
pub const SITE_FILE: &str = "content/site.yaml";
const WITHOUT_SITE_FILE: &str = "without content/site.yaml";
const REPORT: &str = "report";

/// A case of `tests/bad`.
pub struct Case {
    pub name: String,
    /// The files of its site; unless it says otherwise, with the smallest `site.yaml`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What `candor check` is to say.
    pub report: String,
}

impl Case {
    /// All of them, by name.
    pub fn all() -> Vec<Case> {
        let files = fs::read_dir("tests/bad").expect("the cases").map(|entry| entry.expect("a case").file_name());
        let files = files
            .map(|file| file.to_string_lossy().into_owned())
            .filter(|file| file != "README.md" && file != ".gitattributes");
        let mut names: Vec<String> = files
            .map(|file| {
                file.strip_suffix(".txt").map(str::to_owned).unwrap_or_else(|| panic!("{file} is not `NAME.txt`"))
            })
            .collect();
        names.sort();
        names.into_iter().map(|name| Case::of(&read(&path(&name)), name)).collect()
    }

    fn of(text: &str, name: String) -> Case {
        let mut files = BTreeMap::from([(SITE_FILE.to_owned(), SITE.to_owned())]);
        let mut title = String::new();
        for line in text.split_inclusive('\n') {
            if let Some(begun) = line.strip_prefix("=== ") {
                title = begun.trim_end().to_owned();
                files.insert(title.clone(), String::new());
                continue;
            }
            let file = files.get_mut(&title);
            file.unwrap_or_else(|| panic!("{name}: `=== PATH` comes first")).push_str(line);
        }
        if files.remove(WITHOUT_SITE_FILE).is_some() {
            files.remove(SITE_FILE);
        }
        let report = files.remove(REPORT).unwrap_or_default();
        Case { name, files: files.into_iter().map(|(path, text)| (path, bytes(&text))).collect(), report }
    }

    /// Writes what was said into the case, as its report.
    pub fn accept(&self, report: &str) {
        let text = read(&path(&self.name));
        let site = text.split_inclusive('\n').take_while(|line| line.trim_end() != format!("=== {REPORT}"));
        let text = format!("{}=== {REPORT}\n{report}", site.collect::<String>());
        #[expect(clippy::disallowed_methods, reason = "the test's own snapshot")]
        fs::write(path(&self.name), text).expect("a file that can be written");
    }
}

fn path(name: &str) -> String {
    format!("tests/bad/{name}.txt")
}

/// A text with the bytes that it names, such as `⟨0d⟩`.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split('⟨');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_once('⟩').expect("`⟩` after `⟨`");
        bytes.push(u8::from_str_radix(digits, 16).expect("two digits of a byte"));
        bytes.extend(rest.as_bytes());
    }
    bytes
}
