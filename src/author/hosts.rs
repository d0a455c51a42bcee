//! The files with which a repository checks and publishes its site by itself, by host and by CI.

use super::fill::fill;

/// Where changes are checked and builds are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ci {
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
}

/// A value that CI needs and the repository must not or need not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// As CI and the scripts name it.
    pub name: &'static str,
    /// Whether it must be kept from readers of the log.
    pub is_secret: bool,
    /// What it is.
    pub meaning: &'static str,
}

/// A place that serves files.
pub struct Host {
    /// How the command line names it.
    pub word: &'static str,
    settings: &'static [Setting],
    /// What publishes the folder `public`, or asks the host to.
    publish: Option<&'static str>,
    /// Further files.
    files: &'static [(&'static str, &'static str)],
    /// The job that publishes, where the host can be reached from there.
    github: Option<&'static str>,
    gitlab: Option<&'static str>,
    /// Packages that `publish` needs and the image on GitLab lacks.
    packages: &'static str,
}

/// Where the program comes from: the first two, or the last two.
const CANDOR: [Setting; 4] = [
    variable("CANDOR_ARCHIVE", "the address of a release's archive, candor-x86_64-unknown-linux-musl.tar.gz"),
    variable("CANDOR_SHA256", "its sum, as SHA256SUMS of the release has it"),
    variable("CANDOR_REPOSITORY", "without an archive: the address of Candor's source, which is compiled for minutes"),
    variable("CANDOR_REVISION", "the commit of it to use (may be left out)"),
];

/// Every host that files can be written for.
pub const HOSTS: &[Host] = &[
    Host {
        word: "netlify",
        settings: &[secret("NETLIFY_BUILD_HOOK", "the address of a build hook (Site configuration, Build hooks)")],
        publish: Some(include_str!("starter/deploy/publish-netlify.sh")),
        files: &[("netlify.toml", include_str!("starter/deploy/netlify.toml"))],
        github: Some(include_str!("starter/deploy/github-netlify.yml")),
        gitlab: Some(include_str!("starter/deploy/gitlab-netlify.yml")),
        packages: "",
    },
    Host {
        word: "cloudflare",
        settings: &[
            variable("CLOUDFLARE_ACCOUNT_ID", "the id of the account"),
            variable("CLOUDFLARE_PROJECT", "the name of the project in Pages"),
            secret("CLOUDFLARE_API_TOKEN", "a token that may edit Cloudflare Pages and nothing else"),
        ],
        publish: Some(include_str!("starter/deploy/publish-cloudflare.sh")),
        files: &[],
        github: UPLOAD_ON_GITHUB,
        gitlab: UPLOAD_ON_GITLAB,
        packages: "npm",
    },
    Host {
        word: "github-pages",
        settings: &[],
        publish: None,
        files: &[],
        github: Some(include_str!("starter/deploy/github-pages.yml")),
        gitlab: None,
        packages: "",
    },
    Host {
        word: "gitlab-pages",
        settings: &[],
        publish: None,
        files: &[],
        github: None,
        gitlab: Some(include_str!("starter/deploy/gitlab-pages.yml")),
        packages: "",
    },
    Host {
        word: "s3",
        settings: &[
            variable("BUCKET", "the name of the bucket"),
            variable("AWS_REGION", "its region, another one than the product's"),
            variable("AWS_ACCESS_KEY_ID", "the key of a user who may write to the bucket and nothing else"),
            secret("AWS_SECRET_ACCESS_KEY", "the secret of that key"),
        ],
        publish: Some(include_str!("starter/deploy/publish-s3.sh")),
        files: &[],
        github: UPLOAD_ON_GITHUB,
        gitlab: UPLOAD_ON_GITLAB,
        packages: "awscli",
    },
    Host {
        word: "server",
        settings: &[
            variable("DEPLOY_TARGET", "where the files go, such as deploy@status.example.org:/srv/status"),
            variable("DEPLOY_KNOWN_HOSTS", "what `ssh-keyscan` prints of the host, compared by a person"),
            secret("DEPLOY_KEY", "the private key of a user who may write there and nothing else"),
        ],
        publish: Some(include_str!("starter/deploy/publish-server.sh")),
        files: &[],
        github: UPLOAD_ON_GITHUB,
        gitlab: UPLOAD_ON_GITLAB,
        packages: "rsync openssh-client",
    },
];

const UPLOAD_ON_GITHUB: Option<&str> = Some(include_str!("starter/deploy/github-upload.yml"));
const UPLOAD_ON_GITLAB: Option<&str> = Some(include_str!("starter/deploy/gitlab-upload.yml"));

