"""Figures of running text that repeat a row of a table: "huyện B đạt 79,41 điểm", where the row of B has 79,14.

Only a figure that differs from the row's by a slip of the pen, and from no other cell of it by none, is called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import finding, is_doubtful, merged, quote
from extract.checks.tables.grids import Grid
from extract.components.context import Sentence, sentences
from extract.records import CheckKind, CheckVerdict, Finding, Proof, Reading, Records
from gazetteer.keys import folded

_FEWEST_DIGITS: Final = 3
_LISTED: Final = 2  # figures of one sentence that are of one column
_NEAR: Final = 60  # characters from the name to the figure
_MOST_ROWS: Final = 400  # of all tables of a letter
_TOTAL: Final = 100  # a total that is looked for in running text
_LONG_COUNT: Final = 1000  # fewer differ from another count by one digit by chance
_OF_ANY: Final = frozenset({"so", "tong", "luong", "trong", "da", "va", "cua", "cac", "ket", "qua", "nam", "ky"})
_WRONG: Final = (CheckVerdict.DIFFERS, CheckVerdict.MISREAD)
_OF_CELLS: Final = (CheckKind.COLUMN_SUM, CheckKind.ROW_SUM, CheckKind.DIFFERENCE)
_ELSE: Final = re.compile(r"năm|quý|tháng|kỳ|tăng|giảm|so với|trong đó|từ|mục tiêu|kế hoạch", re.IGNORECASE)


def check_quoted_rows(records: Records, reading: Reading) -> Iterator[Finding]:
    """What running text says of the bodies that a table has rows of."""
    rows = [
        (_key(grid.label(row)), grid, row)
        for table in records.tables
        for grid in [Grid(table, reading)]
        for row in grid.rows
    ]
    yield from _totals([(grid, row) for _, grid, row in rows[:_MOST_ROWS] if grid.is_total(row)], reading)
    named: dict[str, list[tuple[Grid, int]]] = {}
    for key, grid, row in rows[:_MOST_ROWS]:
        if key is not None:
            named.setdefault(key, []).append((grid, row))
    if not named:
        return
    for block in reading.flow.of(*RUNNING):
        text = folded(block.text)
        if not any(key in text for key in named):
            continue
        for sentence in sentences(block):
            quoted = [
                (told, *named[key][0])
                for told in figures(sentence, reading)
                if (key := _whose(told, named)) is not None and len(named[key]) == 1
            ]
            for told, grid, row in quoted:
                if len(re.sub(r"\D", "", f"{told.term.value:f}")) >= _FEWEST_DIGITS:
                    yield from _against(told, sentence, grid, row)
            yield from _listed(quoted, sentence)


def _totals(rows: Sequence[tuple[Grid, int]], reading: Reading) -> Iterator[Finding]:
    """Sentences that tell the totals of a table: one figure is there, another is a slip of the pen away."""
    cells = [{value for column in grid.columns if (value := grid.value(row, column))} for grid, row in rows]
    if not rows:
        return
    every = {value for grid in {id(grid): grid for grid, _ in rows}.values() for row in grid.values for value in row}
    for block in reading.flow.of(*RUNNING):
        for sentence in sentences(block):
            told = [one for one in figures(sentence, reading) if one.term.value >= _TOTAL and one.unit != "%"]
            for (grid, row), values in zip(rows, cells, strict=True):
                if not any(one.term.value in values for one in told):
                    continue
                for one in told:
                    if one.term.value not in every and not (one.change or one.previous or one.compared):
                        yield from _against(one, sentence, grid, row)


def _key(label: str) -> str | None:
    """A name to look for: two words or more, one with a capital."""
    words = label.strip(" .:").split()
    return folded(" ".join(words)) if len(words) >= 2 and any(word[:1].isupper() for word in words) else None


def _whose(told: Figure, named: dict[str, list[tuple[Grid, int]]]) -> str | None:
    """The row's name that stands last before a figure; None where other words come between."""
    if told.change or told.previous or told.compared:
        return None
    lead = re.split(r"[;()]", told.lead)[-1][-_NEAR - 40 :]
    text = folded(lead)
    found = [(text.rfind(key) + len(key), len(key), key) for key in named if key in text]
    if not found:
        return None
    at, _, key = max(found)
    return key if len(text) - at <= _NEAR and not _ELSE.search(lead[max(0, len(lead) - (len(text) - at)) :]) else None


