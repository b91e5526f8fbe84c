"""Comparisons of a table that fail because a cell was not read rightly, or for what it shows was rounded by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import printed_decimals
from extract.checks.figures.slips import is_slip
from extract.checks.tables.grids import Grid
from extract.records import CheckVerdict, Finding

Cell = tuple[int, int]

_SIGNS: Final = ("+", "-", "−", "–")
_FEWEST: Final = 3  # figures that show how a column is printed
_MEANS: Final = re.compile(r"\W{0,2}(?:trung bình|bình quân|điểm trung bình|tb\b|bq\b)", re.IGNORECASE)


def read_rightly(grid: Grid, made: Iterable[Finding]) -> Iterator[Finding]:
    """Findings but those of cells that were not read rightly.

    A misread digit explains them, where cells of theirs, or many of the table, were misread; or only a piece of a
    figure was read.
    """
    for one in made:
        cells = _cells(grid, one) if one.verdict.is_wrong else []
        misread = one.verdict is CheckVerdict.MISREAD and (grid.is_worn or any(grid.is_torn(*cell) for cell in cells))
        if not misread and not any(_is_piece(grid, *cell) for cell in cells):
            yield one


def _cells(grid: Grid, made: Finding) -> list[Cell]:
    places = (grid.cell_at((entry.start, entry.end)) for entry in made.evidence)
    return [cell for cell in places if cell is not None]


def _is_piece(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell of a page image shows a whole number where all others of its column have a mark.

    "1" among 6,41 and 7,18 is what was left of a figure, "439" among 41,5 and 17,6 one whose mark was not read.
    """
    value = grid.value(row, column)
    if value is None or printed_decimals(value) or not grid.is_scanned(row, column):
        return False
    read = (grid.value(other, column) for other in grid.rows if other != row)
    others = [one for one in read if one is not None]
    return len(others) >= _FEWEST and all(map(printed_decimals, others))


def is_unread_sum(grid: Grid, made: Finding | None, cells: Sequence[Cell]) -> bool:
    """Whether a sum that fails tells of a cell of a page image that was not read rightly, and of nothing else.

    It falls short where a cell shows nothing; or thousands lost their point, and no digit of the other figures
    explains it.

    Args:
        grid: the table.
        made: the comparison, None where there is none.
        cells: the total, then the cells that make it.
    """
    if made is None or made.verdict is CheckVerdict.AGREES:
        return False
    gap = Decimal(made.reported or 0) - Decimal(made.computed or 0)
    if gap > 0 and any(grid.is_lost(row, column) for row, column in cells[1:]):
        return True
    if any(grid.is_scanned(*cell) and _has_lost_its_sign(grid, cell, gap) for cell in cells[1:]):
        return True
    if not any(grid.is_suspect(row, column) for row, column in cells):
        return False
    read = [(at, grid.value(*cell)) for at, cell in enumerate(cells) if not grid.is_suspect(*cell)]
    return not any(_is_one_slip(value, value + (gap if at else -gap)) for at, value in read if value is not None)


def _has_lost_its_sign(grid: Grid, cell: Cell, gap: Decimal) -> bool:
    """Whether a sum of rises and falls holds where one of them has the other sign: "+" and "-" are read for another."""
    text, value = (grid.cell(*cell) or "").strip(), grid.value(*cell)
    signed = any((grid.cell(row, cell[1]) or "").strip().startswith(_SIGNS) for row in grid.rows)
    return bool(signed and text and value and gap == -2 * value)


def is_rounded_mean(grid: Grid, made: Finding | None, row: int) -> bool:
    """Whether a row of means misses a sum by no more than its cells were rounded, each by itself.

    Args:
        grid: the table.
        made: the comparison, None where there is none.
        row: where it is made.
    """
    if made is None or made.verdict is CheckVerdict.AGREES or not _MEANS.match(grid.label(row)):
        return False
    printed = [Decimal(value) for value in (made.reported or "0", *(value for _, value in made.inputs))]
    last = Decimal(1).scaleb(min(int(value.as_tuple().exponent) for value in printed))
    return abs(Decimal(made.reported or 0) - Decimal(made.computed or 0)) * 2 <= last * len(printed)


def _is_one_slip(printed: Decimal, right: Decimal) -> bool:
    return len(f"{printed:f}") == len(f"{right:f}") and is_slip(printed, right)
