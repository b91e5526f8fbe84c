"""Tables read one cell a line: heads, then number, label and figures of each row on lines of their own.

What makes such lines a table is their period: running numbers, each followed by words and by as many figures as the
other rows have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

CLASS = re.compile(
    r"(?:xuất sắc|tốt|kh[aáàảãạâ]|trung bình khá|trung bình|yếu|kém|đạt|không đạt|giỏi|hoàn thành|chưa đạt)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[-+−<>≤≥]?\d[\d.,]{0,20}(?:\s?[/–-]\s?\d[\d.,]{0,20})?\s?%?|[-–—]|\(\d[\d.,]{0,20}\)")
_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_GROUP = re.compile(r"(?:[IVX]{1,4}|[A-HĐ])[.)]?")
_TOTAL = re.compile(r"\W{0,2}(?:tổng|cộng|toàn|bình quân|trung bình)\b", re.IGNORECASE)
_HEAD = re.compile(r"\W{0,3}(?:stt|tt|số tt|s\.tt|số thứ tự|hạng|thứ hạng)\W{0,2}", re.IGNORECASE)
_INDEX = re.compile(r"\(?(?:\d{1,2}|[A-C])\)?")
_ENDED = re.compile(r"[.;:]$")
_WORDY = 70  # characters of a line of a cell at most
_REMARK = 2  # lines of words behind the figures of a row at most
_LABEL = 5  # lines of a label at most
_AGREEING = 0.8  # share of the rows that have as many figures


@dataclass(frozen=True, slots=True)
class StackedRow:
    """Line indices of a row: its number (None for a total), the lines of its label, its figures, words behind them.

    `values` is empty where the row has fewer or more figures than the others: whose they are nobody knows.
    """

    number: int | None
    label: tuple[int, ...]
    values: tuple[int, ...]
    remark: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stacked:
    """A table of `width` columns of figures on the lines `first`..`last`; `heads` are the lines that name columns."""

    first: int
    last: int
    width: int
    heads: tuple[int, ...]
    rows: tuple[StackedRow, ...]


def stacked_tables(lines: Sequence[str]) -> Iterator[Stacked]:
    """The tables among lines of text whose cells stand one a line."""
    at = floor = 0
    while at < len(lines):
        table = _table(lines, at, floor) if _opens(lines, at) else None
        if table is not None:
            yield table
            at = floor = table.last + 1
        else:
            at += 1


def _opens(lines: Sequence[str], at: int) -> bool:
    first = _number(lines[at]) == 1 or lines[at].strip(" .)") in ("I", "A")
    return first and at + 2 < len(lines) and _is_words(lines[at + 1])


def _is_group(text: str) -> bool:
    return _GROUP.fullmatch(text.strip()) is not None


def _table(lines: Sequence[str], at: int, floor: int) -> Stacked | None:
    rows = _rows(lines, at)
    counts = Counter(len(row.values) for row in rows if row.number is not None and _number(lines[row.number]))
    if sum(counts.values()) < 2:
        return None
    width, agreeing = counts.most_common(1)[0]
    heads, first = _heads(lines, at, floor, width)
    if agreeing < max(2, _AGREEING * sum(counts.values())) or (width == 1 and (agreeing < 3 or not heads)):
        return None
    tail = rows[-1]
    if len(tail.values) == width + 1:  # a page number behind the table
        rows[-1] = tail = StackedRow(tail.number, tail.label, tail.values[:width])
    last = (tail.remark or tail.values or tail.label)[-1]
    even = [row if len(row.values) == width else StackedRow(row.number, row.label, (), row.remark) for row in rows]
    return Stacked(first, last, width, heads, tuple(even))


def _rows(lines: Sequence[str], at: int) -> list[StackedRow]:
    rows: list[StackedRow] = []
    before = 0
    while at < len(lines):
        number, group = _number(lines[at]), _is_group(lines[at])
        total = number is None and not group and bool(rows) and _TOTAL.match(lines[at]) is not None
        if number is None and not total and not group:
            break
        begin = at if total else at + 1
        end = begin
        while end < len(lines) and end - begin < _LABEL and _is_words(lines[end]) and not _is_group(lines[end]):
            end += 1
        stop = end
        while stop < len(lines) and _is_cell(lines[stop]):
            stop += 1
        if end == begin or (stop == end and not group):
            break
        width = next((len(row.values) for row in reversed(rows) if row.values), None)
        before = 0 if group else number or before
        if group and stop == end + 1 and width != 1 and _number(lines[end]) is not None:
            stop = end  # the number of the next row
        elif stop < len(lines) and _ends_in_number(lines, end, stop, before, width):
            stop -= 1
        behind = _remark(lines, stop, before) if stop > end and not total else stop
        rows.append(
            StackedRow(None if total else at, *(tuple(range(*span)) for span in pairwise((begin, end, stop, behind))))
        )
        at = behind
    return rows


def _remark(lines: Sequence[str], at: int, before: int) -> int:
    """Where words behind the figures of a row end: the number of the next row, a group or a total stands there."""
    for index in range(at, min(at + _REMARK + 1, len(lines))):
        next_row = _is_group(lines[index]) or _TOTAL.match(lines[index]) or _number(lines[index]) == before + 1
        if next_row:
            return index
        if not _is_words(lines[index]):
            break
    return at


def _ends_in_number(lines: Sequence[str], end: int, stop: int, before: int, width: int | None) -> bool:
    """Whether the last of the figures on the lines `end`..`stop` is the number of the next row."""
    number, count = _number(lines[stop - 1]), stop - end
    if number is None or count < 2 or not _is_words(lines[stop]) or (_TOTAL.match(lines[stop]) and count == width):
        return False
    return number == before + 1 or (number > before and count - 1 == width)


def _heads(lines: Sequence[str], at: int, floor: int, width: int) -> tuple[tuple[int, ...], int]:
    """The lines above the rows that name columns, down from "STT", and where they begin."""
    for index in range(at - 1, max(at - 4 * (width + 3), floor) - 1, -1):
        text = lines[index].strip()
        if _HEAD.fullmatch(text):
            return tuple(line for line in range(index, at) if not _INDEX.fullmatch(lines[line].strip())), index
        if len(text) > _WORDY or _ENDED.search(text):
            break
    return (), at


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text.strip())
    return int(match[1]) if match else None


def _is_cell(text: str) -> bool:
    """Whether a line is a figure, a dash or a class, and nothing else."""
    bare = text.strip()
    return bool(_FIGURE.fullmatch(bare) or CLASS.fullmatch(bare))


def _is_words(text: str) -> bool:
    return not _is_cell(text) and len(text) <= _WORDY and (any(map(str.isalpha, text)) or text.strip() in ("%", "‰"))
