//! The systems whose files can be taken over: a line for each, with everything that the command line and the
//! disk's side need to know of it.

use std::path::Path;

use walkdir::DirEntry;

use super::again::{ImportPlan, ImportRecord};
use super::folder::{self, Files};
use super::issues::issues;
use super::postmortems::{CollectionOptions, FirstCommits, Headings};
use super::{ImportError, Imported, report, whole};
use super::{cachet, cstate, gatus, openstatus, postmortems, stactus, statusfy, statuspage, upptime};
use crate::time::Zone;

/// A system whose files can be taken over.
pub struct ImportFormat {
    /// As the command line calls it.
    pub name: &'static str,
    /// What is read, in one line.
    pub about: &'static str,
    /// How to get there, as an example.
    pub help: &'static str,
    /// Whether its texts have headings that the author may give a meaning to.
    pub has_headings: bool,
    /// Whether it reads issues, of which a label says which ones are meant.
    pub has_label: bool,
    /// Whether a time in it may name no zone, so that the author chooses one.
    may_lack_zone: bool,
    /// What a folder without anything of it lacks, as the end of a sentence.
    lack: &'static str,
    /// Whether its content may be added to a site that is there already.
    may_join: bool,
    /// Which files and folders are read.
    is_wanted: fn(&DirEntry) -> bool,
    /// A pure function from files to files; none if nothing is of this system.
    convert: fn(&Files, &Given<'_>) -> Imported,
}

/// What an import is told besides the files.
struct Given<'g> {
    /// Where the files lie.
    from: &'g Path,
    /// What an author chose.
    choices: &'g ImportChoices,
    /// What to call the site, if there is none yet.
    new_site: Option<&'g str>,
}

/// What an author chooses of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportChoices {
    /// The zone of times that name none; UTC if none is chosen.
    pub zone: Option<Zone>,
    /// What headings of the author's own mean.
    pub headings: Headings,
    /// The label of issues that tell of incidents.
    pub label: Option<String>,
    /// What git knows of files, if it may be asked. It is where a text lacks a day.
    pub first_commits: Option<FirstCommits>,
}

