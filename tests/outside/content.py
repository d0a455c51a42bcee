"""What the content says at the time of a build, as content.mjs works it out."""

import json
import subprocess
from datetime import datetime
from pathlib import Path


def content_of(site):
    """Times in it are milliseconds; `time` is the time of the build as text."""
    told = subprocess.run(["node", Path(__file__).with_suffix(".mjs"), site], check=True, capture_output=True, text=True)
    now = json.loads((Path(site) / "build.json").read_text("utf-8"))["now"]
    return {**json.loads(told.stdout), "time": now}


def milliseconds(text):
    """Of a time as RFC 3339 writes it."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)
