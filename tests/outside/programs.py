"""What other programs read of the site's calendars and metrics: programs.py SITE

Every .ics file by icalendar, the file `metrics` by the parser of prometheus-client, and both against api/v2.
"""

import json
import sys
from pathlib import Path

from icalendar import Calendar
from prometheus_client.parser import text_string_to_metric_families

REQUIRED = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE", "URL")


def calendar_faults(path, name):
    calendar = Calendar.from_ical(path.read_bytes())
    faults = [f"{name}: {error}" for event in calendar.walk() for error in event.errors]
    uids = [str(event.get("UID")) for event in calendar.walk("VEVENT")]
    if len(set(uids)) != len(uids):
        faults.append(f"{name}: a UID stands twice")
    for event in calendar.walk("VEVENT"):
        faults += [f"{name}: {event.get('UID')} has no {key}" for key in REQUIRED if event.get(key) is None]
        if not faults and event.decoded("DTSTART") >= event.decoded("DTEND"):
            faults.append(f"{name}: {event.get('UID')} ends before it starts")
    return faults, len(uids)


def metrics_faults(site):
    families = list(text_string_to_metric_families((site / "metrics").read_text()))
    statuses = [sample for family in families if family.name == "candor_component_status" for sample in family.samples]
    said = {sample.labels["component"]: sample.labels["status"] for sample in statuses if sample.value == 1}
    components = json.loads((site / "api/v2/components.json").read_text())["components"]
    wanted = sorted(component["status"] for component in components if not component["group"])
    if sorted(said.values()) != wanted:
        return [f"metrics: the statuses are {sorted(said.values())}, those of the API {wanted}"], len(families)
    return [], len(families)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    site = Path(sys.argv[1])
    files = sorted(site.rglob("*.ics"))
    faults = [] if files else ["no calendar"]
    events = 0
    for path in files:
        found, count = calendar_faults(path, str(path.relative_to(site)))
        faults += found
        events += count
    found, families = metrics_faults(site)
    faults += found
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults; {len(files)} calendars with {events} events, {families} metrics")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
