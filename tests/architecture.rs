//! Holds the source to its plan: who may import whom, what is embedded, what is documented.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use candor::diagnostic::Code;
use candor::model::Vocabulary as _;

use crate::support;

mod circles;

/// From so many lines on a file is to be looked at: it may have two subjects. The number is a smell and no wall: what
/// belongs together is not cut to stay below it, but listed in [`LONG`].
const LONGEST: usize = 400;

/// Longer files, and what the one subject is for which they are.
const LONG: &[(&str, &str)] =
    &[("src/view/maintenance_story.rs", "one fold over the updates of planned work, and the properties that hold it")];

#[test]
fn modules_import_only_what_the_table_allows() {
    let table = import_table();
    let mut violations = BTreeSet::new();
    for (path, text) in rust() {
        let module = module_path(&path);
        let Some(top) = module.first().filter(|top| !["cli", "main", "lib"].contains(&top.as_str())) else { continue };
        let Some(allowed) = table.get(top) else {
            violations.insert(format!("{path}: the table does not list `{top}`"));
            continue;
        };
        for target in named_modules(&program(&text), module.len()) {
            if target != *top && !allowed.contains(&target) {
                violations.insert(format!("{path}: `{top}` may not import `{target}`"));
            }
        }
    }
    assert!(violations.is_empty(), "{violations:#?}");
}

/// Which module may name which besides itself, as ARCHITECTURE.md says it.
fn import_table() -> BTreeMap<String, BTreeSet<String>> {
    let text = support::read("ARCHITECTURE.md");
    let (_, table) = text.split_once("| module | may import |\n| --- | --- |\n").expect("the table of imports");
    let rows = table.lines().map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "));
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    rows.flat_map(|(modules, may)| names(modules).into_iter().map(move |module| (module, names(may)))).collect()
}

#[test]
fn imports_are_seen_in_groups_and_across_parents() {
    let source = "use crate::{diagnostic::{Code, Place}, time};\nuse super::super::view::Month;\nuse super::near;\n";
    let found: Vec<String> = named_modules(source, 2).into_iter().collect();
    assert_eq!(found, ["diagnostic", "time", "view"]);
    assert_eq!(program("fn a() {}\n#[cfg(test)]\nmod tests { use crate::cli; }\n// crate::cli\n"), "fn a() {}\n");
}

#[test]
fn a_long_source_file_says_what_holds_it_together() {
    let is_listed = |path: &str| LONG.iter().any(|(known, subject)| *known == path && !subject.is_empty());
    let long: Vec<String> = rust()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(path, lines)| *lines > LONGEST && !is_listed(path))
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "more than {LONGEST} lines, and not in the list of files that may be long: {long:#?}");
}

#[test]
fn a_type_has_a_name_that_tells_it_from_others() {
    // Two may share a word, such as a postmortem's `Severity` and a fault's. Of three nobody knows which one is meant.
    const MOST: usize = 2;
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in rust() {
        for name in program(&text).lines().filter_map(type_name) {
            places.entry(name.to_owned()).or_default().insert(path.clone());
        }
    }
    places.retain(|_, paths| paths.len() > MOST);
    assert!(places.is_empty(), "say what each of these is of: {places:#?}");
}

#[test]
fn the_names_of_types_are_read_with_their_visibility() {
    let names = |text: &'static str| text.lines().filter_map(type_name).collect::<Vec<_>>();
    let declared =
        "pub(in crate::import) struct Marks(Vec<u8>);\npub enum Kind {\n    struct Inner<'a> {\ntype Files = u8;\n";
    assert_eq!(names(declared), ["Marks", "Kind", "Inner", "Files"]);
    assert!(names("    type Value = Node;\nimpl Marks {\nlet structure = struct_of();\n").is_empty());
}

/// The type that a line declares. Types of a trait's implementation are indented, and have their names from the trait.
fn type_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub") || word.ends_with(')'));
    let is_type = match words.next()? {
        "struct" | "enum" | "trait" => true,
        "type" => !line.starts_with(' '),
        _ => false,
    };
    let name = words.next().filter(|_| is_type)?;
    Some(&name[..name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len())])
}

