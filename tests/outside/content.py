"""What the content says at the time of a build, as content.mjs works it out."""

import json
import os
import subprocess
from datetime import datetime
from pathlib import Path


def content_of(site, folder=None):
    """Of this content folder or of the usual one. Times in it are milliseconds; `time` is that of the build as text."""
    environment = {**os.environ, **({"CONTENT": str(folder)} if folder else {})}
    script = Path(__file__).with_suffix(".mjs")
    told = subprocess.run(["node", script, site], env=environment, check=True, capture_output=True, text=True)
    now = json.loads((Path(site) / "build.json").read_text("utf-8"))["now"]
    return {**json.loads(told.stdout), "time": now}


def milliseconds(text):
    """Of a time as RFC 3339 writes it."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)
