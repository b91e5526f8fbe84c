"""Rows of a table that sum up others: total rows, and rows with those numbered below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SUM, vn
from extract.checks.figures.slips import is_explained, is_slip
from extract.checks.figures.terms import Term, recompute
from extract.checks.tables.cells import is_unread_sum
from extract.checks.tables.families import outline_of
from extract.checks.tables.grids import Grid
from extract.checks.tables.structure import CONFIRMED, confirmed
from extract.records import CheckKind, CheckVerdict, Finding

_ENOUGH: Final = 3  # rows of a total that is one digit off
_FAR: Final = Decimal("0.5")  # of the larger, which a total is off by at most
_DIGITS: Final = 2  # of a total that is not one digit off another by chance
_FEWEST: Final = 2  # rows that make a total


def check_totals(grid: Grid) -> Iterator[Finding]:
    """Each column of total rows, and of rows that others stand below."""
    columns = [column for column in grid.columns if not grid.is_share_column(column)]
    yield from _of_totals(grid, columns)
    yield from _of_families(grid, columns)


def _of_totals(grid: Grid, columns: Sequence[int]) -> Iterator[Finding]:
    """Each total row against the rows it sums; which these are, the sums show."""
    for total in (row for row in grid.rows if grid.is_total(row) and not grid.is_share_row(row)):
        beside: list[Finding] = []
        told: list[list[Finding]] = []
        for parts, near in _may_make(grid, total):
            made = _sums(grid, total, parts, columns)
            if near and (not beside or agreeing(made) > agreeing(beside)):
                beside = made
            if agreeing(made) and _is_sure(made):
                told.append(made)
        if told:
            yield from (one for made in told for one in made)
        else:
            yield from confirmed(beside, alone=len(columns) == 1 and all(map(_thinkable, beside)))


def _may_make(grid: Grid, total: int) -> Iterator[tuple[list[int], bool]]:
    """The rows that a total may sum up, and whether these are the ones to expect.

    Those are the rows up to the next total, below it where a total is the first row, else above it. Others are the rows
    on its other side, all before it, or the totals before it.

    Rows that stand below others are details of these: either their upper rows count, or they do. Rows without a number
    are details, or rows whose number was not read.
    """
    rows = [row for row in grid.rows if not grid.is_share_row(row)]
    totals = [row for row in rows if grid.is_total(row)]
    before = [row for row in totals if row < total]
    above = [row for row in rows if (before[-1] if before else -1) < row < total]
    after = min((row for row in totals if row > total), default=len(grid.table.rows))
    below = [row for row in rows if total < row < after]
    body = [row for row in rows if row < total and row not in totals]
    outline = outline_of(grid)
    seen: list[list[int]] = []
    near = below if rows[0] in totals else above
    for some in (near, above, below, body, before):
        for parts in (_numbered(grid, some), outline.top(some), outline.leaves(some), some):
            if len(parts) >= _FEWEST and parts not in seen:
                seen.append(parts)
                yield parts, some is near


def _numbered(grid: Grid, rows: Sequence[int]) -> list[int]:
    """The rows that are no details of others by their numbers; all where none is numbered."""
    codes = {row: code for row in rows if (code := grid.code(row)) is not None}
    depth = min(map(len, codes.values()), default=0)
    return [row for row in rows if not codes or len(codes.get(row, ())) == depth]


def _of_families(grid: Grid, columns: Sequence[int]) -> Iterator[Finding]:
    """Rows with others below them (1.1, 1.2 under 1): each column of the upper one is their sum.

    One family shows it, or all of the table whose rows have such marks; a slip of the pen must then explain each that
    does not add up.
    """
    by_kind: dict[str, list[list[Finding]]] = {}
    for parent, children in outline_of(grid).families:
        mark = grid.mark(children[0])
        made = _sums(grid, parent, children, columns)
        by_kind.setdefault(mark.kind if mark is not None else "", []).append(made)
    for families in by_kind.values():
        every = [one for made in families for one in made]
        pooled = agreeing(every) >= _FEWEST and agreeing(every) >= CONFIRMED * len(every)
        for made in families:
            slips = all(_is_one_slip(one) for one in made if one.verdict is CheckVerdict.DIFFERS)
            if _is_sure(made) or (pooled and slips):
                yield from made
            else:
                yield from (one for one in made if one.verdict is CheckVerdict.AGREES)


def _sums(grid: Grid, total: int, parts: Sequence[int], columns: Sequence[int]) -> list[Finding]:
    return [one for column in columns if (one := _of_column(grid, total, parts, column)) is not None]


def _of_column(grid: Grid, total: int, parts: Sequence[int], column: int) -> Finding | None:
    terms = terms_of(grid, [(row, column) for row in parts])
    reported = grid.term(total, column, "tổng")
    if terms is None or reported is None or not grid.alike([total, *parts]):
        return None
    made = recompute(CheckKind.COLUMN_SUM, f"Cột {grid.head(column)}: {sum_of(terms, reported)}", SUM, terms, reported)
    if made is not None and made.verdict is CheckVerdict.DIFFERS and _is_mean(reported, terms):
        made = made if _is_one_slip(made) else None
    return None if is_unread_sum(grid, made, [(total, column), *((row, column) for row in parts)]) else made


def _is_sure(made: Sequence[Finding]) -> bool:
    """Whether a row shows by itself what it sums up.

    Most of its columns add up; or half do, and a slip of the pen is all that keeps each other from it.
    """
    wrong = [one for one in made if one.verdict is CheckVerdict.DIFFERS]
    fits = len(made) - len(wrong)
    if fits >= _FEWEST and fits >= CONFIRMED * len(made):
        return True
    return 0 < len(made) >= 2 * len(wrong) and all(len(one.inputs) >= _ENOUGH and _is_one_slip(one) for one in wrong)


def _is_one_slip(made: Finding) -> bool:
    """Whether a slip of the pen in its total or one of its rows explains a sum; totals of one digit fit by chance."""
    total = Decimal(made.reported or 0)
    parts = [Decimal(value) for _, value in made.inputs]
    return len((made.computed or "").replace(".", "")) >= _DIGITS and is_explained(total, parts)


def _thinkable(made: Finding) -> bool:
    """Whether a total that does not hold still looks like that of its rows: a slip, or not far off."""
    reported, computed = Decimal(made.reported or 0), Decimal(made.computed or 0)
    return is_slip(reported, computed) or abs(reported - computed) <= _FAR * max(reported, computed)


def _is_mean(reported: Term, terms: Sequence[Term]) -> bool:
    """Whether the figure of a total row lies among those above it, as that of all lies among scores or shares."""
    values = [term.value for term in terms]
    return min(values) <= reported.value <= max(values)


def agreeing(made: Sequence[Finding]) -> int:
    """How many comparisons hold."""
    return sum(one.verdict is CheckVerdict.AGREES for one in made)


def terms_of(grid: Grid, cells: Sequence[tuple[int, int]]) -> list[Term] | None:
    """The figures of cells, empty ones as zero; None where one holds something else, or none a figure."""
    terms = []
    for row, column in cells:
        term = grid.term(row, column, f"{row + 1}.{column + 1}")
        if term is None and grid.is_blank(row, column):
            term = Term(f"{row + 1}.{column + 1}", Decimal(0))
        if term is None:
            return None
        terms.append(term)
    return terms if any(term.proof or term.value for term in terms) else None


def sum_of(terms: Sequence[Term], reported: Term) -> str:
    """A sum as a report tells it: "40 + 30 = 71"."""
    return f"{' + '.join(vn(term.value) for term in terms)} = {vn(reported.value)}"
