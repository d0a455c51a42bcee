#!/usr/bin/env python3
"""What the exporter that others run for Prometheus reports of the site is what the content says: exporter.py SITE ...

The program statuspage-prometheus-exporter runs as its users run it: a services.json that names api/v2/summary.json, and
its own /metrics scraped. It calls a component operational or not, counts groups as components, and planned work that is
to come as active; so does this.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families

from content import content_of, milliseconds

HERE = Path(__file__).parent
PROGRAM = Path(sys.executable).parent / "statuspage-prometheus-exporter"
PATIENCE = 30  # seconds
SERVICE = "The sample"


@contextmanager
def served(site):
    """The address of the site on a plain static server."""
    server = subprocess.Popen(["node", HERE / "server.mjs", site], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield server.stdout.readline().strip()
    finally:
        server.communicate()


def scraped(address):
    """The samples of the exporter's metrics, by name, once its first look at the site is over."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        services = Path(folder) / "services.json"
        services.write_text(json.dumps({"sample": {"name": SERVICE, "url": f"{address}api/v2/summary.json"}}))
        environment = {**os.environ, "SERVICES_JSON_PATH": str(services), "METRICS_PORT": str(port)}
        exporter = subprocess.Popen([PROGRAM], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            return awaited(f"http://127.0.0.1:{port}/metrics", exporter)
        finally:
            exporter.terminate()
            exporter.wait()


def awaited(metrics, exporter):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and exporter.poll() is None:
        try:
            samples = read(urlopen(metrics, timeout=5).read().decode())
        except (URLError, ConnectionError):
            samples = {}
        # Set last, so that the rest is there.
        if samples.get("statuspage_component_timestamp"):
            return samples
        time.sleep(0.2)
    exporter.terminate()
    raise ValueError(f"the exporter did not look at the site: {exporter.communicate()[1][-2000:]}")


def read(text):
    samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            samples.setdefault(sample.name, []).append((sample.labels, sample.value))
    return samples


def said(samples):
    """What the metrics say, in the order of their names."""
    only = {name: samples[name][0][1] for name in ("statuspage_probe_check", "statuspage_service_status")}
    components = {labels["component_name"]: value for labels, value in samples["statuspage_component_status"]}
    incidents = [
        (labels["incident_name"], labels["impact"], milliseconds(labels["started_at"]), labels["shortlink"], labels["affected_components"])
        for labels, value in samples["statuspage_incident_info"] if value == 1]
    maintenance = [
        (labels["maintenance_name"], milliseconds(labels["scheduled_start"]), milliseconds(labels["scheduled_end"]),
         labels["shortlink"], labels["affected_components"])
        for labels, value in samples["statuspage_maintenance_info"] if value == 1]
    return {**only, "components": components, "incidents": sorted(incidents), "maintenance": sorted(maintenance)}


def wanted(content):
    opened = [incident for incident in content["incidents"] if incident["open"]]
    planned = [work for work in content["maintenance"] if work["status"] != "completed"]
    is_well = content["rollup"]["indicator"] == "none" and all(incident["impact"] == "none" for incident in opened)

    def affected(entry):
        return ", ".join(component["name"] for component in content["components"] if component["id"] in entry["components"])

    return {
        "statuspage_probe_check": 1, "statuspage_service_status": int(is_well),
        "components": {one["name"]: int(one["status"] == "operational") for one in content["components"] + content["groups"]},
        "incidents": sorted((incident["title"], incident["impact"], incident["started"],
                             f"{content['url']}incidents/{incident['id']}/", affected(incident)) for incident in opened),
        "maintenance": sorted((work["title"], work["from"], work["until"],
                               f"{content['url']}maintenance/{work['id']}/", affected(work)) for work in planned),
    }


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    faults, seen = [], []
    for site in sys.argv[1:]:
        content = content_of(site)
        with served(site) as address:
            got = said(scraped(address))
        for key, value in wanted(content).items():
            if got[key] != value:
                faults.append(f"{content['time']}: {key}: said {got[key]}, the content {value}")
        seen.append(f"{len(got['components'])} components, {len(got['incidents'])} incidents, {len(got['maintenance'])} maintenance")
    print("\n".join([*faults, f"{len(faults)} faults; {'; '.join(seen)}"]))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
