//! What several tests share: the fixed moment, folders that go away, content, and the command line.

mod case;
mod command;
mod folder;
mod marked;

use std::sync::Arc;

use candor::diagnostic::{self, Diagnostic, Format};
use candor::import::ImportFormat;
use candor::leak;
use candor::model::Site as SiteModel;
use candor::pipeline::{self, Build, Content, Options};
use candor::source::Source;
use candor::time::Time;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

pub use case::{Case, SITE_FILE};
pub use command::{Run, Site, every_command, git, git_at};
pub use folder::{TempFolder, copy, files, read, stamps};
pub use marked::{Tally, marked};

/// The moment at which every test builds.
pub const NOW: &str = "2026-11-22T15:31Z";

/// The smallest `site.yaml`.
pub const SITE: &str = "\
name: Example Status
url: https://status.example.org/
components:
  - { id: checkout, name: Checkout }
  - { id: api, name: API }
";

/// How a system is called by `candor import`, with everything that is known of it.
pub fn importer(name: &str) -> &'static ImportFormat {
    ImportFormat::named(name).unwrap_or_else(|| panic!("no format is called {name}"))
}

/// An incident without a fault.
pub const INCIDENT: &str = "\
title: Payments slow
updates:
  - at: 2026-11-02T09:10Z
    status: investigating
    components: { checkout: partial_outage }
    body: Payments are slow. We are looking into it.
  - at: 2026-11-02T10:10Z
    status: resolved
    body: Payments work again. No order was lost.
";

/// [`NOW`].
pub fn now() -> Time {
    Time::parse(NOW).expect("a time")
}

/// So many random inputs for each property, or as many as `PROPTEST_CASES` asks for; the same in every run, so that a run
/// says what a change did, unless `PROPTEST_RNG_SEED` searches elsewhere. What failed is not kept in a file: it becomes a
/// test.
pub fn cases(number: u32) -> ProptestConfig {
    let asked = |name: &str| std::env::var_os(name)?.to_str()?.parse::<u64>().ok();
    let cases = asked("PROPTEST_CASES").and_then(|cases| u32::try_from(cases).ok()).unwrap_or(number);
    let rng_seed = RngSeed::Fixed(asked("PROPTEST_RNG_SEED").unwrap_or(7));
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}

/// The site at [`NOW`].
pub fn build(source: &Source) -> Build {
    pipeline::build(source, &Options::at(now()))
}

/// What the source says.
pub fn site(source: &Source) -> Arc<SiteModel> {
    Arc::clone(Content::load(source.clone(), false).site().expect("a site"))
}

/// Everything that `candor check` reports: also what fails only when a page is made.
pub fn diagnostics(source: &Source) -> Vec<Diagnostic> {
    let build = build(source);
    let mut found = build.diagnostics;
    found.extend(build.routes.iter().filter_map(|route| route.make().err()).flatten());
    diagnostic::sort(&mut found);
    found.dedup();
    leak::keep_one_each(&mut found);
    found
}

/// [`diagnostics`] as `candor check` prints them into a file.
pub fn report(source: &Source) -> String {
    diagnostic::print(&diagnostics(source), Format::Text { colour: false })
}
