"""Real scans with answers of our own (`tests/gold_scans`): F1 by kind of record, each set of `sets.toml` apart."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Sequence
from typing import Any

from benchmarks.places import PROGRAM, ROOT, SHARED, has_real_letters
from extract.evaluation import Tally, compare_letter

GOLD = ROOT / "tests" / "gold_scans"
SCANS = SHARED / "scans"


def load_sets() -> dict[str, list[str]]:
    """The numbers of the letters of every set by its name, in the order of the columns."""
    return tomllib.loads((GOLD / "sets.toml").read_text(encoding="utf-8"))


def compare(number: str) -> dict[str, Tally]:
    """What `extract show` finds in the scan of a letter against its answer, by kind of record."""
    command = [str(PROGRAM), "show", "--format", "json", str(SCANS / f"{number}.pdf")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return compare_letter(found, json.loads((GOLD / f"{number}.gold.json").read_text(encoding="utf-8")))


def add_up(letters: Sequence[str]) -> dict[str, Tally]:
    """The tallies by kind of record over the letters of the numbers given."""
    tallies: dict[str, Tally] = {}
    for number in letters:
        for kind, counted in compare(number).items():
            tallies[kind] = tallies.get(kind, Tally()) + counted
    return tallies


def cell(counted: Tally) -> str:
    """F1 and right/wanted/claimed; empty where nothing was wanted or claimed."""
    if not counted.wanted and not counted.claimed:
        return ""
    return f"{counted.f1:.3f} ({counted.right}/{counted.wanted}/{counted.claimed})"


def main() -> None:
    """Print a table: a row a kind of record, a column a set."""
    if not has_real_letters():
        return
    sets = {name: add_up(letters) for name, letters in load_sets().items()}
    print("F1 (right/wanted/claimed)\n")
    print(f"| record | {' | '.join(sets)} |\n|---{'|---' * len(sets)}|")
    for kind in dict.fromkeys(kind for tallies in sets.values() for kind in tallies):
        print(f"| {' | '.join([kind, *(cell(tallies.get(kind, Tally())) for tallies in sets.values())])} |")


if __name__ == "__main__":
    main()
