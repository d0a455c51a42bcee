//! The script of the book, with a `curl` that fails when it is told to.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::{fs, iter};

use crate::support::{INCIDENT, Site};

const CHAPTER: &str = include_str!("../../docs/src/how-to/outbox.md");

/// Writes down what it was to send, unless there is a file `down`: then it sends so many and fails.
const CURL: &str = "#!/bin/sh
if [ -f down ] && [ \"$(wc -l < sent)\" -ge \"$(cat down)\" ]; then exit 22; fi
for word; do case $word in Idempotency-Key*|*email.eml) echo \"${word#*: }\" >> sent;; esac; done
";

struct Ci {
    site: Site,
}

impl Ci {
    fn new() -> Ci {
        let begin = CHAPTER.find("#!/bin/sh\n# send.sh").expect("the script");
        let script = CHAPTER[begin..].split("```").next().expect("its end");
        let site = Site::sound().file("send.sh", script).file("bin/curl", CURL).file("sent", "");
        let curl = site.path().join("bin/curl");
        fs::set_permissions(curl, fs::Permissions::from_mode(0o755)).expect("an executable");
        Ci { site }
    }

    /// As a pipeline does: fetches the live `build.json`, builds, publishes, sends. Whether it could send.
    fn run(&self, now: &str, file: &str) -> bool {
        let live = self.site.path().join("public/build.json");
        if live.exists() {
            fs::copy(live, self.site.path().join("previous.json")).expect("a copy");
        }
        self.site.run(["build", "--now", now]).says("public: ");
        let candor = Path::new(env!("CARGO_BIN_EXE_candor")).parent().expect("a folder").to_owned();
        let path = format!("{}:{}:/usr/bin:/bin", self.site.path().join("bin").display(), candor.display());
        let mut command = Command::new("sh");
        command.current_dir(self.site.path()).args(["send.sh", "chat", file, "https://hooks.example/x"]);
        command.env_clear().env("PATH", path);
        command.env("MAIL_FROM", "a@example.org").env("MAIL_TO", "all@example.org").env("MAIL_USER", "a:b");
        command.output().expect("a shell").status.success()
    }

    fn sent(&self) -> Vec<String> {
        let sent = String::from_utf8(fs::read(self.site.path().join("sent")).expect("a list")).expect("UTF-8");
        sent.lines().map(str::to_owned).collect()
    }

    fn is_down_after(&self, sent: Option<usize>) {
        let _ = fs::remove_file(self.site.path().join("down"));
        sent.into_iter().for_each(|sent| self.site.write("down", sent.to_string()));
    }
}

#[test]
fn each_message_goes_out_once_although_sending_fails_in_the_middle() {
    let ci = Ci::new();
    assert!(ci.run("2026-11-02T09:00Z", "slack.json"), "the first publication");
    assert_eq!(ci.sent().len(), 0);
    ci.is_down_after(Some(1));
    ci.site.write("content/incidents/labels-late.yaml", INCIDENT.replace("Payments", "Labels"));
    assert!(!ci.run("2026-11-02T10:20Z", "slack.json"), "four updates, one goes out");
    assert_eq!(ci.sent().len(), 1);
    assert!(!ci.run("2026-11-02T10:30Z", "slack.json"), "still down, and the live build is a later one");
    ci.is_down_after(None);
    assert!(ci.run("2026-11-02T10:40Z", "slack.json"));
    assert!(ci.run("2026-11-02T10:50Z", "slack.json"));
    let sent = ci.sent();
    assert_eq!(sent.len(), 4, "{sent:?}");
    assert!(sent.iter().enumerate().all(|(number, key)| !sent[..number].contains(key)), "{sent:?}");
    assert!(sent.iter().all(|key| key.len() == 21), "keys, not folders: {sent:?}");
}

#[test]
fn mails_are_complete() {
    let ci = Ci::new();
    let times = ["2026-11-02T09:00Z", "2026-11-02T10:20Z"];
    assert!(times.iter().all(|now| ci.run(now, "email.eml")));
    let expected = iter::repeat_n(true, 2).collect::<Vec<_>>();
    assert_eq!(ci.sent().iter().map(|path| path.ends_with("/email.eml")).collect::<Vec<_>>(), expected);
}
