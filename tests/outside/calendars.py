"""What a calendar program shows of cancelled, moved and recurring work: calendars.py CANDOR

A site of three works is built at five moments. Each time recurring-ical-events says what stands in the calendar and when,
as a program would show it; between two moments SEQUENCE and DTSTAMP must rise with what changed, and with nothing else.
"""

import subprocess
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import recurring_ical_events
from icalendar import Calendar

SITE = """name: Example Status
url: https://status.example.org/
timezone: Europe/Berlin
components: [{ id: website, name: Website }, { id: api, name: API }]
"""
WORKS = {
    "given-up": """title: New disks
components: [website]
scheduled: { from: 2026-03-10T05:00Z, until: 2026-03-10T07:00Z }
updates:
- { at: 2026-02-02T09:00Z, status: scheduled, body: We replace the disks. }
- { at: 2026-03-09T12:00Z, status: cancelled, body: They did not arrive. }
""",
    "moved": """title: New router
components: [api]
scheduled: { from: 2026-03-11T05:00Z, until: 2026-03-11T06:00Z }
updates:
- { at: 2026-02-02T09:00Z, status: scheduled, body: We replace the router. }
- at: 2026-03-10T12:00Z
  status: postponed
  scheduled: { from: 2026-03-18T05:00Z, until: 2026-03-18T06:00Z }
  body: A day that suits more of you.
- { at: 2026-03-18T05:30Z, status: completed, body: Done early. }
""",
    "restart": """title: Monthly restart
components: [api]
scheduled: { from: 2026-02-01T04:00+01:00, until: 2026-02-01T05:00+01:00, repeat: FREQ=MONTHLY;BYDAY=1SU;COUNT=5 }
updates:
- { at: 2026-01-20T09:00Z, status: scheduled, body: On the first Sunday of each month. }
- at: 2026-03-10T12:00Z
  occurrence: 2026-04-05
  status: postponed
  scheduled: { from: 2026-04-06T04:00+02:00, until: 2026-04-06T05:00+02:00 }
  body: Not on Easter Sunday.
- { at: 2026-03-10T13:00Z, occurrence: 2026-05-03, status: cancelled, body: Not in May. }
""",
}
RESTARTS = ["2026-02-01 03:00 to 04:00 Monthly restart", "2026-03-01 03:00 to 04:00 Monthly restart"]
JUNE = "2026-06-07 02:00 to 03:00 Monthly restart"
DISKS = "2026-03-10 05:00 to 07:00 New disks"
# What is shown at each moment, but for what is cancelled; and that.
EXPECTED = {
    "2026-02-10T12:00Z": (
        [*RESTARTS, DISKS, "2026-03-11 05:00 to 06:00 New router", "2026-04-05 02:00 to 03:00 Monthly restart",
         "2026-05-03 02:00 to 03:00 Monthly restart", JUNE], []),
    "2026-03-09T13:00Z": (
        [*RESTARTS, "2026-03-11 05:00 to 06:00 New router", "2026-04-05 02:00 to 03:00 Monthly restart",
         "2026-05-03 02:00 to 03:00 Monthly restart", JUNE], [DISKS]),
    "2026-03-10T14:00Z": (
        [*RESTARTS, "2026-03-18 05:00 to 06:00 New router", "2026-04-06 02:00 to 03:00 Monthly restart", JUNE],
        [DISKS, "2026-05-03 02:00 to 03:00 Monthly restart"]),
    "2026-03-18T06:00Z": (
        [*RESTARTS, "2026-03-18 05:00 to 05:30 New router", "2026-04-06 02:00 to 03:00 Monthly restart", JUNE],
        [DISKS, "2026-05-03 02:00 to 03:00 Monthly restart"]),
    "2026-07-01T00:00Z": (
        [*RESTARTS, "2026-03-18 05:00 to 05:30 New router", "2026-04-06 02:00 to 03:00 Monthly restart", JUNE],
        [DISKS, "2026-05-03 02:00 to 03:00 Monthly restart"]),
}


def build(candor, site, now):
    out = site / now.replace(":", "")
    command = [candor, "build", "--site", site, "--out", out, "--wiki-out", site / "wiki", "--now", now]
    subprocess.run(command, check=True, capture_output=True)
    return Calendar.from_ical((out / "maintenance.ics").read_bytes())


def shown(calendar):
    """What a program shows of the year, by what takes place and what does not."""
    events = recurring_ical_events.of(calendar).between((2026, 1, 1), (2027, 1, 1))
    lines = ([], [])
    for event in sorted(events, key=lambda event: event.start):
        start, end = (time.astimezone(timezone.utc) for time in (event.start, event.end))
        lines[event["STATUS"] == "CANCELLED"].append(f"{start:%Y-%m-%d %H:%M} to {end:%H:%M} {event['SUMMARY']}")
    return lines


def versions(calendar):
    """Of each event its version, its stamp, and all else that it says."""
    return {
        str(event["UID"]): (
            int(event["SEQUENCE"]),
            event.decoded("DTSTAMP"),
            {name: event[name].to_ical() for name in event if name not in ("SEQUENCE", "DTSTAMP")},
        )
        for event in calendar.walk("VEVENT")
    }


def version_faults(now, before, after):
    faults = [f"{now}: {uid} is gone" for uid in before if uid not in after]
    for uid in before.keys() & after.keys():
        (old, stamp, said), (new, later, says) = before[uid], after[uid]
        rose = new > old and later > stamp
        if rose != (said != says) or new < old or later < stamp:
            faults.append(f"{now}: {uid} went from {old}, {stamp} to {new}, {later}; it says {says}, and said {said}")
    return faults


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    faults, before, events = [], {}, 0
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / "content/maintenance").mkdir(parents=True)
        (site / "content/site.yaml").write_text(SITE)
        for name, work in WORKS.items():
            (site / f"content/maintenance/{name}.yaml").write_text(work)
        for now, expected in EXPECTED.items():
            calendar = build(sys.argv[1], site, now)
            found = shown(calendar)
            if found != expected:
                faults.append(f"{now}: the calendar shows {found}, and not {expected}")
            after = versions(calendar)
            events += len(after)
            faults += version_faults(now, before, after)
            before = after
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults; {events} events at {len(EXPECTED)} moments")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
