"""Statistical forms read as a list: what each row counts, and its figure, over page breaks.

In a form without ruled lines a label runs over several lines and its figure stands on the first of them, so the end
of a label leads the row below it: "Tỷ lệ hồ sơ đúng | 61,1 %", "hạn Tổng số hồ sơ đã | 900". Labels of forms begin
with a few words ("Số", "Tổng số", "Tỷ lệ"); where one stands inside a row, what comes before it is the end of the label
above.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extract.checks.figures.terms import Term
from extract.checks.tables.grids import Grid
from gazetteer.keys import folded

_STARTERS: Final = frozenset({"so", "tong", "ty", "ti"})
_SHARE_STARTERS: Final = frozenset({*_STARTERS, "tu", "t"})  # damaged "Tỷ", told by the % of its row
_DEPARTMENT: Final = "Sở"
_CODE: Final = re.compile(r"(?:\d{1,2}\.)+\d{0,2}\.?|\d{2,4}[.,]?")  # the row number of the next label: "141", "3.1.2."
_LONGEST_UNIT: Final = 3  # words
_OFTEN: Final = 3  # rows in which a unit stands in a cell of its own
_LONGEST_LABEL: Final = 60  # words of a label that are kept


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a form. `table` and `row` say where its figure stands; `percent`: it is a share."""

    label: str
    term: Term
    percent: bool
    table: int
    row: int

    @property
    def is_count(self) -> bool:
        """Whether it counts something."""
        return not self.percent and not self.term.decimals


def entries(grids: Sequence[Grid]) -> tuple[Entry, ...]:
    """The rows of all forms of a letter, in order; tables with several figures a row are no forms."""
    forms = [(index, grid) for index, grid in enumerate(grids) if _is_form(grid)]
    counted = Counter(unit for _, grid in forms for row in grid.rows if (unit := _unit(grid, row)) is not None)
    units = tuple(unit for unit, times in counted.items() if times >= _OFTEN)
    out: list[Entry] = []
    for index, grid in forms:
        out += _of_grid(index, grid, units)
    return tuple(out)


def _unit(grid: Grid, row: int) -> str | None:
    """The few words between the label and the figure of a row; None where no cell holds them alone."""
    column = last_figure(grid, row)
    cells = [cell.strip() for cell in grid.table.rows[row][: column or None] if cell and cell.strip()]
    return cells[-1] if len(cells) > 1 and 0 < len(cells[-1].split()) <= _LONGEST_UNIT else None


def _is_form(grid: Grid) -> bool:
    figures = [sum(value is not None for value in grid.values[row][1:]) for row in grid.rows]
    return sum(count == 1 for count in figures) > len(figures) / 2


def _of_grid(index: int, grid: Grid, units: Sequence[str]) -> Iterator[Entry]:
    """The entries of a form; `units` are those of the letter's forms, which may stick to the end of a label."""
    words: list[str] = []
    begun: tuple[Term, bool, int] | None = None
    for row in grid.rows:
        column = last_figure(grid, row)
        cells = [cell.strip() for cell in grid.table.rows[row][: column or None] if cell and cell.strip()]
        if cells and _CODE.fullmatch(cells[0]):
            cells = cells[1:]
        unit = cells.pop() if len(cells) > 1 and len(cells[-1].split()) <= _LONGEST_UNIT else None
        stuck = next((one for one in units if cells and cells[-1].endswith(f" {one}")), None)
        if unit is None and stuck is not None:
            unit, cells[-1] = stuck, cells[-1].removesuffix(f" {stuck}")
        term = grid.term(row, column, "") if column is not None else None
        percent = column is not None and in_percent(grid, row, column)
        text = " ".join(cells).split()
        at = _beginning(text, percent)
        if term is None or (unit is None and at is None and not percent):
            words += text
            if term is not None and unit is None:
                words.append(str(term.value))  # the end of a label: "mức độ | 3"
            continue
        tail, head = (text[:at], text[at:]) if at is not None else ([], text)
        if begun is not None:
            yield _entry(words + tail, begun, index)
        words, begun = head, (term, percent, row)
    if begun is not None:
        yield _entry(words, begun, index)


def _entry(words: Sequence[str], begun: tuple[Term, bool, int], table: int) -> Entry:
    kept = [word for word in words[:_LONGEST_LABEL] if any(letter.isalnum() for letter in word)]
    while kept and _CODE.fullmatch(kept[-1]):
        kept.pop()
    label = " ".join(kept)
    term, percent, row = begun
    return Entry(label, Term(label[:60], term.value, term.proof, term.doubtful), percent, table, row)


def _beginning(words: Sequence[str], percent: bool) -> int | None:
    """Where the last label of a row begins; None where none does."""
    starters = _SHARE_STARTERS if percent else _STARTERS
    for at in range(len(words) - 1, -1, -1):
        word = words[at].strip("().,:;|")
        if word[:1].isupper() and word != _DEPARTMENT and folded(word) in starters:
            return at
    return None


def last_figure(grid: Grid, row: int) -> int | None:
    """The column of the last figure of a row, where that is its last filled cell."""
    filled = [column for column, cell in enumerate(grid.table.rows[row]) if cell and cell.strip()]
    return filled[-1] if filled and filled[-1] > 0 and grid.value(row, filled[-1]) is not None else None


def in_percent(grid: Grid, row: int, column: int) -> bool:
    """Whether a figure is a share: printed with %, or its unit stands in the cell before."""
    return grid.is_percent(row, column) or (grid.cell(row, column - 1) or "").strip() == "%"
