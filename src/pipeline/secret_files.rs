//! C106: what lies in `content/static` is published as it is, and this looks as if nobody should read it.
//!
//! By its name, or by what it holds: keys of services have forms of their own, so that they can be told from other words.
//! Private keys are not searched for here: `leak` finds those in every public file, and stops the build.

use std::sync::LazyLock;

use regex::bytes::Regex;

use super::folder::STATIC;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::Source;

/// Files of programs, with what they log in by.
const NAMES: [&str; 29] = [
    ".bash_history",
    ".boto",
    ".dockercfg",
    ".env",
    ".envrc",
    ".git-credentials",
    ".htpasswd",
    ".my.cnf",
    ".netrc",
    ".npmrc",
    ".pgpass",
    ".psql_history",
    ".pypirc",
    ".python_history",
    ".s3cfg",
    ".terraformrc",
    ".zsh_history",
    "_netrc",
    "authorized_keys",
    "credentials",
    "credentials.json",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "id_rsa",
    "kubeconfig",
    "secrets.json",
    "secrets.yaml",
    "secrets.yml",
];

/// Folders in which programs keep the same.
const FOLDERS: [&str; 6] = [".aws", ".azure", ".docker", ".gnupg", ".kube", ".ssh"];

/// Stores of keys, states of machines, and databases.
const ENDINGS: [&str; 15] = [
    ".env",
    ".jks",
    ".kdb",
    ".kdbx",
    ".key",
    ".keystore",
    ".ovpn",
    ".p12",
    ".pfx",
    ".ppk",
    ".sql",
    ".sqlite",
    ".sqlite3",
    ".tfstate",
    ".tfvars",
];

/// `.env.example` and the like show which names there are, without their values.
const EXAMPLES: [&str; 4] = [".dist", ".example", ".sample", ".template"];

/// The largest file that is searched, in bytes: what holds keys is small.
const LARGEST: usize = 1024 * 1024;

/// Keys of services, as their documentation describes them: AWS, GitHub, GitLab, Google, npm, PyPI, SendGrid, Slack, Stripe.
static TOKENS: LazyLock<Regex> = LazyLock::new(|| {
    let forms = [
        "(?:AKIA|ASIA)[A-Z2-7]{16}",
        "gh[opsur]_[A-Za-z0-9]{36}",
        "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}",
        "glpat-[A-Za-z0-9_-]{20}",
        "AIza[A-Za-z0-9_-]{35}",
        "npm_[A-Za-z0-9]{36}",
        "pypi-AgE[A-Za-z0-9_-]{50}",
        r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
        r"xox[abeoprs]-[A-Za-z0-9-]{20}",
        r"hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20}",
        "[rs]k_live_[A-Za-z0-9]{20}",
    ];
    Regex::new(&format!(r"(?-u)\b(?:{})", forms.join("|"))).expect("a pattern of ours")
});

/// A warning for each static file that looks as if it must stay where it is.
pub(super) fn warn(source: &Source) -> Vec<Diagnostic> {
    source.under(STATIC).filter_map(|(path, bytes)| by_name(path).or_else(|| by_token(path, bytes))).collect()
}

fn by_name(path: &str) -> Option<Diagnostic> {
    let inside = path[STATIC.len()..].to_lowercase();
    let (folders, name) = inside.rsplit_once('/').unwrap_or(("", &inside));
    let is_example = EXAMPLES.iter().any(|ending| name.ends_with(ending));
    let is_secret = NAMES.contains(&name)
        || name.starts_with(".env.")
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
        || folders.split('/').any(|folder| FOLDERS.contains(&folder));
    (is_secret && !is_example).then(|| {
        let message = "this file would be published, and files of this name hold secrets as a rule";
        warning(Place::file(path), message.to_owned())
    })
}

fn by_token(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let found = TOKENS.find(bytes.get(..LARGEST.min(bytes.len()))?)?;
    let line = 1 + bytes[..found.start()].iter().filter(|byte| **byte == b'\n').count();
    // Of a key no more is said than what it begins with: reports are pasted, and logs of builds are read by many.
    let head: String = found.as_bytes().iter().take(4).map(|byte| char::from(*byte)).collect();
    let message = format!("line {line} of this file would publish what looks like a key of a service: `{head}…`");
    Some(warning(Place::file(path), message))
}

fn warning(place: Place, message: String) -> Diagnostic {
    Diagnostic::warning(Code::SecretFile, message)
        .at(place)
        .help("move it out of `content/static`; once it was published or committed, replace what it holds")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warned(name: &str, text: &str) -> bool {
        let path = format!("content/static/{name}");
        !warn(&Source::from_files([(path.as_str(), text)])).is_empty()
    }

    #[test]
    fn files_that_hold_secrets_are_told_by_their_names() {
        for name in [".env", ".ENV", "a/.env.production", "prod.env", ".ssh/config", "x/.aws/credentials", "id_rsa"] {
            assert!(warned(name, "x"), "{name}");
        }
        for name in ["keys.p12", "terraform.tfstate", "dump.sql", "a/.git-credentials", ".htpasswd", "Server.KEY"] {
            assert!(warned(name, "x"), "{name}");
        }
    }

    #[test]
    fn files_for_readers_are_left_alone() {
        let names =
            [".env.example", "id_rsa.pub", ".well-known/security.txt", ".nojekyll", "environment.png", "key.svg"];
        for name in names.into_iter().chain(["pgp-key.asc", "CNAME", "assets/monkey", "google1234.html", "env"]) {
            assert!(!warned(name, "x"), "{name}");
        }
    }

    #[test]
    fn keys_of_services_are_told_by_their_form_and_not_printed() {
        let letters = "a1B2c3D4e5".repeat(6);
        let tokens = [
            format!("AKIA{}", "ABCDEFGH234567AB"),
            format!("ghp_{}", &letters[..36]),
            format!("glpat-{}", &letters[..20]),
            format!("xoxb-{}", &letters[..24]),
            format!("sk_live_{}", &letters[..24]),
        ];
        for token in tokens {
            let text = format!("// of the build\nvar key = \"{token}\";\n");
            let found = warn(&Source::from_files([("content/static/app.js", text.as_str())]));
            assert!(
                found[0].message.starts_with("line 2 ") && !found[0].message.contains(&token),
                "{token}: {found:?}"
            );
        }
        for text in ["AKIA", "MAKIAABCDEFGH234567ABX", "ghp_short", "sk_live_", "task_live_or_not"] {
            assert!(!warned("app.js", text), "{text}");
        }
    }
}
