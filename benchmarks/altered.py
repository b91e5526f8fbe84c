"""Checking right letters with one figure altered: is it told that something differs, and of which figure?

Of every relation that holds in the archive as it was set, one digit of the figure that it reports is changed, and the
letter is checked again. What was told before, of planted discrepancies, does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final
from zlib import crc32

from benchmarks.checking import read
from benchmarks.places import CORPUS
from extract.checks import check
from extract.components import find_records
from extract.layout import lay_out
from extract.records import CheckKind, CheckVerdict, Finding, Line, Reading
from normalize import Repaired

_KINDS: Final = (
    CheckKind.SUM,
    CheckKind.RATIO,
    CheckKind.DIFFERENCE,
    CheckKind.RATE_OF_CHANGE,
    CheckKind.ROW_SUM,
    CheckKind.COLUMN_SUM,
    CheckKind.COUNT_OF_LIST,
)
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS: Final = "0123456789"


class Outcome(StrEnum):
    """What is told of an altered figure."""

    NAMED = "named"
    OTHER = "told of another figure"
    SILENT = "not told"


def altered(text: str, seed: str) -> str:
    """A printed figure with one digit changed, not the first where there are others; the same for the same seed."""
    drawn = crc32(f"{seed} {text}".encode())
    places = [at for at, sign in enumerate(text) if sign.isdigit()]
    at = places[1 + drawn % (len(places) - 1)] if len(places) > 1 else places[0]
    others = [digit for digit in _DIGITS if digit != text[at]]
    return f"{text[:at]}{others[drawn // 97 % len(others)]}{text[at + 1 :]}"


def with_figure(reading: Reading, start: int, old: str, new: str) -> Reading:
    """A letter of one text with a figure printed otherwise.

    Args:
        reading: the letter; its repaired text is its raw text.
        start: where the figure stands in the text.
        old: the figure.
        new: what is printed in its place, as long as it.
    """
    raw = reading.repaired.text
    rest = iter(f"{raw[:start]}{new}{raw[start + len(old) :]}".split("\n"))
    pages = tuple(replace(page, lines=tuple(Line(next(rest)) for _ in page.lines)) for page in reading.letter.pages)
    letter = replace(reading.letter, pages=pages)
    repaired = Repaired(letter.raw, letter.raw)
    return Reading(letter, repaired, lay_out(letter, repaired))


def outcomes(reading: Reading) -> Iterator[tuple[CheckKind, Outcome]]:
    """What is told of each relation of a letter whose figure is altered."""
    made = check(find_records(reading), reading)
    before = {_told(one) for one in made if one.verdict.is_wrong}
    seen: set[int] = set()
    for one in made:
        if one.verdict is not CheckVerdict.AGREES or one.kind not in _KINDS or not one.evidence:
            continue
        figure = _FIGURE.search(one.evidence[0].text)
        start = one.evidence[0].start + (figure.start() if figure is not None else 0)
        if figure is None or start in seen or reading.repaired.text[start : start + len(figure[0])] != figure[0]:
            continue
        seen.add(start)
        new = altered(figure[0], f"{reading.letter.path} {start}")
        other = with_figure(reading, start, figure[0], new)
        told = [
            each for each in check(find_records(other), other) if each.verdict.is_wrong and _told(each) not in before
        ]
        named = any(each.evidence and each.evidence[0].start <= start < each.evidence[0].end for each in told)
        yield one.kind, Outcome.NAMED if named else Outcome.OTHER if told else Outcome.SILENT


def _told(one: Finding) -> tuple[str | None, str | None]:
    return one.reported, one.computed


def main() -> None:
    """Print a table of what is told, by kind, of the letters of the archive."""
    counts: Counter[tuple[str, Outcome]] = Counter()
    for path in sorted((CORPUS / "truth").glob("*.restored.txt")):
        counts.update((kind.value, outcome) for kind, outcome in outcomes(read(path)))
    print("| kind | figures altered | " + " | ".join(Outcome) + " |\n|---|---|" + "---|" * len(Outcome))
    for kind in [*sorted({kind for kind, _ in counts}), "all"]:
        told = [sum(n for (of, what), n in counts.items() if what is each and kind in (of, "all")) for each in Outcome]
        print(f"| {kind} | {sum(told)} | " + " | ".join(map(str, told)) + " |")
