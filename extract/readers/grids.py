"""Ruled tables: cells by their borders, filled with the words whose centres lie inside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.records import Box, Cell, Grid, Line, Word, WordRef

_SAME_EDGE = 3.0  # points
_LEAST_CELLS = 4
_CUT_SHARE = 0.25  # of the width of a word, outside the cell that holds its centre
_MOST_CUT = 0.15  # of the syllables of a table
_SYLLABLE = 8  # letters of "nghiêng" and a sign


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell of a ruled table, in the table's own upright frame."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table on a page: points of the page, turned by `skew` degrees about `pivot` into its upright frame.

    `skew` is how far the rules fall to the right, in degrees clockwise.
    """

    rows: int
    columns: int
    cells: tuple[RuledCell, ...]
    skew: float = 0.0
    pivot: tuple[float, float] = (0.0, 0.0)
    frame: Box = field(init=False, compare=False)

    def __post_init__(self) -> None:
        frame = self.cells[0].box
        for cell in self.cells[1:]:
            frame = frame.union(cell.box)
        object.__setattr__(self, "frame", frame)

    def cell_of(self, word: Word) -> RuledCell | None:
        """The cell in which the centre of a word lies."""
        if word.box is None:
            return None
        x, y = _turned((word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2, self.pivot, -self.skew)
        if not _holds(self.frame, x, y):
            return None
        return next((cell for cell in self.cells if _holds(cell.box, x, y)), None)

    def cuts(self, word: Word) -> bool:
        """Whether a word reaches over the side of its cell: two cells read as one word, or no cell at all."""
        cell = self.cell_of(word)
        if cell is None or word.box is None:
            return False
        box = turned(word.box, self.pivot, -self.skew)
        return max(cell.box.x0 - box.x0, box.x1 - cell.box.x1) > _CUT_SHARE * box.width

    def on_page(self, box: Box) -> Box:
        """The upright box, on the page, that holds a box of the table's frame."""
        corners = [
            _turned(x, y, self.pivot, self.skew)
            for x, y in ((box.x0, box.y0), (box.x1, box.y0), (box.x0, box.y1), (box.x1, box.y1))
        ]
        across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
        return Box(min(across), min(down), max(across), max(down))

    def scaled(self, share: float) -> Ruled:
        """The table in a unit of which `share` make one of the present unit."""
        cells = tuple(
            replace(cell, box=Box(*(side * share for side in (cell.box.x0, cell.box.y0, cell.box.x1, cell.box.y1))))
            for cell in self.cells
        )
        return Ruled(self.rows, self.columns, cells, self.skew, (self.pivot[0] * share, self.pivot[1] * share))


def ruled_of_boxes(boxes: Iterable[Box], skew: float = 0.0, pivot: tuple[float, float] = (0.0, 0.0)) -> Ruled | None:
    """A table from the boxes of its cells; None for a mere frame or a single row or column."""
    kept = [box for box in boxes if box.width > _SAME_EDGE and box.height > _SAME_EDGE]
    across = _edges([side for box in kept for side in (box.x0, box.x1)])
    down = _edges([side for box in kept for side in (box.y0, box.y1)])
    if len(kept) < _LEAST_CELLS or len(across) < 3 or len(down) < 3:
        return None
    cells = []
    for box in kept:
        row, column = _nearest(down, box.y0), _nearest(across, box.x0)
        cells.append(
            RuledCell(row, column, max(1, _nearest(down, box.y1) - row), max(1, _nearest(across, box.x1) - column), box)
        )
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Ruled(len(down) - 1, len(across) - 1, tuple(cells), skew, pivot)


def is_table(table: Ruled, words: Iterable[Word]) -> bool:
    """Whether words fill the cells of a grid: they stand in several rows and columns and end before the rules.

    Frames of stamps and streaks over prose cut words, or hold them in one cell.

    Args:
        table: the borders.
        words: of the page, boxes in the unit of the table.
    """
    rows: set[int] = set()
    columns: set[int] = set()
    held = cut = 0
    for word in words:
        cell = table.cell_of(word)
        if cell is None or word.box is None:
            continue
        rows.add(cell.row)
        columns.add(cell.column)
        if is_syllable_long(word):
            held += 1
            cut += table.cuts(word)
    return len(rows) > 1 and len(columns) > 1 and cut <= _MOST_CUT * held


def is_syllable_long(word: Word) -> bool:
    """Whether a word may be one syllable: engines run figures of neighbouring cells together, hardly ever syllables."""
    return len(word.text) <= _SYLLABLE and sum(map(str.isalpha, word.text)) > len(word.text) / 2


def turned(box: Box, pivot: tuple[float, float], degrees: float) -> Box:
    """A box whose centre is turned clockwise about `pivot`; its size stays."""
    x, y = _turned((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, pivot, degrees)
    return Box(x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2)


def _turned(x: float, y: float, pivot: tuple[float, float], degrees: float) -> tuple[float, float]:
    if not degrees:
        return x, y
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    dx, dy = x - pivot[0], y - pivot[1]
    return pivot[0] + dx * cosine - dy * sine, pivot[1] + dx * sine + dy * cosine


def fill(table: Ruled, lines: Sequence[Line], first_line: int) -> tuple[tuple[Line, ...], Grid]:
    """The rows of a table as lines, cell by cell, and its grid.

    Args:
        table: the borders.
        lines: pieces of text inside the table, in reading order within each cell.
        first_line: index on the page that the first row gets.

    Returns:
        A line for each row that has words; references count from `first_line`.
    """
    contents: dict[RuledCell, list[Word]] = {cell: [] for cell in table.cells}
    for line in lines:
        for word in line.words:
            cell = table.cell_of(word)
            if cell is not None:
                contents[cell].append(word)
    rows: list[Line] = []
    cells: list[Cell] = []
    for row in range(table.rows):
        words: list[Word] = []
        for cell in (cell for cell in table.cells if cell.row == row):
            held = contents[cell]
            references = tuple(WordRef(first_line + len(rows), len(words) + index) for index in range(len(held)))
            words.extend(held)
            cells.append(Cell(row, cell.column, table.on_page(cell.box), references, cell.row_span, cell.column_span))
        if words:
            rows.append(Line(" ".join(word.text for word in words), tuple(words), _around(words)))
    return tuple(rows), Grid(table.on_page(table.frame), table.rows, table.columns, tuple(cells))


def _around(words: Sequence[Word]) -> Box | None:
    box = None
    for word in words:
        if word.box is not None:
            box = word.box if box is None else box.union(word.box)
    return box


def _edges(sides: Iterable[float]) -> list[float]:
    """Positions with near ones made one (their mean)."""
    groups: list[list[float]] = []
    for side in sorted(sides):
        if groups and side - groups[-1][-1] <= _SAME_EDGE:
            groups[-1].append(side)
        else:
            groups.append([side])
    return [sum(group) / len(group) for group in groups]


def _nearest(edges: Sequence[float], side: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - side))


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x < box.x1 and box.y0 <= y < box.y1
