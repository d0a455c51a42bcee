//! The content of a site at a moment: what is worth a word, and the pages of both sites.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::content::KeptFile;
use super::folder::{INTERNAL, STATIC};
use super::{Build, Content, Options, digest, versions};
use crate::audience;
use crate::diagnostic::{self, Diagnostic};
use crate::document::Document;
use crate::leak::Guard;
use crate::lint::{self, WordingChoice};
use crate::model::{EntryKind, Id, IncidentRecord, ServiceCard, Site, Translations, Visibility};
use crate::output::{self, Route};
use crate::paths;
use crate::render::{self, Difference, Facts, InputDigest};
use crate::theme::{Part, Theme};
use crate::time::Time;
use crate::view::Learning;

/// Content at a moment. Each of its stages is worked out when it is asked for, and once.
pub struct Moment<'c> {
    content: &'c Content,
    options: &'c Options,
    learning: OnceLock<Option<Arc<Learning>>>,
    advice: OnceLock<Vec<Diagnostic>>,
    facts: OnceLock<Option<Arc<Facts>>>,
    public: OnceLock<Option<PublicPages>>,
    wiki: OnceLock<Option<WikiPages>>,
    site: OnceLock<Option<Arc<Site>>>,
    public_digest: OnceLock<InputDigest>,
}

/// The public site.
pub struct PublicPages {
    /// What the pages draw on.
    pub facts: Arc<Facts>,
    /// Every file, sorted by path.
    pub routes: Arc<[Route]>,
    /// What is wrong with the theme, and with the places of the files.
    pub faults: Vec<Diagnostic>,
}

/// The wiki.
pub struct WikiPages {
    /// What the pages draw on.
    pub wiki: Arc<render::Wiki>,
    /// Every file, sorted by path.
    pub routes: Arc<[Route]>,
    /// What is wrong with the theme, and with the places of the files.
    pub faults: Vec<Diagnostic>,
}

impl Content {
    /// The content at a moment; `options.drafts` was decided when it was read.
    pub fn at<'c>(&'c self, options: &'c Options) -> Moment<'c> {
        Moment {
            content: self,
            options,
            learning: OnceLock::new(),
            advice: OnceLock::new(),
            facts: OnceLock::new(),
            site: OnceLock::new(),
            public_digest: OnceLock::new(),
            public: OnceLock::new(),
            wiki: OnceLock::new(),
        }
    }
}

