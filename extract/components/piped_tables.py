"""Tables of words in lines of text whose cells stand between bars, a cell over several lines.

"1 | Tập huấn kỹ năng | Sở Nội vụ | Trước" and below it " | số | | 31/12/2024" are one row: a line whose first cell is
empty goes on with the row above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.components.flat_tables import FlatSheet
from extract.components.sheets import CellText, Row
from extract.records import Flow, Role

_HEAD = re.compile(r"^\W{0,3}(?:STT|TT|Số TT|S\.TT)\b", re.IGNORECASE)
_IN_CHARGE = re.compile(r"chủ trì|thực hiện|phối hợp|phụ trách|đầu mối", re.IGNORECASE)
_NUMBER = re.compile(r"\W{0,2}(\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,4}|[A-HĐ])[.)]{0,2}")
_FEWEST = 3  # columns


@dataclass(slots=True)
class _Cells:
    """A row in the making: the flow spans of each cell."""

    spans: list[list[tuple[int, int]]] = field(default_factory=list)

    def add(self, cells: Sequence[tuple[int, int]]) -> None:
        """Puts the cells of a line below those above."""
        for at, (low, high) in enumerate(cells):
            if at == len(self.spans):
                self.spans.append([])
            if low < high:
                self.spans[at].append((low, high))


def read_piped(flow: Flow, indices: Sequence[int]) -> Iterator[FlatSheet]:
    """The tables in the table lines (blocks by index) of a letter whose heads say who is in charge of what."""
    for region in _regions(flow, indices):
        head, rows = _Cells(), list[_Cells]()
        for index in region:
            cells = _cut(flow, index)
            words = [flow.text[low:high] for low, high in cells]
            if _HEAD.match(words[0]) or (not rows and not _NUMBER.fullmatch(words[0])):
                if not rows:
                    head.add(cells)
            elif _NUMBER.fullmatch(words[0]):
                rows.append(_Cells())
                rows[-1].add(cells)
            else:
                rows[-1].add(cells)
        width = len(head.spans)
        if rows and width >= _FEWEST:
            last = flow.blocks[region[-1]]
            yield FlatSheet(
                first=region[0],
                columns=tuple(cell.text if cell else "" for cell in _row(flow, head, width)),
                rows=tuple(_row(flow, row, width) for row in rows),
                start=flow.blocks[region[0]].start,
                end=last.start + len(last.text),
            )


def _regions(flow: Flow, indices: Sequence[int]) -> Iterator[list[int]]:
    """Runs of lines with bars below heads of such a table."""
    region: list[int] = []
    for index in indices:
        text = flow.blocks[index].text
        apart = not region or any(b.role is not Role.PAGE_NUMBER for b in flow.blocks[region[-1] + 1 : index])
        if apart:
            if region:
                yield region
            head = _HEAD.match(text) and text.count("|") >= _FEWEST - 1 and _IN_CHARGE.search(text)
            region = [index] if head else []
        elif "|" in text:
            region.append(index)
    if region:
        yield region


def _cut(flow: Flow, index: int) -> list[tuple[int, int]]:
    """The flow spans of the cells of a line, a bar at its very beginning kept for an empty first cell."""
    block = flow.blocks[index]
    text = block.text
    low, high = (1, len(text.rstrip()) - 1) if _is_framed(text) else (0, len(text))
    spans = []
    at = low
    while at <= high:
        bar = text.find("|", at, high)
        end = bar if bar >= 0 else high
        words = text[at:end]
        start = at + len(words) - len(words.lstrip())
        spans.append((block.start + start, block.start + max(start, at + len(words.rstrip()))))
        at = end + 1
    return spans


def _is_framed(text: str) -> bool:
    return text.startswith("|") and text.rstrip().endswith("|") and len(text.rstrip()) > 1


def _row(flow: Flow, row: _Cells, width: int) -> Row:
    cells: list[CellText | None] = []
    for spans in (*row.spans, *([[]] * width))[:width]:
        text = " ".join(" ".join(flow.text[low:high].split()) for low, high in spans)
        places = tuple(span for low, high in spans for span in flow.to_text(low, high))
        cells.append(CellText(text, places) if text else None)
    return tuple(cells)
