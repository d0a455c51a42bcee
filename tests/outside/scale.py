#!/usr/bin/env python3
"""Twice the incidents cost at most 2.15 times the work: scale.py CANDOR [SIZE ...]

Counts what `candor check` executes (which reads everything and makes every page) with valgrind, in one thread: instructions
are the same on a busy machine and on an idle one. Each size is to be twice the one before it; without any, 1,000, 2,000 and
4,000, which takes some minutes.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

MOST = 2.15
CONTENT = Path(__file__).resolve().parents[2] / "benches/content.py"
NOW = "2026-11-22T00:00:00Z"  # the END of content.py


def instructions(candor, incidents, folder):
    subprocess.run([sys.executable, CONTENT, "--incidents", str(incidents), "--out", folder], check=True,
                   stdout=subprocess.DEVNULL)
    count = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    check = [candor, "check", "--site", folder, "--now", NOW, "-q"]
    ended = subprocess.run(count + check, env={**os.environ, "RAYON_NUM_THREADS": "1"}, capture_output=True, text=True)
    counted = re.search(r"I\s+refs:\s+([\d,]+)", ended.stderr)
    if ended.returncode or not counted:
        sys.exit(f"{incidents} incidents: exit {ended.returncode}\n{ended.stderr[-2000:]}")
    return int(counted[1].replace(",", ""))


def main():
    candor, sizes = Path(sys.argv[1]).resolve(), [int(size) for size in sys.argv[2:]] or [1000, 2000, 4000]
    with tempfile.TemporaryDirectory() as work:
        counts = [instructions(candor, size, Path(work) / str(size)) for size in sizes]
    ratios = [later / earlier for earlier, later in zip(counts, counts[1:])]
    for size, count in zip(sizes, counts):
        print(f"{size} incidents: {count / 1e6:,.0f} million instructions")
    print(f"twice the incidents cost {', '.join(f'{ratio:.2f}' for ratio in ratios)} times the work")
    sys.exit(any(ratio > MOST for ratio in ratios))


main()
