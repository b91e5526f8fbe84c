"""How well a cell of a table fits a figure of running text: by the head of its column, things counted, and times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum
from functools import cache, lru_cache
from itertools import pairwise

from extract.checks.figures.breaks import WORD
from extract.checks.figures.figures import Figure
from extract.checks.figures.quantities import Meaning, meaning_of
from extract.checks.tables.grids import Grid
from extract.checks.tables.named import Name, name_of
from extract.components.figure_words import is_unit, measures
from extract.wordlists import wordlist


class Fit(IntEnum):
    """How well the head of a cell fits the words of a figure."""

    AGAINST = 0  # it counts something else
    UNSAID = 1  # it may
    OPEN = 2  # the head says nothing: "Tổng số", "Năm 2023"
    SAID = 3  # the sentence speaks of it
    PLAIN = 4  # the figure's own clause does


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value, what its head says, the things that heads of the table name, and its place."""

    value: Decimal
    head: str
    things: frozenset[str]
    row: int
    column: int
    share: bool


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Cells that are of one body or field: a row, or the one column of a form; no name where they are of all."""

    grid: Grid
    name: Name | None
    cells: tuple[Cell, ...]
    values: frozenset[Decimal] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozenset(cell.value for cell in self.cells))


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a sentence with the words of its clause, those of the sentence up to it, and the lines it is of.

    `close`: the name of its line stands right before or behind it.
    """

    one: Figure
    near: str
    words: frozenset[str]
    said: frozenset[str]
    lines: tuple[Line, ...]
    close: bool


def lines_of(grid: Grid) -> Iterator[Line]:
    """The rows that a text can name, the totals, and the column of a form."""
    things = frozenset(unit for column in grid.columns for unit in _units(grid.head(column).lower()))
    form = len(grid.columns) == 1 and not _head(grid.head(grid.columns[0]).lower()).words
    for row in grid.rows:
        total = grid.is_total(row)
        name = None if total or form else name_of(grid.label(row))
        if total or name is not None:
            cells = tuple(
                Cell(value, grid.head(column).lower(), things, row, column, grid.is_share_column(column))
                for column in grid.columns
                if (value := grid.value(row, column)) is not None and value >= 0
            )
            yield Line(grid, name, cells)
    if form and not any(map(grid.is_total, grid.rows)):
        (column,) = grid.columns
        cells = tuple(
            Cell(value, grid.label(row).lower(), frozenset(), row, column, grid.is_percent(row, column))
            for row in grid.rows
            if (value := grid.value(row, column)) is not None and value >= 0
        )
        yield Line(grid, None, cells)


def fit_of(cell: Cell, told: Told) -> tuple[Fit, int]:
    """How well a cell's head fits a figure, and how many of its words say so."""
    one, head = told.one, _head(cell.head)
    share = one.unit == "%"
    if cell.value.as_tuple().exponent != one.term.value.as_tuple().exponent:
        return Fit.AGAINST, 0
    if cell.share is not share and (cell.share or not one.term.decimals):
        return Fit.AGAINST, 0
    if data().aim.search(one.lead) and not data().aimed.search(cell.head):
        return Fit.AGAINST, 0
    noun = one.unit if is_unit(one.unit) else one.head
    things = head.units or (cell.things if noun and not measures(noun) else frozenset())
    if things and noun not in things and is_unit(noun) and not any(unit in told.near for unit in things):
        return Fit.AGAINST, 0
    times = frozenset(data().time.findall(one.lead))
    if head.times and times and not head.times & times:
        return Fit.AGAINST, 0
    means = meaning_of(told.near) if told.near else None
    if head.meaning is not None and means is not None:
        return (Fit.PLAIN, len(head.words)) if head.meaning is means else (Fit.AGAINST, 0)
    if not head.words:
        return (Fit.SAID if head.times & times else Fit.OPEN), 0
    if head.words <= told.words:
        return Fit.PLAIN, len(head.words)
    if head.words <= told.said or (noun in head.units and measures(noun)):
        return Fit.SAID, len(head.words & told.said)
    return Fit.UNSAID, 0


@dataclass(frozen=True, slots=True)
class _Head:
    """What the words of a head say: those that tell it from others, the units and times it names, its meaning."""

    words: frozenset[str]
    units: frozenset[str]
    times: frozenset[str]
    meaning: Meaning | None


@lru_cache(maxsize=4096)
def _head(head: str) -> _Head:
    words = words_in(head)
    return _Head(words - data().common, frozenset(_units(head)), frozenset(data().time.findall(head)), meaning_of(head))


def _units(head: str) -> Iterator[str]:
    """The things and measures that a head names, of two words where they are."""
    words = [*WORD.findall(head), ""]
    pair = False
    for one, other in pairwise(words):
        pair = not pair and bool(other) and is_unit(f"{one} {other}")
        if pair:
            yield f"{one} {other}"
        elif is_unit(one) and one not in data().common:
            yield one


def words_in(text: str) -> frozenset[str]:
    """The words of a text in lower case, without figures."""
    return frozenset(WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Data:
    """The words of `data/quoted.toml`."""

    common: frozenset[str]
    other: re.Pattern[str]
    before_name: re.Pattern[str]
    time: re.Pattern[str]
    aim: re.Pattern[str]
    aimed: re.Pattern[str]
    left_out: re.Pattern[str]
    all: frozenset[str]


@cache
def data() -> Data:
    """The words, as they stand in the data."""
    known = wordlist("extract.checks", "quoted")
    other, before_name = re.compile(rf"\b{known['else']}\b"), re.compile(known["before_name"], re.IGNORECASE)
    time, aim, aimed, left = (re.compile(known[name]) for name in ("time", "aim", "aimed", "left_out"))
    return Data(frozenset(known["common"]), other, before_name, time, aim, aimed, left, frozenset(known["all"]))
