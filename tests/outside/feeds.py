#!/usr/bin/env python3
"""The feeds of a built site: feeds.py SITE [LATER]

`history.rss`, `history.atom` and `updates.atom`, and the feeds of every component and every group, by the RELAX NG schemas
in `schemas/`, by feedparser and by the elements their formats require, `feed.json` by the rules of JSON Feed 1.1, and in
every page a link to `history.rss`, `history.atom` and `feed.json`. LATER is the same content built for a later time: what both
have keeps its id, and its `updated` never goes back. Of the wiki, `postmortems.atom`, to which every page leads.
"""

import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import feedparser

from links import Page

HERE = Path(__file__).parent
# The validator of HTML has one of RELAX NG in it.
VALIDATOR = ["java", "-cp", HERE / "node_modules/vnu-jar/build/dist/vnu.jar", "nu.validator.vendor.thaiopensource.relaxng.util.Driver"]
MOST_ENTRIES = 50
ATOM = "{http://www.w3.org/2005/Atom}"
WIKI = "postmortems.atom"
TYPES = {"history.rss": "application/rss+xml", "history.atom": "application/atom+xml", "feed.json": "application/feed+json"}
# Without an offset a time is anyone's guess, and JSON Feed and Atom both demand RFC 3339.
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def parsed(site, name, faults):
    """The feed as feedparser reads it, which every reader built on it will share."""
    feed = feedparser.parse((site / name).read_bytes())
    if feed.bozo:
        faults.append(f"feedparser: {feed.bozo_exception}")
    for field in ("title", "link"):
        if not feed.feed.get(field):
            faults.append(f"the feed has no {field}")
    for entry in feed.entries:
        lacking = [field for field in ("id", "title", "link", "summary") if not entry.get(field)]
        if not (entry.get("updated_parsed") or entry.get("published_parsed")):
            lacking.append("readable date")
        faults += [f"{entry.get('link')}: no {field}" for field in lacking]
    return [(entry.get("id"), entry.get("link")) for entry in feed.entries]


def rss(site, name, faults):
    entries = parsed(site, name, faults)
    root = ElementTree.parse(site / name).getroot()
    require(root, "channel", ("title", "link", "description", ATOM + "link"), faults)
    for item in root.iter("item"):
        require(item, ".", ("title", "link", "guid", "pubDate", "description"), faults)
        guid = item.find("guid")
        if guid is not None and guid.get("isPermaLink") != "false" and not guid.text.startswith("https://"):
            faults.append(f"guid {guid.text} says it is a link")
    return {id: None for id, _ in entries}, entries


def atom(site, name, faults):
    entries = parsed(site, name, faults)
    root = ElementTree.parse(site / name).getroot()
    require(root, ".", ("id", "title", "updated", "author/name"), faults, ATOM)
    if not any(link.get("rel") == "self" for link in root.findall(ATOM + "link")):
        faults.append("the feed has no link rel=self")
    updated = {}
    for entry in root.iter(ATOM + "entry"):
        require(entry, ".", ("id", "title", "updated", "link"), faults, ATOM)
        updated[entry.findtext(ATOM + "id")] = time(entry.findtext(ATOM + "updated"), faults)
        published = entry.findtext(ATOM + "published")
        if published and time(published, faults) > updated[entry.findtext(ATOM + "id")]:
            faults.append(f"{entry.findtext(ATOM + 'id')}: updated before it was published")
    ordered(updated, faults)
    if updated and time(root.findtext(ATOM + "updated"), faults) < max(updated.values()):
        faults.append("the feed's updated is older than an entry's")
    faults += beyond_the_schema(root)
    return updated, entries


def beyond_the_schema(root):
    """What RFC 4287 says of a feed in words alone: sections 4.1.1, 4.1.2 and 4.2.7."""
    for part in (root, *root.iter(ATOM + "entry")):
        id, links = part.findtext(ATOM + "id"), part.findall(ATOM + "link")
        alternates = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]
        if len(set(alternates)) != len(alternates):
            yield f"{id}: two alternates of one type and language"
        if part.find(ATOM + "content") is None and not alternates:
            yield f"{id}: neither content nor an alternate"
        if part.find(ATOM + "author") is None and root.find(ATOM + "author") is None:
            yield f"{id}: nobody wrote it"


def schema_faults(site):
    """Of every feed that is XML, also of those without an entry."""
    for kind in ("atom", "rss"):
        feeds = sorted(site.rglob(f"*.{kind}"))
        if feeds:
            said = subprocess.run([*VALIDATOR, "-c", HERE / f"schemas/{kind}.rnc", *feeds], capture_output=True, text=True)
            lines = (said.stdout + said.stderr).strip().splitlines()
            yield from (line.replace(f"{site}/", "") for line in lines[:20])
            if said.returncode and not lines:
                yield f"the validator of {kind} failed"


