"""How far the best row of a table is from the last: "cao hơn đơn vị xếp cuối 18,31 điểm".

The sentence names both and what lies between them; the figure is that of one column, or a slip of the pen away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.checks.figures.arithmetic import DIFFERENCE
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, is_doubtful, quote, recompute
from extract.checks.tables.grids import Grid, grids_of
from extract.components.context import Sentence
from extract.components.numbers import Number, find_numbers
from extract.records import CheckKind, Finding, Reading, Records

_BEST: Final = re.compile(
    r"\b(?:(?:cao|lớn|nhiều)(?: \w{2,5})? nhất|dẫn đầu|đứng đầu|(?:đứng|xếp)(?: thứ| hạng)? nhất)\b", re.IGNORECASE
)
_LAST: Final = re.compile(
    r"\b(?:(?:thấp|nhỏ|ít)(?: \w{2,5})? nhất|(?:đứng|xếp|vị trí|ở) cuối|cuối bảng|cuối cùng|sau cùng)\b", re.IGNORECASE
)
_BETWEEN: Final = re.compile(r"\b(?:khoảng cách|chênh|cách biệt|cách|hơn|kém)\b", re.IGNORECASE)
_UNIT: Final = re.compile(r"\s?(?:điểm|%)")
_FEWEST: Final = 4  # rows


def check_spreads(records: Records, reading: Reading) -> Iterator[Finding]:
    """What sentences say of the distance between the best and the last row of a table."""
    ends: list[tuple[Term, Term]] | None = None
    grids = grids_of(records, reading)
    for block in reading.flow.of(*RUNNING) if grids else ():
        for sentence in sentences(block) if _tells_last(block.text) else ():
            for number in _told(sentence):
                ends = [pair for grid in grids for pair in _ends(grid)] if ends is None else ends
                yield from _against(number, sentence, ends, reading)


def _tells_last(text: str) -> bool:
    return holds(text, "nhất", "cuối", "sau cùng") and _LAST.search(text) is not None


def _told(sentence: Sentence) -> Iterator[Number]:
    """The figures of a sentence that lie between the best and the last."""
    text = sentence.text
    before = 0
    for number in find_numbers(text):
        lead = text[before : number.start]
        before = number.end
        ends = (_BEST, _LAST)
        if number.value is None or not _UNIT.match(text, number.end) or not _BETWEEN.search(lead):
            continue
        if any(end.search(lead) for end in ends) and all(end.search(text, 0, number.start) for end in ends):
            yield number


def _ends(grid: Grid) -> Iterator[tuple[Term, Term]]:
    """The largest and the smallest figure of each column, totals left out."""
    rows = [row for row in grid.rows if not grid.is_total(row) and not grid.is_share_row(row)]
    for column in grid.columns:
        terms = [term for row in rows if (term := grid.term(row, column, grid.label(row))) is not None]
        if len(terms) == len(rows) >= _FEWEST:
            ordered = sorted(terms, key=lambda term: term.value)
            yield ordered[-1], ordered[0]


def _against(
    number: Number, sentence: Sentence, ends: Sequence[tuple[Term, Term]], reading: Reading
) -> Iterator[Finding]:
    """The comparison with the column whose ends are so far apart, else with the one that a slip of the pen explains."""
    value = number.value
    if value is None:
        return
    gaps = [(high.value - low.value, high, low) for high, low in ends if low.decimals == high.decimals]
    found = [one for one in gaps if one[0] == value] or [one for one in gaps if is_slip(value, one[0])]
    if not found or len({gap for gap, _, _ in found}) > 1:
        return
    _, high, low = found[0]
    start = sentence.start + number.start
    proof = reading.proof(start, start + number.end - number.start, "checks.spread")
    told = Term(number.text, value, proof, is_doubtful(proof, reading))
    statement = quote(sentence.text, number.start, number.end)
    if (made := recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, [high, low], told)) is not None:
        yield made
