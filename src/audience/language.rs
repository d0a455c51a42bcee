//! The public site in one of its further languages.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::PublicSite;
use crate::model::Translations;

impl PublicSite {
    /// The same in another language, whose pages are in a folder of their own. What nobody has translated stays as it is
    /// in the main language, and is noted in [`PublicSite::untranslated`].
    #[must_use]
    pub fn in_language(&self, language: &str) -> PublicSite {
        let mut site = self.clone();
        let mut speaker = Speaker { language, untranslated: BTreeSet::new() };
        site.settings.folder = format!("{language}/");
        site.settings.url += &site.settings.folder;
        site.settings.id_base += &site.settings.folder;
        site.settings.language = language.to_owned();
        speaker.name(&mut site.settings.name, &site.settings.translations);
        speaker.describe(&mut site.settings.description, &site.settings.translations);
        // A line that is the same in every language is written once, as a name is.
        let lines = site.settings.brand.footer.iter_mut();
        for line in lines.filter(|line| line.translations.all().next().is_some()) {
            speaker.describe(&mut line.text, &line.translations);
        }
        for group in site.groups.iter_mut().map(Arc::make_mut) {
            speaker.name(&mut group.name, &group.translations);
            speaker.describe(&mut group.description, &group.translations);
        }
        for component in site.components.iter_mut().map(Arc::make_mut) {
            speaker.name(&mut component.name, &component.translations);
            speaker.describe(&mut component.description, &component.translations);
        }
        speaker.entries(&mut site);
        // Postmortems are written in one language.
        speaker.untranslated.extend(site.messages.values().map(|message| message.body.clone()));
        site.untranslated = speaker.untranslated;
        site
    }
}

/// Puts texts into a language, and notes those that have none in it.
struct Speaker<'a> {
    language: &'a str,
    untranslated: BTreeSet<String>,
}

impl Speaker<'_> {
    fn entries(&mut self, site: &mut PublicSite) {
        for incident in site.incidents.iter_mut().map(Arc::make_mut) {
            self.title(&mut incident.title, &incident.translations);
            self.describe(&mut incident.summary, &incident.translations);
            incident.updates.iter_mut().for_each(|update| self.describe(&mut update.body, &update.translations));
        }
        for work in site.maintenance.iter_mut().map(Arc::make_mut) {
            self.title(&mut work.title, &work.translations);
            self.describe(&mut work.description, &work.translations);
            work.updates.iter_mut().for_each(|update| self.describe(&mut update.body, &update.translations));
        }
        for said in &mut site.announcements {
            self.title(&mut said.title, &said.translations);
            self.describe(&mut said.body, &said.translations);
        }
        for page in &mut site.pages {
            self.title(&mut page.title, &page.translations);
            self.describe(&mut page.body, &page.translations);
        }
    }

    /// A name that is the same in every language is written once.
    fn name(&mut self, name: &mut String, translations: &Translations) {
        if translations.titles().next().is_some() {
            self.title(name, translations);
        }
    }

    fn title(&mut self, title: &mut String, translations: &Translations) {
        self.say(title, translations.title(self.language));
    }

    fn describe(&mut self, text: &mut String, translations: &Translations) {
        self.say(text, translations.text(self.language));
    }

    fn say(&mut self, text: &mut String, own: Option<&str>) {
        match own {
            Some(own) => own.clone_into(text),
            None if text.is_empty() => {}
            None => _ = self.untranslated.insert(text.clone()),
        }
    }
}
