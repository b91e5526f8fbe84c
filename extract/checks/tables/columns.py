"""Columns of a table that add up in each row: "Được giao, Có mặt, Chưa sử dụng", "Tổng số (3)=(1)+(2)".

No head needs to say so: the rows show which columns make which. What most rows show, with figures too long to fit by
chance, the others are held against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Final

from extract.checks.figures.arithmetic import DIFFERENCE, SUM, vn
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, recompute
from extract.checks.tables.cells import is_rounded_mean, is_unread_sum
from extract.checks.tables.grids import Grid
from extract.records import CheckKind, Finding

_MOST: Final = 14  # columns of figures in which relations are looked for
_MOST_ROWS: Final = 400
_SAFE: Final = 6  # digits of the figures that add up, all rows together, that no chance makes fit
_FEWEST: Final = 2  # rows that add up
_PAIR: Final = 2  # parts that show something
_FAILING: Final = 3  # rows that add up, to each that does not
_NAMED: Final = 2  # … where heads name a total or a rest
_WILD: Final = 5  # … that no slip of the pen explains
_WHOLE: Final = 10  # rows that add up, to each whose parts fall short, where all parts are printed
_SMALL: Final = 10  # what may be of a kind that is not printed
_WINDOW: Final = 4  # columns of what there was, what came and went, and what there is
_TOTAL: Final = re.compile(r"^(?:tong|cong)\b")
_FORMULA: Final = re.compile(r"\(?\d{1,2}\)?\s?=\s?\(?\d{1,2}\)?\s?[+-]")
_REST: Final = re.compile(r"\b(?:chua|con|ton|thieu|chenh lech|tang|giam|du|qua han|khong|cham|tre)\b")


@dataclass(frozen=True, slots=True)
class Relation:
    """A column that others make: `parts` add up to `whole`, those of `taken` below zero.

    `rest` is the part that follows from the others, if one.
    """

    whole: int
    parts: tuple[int, ...]
    taken: tuple[int, ...] = ()
    rest: int | None = None

    def signed(self, column: int, value: Decimal) -> Decimal:
        """The figure of a part as it goes into the sum."""
        return -value if column in self.taken else value


@dataclass(frozen=True, slots=True)
class _Told:
    """What a table says of a relation: its heads `named` it, maybe by a `formula`; `totals` are rows of totals."""

    named: bool
    formula: bool
    totals: frozenset[int]


def check_columns(grid: Grid, known: Sequence[Finding]) -> Iterator[Finding]:
    """The rows in which columns that make each other elsewhere do not, where no finding `known` tells of the row.

    Args:
        grid: the table.
        known: what other checks of its sums found.
    """
    told = {(one.evidence[0].line, *sorted(value for _, value in one.inputs)) for one in known if one.evidence}
    for relation in relations(grid):
        for row in _rows(grid):
            made = _of_row(grid, row, relation)
            if made is not None and made.evidence:
                key = (made.evidence[0].line, *sorted(value for _, value in made.inputs))
                if key not in told:
                    yield made


def relations(grid: Grid) -> tuple[Relation, ...]:
    """The relations that the rows of a table show, those that hold in most rows first."""
    columns = [column for column in grid.columns if not grid.is_share_column(column) and not grid.is_signed(column)]
    if not _FEWEST < len(columns) <= _MOST or len(grid.rows) > _MOST_ROWS:
        return ()
    rows = _rows(grid)
    totals = frozenset(at for at, row in enumerate(rows) if grid.is_total(row))
    figures = [[_figure(grid, row, column) for column in columns] for row in rows]
    shown: list[tuple[int, Relation]] = []
    for whole, parts, taken in _ways(len(columns)):
        added, away = (tuple(columns[at] for at in ats) for ats in (parts, taken))
        relation = _of_heads(grid, Relation(columns[whole], added, away))
        head = grid.folded_head(relation.whole)
        formula = _FORMULA.search(head) is not None
        told = _Told(formula or relation.rest is not None or _TOTAL.search(head) is not None, formula, totals)
        if held := _held(figures, Relation(whole, parts, taken), told):
            shown.append((held, relation))
    shown.sort(key=lambda pair: (-pair[0], len(pair[1].parts)))
    return tuple(relation for _, relation in shown)


def _rows(grid: Grid) -> list[int]:
    return [row for row in grid.rows if not grid.is_share_row(row) and not grid.is_shifted(row)]


def _ways(width: int) -> Iterator[tuple[int, tuple[int, ...], tuple[int, ...]]]:
    """A column and the two that may make it; the three and more that stand next to it; what came and went between."""
    for parts in combinations(range(width), 2):
        for whole in range(width):
            if whole not in parts:
                yield whole, parts, ()
    for whole in range(width):
        for size in range(3, width):
            if whole + size < width:
                yield whole, tuple(range(whole + 1, whole + 1 + size)), ()
            if whole - size >= 0:
                yield whole, tuple(range(whole - size, whole)), ()
    for first in range(width - _WINDOW + 1):
        one, *others, last = range(first, first + _WINDOW)
        for taken in others:
            yield last, (one, *others), (taken,)
        for taken in (last, others[1]):
            yield one, (*others, last), (taken,)


def _figure(grid: Grid, row: int, column: int) -> Decimal | None:
    """A figure that shows how columns are made; an empty cell is zero, a mark misread in one leaves it open."""
    value = None if grid.is_torn(row, column) else grid.value(row, column)
    return Decimal(0) if value is None and grid.is_blank(row, column) and not grid.is_lost(row, column) else value


def _held(figures: Sequence[Sequence[Decimal | None]], relation: Relation, told: _Told) -> int:
    """How many rows add up, where they show that the columns are made so; else 0.

    A row with one part alone shows nothing. Those that fail must be few, fewer where no head says that a column is made
    of others, and fewest where no slip of the pen explains them. Where parts fall short of their whole, more may belong
    to it than is printed: not where a total row or many rows add up, or a formula in the head says what belongs to it.
    """
    right, digits, complete = 0, 0, told.formula or bool(relation.taken)
    failing: list[tuple[Sequence[Decimal | None], Decimal, list[Decimal], Decimal]] = []
    for at, row in enumerate(figures):
        values = [value for part in relation.parts if (value := row[part]) is not None and value >= 0]
        total = row[relation.whole]
        if total is None or len(values) < len(relation.parts):
            continue
        filled = [relation.signed(part, value) for part, value in zip(relation.parts, values, strict=True) if value]
        gap = total - sum(filled, Decimal(0))
        if len(filled) < (len(values) if relation.taken and not gap else _PAIR):
            continue
        if not gap:
            right += not (relation.taken and at in told.totals)  # which the rows above make
            digits += len(total.as_tuple().digits)
            complete = complete or at in told.totals
        else:
            failing.append((row, total, filled, gap))
    enough = max(_FEWEST, (_NAMED if told.named else _FAILING) * len(failing))
    if right < enough or digits < _SAFE:
        return 0
    short = [gap for *_, gap in failing if gap > 0]
    if short and not (complete or right >= _WHOLE * len(short)) and (len(short) > 1 or short[0] < _SMALL):
        return 0
    wild = sum(_is_wild(row, total, filled, gap, relation) for row, total, filled, gap in failing)
    return right if right >= _WILD * wild else 0


def _is_wild(
    row: Sequence[Decimal | None], total: Decimal, filled: Sequence[Decimal], gap: Decimal, relation: Relation
) -> bool:
    """Whether a row fails by what another column has, or by what no slip of the pen makes."""
    others = {value for column, value in enumerate(row) if value and column not in relation.parts}
    return abs(gap) in others or -abs(gap) in others or not _is_a_slip(total, filled)


def _is_a_slip(total: Decimal, terms: Sequence[Decimal]) -> bool:
    """Whether a slip of the pen in one figure is all that keeps a row from adding up."""
    gap = total - sum(terms, Decimal(0))
    ways = [(total, total - gap), *((abs(term), abs(term) + (gap if term > 0 else -gap)) for term in terms)]
    return any(right > 0 and is_slip(printed, right) for printed, right in ways)


def _of_heads(grid: Grid, relation: Relation) -> Relation:
    """A relation with the part that the other leaves of the whole: its head says so, and it stands behind both."""
    whole, parts = relation.whole, relation.parts
    behind = len(parts) == 2 and parts[1] > whole and _REST.search(grid.folded_head(parts[1]))
    return replace(relation, rest=parts[1]) if behind else relation


def _of_row(grid: Grid, row: int, relation: Relation) -> Finding | None:
    cells = [(row, relation.whole), *((row, part) for part in relation.parts)]
    terms = [_term(grid, row, column) for _, column in cells]
    if any(term is None for term in terms) or sum(bool(term and term.value) for term in terms) < 2:
        return None
    whole, *parts = (term for term in terms if term is not None)
    if any(term.value < 0 for term in (whole, *parts)):
        return None  # a change, which may fall
    if relation.rest is not None and parts[1].proof:
        kept, rest = parts
        said = f"{grid.label(row)}: {vn(whole.value)} - {vn(kept.value)} = {vn(rest.value)}"
        made = recompute(CheckKind.DIFFERENCE, said, DIFFERENCE, [whole, kept], rest)
    else:
        pairs = zip(relation.parts, parts, strict=True)
        parts = [replace(part, value=relation.signed(column, part.value)) for column, part in pairs]
        said = f"{grid.label(row)}: {SUM.written([part.value for part in parts])} = {vn(whole.value)}"
        made = recompute(CheckKind.ROW_SUM, said, SUM, parts, whole)
    return None if is_unread_sum(grid, made, cells) or is_rounded_mean(grid, made, row) else made


def _term(grid: Grid, row: int, column: int) -> Term | None:
    name = f"{row + 1}.{column + 1}"
    blank = Term(name, Decimal(0)) if grid.is_blank(row, column) and not grid.is_lost(row, column) else None
    return grid.term(row, column, name) or blank
