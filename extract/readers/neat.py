"""Numbers of a page in hundredths of a point and of a percent: exact enough, and the same in every dump."""

from __future__ import annotations

from dataclasses import replace

from extract.records import Box, Cell, Grid, Layer, Line, Page, Word

_BOX_DECIMALS = 2
_CONFIDENCE_DECIMALS = 4


def neat(page: Page) -> Page:
    """The page with all its boxes and confidences rounded."""
    return replace(
        page,
        width=_round(page.width),
        height=_round(page.height),
        lines=tuple(map(_line, page.lines)),
        grids=tuple(map(_grid, page.grids)),
        other_layers=tuple(Layer(layer.source, tuple(map(_line, layer.lines))) for layer in page.other_layers),
    )


def _line(line: Line) -> Line:
    return Line(line.text, tuple(map(_word, line.words)), _box(line.box), line.column)


def _word(word: Word) -> Word:
    confidence = None if word.confidence is None else round(word.confidence, _CONFIDENCE_DECIMALS)
    return Word(word.text, _box(word.box), confidence)


def _grid(grid: Grid) -> Grid:
    return Grid(_box(grid.box), grid.rows, grid.columns, tuple(map(_cell, grid.cells)))


def _cell(cell: Cell) -> Cell:
    return replace(cell, box=_box(cell.box))


def _box(box: Box | None) -> Box | None:
    return None if box is None else _known(box)


def _known(box: Box) -> Box:
    return Box(*(round(side, _BOX_DECIMALS) for side in (box.x0, box.y0, box.x1, box.y1)))


def _round(side: float | None) -> float | None:
    return None if side is None else round(side, _BOX_DECIMALS)
