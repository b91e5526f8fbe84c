"""A table read for checking: which cells are figures, which rows are totals, what the numbering says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from extract.checks.figures.quantities import Meaning, meaning_of
from extract.checks.figures.same import Same
from extract.checks.figures.terms import Term, is_doubtful
from extract.checks.tables.closed import is_closed
from extract.checks.tables.marks import Mark, mark_of
from extract.checks.tables.specks import is_ruled, is_torn, mended
from extract.components.figure_words import is_unit
from extract.components.numbers import read_cell
from extract.records import Proof, Reading, Records, Table
from gazetteer.keys import folded

_SERIAL: Final = frozenset({"stt", "tt", "so tt", "so thu tu", "ma so", "muc"})
_TOTAL: Final = re.compile(
    r"^(?:tong so|tong cong|tong|cong"
    r"|toan (?!dan|dien|van)\w+|ca (?:tinh|nuoc|huyen|thanh pho|thi xa|quan|xa|phuong|nganh|truong))\b"
)
_ADDED: Final = re.compile(r"\((?:[a-h]|[ivx]{1,4}|\d{1,2}) ?\+ ?")  # "Tổng cộng (I + II)"
_SHARE: Final = re.compile(r"^(?:ty le|ti le)\b|%")
_BLANK: Final = frozenset({"", "-", "–", "—", "0"})
_CLASSES: Final = frozenset({"xuat sac", "tot", "kha", "trung binh", "yeu", "kem"})
_POINTLESS: Final = re.compile(r"\d{4,9}")
_POINTED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")
_FEW_POINTED: Final = 3  # figures with points that show nothing yet
_FEW_RULED: Final = 2  # lines of a page
_SUMMING: Final = 3  # rows that a total without its name sums up, at least
_NAMES: Final = ("tong cong", "tong so", "toan tinh")
_NEARLY: Final = 2  # letters misread of them
_NO_DIGIT: Final = re.compile(r"\D+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LAST_UNIT: Final = 3  # columns behind the label at most
_SIGN: Final = re.compile(r"(?:[+−–-]|tăng|giảm|lên|xuống)\s?(?=\d)|[▲▼↑↓]\s?", re.IGNORECASE)
_SIGNS: Final = ("+", "-", "−", "–")
_FEW_SIGNED: Final = 3  # figures with signs that make no column of changes yet
_FEW_DAMAGED: Final = 3  # cells that were not read rightly
_WORN: Final = 0.1  # their share
_LONGEST_CELL: Final = 40  # characters of a cell that can hold one figure
_MOSTLY: Final = 0.6


@dataclass(frozen=True)
class Grid:
    """A table with its figures."""

    table: Table
    reading: Reading

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Folded heads of the columns."""
        return tuple(folded(head or "") for head in self.table.columns)

    @cached_property
    def values(self) -> tuple[tuple[Decimal | None, ...], ...]:
        """The figure in each cell, None where it holds none.

        One negative figure in a column without others is a speck or rule read as a minus: it is none. Nor is one
        without a sign where all others have theirs ("+0,05", "-0,32"): the sign was lost.
        """
        read = [
            [self._value(cell, row, column) for column, cell in enumerate(cells)]
            for row, cells in enumerate(self.table.rows)
        ]
        for column in range(max(map(len, read), default=0)):
            negative = [row for row in read if column < len(row) and (value := row[column]) is not None and value < 0]
            if len(negative) == 1:
                negative[0][column] = None
            if (unsigned := self._unsigned(read, column)) is not None:
                read[unsigned][column] = None
        return tuple(map(tuple, read))

    def _unsigned(self, read: Sequence[Sequence[Decimal | None]], column: int) -> int | None:
        """The one row of a column of signed figures whose figure has no sign."""
        rows = [row for row, values in enumerate(read) if column < len(values) and values[column]]
        bare = [row for row in rows if (self.cell(row, column) or "").strip()[:1] not in _SIGNS]
        return bare[0] if len(bare) == 1 and len(rows) > _FEW_SIGNED else None

    def _value(self, cell: str | None, row: int, column: int) -> Decimal | None:
        """The figure of a cell; on a scanned page without the specks around it, "23.047." or "`. 108.000"."""
        value = read_cell(cell)
        if value is not None or cell is None or len(cell) > _LONGEST_CELL or not self.is_scanned(row, column):
            return value
        return read_cell(mended(cell))

    def is_torn(self, row: int, column: int) -> bool:
        """Whether a figure is read past a mark misread in it, or had one repaired."""
        torn = is_torn(self.cell(row, column) or "") and self.value(row, column) is not None
        return torn or any(entry.raw != entry.text for entry in self.proof(row, column))

    def is_signed(self, column: int) -> bool:
        """Whether most figures of a column have a sign: changes."""
        return column in self._signed_columns

    @cached_property
    def _signed_columns(self) -> frozenset[int]:
        width = max(map(len, (self.table.columns, *self.table.rows)))
        return frozenset(filter(self._has_signs, range(width)))

    def _has_signs(self, column: int) -> bool:
        filled = [cell for row in self.rows if (cell := (self.cell(row, column) or "").strip())]
        return len(filled) >= _FEW_SIGNED and 2 * sum(bool(_SIGN.match(cell)) for cell in filled) > len(filled)

    @cached_property
    def is_worn(self) -> bool:
        """Whether several cells of figures were not read, or lost their marks: what explains one digit says nothing."""
        cells = [(row, column) for row in self.rows for column in self.columns]
        damaged = sum(self._is_damaged(row, column) for row, column in cells)
        return damaged >= _FEW_DAMAGED and damaged >= _WORN * len(cells)

    def _is_damaged(self, row: int, column: int) -> bool:
        if not self.is_scanned(row, column):
            return self.is_lost(row, column)
        printed, value = (self.cell(row, column) or "").strip(), self.value(row, column)
        if value is None:
            return any(map(str.isalnum, printed))
        return column in self._decimal_columns and _POINTLESS.fullmatch(f"0{printed}") is not None

    @cached_property
    def _decimal_columns(self) -> frozenset[int]:
        """Columns in which most figures have a decimal comma."""
        filled = {column: [cell for row in self.rows if (cell := self.cell(row, column))] for column in self.columns}
        return frozenset(
            column for column, cells in filled.items() if 2 * sum("," in cell for cell in cells) > len(cells)
        )

    def is_suspect(self, row: int, column: int) -> bool:
        """Whether a cell of a page image holds thousands without the point that others have: "5516" may be 2.216."""
        pointless = _POINTLESS.fullmatch((self.cell(row, column) or "").strip())
        return pointless is not None and self._is_pointed and self.is_scanned(row, column)

    @cached_property
    def _is_pointed(self) -> bool:
        """Whether thousands are printed with points: several are, and more than are not."""
        cells = [cell.strip() for row in self.table.rows for cell in row if cell]
        without = sum(_POINTLESS.fullmatch(cell) is not None for cell in cells)
        return sum(_POINTED.fullmatch(cell) is not None for cell in cells) > max(_FEW_POINTED, 2 * without)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Rows that hold data, without one that only numbers the columns."""
        return tuple(row for row in range(len(self.table.rows)) if not self._numbers_columns(row))

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Columns of figures: most of their filled cells are some, and they are not the serial numbers."""
        width = max((len(row) for row in self.table.rows), default=0)
        return tuple(column for column in range(width) if column not in self._serial and self._is_numeric(column))

    @cached_property
    def _serial(self) -> frozenset[int]:
        named = {column for column, head in enumerate(self.heads) if head in _SERIAL}
        return frozenset(named or ({0} if self._counts_up(0) else set()))

    def cell(self, row: int, column: int) -> str | None:
        """The printed text of a cell."""
        cells = self.table.rows[row]
        return cells[column] if column < len(cells) else None

    def value(self, row: int, column: int) -> Decimal | None:
        """The figure of a cell; a dash or an empty cell is none."""
        values = self.values[row]
        return values[column] if column < len(values) else None

    def is_blank(self, row: int, column: int) -> bool:
        """Whether a cell is empty, a dash or zero: nothing to add."""
        return (self.cell(row, column) or "").strip() in _BLANK

    def is_percent(self, row: int, column: int) -> bool:
        """Whether a cell is printed as a share."""
        return "%" in (self.cell(row, column) or "")

    def term(self, row: int, column: int, name: str) -> Term | None:
        """The figure of a cell as a term of a check."""
        value = self.value(row, column)
        if value is None:
            return None
        told = self._read.setdefault((row, column), {})
        if not told:
            proof = self.proof(row, column)
            doubtful = is_doubtful(proof, self.reading) or self.is_worn or self.is_torn(row, column)
            told[name] = Term(name, value, proof, doubtful, self.is_scanned(row, column))
        if name not in told:
            told[name] = replace(next(iter(told.values())), name=name)
        return told[name]

    @cached_property
    def _read(self) -> dict[tuple[int, int], dict[str, Term]]:
        """The terms of the cells asked for before, by their names."""
        return {}

    def proof(self, row: int, column: int) -> Proof:
        """Where a cell stands; the table's own evidence where the cell has none."""
        cells = self.table.cell_evidence[row] if row < len(self.table.cell_evidence) else ()
        entry = cells[column] if column < len(cells) else None
        return (entry,) if entry is not None else ()

    def is_scanned(self, row: int, column: int) -> bool:
        """Whether a cell was read from an image, by us or by whoever made the text: a digit of it may be lost."""
        return any(entry.page in self._scanned for entry in self.proof(row, column))

    def is_lost(self, row: int, column: int) -> bool:
        """Whether a cell of a page image shows nothing: what was printed there may not have been read."""
        return not (self.cell(row, column) or "").strip() and any(
            self.is_scanned(row, other) for other in range(len(self.table.rows[row]))
        )

    @cached_property
    def _scanned(self) -> frozenset[int]:
        ruled = (
            page.number
            for page in self.reading.letter.pages
            if sum(is_ruled(line.text) for line in page.lines) >= _FEW_RULED
        )
        return self.reading.engine_pages.union(ruled)

    def cell_at(self, place: tuple[int, int]) -> tuple[int, int] | None:
        """The cell whose evidence stands at two offsets of the repaired text."""
        return self._cells_by_place.get(place)

    @cached_property
    def _cells_by_place(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {
            (entry.start, entry.end): (row, column)
            for row, cells in enumerate(self.table.cell_evidence)
            for column, entry in enumerate(cells)
            if entry is not None and entry.end > entry.start
        }

    def alike(self, rows: Sequence[int]) -> bool:
        """Whether nothing says that rows count different things: where units are given, all give the same."""
        units = {folded(self.cell(row, self._units) or "") for row in rows} if self._units is not None else set()
        return len(units) <= 1

    @cached_property
    def _units(self) -> int | None:
        """The column of units of measure."""
        width = max((len(row) for row in self.table.rows), default=0)
        for column in range(2, min(width, _LAST_UNIT + 1)):
            filled = [cell for row in self.rows if (cell := self.cell(row, column))]
            if len(filled) > 1 and sum(is_unit(cell) or cell == "%" for cell in filled) > _MOSTLY * len(filled):
                return column
        return None

    def label(self, row: int) -> str:
        """The words of a row that say what it counts."""
        return self._labels[row]

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        return tuple(map(self._label, range(len(self.table.rows))))

    def _label(self, row: int) -> str:
        words = [
            cell
            for column, cell in enumerate(self.table.rows[row])
            if cell and column not in self._serial and self.value(row, column) is None and _LETTER.search(cell)
        ]
        return max(words[:2], key=len, default="")

    def mark(self, row: int) -> Mark | None:
        """The mark that a row begins with."""
        return mark_of(self.cell(row, 0) or "") if self.table.rows[row] else None

    def code(self, row: int) -> tuple[int, ...] | None:
        """The number of a row in an outline: "1.4.2." is (1, 4, 2)."""
        mark = self.mark(row)
        return mark.numbers if mark is not None and mark.alone and mark.kind.startswith("number") else None

    def is_total(self, row: int) -> bool:
        """Whether a row sums up others: it says so, its name hardly misread, or its figures show it."""
        label = folded(self.label(row))
        if (mark := self.mark(row)) is not None and mark.alone and mark.numbers:
            return _ADDED.search(label) is not None
        named = _TOTAL.match(label) or any(OSA.distance(label, name) <= _NEARLY for name in _NAMES)
        return bool(named) or row == self._unnamed_total

    @cached_property
    def _unnamed_total(self) -> int | None:
        """The last row where it has no number, and most of its counts are the sums of those above."""
        rows = [row for row in self.rows if any(self.value(row, column) is not None for column in self.columns)]
        if len(rows) <= _SUMMING or self.code(rows[-1]) is not None or not any(map(self.code, rows[:-1])):
            return None
        last, above = rows[-1], rows[:-1]
        told = [column for column in self.columns if self.value(last, column)]
        sums = [sum((self.value(row, column) or Decimal(0) for row in above), Decimal(0)) for column in told]
        right = sum(self.value(last, column) == made for column, made in zip(told, sums, strict=True))
        return last if right >= max(2, _MOSTLY * len(told)) else None

    def is_shifted(self, row: int) -> bool:
        """Whether the cells of a row stand under the wrong columns: a share in a column of counts."""
        shares = self.is_share_row(row)
        return not shares and any(
            self.is_percent(row, column) and not self.is_share_column(column) for column in self.columns
        )

    def is_share_row(self, row: int) -> bool:
        """Whether a row gives shares."""
        return row in self._share_rows

    @cached_property
    def _share_rows(self) -> frozenset[int]:
        return frozenset(row for row in range(len(self.table.rows)) if self._gives_shares(row))

    def _gives_shares(self, row: int) -> bool:
        cells = [column for column in self.columns if self.value(row, column) is not None]
        printed = sum(self.is_percent(row, column) for column in cells)
        return bool(_SHARE.match(folded(self.label(row)))) or (bool(cells) and printed > len(cells) / 2)

    def is_share_column(self, column: int) -> bool:
        """Whether a column gives shares."""
        return column in self._share_columns

    @cached_property
    def _share_columns(self) -> frozenset[int]:
        width = max(map(len, (self.table.columns, *self.table.rows)))
        return frozenset(column for column in range(width) if self._holds_shares(column))

    def _holds_shares(self, column: int) -> bool:
        head = self.table.columns[column] if column < len(self.table.columns) else ""
        if _SHARE.search(folded(head or "")) or "%" in (head or ""):
            return True
        filled = [row for row in self.rows if self.value(row, column) is not None]
        return bool(filled) and sum(self.is_percent(row, column) for row in filled) > len(filled) / 2

    def total_column(self) -> int | None:
        """The one column that is headed as a total, where it stands first or last of the figures."""
        counts = [column for column in self.columns if not self.is_share_column(column)]
        named = [column for column in counts if _TOTAL.match(self.folded_head(column))]
        if len(named) == 1 and counts and named[0] in (counts[0], counts[-1]):
            return named[0]
        return None

    def head(self, column: int) -> str:
        """The printed head of a column, its number where it has none."""
        head = self.table.columns[column] if column < len(self.table.columns) else ""
        return head or str(column + 1)

    def headed(self, columns: Sequence[int]) -> bool:
        """Whether any of the columns has a head."""
        return any(self.folded_head(column) for column in columns)

    def closed(self, columns: Sequence[int]) -> bool:
        """Whether columns leave nothing out: the classes, or stages of work that make all."""
        heads = [self.folded_head(column) for column in columns]
        if len(heads) >= 3 and all(head in _CLASSES for head in heads):
            return True
        meanings = {self.meaning(column) for column in columns if column < len(self.heads)}
        return is_closed(meanings, len(columns))

    def meaning(self, column: int) -> Meaning | None:
        """What a column counts by its head."""
        return meaning_of(self.table.columns[column] or "") if column < len(self.heads) else None

    def folded_head(self, column: int) -> str:
        """The folded head of a column, empty where it has none."""
        return self.heads[column] if column < len(self.heads) else ""

    def _is_numeric(self, column: int) -> bool:
        filled = [row for row in self.rows if (self.cell(row, column) or "").strip()]
        figures = sum(self.value(row, column) is not None or self.is_blank(row, column) for row in filled)
        return bool(filled) and figures >= _MOSTLY * len(filled)

    def _counts_up(self, column: int) -> bool:
        codes = [self.code(row) for row in range(len(self.table.rows))]
        return bool(codes) and sum(code is not None for code in codes) >= _MOSTLY * len(codes) and column == 0

    def _numbers_columns(self, row: int) -> bool:
        numbers: list[int] = []
        for cell in self.table.rows[row]:
            number = _NO_DIGIT.sub("", cell or "")
            if not 1 <= len(number) <= 2 or (numbers and int(number) != numbers[-1] + 1):
                return False
            numbers.append(int(number))
        return len(numbers) >= 3


def grids_of(records: Records, reading: Reading) -> tuple[Grid, ...]:
    """The tables of a letter, each read once for all checks that ask in turn."""
    return _grids(Same(records.tables), Same(reading))


@lru_cache(maxsize=1)
def _grids(tables: Same[tuple[Table, ...]], reading: Same[Reading]) -> tuple[Grid, ...]:
    return tuple(Grid(table, reading.one) for table in tables.one)