#[test]
fn nothing_is_left_to_be_done() {
    // Written apart, so that this file does not hold them.
    let marks = [["TO", "DO"], ["FIX", "ME"], ["unimplemented", "!"], ["todo", "!("]].map(|parts| parts.concat());
    let folders = ["src", "tests", "themes", "benches"].into_iter().flat_map(texts);
    let found: Vec<String> = folders
        .filter(|(path, _)| ["node_modules/", ".venv/", ".editors/"].iter().all(|foreign| !path.contains(foreign)))
        .flat_map(|(path, text)| {
            let lines = text.lines().enumerate().filter(|(_, line)| marks.iter().any(|mark| line.contains(mark)));
            lines.map(|(index, line)| format!("{path}:{}: {}", index + 1, line.trim())).collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_file_of_the_default_theme_is_embedded() {
    let embedded = support::read("src/theme/embedded.rs");
    let listed: BTreeSet<&str> =
        embedded.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"')).collect();
    let there = support::files(Path::new("themes/default"));
    assert_eq!(there.keys().map(String::as_str).collect::<BTreeSet<_>>(), listed);
}

#[test]
fn every_code_is_documented_and_met_by_a_bad_case() {
    let readme = support::read("tests/bad/README.md");
    let rows: BTreeMap<&str, Vec<&str>> = readme
        .lines()
        .filter(|line| ["| C0", "| C1", "| BL", "| CU"].iter().any(|start| line.starts_with(start)))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>())
        .map(|cells| (cells[0], cells))
        .collect();
    let mut wrong = Vec::new();
    for code in Code::ALL {
        match rows.get(code.as_str()).map(Vec::as_slice) {
            Some([_, name, meaning, examples]) => {
                if *name != code.name() || *meaning != code.meaning() {
                    wrong.push(format!(
                        "{}: its row is to say | {} | {} |",
                        code.as_str(),
                        code.name(),
                        code.meaning()
                    ));
                }
                wrong.extend(unmet(*code, examples));
            }
            _ => wrong.push(format!("{} has no row of four cells in tests/bad/README.md", code.as_str())),
        }
    }
    assert_eq!(rows.len(), Code::ALL.len(), "rows of tests/bad/README.md");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Examples that do not show `code`.
fn unmet(code: Code, examples: &str) -> Vec<String> {
    let links: Vec<&str> = examples.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let shows = |case: &str| {
        let path = format!("tests/bad/{case}");
        Path::new(&path).exists() && support::read(&path).contains(&format!("[{}]: ", code.as_str()))
    };
    let mut unmet: Vec<String> = links
        .iter()
        .filter(|case| !shows(case))
        .map(|case| format!("{case} does not show {}", code.as_str()))
        .collect();
    if links.is_empty() {
        unmet.push(format!("{} has no example", code.as_str()));
    }
    unmet
}

#[test]
fn every_message_is_used_and_every_used_message_exists() {
    let listed =
        ["themes/default/messages/en.yaml", "themes/default/messages/wiki/en.yaml"].map(support::read).concat();
    let keys: BTreeSet<&str> = listed
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key)
        .collect();
    let programs: String = rust().into_iter().map(|(_, text)| program(&text)).collect();
    let templates: String = texts("themes/default/templates").map(|(_, text)| text).collect();
    let in_templates: BTreeSet<&str> =
        templates.match_indices("t.").filter_map(|(at, _)| template_key(&templates, at)).collect();
    let literals: BTreeSet<&str> = programs.split('"').collect();

    let unused: Vec<&str> =
        keys.iter().copied().filter(|key| !in_templates.contains(key) && !is_composed(key, &literals)).collect();
    assert!(unused.is_empty(), "messages that nothing uses: {unused:#?}");
    let in_source = asked_for(&programs);
    let missing: Vec<&&str> = in_templates.iter().chain(&in_source).filter(|key| !has_message(key, &keys)).collect();
    assert!(missing.is_empty(), "messages that en.yaml lacks: {missing:#?}");
}

/// `KEY` of `t.KEY`, where `t` is a word of its own.
fn template_key(templates: &str, at: usize) -> Option<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let before = templates[..at].chars().next_back();
    let rest = &templates[at + 2..];
    let key = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
    (before.is_some_and(|c| " {(".contains(c)) && !key.is_empty()).then_some(key)
}

/// Whether a text of the source is this key: as it stands, as the stem of a number's two forms, or as
/// a pattern such as `lead_{}_{number}` whose blanks are words of the content.
fn is_composed(key: &str, literals: &BTreeSet<&str>) -> bool {
    let stem = key.strip_suffix("_one").or_else(|| key.strip_suffix("_many"));
    let is_word = candor::model::ComponentStatus::WORDS.contains(&key)
        || candor::model::IncidentStatus::WORDS.contains(&key)
        || candor::model::MaintenanceStatus::WORDS.contains(&key);
    is_word
        || literals.contains(key)
        || stem.is_some_and(|stem| literals.contains(stem))
        || literals.iter().any(|pattern| pattern.contains("_{") && fits(key, pattern))
}

/// Whether `key` is `pattern` with each `{…}` replaced by some text.
fn fits(key: &str, pattern: &str) -> bool {
    let mut rest = key;
    let mut parts = pattern.split('{').map(|part| part.split_once('}').map_or(part, |(_, fixed)| fixed));
    let Some(start) =
        parts.next().filter(|start| !start.is_empty() && start.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    else {
        return false;
    };
    let Some(after) = rest.strip_prefix(start) else { return false };
    rest = after;
    for part in parts {
        match rest.find(part) {
            Some(at) if part.is_empty() => rest = &rest[rest.len().max(at)..],
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
}

/// The keys that the source asks for by name.
fn asked_for(programs: &str) -> BTreeSet<&str> {
    const CALLS: &[&str] =
        &["messages.get(\"", "messages.fill(\"", "messages.count(\"", "with_time(facts, \"", "full(\""];
    let calls =
        CALLS.iter().flat_map(|call| programs.match_indices(call).map(|(at, found)| &programs[at + found.len()..]));
    calls.filter_map(|rest| rest.split('"').next()).collect()
}

fn has_message(key: &str, keys: &BTreeSet<&str>) -> bool {
    keys.contains(key) || (keys.contains(&*format!("{key}_one")) && keys.contains(&*format!("{key}_many")))
}

/// Every Rust file of `src/` and its text.
fn rust() -> Vec<(String, String)> {
    texts("src").filter(|(path, _)| path.ends_with(".rs")).collect()
}

/// Every text file under `folder`, by path from the root of the repository.
fn texts(folder: &str) -> impl Iterator<Item = (String, String)> + use<> {
    let folder = folder.to_owned();
    let files = support::files(Path::new(&folder));
    files
        .into_iter()
        .filter_map(move |(path, bytes)| Some((format!("{folder}/{path}"), String::from_utf8(bytes).ok()?)))
}

/// `src/view/mod.rs` is `view`, `src/view/status.rs` is `view`, `status`.
fn module_path(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// The source without its tests, which stand at the end, and without comments.
fn program(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect()
}

/// The modules of the crate that `source` names, through `crate::` or by climbing to the root with
/// `super::` from a module that lies `depth` below it.
fn named_modules(source: &str, depth: usize) -> BTreeSet<String> {
    let climb = "super::".repeat(depth);
    let roots = ["crate::", &*climb];
    let found =
        roots.iter().flat_map(|root| source.match_indices(root).map(|(at, root)| (at, &source[at + root.len()..])));
    let from_root = found.filter(|(at, rest)| !source[..*at].ends_with("::") && !rest.starts_with("super::"));
    from_root.flat_map(|(_, rest)| first_names(rest)).collect()
}

/// The first name of a path, or of each path of a group in braces.
fn first_names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![word(rest)] };
    let (mut depth, mut names, mut name) = (0, Vec::new(), String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(std::mem::take(&mut name)),
            _ if depth == 0 => name.push(c),
            _ => {}
        }
    }
    names.push(name);
    names.iter().map(|name| word(name)).filter(|name| !name.is_empty()).collect()
}

fn word(text: &str) -> String {
    text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
