"""Counts of rows of a table by class or threshold: "có 03 đơn vị xếp loại Tốt", "02 huyện đạt dưới 50%".

A sentence is held against a table where it speaks of it, where it tells how many rows it has, or where its other counts
are those of the table; otherwise it may count other things.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.breaks import YEAR
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import finding, if_wrong, merged, quote
from extract.checks.tables.grids import Grid, grids_of
from extract.components.context import Sentence
from extract.components.numbers import read_number
from extract.records import CheckKind, CheckVerdict, Finding, Proof, Reading, Records
from gazetteer.keys import folded

_COUNT: Final = re.compile(r"(?<![\w.,/%-])(\d{1,3})(?=\s)(?!\s*(?:%|điểm|tỷ|triệu|ngày|tháng|giờ|/))")
_FIGURE: Final = re.compile(r"(?<![^\W\d_])\d[\d.,]{0,12}")  # no letter misread: "chi s6"
_CLAUSE_END: Final = re.compile(r"[;:.](?=\s|$)|\n")
_NO_THING: Final = re.compile(r"^\s*(?:tỷ|triệu|nghìn|điểm|ngày|tháng|năm|giờ|%|bậc|lần|[-–/)])", re.IGNORECASE)
_BEYOND: Final = re.compile(
    r"\b(dưới|trên|thấp hơn|cao hơn|từ)\s+(\d{1,3}(?:,\d{1,2})?)\s?(%|điểm)?(\s+trở lên)?", re.IGNORECASE
)
_SPEAKS_OF_TABLE: Final = re.compile(r"\b(?:bảng|biểu|phụ lục|danh sách)\b", re.IGNORECASE)
_OF_ALL: Final = re.compile(r"(?<![\w.,/%])(?:(?:trong|trên|/)\s*(?:tổng số\s*|số\s*)?)(\d{1,3})\s", re.IGNORECASE)
_UP: Final = re.compile(r"\b(?:tang|len hang|thang hang|cai thien|di len)\b")
_DOWN: Final = re.compile(r"\b(?:giam|xuong hang|tut|lui|di xuong)\b")
_SAME: Final = re.compile(r"\b(?:giu nguyen|khong doi|khong thay doi)\b")
_THING: Final = re.compile(r"(?!(?:gia tri )?(?:trung binh|binh quan)\b).")  # a row that is no mean of the others
_RANK: Final = re.compile(r"\b(?:hang|thu bac|vi tri)\b")
_LONGEST_GAP: Final = 60  # characters between a count and the class it is of
_FEWEST: Final = 4  # rows
_MOST_CLASSES: Final = 6
_LONGEST_CLASS: Final = 40  # characters
_OFF_BY: Final = 2  # what a count that is meant for the table can be wrong by


@dataclass(frozen=True, slots=True)
class _Told:
    """A count told in a sentence, and what the rows of a table make of it."""

    stated: int
    rows: int
    what: str
    start: int
    end: int
    proof: Proof

    @property
    def holds(self) -> bool:
        """Whether both are one."""
        return self.stated == self.rows


def check_told_counts(records: Records, reading: Reading) -> Iterator[Finding]:
    """Counts of rows by class or threshold, against the one table they can be of."""
    tables = [_Classed.of(grid) for grid in grids_of(records, reading) if len(grid.table.rows) >= _FEWEST]
    tables = [table for table in tables if table.classes or table.measured or table.moves]
    if len(tables) != 1:
        return
    for block in reading.flow.of(*RUNNING):
        for sentence in sentences(block):
            if told := tables[0].told_in(sentence, reading):
                yield from _judged(told, sentence, tables[0], reading)


@dataclass(frozen=True, slots=True)
class _Classed:
    """A table with its column of classes and its columns of measures."""

    grid: Grid
    rows: tuple[int, ...]
    classes: Counter[str]
    measured: tuple[int, ...]
    moves: tuple[int, ...]
    """For each row 1 where it went up, -1 where down, 0 where neither; empty where the table does not show it."""

    @property
    def is_scanned(self) -> bool:
        """Whether it was read from an image."""
        return any(self.grid.is_scanned(row, column) for row in self.rows for column in range(len(self.grid.heads)))

    @classmethod
    def of(cls, grid: Grid) -> _Classed:
        """A table read: rows that are no totals; classes only of a column filled in every row."""
        rows = tuple(row for row in grid.rows if not grid.is_total(row) and _THING.match(folded(grid.label(row))))
        if len(rows) < _FEWEST:
            return cls(grid, rows, Counter(), (), ())
        measured, moves = _measured(grid, rows), _moves(grid, rows)
        for column in range(len(grid.heads) - 1, 0, -1):
            cells = [folded(grid.cell(row, column) or "") for row in rows]
            counted = Counter(cells)
            words = all(cell and len(cell) <= _LONGEST_CLASS and not cell[0].isdigit() for cell in cells)
            if words and column not in grid.columns and 2 <= len(counted) <= min(_MOST_CLASSES, len(rows) - 1):
                return cls(grid, rows, counted, measured, moves)
        return cls(grid, rows, Counter(), measured, moves)

    def told_in(self, sentence: Sentence, reading: Reading) -> list[_Told]:
        """The counts of a sentence that are of rows of one class, or of rows beyond a threshold."""
        told = []
        for match in _COUNT.finditer(sentence.text):
            if _NO_THING.match(sentence.text[match.end() : match.end() + 12]):
                continue
            rest = sentence.text[match.end() : match.end() + _LONGEST_GAP + _LONGEST_CLASS]
            if (end := _CLAUSE_END.search(rest)) is not None:
                rest = rest[: end.start()]
            counted = self._by_class(rest) or self._by_threshold(rest) or self._by_move(rest)
            if counted is not None:
                rows, what = counted
                start = sentence.start + match.start(1)
                proof = reading.proof(start, start + len(match[1]), "checks.told_count")
                told.append(_Told(int(match[1]), rows, what, match.start(), match.end() + len(rest), proof))
        return told

    def _by_class(self, rest: str) -> tuple[int, str] | None:
        """Rows of the class named behind a count, before any other figure."""
        other = _FIGURE.search(rest)
        words = folded(rest[: other.start()] if other else rest)
        places = [
            (match.start(), -len(name), name)
            for name in self.classes
            if (match := re.search(rf"\b{re.escape(name)}\b", words)) and match.start() <= _LONGEST_GAP
        ]
        if not places:
            return None
        *_, name = min(places)
        return self.classes[name], name

    def _by_threshold(self, rest: str) -> tuple[int, str] | None:
        """Rows beyond the threshold named behind a count."""
        match = _BEYOND.search(rest)
        if match is None or _FIGURE.search(rest[: match.start()]) or re.match(r"\s*(?:-|–|đến)", rest[match.end() :]):
            return None
        word = match[1].lower()
        if word == "từ" and not match[4]:
            return None
        bound = read_number(match[2])
        column = self._column_of(match[3])
        if bound is None or column is None:
            return None
        values = [value for row in self.rows if (value := self.grid.value(row, column)) is not None]
        if len(values) != len(self.rows):
            return None
        beyond = sum(_is_beyond(value, word, bound) for value in values)
        return (beyond, match[0].strip()) if beyond < len(values) else None

    def _by_move(self, rest: str) -> tuple[int, str] | None:
        """Rows that went the way named behind a count, before any other figure."""
        other = _FIGURE.search(rest)
        words = folded(rest[: other.start()] if other else rest)
        ways = ((_SAME, 0, "giữ nguyên"), (_UP, 1, "tăng"), (_DOWN, -1, "giảm"))
        found = [(match.start(), way, name) for what, way, name in ways if (match := what.search(words))]
        if not found or not self.moves or min(found)[0] > _LONGEST_GAP:
            return None
        _, way, name = min(found)
        return self.moves.count(way), name

    def _column_of(self, unit: str | None) -> int | None:
        """The one column of such measures: of shares for "%", of the others for points."""
        shares = unit == "%"
        fitting = [column for column in self.measured if self.grid.is_share_column(column) == shares]
        return fitting[0] if unit and len(fitting) == 1 else None


def _measured(grid: Grid, rows: Sequence[int]) -> tuple[int, ...]:
    """Columns of shares, and of points by their head."""
    return tuple(
        column
        for column in grid.columns
        if (grid.is_share_column(column) or re.search(r"\bdiem\b", grid.folded_head(column)))
        and all(grid.value(row, column) is not None for row in rows)
    )


def _moves(grid: Grid, rows: Sequence[int]) -> tuple[int, ...]:
    """Which rows went up and which down: by a column that says so, else by two columns headed by years."""
    width = len(grid.heads)
    for column in range(1, width):
        said = [_way(grid.cell(row, column) or "") for row in rows]
        if None not in said and len(set(said)) > 1:
            return tuple(way for way in said if way is not None)
    years = {column: found[0] for column in grid.columns if (found := YEAR.findall(grid.folded_head(column)))}
    if len(years) != 2 or len(set(years.values())) != 2:
        return ()
    before, now = sorted(years, key=lambda column: years[column])
    pairs = [(grid.value(row, before), grid.value(row, now)) for row in rows]
    sign = -1 if _RANK.search(grid.folded_head(now)) else 1
    return (
        tuple(sign * ((new > old) - (new < old)) for old, new in pairs if old is not None and new is not None)
        if all(None not in pair for pair in pairs)
        else ()
    )


def _way(cell: str) -> int | None:
    """Where a cell says that something went: 1 up, -1 down, 0 neither; None where it says nothing."""
    words = folded(cell)
    if _SAME.match(words) or words in ("0", "-"):
        return 0
    if _UP.match(words) or cell.startswith("+"):
        return 1
    return -1 if _DOWN.match(words) or cell[:1] in ("-", "−", "–") else None


def _is_beyond(value: Decimal, word: str, bound: Decimal) -> bool:
    if word in ("dưới", "thấp hơn"):
        return value < bound
    return value >= bound if word == "từ" else value > bound


def _judged(told: Sequence[_Told], sentence: Sentence, table: _Classed, reading: Reading) -> Iterator[Finding]:
    """What a sentence counts, where it is of the table."""
    size = len(table.rows)
    tells_size = any(int(match[1]) == size for match in _OF_ALL.finditer(sentence.text))
    if not tells_size and _OF_ALL.search(sentence.text):
        return
    is_of_table = tells_size or bool(_SPEAKS_OF_TABLE.search(sentence.text))
    holding = sum(one.holds for one in told)
    if not holding and sum(one.stated for one in told) == size and table.is_scanned:
        return  # a sign or class of the table was misread, more likely
    covers = holding == len(told) - 1 > 0 and sum({one.what: one.rows for one in told}.values()) == size
    for one in told:
        if one.holds:
            verdict = CheckVerdict.AGREES
        elif (is_of_table or covers or holding > len(told) - holding) and abs(one.stated - one.rows) <= _OFF_BY:
            verdict = if_wrong(one.proof, reading)
        else:
            continue
        gap = "" if one.holds else f", lời văn ghi {one.stated}: chênh {abs(one.stated - one.rows)}"
        yield finding(
            CheckKind.COUNT_OF_LIST,
            quote(sentence.text, one.start, one.end),
            verdict,
            inputs=(("rows", str(one.rows)),),
            reported=str(one.stated),
            computed=str(one.rows),
            note=f"bảng có {one.rows}/{size} dòng {one.what}{gap}",
            evidence=merged(one.proof, table.grid.proof(table.rows[-1], 0)),
        )
