"""Counts of the rows of a table: one that a sentence sends its reader to, or one right below.

"Danh sách 15 đơn vị tại Phụ lục"; "Kết quả của 06 cơ quan như sau:" above the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import finding, if_wrong, merged, quote
from extract.checks.lists.list_items import counted_last
from extract.checks.lists.words import NOUN, is_ordinal
from extract.checks.tables.grids import Grid, grids_of
from extract.components.class_lists import is_body
from extract.components.context import Sentence
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records, Role
from gazetteer.keys import folded

_COUNTED: Final = re.compile(rf"(?<![\w.,/%-])(\d{{1,3}})\s({NOUN})\b", re.IGNORECASE)
_LISTED_BEFORE: Final = re.compile(r"\bdanh sách(?: (?:của|các|gồm|tổng hợp))?\s$", re.IGNORECASE)
_SENT: Final = re.compile(
    r"\b(?:danh sách|chi tiết|cụ thể)\b[^.;]{0,40}\b(?:phụ lục|biểu|bảng|kèm theo|đính kèm|sau đây|dưới đây)\b"
    r"|\b(?:phụ lục|biểu|bảng)\b[^.;]{0,20}\b(?:kèm theo|đính kèm|dưới đây)\b",
    re.IGNORECASE,
)
_FEWEST: Final = 3
_NEAR: Final = 600  # characters from the first line of a table to its first cell: its heads


def check_row_counts(records: Records, reading: Reading) -> Iterator[Finding]:
    """A count of bodies against the numbered rows of the one table that lists such, where the sentence names it."""
    listing = [(grid, rows) for grid in grids_of(records, reading) if (rows := _numbered(grid))]
    if not listing:
        return
    yield from _above_tables(listing, reading)
    for block in reading.flow.of(*RUNNING):
        for sentence in sentences(block):
            found = list(_COUNTED.finditer(sentence.text))
            if len(found) == 1 and _SENT.search(sentence.text) and _is_of_list(found[0], sentence.text):
                yield from _of_sentence(found[0], sentence, listing, reading)


def _above_tables(listing: Sequence[tuple[Grid, int]], reading: Reading) -> Iterator[Finding]:
    """A count before the colon right above a table, where the table's rows are what is counted."""
    blocks = reading.flow.blocks
    for above, first in pairwise(blocks):
        if above.role not in RUNNING or first.role is not Role.TABLE or not above.text.rstrip().endswith(":"):
            continue
        told = sentences(above)[-1]
        match = counted_last(told.text.rstrip())
        places = [low for low, _ in reading.flow.to_text(first.start, first.start + len(first.text))]
        below = [
            (grid, rows) for grid, rows in listing if places and _start(grid) in range(places[0], places[0] + _NEAR)
        ]
        if match is None or len(below) != 1 or is_ordinal(told.text[: match.start()]):
            continue
        ((grid, rows),) = below
        noun = folded(match["things"] or match["bodies"] or match["other"])
        if _rows_are(grid, noun, bodies=match["bodies"] is not None):
            yield _compared(match.span("count"), told, (grid, rows), reading)


def _start(grid: Grid) -> int:
    """Where a table's first cell stands in the repaired text; -1 for one that stands nowhere."""
    return next((cell.start for cells in grid.table.cell_evidence for cell in cells if cell is not None), -1)


def _rows_are(grid: Grid, noun: str, *, bodies: bool) -> bool:
    """Whether the rows are what a noun says: by the head of a column, or as names of bodies."""
    named = re.compile(rf"(?:ten |danh sach |cac )?{re.escape(noun)}\b")
    if any(named.match(head) for head in grid.heads):
        return True
    return bodies and all(is_body(grid.label(row)) for row in grid.rows if grid.code(row) is not None)


def _is_of_list(match: re.Match[str], text: str) -> bool:
    """Whether what is counted is what the list is of: "Danh sách 15 đơn vị", "15 đơn vị … (danh sách kèm theo)"."""
    before, behind = text[: match.start()], text[match.end() :]
    listed = _LISTED_BEFORE.search(before) or re.search(r"\((?:có |theo )?danh sách\b", behind, re.IGNORECASE)
    return bool(listed) and not is_ordinal(before)


def _numbered(grid: Grid) -> int:
    """How many rows count up from one without a gap; 0 where they do not."""
    codes = [code for row in grid.rows if (code := grid.code(row)) is not None]
    counted = [code[0] for code in codes if len(code) == 1]
    whole = len(counted) == len(codes) >= _FEWEST and counted == list(range(1, len(counted) + 1))
    return len(counted) if whole else 0


def _of_sentence(
    match: re.Match[str], sentence: Sentence, listing: Sequence[tuple[Grid, int]], reading: Reading
) -> Iterator[Finding]:
    noun = folded(match[2])
    meant = [(grid, rows) for grid, rows in listing if _lists(grid, noun)]
    if len(meant) != 1:
        return
    yield _compared(match.span(1), sentence, meant[0], reading)


def _compared(place: tuple[int, int], sentence: Sentence, listed: tuple[Grid, int], reading: Reading) -> Finding:
    """The finding of a count at a place of a sentence against the rows of a table."""
    grid, rows = listed
    at, end = place
    stated = int(sentence.text[at:end])
    proof = merged(
        reading.proof(sentence.start + at, sentence.start + end, "checks.row_count"), grid.proof(grid.rows[-1], 0)
    )
    agrees = stated == rows
    verdict = if_wrong(proof, reading)
    return finding(
        CheckKind.COUNT_OF_LIST,
        quote(sentence.text, at, end, behind=60),
        CheckVerdict.AGREES if agrees else verdict,
        inputs=(("rows", str(rows)),),
        reported=str(stated),
        computed=str(rows),
        note=f"bảng có {rows} dòng" + ("" if agrees else f", lời văn ghi {stated}: chênh {abs(rows - stated)}"),
        evidence=proof,
    )


def _lists(grid: Grid, noun: str) -> bool:
    """Whether the title or a head of a table says that its rows are such things."""
    return any(re.search(rf"\b{re.escape(noun)}\b", text) for text in (folded(grid.table.title or ""), *grid.heads))
