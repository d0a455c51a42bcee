//! Templates, assets and messages: the default from the binary, the user's files over it one by one.
//!
//! # How a theme is put together
//!
//! `theme/embedded.rs` lists the default files, and a test holds the list to `themes/default/`. Files of `themes/NAME/`
//! replace those of the same name. Templates are Tera 2 with escaping on; `safe` is used for HTML that `markdown` or a
//! renderer made. Words come from `messages/LANG.yaml` over English. `Messages::fill` fills `{names}`, and a name without a
//! value stays as it is, so that a slip shows. The wiki speaks English until `messages/wiki/LANG.yaml` is there.
//! `style.css` and `page.js` lose comments and indentation and get a name with a fingerprint.

mod embedded;
mod format;
mod messages;
mod missing;

use std::collections::BTreeMap;

use tera::{Context, ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::source::Source;

pub(crate) use format::{Form, Formatter};
pub(crate) use messages::{Messages, sentence_case};

/// Room for most pages in one piece, in bytes.
const ROOM: usize = 16 * 1024;

/// Which of the two sites a theme is loaded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The public site.
    Public,
    /// The wiki, which has files of its own beside all public ones, in folders `wiki`.
    Wiki,
}

impl Part {
    fn takes(self, name: &str) -> bool {
        self == Part::Wiki || !name.contains("/wiki/")
    }
}

/// Everything that gives the pages their look and their words.
#[derive(Clone)]
pub struct Theme {
    tera: Tera,
    folder: String,
    sources: BTreeMap<String, String>,
    /// Files to be published, by name, such as `style.css`.
    pub assets: BTreeMap<String, Vec<u8>>,
    /// The words.
    pub messages: Messages,
}

impl Theme {
    /// The default theme with the files of `themes/NAME/` over it.
    pub fn load(source: &Source, name: &str, language: &str, part: Part) -> (Theme, Vec<Diagnostic>) {
        let folder = folder(name);
        let mut faults: Vec<Diagnostic> = is_missing(source, name, &folder).into_iter().collect();
        let files = files(source, &folder, part, &mut faults);
        let messages = Messages::load(&files, language, part, &folder, &mut faults);
        let sources = texts(&files, "templates/", &folder, &mut faults);
        let assets =
            files.iter().filter_map(|(name, bytes)| Some((name.strip_prefix("static/")?.to_owned(), bytes.to_vec())));
        let assets = assets.collect();
        let mut theme = Theme { tera: Tera::new(), folder, sources, assets, messages };
        if let Err(error) = theme.tera.add_raw_templates(theme.sources.iter().map(|(name, text)| (&**name, &**text))) {
            faults.push(theme.fault(&error));
        }
        (theme, faults)
    }

    /// Only the words of the public pages, for who prints no page.
    pub fn messages(source: &Source, name: &str, language: &str) -> Messages {
        let folder = folder(name);
        let files = files(source, &folder, Part::Public, &mut Vec::new());
        Messages::load(&files, language, Part::Public, &folder, &mut Vec::new())
    }

    /// Whether a published file is that of the default theme.
    pub(crate) fn is_default(&self, name: &str) -> bool {
        let default = embedded::FILES.iter().find(|(path, _)| path.strip_prefix("static/") == Some(name));
        default.is_some_and(|(_, text)| self.assets.get(name).is_some_and(|bytes| bytes == text.as_bytes()))
    }

    /// The scripts that stand in templates as they are, so that a policy can let them through by their hashes. What a
    /// template fills in is not known before a page is made.
    pub(crate) fn inline_scripts(&self) -> impl Iterator<Item = &str> {
        let scripts = self.sources.values().flat_map(|text| text.split("<script>").skip(1));
        let scripts = scripts.filter_map(|rest| Some(rest.split_once("</script>")?.0));
        scripts.filter(|script| !["{{", "{%", "{#"].iter().any(|sign| script.contains(sign)))
    }

    /// What every page's template may use beside its own values.
    pub fn set_globals(&mut self, globals: Context) {
        *self.tera.global_context() = globals;
    }

    /// One page.
    ///
    /// # Errors
    /// A fault of a template, with its place.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = Vec::with_capacity(ROOM);
        self.tera.render_to(template, context, &mut page).map_err(|error| Box::new(self.fault(&error)))?;
        Ok(page)
    }

    /// A failure of the template engine as a diagnostic at its place in the user's file.
    fn fault(&self, error: &tera::Error) -> Diagnostic {
        let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = &error.kind() else {
            return self.fault_of_files(error);
        };
        let span = report.span();
        let length = span.end_col.saturating_sub(span.start_col).max(1);
        let place = self.place(report.filename(), span.start_line, span.start_col + 1, length);
        Diagnostic::error(Code::Theme, format!("the template cannot be used: {}", report.message())).at(place)
    }

    fn place(&self, template: &str, line: usize, column: usize, length: usize) -> Place {
        let text = self.sources.get(template).and_then(|text| text.lines().nth(line.saturating_sub(1)));
        let path = format!("{}templates/{template}", self.folder);
        Place { path, line, column, length, text: text.unwrap_or_default().into() }
    }

    /// A failure that lies between several templates.
    fn fault_of_files(&self, error: &tera::Error) -> Diagnostic {
        let text = error.to_string();
        if let Some((message, file, line, column)) = first_report(&text) {
            let place = self.place(file, line, column, 1);
            return Diagnostic::error(Code::Theme, format!("the template cannot be used: {message}")).at(place);
        }
        let (file, message) = match error.kind() {
            ErrorKind::MissingParent { current, parent } => {
                (Some(current), format!("there is no template `{parent}` to extend"))
            }
            ErrorKind::CircularExtend { tpl, .. } => (Some(tpl), "the template extends itself".to_owned()),
            ErrorKind::CircularInclude { tpl, .. } => (Some(tpl), "the template includes itself".to_owned()),
            _ => (None, format!("the theme cannot be used: {error}")),
        };
        let folder = format!("{}templates/", self.folder);
        let place = file.map_or(folder.clone(), |file| format!("{folder}{file}"));
        let help = "compare it with the default theme: `themes/default` in Candor's repository";
        Diagnostic::error(Code::Theme, message).at(Place::file(place)).help(help)
    }
}

