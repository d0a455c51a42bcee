//! What a deployed site should answer, and whether it does. Pure: `cli` reads the folder of the build and asks the host.

mod answer;
mod redirects;
mod rules;

pub use answer::HttpAnswer;

use std::collections::BTreeMap;

use crate::model::{host, lies_under};
use crate::paths;
use crate::time::{Time, in_words};
use redirects::Redirect;
use rules::HeaderRules;

/// A path that no site has.
const NOWHERE: &str = "candor-doctor/asks-for-what-is-not-there";

/// A page that nobody rebuilt for so many seconds may say what is no longer so.
const OLD: i64 = 3 * 3_600;

/// A value is shown so far, in characters.
const LONG: usize = 50;

/// The files of a build, by their paths.
pub type BuiltFiles = BTreeMap<String, Vec<u8>>;

/// What is to be asked of a host, and what must come.
pub struct Examination<'b> {
    files: &'b BuiltFiles,
    /// How many of them readers can ask for.
    count: usize,
    rules: HeaderRules,
    redirects: Vec<Redirect>,
    /// The paths to ask for, below the address of the site.
    asked: Vec<String>,
    /// Pages of the wiki, which must not be there.
    private: Vec<String>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckResult {
    /// In a word.
    pub what: &'static str,
    /// What was looked at, in a few words.
    pub summary: String,
    /// Each fault and its repair; empty if all is well.
    pub faults: Vec<String>,
}

