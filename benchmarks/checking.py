"""Checking: how long models and checks take, and the planted discrepancies on the letters as they were set."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path

from benchmarks.places import CORPUS
from extract.checks import check
from extract.checks.letters.between import Stored, between
from extract.components import find_records
from extract.layout import lay_out
from extract.records import CheckVerdict, LayerVerdict, Letter, Line, Page, Reading, Records, Source, VerdictKind
from gazetteer.scoring_models import load_models
from normalize import Repaired

LETTERS = 1000
_WRONG = (CheckVerdict.DIFFERS, CheckVerdict.MISREAD)
Told = tuple[str, str, str | None, str | None]


def read(path: Path) -> Reading:
    """A letter of the archive from its true text."""
    pages = tuple(
        Page(number, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), tuple(map(Line, text.split("\n"))))
        for number, text in enumerate(path.read_text(encoding="utf8").strip("\n").split("\n\f\n"), 1)
    )
    letter = Letter(path.name, "0" * 64, "text/plain", pages)
    repaired = Repaired(letter.raw, letter.raw)
    return Reading(letter, repaired, lay_out(letter, repaired))


def planted() -> set[Told]:
    """Letter, kind, reported and computed of every planted discrepancy."""
    known = json.loads((CORPUS / "truth" / "planted.json").read_text(encoding="utf8"), parse_float=Decimal)
    return {(one["letters"][0], one["kind"], _text(one["reported"]), _text(one["computed"])) for one in known}


def found(letters: dict[str, tuple[Reading, Records]]) -> set[Told]:
    """The same of everything that the checks call wrong, in a letter and between letters."""
    made = [(key, one) for key, (reading, records) in letters.items() for one in check(records, reading)]
    made += between([Stored(key, records) for key, (_, records) in letters.items()])
    return {(key, one.kind.value, one.reported, one.computed) for key, one in made if one.verdict in _WRONG}


def _text(value: object) -> str | None:
    if isinstance(value, list):
        return ", ".join(sorted(map(str, value)))
    return None if value is None else str(value)


def main() -> None:
    """Print a table of figures; seconds are of processor time."""
    start = time.process_time()
    models = load_models()
    loaded = time.process_time() - start
    paths = sorted((CORPUS / "truth").glob("*.restored.txt"))
    readings = {path.name.partition(".")[0]: read(path) for path in paths}
    letters = {key: (reading, find_records(reading)) for key, reading in readings.items()}
    wanted, told = planted(), found(letters)  # the first round also fills what later ones find remembered
    several = [*letters.values()] * (LETTERS // len(letters))
    start = time.process_time()
    made = sum(len(check(records, reading)) for reading, records in several)
    checked = time.process_time() - start
    stored = [Stored(str(index), records) for index, (_, records) in enumerate(several)]
    start = time.process_time()
    between(stored)
    compared = time.process_time() - start
    hits = {one for one in wanted if any(_same(one, other) for other in told)}
    invented = [one for one in sorted(told, key=str) if not any(_same(other, one) for other in wanted)]
    print("| measured | figure |\n|---|---|")
    print(f"| {len(models)} scoring models loaded and validated | {loaded:.3f} s |")
    print(f"| {len(several)} letters checked, {made} checks made | {checked:.1f} s |")
    print(f"| {len(several)} letters compared with each other | {compared:.2f} s |")
    print(f"| planted discrepancies found, on the text as set | {len(hits)} of {len(wanted)} |")
    print(f"| findings that differ and were not planted | {len(invented)} |")
    for one in sorted(wanted - hits, key=str):
        print(f"\nmissed: {one}", end="")
    for one in invented:
        print(f"\ninvented: {one}", end="")
    print()


def _same(one: Told, other: Told) -> bool:
    """Whether two name one discrepancy: dates in either order, a figure by whichever relation computes it."""
    if one[:3] == other[:3] or (one[0] == other[0] and one[2] is not None and one[2:] == other[2:]):
        return True
    return one[0] == other[0] and one[1] == other[1] == "consistency" and bool(one[3]) and one[3] == other[2]
