"""What repeats without end costs as much as it is long, and no more: growth.py CANDOR

One piece of a text, over and over, where somebody may write: in an update, below it, in a page, in a postmortem. Of each the
processor time of a build is measured at two lengths. Four times the text may take six times as long, where that is more than
two seconds; most take far less than that whatever they do.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

SHORT, LONG = 100_000, 400_000
SITE = "name: X\nurl: https://status.example.org/\ncomponents: [{ id: api, name: API }]\n"
INCIDENT = """---
title: Slow
updates:
  - at: 2026-01-05T10:00Z
    status: resolved
    components: { api: partial_outage }
    body: |
      {update}
---
{below}
"""
REPORT = """---
title: Slow
status: in-review
marks: { started: 2026-01-05T09:00Z, resolved: 2026-01-05T10:00Z }
---

## Summary

{text}
"""
# `{n}` is a number that rises.
PIECES = [
    "a ", '"a ', "a\n", "a\n\n", "[a](", "[", "]", "[a](b) ", "![a](b) ", "[a](/incidents/n{n}/) ", "[^a]: ", "*a ", "_a_ ", "**", "~~a ",
    "` ", "```\n", "&amp;", "| a ", "|a|b|\n", "<a ", "<a>", "</div>", "<![CDATA[ ", "<? ", "<!A ", "<!--", "<!-- a ", "x <!-- a\n",
    "-->", "<!-- a -->", "<!-- candor: off CU001 -->\n", "<!-- candor: off CU001 -->\n\n", "a <!-- candor: off CU001 --> ",
    "h{n}.internal.x.org <!-- candor: off CU009 --> ", "https://h{n}.internal.example.org/a ", "www.a{n}.bc ", "a.b@c.d ", "10.0.0.1 ",
    "db-01.corp ", "soon ", "human error ", "Kim Doe ", "15:04 UTC ", "# a\n", "## Lessons\n", "a\n===\n", "---\n", "- a\n", "1. a\n\n",
    "> a\n\n", "    a\n", "\\", "\u200b", "é́", "\u202e", "{{< x >}} ", "{{ a }} ", "a -- b ",
]


def text_of(piece, length):
    return "".join(piece.replace("{n}", str(n)) for n in range(length // len(piece)))


def indented(text):
    return text.replace("\n", "\n      ")


PLACES = {
    "an update": ("incidents/a.md", lambda text: INCIDENT.replace("{update}", indented(text)).replace("{below}", "")),
    "below the updates": ("incidents/a.md", lambda text: INCIDENT.replace("{update}", "Slow.").replace("{below}", text)),
    "a page": ("pages/a.md", lambda text: f"---\ntitle: A\n---\n\n{text}\n"),
    "a postmortem": ("postmortems/2026-01-05-a.md", lambda text: REPORT.replace("{text}", text)),
}


def seconds(candor, folder, name, text):
    site = folder / "site"
    path = site / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    command = [candor, "check", "--site", site, "--now", "2026-01-06T00:00Z", "-q"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    try:
        code = subprocess.run(command, capture_output=True, timeout=60).returncode
    except subprocess.TimeoutExpired:
        code = "no answer within a minute"
    path.unlink()
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    return taken, code


def main():
    candor = Path(sys.argv[1]).resolve()
    faults, worst = 0, (0, "")
    with tempfile.TemporaryDirectory(prefix="candor-growth-") as folder:
        settings = Path(folder) / "site/content/site.yaml"
        settings.parent.mkdir(parents=True)
        settings.write_text(SITE)
        for place, (name, whole) in PLACES.items():
            for piece in PIECES:
                long, code = seconds(candor, Path(folder), name, whole(text_of(piece, LONG)))
                worst = max(worst, (long, f"{piece!r} in {place}"))
                if long <= 2 and code in (0, 1):
                    continue
                short, _ = seconds(candor, Path(folder), name, whole(text_of(piece, SHORT)))
                if code not in (0, 1) or long > 6 * short:
                    faults += 1
                    print(f"{piece!r} in {place}: {short:.2f} s for {SHORT} bytes, {long:.2f} s for {LONG}; exit {code}")
    print(f"{faults} faults; {len(PIECES)} pieces in {len(PLACES)} places; the slowest took {worst[0]:.2f} s: {worst[1]}")
    sys.exit(faults > 0)


main()