impl<'b> Examination<'b> {
    /// `most` is how many files of the build are compared; pages that people open first come first.
    pub fn new(files: &'b BuiltFiles, most: usize) -> Examination<'b> {
        let text = |path: &str| files.get(path).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        let mut known: Vec<&String> = files.keys().filter(|path| is_published(path)).collect();
        let count = known.len();
        known.sort_by_key(|path| (path.matches('/').count(), !path.ends_with(".html"), path.len()));
        let private = paths::wiki::FIXED.iter().filter(|path| !path.is_empty());
        // Of a folder that both sites have, a host may show a list.
        let is_ours = |path: &str| files.keys().any(|known| known.starts_with(path));
        Examination {
            files,
            count,
            rules: HeaderRules::read(&text(paths::HEADERS)),
            redirects: redirects::read(&text(paths::REDIRECTS)),
            asked: known.into_iter().take(most).cloned().collect(),
            private: private.filter(|path| !is_ours(path)).map(|path| (*path).to_owned()).collect(),
        }
    }

    /// Every path to ask for.
    pub fn paths(&self) -> Vec<String> {
        let first = [paths::BUILD_RECORD.to_owned(), NOWHERE.to_owned()];
        let mut all: Vec<String> =
            first.into_iter().chain(self.asked.iter().map(|path| address(path))).chain(self.private.clone()).collect();
        all.extend(self.redirects.iter().map(|redirect| redirect.from.clone()));
        all.sort();
        all.dedup();
        all
    }

    /// What the answers say, by path; a path without an answer could not be asked for.
    pub fn findings(&self, answers: &BTreeMap<String, HttpAnswer>, now: Time) -> Vec<CheckResult> {
        vec![
            self.record(answers, now),
            self.content(answers),
            self.types(answers),
            self.headers(answers),
            self.others(answers),
            not_found(answers),
            redirects::check(&self.redirects, self.files, answers),
            self.private(answers),
        ]
    }

    /// Whether this very build is there, and how old it is.
    fn record(&self, answers: &BTreeMap<String, HttpAnswer>, now: Time) -> CheckResult {
        let mut faults = Vec::new();
        let there = answers.get(paths::BUILD_RECORD).filter(|answer| answer.status == 200);
        let Some(body) = there.map(|answer| &answer.body) else {
            faults.push("`build.json` is not there: publish the whole folder of the build".to_owned());
            return CheckResult { what: "build", summary: "not found".to_owned(), faults };
        };
        let root: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let built = root.get("now").and_then(|now| Time::parse(now.as_str()?).ok());
        let Some(built) = built else {
            faults.push("`build.json` is no record of a build: something else answers at this address".to_owned());
            return CheckResult { what: "build", summary: "not read".to_owned(), faults };
        };
        if self.files.get(paths::BUILD_RECORD) != Some(body) {
            faults.push(format!(
                "the site is another build than the folder, of {}: publish again, or compare with what was published",
                built.rfc3339_minutes()
            ));
        }
        let age = now.seconds_since(built).max(0);
        if age > OLD {
            let why = "rebuild on a schedule, since time passes without a commit";
            faults.push(format!("it was built {} ago: {why}", in_words(age)));
        }
        CheckResult { what: "build", summary: format!("of {}", built.rfc3339_minutes()), faults }
    }

    /// Whether the bytes are those of the build.
    fn content(&self, answers: &BTreeMap<String, HttpAnswer>) -> CheckResult {
        let mut faults = Vec::new();
        for path in &self.asked {
            match answers.get(&address(path)) {
                None => faults.push(format!("`{path}`: no answer")),
                // An old address has a page for hosts that cannot lead on; what others do is looked at by itself.
                Some(answer) if answer.location().is_some() && self.is_old(&address(path)) => {}
                Some(answer) if answer.status != 200 => {
                    faults.push(format!("`{path}`: the answer is {}", answer.status))
                }
                Some(answer) if self.files.get(path) != Some(&answer.body) => {
                    let why = "the host changes it, or holds an older build: turn off what rewrites pages, and purge its cache";
                    faults.push(format!("`{path}` has other bytes than the build: {why}"));
                }
                Some(_) => {}
            }
        }
        CheckResult { what: "files", summary: format!("{} of {} compared", self.asked.len(), self.count), faults }
    }

    /// Whether something had the address before.
    fn is_old(&self, address: &str) -> bool {
        self.redirects.iter().any(|redirect| redirect.from == address)
    }

    /// Whether programs are told what each file is.
    fn types(&self, answers: &BTreeMap<String, HttpAnswer>) -> CheckResult {
        let mut faults = Vec::new();
        for (path, answer) in self.answered(answers) {
            let (stated, fitting) = (answer.content_type(), rules::types(path));
            if !fitting.is_empty() && !fitting.contains(&&*stated) {
                faults.push(format!("`{path}` is sent as `{stated}`: tell the host that it is `{}`", fitting[0]));
            }
        }
        CheckResult { what: "types", summary: format!("{} files", self.asked.len()), faults }
    }

    /// Whether the host sends what `_headers` asks for.
    fn headers(&self, answers: &BTreeMap<String, HttpAnswer>) -> CheckResult {
        // One line a header: a host that does not read the file misses it everywhere.
        let mut missing: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
        for (path, answer) in self.answered(answers) {
            for (name, value) in self.rules.of(&address(path)) {
                let is_type = name.eq_ignore_ascii_case("content-type");
                if !is_type && !answer.has(&name, &value) {
                    missing.entry((name, value)).or_default().push(path);
                }
            }
        }
        let fault = |((name, value), paths): ((String, String), Vec<&str>)| {
            let more = if paths.len() > 1 { format!(" and {} more", paths.len() - 1) } else { String::new() };
            let value =
                if value.len() > LONG { format!("{}…", value.chars().take(LONG).collect::<String>()) } else { value };
            format!("`{}`{more} without `{name}: {value}`: set it at the host, as `_headers` says", paths[0])
        };
        let faults = missing.into_iter().map(fault).collect();
        CheckResult { what: "headers", summary: format!("{} rules of `_headers`", self.rules.len()), faults }
    }

    /// Whether a page asks another host for anything.
    fn others(&self, answers: &BTreeMap<String, HttpAnswer>) -> CheckResult {
        let mut faults = Vec::new();
        for (path, answer) in self.answered(answers).filter(|(path, _)| path.ends_with(".html")) {
            let built =
                self.files.get(path).map(|bytes| rules::foreign(&String::from_utf8_lossy(bytes))).unwrap_or_default();
            let sent = rules::foreign(&String::from_utf8_lossy(&answer.body));
            for host in sent.into_iter().filter(|host| !built.contains(host)) {
                faults.push(format!("`{path}` loads something from `{host}`: turn off what the host adds to pages"));
            }
        }
        CheckResult { what: "hosts", summary: "what pages load".to_owned(), faults }
    }

    fn private(&self, answers: &BTreeMap<String, HttpAnswer>) -> CheckResult {
        let is_open = |path: &&String| answers.get(*path).is_some_and(|answer| answer.status == 200);
        let fault = |path: &String| {
            format!(
                "`{path}` answers here, as a page of the wiki would: publish the wiki where customers cannot read it"
            )
        };
        let faults = self.private.iter().filter(is_open).map(fault).collect();
        CheckResult { what: "wiki", summary: format!("{} of its pages asked for", self.private.len()), faults }
    }

    /// The files that were asked for and are there.
    fn answered<'a>(
        &'a self,
        answers: &'a BTreeMap<String, HttpAnswer>,
    ) -> impl Iterator<Item = (&'a str, &'a HttpAnswer)> {
        let answer = |path: &'a String| Some((&**path, answers.get(&address(path))?));
        self.asked.iter().filter_map(answer).filter(|(_, answer)| answer.status == 200)
    }
}

