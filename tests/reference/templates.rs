//! What each template gets: made from what the templates of the sample site receive. Each is replaced by one that prints
//! its values, and what is printed is read back.

use std::collections::{BTreeMap, BTreeSet};

use candor::source::Source;

use super::MARK;
use crate::support;

/// The template engine's name for all that a template gets.
const ALL_VALUES: &str = "{{ __tera_context | safe }}";

/// A structure of fewer fields is written out wherever it stands.
const WORTH_A_NAME: usize = 4;

/// The chapter, in Markdown.
pub fn chapter() -> String {
    let pages = pages();
    let names: Vec<&String> = pages.keys().collect();
    assert!(names.len() > 30, "{names:?}");
    let mut text = format!("{MARK}{INTRODUCTION}");
    let mut known = BTreeMap::new();
    for (heading, is_wiki) in [("Every page of the public site", false), ("Every page of the wiki", true)] {
        let common = common(pages.iter().filter(|(name, _)| name.starts_with("wiki/") == is_wiki).map(|(_, all)| all));
        text += &format!("\n## {heading}\n\n```yaml\n{}```\n", outline(&common, heading, &mut known));
        for (name, all) in pages.iter().filter(|(name, _)| name.starts_with("wiki/") == is_wiki) {
            let own: Fields =
                all.iter().filter(|(key, _)| !common.contains_key(*key)).map(|(k, v)| (k.clone(), v.clone())).collect();
            if !own.is_empty() {
                text += &format!("\n### `{name}`\n\n```yaml\n{}```\n", outline(&own, name, &mut known));
            }
        }
    }
    text
}

const INTRODUCTION: &str = "# What templates get\n\nThe values that each template of the default theme prints, as they are on the \
sample site. `[]` is a list of such things, and what is `optional` is absent on some pages: ask with `{% if %}`. *HTML* is for \
`| safe`; every other text is escaped. Where a value says `none here`, the sample site has none. `t` holds the words of \
`messages/`, by their keys. Parts that several pages show are printed by components of `parts.html`, `wiki/parts.html`, \
`wiki/postmortem-lists.html`, `wiki/postmortem-parts.html` and `wiki/figures.html`, which take the same structures.\n";

/// The fields of a structure.
type Fields = BTreeMap<String, Value>;

/// What a value can be.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Value {
    /// `text`, `HTML`, `number`, `true or false`.
    plain: BTreeSet<&'static str>,
    fields: Option<Fields>,
    items: Option<Box<Value>>,
    /// Whether it is absent somewhere.
    is_optional: bool,
}

impl Value {
    /// What either of two is.
    fn or(&mut self, other: Value) {
        self.plain.extend(other.plain);
        self.is_optional |= other.is_optional;
        match (&mut self.fields, other.fields) {
            (Some(own), Some(fields)) => join(own, fields),
            (own @ None, fields) => *own = fields,
            _ => {}
        }
        match (&mut self.items, other.items) {
            (Some(own), Some(items)) => own.or(*items),
            (own @ None, items) => *own = items,
            _ => {}
        }
    }
}

/// Fields that only one of two structures has are optional.
fn join(own: &mut Fields, other: Fields) {
    for (name, value) in own.iter_mut() {
        value.is_optional |= !other.contains_key(name);
    }
    for (name, mut value) in other {
        match own.get_mut(&name) {
            Some(known) => known.or(value),
            None => {
                value.is_optional = true;
                own.insert(name, value);
            }
        }
    }
}

/// By template, what it gets on the pages of the sample site.
fn pages() -> BTreeMap<String, Fields> {
    let sample = Source::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the sample");
    let folder = "themes/default/templates/";
    let page = |text: &str| text.contains("extends") || text.contains("<!doctype");
    let printing = sample.under(folder).map(|(path, bytes)| {
        let text = String::from_utf8_lossy(bytes);
        let name = path.trim_start_matches(folder);
        let printed = format!("{name}\n{ALL_VALUES}");
        (path.to_owned(), if page(&text) && !name.ends_with("base.html") { printed } else { text.into_owned() })
    });
    let content = sample.under("content/").map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
    let build = support::build(&Source::from_files(
        content.chain(printing.map(|(path, text)| (path, text.into_bytes()))).collect::<Vec<_>>(),
    ));
    let mut pages: BTreeMap<String, Fields> = BTreeMap::new();
    for route in build.routes.iter().chain(build.wiki.iter()).filter(|route| route.path.ends_with(".html")) {
        let bytes = route.make().unwrap_or_else(|faults| panic!("{}: {faults:?}", route.path));
        let text = String::from_utf8(bytes).expect("UTF-8");
        let Some((name, values)) = text.split_once('\n').filter(|(name, _)| name.ends_with(".html")) else { continue };
        let mut reader = Reader { rest: values };
        let fields = reader.value().fields.unwrap_or_else(|| panic!("{}: {values}", route.path));
        match pages.get_mut(name) {
            Some(known) => join(known, fields),
            None => _ = pages.insert(name.to_owned(), fields),
        }
    }
    pages
}

