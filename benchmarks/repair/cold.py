"""Speed of the first letter: a fresh process for each, one core, processor time.

`python -m benchmarks.repair.cold FILE` is that process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.places import CORPUS, ROOT, SHARED
from benchmarks.repair.measured import words
from normalize.repairer import Damage, load_repairer

ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def print_cold() -> float:
    """Print the table; gives the median of words a second over the letters."""
    letters = [*sorted((SHARED / "letters").glob("00[023].txt")), *sorted((CORPUS / "letters/ocr-text").glob("*.txt"))]
    print("\n### The first letter of a process\n")
    print("| letter | words | load, s | repair, s | words/s |\n|---|---|---|---|---|")
    speeds: list[float] = []
    for letter in letters:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.repair.cold", letter],
            cwd=ROOT,
            env=os.environ | ONE_CORE,
            capture_output=True,
            text=True,
            check=True,
        )
        told = json.loads(done.stdout)
        speeds.append(told["words"] / told["seconds"])
        print(
            f"| {letter.stem} | {told['words']} | {told['load']:.2f} | {told['seconds']:.2f} | {speeds[-1]:,.0f} |",
            flush=True,
        )
    print(f"| median | | | | {median(speeds):,.0f} |")
    return median(speeds)


def _tell(letter: Path) -> None:
    text = letter.read_text(encoding="utf-8")
    started = time.process_time()
    repairer = load_repairer()
    loaded = time.process_time()
    repairer.repair(text, Damage.GARBLED)
    seconds = time.process_time() - loaded
    print(json.dumps({"words": len(words(text)), "load": loaded - started, "seconds": seconds}))


if __name__ == "__main__":
    _tell(Path(sys.argv[1]))
