"""Rows of a table with the rows below them that they are made of, as their marks tell: A, I, 1, 1.1, a), - or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from extract.checks.figures.same import Same
from extract.checks.tables.grids import Grid

_FEWEST: Final = 2  # rows below one


@dataclass(frozen=True, slots=True)
class Outline:
    """The rows of a table that are no totals: `parents`, each row's upper one; `families`, rows with those below."""

    parents: dict[int, int | None]
    families: tuple[tuple[int, tuple[int, ...]], ...]

    def top(self, rows: Sequence[int]) -> list[int]:
        """Those of some rows that stand below no other of them."""
        chosen = set(rows)
        return [row for row in rows if self.parents.get(row) not in chosen]

    def leaves(self, rows: Sequence[int]) -> list[int]:
        """Those of some rows that have none below."""
        above = set(self.parents.values())
        return [row for row in rows if row not in above]


def outline_of(grid: Grid) -> Outline:
    """How the rows of a table stand below each other.

    Marks of one kind stand on one level: a kind that is new stands below the row before it, one seen before ends what
    stands below it. Rows whose marks do not count up are no family: one of them was not read.
    """
    return _outline(Same(grid))


@lru_cache(maxsize=8)
def _outline(same: Same[Grid]) -> Outline:
    grid = same.one
    parents: dict[int, int | None] = {}
    open_rows: list[tuple[str, int]] = []
    for row in grid.rows:
        if grid.is_total(row):
            open_rows = []
        if grid.is_total(row) or all(grid.value(row, column) is None for column in grid.columns):
            continue
        mark = grid.mark(row)
        kind = mark.kind if mark is not None else ""
        del open_rows[next((at for at, (known, _) in enumerate(open_rows) if known == kind), len(open_rows)) :]
        parents[row] = open_rows[-1][1] if open_rows else None
        open_rows.append((kind, row))
    below: dict[int, list[int]] = {}
    for row, parent in parents.items():
        if parent is not None:
            below.setdefault(parent, []).append(row)
    for parent, rows in below.items():
        if len(rows) < _FEWEST:  # one whose mark was not read, more likely
            parents.update(dict.fromkeys(rows, parents[parent]))
    told = ((row, tuple(rows)) for row, rows in below.items() if len(rows) >= _FEWEST and _counts_up(grid, rows))
    return Outline(parents, tuple(told))


def _counts_up(grid: Grid, rows: Sequence[int]) -> bool:
    numbers = [mark.numbers for row in rows if (mark := grid.mark(row)) is not None and mark.numbers]
    return all(one[:-1] == after[:-1] and after[-1] == one[-1] + 1 for one, after in pairwise(numbers))