/// All of them, in the order in which the command line lists them.
pub const FORMATS: &[ImportFormat] = &[
    ImportFormat {
        name: "cstate",
        about: "A cState site: its config.yml, issues, pages and static files",
        help: "Example:\n  candor import cstate ../old-status --out status && candor check --site status",
        lack: "is no cState site: it has neither a config.yml nor a content folder",
        has_headings: false,
        has_label: false,
        may_lack_zone: true,
        may_join: false,
        is_wanted: is_of_cstate,
        convert: |files, given| if is_cstate(files) { cstate(files, given.choices.zone) } else { Imported::default() },
    },
    ImportFormat {
        name: "statuspage",
        about: "A page of Statuspage: answers of its public API and its feed, saved as files",
        help: "Example:\n  curl -o old/summary.json https://STATUS-PAGE/api/v2/summary.json\n  candor import statuspage old --out status && candor check --site status",
        lack: "holds no answer of Statuspage's API and no feed: save its summary.json or components.json there",
        has_headings: false,
        has_label: false,
        may_lack_zone: true,
        may_join: false,
        is_wanted: is_not_of_git,
        convert: |files, given| statuspage(files, given.choices.zone),
    },
    ImportFormat {
        name: "cachet",
        about: "A page of Cachet, version 2 or 3: answers of its API, saved as files",
        help: "Example:\n  curl -o old/incidents.json 'https://STATUS-PAGE/api/v1/incidents?per_page=1000'\n  candor import cachet old --out status && candor check --site status",
        lack: "holds no answer of Cachet's API: save what its lists of components and incidents answer there",
        has_headings: false,
        has_label: false,
        may_lack_zone: true,
        may_join: false,
        is_wanted: is_no_machinery,
        convert: |files, given| cachet(files, given.choices.zone),
    },
    ImportFormat {
        name: "upptime",
        about: "An Upptime repository, and its issues, saved as files",
        help: "Example:\n  git clone https://github.com/OWNER/REPO old\n  gh api --paginate 'repos/OWNER/REPO/issues?state=all' > old/issues.json\n  gh api --paginate repos/OWNER/REPO/issues/comments > old/comments.json\n  candor import upptime old --out status && candor check --site status",
        lack: "holds nothing of Upptime: neither .upptimerc.yml, nor history/summary.json, nor saved issues",
        has_headings: false,
        has_label: false,
        may_lack_zone: true,
        may_join: false,
        is_wanted: is_no_machinery,
        convert: |files, given| upptime(files, given.choices.zone),
    },
    ImportFormat {
        name: "statusfy",
        about: "A Statusfy site: its settings, names and incidents",
        help: "Example:\n  candor import statusfy ../old-status --out status && candor check --site status",
        lack: "is no Statusfy site: it has neither a config.yml, config.toml or config.js nor Markdown under content",
        has_headings: false,
        has_label: false,
        may_lack_zone: true,
        may_join: false,
        is_wanted: is_no_machinery,
        convert: |files, given| statusfy(files, given.choices.zone),
    },
    ImportFormat {
        name: "gatus",
        about: "The configuration of Gatus: a file, or a folder of them",
        help: "Example:\n  candor import gatus ../gatus/config --out status && candor check --site status",
        lack: "holds no configuration of Gatus: no YAML file with `endpoints` or other keys of it",
        has_headings: false,
        has_label: false,
        may_lack_zone: true,
        may_join: false,
        is_wanted: is_no_machinery,
        convert: |files, given| gatus(files, given.choices.zone),
    },
    ImportFormat {
        name: "openstatus",
        about: "A page of OpenStatus: what it publishes at /feed/json, or rows of its tables, saved as files",
        help: "Example:\n  curl -o old/feed.json https://STATUS-PAGE/feed/json\n  candor import openstatus old --out status && candor check --site status",
        lack: "holds nothing of OpenStatus: save what the page answers at /feed/json there",
        has_headings: false,
        has_label: false,
        may_lack_zone: true,
        may_join: false,
        is_wanted: is_no_machinery,
        convert: |files, given| openstatus(files, given.choices.zone),
    },
    ImportFormat {
        name: "stactus",
        about: "A site of stactus: its settings and incidents in YAML",
        help: "Example:\n  candor import stactus ../old-status --out status && candor check --site status",
        lack: "holds nothing of stactus: none of its YAML files has the version `stactus/v1` or `incident/v1`",
        has_headings: false,
        has_label: false,
        may_lack_zone: true,
        may_join: false,
        is_wanted: is_no_machinery,
        convert: |files, given| stactus(files, given.choices.zone),
    },
    ImportFormat {
        name: "issues",
        about: "Issues of GitHub or GitLab that have a label, saved as files",
        help: "Example:\n  gh api --paginate 'repos/OWNER/REPO/issues?state=all&labels=incident' > old/issues.json\n  gh api --paginate repos/OWNER/REPO/issues/comments > old/comments.json\n  candor import issues old --label incident --out status && candor check --site status\n\nOf GitLab: the answers of projects/ID/issues?labels=incident, and for each issue of projects/ID/issues/IID/notes.",
        lack: "holds no issue with the label: save what GitHub or GitLab answers there, and name the label with `--label`",
        has_headings: false,
        has_label: true,
        may_lack_zone: false,
        may_join: false,
        is_wanted: is_no_machinery,
        convert: |files, given| issues(files, given.choices.label.as_deref()),
    },
    ImportFormat {
        name: "postmortems",
        about: "A folder of postmortems: a text in Markdown, or a plain one, for each postmortem",
        help: "Example:\n  candor import postmortems ../postmortems --out status && candor check --site status\n\nIf the new folder holds a site already, only postmortems are added to it.\nHeadings of your own, for --headings FILE:\n  Was los war: Summary\n  Wie es weiterging: Timeline",
        lack: "holds no postmortem: none of its files is a text that names a day, or has a section such as `## Summary`",
        has_headings: true,
        has_label: false,
        may_lack_zone: true,
        may_join: true,
        is_wanted: is_not_of_git,
        convert: |files, given| {
            let ImportChoices { zone, headings, first_commits, .. } = given.choices.clone();
            let first_commits = first_commits.map(|ask| (ask, given.from));
            postmortems(files, &CollectionOptions { new_site: given.new_site, zone, headings, first_commits })
        },
    },
];

