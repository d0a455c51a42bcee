//! Notices edits.
//!
//! An event names what was touched, and that is looked at, however the editor saves. Where it names a folder or nothing,
//! everything is; so it is with each tick, in case that an event was lost.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::PreviewEvent;
use super::renew::{Cause, Renewer};
use crate::source::FOLDERS;

/// An editor touches several files when it saves one; when nothing was touched for this long, it is done.
const QUIET: Duration = Duration::from_millis(8);

/// Edits without an end, such as a checkout of thousands of files, are shown after this long all the same.
const LONGEST_BATCH: Duration = Duration::from_millis(250);

/// How often the pages' present moment moves on; edits that no event announced come with it.
const TICK: Duration = Duration::from_secs(60);

/// As [`TICK`], where the system announces no edits at all.
const TICK_UNWATCHED: Duration = Duration::from_secs(2);

/// What events are about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Touched {
    /// These paths inside the folders that are watched.
    Inside(BTreeSet<PathBuf>),
    /// One of the folders itself: it may be another one now, which has to be watched anew.
    Folder,
}

impl Touched {
    fn and(self, other: Touched) -> Touched {
        match (self, other) {
            (Touched::Inside(mut all), Touched::Inside(more)) => {
                all.extend(more);
                Touched::Inside(all)
            }
            _ => Touched::Folder,
        }
    }
}

/// Renews at every edit and every tick, for ever.
pub(super) fn run(mut renewer: Renewer) {
    let (sender, touched) = mpsc::channel();
    let mut watcher = watcher(&renewer, sender);
    let tick = if watcher.is_some() { TICK } else { TICK_UNWATCHED };
    // What was edited between the first reading and the first watching.
    let mut cause = Cause::Edit;
    let mut next_tick = Instant::now() + tick;
    loop {
        renewer.renew(&cause);
        cause = match wait(&touched, next_tick) {
            Some(Touched::Inside(paths)) => Cause::Touched(paths),
            Some(Touched::Folder) => Cause::Edit,
            None => Cause::Tick,
        };
        if !matches!(cause, Cause::Touched(_)) {
            watch(&mut watcher, renewer.folder());
        }
        if cause == Cause::Tick {
            next_tick = Instant::now() + tick;
        }
    }
}

/// Waits for a batch of events; none if the tick comes first.
fn wait(touched: &Receiver<Touched>, tick: Instant) -> Option<Touched> {
    let patience = tick.saturating_duration_since(Instant::now());
    match touched.recv_timeout(patience) {
        Ok(first) => Some(batch(touched, first)),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => {
            // There is no watcher: nobody but the clock calls.
            thread::sleep(patience);
            None
        }
    }
}

/// The events that follow each other closely, as one.
fn batch(touched: &Receiver<Touched>, first: Touched) -> Touched {
    let end = Instant::now() + LONGEST_BATCH;
    let mut most = first;
    while Instant::now() < end
        && let Ok(next) = touched.recv_timeout(QUIET)
    {
        most = most.and(next);
    }
    most
}

/// A watcher of the site's folder, or none, if the system refuses (too many watches, no support).
fn watcher(renewer: &Renewer, sender: Sender<Touched>) -> Option<RecommendedWatcher> {
    let folder = renewer.folder().to_owned();
    let made = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if let Some(touched) = sort(&folder, &event) {
            // Nobody waits any more only when the program ends.
            let _ = sender.send(touched);
        }
    });
    let watched = made.and_then(|mut watcher| {
        watch_all(&mut watcher, renewer.folder())?;
        Ok(watcher)
    });
    watched.inspect_err(|error| renewer.report(PreviewEvent::Unwatched(&error.to_string()))).ok()
}

/// Watches again; a folder that is away for now is tried again at the next tick.
fn watch(watcher: &mut Option<RecommendedWatcher>, folder: &Path) {
    if let Some(watcher) = watcher {
        let _ = watch_all(watcher, folder);
    }
}

