"""Balances: what there was, what came in and what went out make what there is now.

"Đầu kỳ tồn 120 đơn; nhận mới 310 đơn; giải quyết 352 đơn; chuyển kỳ sau 78 đơn", in one sentence or a few. Words say
what each figure is; where one between the two ends is neither what came in nor what went out, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final

from extract.checks.figures.arithmetic import SUM
from extract.checks.figures.breaks import BRACKETS
from extract.checks.figures.complete import kind_of
from extract.checks.figures.cues import holds
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_misprint, is_slip
from extract.checks.figures.terms import quote, recompute
from extract.components.numbers import find_numbers
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading
from extract.wordlists import wordlist

# What any of the words that open a balance hold; most paragraphs have none.
_OPENS: Final = re.compile(
    r"đầu (?:năm|kỳ|tháng|quý|nhiệm kỳ|đợt)|chuyển (?:sang|qua|đến)|\bcũ\b|tồn từ", re.IGNORECASE
)
_CLAUSE: Final = re.compile(r"[,;.:()]|\bvà\b")
_UNIT: Final = re.compile(r"\s([^\W\d_]+(?:\s[^\W\d_]+)?)")
_SENTENCES: Final = 3  # from one end to the other
_MOST: Final = 6  # figures between them
_MOVED_IN: Final = "chuyển đến "
_BEHIND: Final = 40  # characters behind a figure that say what it is


class _Side(StrEnum):
    """What a figure is in a balance."""

    OPEN = "open"
    COMES = "comes"
    GOES = "goes"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure outside brackets, the number of its sentence and what words make of it; None where they do not say."""

    figure: Figure
    sentence: int
    side: _Side | None


def check_balances(reading: Reading) -> Iterator[Finding]:
    """Balances in the paragraphs of a letter."""
    for block in reading.flow.of(*RUNNING):
        if not holds(block.text, "đầu ", "chuyển ", "cũ", "tồn từ") or _OPENS.search(block.text) is None:
            continue
        told = list(_told(block, reading))
        for at, one in enumerate(told):
            if one.side is _Side.OPEN and one.figure.unit:
                yield from _from(one, told[at + 1 :], block)


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(wordlist("extract.checks", "balances")[name])


def _told(block: Block, reading: Reading) -> Iterator[_Told]:
    """The figures of a paragraph but those in brackets."""
    for number, sentence in enumerate(sentences(block)):
        low = depth = 0
        for one in figures(sentence, reading):
            between = sentence.text[low : one.start - sentence.start]
            depth = max(0, depth + between.count("(") - between.count(")"))
            low = one.end - sentence.start
            if not depth:
                yield _Told(one, number, _side(one))


def _side(one: Figure) -> _Side | None:
    """What the last word before a figure that says so makes of it, or the words right behind it."""
    if _words("other").search(one.lead.rpartition(")")[2]):
        return None
    lead, behind = _CLAUSE.split(one.lead)[-1], one.behind[:_BEHIND]
    for side, name in ((_Side.CLOSE, "close_behind"), (_Side.OPEN, "open_behind")):
        if _words(name).search(behind):
            return side
    told = {side: [match.start() for match in _words(side.value).finditer(lead)] for side in _Side}
    last = max((side for side in _Side if told[side]), key=lambda side: told[side][-1], default=None)
    if last is _Side.CLOSE and told[_Side.OPEN]:
        return _Side.OPEN  # "quỹ đầu kỳ còn"
    if told[_Side.CLOSE] and not told[_Side.OPEN]:
        return _Side.CLOSE
    return last or _moved(_CLAUSE.split(behind)[0])


def _moved(behind: str) -> _Side | None:
    """What words behind a figure alone make of it: "19 em chuyển đi"."""
    found = [side for side in (_Side.COMES, _Side.GOES) if _words(side.value).search(behind)]
    return found[0] if len(found) == 1 else None


def _from(first: _Told, behind: Sequence[_Told], block: Block) -> Iterator[Finding]:
    """The balance that begins with a figure, where all that stands between it and its end is said to come or go."""
    kind = kind_of(first.figure.unit)
    moved: list[_Told] = []
    for one in behind:
        alike = not one.figure.unit or kind_of(one.figure.unit) == kind
        if one.sentence - first.sentence >= _SENTENCES or one.side is _Side.OPEN:
            return
        if not alike:
            continue
        if one.figure.approximate and not one.figure.lead.endswith(_MOVED_IN):
            return
        if one.side is _Side.CLOSE:
            if not _is_unread([first, *behind], one, kind, block):
                yield from _made(first, moved, one, block)
            return
        if one.side is None or len(moved) == _MOST:
            return
        moved.append(one)


def _is_unread(told: Sequence[_Told], last: _Told, kind: str, block: Block) -> bool:
    """Whether a number between the ends counts what they do, but was not read as a figure of its own."""
    low, high = told[0].figure.end - block.start, last.figure.start - block.start
    known = {one.figure.start - block.start for one in told}
    between = BRACKETS.sub(lambda match: " " * len(match[0]), block.text[low:high])
    return any(
        low + number.start not in known and (unit := _UNIT.match(between, number.end)) and kind_of(unit[1]) == kind
        for number in find_numbers(between)
    )


def _made(first: _Told, moved: Sequence[_Told], last: _Told, block: Block) -> Iterator[Finding]:
    sides = {one.side for one in moved}
    if _Side.COMES not in sides or _Side.GOES not in sides:
        return
    terms = [
        replace(one.figure.term, value=-one.figure.term.value) if one.side is _Side.GOES else one.figure.term
        for one in (first, *moved)
    ]
    low, high = first.figure.start - block.start, last.figure.end - block.start
    statement = quote(block.text, low, high, block.body, before=20, behind=20)
    made = recompute(CheckKind.SUM, statement, SUM, terms, last.figure.term)
    if made is None:
        return
    right, printed = sum((term.value for term in terms), Decimal(0)), last.figure.term.value
    gap = printed - right
    slips = (is_misprint(abs(term.value), abs(term.value + gap)) for term in terms)
    if made.verdict is CheckVerdict.AGREES or (right > 0 and (is_slip(printed, right) or any(slips))):
        yield made


def without_parts_of(made: Iterable[Finding], balances: Iterable[Finding]) -> Iterator[Finding]:
    """The findings but sums and differences of some figures of a balance."""
    whole = [_figures(one) for one in balances]
    for one in made:
        its = _figures(one) if one.kind in (CheckKind.SUM, CheckKind.DIFFERENCE) else frozenset()
        if not its or not any(its < figures_ for figures_ in whole):
            yield one


def without_rests(made: Iterable[Finding], rests: Iterable[Finding]) -> Iterator[Finding]:
    """The findings but sums of the figures of a rest."""
    told: dict[tuple[int, int], list[frozenset[tuple[int, int]]]] = {}
    for rest in map(_figures, rests):
        for place in rest:
            told.setdefault(place, []).append(rest)
    for one in made:
        its = _figures(one) if one.kind is CheckKind.SUM else frozenset()
        if not any(its <= rest for place in sorted(its)[:1] for rest in told.get(place, ())):
            yield one


def _figures(one: Finding) -> frozenset[tuple[int, int]]:
    """Where the figures of a finding stand in the repaired text."""
    return frozenset((entry.start, entry.end) for entry in one.evidence)
