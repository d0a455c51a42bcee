//! Reads the site folder again and puts what became of it on show.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::moment::Moments;
use super::pages::{BuildFailure, Pages};
use super::state::{PreviewState, SharedState};
use super::{Clock, OnEvent, PreviewEvent};
use crate::diagnostic::Diagnostic;
use crate::pipeline::{Content, Options};
use crate::source::{Source, SourceFolder};
use crate::time::Time;

/// Why the folder is read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// These paths in it were touched.
    Touched(BTreeSet<PathBuf>),
    /// Something in it was touched.
    Edit,
    /// Time has passed, which moves what the pages call now.
    Tick,
}

/// Renews what is on show. There is one, in one thread, so that builds never overtake each other.
pub(super) struct Renewer {
    folder: SourceFolder,
    committed: BTreeMap<String, Time>,
    clock: Clock,
    on_event: OnEvent,
    shared: Arc<SharedState>,
    /// What is on show; none if the folder could not be read the last time.
    content: Option<Arc<Content>>,
    now: Time,
    reported: Vec<Diagnostic>,
}

impl Renewer {
    /// Reads `folder` for the first time.
    pub(super) fn start(
        folder: PathBuf,
        committed: BTreeMap<String, Time>,
        clock: Clock,
        on_event: OnEvent,
        shared: Arc<SharedState>,
    ) -> io::Result<Renewer> {
        let now = clock();
        let mut folder = SourceFolder::new(folder);
        let source = folder.read()?;
        let mut renewer =
            Renewer { folder, committed, clock, on_event, shared, content: None, now, reported: Vec::new() };
        renewer.build(source, false, now);
        Ok(renewer)
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn report(&self, event: PreviewEvent<'_>) {
        (self.on_event)(event);
    }

    /// Reads again what was touched and, if that gives something new, shows it. With each tick everything is read, in case
    /// that a file system keeps no true times.
    pub(super) fn renew(&mut self, cause: &Cause) {
        let begun = Instant::now();
        let now = (self.clock)();
        let source = match cause {
            Cause::Touched(paths) => self.folder.read_touched(paths),
            Cause::Edit => self.folder.read_again(),
            Cause::Tick => self.folder.read(),
        };
        match source {
            Err(error) => self.unreadable(&error),
            Ok(source) => {
                // Compared byte by byte: editors touch files that they do not change, and a save as it was is no news.
                let is_same = self.is_known(&source);
                let is_due = !is_same || *cause == Cause::Tick && now != self.now;
                if is_due && self.build(source, is_same, now) {
                    self.report(PreviewEvent::Renewed(begun.elapsed()));
                }
            }
        }
    }

    fn is_known(&self, source: &Source) -> bool {
        self.content.as_ref().is_some_and(|content| content.source() == source)
    }

    /// Shows what the source gives at `now`; whether open pages have new content to follow.
    fn build(&mut self, source: Source, is_same: bool, now: Time) -> bool {
        let content = self.content(source, is_same);
        let options = Options { committed: self.committed.clone(), drafts: true, ..Options::at(now) };
        let moment = content.at(&options);
        let build = moment.build();
        if build.diagnostics != self.reported {
            self.report(PreviewEvent::Diagnostics(&build.diagnostics));
        }
        let old = self.shared.now();
        let mut state = PreviewState::clone(&old);
        let former = self.content.replace(Arc::clone(&content));
        self.now = now;
        self.reported.clone_from(&build.diagnostics);
        if !is_same || state.moments.is_none() {
            state.moments = Some(Arc::new(Moments::new(Arc::clone(&content), options.clone())));
        }
        match BuildFailure::of(&build.diagnostics) {
            Some(failure) => state.failure = Some(failure),
            // The clock alone: the pages of a minute ago are no last good build to go back to.
            None if is_same && old.failure.is_none() => state.move_on(Pages::of(&content, &moment, build)),
            None => state.show(Pages::of(&content, &moment, build)),
        }
        let is_new = !is_same || state.failure != old.failure;
        let is_good = state.failure.is_none();
        self.put(state, is_new);
        // To free a site of years takes as long as to follow an edit, and nobody is to wait for it.
        rayon::spawn(move || drop((former, old)));
        is_new && is_good
    }

    /// What the source says. Of what was read before, only what has changed since is read again.
    fn content(&self, source: Source, is_same: bool) -> Arc<Content> {
        match &self.content {
            Some(content) if is_same => Arc::clone(content),
            Some(content) => Arc::new(content.renewed(source)),
            None => Arc::new(Content::load(source, true)),
        }
    }

    fn unreadable(&mut self, error: &io::Error) {
        let text = format!("cannot read the folder of the site: {error}");
        let failure = Some(BuildFailure { errors: 1, text: format!("error: {text}\n") });
        // So that the folder counts as changed once it can be read again, even with the same bytes.
        self.content = None;
        let old = self.shared.now();
        if old.failure != failure {
            self.report(PreviewEvent::Unreadable(&text));
            self.put(PreviewState { failure, ..PreviewState::clone(&old) }, true);
        }
    }

    fn put(&self, mut state: PreviewState, is_new: bool) {
        state.number += u64::from(is_new);
        self.shared.put(state);
    }
}
