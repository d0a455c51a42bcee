//! What the files of a site say: each is read once, side by side with the others, and kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::folder::{INTERNAL, SITE_FILE, STATIC, is_entry, names, no_site_file, unexpected_files};
use super::secret_files;
use crate::diagnostic::{self, Diagnostic};
use crate::document::{CAPACITY_FILE, Document};
use crate::lint::Wording;
use crate::model::{EntryKind, Id, Site};
use crate::render::InputDigest;
use crate::source::Source;
use crate::theme::{Messages, Part, Theme};
use crate::validate::{self, Entries, Entry, EntryFiles, Frame, SiteFile};

/// What a site folder says, and what is wrong with it. It knows no time: see [`Content::at`].
pub struct Content {
    source: Source,
    /// Whether drafts count as if they were finished.
    with_drafts: bool,
    /// `site.yaml` and the entries, each by itself.
    site_file: SiteFile,
    entries: Entries,
    /// The entries by their files, drafts and faulty ones too.
    kept: BTreeMap<Arc<str>, Arc<KeptFile>>,
    site: Option<Arc<Site>>,
    files: EntryFiles,
    drafts: BTreeSet<Arc<str>>,
    pub(super) wiki_paths: Arc<BTreeSet<String>>,
    faults: Vec<Diagnostic>,
    digest: InputDigest,
    wording: OnceLock<Option<Wording>>,
    messages: OnceLock<Messages>,
    themes: Arc<[OnceLock<LoadedTheme>; 2]>,
    /// The theme of the public site in each further language.
    translated_themes: Arc<OnceLock<Vec<LoadedTheme>>>,
}

/// A theme, and what is wrong with it.
pub(super) type LoadedTheme = (Theme, Vec<Diagnostic>);

/// The file of an entry as it was read, and what was found in it since.
pub(super) struct KeptFile {
    pub(super) document: Arc<Document>,
    /// What the rules of wording say of it, once they were asked.
    pub(super) wording: OnceLock<Vec<Diagnostic>>,
}

impl Content {
    /// Reads and validates every content file; `with_drafts` is whether drafts count as if they were finished.
    pub fn load(source: Source, with_drafts: bool) -> Content {
        Content::read(source, with_drafts, None)
    }

    /// The same content with other files. What has the same bytes as before is not read again.
    #[must_use]
    pub fn renewed(&self, source: Source) -> Content {
        Content::read(source, self.with_drafts, Some(self))
    }

    /// The same content with other bytes in one file, or with one file more.
    #[must_use]
    pub fn with(&self, path: &str, bytes: &[u8]) -> Content {
        self.renewed(self.source.with(path, bytes))
    }

    fn read(source: Source, with_drafts: bool, earlier: Option<&Content>) -> Content {
        // What an entry means depends on its own bytes and on `site.yaml`, and on nothing else.
        let earlier = earlier.filter(|earlier| earlier.source.is_same(&source, SITE_FILE));
        let site_file = match (earlier, source.get(SITE_FILE)) {
            (Some(earlier), _) => earlier.site_file.clone(),
            (None, Some(bytes)) => validate::site(SITE_FILE, bytes),
            (None, None) => SiteFile { faults: vec![no_site_file(&source)], ..SiteFile::default() },
        };
        let entries = Reader { source: &source, earlier }.entries(&site_file);
        let kept =
            entries.documents().map(|(path, document)| (Arc::clone(path), keep(path, document, earlier))).collect();

        // Sorted out of a copy: what is renewed later takes over every entry, drafts too.
        let mut published = entries.clone();
        let (drafts, found) = published.sort_out_drafts(with_drafts);
        let capacity = source.get(CAPACITY_FILE);
        let capacity = capacity.map(|bytes| validate::capacity(CAPACITY_FILE, bytes, site_file.frame.as_ref()));
        let capacity = capacity.unwrap_or_default();
        let frame = site_file.frame.clone().map(|frame| frame.with_readings(&capacity.readings));
        let (statics, internal) = (names(&source, STATIC, STATIC), names(&source, INTERNAL, "content/"));
        let loaded = validate::assemble(frame, published, &statics, &internal);
        let mut faults = [source.faults(), &site_file.faults, &capacity.faults, &found, &loaded.faults].concat();
        faults.extend(unexpected_files(&source));
        faults.extend(secret_files::warn(&source));
        diagnostic::sort(&mut faults);

        // The names of theme and languages are in `site.yaml`, which is the same where `earlier` is still there.
        let themes = earlier.filter(|earlier| earlier.source.is_same_under(&source, "themes/"));
        Content {
            with_drafts,
            entries,
            kept,
            site: loaded.site.map(Arc::new),
            files: loaded.files,
            drafts,
            wiki_paths: Arc::new(loaded.wiki_paths),
            faults,
            digest: input_digest(&source),
            wording: OnceLock::new(),
            messages: OnceLock::new(),
            themes: themes.map(|earlier| Arc::clone(&earlier.themes)).unwrap_or_default(),
            translated_themes: themes.map(|earlier| Arc::clone(&earlier.translated_themes)).unwrap_or_default(),
            site_file,
            source,
        }
    }

    /// What it means; none if `site.yaml` cannot be read.
    pub fn site(&self) -> Option<&Arc<Site>> {
        self.site.as_ref()
    }

    /// Settings and components; none if `site.yaml` cannot be read.
    pub(super) fn frame(&self) -> Option<&Frame> {
        self.site_file.frame.as_ref()
    }

    /// What is wrong with the files, each by itself and between them, sorted by file and line.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// The file of each entry, by kind and id.
    pub fn files(&self) -> &EntryFiles {
        &self.files
    }

    /// The file of an entry.
    pub fn file(&self, kind: EntryKind, id: &Id) -> Option<&str> {
        self.files.get(&(kind, id.clone())).map(|path| &**path)
    }

