"""Where records stand: sentences of the repaired text, and days of dates written in part."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.same import Same
from extract.checks.figures.sentences import sentences
from extract.components.context import Sentence
from extract.records import Proof, Reading

_ISO: Final = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?|-Q([1-4]))?$")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a letter, found by the offset in the repaired text at which a record's evidence begins."""

    reading: Reading
    items: tuple[Sentence, ...] = field(init=False)
    _starts: tuple[int, ...] = field(init=False)
    _order: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        items: list[Sentence] = []
        places: list[tuple[int, int]] = []
        for block in self.reading.flow.of(*RUNNING):
            for sentence in sentences(block):
                for low, _ in self.reading.flow.to_text(sentence.start, sentence.end):
                    places.append((low, len(items)))
                items.append(sentence)
        places.sort()
        object.__setattr__(self, "items", tuple(items))
        object.__setattr__(self, "_starts", tuple(low for low, _ in places))
        object.__setattr__(self, "_order", tuple(index for _, index in places))

    def of(self, proof: Proof) -> int | None:
        """The index of the sentence a record begins in; None where it stands in no running text."""
        if not proof:
            return None
        at = bisect_right(self._starts, proof[0].start) - 1
        return self._order[at] if at >= 0 else None


def sentences_of(reading: Reading) -> Sentences:
    """The sentences of a letter."""
    return _sentences(Same(reading))


@lru_cache(maxsize=1)
def _sentences(letter: Same[Reading]) -> Sentences:
    return Sentences(letter.one)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Where paragraphs begin in the repaired text, in order, and the index in the flow of each."""

    starts: tuple[int, ...]
    blocks: tuple[int, ...]


def paragraphs(reading: Reading) -> Paragraphs:
    """The paragraphs of running text."""
    return _paragraphs(Same(reading))


@lru_cache(maxsize=1)
def _paragraphs(letter: Same[Reading]) -> Paragraphs:
    flow = letter.one.flow
    begun = [
        (low, index)
        for index, block in enumerate(flow.blocks)
        if block.role in RUNNING
        for low, _ in flow.to_text(block.start, block.start + len(block.text))
    ]
    begun.sort()
    return Paragraphs(tuple(low for low, _ in begun), tuple(index for _, index in begun))


def place_of(places: Paragraphs, proof: Proof) -> int | None:
    """The index in the flow of the paragraph a record begins in; None where it stands in none."""
    at = bisect_right(places.starts, proof[0].start) - 1 if proof else -1
    return places.blocks[at] if at >= 0 else None


@lru_cache(maxsize=512)
def span_of(iso: str | None) -> tuple[date, date] | None:
    """First and last day of a date, month, quarter, year, or stretch ("start/end")."""
    if iso is None:
        return None
    low, slash, high = iso.partition("/")
    if slash:
        first, last = span_of(low), span_of(high)
        return (first[0], last[1]) if first is not None and last is not None else None
    match = _ISO.match(iso)
    if match is None:
        return None
    year = int(match[1])
    if not 1900 <= year <= 2200:
        return None
    if match[4]:
        month = 3 * int(match[4])
        return date(year, month - 2, 1), _last(year, month)
    if match[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(match[2])
    if not 1 <= month <= 12:
        return None
    if match[3] is None:
        return date(year, month, 1), _last(year, month)
    day = int(match[3])
    if not 1 <= day <= _last(year, month).day:
        return None
    return date(year, month, day), date(year, month, day)


def vn_date(day: date) -> str:
    """A day as letters write it: 05/7/2022."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def vn_day(iso: str | None) -> str:
    """A day, month or year in ISO form as letters write it; empty where there is none."""
    year, *rest = (iso or "").split("-")
    if rest:
        rest[0] = rest[0] if int(rest[0]) < 3 else str(int(rest[0]))
    return "/".join((*reversed(rest), year))


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
