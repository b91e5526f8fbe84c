"""Rows of a table with the rows numbered below them: 1.1, 1.2 under 1."""

from __future__ import annotations

from collections.abc import Iterator

from extract.checks.tables.grids import Grid


def families(grid: Grid) -> Iterator[tuple[int, list[int]]]:
    """Rows with the rows numbered directly below them, in order; numbers that start anew start new families."""
    coded = [(row, code) for row in grid.rows if (code := grid.code(row)) is not None]
    for position, (row, code) in enumerate(coded):
        children: list[int] = []
        for later, below in map(coded.__getitem__, range(position + 1, len(coded))):
            if below[: len(code)] != code or below == code:
                break
            if len(below) == len(code) + 1:
                if below[-1] != len(children) + 1:
                    children = []
                    break
                children.append(later)
        if len(children) >= 2:
            yield row, children
