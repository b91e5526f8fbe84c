"""Differences from a value that words name as it was told before: "xã A đạt 83,7%, thấp hơn xã B 7,3 điểm phần trăm".

The value may stand some paragraphs before, in an item of a list. It is the only one whose own words
end with that name; a slip of the pen must explain a difference that does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
_IS: Final = r"(?:\s(?:đạt|là|có|với|chiếm|ở mức|tỷ lệ|được))*\s?:?\s*$"
_UP: Final = frozenset({"cao", "nhiều", "lớn"})
_CLAUSE: Final = re.compile(r"[.;,()]")
_PARAGRAPHS: Final = 10  # looked back at
_WORDS: Final = 2  # of a name, at least


def check_named_ends(reading: Reading) -> Iterator[Finding]:
    """Differences from named values in the paragraphs of a letter."""
    passed: list[Block] = []
    for block in reading.flow.of(*RUNNING):
        passed = [*passed[-_PARAGRAPHS:], block]
        if not _HINT.search(block.text):
            continue
        for sentence in sentences(block):
            found = figures(sentence, reading)
            for at, one in enumerate(found):
                named = _OVER.search(one.lead)
                if named is not None and at and not one.approximate:
                    yield from _of(one, named, found[:at], passed, reading)


def _of(
    one: Figure, named: re.Match[str], before: Sequence[Figure], passed: Sequence[Block], reading: Reading
) -> Iterator[Finding]:
    name = " ".join(named["name"].split())
    if name.count(" ") < _WORDS - 1 or of_difference(one.lead, ""):
        return
    now = next((other for other in reversed(before) if _is_alike(other, one)), None)
    if now is None or now.approximate or now.change is not None or _is_called(now, name):
        return
    told = [
        other
        for block in passed
        for sentence in (sentences(block) if name in " ".join(block.text.lower().split()) else ())
        for other in figures(sentence, reading)
        if other.start < now.start and _is_alike(other, one) and other.change is None and _is_called(other, name)
    ]
    if len({other.term.value for other in told}) != 1 or told[-1].approximate:
        return
    other, block = told[-1], passed[-1]
    statement = quote(block.text, now.start - block.start, one.end - block.start, block.body, before=40, behind=20)
    made = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, [now.term, other.term], one.term)
    if made is None:
        return
    right = now.term.value - other.term.value
    follows = right > 0 if named["way"] in _UP else right < 0
    if follows and (made.verdict is not CheckVerdict.DIFFERS or is_slip(one.term.value, abs(right))):
        yield made


def _is_alike(value: Figure, difference: Figure) -> bool:
    """Whether a difference can be one of such values: points of shares."""
    if difference.unit in ("%", "điểm phần", "điểm %"):
        return value.unit == "%"
    return bool(value.unit) and value.head == difference.head


def _is_called(one: Figure, name: str) -> bool:
    """Whether the words before a figure end with a name."""
    lead = " ".join(_CLAUSE.split(one.lead)[-1].split())
    return re.search(rf"(?:^|\s){re.escape(name)}{_IS}", f"{lead} ") is not None