/// The site folder is watched alone, to see `content/` or `themes/` appear; a folder of output that
/// lies beside them then costs nothing.
fn watch_all(watcher: &mut RecommendedWatcher, folder: &Path) -> notify::Result<()> {
    watcher.watch(folder, RecursiveMode::NonRecursive)?;
    for inside in FOLDERS.map(|name| folder.join(name)).iter().filter(|inside| inside.is_dir()) {
        watcher.watch(inside, RecursiveMode::Recursive)?;
    }
    Ok(())
}

/// What an event touched, if that concerns the site. Events may get lost in the system, which then
/// reports an error or names no path; both are reasons to look.
fn sort(folder: &Path, event: &notify::Result<Event>) -> Option<Touched> {
    match event {
        Err(_) => Some(Touched::Folder),
        // Reading a file raises these, and we read them all.
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => None,
        Ok(event) if event.paths.is_empty() => Some(Touched::Folder),
        Ok(event) => event.paths.iter().filter_map(|path| sort_path(folder, path)).reduce(Touched::and),
    }
}

/// The files that `Source` reads, and no others.
fn sort_path(folder: &Path, path: &Path) -> Option<Touched> {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let mut names = inside.components().map(|part| part.as_os_str().to_string_lossy());
    let is_passed_over = |name: &str| name.starts_with('.') || name.ends_with('~') || name.ends_with(".swp");
    match names.next() {
        None => Some(Touched::Folder),
        Some(top) if !FOLDERS.contains(&&*top) => None,
        Some(_) if inside.components().count() == 1 => Some(Touched::Folder),
        Some(_) => (!names.any(|name| is_passed_over(&name))).then(|| Touched::Inside([path.to_owned()].into())),
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind};

    use super::*;

    fn sorted(kind: EventKind, path: &str) -> Option<Touched> {
        sort(Path::new("/site"), &Ok(Event::new(kind).add_path(path.into())))
    }

    #[test]
    fn events_that_follow_closely_are_one_edit_and_an_end_is_made_of_them() {
        let (sender, touched) = mpsc::channel();
        sender.send(Touched::Folder).unwrap();
        let inside = |name: &str| Touched::Inside([PathBuf::from(name)].into());
        assert_eq!(batch(&touched, inside("a")), Touched::Folder);
        let noise = thread::spawn(move || while sender.send(Touched::Inside([PathBuf::from("b")].into())).is_ok() {});
        let begun = Instant::now();
        assert_eq!(batch(&touched, inside("a")), Touched::Inside(["a", "b"].map(PathBuf::from).into()));
        assert!(begun.elapsed() >= LONGEST_BATCH);
        drop(touched);
        noise.join().unwrap();
    }

    #[test]
    fn only_what_the_source_reads_counts() {
        let create = EventKind::Create(CreateKind::Any);
        for path in ["/site/content/incidents/2026/x.md", "/site/themes/default/static/style.css"] {
            assert_eq!(sorted(create, path), Some(Touched::Inside([PathBuf::from(path)].into())));
        }
        assert_eq!(sorted(create, "/site/content"), Some(Touched::Folder));
        for path in
            ["public/index.html", ".git/index", "content/.x.md.tmp", "content/x.md~", "content/.x.md.swp", "README.md"]
        {
            assert_eq!(sorted(create, &format!("/site/{path}")), None, "{path}");
        }
    }

    #[test]
    fn reading_is_no_edit_and_a_lost_event_is_one() {
        assert_eq!(sorted(EventKind::Access(AccessKind::Any), "/site/content/site.yaml"), None);
        assert_eq!(sort(Path::new("/site"), &Ok(Event::new(EventKind::Other))), Some(Touched::Folder));
        assert_eq!(sort(Path::new("/site"), &Err(notify::Error::generic("overflow"))), Some(Touched::Folder));
    }
}
