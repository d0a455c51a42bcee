#!/usr/bin/env python3
"""What the clock alone moves, in every format and as their own readers see it: clock.py SITE SITE ...

Each SITE is the same content built for another time. Of each, the headline, badges, metrics, calendars and feeds must say
what the content says at that time: planned work begins and ends by the clock, a word about it overrules the clock, and
work that runs over goes on. And every file that tells of the present must differ between some two of the sites.
"""

import json
import re
import sys
from calendar import timegm
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import feedparser
from icalendar import Calendar
from prometheus_client.parser import text_string_to_metric_families

from content import content_of, milliseconds

ATOM = "{http://www.w3.org/2005/Atom}"
MOVED = (
    "index.html", "maintenance/index.html", "api/v2/summary.json", "api/v2/status.json", "api/v2/components.json",
    "api/v2/scheduled-maintenances.json", "api/v2/scheduled-maintenances/upcoming.json",
    "api/v2/scheduled-maintenances/active.json", "history.rss", "history.atom", "feed.json", "updates.atom",
    "maintenance.ics", "badge.svg", "badge.json", "metrics")
OWN_WORDS = {
    "Service Under Maintenance": "Maintenance in progress", "Partially Degraded Service": "Some systems are degraded",
    "Degraded System Service": "All systems are degraded"}

# When it was built, which is a change that tells of nothing.
BUILT = re.compile(r"<time [^>]*>|Built [^.]*\.|As of [^<]*|candor_(build|next)_\S+ \S+")


def label(status):
    return status.replace("_", " ").capitalize()


class First(HTMLParser):
    """The text of the first element of a name."""

    def __init__(self, html, tag):
        super().__init__()
        self.tag, self.text, self.depth, self.is_over = tag, "", 0, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.depth += tag == self.tag

    def handle_endtag(self, tag):
        if tag == self.tag and self.depth:
            self.depth, self.is_over = 0, True

    def handle_data(self, data):
        if self.depth and not self.is_over:
            self.text += data


