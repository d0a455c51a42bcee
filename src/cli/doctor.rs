//! `candor doctor`

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clap::Args;

use super::clock::ClockArgs;
use super::{CannotRun, Outcome, print};
use crate::doctor::{self, BuiltFiles, Examination, HttpAnswer};
use crate::model::is_site_address;
use crate::paths;
use crate::validate;

/// Compare a site that is published with its build: content, types, headers, and that no page of the wiki is there.
///
/// Asks the host with `curl`, which must be there.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  candor doctor https://status.example.org/\n  candor doctor https://status.example.org/ --build public --files 500"
)]
pub(super) struct Doctor {
    /// The address of the site
    #[arg(value_name = "URL")]
    url: String,
    /// The folder of the build that was published
    #[arg(long, value_name = "DIR", default_value = "public")]
    build: PathBuf,
    /// How many files to compare, those first that people open first
    #[arg(long, value_name = "NUMBER", default_value_t = 60)]
    files: usize,
    /// The folder of the site, whose `product_domains` the address must not lie under; left out where there is none
    #[arg(long, value_name = "DIR", default_value = ".")]
    site: PathBuf,
    #[command(flatten)]
    clock: ClockArgs,
}

impl Doctor {
    pub(super) fn run(self) -> Result<Outcome, CannotRun> {
        if !is_site_address(&self.url) {
            return Err(CannotRun(format!(
                "`{}` is no address: give one such as `https://status.example.org/`",
                self.url
            )));
        }
        let files = read(&self.build)?;
        let examination = Examination::new(&files, self.files);
        let url = format!("{}/", self.url.trim_end_matches('/'));
        let answers = ask(&url, &examination.paths())?;
        let mut is_well = true;
        let mut findings = examination.findings(&answers, self.clock.now()?);
        findings.extend(product_domains(&self.site).map(|domains| doctor::domain(&url, &domains)));
        for finding in findings {
            let word = if finding.faults.is_empty() { "ok   " } else { "fault" };
            print::give(&format!("{word} {}: {}\n", finding.what, finding.summary));
            finding.faults.iter().for_each(|fault| print::give(&format!("        {fault}\n")));
            is_well &= finding.faults.is_empty();
        }
        Ok(if is_well { Outcome::Fine } else { Outcome::Faults })
    }
}

/// The domains of the product, as `site.yaml` names them; none if it cannot be read.
fn product_domains(site: &Path) -> Option<Vec<String>> {
    let bytes = fs::read(site.join("content/site.yaml")).ok()?;
    let frame = validate::site("content/site.yaml", &bytes).frame?;
    Some(frame.internal.product_domains).filter(|domains| !domains.is_empty())
}

/// The files of a build.
fn read(folder: &Path) -> Result<BuiltFiles, CannotRun> {
    let mut files = BuiltFiles::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let cannot = |error: &dyn std::fmt::Display| CannotRun(format!("cannot read `{}`: {error}", folder.display()));
        let entry = entry.map_err(|error| cannot(&error))?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let path = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            files.insert(path, fs::read(entry.path()).map_err(|error| cannot(&error))?);
        }
    }
    if !files.contains_key(paths::BUILD_RECORD) {
        let folder = folder.display();
        return Err(CannotRun(format!(
            "there is no build in `{folder}`: name the folder that was published with `--build DIR`"
        )));
    }
    Ok(files)
}

/// Asks for all paths in one run of curl, which knows certificates, proxies and the newest HTTP.
fn ask(url: &str, paths: &[String]) -> Result<BTreeMap<String, HttpAnswer>, CannotRun> {
    let folder = tempfile::tempdir().map_err(CannotRun::because)?;
    let file = |number: usize, ending: &str| folder.path().join(format!("{number}.{ending}"));
    let mut config = String::new();
    for (number, path) in paths.iter().enumerate() {
        let next = if number == 0 { "" } else { "next\n" };
        config += &format!(
            "{next}url = {}\noutput = {}\ndump-header = {}\nsilent\nmax-time = 30\nproto = \"=http,https\"\n",
            quoted(&format!("{url}{}", percent(path))),
            quoted(&file(number, "body").to_string_lossy()),
            quoted(&file(number, "head").to_string_lossy()),
        );
    }
    let mut curl = Command::new("curl");
    curl.args(["--disable", "--config", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let why = |error| CannotRun(format!("`curl` cannot be run: {error}; install it, and run this again"));
    let mut running = curl.spawn().map_err(why)?;
    // What could not be asked has no answer, which is said then.
    let _ = running.stdin.take().map(|mut input| input.write_all(config.as_bytes()));
    running.wait().map_err(CannotRun::because)?;
    let answer = |(number, path): (usize, &String)| {
        let head = String::from_utf8_lossy(&fs::read(file(number, "head")).ok()?).into_owned();
        Some((path.clone(), HttpAnswer::read(&head, fs::read(file(number, "body")).unwrap_or_default())?))
    };
    let answers: BTreeMap<String, HttpAnswer> = paths.iter().enumerate().filter_map(answer).collect();
    if answers.is_empty() {
        return Err(CannotRun(format!("`{url}` does not answer")));
    }
    Ok(answers)
}

/// A path as it stands in an address.
fn percent(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const RESERVED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'%').add(b'#').add(b'?').add(b'<').add(b'>').add(b'\\');
    utf8_percent_encode(path, RESERVED).to_string()
}

/// A value in a file of settings of curl.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
