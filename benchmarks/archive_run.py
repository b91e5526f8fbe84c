"""The whole run: seconds and pages a minute, and what a second run costs."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.places import CORPUS, PROGRAM, SHARED, has_real_letters


def timed(*command: object) -> tuple[float, float, str]:
    """Wall seconds, CPU seconds with children, and standard output."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def main() -> None:
    """Print what a first and a second run over the sample archive and the real letters cost."""
    print("| what | first run, s | CPU, s | second run, s | files |")
    print("|---|---|---|---|---|")
    measure("corpus/", CORPUS)
    if has_real_letters():
        measure("real letters and scans", SHARED / "letters", SHARED / "scans")


def measure(name: str, *paths: Path) -> None:
    """Print one row."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.db"
        first, cpu, said = timed(PROGRAM, "run", *paths, "-o", database)
        second, _, _ = timed(PROGRAM, "run", *paths, "-o", database)
    print(
        f"| {name} | {first:.1f} | {cpu:.1f} | {second:.2f} | {said.splitlines()[0] if said else 'failed'} |",
        flush=True,
    )
