//! Candor turns a folder of Markdown and YAML into a public status page: plain files for any static host.
//!
//! A site in memory, built and looked at:
//!
//! ```
//! use candor::{pipeline, source::Source, time::Time};
//!
//! let site = "{ name: Acme Status, url: https://status.example.org/, components: [{ id: api, name: API }] }";
//! let source = Source::from_files([("content/site.yaml", site)]);
//! let build = pipeline::build(&source, &pipeline::Options::at(Time::parse("2026-03-02T15:04Z").unwrap()));
//! let home = build.routes.iter().find(|route| route.path == "index.html").unwrap().make().unwrap();
//! assert!(String::from_utf8(home).unwrap().contains("All systems operational"));
//! ```
//!
//! # The architecture on one page
//!
//! ```text
//! disk ─ source ─► document ─► validate ─► model::Site ─┬─► lint ─► diagnostics
//!                                                       └─► audience ─► view ─► render ─► routes ─► leak ─► output ─► disk
//! clock ─ cli ─► now                                          theme ──────────────┘
//! ```
//!
//! - [`source`] reads the site folder once. It is the only reader of content.
//! - [`yaml`] and [`mod@markdown`] are the only modules that name their crates. [`time`] is the only one that
//!   reads and prints times.
//! - [`characters`] says which characters a text may have, in whatever format.
//! - [`paths`] says where everything is on the two sites that are made.
//! - [`keys`] declares every key that an author may write.
//! - [`schema`] prints them for editors, [`forms`] for editing in a browser.
//! - [`document`] is what the author wrote: syntax and places, no meaning.
//! - [`validate`] gives it meaning, file by file, and then checks what concerns several files.
//! - [`model`] is what it means: plain data, valid once built.
//! - [`audience`] is the only door from the site to what may be public.
//! - [`view`] answers what is so at `now`: status, uptime, history, the next change.
//! - [`theme`] holds templates, assets and words: the default in the binary, a site's own files over it.
//! - [`render`] turns all of that into routes. A [`output::Route`] is a path and a function that makes its bytes.
//! - [`leak`] searches what was rendered for what must not become public.
//! - [`lint`] gives advice beyond validity.
//! - [`pipeline`] is the whole program in one pure function.
//! - [`output`] writes routes to the disk. It is the only writer of a published folder. `files` replaces single files,
//!   there and wherever else something is written.
//! - [`import`] reads other systems' files, [`author`] writes first files, and [`cli`] is the shell around it all.
//!
//! What is so by decision:
//!
//! - [`pipeline::build`] reads no disk, no clock and no environment. The same source and the same `now` give the
//!   same bytes.
//! - No stage stops at the first fault. Each returns what it could make and a list of
//!   [`diagnostic::Diagnostic`]s.
//! - A public renderer gets an [`audience::PublicSite`], which has no internal field to print.
//!
//! # What is deliberately absent
//!
//! - **A database, a server, an account.** The site is files. `candor serve` is a preview.
//! - **State between builds.** Nothing is remembered but the list of files in the published folder.
//! - **Requests to other hosts**, from the program and from its pages.
//! - **Raw HTML in content.** It is shown as text, so that no text of an author can become markup.
//! - **A clock and a disk inside the library.** Only `cli` reads the one, only `source`, `output`, `author`,
//!   `import` and the preview touch the other.
//! - **Global state and `unsafe`.**
//!
//! `ARCHITECTURE.md` in the repository says more, and how to add things.

pub mod audience;
pub mod author;
pub mod characters;
pub mod cli;
pub mod diagnostic;
pub mod document;
mod files;
pub mod forms;
pub mod import;
pub mod keys;
pub mod leak;
pub mod lint;
pub mod markdown;
pub mod model;
pub mod outbox;
pub mod output;
pub mod paths;
pub mod pipeline;
pub mod render;
pub mod schema;
pub mod serve;
pub mod source;
pub mod theme;
pub mod time;
pub mod validate;
pub mod view;
pub mod wording;
pub mod yaml;
