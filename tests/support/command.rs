//! Runs the program in a site's folder, strictly: what a test does not state must be empty.

use std::path::Path;
use std::process::Command;

use snapbox::{Assert, Data, IntoData};

use super::{INCIDENT, NOW, SITE, TempFolder};

/// The commands that depend on the present.
const NEED_NOW: [&str; 12] = [
    "build",
    "capacity",
    "check",
    "diff",
    "doctor",
    "report",
    "status",
    "update",
    "resolve",
    "reopen",
    "reschedule",
    "schedule",
];

/// A site's folder on the disk, and the environment of the commands that run in it.
pub struct Site {
    folder: TempFolder,
    environment: Vec<(&'static str, String)>,
    now: Option<&'static str>,
}

impl Site {
    /// An empty folder; commands run at [`NOW`].
    pub fn new() -> Site {
        Site { folder: TempFolder::new(), environment: Vec::new(), now: Some(NOW) }
    }

    /// A site with two components and one incident, without a fault.
    pub fn sound() -> Site {
        Site::new().file("content/site.yaml", SITE).file("content/incidents/payments-slow.yaml", INCIDENT)
    }

    /// Writes a file.
    #[must_use]
    pub fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Site {
        self.write(path, bytes);
        self
    }

    /// Writes a file between two runs.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.folder.write(path, bytes);
    }

    /// Sets a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &'static str, value: impl Into<String>) -> Site {
        self.environment.push((name, value.into()));
        self
    }

    /// Runs commands without `--now`.
    #[must_use]
    pub fn with_clock(mut self) -> Site {
        self.now = None;
        self
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What `--help` after these words prints. Single quotes hold words together, as in a shell.
    pub fn help(&self, words: &str) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.current_dir(self.path()).env_clear().env("COLUMNS", "100");
        // What stands in quotes is one word.
        let parts = words.split(['\'', '"']).enumerate();
        let words_of = |(index, part): (usize, &str)| match index % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect(),
            _ => vec![part.to_owned()],
        };
        let output = command.args(parts.flat_map(words_of)).arg("--help").output().expect("candor runs");
        let why = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "`candor {words} --help`: {why}");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// Runs `candor` with these arguments. What depends on the present gets `--now`, unless it names one.
    pub fn run<const N: usize>(&self, args: [&str; N]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.current_dir(self.path()).args(args).env_clear().env("COLUMNS", "100");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        if let Some(now) = self.now
            && (NEED_NOW.contains(&args[0]) || (args[0] == "new" && args[1] != "site"))
            && !args.contains(&"--now")
            && !args.contains(&"--help")
        {
            command.args(["--now", now]);
        }
        let output = command.output().expect("candor runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run {
            line: args.join(" "),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
            code: output.status.code(),
            has_stdout: false,
            expected_code: 0,
        }
    }
}

/// What git prints in a folder, without the settings of the machine; none if it cannot.
pub fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    git_at(folder, None, arguments)
}

/// The same, where what it commits is of a time.
pub fn git_at(folder: &Path, date: Option<&str>, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    for of in ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"] {
        command.envs(date.map(|date| (of, date)));
    }
    command.current_dir(folder).args(["-c", "user.name=shop", "-c", "user.email=shop@example.org"]);
    command.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a run printed. Dropping it holds it to what was stated; unstated, stdout must be empty and
/// the exit code 0.
pub struct Run {
    line: String,
    stdout: String,
    stderr: String,
    code: Option<i32>,
    has_stdout: bool,
    expected_code: i32,
}

impl Run {
    /// What stdout must be; `[..]` stands for any text of a line.
    pub fn stdout(mut self, expected: impl IntoData) -> Run {
        self.has_stdout = true;
        matches(&self.line, "stdout", &self.stdout, expected.into_data());
        self
    }

    /// What stderr must be; `[..]` stands for any text of a line.
    pub fn stderr(self, expected: impl IntoData) -> Run {
        matches(&self.line, "stderr", &self.stderr, expected.into_data());
        self
    }

    /// A piece of text that stderr must hold.
    pub fn says(self, piece: &str) -> Run {
        assert!(self.stderr.contains(piece), "`candor {}` does not say `{piece}`:\n{}", self.line, self.stderr);
        self
    }

    /// Stdout and stderr, whatever the exit code.
    pub fn either(mut self) -> (String, String) {
        self.expected_code = self.code.unwrap_or_default();
        self.both()
    }

    /// What the exit code must be.
    pub fn code(mut self, expected: i32) -> Run {
        self.expected_code = expected;
        self
    }

    /// Stdout, for a closer look.
    pub fn output(mut self) -> String {
        self.has_stdout = true;
        self.stdout.clone()
    }

    /// Stdout and stderr, for a closer look.
    pub fn both(mut self) -> (String, String) {
        self.has_stdout = true;
        (self.stdout.clone(), self.stderr.clone())
    }

    /// Stderr, for a closer look.
    pub fn talk(self) -> String {
        self.stderr.clone()
    }
}

fn matches(line: &str, stream: &str, actual: &str, expected: Data) {
    let name = format!("{stream} of `candor {line}`");
    if let Err(error) = Assert::new().action_env("SNAPSHOTS").try_eq(Some(&name), actual.into_data(), expected) {
        panic!("{error}");
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let Run { line, stdout, stderr, .. } = self;
        assert_eq!(self.code, Some(self.expected_code), "exit code of `candor {line}`\n{stdout}{stderr}");
        assert!(self.has_stdout || stdout.is_empty(), "`candor {line}` printed to stdout:\n{stdout}");
    }
}

/// The program itself, its commands and those below them.
pub fn every_command(site: &Site, command: &str) -> Vec<String> {
    let help = site.help(command);
    let listed = help.split_once("\nCommands:\n").map_or("", |(_, rest)| rest.split_once("\n\n").unwrap_or_default().0);
    let names = listed.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let below = names.filter(|name| !["", "help"].contains(name)).map(|name| format!("{command} {name}"));
    let below = below.flat_map(|command| every_command(site, command.trim()));
    std::iter::once(command.to_owned()).chain(below).collect()
}