impl ImportFormat {
    /// The one of this name.
    pub fn named(name: &str) -> Option<&'static ImportFormat> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// As [`ImportFormat::import_with`], with nothing chosen but the zone.
    ///
    /// # Errors
    /// As there.
    pub fn import(&self, from: &Path, zone: Option<Zone>, to: &Path) -> Result<Imported, ImportError> {
        self.import_with(from, &ImportChoices { zone, ..ImportChoices::default() }, to)
    }

    /// Reads what lies in `from`, a folder or one file, and writes its content into the folder `to`. A second import of
    /// the same files changes nothing, and one of files that have changed leaves alone what somebody touched.
    ///
    /// # Errors
    /// When `from` cannot be read or holds nothing of this system, when a word of it would be lost, when `to` holds
    /// other content, and when a file cannot be written.
    pub fn import_with(&self, from: &Path, choices: &ImportChoices, to: &Path) -> Result<Imported, ImportError> {
        let (imported, plan) = self.rehearse(from, choices, to)?;
        folder::save(&imported, &plan, to)?;
        Ok(imported)
    }

    /// What [`ImportFormat::import_with`] would write, and write nothing.
    ///
    /// # Errors
    /// The same, but for those of writing.
    pub fn rehearse(
        &self,
        from: &Path,
        choices: &ImportChoices,
        to: &Path,
    ) -> Result<(Imported, ImportPlan), ImportError> {
        if choices.zone.is_some() && !self.may_lack_zone {
            return Err(ImportError::Zone { format: self.name });
        }
        let (files, unread) = folder::read(from, self.is_wanted)?;
        let record = ImportRecord::read(to);
        let is_new = record.is_some() || !to.join("content/site.yaml").exists();
        let name = is_new.then(|| folder::name_of(from));
        let given = Given { from, choices, new_site: name.as_deref() };
        let mut imported = (self.convert)(&files, &given);
        if imported.files.is_empty() {
            return Err(ImportError::Nothing { path: from.to_owned(), lack: self.lack, left: imported.notes });
        }
        imported.notes.extend(unread);
        whole::keep_lost(&mut imported);
        if !imported.lost.is_empty() {
            return Err(ImportError::Lost { places: imported.lost });
        }
        imported.notes.sort();
        // All of it is looked at before anything is written, so that a refusal leaves the folder as it was.
        let plan = match record {
            Some(record) => record.plan(to, &mut imported),
            None if self.may_join => {
                folder::check_beside(to, &imported.files).map(|()| ImportPlan::first(&imported))?
            }
            None => folder::check_free(to, &imported.files).map(|()| ImportPlan::first(&imported))?,
        };
        let about = report::markdown(self.name, &imported);
        Ok((imported, plan.with_report(to, about)))
    }
}

/// cState's settings may be missing, and then any folder would do.
fn is_cstate(files: &Files) -> bool {
    files.keys().any(|path| path.starts_with("content/") || cstate::is_config(path))
}

/// Folders of a cState site that hold no content: programs, themes and earlier output.
const PASSED_OVER: [&str; 5] = ["node_modules", "public", "resources", "themes", "target"];

/// Everything but git's own files.
fn is_not_of_git(entry: &DirEntry) -> bool {
    entry.file_name() != ".git"
}

/// Neither git's own files nor programs of others.
pub(super) fn is_no_machinery(entry: &DirEntry) -> bool {
    entry.file_name() != ".git" && entry.file_name() != "node_modules"
}

/// Neither hidden files nor the folders of a cState site that hold no content.
fn is_of_cstate(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    match entry.depth() {
        0 => true,
        1 if entry.file_type().is_dir() => !name.starts_with('.') && !PASSED_OVER.contains(&&*name),
        1 => !name.starts_with('.'),
        _ => name != ".git",
    }
}
