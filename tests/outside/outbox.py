#!/usr/bin/env python3
"""Messages for other channels, by the rules of each: outbox.py CANDOR

Every update of the sample site and of the hostile `texts/`, and every reviewed postmortem of the sample's wiki, each as a
message. Mails are read by Python's `email` package, their HTML by `html.parser`. Slack's payloads keep the limits of Block
Kit and hold no command, Teams' are an Adaptive Card in a message. A second run writes the same bytes.
"""

import json
import re
import subprocess
import sys
import tempfile
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).parent
# Each site with a time to build it for and one from which on everything is to be told.
SITES = [
    (HERE.parent.parent, "2026-11-22T15:31Z", "2025-01-01T00:00Z"),
    (HERE / "texts", "2026-03-02T10:30Z", "2025-01-01T00:00Z"),
]
FROM, TO = "Ærø & Søn, Inc. <status@example.org>", "all@example.org"
# https://docs.slack.dev/reference/block-kit/blocks
MOST_BLOCKS, HEADER, SECTION = 50, 150, 3000
# https://learn.microsoft.com/en-us/microsoftteams/limits-specifications-teams
TEAMS = 28 * 1024
VOID = {"meta", "hr", "br", "img", "input"}


class Html(HTMLParser):
    """The elements of a document, and whether each is closed where it should be."""

    def __init__(self, text):
        super().__init__()
        self.open, self.wrong, self.seen, self.foreign = [], [], set(), []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        self.foreign += [value for name, value in attributes if name.startswith("on") or name == "src" and tag != "img"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def html_faults(text):
    page = Html(text)
    if page.wrong or page.open:
        yield f"HTML is not closed as it was opened: {page.wrong or page.open}"
    if not {"html", "head", "body", "title", "h1"} <= page.seen:
        yield "HTML is no whole document"
    if page.foreign or page.seen & {"script", "style", "link", "iframe", "form"}:
        yield f"HTML runs or loads something: {page.foreign}"


def mail_faults(folder, subject):
    raw = (folder / "email.eml").read_bytes()
    mail = message_from_bytes(raw, policy=policy.default)
    for part in mail.walk():
        yield from (f"mail: {type(defect).__name__}" for defect in part.defects)
    for name, value in mail.items():
        yield from (f"mail: {name}: {type(defect).__name__}" for defect in getattr(value, "defects", ()))
    if any(len(line) > 78 or b"\r" in line or b"\n" in line for line in raw.split(b"\r\n")):
        yield "mail: a line is too long or not ended by CRLF"
    if [str(address) for address in mail["To"].addresses] != [TO] or mail["From"].addresses[0].display_name != FROM.split(" <")[0]:
        yield f"mail: from {mail['From']} to {mail['To']}"
    if not str(mail["Subject"]).endswith(subject):
        yield f"mail: its subject is {mail['Subject']!s}"
    if set(mail.keys()) & {"Bcc", "Cc"} or parsedate_to_datetime(mail["Date"]) is None:
        yield "mail: its headers"
    text, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    if [kind.get_content_type() for kind in mail.iter_parts()] != ["text/plain", "text/html"]:
        yield "mail: it is not text and HTML, in this order"
    if text.replace("\r\n", "\n") != (folder / "email.txt").read_text() or html.replace("\r\n", "\n") != (folder / "email.html").read_text():
        yield "mail: its parts are not email.txt and email.html"
    yield from html_faults(html)


def slack_faults(folder):
    payload = json.loads((folder / "slack.json").read_text())
    if not payload["text"] or len(payload["blocks"]) > MOST_BLOCKS:
        yield "Slack: no text, or too many blocks"
    for block in payload["blocks"]:
        texts = block["elements"] if block["type"] == "context" else [block["text"]]
        for text in texts:
            longest = HEADER if block["type"] == "header" else SECTION
            if not 1 <= len(text["text"].encode("utf-16-le")) // 2 <= longest:
                yield f"Slack: a {block['type']} of {len(text['text'])} characters"
            if (block["type"] == "header") != (text["type"] == "plain_text"):
                yield f"Slack: a {block['type']} of {text['type']}"
            rest = re.sub(r"<https?://[^<>|\s]+(\|[^<>]*)?>", "", text["text"])
            if text["type"] == "mrkdwn" and (re.search(r"[<>]|&(?!amp;|lt;|gt;)", rest) or not text["verbatim"]):
                yield f"Slack: {text['text']}"


def teams_faults(folder):
    raw = (folder / "teams.json").read_bytes()
    payload = json.loads(raw)
    (attachment,) = payload["attachments"]
    card = attachment["content"]
    if len(raw) > TEAMS or payload["type"] != "message" or attachment["contentType"] != "application/vnd.microsoft.card.adaptive":
        yield "Teams: no message with a card of at most 28 KB"
    if card["type"] != "AdaptiveCard" or card["version"] != "1.4" or not card["body"]:
        yield "Teams: no card"
    for element in card["body"]:
        runs = element.get("inlines", [])
        facts = element.get("facts", [])
        if element["type"] not in ("RichTextBlock", "FactSet") or not runs + facts:
            yield f"Teams: {element}"
        if any(run["type"] != "TextRun" or not isinstance(run["text"], str) for run in runs):
            yield f"Teams: {element}"
        if any(set(fact) != {"title", "value"} for fact in facts):
            yield f"Teams: {element}"
    if any(action["type"] != "Action.OpenUrl" or not action["url"].startswith("https://") for action in card["actions"]):
        yield f"Teams: {card['actions']}"


def webhook_faults(folder, key):
    payload = json.loads((folder / "webhook.json").read_text())
    if payload["key"] != key or payload["change"] not in ("new", "changed"):
        yield f"webhook: {payload['key']}"
    if "\n" in payload["headline"] or not payload["update"]["text"]:
        yield "webhook: no line, or no text"


def candor(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"candor {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout.split()


def written(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def messages(program, site, now, since, work, wiki):
    """The folders of all messages of a site, made twice."""
    out, state = work / "out", work / "state.json"
    candor(program, "build", "--site", site, "--now", now, "--out", work / "public", "--wiki-out", work / "wiki")
    which = ["--wiki", "--build", work / "wiki"] if wiki else ["--build", work / "public"]
    mail = ["--mail-from", FROM, "--mail-to", TO]
    run = ["outbox", *which, "--site", site, "--since", since, "--state", state, "--out", out, *mail]
    candor(program, *run)
    before = written(out)
    candor(program, *run)
    if written(out) != before:
        sys.exit(f"{site}: a second run writes something else")
    return out, json.loads((out / "index.json").read_text())["messages"]


def main():
    program = Path(sys.argv[1]).resolve()
    faults, count, ids = [], 0, set()
    for site, now, since in SITES:
        for wiki in [False, True] if site == SITES[0][0] else [False]:
            with tempfile.TemporaryDirectory() as work:
                out, listed = messages(program, site, now, since, Path(work), wiki)
                for message in listed:
                    folder, count = out / message["folder"], count + 1
                    found = list(mail_faults(folder, message["subject"]))
                    if not wiki:
                        found += [*slack_faults(folder), *teams_faults(folder), *webhook_faults(folder, message["key"])]
                    faults += [f"{message['place']}: {fault}" for fault in found]
                    ids.add(message_from_bytes((folder / "email.eml").read_bytes())["Message-ID"])
    if count < 60 or len(ids) != count:
        faults.append(f"{count} messages with {len(ids)} ids")
    for fault in faults:
        print(fault)
    print(f"{count} messages, {len(faults)} faults")
    sys.exit(bool(faults))


main()
