//! The site at another moment than the one on show.
//!
//! Under `/@2026-03-02T15:04Z/` lies the whole site as it is at that moment. Its pages link to each other
//! by relative addresses, so that whoever follows them stays in that moment, and nothing has to be kept
//! for a reader.

use std::sync::{Arc, Mutex, PoisonError};

use super::pages::{BuildFailure, Pages};
use crate::pipeline::{Content, Options};
use crate::time::Time;

/// How many moments are kept, the latest asked for first. A page and its files are asked for at once.
const KEPT: usize = 4;

/// What a site looks like at a moment, or why it cannot be built.
pub(super) type BuildResult = Result<Arc<Pages>, BuildFailure>;

/// The content of a site, to be built for any moment.
pub(super) struct Moments {
    content: Arc<Content>,
    options: Options,
    kept: Mutex<Vec<(Time, BuildResult)>>,
}

impl Moments {
    /// `options` says all but the moment.
    pub(super) fn new(content: Arc<Content>, options: Options) -> Moments {
        Moments { content, options, kept: Mutex::default() }
    }

    /// The site at `now`. Who asks for a moment that is being built waits for it instead of building it too.
    pub(super) fn at(&self, now: Time) -> BuildResult {
        // What is kept is whole after each step, so that it is as good after a panic as before.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Taken out and put in front, so that the one asked for longest ago is at the end and goes.
        let known = kept.iter().position(|(moment, _)| *moment == now).map(|index| kept.remove(index).1);
        let result = known.unwrap_or_else(|| self.build(now));
        kept.insert(0, (now, result.clone()));
        kept.truncate(KEPT);
        result
    }

    fn build(&self, now: Time) -> BuildResult {
        let options = Options { now, ..self.options.clone() };
        let moment = self.content.at(&options);
        let build = moment.build();
        match BuildFailure::of(&build.diagnostics) {
            Some(failure) => Err(failure),
            None => Ok(Arc::new(Pages::of(&self.content, &moment, build))),
        }
    }
}

/// The moment that an address names, and the address below it: `/@2026-03-02T15:04Z/history/`.
pub(super) fn of(path: &str) -> Option<(Time, &str)> {
    let rest = path.strip_prefix("/@")?;
    let (moment, _) = rest.split_once('/')?;
    let moment_ends = "/@".len() + moment.len();
    Some((Time::parse(moment).ok()?, &path[moment_ends..]))
}

/// Where the site at `moment` lies, without a slash at its end. Digits, letters and `@-:` alone, so that it
/// may stand in a header.
pub(super) fn folder(moment: Time) -> String {
    let text = if moment.millis() % 60_000 == 0 { moment.rfc3339_minutes() } else { moment.rfc3339() };
    format!("/@{text}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn an_address_names_a_moment_or_none() {
        let moment = Time::parse("2026-03-02T15:04Z").unwrap();
        assert_eq!(of("/@2026-03-02T15:04Z/history/"), Some((moment, "/history/")));
        assert_eq!(of("/@2026-03-02T16:04+01:00/"), Some((moment, "/")));
        assert_eq!(folder(moment), "/@2026-03-02T15:04Z");
        assert_eq!(folder(moment.plus_seconds(1)), "/@2026-03-02T15:04:01Z");
        for path in ["/", "/@", "/@x/", "/@2026-03-02T15:04Z", "/@2026-03-02T15:04/", "@2026-03-02T15:04Z/"] {
            assert_eq!(of(path), None, "{path}");
        }
    }

    #[test]
    fn a_moment_is_built_once_while_it_is_kept() {
        let site = "{ name: Example, url: https://status.example.org/, components: [{ id: api, name: API }] }";
        let source = Source::from_files([("content/site.yaml", site)]);
        let now = Time::parse("2026-03-02T15:04Z").unwrap();
        let moments = Moments::new(Arc::new(Content::load(source, true)), Options::at(now));
        let at = |minutes: i64| moments.at(now.plus_seconds(60 * minutes)).unwrap();
        let first = at(0);
        assert!(Arc::ptr_eq(&first, &at(0)));
        (1..=KEPT as i64).for_each(|minutes| _ = at(minutes));
        assert!(!Arc::ptr_eq(&first, &at(0)));
    }
}
