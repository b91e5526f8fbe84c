"""Tables whose cells stand one a line, read from lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from extract.components.figure_words import is_unit
from extract.components.sheets import CellText, Row
from extract.layout.stacked import Stacked, StackedRow, stacked_tables
from extract.records import Flow

_MOST = 0.8  # share of the lines that the table accounts for


def read_stacked(flow: Flow, region: Sequence[int]) -> tuple[tuple[str, ...], tuple[Row, ...]] | None:
    """Names of the columns and the rows of table lines (blocks by index); None where they are no such table."""
    lines = [flow.blocks[index].text for index in region]
    table = next(stacked_tables(lines), None)
    if table is None or table.last - table.first + 1 < _MOST * len(lines):
        return None
    with_unit = all(
        len(row.label) > 1 and _is_unit(lines[row.label[-1]])
        for row in table.rows
        if row.number is not None and row.values
    )
    with_remark = any(row.remark for row in table.rows)
    width = table.width + 2 + with_unit + with_remark
    rows = tuple(
        _row(flow, region, row, table.width, with_unit=with_unit, with_remark=with_remark) for row in table.rows
    )
    return _names(lines, table, width), rows


def _is_unit(text: str) -> bool:
    return is_unit(text.split("/")[0])


def _row(flow: Flow, region: Sequence[int], row: StackedRow, width: int, *, with_unit: bool, with_remark: bool) -> Row:
    label, unit = list(row.label), []
    if with_unit and row.number is not None and row.values:
        label, unit = label[:-1], label[-1:]
    cells = [_cell(flow, region, [row.number] if row.number is not None else []), _cell(flow, region, label)]
    if with_unit:
        cells.append(_cell(flow, region, unit))
    values = [_cell(flow, region, [value]) for value in row.values]
    remark = [_cell(flow, region, row.remark)] if with_remark else []
    return (*cells, *(values or [None] * width), *remark)


def _cell(flow: Flow, region: Sequence[int], lines: Sequence[int]) -> CellText | None:
    if not lines:
        return None
    blocks = [flow.blocks[region[line]] for line in lines]
    text = " ".join(" ".join(block.text.split()) for block in blocks)
    spans = tuple(span for block in blocks for span in flow.to_text(block.start, block.start + len(block.text)))
    return CellText(text.strip(" .") if len(blocks) == 1 and text[:-1].isdecimal() else text, spans)


def _names(lines: Sequence[str], table: Stacked, width: int) -> tuple[str, ...]:
    """The names of the columns where as many are told apart as there are columns, else the first two."""
    names: list[str] = []
    single = len(table.heads) == width
    for line in table.heads:
        text = " ".join(lines[line].split())
        if names and not single and (text[:1].islower() or text[:1] == "("):
            names[-1] += f" {text}"
        else:
            names.append(text)
    return tuple(names) if len(names) == width else tuple([*names[:2], *[""] * width][:width])
