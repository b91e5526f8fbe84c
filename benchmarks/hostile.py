"""`make hostile DIR=…`: every file of a folder through a run; one outcome each, no traceback, no hang."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.places import PROGRAM

PAGE_SECONDS = 20


def main(folder: Path) -> int:
    """Run the folder and compare its files with the outcomes; 0 where every file has one."""
    files = {
        path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and not path.name.startswith(".")
    }
    with tempfile.TemporaryDirectory() as scratch:
        database, started = Path(scratch) / "hostile.db", time.monotonic()
        ran = subprocess.run(
            [PROGRAM, "run", folder, "-o", database, "--page-seconds", str(PAGE_SECONDS)],
            capture_output=True,
            text=True,
            check=False,
        )
        seconds = time.monotonic() - started
        said = subprocess.run(
            [PROGRAM, "status", database, "--format", "json", "--all"], capture_output=True, text=True, check=True
        )
    outcomes = json.loads(said.stdout)
    counts = Counter(outcome["status"] for outcome in outcomes)
    print(f"{len(files)} files, {len(outcomes)} outcomes in {seconds:.0f} s: {dict(sorted(counts.items()))}")
    for outcome in outcomes:
        if outcome["status"] in ("failed", "partial"):
            print(f"  {outcome['status']}  {outcome['path']}: {outcome['message']}")
    complete = len(outcomes) == len(files) and ran.returncode in (0, 3) and "Traceback" not in ran.stderr
    if not complete:
        print(f"NOT COMPLETE: exit status {ran.returncode}\n{ran.stderr[-2000:]}")
    return 0 if complete else 1


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
