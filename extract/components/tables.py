"""Tables: from the ruled grids of a page, else rebuilt from lines of text; cells as printed."""

from __future__ import annotations

from bisect import bisect_right

from extract.components.flat_tables import read_flat
from extract.components.found import Found, Located
from extract.components.grid_tables import GridSheet, covers, read_grids
from extract.components.sheets import make_table
from extract.components.table_titles import title_before
from extract.records import Flow, Reading, Role, Table


def find_tables(reading: Reading, found: Found) -> tuple[Located[Table], ...]:
    """The tables of a letter, in reading order."""
    flow = reading.flow
    sheets = sorted(read_grids(reading), key=lambda sheet: sheet.start)
    places = _Places(flow)
    tables = [_from_grid(reading, sheet, places) for sheet in sheets]
    free = [
        index
        for index, block in enumerate(flow.blocks)
        if block.role is Role.TABLE
        and block.pieces
        and not covers(sheets, block.pieces[0].text, block.pieces[-1].text + block.pieces[-1].length)
    ]
    for flat in read_flat(reading, free):
        title = title_before(flow.blocks, flat.first)
        table = make_table(reading, "tables.lines", title, flat.columns, flat.rows)
        tables.append(Located(flat.start, flat.end, table))
    return tuple(sorted(tables, key=lambda item: (item.start, item.end)))


def _from_grid(reading: Reading, sheet: GridSheet, places: _Places) -> Located[Table]:
    first = places.block(sheet.start)
    title = title_before(reading.flow.blocks, first) if first is not None else None
    table = make_table(reading, "tables.grid", title, sheet.columns, sheet.rows)
    start = places.flow(sheet.start)
    return Located(start, max(places.flow(sheet.end - 1) + 1, start), table)


class _Places:
    """Finds offsets of the repaired text in the flow."""

    def __init__(self, flow: Flow) -> None:
        self._pieces = sorted(
            (piece.text, piece.length, piece.flow, index)
            for index, block in enumerate(flow.blocks)
            for piece in block.pieces
        )
        self._starts = [piece[0] for piece in self._pieces]

    def block(self, offset: int) -> int | None:
        """Index of the block that holds an offset of the repaired text."""
        at = bisect_right(self._starts, offset) - 1
        return self._pieces[at][3] if at >= 0 else None

    def flow(self, offset: int) -> int:
        """The flow offset of an offset of the repaired text, or the nearest before it."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return 0
        text, length, flow, _ = self._pieces[at]
        return flow + min(offset - text, length)