impl<'c> Moment<'c> {
    /// What it is a moment of.
    pub fn content(&self) -> &'c Content {
        self.content
    }

    /// What the content means, with what git knows of its versions; none if `site.yaml` cannot be read.
    fn site(&self) -> Option<&Arc<Site>> {
        let edited = |site: &Arc<Site>| match self.options.versions.is_empty() {
            true => Arc::clone(site),
            false => versions::edited(self.content, site, self.options),
        };
        self.site.get_or_init(|| self.content.site().map(edited)).as_ref()
    }

    /// What the postmortems give together; none if there is no site.
    pub fn learning(&self) -> Option<&Arc<Learning>> {
        // Not `self.site()`: what git knows are edits of incidents and maintenance, and no lesson hangs on them.
        let learning = |site: &Arc<Site>| Arc::new(Learning::of(site, self.options.now));
        self.learning.get_or_init(|| self.content.site().map(learning)).as_ref()
    }

    /// When each postmortem was first committed that does not say when it was published, by its id.
    pub fn committed(&self) -> BTreeMap<Id, Time> {
        let postmortems = self.content.site().into_iter().flat_map(|site| &site.postmortems);
        let silent = postmortems.filter(|postmortem| postmortem.published.is_none());
        let time = |id: &Id| self.options.committed.get(self.content.file(EntryKind::Postmortem, id)?).copied();
        silent.filter_map(|postmortem| Some((postmortem.id.clone(), time(&postmortem.id)?))).collect()
    }

    /// What is worth a word although it is valid.
    pub fn advice(&self) -> &[Diagnostic] {
        self.advice.get_or_init(|| {
            let mut advice = self.rules();
            let choice = self.content.site().map(|site| self.options.wording.on(site, self.options.now));
            advice.extend(self.wording(choice.as_ref(), &|_| true));
            advice
        })
    }

    /// The advice that needs more than one file, or the time.
    pub(super) fn rules(&self) -> Vec<Diagnostic> {
        let content = self.content;
        let (Some(site), Some(learning), Some(wording)) = (content.site(), self.learning(), content.wording()) else {
            return Vec::new();
        };
        let documents = |kind: EntryKind, id: &Id| content.kept(kind, id).map(|kept| &*kept.document);
        lint::check(site, learning, wording, content.site_document(), &documents, self.options.now)
    }

    /// The advice on wording in the entries of a choice, or in all, as far as their files are meant. A file that was judged
    /// already is not judged again.
    pub(super) fn wording(
        &self,
        choice: Option<&WordingChoice<'_>>,
        is_meant: &(dyn Fn(&Arc<KeptFile>) -> bool + Sync),
    ) -> Vec<Diagnostic> {
        let content = self.content;
        let (Some(site), Some(wording)) = (content.site(), content.wording()) else { return Vec::new() };
        let judged = |kind, id: &Id, judge: &dyn Fn(&Document) -> Vec<Diagnostic>| {
            let kept = content.kept(kind, id).filter(|kept| is_meant(kept));
            kept.map(|kept| kept.wording.get_or_init(|| judge(&kept.document)).clone()).unwrap_or_default()
        };
        // Asked before the file is looked for: of years of entries most are no longer worth a word.
        let is_chosen = |of: &dyn Fn(&WordingChoice<'_>) -> bool| choice.is_none_or(of);
        let incidents = site.incidents.par_iter().filter(|record| {
            let file = || content.file(EntryKind::Incident, &record.incident.id);
            is_chosen(&|choice| choice.incident(&record.incident, file))
        });
        let incidents = incidents.flat_map_iter(|record| {
            judged(EntryKind::Incident, &record.incident.id, &|document| wording.incident(record, document))
        });
        let maintenance = site.maintenance.par_iter().filter(|work| {
            is_chosen(&|choice| choice.maintenance(work, || content.file(EntryKind::Maintenance, &work.id)))
        });
        let maintenance = maintenance.flat_map_iter(|work| {
            judged(EntryKind::Maintenance, &work.id, &|document| wording.maintenance(work, document))
        });
        let postmortems = site.postmortems.par_iter().filter(|postmortem| {
            let file = || content.file(EntryKind::Postmortem, &postmortem.id);
            is_chosen(&|choice| choice.postmortem(postmortem, file))
        });
        let postmortems = postmortems.flat_map_iter(|postmortem| {
            judged(EntryKind::Postmortem, &postmortem.id, &|document| wording.postmortem(document))
        });
        incidents.chain(maintenance).chain(postmortems).collect()
    }

    /// What the public pages draw on; none if there is no site. The wall stands between the site and that.
    pub fn facts(&self) -> Option<&Arc<Facts>> {
        let facts = |site: &Arc<Site>| {
            let (theme, _) = self.content.theme(Part::Public);
            Arc::new(render::facts(audience::public(site), theme.clone(), self.about()))
        };
        self.facts.get_or_init(|| self.site().map(facts)).as_ref()
    }

    /// The public site; none if `site.yaml` cannot be read.
    pub fn public(&self) -> Option<&PublicPages> {
        self.public.get_or_init(|| self.public_pages()).as_ref()
    }

    fn public_pages(&self) -> Option<PublicPages> {
        let (site, facts) = (self.content.site()?, self.facts()?);
        let mut routes = render::public(facts);
        routes.extend(self.translated(facts).iter().flat_map(render::public_in_language));
        // A site that knows better than we do what robots may read.
        if self.static_file(paths::ROBOTS).is_some() {
            routes.retain(|route| route.path != paths::ROBOTS);
        }
        let own =
            self.content.source().under(STATIC).filter(|(path, _)| !PART_OF_OURS.contains(&&path[STATIC.len()..]));
        routes.extend(own.map(|(path, bytes)| Route::fixed(&path[STATIC.len()..], path.to_owned(), Arc::clone(bytes))));
        // The guard stands between what is rendered and what is published.
        let guard = Guard::new(site, self.content.source());
        let mut routes = guard.watch(routes);
        let mut faults = self.content.theme(Part::Public).1.clone();
        faults.extend(self.content.translated_themes().iter().flat_map(|(_, faults)| faults.clone()));
        faults.extend(self.upcoming(site, facts, &guard));
        faults.extend(output::arrange(&mut routes));
        Some(PublicPages { facts: Arc::clone(facts), routes: routes.into(), faults })
    }

    /// What the pages of the further languages draw on, each.
    fn translated(&self, main: &Arc<Facts>) -> Vec<Arc<Facts>> {
        let facts = |(language, (theme, _)): (&String, &(Theme, Vec<Diagnostic>))| {
            Arc::new(render::facts(main.site.in_language(language), theme.clone(), self.about()))
        };
        main.site.settings.languages.iter().skip(1).zip(self.content.translated_themes()).map(facts).collect()
    }

    /// Each language of the pages, as its readers call it.
    fn languages(&self) -> Vec<render::PageLanguage> {
        let languages = self.content.site().map_or(&[][..], |site| &site.settings.languages);
        let main = languages.first().map(|language| (language, self.content.theme(Part::Public), String::new()));
        let others = languages.iter().skip(1).zip(self.content.translated_themes());
        let others = others.map(|(language, theme)| (language, theme, format!("{language}/")));
        let all = main.into_iter().chain(others);
        all.map(|(code, (theme, _), folder)| render::PageLanguage {
            code: code.clone(),
            name: theme.messages.get("language_name").to_owned(),
            folder,
        })
        .collect()
    }

    /// Faults of texts that time alone will make public. Found only then, they would keep everything from being published.
    fn upcoming(&self, site: &Site, facts: &Facts, guard: &Guard) -> Vec<Diagnostic> {
        let (public, now) = (&facts.site, self.options.now);
        let mut texts: Vec<(Time, String)> = Vec::new();
        // Put together only where it is still to come: almost all of a site of years has been told.
        let mut add = |at: Time, text: &dyn Fn() -> String| {
            if at > now {
                texts.push((at, text()));
            }
        };
        let told = |text: &str, translations: &Translations| {
            std::iter::once(text).chain(translations.all()).collect::<Vec<_>>().join("\n\n")
        };
        for update in public.incidents.iter().flat_map(|incident| &incident.updates) {
            add(update.at, &|| told(&update.body, &update.translations));
        }
        for incident in &public.incidents {
            // Before its first update nobody knows of it.
            let own = || [&*incident.title, &incident.id, &incident.summary].join("\n\n");
            add(incident.updates[0].at, &|| told(&own(), &incident.translations));
        }
        for update in public.maintenance.iter().flat_map(|work| &work.updates) {
            add(update.at, &|| told(&update.body, &update.translations));
        }
        // Of the public site those that are not in force yet are left out.
        for said in &site.announcements {
            let own = || [&*said.title, &said.id, &said.body].join("\n\n");
            add(said.from, &|| told(&own(), &said.translations));
        }
        for message in public.messages.values() {
            add(message.published, &|| message.body.clone());
        }
        texts.iter().flat_map(|(at, text)| guard.upcoming(text, &at.rfc3339_minutes())).collect()
    }

    /// The wiki, a site of its own that is published elsewhere; none if there is nothing that it would be for.
    pub fn wiki(&self) -> Option<&WikiPages> {
        self.wiki.get_or_init(|| self.wiki_pages()).as_ref()
    }

    fn wiki_pages(&self) -> Option<WikiPages> {
        let (site, learning) = (self.content.site().filter(|site| has_wiki(site))?, self.learning()?);
        let (theme, faults) = self.content.theme(Part::Wiki);
        let paths = Arc::clone(&self.content.wiki_paths);
        let known = render::Known { learning: Arc::clone(learning), committed: self.committed(), paths };
        let about = render::BuildInput { digest: self.content.digest().clone(), ..self.about() };
        let wiki = Arc::new(render::Wiki::new(Arc::clone(site), theme.clone(), about, known));
        let mut routes = render::wiki(&wiki);
        for (path, bytes) in self.content.source().under(INTERNAL) {
            routes.push(Route::fixed(&path["content/".len()..], path.to_owned(), Arc::clone(bytes)));
        }
        let mut faults = faults.clone();
        faults.extend(output::arrange(&mut routes));
        Some(WikiPages { wiki, routes: routes.into(), faults })
    }

    /// Everything: the pages of both sites, and all that is to be said of them.
    pub fn build(&self) -> Build {
        // Before the stages part, which would wait for each other at it.
        self.learning();
        let (advice, (public, wiki)) = rayon::join(|| self.advice(), || rayon::join(|| self.public(), || self.wiki()));
        let mut diagnostics = [self.content.faults(), advice].concat();
        diagnostics.extend(public.into_iter().flat_map(|public| public.faults.iter().cloned()));
        diagnostics.extend(wiki.into_iter().flat_map(|wiki| wiki.faults.iter().cloned()));
        diagnostic::deny(&mut diagnostics, &self.options.deny);
        diagnostic::sort(&mut diagnostics);
        // What both sites share, such as a theme's fault, is found twice.
        diagnostics.dedup();
        let is_sound = !diagnostic::has_errors(&diagnostics);
        let routes = public.filter(|_| is_sound).map_or_else(Default::default, |public| Arc::clone(&public.routes));
        let wiki = wiki.filter(|_| is_sound).map_or_else(Default::default, |wiki| Arc::clone(&wiki.routes));
        let settings = self.content.site().map(|site| site.settings.clone());
        Build { routes, wiki, settings, diagnostics }
    }

    /// A file of `content/static`.
    fn static_file(&self, name: &str) -> Option<&Arc<[u8]>> {
        self.content.source().get(&format!("{STATIC}{name}"))
    }

    /// The SHA-256 of all that the public site is made of. What is internal changes nothing in it.
    pub fn public_digest(&self) -> &InputDigest {
        self.public_digest.get_or_init(|| {
            let (site, source) = (self.site().cloned(), self.content.source().clone());
            InputDigest::new(move || {
                site.map_or_else(String::new, |site| digest::public(audience::public(&site), &source))
            })
        })
    }

    fn about(&self) -> render::BuildInput {
        let own = |name: &str| self.static_file(name).cloned();
        render::BuildInput {
            now: self.options.now,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            digest: self.public_digest().clone(),
            commit: self.options.commit.clone(),
            icon: own("favicon.svg"),
            custom_style: own(CUSTOM_STYLE),
            brand_files: self.brand_files(),
            languages: self.languages(),
            custom_headers: own(paths::HEADERS),
            has_touch_icon: self.static_file("apple-touch-icon.png").is_some(),
            redirects: own(paths::REDIRECTS),
        }
    }

    fn brand_files(&self) -> BTreeMap<String, Arc<[u8]>> {
        let names = self.content.site().into_iter().flat_map(|site| site.settings.brand.files());
        names.filter_map(|name| Some((name.to_owned(), Arc::clone(self.static_file(name)?)))).collect()
    }
}

/// Added to the style of the public site.
const CUSTOM_STYLE: &str = "custom.css";
/// Static files that are added to files of ours instead of being published themselves.
const PART_OF_OURS: [&str; 3] = [CUSTOM_STYLE, paths::HEADERS, paths::REDIRECTS];

/// Whether there is anything that a wiki would be for: what only it shows would otherwise show nowhere.
fn has_wiki(site: &Site) -> bool {
    let is_internal = |record: &IncidentRecord| record.visibility == Visibility::Internal;
    site.internal.wiki_url.is_some()
        || !site.postmortems.is_empty()
        || site.services.values().any(|card| *card != ServiceCard::default())
        || site.incidents.iter().any(is_internal)
}

/// What customers would see change from one state of the content to another, each at the same `now`.
/// Nothing where one of them could not be read.
pub fn differences(old: &Moment<'_>, new: &Moment<'_>) -> Vec<Difference> {
    let (Some(before), Some(after)) = (old.facts(), new.facts()) else { return Vec::new() };
    let mut found = render::differences(before, after);
    found.extend(render::changed_files(
        &digest::published_files(old.content.source()),
        &digest::published_files(new.content.source()),
    ));
    found
}
