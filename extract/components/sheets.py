"""Cells on their way to a table: header rows told from data rows, merged column names, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Block, Evidence, Reading, Role, Table

MARKER = re.compile(r"\W{0,2}(\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])\W{0,2}")
VALUE = re.compile(r"[-+−]?\d[\d.,]*(?:\s?/\s?\d[\d.,]*)?\s?%?|[-–—]|\(\d[\d.,]*\)")
_INDEX = re.compile(r"\(?(\d{1,2})\)?(?:\s?=.{0,40})?")
_TITLE = re.compile(
    r"\b(?:bảng|biểu|danh sách|danh mục|điểm số|kết quả|thống kê|tổng hợp|chi tiết|số liệu|phân loại|phụ lục|cụ thể)\b",
    re.IGNORECASE,
)
_NOT_TITLE = re.compile(r"^\W*(?:\(|đơn vị tính|đvt|ban hành kèm|kèm theo|cộng hòa|độc lập|ngày|số:)", re.IGNORECASE)
_ATTACHED = re.compile(
    r"\s*(?:tại|như|theo)?\s*(?:Phụ lục|Biểu|Bảng)\s[^.;:]{0,40}(?:kèm theo)?[\s.:]*$"
    r"|\s*(?:như sau|sau đây|cụ thể|gồm|sau)?\s*[:.]\s*$"
)
_FRAME = re.compile(
    r"^(?:phụ lục|biểu mẫu|biểu|mẫu)\s*(?:số\s*)?[\dIVXLH]{1,4}[a-z]?[.:\s]+"
    r"|\s*\((?:ban hành\s)?kèm theo.*$",
    re.IGNORECASE,
)
_LONGEST_TITLE = 4  # lines


@dataclass(frozen=True, slots=True)
class CellText:
    """The words of a cell and the spans of the repaired text they come from."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


Row = Sequence[CellText | None]


def header_rows(rows: Sequence[Row]) -> tuple[int, int]:
    """How many rows at the top name columns, and at which row the data begins (a row of column numbers is neither)."""
    for index, row in enumerate(rows[:6]):
        if _is_index(row):
            return index, index + 1
        if _is_data(row):
            return index, index
    return (1, 1) if len(rows) > 1 else (0, 0)


def _is_data(row: Row) -> bool:
    first = next((cell for cell in row if cell is not None and cell.text), None)
    if first is None:
        return False
    if row[0] is first and MARKER.fullmatch(first.text):
        return True
    return any(cell is not None and VALUE.fullmatch(cell.text) for cell in row[1:])


def _is_index(row: Row) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3)."""
    numbers = [_INDEX.fullmatch(cell.text) for cell in row if cell is not None and cell.text]
    found = [int(match.group(1)) for match in numbers if match]
    return len(found) >= 3 and len(found) >= len(row) - 2 and found == list(range(found[0], found[0] + len(found)))


def make_table(reading: Reading, rule: str, title: str | None, columns: Sequence[str], rows: Sequence[Row]) -> Table:
    """The record of a table, each cell with its evidence; None for a cell without words."""
    evidence = tuple(tuple(_evidence(reading, cell, rule) for cell in row) for row in rows)
    first = next((entry for row in evidence for entry in row if entry is not None), None)
    last = next((entry for row in reversed(evidence) for entry in reversed(row) if entry is not None), None)
    ends = dict.fromkeys(entry for entry in (first, last) if entry is not None)
    return Table(
        title=title,
        columns=tuple(columns),
        rows=tuple(tuple(cell.text if cell is not None and cell.text else None for cell in row) for row in rows),
        cell_evidence=evidence,
        evidence=tuple(ends),
    )


def _evidence(reading: Reading, cell: CellText | None, rule: str) -> Evidence | None:
    if cell is None or not cell.spans:
        return None
    entries = reading.proof_of_text(*cell.spans[0], rule)
    return entries[0] if entries else None


def title_before(blocks: Sequence[Block], index: int) -> str | None:
    """The title of a table that begins at block `index`: the heading lines above it, or the item that announces it."""
    lines: list[str] = []
    at = index - 1
    while at >= 0 and index - at <= _LONGEST_TITLE + 4 and len(lines) < _LONGEST_TITLE:
        block = blocks[at]
        text = block.text.strip()
        at -= 1
        if block.role in (Role.SIGNATURE, Role.COPIES):
            break
        if block.role is Role.PAGE_NUMBER or _NOT_TITLE.match(text):
            continue
        headed = block.role in (Role.HEADING, Role.TITLE) or text.isupper()
        if headed or (block.role is Role.TABLE and not VALUE.search(text[-6:])):
            lines.insert(0, text)
        elif not lines and block.role in (Role.ITEM, Role.PARAGRAPH) and _announces(text, block):
            return _ATTACHED.sub("", block.text[block.body :].strip()) or None
        else:
            break
    joined = _FRAME.sub("", " ".join(" ".join(lines).split())).strip()
    return joined or None


def _announces(text: str, block: Block) -> bool:
    return bool(_TITLE.search(text[block.body : block.body + 120])) and len(text) < 400