/// Every file of the default theme: its path, and its text.
pub(crate) fn default_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    embedded::FILES.iter().copied()
}

fn folder(name: &str) -> String {
    format!("themes/{name}/")
}

/// The files of the default theme, those of the folder over them.
fn files<'a>(
    source: &'a Source,
    folder: &'a str,
    part: Part,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, &'a [u8]> {
    let mut files: BTreeMap<&str, &[u8]> =
        embedded::FILES.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
    for (path, bytes) in source.under(folder) {
        let name = &path[folder.len()..];
        match name.split_once('/') {
            Some(("templates" | "static" | "messages", _)) => _ = files.insert(name, bytes),
            _ => faults.push(unexpected(path, name)),
        }
    }
    if part == Part::Public {
        faults.extend(unused_templates(&files, folder));
    }
    files.retain(|name, _| part.takes(name));
    files
}

/// Message, file, line and column of the first of several faults, which the engine gives as text alone:
/// "error: Unknown component `x`", then "--> home.html:2:20".
fn first_report(text: &str) -> Option<(&str, &str, usize, usize)> {
    let (message, rest) = text.strip_prefix("error: ")?.split_once('\n')?;
    let (_, place) = rest.lines().next()?.split_once("--> ")?;
    let mut parts = place.trim().rsplitn(3, ':');
    let (column, line, file) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
    Some((message, file, line, column))
}

/// A theme that `site.yaml` names and that has no file.
fn is_missing(source: &Source, name: &str, folder: &str) -> Option<Diagnostic> {
    let is_there = name == "default" || source.under(folder).next().is_some();
    let fault = || Diagnostic::error(Code::Theme, format!("there is no theme `{name}`"));
    let help = format!("put its files into `{folder}`, or take `theme` out of `content/site.yaml`");
    (!is_there).then(|| fault().at(Place::file("content/site.yaml")).help(help))
}

/// The files under `prefix` as text; a user's file that is no UTF-8 is a fault.
fn texts(
    files: &BTreeMap<&str, &[u8]>,
    prefix: &str,
    folder: &str,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with(prefix)) {
        match String::from_utf8(bytes.to_vec()) {
            Ok(text) => _ = texts.insert(name[prefix.len()..].to_owned(), text),
            Err(_) => {
                let fault = Diagnostic::error(Code::InvalidUtf8, "the file is not valid UTF-8");
                faults.push(
                    fault.at(Place::file(format!("{folder}{name}"))).help("save the file with the encoding UTF-8"),
                );
            }
        }
    }
    texts
}

/// Templates of the site that take the place of no default one, that no other names, and that hold no component.
fn unused_templates(files: &BTreeMap<&str, &[u8]>, folder: &str) -> Vec<Diagnostic> {
    let texts: Vec<(&str, std::borrow::Cow<'_, str>)> = files
        .iter()
        .filter_map(|(name, bytes)| Some((name.strip_prefix("templates/")?, String::from_utf8_lossy(bytes))))
        .collect();
    let is_default = |name: &str| embedded::FILES.iter().any(|(path, _)| path.strip_prefix("templates/") == Some(name));
    let is_named = |name: &str| {
        let names = [format!("\"{name}\""), format!("'{name}'")];
        texts.iter().any(|(_, text)| names.iter().any(|name| text.contains(name)))
    };
    let has_component =
        |text: &str| text.split("{%").skip(1).any(|tag| tag.trim_start_matches(['-', ' ']).starts_with("component "));
    let unused = texts.iter().filter(|(name, text)| !is_default(name) && !is_named(name) && !has_component(text));
    unused.map(|(name, _)| unexpected(&format!("{folder}templates/{name}"), &format!("templates/{name}"))).collect()
}

fn unexpected(path: &str, name: &str) -> Diagnostic {
    let known = embedded::FILES.iter().map(|(path, _)| *path);
    let help = did_you_mean(name, known).unwrap_or_else(|| match name.split_once('/') {
        Some(("templates", _)) => "name it in a template, or give it the name of one of the default theme".to_owned(),
        _ => "a theme has the folders `templates`, `static` and `messages`".to_owned(),
    });
    Diagnostic::warning(Code::UnexpectedFile, "this file of the theme is not read").at(Place::file(path)).help(help)
}