const fn variable(name: &'static str, meaning: &'static str) -> Setting {
    Setting { name, is_secret: false, meaning }
}

const fn secret(name: &'static str, meaning: &'static str) -> Setting {
    Setting { name, is_secret: true, meaning }
}

impl Host {
    /// The host that is named so on the command line.
    pub fn named(word: &str) -> Option<&'static Host> {
        HOSTS.iter().find(|host| host.word == word)
    }

    /// The CI to use unless another one is asked for: GitHub's, but for GitLab's own pages.
    pub fn usual_ci(&self) -> Ci {
        if self.github.is_some() { Ci::Github } else { Ci::Gitlab }
    }

    /// What CI must be told before its first run.
    pub fn settings(&self) -> impl Iterator<Item = &'static Setting> {
        CANDOR.iter().chain(self.settings)
    }

    /// The files to add to a repository, by their paths; none if the host cannot be reached from this CI.
    pub fn files(&self, ci: Ci) -> Option<Vec<(&'static str, String)>> {
        let (path, frame, job) = match ci {
            Ci::Github => (".github/workflows/status.yml", include_str!("starter/deploy/github.yml"), self.github?),
            Ci::Gitlab => (".gitlab-ci.yml", include_str!("starter/deploy/gitlab.yml"), self.gitlab?),
        };
        let mut files = vec![
            (path, self.workflow(frame, job)),
            ("deploy/due.sh", include_str!("starter/deploy/due.sh").to_owned()),
            ("deploy/install.sh", include_str!("starter/deploy/install.sh").to_owned()),
        ];
        files.extend(self.publish.map(|text| ("deploy/publish.sh", text.to_owned())));
        files.extend(self.files.iter().map(|(path, text)| (*path, (*text).to_owned())));
        files.sort();
        Some(files)
    }

    fn workflow(&self, frame: &str, job: &str) -> String {
        // Not Tera, to which the `${{ … }}` of workflows are its own.
        let job = fill(job, |name| match name {
            "env" => Some(self.settings.iter().map(environment).collect::<Vec<_>>().join("\n")),
            "tools" => Some(self.tools()),
            _ => None,
        });
        fill(frame, |name| match name {
            "settings" => Some(self.settings().map(comment).collect::<Vec<_>>().join("\n")),
            "publish" => Some(job.trim_end().to_owned()),
            _ => None,
        })
    }

    /// The line that installs what the image of the job lacks.
    fn tools(&self) -> String {
        format!("\n    - apt-get update -qq && apt-get install -y -qq --no-install-recommends {}", self.packages)
    }
}

fn comment(setting: &Setting) -> String {
    let kind = if setting.is_secret { "secret" } else { "variable" };
    format!("#   {kind:<8} {}: {}", setting.name, setting.meaning)
}

/// How a step on GitHub gets a setting.
fn environment(setting: &Setting) -> String {
    let kind = if setting.is_secret { "secrets" } else { "vars" };
    format!("          {name}: ${{{{ {kind}.{name} }}}}", name = setting.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every host with every CI that reaches it.
    fn pairs() -> Vec<(&'static Host, Vec<(&'static str, String)>)> {
        let both = |host: &'static Host| [Ci::Github, Ci::Gitlab].map(|ci| Some((host, host.files(ci)?)));
        HOSTS.iter().flat_map(both).flatten().collect()
    }

    #[test]
    fn every_host_is_reached_from_its_usual_ci() {
        assert!(HOSTS.iter().all(|host| host.files(host.usual_ci()).is_some()));
        assert_eq!(pairs().len(), 10);
    }

    #[test]
    fn no_place_of_a_template_stays_empty() {
        for (host, files) in pairs() {
            for (path, text) in files {
                let left = ["{settings}", "{publish}", "{env}", "{tools}"].iter().find(|name| text.contains(**name));
                assert_eq!(left, None, "{}: {path}", host.word);
            }
        }
    }

    #[test]
    fn what_a_script_needs_is_among_the_settings() {
        for (host, files) in pairs() {
            let workflow = &files.iter().find(|(path, _)| path.ends_with(".yml")).expect("a workflow").1;
            for setting in host.settings() {
                assert!(workflow.contains(&format!(" {}: ", setting.name)), "{}: {}", host.word, setting.name);
            }
            for setting in host.settings {
                assert!(host.publish.is_some_and(|script| script.contains(setting.name)), "{}", setting.name);
            }
        }
    }
}
