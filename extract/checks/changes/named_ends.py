"""Differences from a value that words name as it was told before: "xã A đạt 83,7%, thấp hơn xã B 7,3 điểm phần trăm".

The value may stand some paragraphs before, in an item of a list. It is the only one whose own words
end with that name; a slip of the pen must explain a difference that does not hold.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.checks.changes.anchors import of_difference
from extract.checks.figures.arithmetic import DIFFERENCE
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import quote, recompute
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_HINT: Final = re.compile(r"\bhơn\b", re.IGNORECASE)
_OVER: Final = re.compile(
    r"\b(?P<way>cao|nhiều|lớn|thấp|ít|nhỏ|kém) hơn (?:so với )?(?P<name>[^\d.,;:()%]{4,90}?)(?: là| tới| đến)?\s*$"
)
_IS: Final = re.compile(r"(?:\s(?:đạt|là|có|với|chiếm|ở mức|tỷ lệ|được))*+\s?:?\s*$")
_UP: Final = frozenset({"cao", "nhiều", "lớn"})
_CLAUSE: Final = re.compile(r"[.;,()]")
_PARAGRAPHS: Final = 10  # looked back at
_MOST: Final = 20  # figures of a paragraph with the same last words
_WORDS: Final = 2  # of a name, at least


@dataclass(frozen=True, slots=True)
class _Called:
    """A figure, and the words of its clause that lead to it."""

    figure: Figure
    words: str

    def is_called(self, name: str) -> bool:
        """Whether these words end with a name."""
        return f" {self.words}".endswith(f" {name}")


def check_named_ends(reading: Reading) -> Iterator[Finding]:
    """Differences from named values in the paragraphs of a letter."""
    passed: list[Block] = []
    called: dict[int, Mapping[str, Sequence[_Called]]] = {}
    for block in reading.flow.of(*RUNNING):
        passed = [*passed[-_PARAGRAPHS:], block]
        if not _HINT.search(block.text):
            continue
        ends = [
            (one, named, found[at - 1 :: -1])
            for found in (figures(sentence, reading) for sentence in sentences(block))
            for at, one in enumerate(found)
            if at and not one.approximate and (named := _OVER.search(one.lead)) is not None
        ]
        if not ends:
            continue
        for other in passed:
            if other.start not in called:
                called[other.start] = _called(other, reading)
        told = [called[other.start] for other in passed]
        for one, named, before in ends:
            yield from _of(one, named, before, told, block)


def _called(block: Block, reading: Reading) -> Mapping[str, Sequence[_Called]]:
    """The figures of a paragraph that tell a value, by the last words that lead to them."""
    found: dict[str, list[_Called]] = {}
    for sentence in sentences(block):
        for one in figures(sentence, reading):
            words = _words_before(one)
            if one.change is None and (last := _last_of(words)):
                found.setdefault(last, []).append(_Called(one, words))
    return found


def _words_before(one: Figure) -> str:
    """The words of its clause that lead to a figure, without those that say that it is the value."""
    return _without_is(" ".join(_CLAUSE.split(one.lead)[-1].split()))


def _without_is(words: str) -> str:
    return _IS.sub("", f" {words}", count=1).strip()


def _last_of(words: str) -> str:
    """The last words of a name, empty where it has too few."""
    last = words.split()[-_WORDS:]
    return " ".join(last) if len(last) == _WORDS else ""


def _of(
    one: Figure,
    named: re.Match[str],
    before: Sequence[Figure],
    called: Sequence[Mapping[str, Sequence[_Called]]],
    block: Block,
) -> Iterator[Finding]:
    """A difference against the figure before it, given from the last back, and the one value of that name."""
    name = _without_is(" ".join(named["name"].split()))
    last = _last_of(name)
    if not last or of_difference(one.lead, ""):
        return
    now = next((other for other in before if _is_alike(other, one)), None)
    if now is None or now.approximate or now.change is not None or _Called(now, _words_before(now)).is_called(name):
        return
    told = [
        other.figure
        for several in called
        for other in _before(now, several.get(last, ()))
        if _is_alike(other.figure, one) and other.is_called(name)
    ]
    if len({other.term.value for other in told}) != 1 or told[-1].approximate:
        return
    other = told[-1]
    statement = quote(block.text, now.start - block.start, one.end - block.start, block.body, before=40, behind=20)
    made = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, [now.term, other.term], one.term)
    if made is None:
        return
    right = now.term.value - other.term.value
    follows = right > 0 if named["way"] in _UP else right < 0
    if follows and (made.verdict is not CheckVerdict.DIFFERS or is_slip(one.term.value, abs(right))):
        yield made


def _before(now: Figure, several: Sequence[_Called]) -> Sequence[_Called]:
    """The last of some figures of a paragraph that stand before another."""
    return several[: bisect_left(several, now.start, key=lambda other: other.figure.start)][-_MOST:]


def _is_alike(value: Figure, difference: Figure) -> bool:
    """Whether a difference can be one of such values: points of shares."""
    if difference.unit in ("%", "điểm phần", "điểm %"):
        return value.unit == "%"
    return bool(value.unit) and value.head == difference.head
