"""Cells on their way to a table: header rows told from data rows, merged column names, titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Evidence, Reading, Table

MARKER = re.compile(r"\W{0,2}(\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])\W{0,2}")
VALUE = re.compile(r"(?!(?:19|20)\d\d\s?[-–])[-+−<>≤≥]?\d[\d.,]*(?:\s?[/–-]\s?\d[\d.,]*)?\s?%?|[-–—]|\(\d[\d.,]*\)")
_INDEX = re.compile(r"\(?(\d{1,2})\)?(?:\s?=.{0,40})?")


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
    if all(cell is None or not cell.text for cell in row[:2]):
        return False  # "năm / 2024" goes on with a head
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