def json_feed(site, name, faults):
    """https://www.jsonfeed.org/version/1.1/"""
    feed = json.loads((site / name).read_text("utf-8"))
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        faults.append(f"version {feed.get('version')!r}")
    if not is_text(feed.get("title")):
        faults.append("no title")
    faults += [f"{key} is no absolute address" for key in ("home_page_url", "feed_url") if not is_address(feed.get(key))]
    faults += [f"deprecated key {key}" for part in (feed, *feed["items"]) for key in ("author",) if key in part]
    updated = {}
    for item in feed["items"]:
        name = item.get("id")
        if not is_text(name):
            faults.append(f"id {name!r} is not a text")
        if not (is_text(item.get("content_html")) or is_text(item.get("content_text"))):
            faults.append(f"{name}: neither content_html nor content_text")
        if not is_address(item.get("url")):
            faults.append(f"{name}: url is no absolute address")
        published = time(item.get("date_published"), faults)
        updated[name] = time(item.get("date_modified"), faults)
        if published > updated[name]:
            faults.append(f"{name}: modified before it was published")
        if not all(is_text(tag) for tag in item.get("tags", [])):
            faults.append(f"{name}: tags are texts")
    ordered(updated, faults)
    return updated, [(item.get("id"), item.get("url")) for item in feed["items"]]


READERS = {".rss": rss, ".atom": atom, ".json": json_feed}


def names(site):
    """The feeds of everything, of every component and of every group."""
    if is_wiki(site):
        yield WIKI
        return
    yield from (*TYPES, "updates.atom")
    for folder in sorted([*site.glob("components/*/"), *site.glob("groups/*/")]):
        yield from (f"{folder.relative_to(site)}/{name}" for name in (*TYPES, "updates.atom"))


def is_wiki(site):
    return (site / WIKI).exists()


def require(root, path, names, faults, space=""):
    parts = root.findall(path)
    if not parts:
        faults.append(f"no {path}")
    for part in parts:
        for name in names:
            found = part.find("/".join(space + step for step in name.split("/")))
            if found is None or not ((found.text or "").strip() or found.get("href")):
                faults.append(f"{part.tag.split('}')[-1]} without {name}")


def is_text(value):
    return isinstance(value, str) and value.strip() != ""


def is_address(value):
    return is_text(value) and value.startswith("https://")


def time(text, faults):
    if not is_text(text) or not RFC3339.fullmatch(text):
        faults.append(f"{text!r} is no RFC 3339 time")
        return datetime.fromisoformat("0001-01-01T00:00:00+00:00")
    return datetime.fromisoformat(text)


def ordered(updated, faults):
    times = list(updated.values())
    if times != sorted(times, reverse=True):
        faults.append("the entries don't stand newest update first")


def common(site, name, entries, faults):
    """What holds for a feed of any format: bounded, ids unique, links into the site, no relative address in its text. That of
    a component may have nothing to tell."""
    if not (0 if "/" in name else 1) <= len(entries) <= MOST_ENTRIES:
        faults.append(f"{len(entries)} entries")
    ids = [id for id, _ in entries]
    faults += [f"id {id} repeats" for id in sorted({str(id) for id in ids if ids.count(id) > 1})]
    record = json.loads((site / "build.json").read_text("utf-8"))
    home = record.get("wiki") or Page((site / "index.html").read_text("utf-8")).canonical
    for _, link in entries:
        path = str(link).removeprefix(home).partition("#")[0]
        if path == link or not (site / path / "index.html").is_file():
            faults.append(f"{link} is no page of the site")
    text = (site / name).read_text("utf-8").replace("&quot;", '"').replace("&lt;", "<").replace('\\"', '"')
    faults += [f"relative address in the text: {address}" for address in
               re.findall(r"<(?:a|img)\b[^>]*\b(?:href|src)=\"((?!https?:|mailto:|tel:)[^\"]*)", text)]


def kept(before, after, faults):
    """Between two builds: an entry known by a link of its own keeps its id, and its `updated` does not go back."""
    (times, entries), (later_times, later_entries) = before, after
    links = [link for _, link in later_entries]
    ids = {link: id for id, link in later_entries if links.count(link) == 1}
    for id, link in entries:
        if link in ids and ids[link] != id:
            faults.append(f"{link}: its id was {id} and became {ids[link]}")
        elif link in ids and times[id] and later_times[id] < times[id]:
            faults.append(f"{link}: its updated went back")


def autodiscovery(site):
    # What others frame is no page by itself.
    for path in (path for path in sorted(site.rglob("*.html")) if path.parent != site / "embed"):
        alternates = Page(path.read_text("utf-8")).alternates
        for name, kind in ({WIKI: "application/atom+xml"} if is_wiki(site) else TYPES).items():
            if not any(type == kind and href.rpartition("/")[2] == name for type, href in alternates):
                yield f"{path.relative_to(site)}: no link to {name} as {kind}"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    site, *later = map(Path, sys.argv[1:])
    found, seen = [*schema_faults(site), *autodiscovery(site)], []
    for name in names(site):
        faults = []
        read = READERS[Path(name).suffix]
        try:
            feed = read(site, name, faults)
            common(site, name, feed[1], faults)
            for other in later:
                kept(feed, read(other, name, faults), faults)
            seen.append(len(feed[1]))
        except (OSError, ValueError, ElementTree.ParseError) as error:
            faults.append(f"not readable: {error}")
        found += [f"{name}: {fault}" for fault in faults]
    print("\n".join([*found, f"{len(found)} faults; {len(seen)} feeds with {sum(seen)} entries"]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
