"""Columns that tell so much for each of another: "bình quân người/hộ", "năng suất", "mật độ", whatever their heads.

The rows show which column is divided by which, and by what power of ten the units differ. A row in which that does not
hold is told of the figure that a slip of the pen explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Final

from extract.checks.figures.arithmetic import per, plain, printed_decimals, vn
from extract.checks.figures.slips import has_slip_within, is_slip
from extract.checks.figures.terms import Term, recompute
from extract.checks.figures.verdict import nearest
from extract.checks.tables.cells import read_rightly
from extract.checks.tables.grids import Grid
from extract.records import CheckKind, CheckVerdict, Finding

_MOST: Final = 8  # columns of figures
_FEWEST: Final = 3  # rows that show it
_FAILING: Final = 3  # rows that show it, to each that does not
_MANY: Final = 5  # … that no slip of the pen explains
_MOSTLY: Final = 0.6  # of the rates have decimals
_FARTHEST: Final = 6  # power of ten between units
_PER_CENT: Final = 2  # power of ten of a share, which other checks hold
_HALF: Final = Decimal("0.5")


def check_rates(grid: Grid, known: Sequence[Finding]) -> Iterator[Finding]:
    """The rows in which a rate is not that of its two columns, or one of these not what the rate asks for.

    Args:
        grid: the table.
        known: what other checks of its sums found.
    """
    columns = [column for column in grid.columns if not grid.is_share_column(column) and not grid.is_signed(column)]
    if not _FEWEST <= len(columns) <= _MOST or grid.is_worn:
        return
    failing = {(entry.start, entry.end) for one in known if one.verdict.is_wrong for entry in one.evidence}
    for rate in columns:
        if not _has_decimals(grid, rate):
            continue
        others = [column for column in columns if column != rate]
        best = max((_rows(grid, (rate, *pair)) for pair in permutations(others, 2)), key=_holding, default=[])
        wrong = [one for one in best if one.verdict.is_wrong]
        if _holding(best) >= max(_FEWEST, _FAILING * len(wrong)):
            many = _holding(best) >= _MANY * len(wrong)
            told = (_of_slip(grid, one, failing, many=many) for one in best)
            yield from read_rightly(grid, (one for one in told if one is not None))


def _has_decimals(grid: Grid, column: int) -> bool:
    values = [value for row in grid.rows if (value := grid.value(row, column)) is not None]
    return sum(printed_decimals(value) > 0 for value in values) > _MOSTLY * len(values)


def _holding(made: Sequence[Finding]) -> int:
    return sum(not one.verdict.is_wrong for one in made)


def _rows(grid: Grid, columns: tuple[int, int, int]) -> list[Finding]:
    """The rate of each row, in the power of ten that the first rows show; none where it is not one rate."""
    rows = []
    for row in grid.rows:
        terms = [grid.term(row, column, grid.head(column)) for column in columns]
        told = [term for term in terms if term is not None and term.value > 0]
        if len(told) == len(columns) and (told[0].decimals or not told[0].scanned):
            rows.append((row, told))
    factors = sorted(one.value * below.value / top.value for _, (one, top, below) in rows)
    if len(factors) < _FEWEST:
        return []
    power = int(nearest(factors[len(factors) // 2].log10(), 0))
    if abs(power) > _FARTHEST or power == _PER_CENT:
        return []
    made = (_of_row(grid.label(row), told, power) for row, told in rows)
    return [one for one in made if one is not None]


def _of_row(label: str, told: Sequence[Term], power: int) -> Finding | None:
    rate, top, below = told
    said = f"{label}: {per(power).written([top.value, below.value])} = {vn(rate.value)}"
    made = recompute(CheckKind.RATIO, said, per(power), [top, below], rate)
    if made is None or made.verdict is not CheckVerdict.DIFFERS:
        return made
    right = Decimal(made.computed or 0)
    slack = right * sum(_HALF.scaleb(-term.decimals) / term.value for term in (top, below))
    rounded = abs(rate.value - right) <= slack + _HALF.scaleb(-rate.decimals)
    return replace(made, verdict=CheckVerdict.AGREES) if rounded else made


def _of_slip(grid: Grid, made: Finding, failing: set[tuple[int, int]], *, many: bool) -> Finding | None:
    """A rate that fails, told of one of its columns where a slip in that alone explains it and no sum of it fails.

    None where no slip explains it and not `many` other rows hold.
    """
    if made.verdict is not CheckVerdict.DIFFERS or made.computed is None:
        return made
    rate, *cells = (grid.cell_at((entry.start, entry.end)) for entry in made.evidence)
    printed = [grid.value(*cell) for cell in (rate, *cells) if cell is not None]
    values = [value for value in printed if value is not None]
    if len(values) != len(made.evidence) or any((entry.start, entry.end) in failing for entry in made.evidence):
        return made
    told, top, below = values
    if is_slip(told, nearest(Decimal(made.computed), printed_decimals(told))):
        return made
    half = _HALF.scaleb(-printed_decimals(told))
    factor = top / below / Decimal(made.computed)
    ranges = [
        (1, top, (told - half) * below * factor, (told + half) * below * factor),
        (2, below, top / (told + half) / factor, top / max(told - half, half) / factor),
    ]
    slips = [(at, value, low, high) for at, value, low, high in ranges if has_slip_within(value, low, high)]
    if len(slips) != 1:
        return made if slips or many else None
    at, value, low, high = slips[0]
    right = nearest((low + high) / 2, printed_decimals(value))
    proof = made.evidence
    return replace(
        made,
        reported=plain(value),
        computed=plain(right),
        inputs=(("tỷ lệ", plain(told)), made.inputs[2 - at]),
        note=f"{made.note}; khớp nếu {vn(value)} là khoảng {vn(right)}",
        evidence=(proof[at], proof[0], proof[3 - at]),
    )