class Work:
    """One planned work: what is told of it as (time, status), and its window as far as it is known.

    It begins with its window, whenever that is noted, or before if somebody says so; a word ends it, or else the clock does.
    """

    def __init__(self, work, now):
        self.title, self.status, self.components, self.id = work["title"], work["status"], work["components"], work["id"]
        updates = [(update["at"], update["status"]) for update in work["updates"]]
        said = [at for at, status in updates if status != "scheduled"]
        by_clock = [(work["from"], "in_progress")] if work["from"] <= now and work["from"] < min(said, default=now + 1) else []
        ended = [(work["until"], "completed")] if not said and self.status == "completed" else []
        self.count = len(updates + by_clock + ended)
        self.begun = min([work["from"], *said])
        self.end = updates[-1][0] if said and self.status == "completed" else work["until"]
        self.changed = max((at for at, _ in updates + by_clock + ended), default=work["from"])
        later = [(work["next"]["at"], work["next"]["status"])] if work.get("next") else []
        # What the clock has told stays told, unless somebody says the same in that very minute.
        minute = work["from"] // 60_000
        is_told = any(status == "in_progress" and at // 60_000 == minute for at, status in updates + later)
        self.steps = updates + ended + ([] if is_told else by_clock)
        if [status for _, status in updates + later][:1] != ["scheduled"]:
            self.steps.append((min([at for at, _ in updates[:1]] + [work["from"]]), "scheduled"))


class Check:
    def __init__(self, site):
        self.site, self.content, self.faults, self.seen = Path(site), content_of(site), [], 0
        self.work = [Work(work, self.content["now"]) for work in self.content["maintenance"]]

    def same(self, what, said, wanted):
        self.seen += 1
        if said != wanted:
            self.faults.append(f"{self.content['time']}: {what}: said {said!r}, the content {wanted!r}")

    def text(self, name):
        return (self.site / name).read_text("utf-8")

    def json(self, name):
        return json.loads(self.text(name))

    def headline(self):
        headline = self.first_words()
        self.same("headline", First(self.text("index.html"), "h1").text, headline)
        self.badge("", headline)
        for component in self.content["components"]:
            self.badge(f"components/{component['id']}/", label(component["status"]))
        for work in self.work:
            page = First(self.text(f"maintenance/{work.id}/index.html"), "article").text
            self.same(f"page of {work.title}", label(work.status) in page, True)

    def first_words(self):
        """Statuspage's rollup in Candor's words, but that something core weighs more, and an open incident is always told."""
        description = self.content["rollup"]["description"]
        opened = [incident["status"] for incident in self.content["incidents"] if incident["open"]]
        if opened and self.content["rollup"]["indicator"] in ("none", "maintenance"):
            return "Recovering, and being watched" if set(opened) == {"monitoring"} else "We are looking into a problem"
        if any(one["core"] and one["status"] == "partial_outage" for one in self.content["components"]):
            return "Partial system outage"
        return OWN_WORDS.get(description, description.capitalize())

    def badge(self, folder, word):
        self.same(f"{folder}badge.json", self.json(f"{folder}badge.json")["message"], word)
        title = ElementTree.parse(self.site / folder / "badge.svg").getroot().findtext("{http://www.w3.org/2000/svg}title")
        self.same(f"{folder}badge.svg", title.rpartition(": ")[2], word)

    def metrics(self):
        families = text_string_to_metric_families(self.text("metrics"))
        samples = [sample for family in families for sample in family.samples]

        def series(name, key):
            return {sample.labels[key]: sample.value for sample in samples if sample.name == f"candor_{name}"}

        statuses = {sample.labels["component"]: sample.labels["status"] for sample in samples
                    if sample.name == "candor_component_status" and sample.value == 1}
        self.same("metrics: statuses", statuses, {one["id"]: one["status"] for one in self.content["components"]})
        running = sum(work.status in ("in_progress", "verifying") for work in self.work)
        upcoming = sum(work.status == "scheduled" for work in self.work)
        self.same("metrics: maintenance", series("maintenance", "state"), {"running": running, "upcoming": upcoming})
        impacts = [incident["impact"] for incident in self.content["incidents"] if incident["open"]]
        wanted = {impact: impacts.count(impact) for impact in ("none", "minor", "major", "critical")}
        self.same("metrics: incidents", series("open_incidents", "impact"), wanted)

    def calendars(self):
        self.calendar("maintenance.ics", self.work)
        for component in self.content["components"]:
            own = [work for work in self.work if component["id"] in work.components]
            self.calendar(f"components/{component['id']}/maintenance.ics", own)

    def calendar(self, name, work):
        """SEQUENCE counts the words about it and what the clock did; DTSTAMP says when the last of them was."""
        events = Calendar.from_ical((self.site / name).read_bytes()).walk("VEVENT")
        said = {str(event["SUMMARY"]): (
            round(event.decoded("DTSTART").timestamp() * 1000), round(event.decoded("DTEND").timestamp() * 1000),
            event["SEQUENCE"], str(event["STATUS"]), round(event.decoded("DTSTAMP").timestamp() * 1000)) for event in events}
        wanted = {one.title: (one.begun, one.end, one.count, "CONFIRMED", one.changed) for one in work if one.title in said}
        self.same(name, said, wanted)
        # What is long over leaves the calendar; what goes on or lies ahead must be in it.
        self.same(f"{name}: ahead", {one.title for one in work if one.status != "completed"} <= set(said), True)

    def feeds(self):
        changed = {one.title: one.changed for one in self.work}
        for name in ("history.atom", "history.rss"):
            entries = feedparser.parse((self.site / name).read_bytes()).entries
            said = {entry.title: milliseconds(entry.updated) if name.endswith("atom") else seconds(entry) for entry in entries
                    if entry.title in changed}
            self.same(name, said, {title: time for title, time in changed.items() if title in said})
            ahead = {one.title for one in self.work if one.status != "completed"}
            self.same(f"{name}: ahead", ahead <= set(said), True)
        said = {item["title"]: milliseconds(item["date_modified"]) for item in self.json("feed.json")["items"] if item["title"] in changed}
        self.same("feed.json", said, {title: time for title, time in changed.items() if title in said})

    def updates(self):
        entries = ElementTree.parse(self.site / "updates.atom").getroot().findall(f"{ATOM}entry")
        told = [(milliseconds(entry.findtext(f"{ATOM}updated")), entry.findtext(f"{ATOM}title")) for entry in entries]
        # The feed ends with the fiftieth; of what came at that moment some may be cut off.
        oldest = min(at for at, _ in told)
        titles = {work.title for work in self.work}
        said = {(at, title) for at, title in told if at > oldest and title.partition(": ")[2] in titles}
        wanted = {(at, f"{label(status)}: {work.title}") for work in self.work for at, status in work.steps if at > oldest}
        self.same("updates.atom", said, wanted)


def seconds(entry):
    """The time of an RSS item, which feedparser has made UTC."""
    return timegm(entry.published_parsed) * 1000


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    faults, seen = [], 0
    for site in sys.argv[1:]:
        check = Check(site)
        for part in (check.headline, check.metrics, check.calendars, check.feeds, check.updates):
            part()
        faults += check.faults
        seen += check.seen
    for name in MOVED:
        versions = {BUILT.sub("", (Path(site) / name).read_text("utf-8")) for site in sys.argv[1:]}
        faults += [f"{name} is the same at every time"] if len(versions) == 1 else []
    print("\n".join([*faults, f"{len(faults)} faults; {seen} statements of {len(sys.argv) - 1} moments"]))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
