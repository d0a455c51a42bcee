//! Candor turns a folder of Markdown and YAML into a public status page and an internal wiki of postmortems: plain files
//! for any static host.
//!
//! # In a program of your own
//!
//! What a program needs that embeds Candor stands on this page: it loads a site, asks what is wrong with it, and makes its
//! pages, without a disk, a clock or a network of its own.
//!
//! ```
//! use candor::{Content, Format, Options, Source, Time, has_errors, print, publish};
//!
//! // Load: from a folder, by `Source::read`, or from wherever the files are.
//! let site = "{ name: Acme Status, url: https://status.example.org/, components: [{ id: api, name: API }] }";
//! let incident = "
//! title: Answers are slow
//! updates:
//!   - { at: 2026-03-02T15:00Z, status: investigating, components: { api: degraded_performance }, body: We look into it. }
//! ";
//! let source = Source::from_files([("content/site.yaml", site), ("content/incidents/slow.yaml", incident)]);
//! let content = Content::load(source, false);
//!
//! // Diagnose: every fault has a place and a repair.
//! let now = Time::parse("2026-03-02T15:04Z").expect("a time");
//! let options = Options::at(now);
//! let build = content.at(&options).build();
//! print!("{}", print(&build.diagnostics, Format::Text { colour: false }));
//! assert!(!has_errors(&build.diagnostics));
//!
//! // Build: a route is a path and a function that makes its bytes. So a program can serve the pages itself ...
//! let home = build.routes.iter().find(|route| route.path == "index.html").expect("there are no errors");
//! let html = String::from_utf8(home.make().expect("no leak and no fault of the theme")).expect("UTF-8");
//! assert!(html.contains("Answers are slow"));
//!
//! // ... or have them written: changed files alone, and never half a site.
//! let folder = std::env::temp_dir().join(format!("candor-example-{}", std::process::id()));
//! let written = publish(&build.routes, &folder)?;
//! assert_eq!(written.files, build.routes.len());
//! # std::fs::remove_dir_all(&folder).expect("it was made here");
//! # Ok::<(), candor::PublishError>(())
//! ```
//!
//! | to | there is |
//! | --- | --- |
//! | load | [`Source`], the files; [`Content`], what they say, read once and kept, also when one file changes |
//! | diagnose | [`Content::faults`], [`Moment::advice`], [`Diagnostic`], [`print()`] |
//! | build | [`Options`], [`Content::at`], [`Moment::public`], [`Moment::wiki`], or [`build()`] for all at once; [`publish`] |
//! | serve | a [`Route`] makes its bytes when it is asked; [`Preview`] and [`bind`] are `candor serve` |
//!
//! What is so by decision:
//!
//! - The same source and the same `now` give the same bytes. The clock is an argument.
//! - No stage stops at the first fault. Each returns what it could make and a list of [`Diagnostic`]s.
//! - With an error there are no routes, so nobody can publish half of a site.
//! - A public page is made of what may be public alone, and what it says is searched for what must not become so.
//!
//! The modules that this page does not list are hidden: they are the inside of the program, and are there for its tests.
//! They change without notice. `ARCHITECTURE.md` in the repository says what each is, and how to add things.

// The modules are read together, with `--document-private-items`: what is hidden from others may be linked to.
#![allow(rustdoc::private_intra_doc_links)]

#[doc(hidden)]
pub mod alert;
mod audience;
#[doc(hidden)]
pub mod author;
mod characters;
#[doc(hidden)]
pub mod cli;
mod content_type;
#[doc(hidden)]
pub mod diagnostic;
mod doctor;
#[doc(hidden)]
pub mod document;
mod files;
mod forms;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod keys;
#[doc(hidden)]
pub mod leak;
mod lint;
#[doc(hidden)]
pub mod markdown;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod outbox;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod paths;
#[doc(hidden)]
pub mod pipeline;
mod recurrence;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod serve;
#[doc(hidden)]
pub mod source;
mod theme;
#[doc(hidden)]
pub mod time;
#[doc(hidden)]
pub mod validate;
#[doc(hidden)]
pub mod view;
#[doc(hidden)]
pub mod wording;
mod yaml;

pub use diagnostic::{Code, Diagnostic, Format, Place, Severity, has_errors, print};
pub use output::{PublishError, Route, Written, publish};
pub use pipeline::{Build, Content, Moment, Options, PublicPages, WikiPages, build};
pub use serve::{BindError, Clock, OnEvent, Port, Preview, PreviewEvent, bind};
pub use source::Source;
pub use time::{Date, Time, TimeFault, Zone};
