"""Means that running text tells of a column which its words name: "điểm thẩm định trung bình đạt 59,54/70 điểm".

The row of means of the table tells it, or it follows from the rows; the words before the figure hold those of the
column's head. A slip of the pen explains a mean that does not hold, and the paragraph tells the table's mean of another
column, or how many rows it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final

from extract.checks.figures.arithmetic import MEAN, plain, printed_decimals, vn
from extract.checks.figures.breaks import YEAR
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_misprint
from extract.checks.figures.terms import finding, if_wrong, merged, quote
from extract.checks.figures.verdict import compare, nearest
from extract.checks.tables.bodies import bodies_of, body_kinds, has_gaps, is_of_other_time, mean_of
from extract.checks.tables.fits import data as quoted
from extract.checks.tables.fits import words_in
from extract.checks.tables.grids import Grid, grids_of
from extract.components.numbers import Number, find_numbers
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading, Records
from extract.wordlists import wordlist
from gazetteer.keys import folded

_MEAN: Final = re.compile(
    r"\b(?:bình quân|trung bình)(?:\s(?!mỗi|một|khá|yếu)[^\W\d_]+){0,4}(?:\s\d{1,3}(?:\s[^\W\d_,]+,?){1,8})?"
    r"(?:\s(?:năm|quý|tháng)\s[\d/IVX]+)?(?:\s[^\W\d_]+){0,2}\s?:?\s$",
    re.IGNORECASE,
)
_SERIES: Final = re.compile(r"\b(?:bình quân|trung bình)\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[.;:()](?:\s|$)|,\s(?=điểm|tỷ lệ|chỉ số|giá trị|mức)", re.IGNORECASE)
_BEFORE: Final = 160  # characters before a mean that can say of what it is
_FEWEST: Final = 4  # rows
_LONGEST: Final = 4000  # characters of a paragraph
_SHORTENED: Final = re.compile(r"\b[A-ZĐ]{2,6}\b")
_WORD: Final = re.compile(r"[^\W\d_]+")


def check_named_means(records: Records, reading: Reading) -> Iterator[Finding]:
    """Means told in running text against the columns that their words name."""
    grids = [grid for grid in grids_of(records, reading) if len(bodies_of(grid)) >= _FEWEST]
    for block in reading.flow.of(*RUNNING) if grids else ():
        if len(block.text) <= _LONGEST and holds(block.text, "bình quân", "trung bình"):
            yield from _of_block(block, grids, reading)


def _of_block(block: Block, grids: Sequence[Grid], reading: Reading) -> Iterator[Finding]:
    told = [(number, clause) for number in find_numbers(block.text, block.body) if (clause := _clause(number, block))]
    for grid in grids:
        means = dict(_means(grid))
        of_table = [number for number, _ in told if number.value is not None and number.value in means.values()]
        size = re.search(rf"(?<![\w.,/-])0?{len(bodies_of(grid))}\s[^\W\d_]", block.text) is not None
        for number, clause in told:
            value = number.value
            fits = {column: mean for column, mean in means.items() if _is_said(grid.head(column), clause)}
            if value is None or value in means.values() or not (size or any(one is not number for one in of_table)):
                continue
            right = {column: mean for column, mean in fits.items() if _is_slip(number, mean)}
            if is_of_other_time(clause, grid) or _names_others(clause, grid):
                continue
            if len(right) != 1 or _is_elsewhere(value, grid):
                continue
            ((column, mean),) = right.items()
            yield _made(number, mean, (grid, column), block, reading)


def _clause(number: Number, block: Block) -> str:
    """The words before a mean that say of what it is; "" where the figure is none, or of another time or of others."""
    text = block.text
    if number.value is None or not number.decimals:
        return ""
    lead = text[max(number.start - _BEFORE, block.body) : number.start]
    starts = [0, *(end.end() for end in _CLAUSE.finditer(lead))]
    clause = lead[starts[-1] :]
    if not _MEAN.search(clause) or holds(clause, *_others()) or text[max(number.start - 1, 0)] in "/(":
        return ""
    years = YEAR.findall(clause)
    return "" if years and max(years) < max(YEAR.findall(text), default="") else clause


def _means(grid: Grid) -> Iterator[tuple[int, Decimal]]:
    """The mean of each column: as its row tells it, where it is that of the rows, else as the rows make it."""
    rows, told = bodies_of(grid), mean_of(grid)
    if has_gaps(grid, rows):
        return
    for column in grid.columns:
        values = [value for row in rows if (value := grid.value(row, column)) is not None]
        made = MEAN.value(values) if len(values) == len(rows) else None
        printed = grid.value(told, column) if told is not None else None
        if made is None or (printed is None and told is not None):
            continue
        if printed is None:
            total = next((grid.value(row, column) for row in grid.rows if grid.is_total(row)), None)
            if total is None and not grid.is_share_column(column):
                yield column, nearest(made, max(map(printed_decimals, values)))
        elif compare(printed, made, printed_decimals(printed)).verdict is not CheckVerdict.DIFFERS:
            yield column, printed


def _is_said(head: str, clause: str) -> bool:
    """Whether a clause holds the words of a head that tell it from others; what it shortens may be written out."""
    words = words_in(clause.lower())
    initials = "".join(word[0] for word in _WORD.findall(clause.lower()))
    short = {one.lower() for one in _SHORTENED.findall(head) if one.lower() in initials}
    telling = words_in(head.lower()) - quoted().common - short - _empty()
    return bool(telling or short) and telling <= words


def _names_others(clause: str, grid: Grid) -> bool:
    """Whether the words behind "trung bình" name a kind of bodies that no row is: "của các huyện" above offices."""
    behind = folded(_SERIES.split(clause, maxsplit=1)[-1])
    labels = [folded(grid.label(row)) for row in bodies_of(grid)]
    bodies = [body for body in body_kinds() if re.search(rf"\b{re.escape(body)}\b", behind)]
    return bool(bodies) and not any(label.startswith(body) for label in labels for body in bodies)


def _is_slip(number: Number, mean: Decimal) -> bool:
    value = number.value
    return value is not None and printed_decimals(mean) == number.decimals and is_misprint(value, mean)


def _is_elsewhere(value: Decimal, grid: Grid) -> bool:
    """Whether a table tells a figure in some cell."""
    return any(grid.value(row, column) == value for row in grid.rows for column in grid.columns)


def _made(number: Number, mean: Decimal, place: tuple[Grid, int], block: Block, reading: Reading) -> Finding:
    grid, column = place
    row = mean_of(grid)
    cells = grid.proof(row if row is not None else bodies_of(grid)[-1], column)
    proof = merged(reading.proof(block.start + number.start, block.start + number.end, "checks.mean"), cells)
    value = number.value or Decimal(0)
    return finding(
        CheckKind.CONSISTENCY,
        quote(block.text, number.start, number.end, block.body, before=_BEFORE // 2),
        if_wrong(proof, reading),
        inputs=(("table", plain(mean)), ("text", plain(value))),
        reported=plain(value),
        computed=plain(mean),
        note=f"trung bình cột {grid.head(column)} là {vn(mean)}, lời văn ghi {vn(value)}: "
        f"chênh {vn(abs(mean - value))}",
        evidence=proof,
    )


@cache
def _others() -> tuple[str, ...]:
    return tuple(wordlist("extract.checks", "means")["else"])


@cache
def _empty() -> frozenset[str]:
    return frozenset({"trung", "bình", "quân", "đạt", "được"})
