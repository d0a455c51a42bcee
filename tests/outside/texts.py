#!/usr/bin/env python3
"""Hostile texts come back the same from every format that a program reads: texts.py SITE

Quotes, markup, entities, `]]>`, U+000B, emoji and right-to-left letters in every name, title and text of `texts/`, read
back by json, feedparser, expat, icalendar and prometheus-client. What must come back is what the content says, with the
characters that XML 1.0 cannot carry as blanks, and blanks in names made one.
"""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import feedparser
from icalendar import Calendar
from prometheus_client.parser import text_string_to_metric_families

from content import content_of

ATOM = "{http://www.w3.org/2005/Atom}"
SVG = "{http://www.w3.org/2000/svg}"
CONTENT = Path(__file__).parent / "texts" / "content"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def one_line(text):
    return " ".join(FORBIDDEN.sub(" ", text).split())


class Told:
    """What the content says, as every format has to give it."""

    def __init__(self, content):
        self.site = one_line(content["name"])
        self.components = {one["id"]: one_line(one["name"]) for one in content["components"]}
        self.groups = [one_line(group["name"]) for group in content["groups"]]
        self.descriptions = {one_line(one["description"]) for one in content["components"] if one["description"]}
        self.incidents = self.titles(content["incidents"])
        self.work = self.titles(content["maintenance"])
        self.every = self.incidents | self.work | self.titles(content["announcements"])
        self.updates = {one_line(update["body"]) for entry in content["incidents"] + content["maintenance"] for update in entry["updates"]}
        self.stories = {one_line(entry["text"]) for entry in content["maintenance"] if entry["text"]}

    @staticmethod
    def titles(entries):
        return {one_line(entry["title"]) for entry in entries}


class Words(HTMLParser):
    """The text of each paragraph."""

    def __init__(self, html):
        super().__init__()
        self.paragraphs = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "p":
            self.paragraphs.append("")

    def handle_data(self, data):
        if self.paragraphs:
            self.paragraphs[-1] += data


