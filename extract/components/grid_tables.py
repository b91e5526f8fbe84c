"""Tables of ruled grids: cells hold references to words, whose repaired text is read here."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.components.sheets import CellText, Row, header_rows
from extract.records import Cell, Grid, Page, Reading

_RULES = " |_[]"  # what an engine makes of the lines of the grid


@dataclass(frozen=True, slots=True)
class GridSheet:
    """A grid read: column names, data rows, and the span of the repaired text it covers."""

    page: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    end: int


def read_grids(reading: Reading) -> Iterator[GridSheet]:
    """The grids of a letter; one that goes on from the page before without column names is part of that table."""
    words = _Words(reading)
    before: GridSheet | None = None
    for page, first_line in _pages(reading):
        for grid in page.grids:
            sheet = _read(page, first_line, grid, words)
            if sheet is None:
                continue
            if before is not None and not any(sheet.columns) and len(sheet.columns) == len(before.columns):
                before = GridSheet(before.page, before.columns, (*before.rows, *sheet.rows), before.start, sheet.end)
                continue
            if before is not None:
                yield before
            before = sheet
    if before is not None:
        yield before


def _pages(reading: Reading) -> Iterator[tuple[Page, int]]:
    first = 0
    for page in reading.letter.pages:
        yield page, first
        first += len(page.lines)


def _read(page: Page, first_line: int, grid: Grid, words: _Words) -> GridSheet | None:
    """One grid; None where it is a frame around text rather than a table."""
    if grid.columns < 2 or grid.rows < 2:
        return None
    rows: list[list[CellText | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    spans: dict[tuple[int, int], Cell] = {}
    for cell in grid.cells:
        if cell.row < grid.rows and cell.column < grid.columns:
            rows[cell.row][cell.column] = words.of(page, first_line, cell)
            spans[cell.row, cell.column] = cell
    offsets = [span for row in rows for cell_text in row if cell_text is not None for span in cell_text.spans]
    if not offsets:
        return None
    names, data = header_rows(rows)
    columns = tuple(_name(rows, spans, column, names) for column in range(grid.columns))
    kept = tuple(tuple(row) for row in rows[data:] if any(cell is not None and cell.text for cell in row))
    return GridSheet(page.number, columns, kept, min(low for low, _ in offsets), max(high for _, high in offsets))


def _name(rows: Sequence[Row], spans: dict[tuple[int, int], Cell], column: int, names: int) -> str:
    """The name of a column: the header cells above it from top to bottom, merged ones too."""
    parts: list[str] = []
    for row in range(names):
        for at in range(column, -1, -1):
            cell = spans.get((row, at))
            if cell is None:
                continue
            text = rows[row][at]
            if at + cell.column_span > column and text is not None and text.text and text.text not in parts:
                parts.append(text.text)
            break
    return " - ".join(parts)


class _Words:
    """The repaired text of words."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._starts = [0]
        for line in reading.letter.lines:
            self._starts.append(self._starts[-1] + len(line.text) + 1)

    def of(self, page: Page, first_line: int, cell: Cell) -> CellText:
        """The words of a cell in order, repaired, joined by blanks."""
        spans: list[tuple[int, int]] = []
        for ref in cell.words:
            line = page.lines[ref.line]
            start = self._starts[first_line + ref.line] + sum(len(word.text) + 1 for word in line.words[: ref.word])
            span = self._reading.repaired.to_text(start, start + len(line.words[ref.word].text))
            if not spans or span[0] >= spans[-1][1]:
                spans.append(span)
            elif span[1] > spans[-1][1]:
                spans[-1] = (spans[-1][0], span[1])
        text = " ".join(self._reading.repaired.text[low:high] for low, high in spans)
        return CellText(" ".join(text.split()).strip(_RULES), tuple(spans))


def covers(sheets: Sequence[GridSheet], start: int, end: int) -> bool:
    """Whether a span of the repaired text lies in one of the sheets (sorted by place)."""
    index = bisect_left([sheet.start for sheet in sheets], end) - 1
    return index >= 0 and sheets[index].end > start
