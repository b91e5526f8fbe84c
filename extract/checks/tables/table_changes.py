"""Columns of changes: each row's change against the two columns it is the change between.

A column is one of changes by its head ("Tăng, giảm", "Chênh lệch", "So sánh") or by the signs of its figures. Between
which two columns, and whether in points or in percent of the earlier, the rows themselves must show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Final

from extract.checks.figures.arithmetic import DIFFERENCE, RATE, Formula, printed_decimals, vn
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, recompute, unsigned
from extract.checks.figures.verdict import nearest
from extract.checks.tables.cells import read_rightly
from extract.checks.tables.grids import Grid, grids_of
from extract.checks.tables.structure import CONFIRMED
from extract.components.numbers import read_cell
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records

_HEAD: Final = re.compile(r"\b(?:tang|giam|chenh lech|so sanh|bien dong|so voi)\b|\+/-|\+,\s?-")
_SIGN: Final = re.compile(r"^\s*(?:[+−–-]|tăng|giảm|lên|xuống)\s?(?=\d)|[▲▼↑↓]\s?", re.IGNORECASE)
_MINUS: Final = re.compile(r"^\s*[−–▼↓-]")
_UNIT: Final = re.compile(r"(?<=\d)\s(?:bậc|hạng|điểm|điểm phần trăm)$", re.IGNORECASE)
_FALLS: Final = re.compile(r"^\s*(?:[−–-]|giảm|xuống|[▼↓])", re.IGNORECASE)
_MOST: Final = 12  # columns of a table
_FEWEST: Final = 3  # rows
_HALF: Final = Decimal("0.5")
_LARGE: Final = 10  # per cent
_HOLDING: Final = (CheckVerdict.AGREES, CheckVerdict.ROUNDED)


def check_table_changes(records: Records, reading: Reading) -> Iterator[Finding]:
    """Changes in the tables of a letter."""
    for grid in grids_of(records, reading):
        width = max((len(row) for row in grid.table.rows), default=0)
        if len(grid.rows) < _FEWEST or width > _MOST:
            continue
        for column in range(1, width):
            if _HEAD.search(grid.folded_head(column)) or grid.is_signed(column):
                yield from _of_column(grid, column)


def _of_column(grid: Grid, column: int) -> Iterator[Finding]:
    """The findings of the pair of columns that fits most rows, if it fits enough of them."""
    values = [other for other in grid.columns if other != column and not grid.is_signed(other)]
    best: tuple[tuple[int, int], list[Finding]] = (0, 0), []
    for now, before in permutations(values, 2):
        for formula, kind in ((DIFFERENCE, CheckKind.DIFFERENCE), (RATE, CheckKind.RATE_OF_CHANGE)):
            rows = _rows(grid, (now, before, column), formula, kind)
            right = sum(_says_so(grid, row, (now, before, column)) for row in rows)
            holding = sum(one.verdict in _HOLDING for one in rows.values())
            if formula is RATE and not _are_rates(grid, column):
                continue
            if len(rows) >= _FEWEST and (holding, right) > best[0]:
                best = (holding, right), list(rows.values())
    if best[0][0] >= max(2, CONFIRMED * len(best[1])):
        yield from read_rightly(grid, best[1])


def _rows(grid: Grid, columns: tuple[int, int, int], formula: Formula, kind: CheckKind) -> dict[int, Finding]:
    """The change of each row; rates may be of rounded figures, where not all but a slip are of those printed."""
    rows = {row: one for row in grid.rows if (one := _of_row(grid, row, columns, formula, kind)) is not None}
    wrong = [one for one in rows.values() if one.verdict not in _HOLDING]
    printed = len(rows) - len(wrong) >= _FEWEST and len(wrong) <= 1 and all(map(_is_one_slip, wrong))
    if formula is DIFFERENCE or printed:
        return rows
    return {row: _roughly(grid, row, columns, one) for row, one in rows.items()}


def _is_one_slip(made: Finding) -> bool:
    reported, computed = (Decimal(figure) for figure in unsigned(made))
    return is_slip(reported, nearest(computed, printed_decimals(reported)))


def _roughly(grid: Grid, row: int, columns: tuple[int, int, int], made: Finding) -> Finding:
    """A rate of change; one that figures make which are printed like those of its row holds."""
    now, before = (grid.value(row, column) or Decimal(0) for column in columns[:2])
    decimals = min(printed_decimals(now), printed_decimals(before))
    gap = abs(abs(Decimal(made.computed or 0)) - abs(Decimal(made.reported or 0)))
    holds = before and gap <= _HALF.scaleb(-decimals) / before * 200
    return replace(made, verdict=CheckVerdict.AGREES) if holds and made.verdict is CheckVerdict.DIFFERS else made


def _are_rates(grid: Grid, column: int) -> bool:
    """Whether changes can be percent: small ones without decimals fit any two figures that hardly differ."""
    cells = [grid.cell(row, column) or "" for row in grid.rows]
    values = [value for row in grid.rows if (value := grid.value(row, column)) is not None]
    return any("%" in cell or "," in cell for cell in cells) or any(abs(value) >= _LARGE for value in values)


def _says_so(grid: Grid, row: int, columns: tuple[int, int, int]) -> bool:
    """Whether the sign of a change is that of the later figure minus the earlier."""
    now, before = (grid.value(row, column) or Decimal(0) for column in columns[:2])
    return (now < before) == bool(_FALLS.match(grid.cell(row, columns[2]) or ""))


def _of_row(grid: Grid, row: int, columns: tuple[int, int, int], formula: Formula, kind: CheckKind) -> Finding | None:
    now, before = (grid.term(row, column, grid.head(column)) for column in columns[:2])
    change = _change(grid, row, columns[2])
    if now is None or before is None or change is None or now.value == before.value or not before.value:
        return None
    told = f"{grid.label(row)}: {vn(now.value)}, trước đó {vn(before.value)}, thay đổi {grid.cell(row, columns[2])}"
    made = recompute(kind, told, formula, [now, before], change)
    if made is not None and now.value < before.value and _MINUS.match(grid.cell(row, columns[2]) or ""):
        made = replace(made, reported=f"-{made.reported}", computed=f"-{made.computed}")
    return made


def _change(grid: Grid, row: int, column: int) -> Term | None:
    """The change a cell gives, without its sign; brackets around it are signs too."""
    text = (grid.cell(row, column) or "").strip().strip("()")
    value = read_cell(_UNIT.sub("", _SIGN.sub("", text)))
    proof = grid.proof(row, column)
    term = grid.term(row, column, grid.head(column))
    doubtful = term.doubtful if term is not None else grid.is_scanned(row, column)
    return None if value is None else Term(grid.head(column), abs(value), proof, doubtful, grid.is_scanned(row, column))