class Check:
    def __init__(self, site, told):
        self.site, self.told, self.faults, self.seen = Path(site), told, [], 0

    def same(self, what, said, wanted):
        self.seen += 1
        if said != wanted:
            self.faults.append(f"{what}: said {said!r}, the content {wanted!r}")

    def holds(self, what, text, wanted):
        """Every one of the texts stands in it as it is."""
        for one in wanted:
            self.seen += 1
            if one not in text:
                self.faults.append(f"{what}: {one!r} does not stand in {text!r}")

    def json(self, name):
        return json.loads((self.site / name).read_text("utf-8"))

    def xml(self, name):
        return ElementTree.parse(self.site / name).getroot()

    def api(self):
        summary = self.json("api/v2/summary.json")
        self.same("api: page", summary["page"]["name"], self.told.site)
        leaves = {one["name"] for one in summary["components"] if not one["group"]}
        self.same("api: components", leaves, set(self.told.components.values()))
        self.same("api: groups", [one["name"] for one in summary["components"] if one["group"]], self.told.groups)
        self.same("api: descriptions", {one["description"] for one in summary["components"]} - {None}, self.told.descriptions)
        incidents = self.json("api/v2/incidents.json")["incidents"]
        work = self.json("api/v2/scheduled-maintenances.json")["scheduled_maintenances"]
        self.same("api: incidents", {one["name"] for one in incidents}, self.told.incidents)
        self.same("api: maintenance", {one["name"] for one in work}, self.told.work)
        bodies = "\n".join(update["body"] for entry in incidents + work for update in entry["incident_updates"])
        self.holds("api: bodies", bodies, self.told.updates | self.told.stories)

    def feeds(self):
        for name in ["history.atom", "updates.atom", *self.below("history.atom")]:
            self.atom(name)
        for name in ["history.rss", *self.below("history.rss")]:
            self.rss(name)
        feed = self.json("feed.json")
        self.same("feed.json: title", feed["title"], self.told.site)
        self.same("feed.json: titles", {item["title"] for item in feed["items"]}, self.told.every)
        self.bodies("feed.json", [item["content_html"] for item in feed["items"]])

    def below(self, file):
        return [str(path.relative_to(self.site)) for path in sorted(self.site.glob(f"*/*/{file}"))]

    def title(self, name):
        """Of a feed: the site's name, and that of the component or group it is about."""
        kind, _, rest = name.partition("/")
        own = self.told.components.get(rest.partition("/")[0]) if kind == "components" else self.told.groups[0]
        return f"{self.told.site}: {own}" if rest else self.told.site

    def atom(self, name):
        root = self.xml(name)
        self.same(f"{name}: title", root.findtext(f"{ATOM}title").removesuffix(" - Incident History"), self.title(name))
        self.same(f"{name}: author", root.findtext(f"{ATOM}author/{ATOM}name"), self.told.site)
        titles = {self.own(entry.findtext(f"{ATOM}title"), name) for entry in root.iter(f"{ATOM}entry")}
        # A title that says of itself that it is plain text comes through a reader that makes HTML of everything.
        parsed = feedparser.parse((self.site / name).read_bytes(), sanitize_html=False)
        self.same(f"{name}: titles by feedparser", {self.own(entry.title, name) for entry in parsed.entries}, titles)
        self.titles(name, titles)
        self.bodies(name, [entry.findtext(f"{ATOM}content") for entry in root.iter(f"{ATOM}entry")])

    def rss(self, name):
        root = self.xml(name)
        self.same(f"{name}: title", root.findtext("channel/title").removesuffix(" - Incident History"), self.title(name))
        self.titles(name, {item.findtext("title") for item in root.iter("item")})
        self.bodies(name, [item.findtext("description") for item in root.iter("item")])

    @staticmethod
    def own(title, name):
        """In the feed of updates, the status stands before the title."""
        return title.partition(": ")[2] if name == "updates.atom" else title

    def titles(self, name, titles):
        every = self.told.every
        self.same(f"{name}: titles", titles, every if "/" not in name else titles & every)

    def bodies(self, name, htmls):
        paragraphs = {paragraph.partition(" - ")[2] or paragraph for html in htmls for paragraph in Words(html).paragraphs}
        if "/" not in name:
            self.holds(name, {one.strip() for one in paragraphs}, self.told.updates)

    def calendars(self):
        calendar = Calendar.from_ical((self.site / "maintenance.ics").read_bytes())
        events = calendar.walk("VEVENT")
        self.holds("calendar: name", self.name(calendar), [self.told.site])
        self.same("calendar: titles", {str(event["SUMMARY"]) for event in events}, self.told.work)
        categories = {str(name) for event in events for name in event["CATEGORIES"].cats}
        self.same("calendar: categories", categories, set(self.told.components.values()))
        bodies = "\n".join(str(event["DESCRIPTION"]) for event in events)
        self.holds("calendar: bodies", bodies, self.told.stories)
        for id, name in self.told.components.items():
            own = Calendar.from_ical((self.site / "components" / id / "maintenance.ics").read_bytes())
            self.holds(f"calendar of {id}: name", self.name(own), [name])

    @staticmethod
    def name(calendar):
        """icalendar leaves a property that it does not know as it is written: RFC 5545, section 3.3.11."""
        return re.sub(r"\\([\\;,])", r"\1", str(calendar["X-WR-CALNAME"]))

    def badges(self):
        for folder, label in [("", self.told.site), *((f"components/{id}/", name) for id, name in self.told.components.items())]:
            drawing = self.xml(f"{folder}badge.svg")
            message = self.json(f"{folder}badge.json")
            self.same(f"{folder}badge.json", message["label"], label)
            self.same(f"{folder}badge.svg: texts", [text.text for text in drawing.iter(f"{SVG}text")], [label, message["message"]])
            self.same(f"{folder}badge.svg: title", drawing.findtext(f"{SVG}title"), f"{label}: {message['message']}")

    def metrics(self):
        families = text_string_to_metric_families((self.site / "metrics").read_text("utf-8"))
        infos = [sample.labels for family in families for sample in family.samples if sample.name == "candor_component_info"]
        self.same("metrics: names", {one["component"]: one["name"] for one in infos}, self.told.components)
        self.same("metrics: groups", {one["group_name"] for one in infos} - {""}, set(self.told.groups))

    def clean(self):
        """No file has a character that another format would have to drop."""
        for path in sorted(path for path in self.site.rglob("*") if path.is_file()):
            text = path.read_text("utf-8").replace("\r\n", "\n")
            found = FORBIDDEN.search(text) or re.search(r"\\u000b|\\v|&#11;|&#x0?b;", text, re.I)
            if found:
                self.faults.append(f"{path.relative_to(self.site)}: has {found.group()!r}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    check = Check(sys.argv[1], Told(content_of(sys.argv[1], CONTENT)))
    for part in (check.api, check.feeds, check.calendars, check.badges, check.metrics, check.clean):
        part()
    print("\n".join([*check.faults, f"{len(check.faults)} faults; {check.seen} texts compared"]))
    sys.exit(1 if check.faults else 0)


if __name__ == "__main__":
    main()