/// Whether the address lies apart from the product, so that one fault of names does not take both; `domains` are the
/// product's.
pub fn domain(url: &str, domains: &[String]) -> CheckResult {
    let host = host(url);
    let above = domains.iter().find(|domain| lies_under(&host, domain));
    let fault = |domain: &String| {
        let repair = "publish under a domain of its own, at another registrar and another host";
        format!("`{host}` lies under `{domain}`, a domain of the product, and goes down with it: {repair}")
    };
    CheckResult { what: "domain", summary: host.clone(), faults: above.map(fault).into_iter().collect() }
}

/// What does not exist must say so: else a feed reader or a search engine takes any address for a page.
fn not_found(answers: &BTreeMap<String, HttpAnswer>) -> CheckResult {
    let status = answers.get(NOWHERE).map(|answer| answer.status);
    let mut faults = Vec::new();
    if let Some(status) = status.filter(|status| *status != 404) {
        faults.push(format!("an address that does not exist answers {status}: set `404.html` as the page for errors"));
    }
    CheckResult { what: "missing", summary: "an address that does not exist".to_owned(), faults }
}

/// What a host gives to readers, and not to itself.
fn is_published(path: &str) -> bool {
    !path.starts_with('.') && !path.starts_with('_') && path != paths::NOT_FOUND
}

