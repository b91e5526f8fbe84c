"""Ruled tables: columns under groups, wrapped cells, rows that never part over a page."""

import re
from itertools import groupby, pairwise

from corpus.typesetter.content import TableContent
from corpus.typesetter.sheet import LEFT, ROOM, Rule, Sheet
from corpus.typesetter.wrap import SetLine, set_lines

_PAD = 3.0
_NUMBER = re.compile(r"[\d.,/%+\-–\s]*")
_Band = tuple[float, float]


def _cell(text: str, band: _Band, size: float, bold: bool, italic: bool, centred: bool) -> list[SetLine]:
    left, right = band
    align = "centre" if centred or _NUMBER.fullmatch(text) else "left"
    return set_lines(text, left + _PAD, right - left - 2 * _PAD, size, align=align, bold=bold, italic=italic)


def _put(sheet: Sheet, cell: list[SetLine], top: float, height: float, size: float) -> None:
    step = size * 1.15
    y = top - (height - step * len(cell)) / 2
    for line in cell:
        y -= step
        sheet.page.drawn.append(line.at(y + size * 0.25))


def _box(sheet: Sheet, band: _Band, top: float, bottom: float) -> None:
    left, right = band
    sheet.page.rules += [
        Rule(left, top, right, top),
        Rule(left, bottom, right, bottom),
        Rule(left, bottom, left, top),
        Rule(right, bottom, right, top),
    ]


def _height(cells: list[list[SetLine]], size: float) -> float:
    return max(len(cell) for cell in cells) * size * 1.15 + 5


def _heading(sheet: Sheet, table: TableContent, bands: list[_Band]) -> None:
    size = table.size
    parts = [name.split(" / ") for name in table.columns]
    lower = [_cell(part[-1], band, size, True, False, True) for part, band in zip(parts, bands, strict=True)]
    grouped = any(len(part) == 2 for part in parts)
    groups = [
        (group, [number for number, _ in members])
        for group, members in groupby(
            enumerate(parts), key=lambda one: one[1][0] if len(one[1]) == 2 else f"\0{one[0]}"
        )
    ]
    upper = {
        group: _cell(group, (bands[members[0]][0], bands[members[-1]][1]), size, True, False, True)
        for group, members in groups
        if not group.startswith("\0")
    }
    first = _height(list(upper.values()), size) if grouped else 0.0
    second = _height([cell for cell, part in zip(lower, parts, strict=True) if len(part) == 2 or not grouped], size)
    whole = max(first + second, _height(lower, size))
    second = whole - first
    if not sheet.has_room(whole + 3 * size):
        sheet.turn()
    sheet.y -= 6
    top = sheet.y
    for group, members in groups:
        span = (bands[members[0]][0], bands[members[-1]][1])
        if group.startswith("\0"):
            _put(sheet, lower[members[0]], top, whole, size)
            _box(sheet, span, top, top - whole)
            continue
        _put(sheet, upper[group], top, first, size)
        _box(sheet, span, top, top - first)
        for number in members:
            _put(sheet, lower[number], top - first, second, size)
            _box(sheet, bands[number], top - first, top - whole)
    sheet.y -= whole
    if grouped:
        sheet.page.texts.append(" ".join(group if group in upper else parts[m[0]][0] for group, m in groups))
        sheet.page.texts.append(" ".join(part[1] for part in parts if len(part) == 2))
    else:
        sheet.page.texts.append(" ".join(table.columns))


def set_table(sheet: Sheet, table: TableContent) -> None:
    """Set a table where the sheet stands.

    Args:
        sheet: The pages being filled.
        table: The table; a row is one line of the sheet's texts, empty cells left out.
    """
    whole = sum(table.widths)
    edges = [LEFT]
    for width in table.widths:
        edges.append(edges[-1] + ROOM * width / whole)
    bands = list(pairwise(edges))
    _heading(sheet, table, bands)
    for number, row in enumerate(table.rows):
        bold = number in table.bold
        cells = [_cell(text, band, table.size, bold, False, False) for text, band in zip(row, bands, strict=True)]
        height = _height(cells, table.size)
        if not sheet.has_room(height):
            sheet.turn()
        for cell, band in zip(cells, bands, strict=True):
            _put(sheet, cell, sheet.y, height, table.size)
            _box(sheet, band, sheet.y, sheet.y - height)
        sheet.y -= height
        sheet.page.texts.append(" ".join(text for text in row if text))
    sheet.y -= 4
