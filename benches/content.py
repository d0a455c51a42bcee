#!/usr/bin/env python3
"""Content for the benchmark: content.py --incidents N --out DIR

Makes a site folder: N incidents spread over the five years before END, N/20 maintenances, and components in groups. Every
incident has 3 to 6 updates of one to three sentences of Markdown and affects one to three components. All are resolved
but the newest three; the newest maintenance lies ahead.

The same arguments give the same bytes on any machine: the random numbers come from a generator written out here, no clock
is read, and each entry draws from a stream of its own.
"""

import argparse
import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

YEARS = 5
END = datetime(2026, 11, 22, tzinfo=timezone.utc)
# How long before END the open incidents began, the newest first.
OPEN_AGES = (timedelta(minutes=47), timedelta(hours=3, minutes=12), timedelta(hours=26))
STREAM_INCIDENT, STREAM_MAINTENANCE = 1, 2
MASK = (1 << 64) - 1


class Rng:
    """SplitMix64: the same sequence in any language."""

    def __init__(self, *key):
        self.state = 0
        for part in key:
            self.state = (self.state ^ (part & MASK)) & MASK
            self.state = self.u64()

    def u64(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def between(self, low, high):
        return low + self.u64() % (high - low + 1)

    def chance(self, percent):
        return self.u64() % 100 < percent

    def pick(self, items):
        return items[self.u64() % len(items)]

    def weighted(self, pairs):
        """pairs: (weight, item)"""
        at = self.u64() % sum(weight for weight, _ in pairs)
        for weight, item in pairs:
            if at < weight:
                return item
            at -= weight
        raise AssertionError("unreachable")

    def sample(self, items, count):
        items = list(items)
        for i in range(min(count, len(items))):
            j = self.between(i, len(items) - 1)
            items[i], items[j] = items[j], items[i]
        return items[:count]


GROUPS = [
    ("Core platform", "What every customer uses, every day.", [
        ("API", "Public REST and GraphQL endpoints."),
        ("Dashboard", "The web application at app.northwindparcel.example."),
        ("Authentication", "Sign-in, single sign-on and API tokens."),
        ("Webhooks", "Outgoing event deliveries."),
        ("Search", "Full-text search and filters."),
    ]),
    ("Data", "Storage and processing of customer data.", [
        ("Primary database", "Transactional storage in eu-west and us-east."),
        ("Object storage", "Uploads, attachments and exports."),
        ("Event pipeline", "Ingestion and stream processing."),
        ("Analytics", "Reports and scheduled queries."),
    ]),
    ("Payments", "Billing and everything that moves money.", [
        ("Checkout", "Hosted payment pages."),
        ("Invoicing", "Invoice generation and dunning."),
        ("Payouts", "Transfers to connected accounts."),
    ]),
    ("Delivery", "How requests reach us and how messages leave.", [
        ("CDN", "Static assets and cached responses."),
        ("DNS", "Name service for customer domains."),
        ("Email", "Transactional mail."),
        ("Push notifications", "Mobile and browser notifications."),
    ]),
    ("Tools", "For teams who build on the platform.", [
        ("CI runners", "Hosted build machines."),
        ("Package registry", "Private packages and containers."),
        ("Documentation", "docs.northwindparcel.example."),
        ("Support portal", "Tickets and live chat."),
    ]),
]

REGIONS = ["eu-west", "eu-north", "us-east", "us-west", "ap-south", "ap-northeast", "sa-east", "af-south"]

# (weight, (component status, impact)), by the component that suffers most.
SEVERITIES = [
    (15, ("major_outage", "critical")),
    (45, ("partial_outage", "major")),
    (40, ("degraded_performance", "minor")),
]
# What the incident's other components suffer, and what all of them do while a fix is watched.
LESSER = {"major_outage": "partial_outage", "partial_outage": "degraded_performance"}

FAILURES = [
    {
        "title": "elevated error rates on {c}",
        "symptom": "requests to {c} return `503 Service Unavailable`",
        "cause": "a configuration change raised the connection limit of one pool above what its database accepts",
        "fix": "rolled back the configuration change and restarted the affected workers",
    },
    {
        "title": "slow responses from {c}",
        "symptom": "responses from {c} take more than ten seconds",
        "cause": "a query lost its index after a schema migration and scanned a table of 400 million rows",
        "fix": "recreated the index and added a limit on the time of that query",
    },
    {
        "title": "{c} unreachable from some networks",
        "symptom": "customers on some networks can't reach {c}",
        "cause": "a transit provider leaked a more specific route and drew traffic away from our edge",
        "fix": "withdrew the announcement at that provider and moved traffic to another",
    },
    {
        "title": "expired certificate on {c}",
        "symptom": "clients refuse the certificate of {c}",
        "cause": "the renewal job had failed for three weeks, and its alert went to a channel nobody reads",
        "fix": "issued a new certificate by hand and repaired the renewal job",
    },
    {
        "title": "delayed processing in {c}",
        "symptom": "events reach {c} with a delay of up to 40 minutes",
        "cause": "one malformed message made a consumer restart in a loop and blocked its partition",
        "fix": "moved the message to the dead-letter queue and added consumers until the backlog was gone",
    },
    {
        "title": "failed sign-ins affecting {c}",
        "symptom": "sign-ins end with an error before they reach {c}",
        "cause": "a key rotation reached the verifiers before the new key had been published",
        "fix": "republished the old key and repeated the rotation in the right order",
    },
    {
        "title": "data shown in {c} is out of date",
        "symptom": "data shown in {c} is up to two hours old",
        "cause": "a replica fell behind after a bulk import filled its disk",
        "fix": "took the replica out of rotation and rebuilt it from a snapshot",
    },
    {
        "title": "intermittent timeouts between {c} and its dependencies",
        "symptom": "about one in twenty calls to {c} times out",
        "cause": "a kernel update changed a network default and packets above a certain size were dropped",
        "fix": "restored the former setting on all hosts and restarted the proxies",
    },
    {
        "title": "{c} out of capacity in one region",
        "symptom": "new work for {c} is rejected with `429 Too Many Requests` in one region",
        "cause": "the autoscaler had reached an account quota and stopped adding machines without an alert",
        "fix": "had the quota raised and shifted part of the load to a second region",
    },
    {
        "title": "missing deliveries from {c}",
        "symptom": "some deliveries from {c} never arrive",
        "cause": "a deployment changed the retry policy and dropped deliveries after their first failure",
        "fix": "restored the retry policy and sent all dropped deliveries again",
    },
    {
        "title": "incorrect results from {c}",
        "symptom": "some requests to {c} return the wrong record",
        "cause": "a cache key left out the account, so two accounts could read one another's cached entry",
        "fix": "turned the cache off, cleared it and deployed a corrected key",
    },
    {
        "title": "failures in {c} after a deployment",
        "symptom": "certain calls to {c} end in an error page",
        "cause": "a feature flag was turned on for everybody while half of the fleet still ran the old version",
        "fix": "turned the flag off and finished the deployment before turning it on again",
    },
]

MAINTENANCES = [
    ("Database upgrade for {c}", "upgrade the database behind {c} to a new major version",
     "the {c} service will be **read-only** for up to ten minutes"),
    ("Network maintenance affecting {c}", "replace two core switches in one of our data centres",
     "connections to {c} may drop once and should be retried"),
    ("Certificate rotation on {c}", "rotate the certificates of {c}",
     "no interruption is expected"),
    ("Storage migration for {c}", "move {c} to new storage hardware",
     "uploads through {c} will queue and complete afterwards"),
    ("Capacity work on {c}", "add capacity to {c} and rebalance its partitions",
     "responses may be slower than usual"),
]

LINKS = {
    "regions": "[status of our regions](https://regions.northwindparcel.example/)",
    "support": "[support portal](https://support.northwindparcel.example/)",
    "retries": "[documentation on retries](https://docs.northwindparcel.example/guides/retries/)",
    "failover": "[guide to regional failover](https://docs.northwindparcel.example/guides/failover/)",
}

UPDATE_TEXTS = {
    "investigating": [
        "We are investigating reports that {symptom}.",
        "Our monitoring shows that {symptom}; engineers are looking into it.",
        "Some customers report that {symptom}. We are **investigating** and will post again within 30 minutes.",
    ],
    "identified": [
        "The cause is known: {cause}.",
        "We have found the cause: {cause}. A fix is on its way.",
        "We know why {symptom}: {cause}.",
    ],
    "update": [
        "About **{percent} percent** of requests are affected.",
        "The error rate is down to **{small} percent**; we keep working on the rest.",
        "No data has been lost.",
        "Customers in `{region}` are affected most.",
    ],
    "monitoring": [
        "We {fix}. Error rates are falling and we are **monitoring** the recovery.",
        "A fix is in place: we {fix}.",
        "The {component} service is recovering since we {fix}.",
    ],
    "resolved": [
        "This incident is **resolved**: the {component} service has worked normally since {clock} UTC.",
        "All metrics have been normal for 30 minutes, so we consider this **resolved**.",
        "The {component} service is fully available again.",
    ],
}

EXTRA_TEXTS = [
    "What you can do meanwhile is in our {failover}.",
    "If you still see errors, contact us through the {support}.",
    "We will publish what we learnt.",
    "Clients that retry, as described in our {retries}, are not affected.",
    "The {regions} shows where customers are affected.",
    "We are sorry for the trouble.",
]

LIST_TEXTS = [
    ["New requests work as usual", "Requests that failed must be sent again", "Scheduled jobs run late"],
    ["Reads work", "Writes fail in `{region}`", "Exports are paused"],
    ["Sign-in works", "Sessions that were open stay open", "New API tokens can't be made"],
]


def fill(text, component):
    return text.replace("{c}", component)


def sentence(text):
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?" else text + "."


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:60].strip("-")


def stamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def make_components(count):
    """COUNT components in the order of their groups: the named ones, then one for each name and region."""
    named = [(group, name, text) for group, _, items in GROUPS for name, text in items]
    # Round-robin over the groups, so that few components still fill several groups.
    by_group = [[entry for entry in named if entry[0] == group] for group, _, _ in GROUPS]
    order = [entries[i] for i in range(len(named)) for entries in by_group if i < len(entries)]
    lap = 0
    while len(order) < count:
        region, number = REGIONS[lap % len(REGIONS)], lap // len(REGIONS)
        label = f" {region}" + (f" {number + 1}" if number else "")
        order += [(group, name + label, text) for group, name, text in named]
        lap += 1
    rank = {group: i for i, (group, _, _) in enumerate(GROUPS)}
    chosen = sorted(order[:count], key=lambda entry: rank[entry[0]])
    return [{"id": slug(name), "name": name, "group": group, "description": text} for group, name, text in chosen]


def body(rng, kind, facts):
    """One to three sentences; one in four has a list after them."""
    chosen = [rng.pick(UPDATE_TEXTS[kind])]
    room = 3 - chosen[0].count(". ") - 1
    chosen += rng.sample(EXTRA_TEXTS, min(room, rng.weighted([(40, 0), (40, 1), (20, 2)])))
    facts = dict(facts, **LINKS, percent=rng.between(5, 60), small=rng.between(1, 4), region=rng.pick(REGIONS))
    text = " ".join(sentence(one.format(**facts)) for one in chosen)
    if kind in ("identified", "update") and rng.chance(50):
        text += "\n\n" + "\n".join("- " + item.format(**facts) for item in rng.pick(LIST_TEXTS))
    return text


