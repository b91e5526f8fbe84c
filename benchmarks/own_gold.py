"""Real scans with answers of our own (`tests/gold_scans`): F1 by kind of record, worked on and held out apart."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.places import PROGRAM, ROOT, SHARED, has_real_letters
from extract.evaluation import Tally, compare_letter

GOLD = ROOT / "tests" / "gold_scans"
SCANS = SHARED / "scans"


def show(scan: Path) -> dict[str, Any]:
    """What `extract show` finds in a scan."""
    command: list[str | Path] = [PROGRAM, "show", "--format", "json", scan]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def tally(answers: Sequence[Path]) -> dict[str, Tally]:
    """The tallies by kind of record of the letters whose answers are given."""
    tallies: dict[str, Tally] = {}
    for answer in answers:
        found = show(SCANS / f"{answer.name.split('.')[0]}.pdf")
        for kind, counted in compare_letter(found, json.loads(answer.read_text(encoding="utf-8"))).items():
            tallies[kind] = tallies.get(kind, Tally()) + counted
    return tallies


def main() -> None:
    """Print a table: a row a kind of record; F1 and right/wanted/claimed of either half."""
    if not has_real_letters():
        return
    answers = sorted(GOLD.glob("*.gold.json"))
    worked, held_out = tally(answers[::2]), tally(answers[1::2])
    print(
        "| record | worked on: F1 | right/wanted/claimed | held out: F1 | right/wanted/claimed |\n|---|---|---|---|---|"
    )
    for kind in dict.fromkeys((*worked, *held_out)):
        cells = [kind]
        for half in (worked, held_out):
            counted = half.get(kind, Tally())
            stated = bool(counted.wanted or counted.claimed)
            cells += [
                f"{counted.f1:.3f}" if stated else "",
                f"{counted.right}/{counted.wanted}/{counted.claimed}" if stated else "",
            ]
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
