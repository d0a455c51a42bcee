"""What a release is made of, made and installed here: packages.py ROOT

The archive for Linux: static, with its sum, running in an empty root, from archive to a served page in seconds. The wheel
and the packages of npm, built from it and installed from local files. The workflows, the action and the component of the
repository by the schemas of GitHub and GitLab, the workflows by actionlint too.
"""

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request
from pathlib import Path

TARGET = "x86_64-unknown-linux-musl"
NOW = "2026-11-22T15:31Z"
SCHEMAS = {
    "vendor.github-workflows": [".github/workflows/check.yml", ".github/workflows/release.yml"],
    "vendor.github-actions": ["action.yml"],
    "vendor.gitlab-ci": [".gitlab-ci.yml"],
}


def run(*command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    assert done.returncode == 0, f"{command}: exit code {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout + done.stderr


def archive(root, folder):
    """Packs the archive, and holds its sum and its files."""
    run(root / ".ci/release", TARGET, folder)
    path = folder / f"candor-{TARGET}.tar.gz"
    told = (folder / f"{path.name}.sha256").read_text().split()
    assert told == [hashlib.sha256(path.read_bytes()).hexdigest(), path.name], told
    with tarfile.open(path) as packed:
        names = packed.getnames()
    assert names == ["candor", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"], names
    return path


def empty_root(root, path, folder):
    """The program alone in a root of its own builds the sample site: it needs no library and no file of a system."""
    with tarfile.open(path) as packed:
        packed.extract("candor", folder, filter="data")
    linked = subprocess.run(["ldd", folder / "candor"], capture_output=True, text=True)
    said = linked.stdout + linked.stderr
    assert "statically linked" in said or "not a dynamic executable" in said, said
    run("cp", "-r", root / "content", folder / "content")
    run("chroot", folder, "/candor", "build", "--site", "/", "--out", "/public", "--wiki-out", "/wiki", "--now", NOW)
    assert (folder / "public/index.html").is_file() and (folder / "wiki/index.html").is_file()
    return os.path.getsize(folder / "candor")


def served(path, folder):
    """Seconds from the archive to a page that a browser gets."""
    begun = time.monotonic()
    with tarfile.open(path) as packed:
        packed.extractall(folder, filter="data")
    candor = folder / "candor"
    run(candor, "new", "site", folder / "status")
    server = subprocess.Popen([candor, "serve", "--site", folder / "status", "--port", "0"], stderr=subprocess.PIPE,
                              text=True)
    try:
        address = next(word for line in server.stderr for word in line.split() if word.startswith("http://"))
        page = urllib.request.urlopen(address).read().decode()
    finally:
        server.kill()
    assert "<title>" in page
    return time.monotonic() - begun


def npm(root, archives, folder):
    run("node", root / ".ci/npm/pack.mjs", archives, folder / "packed")
    packages = sorted((folder / "packed").glob("*.tgz"))
    assert len(packages) == 2, packages
    project = folder / "project"
    project.mkdir()
    (project / "package.json").write_text("{}")
    run("npm", "install", "--offline", "--no-audit", "--no-fund", *packages, cwd=project)
    return run("npx", "--offline", "candor", "--version", cwd=project).strip()


def wheel(root, folder):
    here = Path(sys.executable).parent
    target = os.environ.get("CARGO_TARGET_DIR", str(root / "target"))
    run(here / "maturin", "build", "--locked", "--target", TARGET, "--out", folder / "wheels", cwd=root / ".ci/pip",
        env={**os.environ, "CARGO_TARGET_DIR": target})
    run(sys.executable, "-m", "venv", folder / "venv")
    run(folder / "venv/bin/pip", "install", "--no-index", "--disable-pip-version-check", *(folder / "wheels").glob("*.whl"))
    return run(folder / "venv/bin/candor", "--version").strip()


def schemas(root):
    here = Path(sys.executable).parent
    for schema, files in SCHEMAS.items():
        run(here / "check-jsonschema", "--builtin-schema", schema, *(root / file for file in files))
    run("node", root / "tests/outside/workflows.mjs", *(root / file for file in SCHEMAS["vendor.github-workflows"]))
    run("shellcheck", root / ".ci/run", root / ".ci/release")


def main():
    root = Path(sys.argv[1]).resolve()
    version = "candor " + next(line for line in (root / "Cargo.toml").read_text().splitlines()
                               if line.startswith("version")).split('"')[1]
    schemas(root)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        folders = [scratch / name for name in ("archives", "root", "site", "npm", "pip")]
        for folder in folders:
            folder.mkdir()
        archives, alone, site, for_npm, for_pip = folders
        path = archive(root, archives)
        size = empty_root(root, path, alone)
        seconds = served(path, site)
        assert seconds < 10, f"{seconds:.1f} s from the archive to a served page"
        said = {"npx": npm(root, archives, for_npm), "pip": wheel(root, for_pip)}
        assert set(said.values()) == {version}, said
        print(f"archive {path.stat().st_size / 1e6:.1f} MB, static program {size / 1e6:.1f} MB, "
              f"served page after {seconds:.1f} s; npm and pip give {version}")


if __name__ == "__main__":
    main()