/// Where a file is asked for: a page by its folder.
fn address(path: &str) -> String {
    path.strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .unwrap_or(path)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = r#"{"now":"2026-03-02T15:04Z"}"#;

    fn built() -> BuiltFiles {
        let rules = "/*\n  X-Frame-Options: DENY\n/api/*\n  Access-Control-Allow-Origin: *\n";
        let files = [
            ("build.json", RECORD),
            ("index.html", "<p>Home</p>"),
            ("404.html", "<p>Nothing here</p>"),
            ("history.rss", "<rss/>"),
            ("api/v2/status.json", "{}"),
            ("incidents/a/index.html", "<p>A</p>"),
            ("incidents/old/index.html", "<a href=../a/>A</a>"),
            ("_redirects", "# ours\n/x https://other.example/ 301\n/incidents/old/* /incidents/a/:splat 301\n"),
            ("_headers", rules),
        ];
        files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
    }

    /// A host that does all as it should.
    fn good(files: &BuiltFiles, examination: &Examination<'_>) -> BTreeMap<String, HttpAnswer> {
        let answer = |path: &String| {
            let file = paths::file_at(path);
            let Some(body) = files.get(&file) else { return HttpAnswer { status: 404, ..HttpAnswer::default() } };
            let mut headers = vec![("X-Frame-Options".to_owned(), "DENY".to_owned())];
            headers.extend(
                rules::types(&file).first().map(|kind| ("content-type".to_owned(), format!("{kind}; charset=utf-8"))),
            );
            if path.starts_with("api/") {
                headers.push(("access-control-allow-origin".to_owned(), "*".to_owned()));
            }
            HttpAnswer { status: 200, headers, body: body.clone() }
        };
        examination.paths().iter().map(|path| (path.clone(), answer(path))).collect()
    }

    fn faults(
        files: &BuiltFiles,
        change: impl Fn(&mut BTreeMap<String, HttpAnswer>),
        now: &str,
    ) -> Vec<(&'static str, String)> {
        let examination = Examination::new(files, 50);
        let mut answers = good(files, &examination);
        change(&mut answers);
        let findings = examination.findings(&answers, Time::parse(now).unwrap());
        findings.into_iter().flat_map(|found| found.faults.into_iter().map(move |fault| (found.what, fault))).collect()
    }

    const SOON: &str = "2026-03-02T15:30Z";

    #[test]
    fn a_site_that_is_as_it_was_built_has_no_fault() {
        assert_eq!(faults(&built(), |_| {}, SOON), []);
    }

    #[test]
    fn each_way_in_which_a_host_errs_is_named_with_its_repair() {
        type Change = fn(&mut BTreeMap<String, HttpAnswer>);
        let cases: [(&str, &str, Change); 10] = [
            ("build", "is not there", |a| a.get_mut("build.json").unwrap().status = 404),
            ("build", "another build", |a| {
                a.get_mut("build.json").unwrap().body = br#"{"now":"2026-03-02T15:00Z"}"#.to_vec()
            }),
            ("files", "has other bytes", |a| {
                a.get_mut("").unwrap().body = b"<p>Home</p><script src=https://ads.example/x></script>".to_vec()
            }),
            ("files", "the answer is 500", |a| a.get_mut("incidents/a/").unwrap().status = 500),
            ("types", "tell the host that it is `application/rss+xml`", |a| {
                a.get_mut("history.rss").unwrap().headers[1].1 = "text/plain".to_owned();
            }),
            ("headers", "without `Access-Control-Allow-Origin: *`", |a| {
                a.get_mut("api/v2/status.json").unwrap().headers.pop();
            }),
            ("hosts", "loads something from `ads.example`", |a| {
                a.get_mut("").unwrap().body = b"<script src=\"https://ads.example/x\"></script>".to_vec();
            }),
            ("redirects", "`/incidents/old/` answers 404, and not to `/incidents/a/`", |a| {
                a.get_mut("incidents/old/").unwrap().status = 404;
            }),
            ("missing", "answers 200", |a| a.get_mut(NOWHERE).unwrap().status = 200),
            ("wiki", "publish the wiki where customers cannot read it", |a| {
                a.get_mut("postmortems/").unwrap().status = 200
            }),
        ];
        for (what, words, change) in cases {
            let found = faults(&built(), change, SOON);
            assert!(found.iter().any(|(of, fault)| *of == what && fault.contains(words)), "{words}: {found:?}");
        }
        let old = faults(&built(), |_| {}, "2026-03-03T15:04Z");
        assert!(old.len() == 1 && old[0].1.contains("rebuild on a schedule"), "{old:?}");
    }

    #[test]
    fn a_host_may_lead_on_by_itself() {
        let lead = |status: u16, to: &'static str| {
            faults(
                &built(),
                |answers| {
                    let answer = answers.get_mut("incidents/old/").unwrap();
                    *answer =
                        HttpAnswer { status, body: Vec::new(), headers: vec![("Location".to_owned(), to.to_owned())] };
                },
                SOON,
            )
        };
        let elsewhere = lead(302, "https://status.example/404");
        assert!(elsewhere.iter().any(|(of, fault)| *of == "redirects" && fault.contains("leads to `https://status")));
        assert_eq!(lead(301, "https://status.example/incidents/a/"), []);
    }

    #[test]
    fn an_address_under_a_domain_of_the_product_is_a_fault() {
        let domains = ["*.acme.example".to_owned()];
        assert_eq!(domain("https://status.acme-status.example/", &domains).faults, [""; 0]);
        let fault = domain("https://status.acme.example/", &domains).faults.remove(0);
        assert!(fault.starts_with("`status.acme.example` lies under `*.acme.example`"), "{fault}");
    }

    #[test]
    fn a_host_that_reads_no_rules_gets_one_line_a_header() {
        let found = faults(
            &built(),
            |a| a.values_mut().for_each(|answer| answer.headers.retain(|(name, _)| name == "content-type")),
            SOON,
        );
        let lines: Vec<&String> = found.iter().map(|(_, fault)| fault).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines.iter().any(|line| line.contains("and 5 more without `X-Frame-Options: DENY`")), "{lines:?}");
    }
}
