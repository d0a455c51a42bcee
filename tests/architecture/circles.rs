//! Files of the source that import each other, through whatever re-exports.
//!
//! A file and the module that it lies in may name each other: what a module shares with its files stands there, and it
//! calls them. Everything else is to have one direction.

use std::collections::{BTreeMap, BTreeSet};

use super::{module_path, program, rust};

/// A file of the source: what it defines and what it imports.
struct File {
    path: String,
    module: Vec<String>,
    text: String,
    /// What its `use` lines bring in: a path, and the name that it has here; `*` for everything.
    uses: Vec<(Vec<String>, String)>,
}

/// From which file to which.
type Edges = BTreeSet<(String, String)>;

struct Crate {
    files: Vec<File>,
    by_module: BTreeMap<Vec<String>, usize>,
}

#[test]
fn files_do_not_import_in_circles() {
    let source = Crate::read();
    let name = |index: usize| source.files[index].path.trim_start_matches("src/").to_owned();
    let edges: Edges = source.edges().into_iter().map(|(from, to)| (name(from), name(to))).collect();
    let circles = circles(&edges);
    assert!(circles.is_empty(), "files that import each other: {circles:#?}");
}

#[test]
fn a_circle_is_found_and_a_line_is_none() {
    let edges = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert!(circles(&edges(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    let found = circles(&edges(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("b -> c") && found[0].contains("c -> b") && !found[0].contains('d'), "{found:?}");
}

#[test]
fn uses_are_read_with_groups_globs_and_names() {
    let found: Vec<String> = uses("pub use a::{b, c::{self, D as E}};\nuse super::f::*;\n")
        .into_iter()
        .map(|(path, name)| format!("{} as {name}", path.join("::")))
        .collect();
    assert_eq!(found, ["a::b as b", "a::c as c", "a::c::D as E", "super::f as *"]);
}

impl Crate {
    fn read() -> Crate {
        let file = |(path, text): (String, String)| {
            let text = program(&text);
            let module = match &*path {
                "src/lib.rs" => Vec::new(),
                _ => module_path(&path),
            };
            File { path, module, uses: uses(&text), text }
        };
        let files: Vec<File> = rust().into_iter().filter(|(path, _)| path != "src/main.rs").map(file).collect();
        let by_module = files.iter().enumerate().map(|(index, file)| (file.module.clone(), index)).collect();
        Crate { files, by_module }
    }

    /// Which file imports from which, but for a module and what lies in it.
    fn edges(&self) -> BTreeSet<(usize, usize)> {
        let mut edges = BTreeSet::new();
        for (index, file) in self.files.iter().enumerate() {
            let named = file.uses.iter().map(|(path, _)| path.clone()).chain(inline_paths(&file.text));
            for target in named.filter_map(|path| self.resolve(index, &path, 0)) {
                let (from, to) = (&file.module, &self.files[target].module);
                if !from.starts_with(to) && !to.starts_with(from) {
                    edges.insert((index, target));
                }
            }
        }
        edges
    }

    /// The file that defines what `path` names in the file `index`.
    fn resolve(&self, index: usize, path: &[String], depth: usize) -> Option<usize> {
        let (mut module, rest) = self.beginning(index, path)?;
        for (place, name) in rest.iter().enumerate() {
            module.push(name.clone());
            if self.by_module.contains_key(&module) {
                continue;
            }
            module.pop();
            let here = *self.by_module.get(&module)?;
            // Deep enough for any chain of re-exports, and an end for two that name each other.
            let passed_on = (depth < 6).then(|| self.passed_on(here, name, &rest[place + 1..], depth)).flatten();
            return passed_on.or(Some(here));
        }
        self.by_module.get(&module).copied()
    }

    /// The module that a path begins in, and the names below it; none for other crates.
    fn beginning<'p>(&self, index: usize, path: &'p [String]) -> Option<(Vec<String>, &'p [String])> {
        let mut module = self.files[index].module.clone();
        let climbs = path.iter().take_while(|name| *name == "super").count();
        match path.first()?.as_str() {
            "crate" => Some((Vec::new(), &path[1..])),
            "self" => Some((module, &path[1..])),
            "super" => {
                module.truncate(module.len().checked_sub(climbs)?);
                Some((module, &path[climbs..]))
            }
            first => {
                let child = [&module[..], &[first.to_owned()]].concat();
                self.by_module.contains_key(&child).then_some((module, path))
            }
        }
    }

    /// Where `name` comes from, if the file `here` only passes it on.
    fn passed_on(&self, here: usize, name: &str, below: &[String], depth: usize) -> Option<usize> {
        let uses = &self.files[here].uses;
        let by_name = uses.iter().find(|(_, bound)| bound == name).map(|(path, _)| path.clone());
        let from_all = || {
            let all = uses.iter().filter(|(_, bound)| bound == "*");
            all.map(|(path, _)| [&path[..], &[name.to_owned()]].concat())
                .find(|path| self.resolve(here, path, depth + 1).is_some_and(|file| self.defines(file, name)))
        };
        let path = by_name.or_else(from_all)?;
        self.resolve(here, &[&path[..], below].concat(), depth + 1)
    }

    fn defines(&self, file: usize, name: &str) -> bool {
        let words = ["struct", "enum", "fn", "trait", "type", "const", "static"];
        let text = &self.files[file].text;
        // Vocabularies are declared by a macro, the name first in its line.
        words.iter().any(|word| text.contains(&format!("{word} {name}"))) || text.contains(&format!("\n    {name} {{"))
    }
}

/// Each group of files of which every one reaches every other, as the imports inside of it.
fn circles(edges: &Edges) -> Vec<String> {
    let mut next: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    edges.iter().for_each(|(from, to)| next.entry(from).or_default().push(to));
    let reached: BTreeMap<&str, BTreeSet<&str>> = next.keys().map(|from| (*from, reachable(from, &next))).collect();
    let reaches = |from: &str, to: &str| reached.get(from).is_some_and(|files| files.contains(to));
    let mut groups: BTreeMap<Vec<&str>, Vec<String>> = BTreeMap::new();
    for (from, to) in edges.iter().filter(|(from, to)| reaches(to, from)) {
        let group = reached.keys().copied().filter(|file| reaches(from, file) && reaches(file, from)).collect();
        groups.entry(group).or_default().push(format!("{from} -> {to}"));
    }
    groups.into_values().map(|edges| edges.join("\n")).collect()
}

fn reachable<'e>(from: &str, next: &BTreeMap<&str, Vec<&'e str>>) -> BTreeSet<&'e str> {
    let (mut found, mut open) = (BTreeSet::new(), next.get(from).cloned().unwrap_or_default());
    while let Some(file) = open.pop() {
        if found.insert(file) {
            open.extend(next.get(file).into_iter().flatten());
        }
    }
    found
}

/// What the `use` lines of a file bring in.
fn uses(text: &str) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("use ") {
        let is_word = rest[..at].ends_with(['\n', ' ', ')']) || at == 0;
        rest = &rest[at + "use ".len()..];
        let line_end = rest.find(';').unwrap_or(rest.len());
        if is_word {
            expand(Vec::new(), &rest[..line_end].split_whitespace().collect::<Vec<_>>().join(" "), &mut found);
        }
    }
    found
}