/// What all of these have, but for `page`.
fn common<'a>(pages: impl Iterator<Item = &'a Fields>) -> Fields {
    let mut common: Option<Fields> = None;
    for page in pages {
        match &mut common {
            None => common = Some(page.clone()),
            Some(common) => {
                common.retain(|name, _| page.contains_key(name));
                for (name, value) in common.iter_mut() {
                    value.or(page[name].clone());
                }
            }
        }
    }
    let mut common = common.unwrap_or_default();
    common.remove("page");
    common
}

/// One line a value; a structure that was written out before is named by where that was.
fn outline(fields: &Fields, place: &str, known: &mut BTreeMap<Fields, String>) -> String {
    let mut text = String::new();
    lines(fields, place, "", 0, known, &mut text);
    text
}

fn lines(
    fields: &Fields,
    place: &str,
    above: &str,
    depth: usize,
    known: &mut BTreeMap<Fields, String>,
    text: &mut String,
) {
    for (name, value) in fields {
        let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        let mut shown = String::new();
        let mut inner = value;
        let mut lists = String::new();
        while let Some(items) = &inner.items {
            lists += "[]";
            inner = items;
        }
        let optional = if value.is_optional { " # optional" } else { "" };
        let own = inner.fields.as_ref().filter(|_| name != "t");
        match own {
            Some(fields) if fields.len() >= WORTH_A_NAME && known.contains_key(fields) => {
                shown += &format!("as {}", known[fields]);
            }
            Some(_) => {}
            None if name == "t" => shown += "text by key",
            None if inner.plain.is_empty() => shown += "none here",
            None => shown += &Vec::from_iter(inner.plain.iter().copied()).join(" or "),
        }
        let indent = "  ".repeat(depth);
        *text += format!("{indent}{name}{lists}: {shown}{optional}").trim_end();
        text.push('\n');
        if let Some(fields) = own.filter(|_| shown.is_empty()) {
            if fields.len() >= WORTH_A_NAME {
                known.insert(fields.clone(), format!("`{path}{lists}` of {place}"));
            }
            lines(fields, place, &path, depth + 1, known, text);
        }
    }
}

/// Reads what the template engine prints of values: as JSON, but for what is absent, which is nothing at all.
struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn value(&mut self) -> Value {
        let plain = |word| Value { plain: BTreeSet::from([word]), ..Value::default() };
        self.blanks();
        match self.rest.chars().next() {
            Some('{') => self.structure(),
            Some('[') => self.list(),
            Some('"') => plain(if is_html(&self.text()) { "HTML" } else { "text" }),
            Some(sign) if sign == '-' || sign.is_ascii_digit() => {
                self.rest = self.rest.trim_start_matches(|sign: char| "-+.eE".contains(sign) || sign.is_ascii_digit());
                plain("number")
            }
            _ => match ["true", "false"].iter().find(|word| self.take(word)) {
                Some(_) => plain("true or false"),
                None => Value { is_optional: true, ..Value::default() },
            },
        }
    }

    fn structure(&mut self) -> Value {
        let mut fields = Fields::new();
        self.expect("{");
        while !self.take("}") {
            let name = self.text();
            self.expect(":");
            let value = self.value();
            fields.insert(name, value);
            self.take(",");
        }
        Value { fields: Some(fields), ..Value::default() }
    }

    fn list(&mut self) -> Value {
        let mut items = Value::default();
        self.expect("[");
        while !self.take("]") {
            let value = self.value();
            if items == Value::default() {
                items = value
            } else {
                items.or(value)
            }
            self.take(",");
        }
        Value { items: Some(Box::new(items)), ..Value::default() }
    }

    fn text(&mut self) -> String {
        self.expect("\"");
        let mut is_escaped = false;
        let end = self.rest.find(|sign| {
            let ends = sign == '"' && !is_escaped;
            is_escaped = sign == '\\' && !is_escaped;
            ends
        });
        let (text, rest) = self.rest.split_at(end.expect("the end of a text"));
        self.rest = &rest[1..];
        text.to_owned()
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, sign: &str) -> bool {
        self.blanks();
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, sign: &str) {
        assert!(self.take(sign), "no {sign} before {:.80}", self.rest);
    }
}

/// Whether a text holds an element.
fn is_html(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| rest.starts_with(|sign: char| sign.is_ascii_lowercase()) && rest.contains('>'))
}
