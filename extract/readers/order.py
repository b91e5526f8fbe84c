"""Reading order by geometry: columns one after the other, tables row by row, everything else from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.readers.columns import find_bands
from extract.readers.grids import Ruled, fill
from extract.readers.runs import Run, line_of, rows_of_runs, runs_of_lines, runs_of_words
from extract.records import Grid, Line, Word


@dataclass(frozen=True, slots=True)
class Ordered:
    """The lines of a page in reading order and its tables, which refer to them."""

    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]


def order_lines(lines: Iterable[Line], width: float, tables: Sequence[Ruled] = ()) -> Ordered:
    """Lines as an engine found them, in reading order.

    Args:
        lines: their words have boxes; a page on which none has keeps its lines as they are.
        width: of the page in points.
        tables: ruled tables; each of their rows becomes one line.
    """
    kept = tuple(lines)
    if not any(word.box for line in kept for word in line.words):
        return Ordered(kept, ())
    inside = _inside([word for line in kept for word in line.words], tables)
    outside = [Line(line.text, tuple(word for word in line.words if id(word) not in inside)) for line in kept]
    within = [
        [Line("", tuple(word for word in line.words if inside.get(id(word)) == index)) for line in kept]
        for index in range(len(tables))
    ]
    return _assemble(runs_of_lines(outside), width, tables, within)


def order_words(words: Sequence[Word], width: float, tables: Sequence[Ruled] = ()) -> Ordered:
    """Words of a text layer, whatever their order, in reading order; see `order_lines`."""
    inside = _inside(words, tables)
    within: list[list[Line]] = []
    for index, table in enumerate(tables):
        pieces: list[Line] = []
        cells: dict[object, list[Word]] = {}
        for word in words:
            if inside.get(id(word)) == index:
                cells.setdefault(table.cell_of(word), []).append(word)
        for held in cells.values():
            pieces.extend(line_of(row) for row in rows_of_runs(runs_of_words(held)))
        within.append(pieces)
    return _assemble(runs_of_words(word for word in words if id(word) not in inside), width, tables, within)


def _inside(words: Iterable[Word], tables: Sequence[Ruled]) -> dict[int, int]:
    """Which table, by index, holds a word, by identity."""
    held: dict[int, int] = {}
    for word in words:
        for index, table in enumerate(tables):
            if id(word) not in held and table.cell_of(word) is not None:
                held[id(word)] = index
    return held


def _assemble(runs: Sequence[Run], width: float, tables: Sequence[Ruled], within: Sequence[Sequence[Line]]) -> Ordered:
    bands, rest = find_bands(runs, width)
    placed: list[tuple[float, list[Line] | int]] = []
    for band in bands:
        sides = ((0, band.left), (1, band.right))
        placed.append((band.top, [line_of(row, side) for side, part in sides for row in rows_of_runs(part)]))
    for row in rows_of_runs(rest):
        placed.append((min(run.box.y0 for run in row), [line_of(row)]))
    placed.extend((table.on_page(table.frame).y0, index) for index, table in enumerate(tables))
    lines: list[Line] = []
    grids: list[Grid] = []
    for _, part in sorted(placed, key=lambda pair: pair[0]):
        if isinstance(part, int):
            rows, grid = fill(tables[part], within[part], len(lines))
            lines.extend(rows)
            grids.append(grid)
        else:
            lines.extend(part)
    return Ordered(tuple(lines), tuple(grids))