def update_kinds(rng, is_open):
    """What three to six updates say, oldest first. An open incident ends before "resolved"."""
    count = rng.between(3, 6)
    if is_open:
        return ["investigating", "identified", "update", "update", "update", "monitoring"][:count]
    found = ["investigating", "identified", "update", "update"][: count - 2]
    return found + ["monitoring", "resolved"]


def make_updates(rng, facts, started, last, is_open, affected):
    kinds = update_kinds(rng, is_open)
    first = started + timedelta(minutes=min(rng.between(2, 6), (last - started) // timedelta(minutes=2)))
    step = (last - first) / (len(kinds) - 1)
    changes = {
        0: affected,
        kinds.index("monitoring") if "monitoring" in kinds else -1: {id: LESSER.get(s, s) for id, s in affected.items()},
    }
    updates = []
    for i, kind in enumerate(kinds):
        at = (first + step * i).replace(microsecond=0)
        # Between its cause and its fix, an incident stays identified however much is said.
        status = "identified" if kind == "update" else kind
        text = body(rng, kind, dict(facts, clock=at.strftime("%H:%M")))
        updates.append({"at": stamp(at), "status": status, "components": changes.get(i), "body": text})
    return updates


def pick_affected(rng, components):
    return rng.sample(components, min(len(components), rng.weighted([(55, 1), (30, 2), (15, 3)])))


def make_incident(seed, index, count, components):
    rng = Rng(seed, STREAM_INCIDENT, index)
    from_newest = count - 1 - index
    is_open = from_newest < len(OPEN_AGES)
    if is_open:
        started = END - OPEN_AGES[from_newest]
        last = END - timedelta(minutes=4)
    else:
        # One slot for each; the newest resolved ones end before the open ones begin.
        slot = (END - beginning() - timedelta(days=3)) / (count - len(OPEN_AGES))
        started = (beginning() + slot * index + slot * rng.between(0, 999) / 1000).replace(second=0, microsecond=0)
        # From 6 minutes to about 20 hours, most under two hours.
        last = started + timedelta(minutes=rng.between(6, 60) * rng.weighted([(50, 1), (30, 2), (15, 5), (5, 20)]))

    worst, impact = rng.weighted(SEVERITIES)
    parts = pick_affected(rng, components)
    affected = {part["id"]: worst if i == 0 else LESSER.get(worst, worst) for i, part in enumerate(parts)}
    failure = rng.pick(FAILURES)
    name = parts[0]["name"]
    title = fill(failure["title"], name)
    facts = dict(component=name, symptom=fill(failure["symptom"], name), cause=failure["cause"], fix=failure["fix"])
    return {
        "id": f"{started:%Y-%m-%d}-{slug(title)}-{index + 1}",
        "title": title[0].upper() + title[1:],
        "impact": impact,
        "started": stamp(started),
        "updates": make_updates(rng, facts, started, last, is_open, affected),
    }


def make_maintenance(seed, index, count, components):
    rng = Rng(seed, STREAM_MAINTENANCE, index)
    upcoming = index == count - 1
    if upcoming:
        begins = END + timedelta(days=3)
    else:
        slot = (END - beginning() - timedelta(days=7)) / (count - 1)
        begins = beginning() + slot * index + slot * rng.between(0, 999) / 1000
    begins = begins.replace(hour=rng.between(0, 5), minute=0, second=0, microsecond=0)
    ends = begins + timedelta(minutes=30 * rng.between(1, 8))
    parts = pick_affected(rng, components)
    title, work, effect = (fill(text, parts[0]["name"]) for text in rng.pick(MAINTENANCES))
    announced = begins - timedelta(days=rng.between(5, 14))
    updates = [(announced, "scheduled", f"We will {work} on **{begins:%d %B %Y}**. During that time, {effect}.")]
    if not upcoming:
        updates += [
            (begins - timedelta(days=1), "scheduled", "A reminder: this begins tomorrow.\n\n"
             f"- Nothing is needed from you\n- {sentence(effect)}"),
            (begins, "in_progress", "The maintenance has **begun**."),
            (ends, "completed", "The maintenance is **complete**; all works as usual."),
        ]
    return {
        "id": f"{begins:%Y-%m-%d}-{slug(title)}-m{index + 1}",
        "title": title,
        "scheduled": {"from": stamp(begins), "until": stamp(ends)},
        "components": [part["id"] for part in parts],
        "updates": [{"at": stamp(at), "status": status, "body": text} for at, status, text in updates],
        "text": f"We will {work}; {effect}. Questions are welcome at the {LINKS['support']}.",
    }


def beginning():
    return END.replace(year=END.year - YEARS)


# --- writing ---------------------------------------------------------------- #

def quoted(value):
    """A value of JSON is a value of YAML on one line."""
    return json.dumps(value, ensure_ascii=False)


def entry(fields, updates, text=""):
    lines = ["---", *(f"{key}: {quoted(value)}" for key, value in fields.items()), "updates:"]
    for update in updates:
        lines += [f"  - at: {update['at']}", f"    status: {update['status']}"]
        if update.get("components"):
            lines.append(f"    components: {quoted(update['components'])}")
        lines += ["    body: |", *(f"      {line}".rstrip() for line in update["body"].split("\n"))]
    return "\n".join([*lines, "---", *([text] if text else [])]) + "\n"


def write_entry(folder, made):
    fields = {key: value for key, value in made.items() if key not in ("id", "updates", "text")}
    path = folder / made["id"][:4] / f"{made['id']}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(entry(fields, made["updates"], made.get("text", "")), encoding="utf-8", newline="\n")


def settings(components):
    used = {component["group"] for component in components}
    start = (beginning() - timedelta(days=30)).strftime("%Y-%m-%d")
    lines = ["name: Northwind Parcel Status", "url: https://status.northwind-parcel.example/", "groups:"]
    for name, text, _ in GROUPS:
        if name in used:
            lines.append(f"  - {quoted({'id': slug(name), 'name': name, 'description': text})}")
    lines.append("components:")
    for component in components:
        lines.append(f"  - {quoted({**component, 'group': slug(component['group']), 'start': start})}")
    return "\n".join(lines) + "\n"


def write_site(out, count, component_count, seed):
    content = Path(out) / "content"
    content.mkdir(parents=True)
    components = make_components(component_count)
    (content / "site.yaml").write_text(settings(components), encoding="utf-8", newline="\n")
    for index in range(count):
        write_entry(content / "incidents", make_incident(seed, index, count, components))
    for index in range(count // 20):
        write_entry(content / "maintenance", make_maintenance(seed, index, count // 20, components))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=1000)
    parser.add_argument("--components", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, help="a folder that doesn't exist yet")
    args = parser.parse_args()
    write_site(args.out, args.incidents, args.components, args.seed)


if __name__ == "__main__":
    main()