/// Every path of a tree such as `a::{b, c as d, e::*}`.
fn expand(base: Vec<String>, tree: &str, found: &mut Vec<(Vec<String>, String)>) {
    let tree = tree.trim();
    if let Some((head, group)) = tree.split_once('{').filter(|(head, _)| !head.contains(' ')) {
        let base = [&base[..], &segments(head)].concat();
        let group = group.strip_suffix('}').unwrap_or(group);
        for part in parts(group) {
            expand(base.clone(), part, found);
        }
        return;
    }
    let (path, name) = tree.split_once(" as ").map_or((tree, None), |(path, name)| (path, Some(name)));
    let mut path = [&base[..], &segments(path)].concat();
    let last = path.last().cloned().unwrap_or_default();
    if last == "self" && path.len() > 1 || last == "*" {
        path.pop();
    }
    let own = if last == "*" { last } else { path.last().cloned().unwrap_or_default() };
    found.push((path, name.map_or(own, str::to_owned)));
}

/// The members of a group, apart at the commas that lie in no inner group.
fn parts(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&group[start..]);
    found.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Paths from `crate` or `super` that stand in the code itself.
fn inline_paths(text: &str) -> Vec<Vec<String>> {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let begins = ["crate::", "super::"].into_iter().flat_map(|root| text.match_indices(root).map(|(at, _)| at));
    let begins = begins.filter(|at| !text[..*at].ends_with("::"));
    begins.map(|at| segments(&text[at..][..text[at..].find(|c| !is_path(c)).unwrap_or(text.len() - at)])).collect()
}
