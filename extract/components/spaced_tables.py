"""Tables whose columns stand apart by blanks, read from lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from extract.components.sheets import CellText, Row
from extract.layout.spaced import spaced_tables
from extract.records import Block, Reading

_FAR = 200  # characters that a line is indented at most
_MOST = 0.7  # share of the lines that the table accounts for


def read_spaced(reading: Reading, region: Sequence[int]) -> tuple[tuple[str, ...], tuple[Row, ...]] | None:
    """Names of the columns and the rows of table lines (blocks by index); None where no blanks part columns."""
    blocks = [reading.flow.blocks[index] for index in region]
    lines = [_printed(reading, block) for block in blocks]
    table = next(spaced_tables(lines, [_has_room(reading, block) for block in blocks]), None)
    if table is None or table.last - table.first + 1 < _MOST * len(lines):
        return None
    columns = tuple(" - ".join(_name(lines, part) for part in name) for name in table.names)
    rows = tuple(
        tuple(_cell(reading, region, lines, cells) for cells in row.cells) for row in table.rows if any(row.cells)
    )
    return columns, rows


def _printed(reading: Reading, block: Block) -> str:
    """A line with the blanks it begins with."""
    if not block.pieces:
        return block.text
    start = block.pieces[0].text
    return " " * (start - reading.repaired.text.rfind("\n", 0, start) - 1) + block.text


def _has_room(reading: Reading, block: Block) -> bool:
    """Whether a blank line stands above a line."""
    start = block.pieces[0].text if block.pieces else 0
    return reading.repaired.text[max(start - _FAR, 0) : start].rstrip(" ").endswith("\n\n")


def _name(lines: Sequence[str], cells: Sequence[tuple[int, int, int]]) -> str:
    return " ".join(" ".join(lines[line][low:high].split()) for line, low, high in cells)


def _cell(
    reading: Reading, region: Sequence[int], lines: Sequence[str], cells: Sequence[tuple[int, int, int]]
) -> CellText | None:
    if not cells:
        return None
    spans: list[tuple[int, int]] = []
    for line, low, high in cells:
        block = reading.flow.blocks[region[line]]
        shift = block.start - (len(lines[line]) - len(block.text))
        spans += reading.flow.to_text(low + shift, high + shift)
    text = _name(lines, cells)
    bare = text.strip(" .")
    return CellText(bare if bare.isdecimal() else text, tuple(spans))
