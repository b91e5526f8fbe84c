"""The one cell of a table that explains every sum that fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.checks.arithmetic import plain, vn
from extract.checks.grids import Grid
from extract.checks.slips import is_slip
from extract.checks.terms import is_doubtful, one_digit_away
from extract.records import CheckKind, CheckVerdict, Finding

Cell = tuple[int, int]
_WRONG = frozenset({CheckVerdict.DIFFERS, CheckVerdict.MISREAD})


def explain(grid: Grid, made: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a table; where one cell, read otherwise, makes all sums hold, those that fail name it.

    At least one row and one column must fail, and no other cell may explain them all. On a scanned page a cell that one
    digit confused or lost explains is `misread`; in print the sums still differ.
    """
    wrong = [one for one in made if one.verdict in _WRONG and one.kind in (CheckKind.ROW_SUM, CheckKind.COLUMN_SUM)]
    found = _common(grid, wrong) if {one.kind for one in wrong} == {CheckKind.ROW_SUM, CheckKind.COLUMN_SUM} else None
    if found is None:
        yield from made
        return
    (row, column), needed = found
    printed = grid.value(row, column) or Decimal(0)
    cell = f"{grid.label(row)} / {grid.head(column)}"
    misread = one_digit_away(printed, needed) and (
        grid.is_scanned(row, column) or is_doubtful(grid.proof(row, column), grid.reading)
    )
    for one in made:
        if one not in wrong:
            yield one
            continue
        arithmetic = (one.note or "").split("; khớp nếu ", 1)[0]
        said = f"{arithmetic}; hàng và cột đều khớp nếu ô {cell} là {vn(needed)} (đọc được {vn(printed)})"
        verdict = CheckVerdict.MISREAD if misread else CheckVerdict.DIFFERS
        yield replace(one, verdict=verdict, note=said)


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
    if not any(grid.is_suspect(row, column) for row, column in cells):
        return False
    read = [(at, grid.value(*cell)) for at, cell in enumerate(cells) if not grid.is_suspect(*cell)]
    return not any(_is_one_slip(value, value + (gap if at else -gap)) for at, value in read if value is not None)


def _is_one_slip(printed: Decimal, right: Decimal) -> bool:
    return len(f"{printed:f}") == len(f"{right:f}") and is_slip(printed, right)


def _common(grid: Grid, wrong: Sequence[Finding]) -> tuple[Cell, Decimal] | None:
    """The one cell, with the value it needs, that makes all of them hold."""
    rest: set[tuple[Cell, Decimal]] | None = None
    for one in wrong:
        fits = set(_explaining(grid, one))
        rest = fits if rest is None else rest & fits
    return next(iter(rest)) if rest is not None and len(rest) == 1 else None


def _explaining(grid: Grid, one: Finding) -> Iterator[tuple[Cell, Decimal]]:
    """The cells of a sum, each with the value that alone would make it hold."""
    if one.reported is None or one.computed is None:
        return
    reported, computed = Decimal(one.reported), Decimal(one.computed)
    for name, value in one.inputs:
        row, _, column = name.partition(".")
        needed = Decimal(value) + reported - computed
        if row.isdigit() and column.isdigit() and needed >= 0:
            yield (int(row) - 1, int(column) - 1), _whole(needed)
    if one.evidence:
        place = (one.evidence[0].start, one.evidence[0].end)
        total = grid.cell_at(place)
        if total is not None and plain(grid.value(*total) or Decimal(-1)) == one.reported:
            yield total, _whole(computed)


def _whole(value: Decimal) -> Decimal:
    """One way of writing equal figures, so that they compare as members of a set."""
    return Decimal(plain(value))
