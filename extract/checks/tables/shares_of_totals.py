"""Shares in running text of what only the total row of a table tells: "2.004 người, chiếm 87,4% tổng số có mặt".

The words behind the share name the column; the figures must hold, or a slip of the pen must explain why they do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.terms import Term, quote, recompute
from extract.checks.shares.binding import Bound, Of, bound, scale
from extract.checks.shares.likelihood import UNLIKELY, chance_of, may_be
from extract.checks.tables.fits import data, words_in
from extract.checks.tables.grids import Grid, grids_of
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading, Records

_CLAUSE: Final = re.compile(r"[.;,()]|\d")
_THEN: Final = re.compile(r"\b(?:khi (?:đó|ấy)|lúc (?:đó|ấy)|thời điểm (?:đó|ấy)|năm đó|kỳ đó)\b")  # no total of today
_FEWEST: Final = 20  # of a total; a share of fewer is found by chance


@dataclass(frozen=True, slots=True)
class _Total:
    """A figure of a total row, and the words that tell its column from others."""

    term: Term
    words: frozenset[str]


def check_shares_of_totals(
    records: Records, reading: Reading, found: Mapping[int, tuple[Quantity, ...]]
) -> Iterator[Finding]:
    """Shares of totals of tables; `found` are the quantities of each block."""
    totals: list[_Total] | None = None
    for index, items in found.items():
        block = reading.flow.blocks[index]
        if not records.tables or "%" not in block.text:
            continue
        for one in bound(items, block):
            if (
                one.is_rough
                or one.of is not Of.NAMED
                or one.whole is not None
                or _THEN.search(one.behind)
                or any(may_be(one.part, item, one.share) for item in items if item.value)
            ):
                continue
            if totals is None:
                totals = [total for grid in grids_of(records, reading) for total in _totals(grid)]
            yield from _against(one, totals, block)


def _totals(grid: Grid) -> Iterator[_Total]:
    for row in grid.rows:
        for column in grid.columns if grid.is_total(row) else ():
            term = grid.term(row, column, grid.head(column))
            words = words_in(grid.head(column).lower()) - data().common
            if term is not None and term.value >= _FEWEST and words:
                yield _Total(term, words)


def _against(one: Bound, totals: Sequence[_Total], block: Block) -> Iterator[Finding]:
    said = words_in(_CLAUSE.split(one.behind)[0])
    part = Term(one.part.term.name, one.part.value * scale(one.part), one.part.term.proof, one.part.term.doubtful)
    fit = [total for total in totals if total.words <= said and total.term.value >= part.value]
    if len({total.term.value for total in fit}) != 1:
        return
    whole = fit[0].term
    low, high = sorted((one.part.start - block.start, one.share.end - block.start))
    statement = quote(block.text, low, high, block.body, behind=1)
    made = recompute(CheckKind.RATIO, statement, SHARE, [part, whole], one.share.term)
    if made is None:
        return
    chance = chance_of(SHARE.value, [part.value, whole.value], one.share.term, near=False)
    if made.verdict is not CheckVerdict.DIFFERS or (chance is not None and chance <= UNLIKELY):
        yield made
