"""Columns that give the same for each (định mức): "2.914 học sinh, 174.840 kg gạo", 60 kg each in all rows but one.

What is given for each may stand in no cell: rows whose numbers differ and whose quotient is the same show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations
from typing import Final

from extract.checks.figures.arithmetic import times, vn
from extract.checks.figures.terms import recompute
from extract.checks.tables.cells import read_rightly
from extract.checks.tables.grids import Grid
from extract.records import CheckKind, Finding

_MOST: Final = 8  # columns of figures
_FEWEST: Final = 4  # rows that show it, of numbers that differ
_SHOWING: Final = 4  # of them to each that does not hold
_LEAST: Final = 2  # that is given for each
_DECIMALS: Final = Decimal("0.01")  # what is given for each is told in hundredths at most


def check_norms(grid: Grid) -> Iterator[Finding]:
    """The rows that give another amount for each than the others do."""
    columns = [column for column in grid.columns if not grid.is_share_column(column) and not grid.is_signed(column)]
    if len(columns) > _MOST or grid.is_worn:
        return
    for number, amount in permutations(columns, 2):
        rows = _rows(grid, number, amount)
        each = _each([pair for _, pair in rows])
        if each is None:
            continue
        made = [_of_row(grid, row, (number, amount), each) for row, _ in rows]
        wrong = [one for one in made if one is not None and one.verdict.is_wrong]
        if wrong and len(rows) - len(wrong) >= _SHOWING * len(wrong):
            yield from read_rightly(grid, wrong)


def _rows(grid: Grid, number: int, amount: int) -> list[tuple[int, tuple[Decimal, Decimal]]]:
    """The rows with both figures, and these."""
    rows = []
    for row in grid.rows:
        counted, given = grid.value(row, number), grid.value(row, amount)
        if counted is not None and given is not None and counted > 0 and given > 0:
            rows.append((row, (counted, given)))
    return rows


def _each(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """What is given for each, where enough rows of different numbers show it."""
    if len(pairs) < _FEWEST:
        return None
    quotients = Counter((given / counted).normalize() for counted, given in pairs)
    each, _ = max(quotients.items(), key=lambda pair: pair[1])
    if each < _LEAST or each != each.quantize(_DECIMALS):
        return None
    shown = {counted for counted, given in pairs if given == each * counted}
    return each if len(shown) >= _FEWEST else None


def _of_row(grid: Grid, row: int, columns: tuple[int, int], each: Decimal) -> Finding | None:
    counted, given = (grid.term(row, column, grid.head(column)) for column in columns)
    if counted is None or given is None:
        return None
    formula = times(each)
    said = f"{grid.label(row)}: {formula.written([counted.value])} = {vn(given.value)}"
    return recompute(CheckKind.RATIO, said, formula, [counted], given)
