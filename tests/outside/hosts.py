"""The files of `candor new site --host`, for every host and CI: hosts.py CANDOR

Workflows by the schemas of GitHub and GitLab that check-jsonschema brings and by actionlint, scripts by shellcheck. Then every job is run
in a repository of its own, step by step as the CI would, with programs in place of `npx`, `aws`, `rsync`, `curl` and
`cargo` that note what they were asked. The program itself is installed once from an archive by its sum, and once refused.
"""

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
HOSTS = {
    ("netlify", "github"), ("netlify", "gitlab"), ("cloudflare", "github"), ("cloudflare", "gitlab"), ("s3", "github"),
    ("s3", "gitlab"), ("server", "github"), ("server", "gitlab"), ("github-pages", "github"), ("gitlab-pages", "gitlab"),
}
# What must have been run for the site to be published.
PUBLISHED_BY = {"netlify": "curl", "cloudflare": "npx", "s3": "aws", "server": "rsync"}
STANDS_IN = """#!/bin/sh
case "$0 $*" in */curl*build.json*) [ -z "$NEXT" ] && exit 22; printf '{\\n  "next_transition": "%s"\\n}\\n' "$NEXT"; exit;; esac
echo "${0##*/} $*" >>"$NOTES"
"""
SILENT = """title: Nobody writes
updates:
  - at: 2026-01-05T10:00Z
    status: investigating
    components: { api: partial_outage }
    body: We are looking into it.
"""
LONG_AGO, FAR_AWAY = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


class Repository:
    """A new site under version control, and a place for the programs that stand in."""

    def __init__(self, candor, host, ci, folder):
        self.host, self.ci, self.folder = host, ci, folder / "site"
        self.bin, self.notes = folder / "bin", folder / "notes"
        run([candor, "new", "site", str(self.folder), "--host", host, "--ci", ci])
        with (self.folder / "content/site.yaml").open("a") as settings:
            settings.write("wiki: { url: https://wiki.example.org/ }\n")
        self.bin.mkdir()
        (self.bin / "candor").symlink_to(candor)
        for name in ("npx", "aws", "rsync", "curl", "cargo", "apt-get"):
            (self.bin / name).write_text(STANDS_IN)
            (self.bin / name).chmod(0o755)
        for arguments in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "The site"]):
            self.git(*arguments)
        self.git("update-ref", "refs/remotes/origin/main", "HEAD")

    def git(self, *arguments):
        who = ["-c", "user.name=shop", "-c", "user.email=shop@example.org"]
        run(["git", "-C", str(self.folder), *who, *arguments])

    def job(self, name, event, next_transition=""):
        """Runs a job; returns its exit code, what it printed, and what the programs were asked."""
        self.notes.write_text("")
        run(["git", "-C", str(self.folder), "clean", "-qfdx"])
        files = {file: self.folder.parent / file for file in ("output", "summary")}
        for file in files.values():
            file.write_text("")
        environment = {
            "PATH": f"{self.bin}:/usr/bin:/bin", "NOTES": str(self.notes), "NEXT": next_transition,
            "GITHUB_EVENT_NAME": event, "GITHUB_BASE_REF": "main", "GITHUB_OUTPUT": str(files["output"]),
            "GITHUB_STEP_SUMMARY": str(files["summary"]), "RUNNER_TEMP": str(self.folder.parent),
            "CI_PIPELINE_SOURCE": event, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "CARGO_HOME": str(self.folder.parent), "HOME": str(self.folder.parent),
        }
        steps = self.github(name, files["output"]) if self.ci == "github" else self.gitlab(name)
        code, said = 0, ""
        for script, more in steps:
            done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=self.folder, text=True,
                                  env={**environment, **more}, capture_output=True)
            code, said = done.returncode, said + done.stdout + done.stderr
            if code:
                break
        return code, said + files["summary"].read_text(), self.notes.read_text()

    def github(self, name, output):
        workflow = yaml.safe_load((self.folder / ".github/workflows/status.yml").read_text())
        for step in workflow["jobs"][name]["steps"]:
            if "if" in step:
                assert step["if"] == "steps.due.outputs.build == 'yes'", step["if"]
                if "build=yes" not in output.read_text():
                    continue
            if "run" in step:
                yield step["run"], {key: value_of(value) for key, value in step.get("env", {}).items()}

    def gitlab(self, name):
        workflow = yaml.safe_load((self.folder / ".gitlab-ci.yml").read_text())
        job = workflow[name]
        before = workflow[job["extends"]]["before_script"] if "extends" in job else []
        text = (self.folder / ".gitlab-ci.yml").read_text()
        settings = re.findall(r"^#   (?:variable|secret) +(\w+):", text, re.M)
        yield "\n".join(before + job["script"]), {key: f"the-{key}" for key in settings}

    def publishing(self):
        return {"github-pages": "build", "gitlab-pages": "pages"}.get(self.host, "publish")

    def faults(self):
        yield from self.written()
        yield from self.publishes()
        yield from self.checks()
        yield from self.reminds()

    def written(self):
        path = ".github/workflows/status.yml" if self.ci == "github" else ".gitlab-ci.yml"
        schema = "vendor.github-workflows" if self.ci == "github" else "vendor.gitlab-ci"
        scripts = [str(path) for path in sorted((self.folder / "deploy").glob("*.sh"))]
        here = Path(sys.executable).parent
        commands = [[str(here / "check-jsonschema"), "--builtin-schema", schema, str(self.folder / path)],
                    ["shellcheck", *scripts]]
        if self.ci == "github":
            commands.append(["node", str(HERE / "workflows.mjs"), str(self.folder / path)])
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                yield done.stdout + done.stderr

    def publishes(self):
        events = [("schedule", LONG_AGO, True), ("schedule", "", True), ("schedule", FAR_AWAY, False)]
        if self.host != "netlify":
            events.append(("push", FAR_AWAY, True))
        for event, next_transition, is_due in events:
            code, said, notes = self.job(self.publishing(), event, next_transition)
            quiet = 42 if self.host == "gitlab-pages" and not is_due else 0
            if code != quiet:
                yield f"{event}: exit code {code} of the job that publishes:\n{said}"
            is_built = (self.folder / "public/index.html").is_file()
            if is_built != (is_due and self.host != "netlify"):
                yield f"{event}, next change {next_transition}: built is {is_built}"
            program = PUBLISHED_BY.get(self.host)
            asked = [line for line in notes.splitlines() if program and line.startswith(f"{program} ")]
            if program and bool(asked) != is_due:
                yield f"{event}, next change {next_transition}: `{program}` was asked {asked}"
            if list((self.folder / "public").rglob("*wiki*")) or "wiki" in notes:
                yield f"{event}: the wiki is about to be published\n{notes}"

    def checks(self):
        event = "pull_request" if self.ci == "github" else "merge_request_event"
        incident = next((self.folder / "content/incidents").rglob("*.md"))
        sound = incident.read_text()
        incident.write_text(re.sub(r"^title: .*$", "title: Another title", sound, flags=re.M))
        code, said, _ = self.job("check", event)
        if code or "Another title" not in said:
            yield f"{event}: exit code {code}, and customers would see:\n{said}"
        incident.write_text(sound.replace("title:", "tittle:"))
        code, said, _ = self.job("check", event)
        if code != 1 or "tittle" not in said or (self.ci == "github") != ("::error file=" in said):
            yield f"a fault: exit code {code}, and:\n{said}"
        incident.write_text(sound)


    def reminds(self):
        code, said, _ = self.job("remind", "schedule")
        if code:
            yield f"nothing is owed, and the reminder fails:\n{said}"
        (self.folder / "content/incidents/silent.yaml").write_text(SILENT)
        self.git("add", ".")
        self.git("commit", "-q", "-m", "Nobody writes")
        code, said, _ = self.job("remind", "schedule")
        if code != 1 or "Nobody writes" not in said:
            yield f"a word is owed: exit code {code}, and:\n{said}"


