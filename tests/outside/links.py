#!/usr/bin/env python3
"""Every address in every page names a file of the site, and every fragment an id on it: links.py SITE

Checked twice, since it must hold on any static host and from a disk: as if the site were served under a path of a host,
and as if it were opened from a folder. An address that names a folder works on the first alone, so it is a fault, as is one
that begins with a slash. 404.html is the exception: it is shown at any depth, so its addresses begin with the site's path.
What a page loads by itself (style, script, image) must be a file of the site; only a link may lead elsewhere.
"""

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

BASES = ("https://host.example/some/sub/path/", "file:///folder/of/the/site/")
ADDRESSES = {"href", "src", "poster", "data", "action", "formaction", "xlink:href"}
ELSEWHERE = ("mailto:", "tel:")


class Page(HTMLParser):
    """What a page says of addresses: its ids, what it links to and loads, its canonical address, its feeds."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.alternates, self.faults = set(), [], [], []
        self.canonical = None
        self.offers_itself = False
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if "id" in given:
            self.ids.add(given["id"])
        # What the script of the subscribe page chooses by the fragment.
        if tag == "option" and "value" in given:
            self.ids.add(f"of={given['value']}index.html")
        # The notice of a newer build leads to the page itself, which an empty address is.
        self.offers_itself |= "data-newer" in given
        if tag == "a" and given.get("href") == "" and self.offers_itself:
            self.offers_itself = False
            return
        if tag == "base":
            self.faults.append("<base> moves every address")
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href")
        if tag == "link" and given.get("rel") == "alternate":
            self.alternates.append((given.get("type"), given.get("href") or ""))
        loads = tag not in ("a", "area") and not (tag == "link" and given.get("rel") in ("canonical", "alternate"))
        self.links += [(tag, given[name] or "", loads) for name in ADDRESSES & given.keys()]
        for candidate in (given.get("srcset") or "").split(","):
            if candidate.strip():
                self.links.append((tag, candidate.split()[0], True))


class Site:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.files = {path.relative_to(folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}
        self.pages = {name: Page(self.read(name)) for name in sorted(self.files) if name.endswith(".html")}
        # The wiki has no canonical links: its record says where it is.
        record = json.loads(self.read("build.json"))
        self.is_wiki = "wiki" in record
        self.home = record["wiki"] if self.is_wiki else self.pages["index.html"].canonical

    def read(self, name):
        return (self.folder / name).read_text("utf-8")

    def faults(self):
        if not self.home:
            return ["neither index.html nor build.json says where the site is"]
        found = [f"{name}: {fault}" for name, page in self.pages.items() for fault in page.faults]
        for name, page in self.pages.items():
            found += [f"{name}: <{tag}> {address!r}: {fault}" for tag, address, loads in page.links
                      if (fault := self.fault(name, address, loads))]
        for name in (name for name in self.files if name.endswith(".css")):
            found += [f"{name}: url({address}): {fault}" for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", self.read(name))
                      if (fault := self.fault(name, address, True))]
        return found if self.is_wiki else found + self.sitemap_faults()

    def fault(self, name, address, loads):
        """What is wrong with an address on a page, or None."""
        if address in ("", "#"):
            return "leads nowhere"
        if address.startswith(ELSEWHERE) and not loads:
            return None
        if address.startswith("data:"):
            return None if loads else "a link to data"
        if address.startswith(self.home) and not loads:
            return self.missing(address.removeprefix(self.home), folders=True)
        if urlsplit(address).scheme or address.startswith("//"):
            return None if address.startswith(("https://", "http://")) and not loads else "not of this site"
        if name == "404.html":
            return self.fault_of_not_found(address)
        return next((fault for base in BASES if (fault := self.relative(base, name, address))), None)

    def fault_of_not_found(self, address):
        path = urlsplit(self.home).path
        if address.startswith("#"):
            return self.relative(BASES[0], "404.html", address)
        if not address.startswith(path):
            return f"must begin with {path}, as this page is shown at any depth"
        return self.missing(address.removeprefix(path), folders=True)

    def relative(self, base, name, address):
        if address.startswith("/"):
            return "begins with a slash: it breaks under a path and from a disk"
        target = urljoin(base + name, address)
        if not target.startswith(base):
            return f"leaves the site: {target}"
        return self.missing(target.removeprefix(base), folders=False)

    def missing(self, target, folders):
        path, _, fragment = target.partition("#")
        path = unquote(path.partition("?")[0])
        if folders and (path == "" or path.endswith("/")):
            path += "index.html"
        if path not in self.files:
            return f"no file {path!r}"
        if fragment and unquote(fragment) not in self.pages[path].ids if path in self.pages else fragment:
            return f"no id {fragment!r} in {path}"
        return None

    def sitemap_faults(self):
        if "sitemap.xml" not in self.files:
            return ["no sitemap.xml"]
        places = re.findall(r"<loc>\s*(.*?)\s*</loc>", self.read("sitemap.xml"))
        found = [] if places else ["sitemap.xml: empty"]
        for place in places:
            if not place.startswith(self.home):
                found.append(f"sitemap.xml: {place} is not under {self.home}")
            elif fault := self.missing(place.removeprefix(self.home), folders=True):
                found.append(f"sitemap.xml: {place}: {fault}")
        return found


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    site = Site(sys.argv[1])
    faults = site.faults()
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults; {sum(len(page.links) for page in site.pages.values())} addresses on {len(site.pages)} pages")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