    /// The files of the entries that are drafts.
    pub fn drafts(&self) -> &BTreeSet<Arc<str>> {
        &self.drafts
    }

    /// The files that it was read from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The SHA-256 of the source.
    pub fn digest(&self) -> &InputDigest {
        &self.digest
    }

    /// The words of the pages.
    pub fn messages(&self) -> &Messages {
        self.messages.get_or_init(|| {
            let (name, language) = self.look();
            Theme::messages(&self.source, name, language)
        })
    }

    /// The theme of one of the two sites.
    pub(super) fn theme(&self, part: Part) -> &LoadedTheme {
        self.themes[usize::from(part == Part::Wiki)].get_or_init(|| {
            let (name, language) = self.look();
            Theme::load(&self.source, name, language, part)
        })
    }

    /// The theme of the public site in each language but the main one, in their order.
    pub(super) fn translated_themes(&self) -> &[LoadedTheme] {
        self.translated_themes.get_or_init(|| {
            let languages = self.site.as_ref().map_or(&[][..], |site| &site.settings.languages);
            let load = |language: &String| Theme::load(&self.source, self.look().0, language, Part::Public);
            languages.iter().skip(1).map(load).collect()
        })
    }

    /// What is wrong with the theme of the public site.
    pub fn theme_faults(&self) -> &[Diagnostic] {
        &self.theme(Part::Public).1
    }

    /// The names of the theme and of the language.
    fn look(&self) -> (&str, &str) {
        let settings = self.site.as_ref().map(|site| &site.settings);
        settings.map_or(("default", "en"), |settings| (&settings.theme, &settings.language))
    }

    /// The rules of wording as the site has them.
    pub(super) fn wording(&self) -> Option<&Wording> {
        self.wording.get_or_init(|| self.site.as_deref().map(Wording::of)).as_ref()
    }

    /// `site.yaml` as it was written.
    pub(super) fn site_document(&self) -> Option<&Document> {
        self.site_file.document.as_deref()
    }

    /// Whether a file is here as it was read there.
    pub(super) fn has(&self, kept: &Arc<KeptFile>) -> bool {
        self.kept.get(kept.document.path()).is_some_and(|own| Arc::ptr_eq(own, kept))
    }

    /// The file of an entry as it was read.
    pub(super) fn kept(&self, kind: EntryKind, id: &Id) -> Option<&Arc<KeptFile>> {
        self.kept.get(self.file(kind, id)?)
    }
}

/// The SHA-256 of the source.
fn input_digest(source: &Source) -> InputDigest {
    let source = source.clone();
    InputDigest::new(move || source.digest())
}

/// A file whose document stayed the same keeps what was found in it.
fn keep(path: &str, document: &Arc<Document>, earlier: Option<&Content>) -> Arc<KeptFile> {
    let kept = earlier.and_then(|earlier| earlier.kept.get(path));
    match kept.filter(|kept| Arc::ptr_eq(&kept.document, document)) {
        Some(kept) => Arc::clone(kept),
        None => Arc::new(KeptFile { document: Arc::clone(document), wording: OnceLock::new() }),
    }
}

/// Reads entries, or takes them over from content that had the same bytes and the same `site.yaml`.
#[derive(Clone, Copy)]
struct Reader<'a> {
    source: &'a Source,
    earlier: Option<&'a Content>,
}

impl Reader<'_> {
    fn entries(self, site_file: &SiteFile) -> Entries {
        let frame = site_file.frame.as_ref();
        let postmortem = |path: &str, bytes: Arc<[u8]>| validate::postmortem(path, bytes, frame);
        let announcement = |path: &str, bytes: Arc<[u8]>| validate::announcement(path, bytes, frame);
        let page = |path: &str, bytes: Arc<[u8]>| validate::page(path, bytes, frame);
        Entries {
            incidents: self.each(
                EntryKind::Incident,
                |all| &all.incidents,
                |path, bytes| validate::incident(path, bytes, frame),
            ),
            maintenance: self.each(
                EntryKind::Maintenance,
                |all| &all.maintenance,
                |path, bytes| validate::maintenance(path, bytes, frame),
            ),
            announcements: self.each(EntryKind::Announcement, |all| &all.announcements, announcement),
            pages: self.each(EntryKind::Page, |all| &all.pages, page),
            postmortems: self.each(EntryKind::Postmortem, |all| &all.postmortems, postmortem),
            templates: self.each(EntryKind::Template, |all| &all.templates, validate::template),
        }
    }

    /// Reads every entry of one kind, side by side.
    fn each<T: Clone + Send + Sync>(
        self,
        kind: EntryKind,
        of_kind: fn(&Entries) -> &Vec<Entry<T>>,
        read: impl Fn(&str, Arc<[u8]>) -> Entry<T> + Sync,
    ) -> Vec<Entry<T>> {
        let prefix = format!("content/{}/", kind.folder());
        let files: Vec<_> = self.source.under(&prefix).filter(|(path, _)| is_entry(path)).collect();
        let known = self.earlier.map_or(&[][..], |earlier| of_kind(&earlier.entries));
        let files = files.into_par_iter();
        files
            .map(|(path, bytes)| self.unchanged(path, known).unwrap_or_else(|| read(path, Arc::clone(bytes))))
            .collect()
    }

    /// The entry of a file that has the bytes of before; `known` is sorted by path.
    fn unchanged<T: Clone>(self, path: &str, known: &[Entry<T>]) -> Option<Entry<T>> {
        let index = known.binary_search_by(|entry| (*entry.path).cmp(path)).ok()?;
        let earlier = self.earlier.filter(|earlier| earlier.source.is_same(self.source, path));
        earlier.map(|_| known[index].clone())
    }
}