def installs(candor):
    """`install.sh` takes an archive of a release whose sum is the one named, in seconds, and no other."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        run([candor, "new", "site", str(folder / "site"), "--host", "s3"])
        archive = folder / "candor.tar.gz"
        with tarfile.open(archive, "w:gz", compresslevel=1) as packed:
            packed.add(candor, "candor")
        right = hashlib.sha256(archive.read_bytes()).hexdigest()
        for sum, is_right in ((right, True), (right[::-1], False)):
            home = folder / sum
            begun = time.monotonic()
            done = subprocess.run(["sh", "deploy/install.sh"], cwd=folder / "site", capture_output=True, text=True, env={
                "PATH": "/usr/bin:/bin", "CARGO_HOME": str(home), "CANDOR_ARCHIVE": archive.as_uri(), "CANDOR_SHA256": sum})
            seconds = time.monotonic() - begun
            if is_right:
                print(f"install.sh: an archive of {archive.stat().st_size >> 20} MiB to a running program in {seconds:.1f} s")
            if (done.returncode == 0, (home / "bin/candor").exists()) != (is_right, is_right) or seconds > 5:
                yield f"install.sh, sum right: {is_right}: exit code {done.returncode} in {seconds:.1f} s\n{done.stderr}"


def value_of(expression):
    """What CI would put in place of `${{ vars.NAME }}`."""
    name = re.fullmatch(r"\$\{\{ (?:vars|secrets)\.(\w+) \}\}", expression).group(1)
    return f"the-{name}"


def run(command):
    subprocess.run(command, check=True, capture_output=True)


def main():
    candor = os.path.abspath(sys.argv[1])
    faults = list(installs(candor))
    for host, ci in sorted(HOSTS):
        with tempfile.TemporaryDirectory() as folder:
            faults += [f"{host}, {ci}: {fault}" for fault in Repository(candor, host, ci, Path(folder)).faults()]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults; {len(HOSTS)} pairs of host and CI")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
