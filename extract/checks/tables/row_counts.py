"""Counts of the rows of a table that a sentence sends its reader to: "Danh sách 15 đơn vị tại Phụ lục"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.terms import finding, is_doubtful, merged, quote
from extract.checks.lists.words import NOUN, is_ordinal
from extract.checks.tables.grids import Grid, grids_of
from extract.components.context import Sentence, sentences
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records
from gazetteer.keys import folded

_COUNTED: Final = re.compile(rf"(?<![\w.,/%-])(\d{{1,3}})\s({NOUN})\b", re.IGNORECASE)
_LISTED_BEFORE: Final = re.compile(r"\bdanh sách(?: (?:của|các|gồm|tổng hợp))?\s$", re.IGNORECASE)
_SENT: Final = re.compile(
    r"\b(?:danh sách|chi tiết|cụ thể)\b[^.;]{0,40}\b(?:phụ lục|biểu|bảng|kèm theo|đính kèm|sau đây|dưới đây)\b"
    r"|\b(?:phụ lục|biểu|bảng)\b[^.;]{0,20}\b(?:kèm theo|đính kèm|dưới đây)\b",
    re.IGNORECASE,
)
_FEWEST: Final = 3


def check_row_counts(records: Records, reading: Reading) -> Iterator[Finding]:
    """A count of bodies against the numbered rows of the one table that lists such, where the sentence names it."""
    listing = [(grid, rows) for grid in grids_of(records, reading) if (rows := _numbered(grid))]
    if not listing:
        return
    for block in reading.flow.of(*RUNNING):
        for sentence in sentences(block):
            found = list(_COUNTED.finditer(sentence.text))
            if len(found) == 1 and _SENT.search(sentence.text) and _is_of_list(found[0], sentence.text):
                yield from _of_sentence(found[0], sentence, listing, reading)


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
    grid, rows = meant[0]
    stated = int(match[1])
    start = sentence.start + match.start(1)
    proof = merged(reading.proof(start, start + len(match[1]), "checks.row_count"), grid.proof(grid.rows[-1], 0))
    agrees = stated == rows
    verdict = CheckVerdict.MISREAD if is_doubtful(proof, reading) else CheckVerdict.DIFFERS
    yield finding(
        CheckKind.COUNT_OF_LIST,
        quote(sentence.text, match.start(), match.end(), behind=60),
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
