"""Counts of rows of a table by class or threshold: "có 03 đơn vị xếp loại Tốt", "02 huyện đạt dưới 50%".

A sentence is held against a table where it speaks of it, where it tells how many rows it has, or where its other counts
are those of the table; otherwise it may count other things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from extract.checks.figures.breaks import YEAR
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.terms import finding, if_wrong, merged, quote
from extract.checks.tables.bodies import body_kinds, has_gaps, is_mean, is_of_other_time
from extract.checks.tables.grids import Grid, grids_of
from extract.checks.tables.thresholds import INDEX, beyond
from extract.components.context import Sentence
from extract.records import Block, CheckKind, CheckVerdict, Finding, Proof, Reading, Records
from extract.wordlists import wordlist
from gazetteer.keys import folded

_COUNT: Final = re.compile(r"(?<![\w.,/%-])(\d{1,3})(?:/\d{1,3})?(?=\s)(?!\s*(?:%|điểm|tỷ|triệu|ngày|tháng|giờ|/))")
_COUNTED: Final = re.compile(r"(?<![\w.,/%-])(?:\d{1,3}/)?(\d{1,3})\s([^\W\d_]+\s[^\W\d_]+)")
_FIGURE: Final = re.compile(r"(?<![^\W\d_])\d[\d.,]{0,12}")  # no letter misread: "chi s6"
_CLAUSE_END: Final = re.compile(r"[;:.](?=\s|$)|\n")
_NO_THING: Final = re.compile(r"^\s*(?:tỷ|triệu|nghìn|điểm|ngày|tháng|năm|giờ|%|bậc|lần|[-–/)])", re.IGNORECASE)
_SPEAKS_OF_TABLE: Final = re.compile(r"\b(?:bảng|biểu|phụ lục|danh sách)\b", re.IGNORECASE)
_OF_ALL: Final = re.compile(
    r"(?:(?<![\w.,/%])(?:trong|trên|/)\s*(?:tổng số\s*|số\s*)?|(?<![\w.,/%-])\d{1,3}/)(\d{1,3})\s", re.IGNORECASE
)
_OF_PART: Final = re.compile(r"\b(?:trong (?:đó|số (?:này|đó)))[^;.]*$", re.IGNORECASE)
_UP: Final = re.compile(r"\b(?:tang|len hang|thang hang|cai thien|di len)\b")
_DOWN: Final = re.compile(r"\b(?:giam|xuong hang|tut|lui|di xuong)\b")
_SAME: Final = re.compile(r"\b(?:giu nguyen|khong doi|khong thay doi)\b")
_WHOLE, _LEAST, _MOST = Decimal(100), Decimal(50), Decimal(250)
_RANK: Final = re.compile(r"\b(?:hang|thu bac|vi tri)\b")
_LONGEST_GAP: Final = 60  # characters between a count and the class it is of
_FEWEST: Final = 4  # rows
_MOST_CLASSES: Final = 6
_LONGEST_CLASS: Final = 40  # characters
_LONGEST_PLACE: Final = 10  # characters
_PLACE: Final = re.compile(r"\b(?:thứ|hạng|vị trí|nhóm)\s$", re.IGNORECASE)
# Words that make rows of a class, or that rose or fell, others than those of the table: "từ Tốt trở lên", "tăng nhanh".
_OTHER_CLASSES: Final = re.compile(r"\btro (?:len|xuong)\b|\b(?:them|duoc nang|tu loai|de nghi|con lai)\b")
_OTHER_MOVES: Final = re.compile(
    r"\b(?:tang|giam)\s(?:manh|nhanh|nhe|lien|sau|tren|tu|hon|toi|bien che)\b|\b(?:can|phai|duoc giao)\s"
)
_SURE: Final = 2  # rows that a paragraph tells figures of
_OFF_BY: Final = 2  # what a count that is meant for the table can be wrong by


@dataclass(frozen=True, slots=True)
class _Told:
    """A count told in a sentence, and what the rows of a table make of it: by each column that can be meant.

    `counts` tells of each column the count, and those that rows which stand right on a threshold leave open.
    """

    stated: int
    counts: dict[int, tuple[int, frozenset[int]]]
    what: str
    noun: str
    is_class: bool
    start: int
    end: int
    proof: Proof

    def holds(self, column: int | None = None) -> bool:
        """Whether it is that of the rows, by one column, or by any."""
        return any(self.stated in may for at, (_, may) in self.counts.items() if column in (None, at))


def check_told_counts(records: Records, reading: Reading) -> Iterator[Finding]:
    """Counts of rows by class or threshold, against the one table they can be of."""
    tables = [_Classed.of(grid) for grid in grids_of(records, reading) if len(grid.table.rows) >= _FEWEST]
    tables = [table for table in tables if table.classes or table.measured or table.moves]
    if not tables:
        return
    blocks = reading.flow.of(*RUNNING)
    most = _most_told(blocks)
    for block in blocks:
        for sentence in sentences(block):
            sizes = {int(match[1]) for match in _OF_ALL.finditer(sentence.text)}
            meant = tables if len(tables) == 1 else [table for table in tables if len(table.rows) in sizes]
            if len(meant) == 1 and (told := meant[0].told_in(sentence, reading)):
                of_table = len(meant[0].rows) in sizes or _is_of_table(told, sentence, block, meant[0], most)
                if len(meant[0].rows) in sizes or not sizes:
                    yield from _judged(told, sentence, meant[0], reading, of_table=of_table)


def _most_told(blocks: Sequence[Block]) -> dict[str, int]:
    """The greatest count of each noun of running text."""
    most: dict[str, int] = {}
    for block in blocks:
        for match in _COUNTED.finditer(block.text):
            noun = folded(match[2])
            most[noun] = max(most.get(noun, 0), int(match[1]))
    return most


def _is_of_table(
    told: Sequence[_Told], sentence: Sentence, block: Block, table: _Classed, most: dict[str, int]
) -> bool:
    """Whether a sentence counts rows of a table: it speaks of it, tells figures of its rows, or names what they are."""
    if _SPEAKS_OF_TABLE.search(sentence.text):
        return True
    if table.is_quoted(sentence.text) or table.is_quoted(block.text, _SURE):
        return all(table.has_rows_of(one.noun) for one in told)
    return any(one.noun in table.nouns - _anything() and most.get(one.noun, 0) <= len(table.rows) for one in told)


@dataclass(frozen=True, slots=True)
class _Classed:
    """A table with its column of classes and its columns of measures."""

    grid: Grid
    rows: tuple[int, ...]
    classes: tuple[str, ...]
    """The class of each row."""
    measured: tuple[int, ...]
    moves: tuple[int, ...]
    """For each row 1 where it went up, -1 where down, 0 where neither; empty where the table does not show it."""

    @property
    def is_scanned(self) -> bool:
        """Whether it was read from an image."""
        return any(self.grid.is_scanned(row, column) for row in self.rows for column in range(len(self.grid.heads)))

    @property
    def nouns(self) -> frozenset[str]:
        """What the rows are by the heads of columns of words, in two words each."""
        return frozenset(" ".join(head.split()[:2]) for head in self.grid.heads)

    def has_rows_of(self, noun: str) -> bool:
        """Whether a noun can be what the rows are: by a head, by what their names begin with, or of any body."""
        first = noun.split()[:1]
        named = any(folded(self.grid.label(row)).split()[:1] == first for row in self.rows)
        return named or noun in self.nouns or noun in _anything()

    @classmethod
    def of(cls, grid: Grid) -> _Classed:
        """A table read: rows that are no totals; classes only of a column filled in every row."""
        rows = tuple(row for row in grid.rows if not grid.is_total(row) and not is_mean(grid, row))
        if len(rows) < _FEWEST:
            return cls(grid, rows, (), (), ())
        measured = () if has_gaps(grid, rows) else _measured(grid, rows)
        for column in range(len(grid.heads) - 1, 0, -1):
            cells = tuple(folded(grid.cell(row, column) or "") for row in rows)
            words = all(cell and len(cell) <= _LONGEST_CLASS and not cell[0].isdigit() for cell in cells)
            if words and column not in grid.columns and 2 <= len(set(cells)) <= min(_MOST_CLASSES, len(rows) - 1):
                return cls(grid, rows, cells, measured, _moves(grid, rows))
        return cls(grid, rows, (), measured, _moves(grid, rows))

    def is_quoted(self, text: str, fewest: int = 1) -> bool:
        """Whether a text tells figures of several rows beside their names."""
        keys, found = folded(text), 0
        for row in self.rows:
            named = (label := folded(self.grid.label(row).partition("(")[0]).strip()) and label in keys
            if named and any((self.grid.cell(row, at) or "?").strip(" %") in text for at in self.measured):
                found += 1
        return found >= fewest

    def told_in(self, sentence: Sentence, reading: Reading) -> list[_Told]:
        """The counts of a sentence that are of rows of one class, or of rows beyond a threshold."""
        told: list[_Told] = []
        for match in _COUNT.finditer(sentence.text):
            if _NO_THING.match(sentence.text[match.end() : match.end() + 12]):
                continue
            if _PLACE.search(sentence.text[max(match.start() - _LONGEST_PLACE, 0) : match.start()]):
                continue  # "từ thứ 3/6 tụt xuống thứ 5/6"
            before = sentence.text[: match.start()]
            if _OF_PART.search(before[-_LONGEST_GAP:]) or is_of_other_time(before, self.grid):
                continue
            rest = sentence.text[match.end() : match.end() + _LONGEST_GAP + _LONGEST_CLASS]
            if (end := _CLAUSE_END.search(rest)) is not None:
                rest = rest[: end.start()]
            noun = " ".join(folded(rest).split()[:2])
            of_class = self._by_class(rest, noun)
            counted = of_class or self._by_threshold(rest, sentence.text, noun) or self._by_move(rest, noun)
            if counted is not None:
                what, counts = counted
                start = sentence.start + match.start(1)
                proof = reading.proof(start, start + len(match[1]), "checks.told_count")
                end_of_it = match.end() + len(rest)
                told.append(
                    _Told(int(match[1]), counts, what, noun, of_class is not None, match.start(), end_of_it, proof)
                )
        return told

    def _rows_of(self, noun: str) -> list[int]:
        """Which rows are meant by a noun: those whose names begin with it, all where none do."""
        body = next((body for body in body_kinds() if f"{noun} ".startswith(f"{body} ")), None)
        named = [at for at, row in enumerate(self.rows) if f"{folded(self.grid.label(row))} ".startswith(f"{body} ")]
        return named or list(range(len(self.rows)))

    def _by_class(self, rest: str, noun: str) -> _Counted | None:
        """Rows of the class named behind a count, before any other figure."""
        other = _FIGURE.search(rest)
        words = folded(rest[: other.start()] if other else rest)
        places = [
            (match.start(), -len(name), name)
            for name in dict.fromkeys(self.classes)
            if (match := re.search(rf"\b{re.escape(name)}\b", words)) and match.start() <= _LONGEST_GAP
        ]
        several = len({name for _, _, name in places if not any(name in each and name != each for *_, each in places)})
        if not places or several > 1 or _OTHER_CLASSES.search(folded(rest)):
            return None
        *_, name = min(places)
        return name, self._count(noun, [one == name for one in self.classes])

    def _by_threshold(self, rest: str, said: str, noun: str) -> _Counted | None:
        """Rows beyond the threshold named behind a count."""
        rows = [self.rows[at] for at in self._rows_of(noun)]
        found = beyond(rest, said, self.grid, rows, self.measured)
        return (found.what, found.counts) if found is not None else None

    def _by_move(self, rest: str, noun: str) -> _Counted | None:
        """Rows that went the way named behind a count, before any other figure."""
        other = _FIGURE.search(rest)
        words = folded(rest[: other.start()] if other else rest)
        ways = ((_SAME, 0, "giữ nguyên"), (_UP, 1, "tăng"), (_DOWN, -1, "giảm"))
        found = [(match.start(), way, name) for what, way, name in ways if (match := what.search(words))]
        if not found or not self.moves or min(found)[0] > _LONGEST_GAP or _OTHER_MOVES.search(folded(rest)):
            return None
        _, way, name = min(found)
        return name, self._count(noun, [one == way for one in self.moves])

    def _count(self, noun: str, hits: Sequence[bool]) -> dict[int, tuple[int, frozenset[int]]]:
        """How many of the rows that a noun means are hit; as many of all rows may be meant."""
        count = sum(hits[at] for at in self._rows_of(noun))
        return {-1: (count, frozenset({count, sum(hits)}))}


_Counted = tuple[str, dict[int, tuple[int, frozenset[int]]]]


def _measured(grid: Grid, rows: Sequence[int]) -> tuple[int, ...]:
    """Columns of shares, and of points by their head."""
    return tuple(
        column
        for column in grid.columns
        if (grid.is_share_column(column) or re.search(r"\bdiem\b", grid.folded_head(column)))
        and all(grid.value(row, column) is not None for row in rows)
    )


def _moves(grid: Grid, rows: Sequence[int]) -> tuple[int, ...]:
    """Which rows went up and which down.

    A column says so, or one of shares of what there was before, or two that are headed by years.
    """
    width = len(grid.heads)
    for column in range(1, width):
        said = [_way(grid.cell(row, column) or "") for row in rows]
        if None not in said and len(set(said)) > 1:
            return tuple(way for way in said if way is not None)
    for column in grid.columns:
        values = [grid.value(row, column) for row in rows]
        index = [value - _WHOLE for value in values if value is not None and _LEAST <= value <= _MOST]
        if INDEX.search(grid.folded_head(column)) and grid.is_share_column(column) and len(index) == len(rows):
            return tuple((one > 0) - (one < 0) for one in index)
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


@cache
def _anything() -> frozenset[str]:
    return frozenset(map(folded, wordlist("extract.checks", "counted_rows")["anything"]))


def _judged(
    told: Sequence[_Told], sentence: Sentence, table: _Classed, reading: Reading, *, of_table: bool
) -> Iterator[Finding]:
    """What a sentence counts, where it is of the table; by the column that most of its counts hold in."""
    size = len(table.rows)
    columns = dict.fromkeys(column for one in told for column in one.counts)
    held = {column: sum(one.holds(column) for one in told) for column in columns}
    holding = sum(one.holds() for one in told)
    if not holding and sum(one.stated for one in told) == size and table.is_scanned:
        return  # a sign or class of the table was misread, more likely
    for one in told:
        best = max(held[column] for column in one.counts)
        some = {column: count for column, (count, _) in one.counts.items() if one.is_class or 0 < count < size}
        right = {count for column, count in some.items() if held[column] == best} or set(some.values())
        if one.holds():
            verdict, rows = CheckVerdict.AGREES, one.stated
        elif len(right) == 1 and abs(one.stated - max(right)) <= _OFF_BY:
            (rows,) = right
            others = {other.what: max(count for count, _ in other.counts.values()) for other in told}
            covers = holding == len(told) - 1 > 0 and sum({**others, one.what: rows}.values()) == size
            if not (of_table or covers or holding > len(told) - holding):
                continue
            verdict = if_wrong(one.proof, reading)
        else:
            continue
        gap = "" if one.holds() else f", lời văn ghi {one.stated}: chênh {abs(one.stated - rows)}"
        yield finding(
            CheckKind.COUNT_OF_LIST,
            quote(sentence.text, one.start, one.end),
            verdict,
            inputs=(("rows", str(rows)),),
            reported=str(one.stated),
            computed=str(rows),
            note=f"bảng có {rows}/{size} dòng {one.what}{gap}",
            evidence=merged(one.proof, table.grid.proof(table.rows[-1], 0)),
        )