def _listed(quoted: Sequence[tuple[Figure, Grid, int]], sentence: Sentence) -> Iterator[Finding]:
    """Figures of several rows in one sentence: where most are of one column, one that is a slip away from it."""
    for grid in {id(grid): grid for _, grid, _ in quoted}.values():
        mine = [(told, row) for told, other, row in quoted if other is grid]
        same = {
            column: [told for told, row in mine if grid.value(row, column) == told.term.value]
            for column in grid.columns
        }
        column = max(same, key=lambda column: len(same[column]), default=None)
        if column is None or len(same[column]) < _LISTED:
            continue
        units = {told.unit for told in same[column]}
        for told, row in mine:
            right = grid.value(row, column)
            if right is None or told.unit not in units or told.term.value in grid.values[row]:
                continue
            if is_slip(told.term.value, right):
                doubtful = is_doubtful(merged(told.term.proof, grid.proof(row, column)), grid.reading)
                misread = doubtful or grid.is_scanned(row, column)
                yield _of(
                    told, sentence, grid, (row, column), CheckVerdict.MISREAD if misread else CheckVerdict.DIFFERS
                )


def _against(told: Figure, sentence: Sentence, grid: Grid, row: int) -> Iterator[Finding]:
    cells = [
        (value, column)
        for column in grid.columns
        if (value := grid.value(row, column)) is not None and (value >= 0) and _alike(value, told.term.value)
    ]
    same = [pair for pair in cells if pair[0] == told.term.value]
    slips = [pair for pair in cells if is_slip(told.term.value, pair[0])]
    if same:
        yield _of(told, sentence, grid, (row, same[0][1]), CheckVerdict.AGREES)
    elif len(slips) == 1 and (told.term.decimals or _counts_the_same(told, sentence, grid.head(slips[0][1]))):
        cell = (row, slips[0][1])
        proof: Proof = merged(told.term.proof, grid.proof(*cell))
        doubtful = is_doubtful(proof, grid.reading) or grid.is_scanned(*cell)
        yield _of(told, sentence, grid, cell, CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS)


def _counts_the_same(told: Figure, sentence: Sentence, head: str) -> bool:
    """Whether a count is too long to miss another by chance, and the column's head speaks of what the text does."""
    said = set(folded(sentence.text).split())
    named = set(re.findall(r"\w+", folded(head))) - _OF_ANY
    return told.term.value >= _LONG_COUNT and bool(named & said)


def _alike(one: Decimal, other: Decimal) -> bool:
    """Whether two figures are printed with as many decimals."""
    return one.as_tuple().exponent == other.as_tuple().exponent


def _of(told: Figure, sentence: Sentence, grid: Grid, cell: tuple[int, int], verdict: CheckVerdict) -> Finding:
    right = grid.value(*cell) or Decimal(0)
    gap = "" if verdict is CheckVerdict.AGREES else f": chênh {vn(abs(right - told.term.value))}"
    where = f"{grid.label(cell[0])}, {grid.head(cell[1])}"
    return finding(
        CheckKind.CONSISTENCY,
        quote(sentence.text, told.start - sentence.start, told.end - sentence.start),
        verdict,
        inputs=(("table", plain(right)), ("text", plain(told.term.value))),
        reported=plain(told.term.value),
        computed=plain(right),
        note=f"lời văn ghi {vn(told.term.value)}, bảng ghi {vn(right)} ({where}){gap}",
        evidence=merged(told.term.proof, grid.proof(*cell)),
    )
