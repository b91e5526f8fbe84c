"""Figures of a line of text put under the columns of its table, where the line shows more or fewer than there are.

What stands in a column tells which figures are its own: counts, shares with a decimal mark, classes. A total is the
sum of what stands above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from extract.components.flat_lines import Line, Span
from extract.components.flat_rows import TOTAL
from extract.components.numbers import read_cell
from extract.components.sheets import CellText, Row

_MANY_PLACES = 80  # ways to set figures under columns that are tried
_FEW = 3  # lines that show what stands in the columns
_DASHES = frozenset("-–—")
_SHARE = re.compile(r"\d,\d{1,2}%?|\d%")
_TORN = (
    (re.compile(r"\d{1,3}"), re.compile(r"\d{3}")),  # "3 546" for 3.546
    (re.compile(r"\d[\d.]*,"), re.compile(r"\d{1,2}")),  # "2.596, 1"
)
_SUM, _ALIKE = 3, 1  # points for a figure that is the sum of a column, or could be
_MOST_MISSING = 2  # figures that a line may lack to be spread


@dataclass(frozen=True, slots=True)
class _Column:
    """What stands in a column: the kind most of its cells are, and its figures."""

    kind: str
    values: tuple[Decimal, ...]
    summed: Decimal | None  # None where a cell was not read


def spread(text: str, lines: Sequence[Line], width: int) -> list[Line]:
    """Lines with their figures under the columns they fit, where the lines that show all figures tell the columns."""
    full = [line for line in lines if len(line.values) == width]
    kinds = [_kind_of(_printed(text, line.values[at]) for line in full) for at in range(width)]
    if len(full) < _FEW:
        return list(lines)
    return [_spread(text, line, kinds) for line in lines]


def _spread(text: str, line: Line, kinds: Sequence[str]) -> Line:
    width = len(kinds)
    values = list(line.values)
    if len(values) > width:
        values = _untorn(text, _without_specks(text, _without_remark(text, values, kinds), kinds), width)
    elif values and len(values) >= max(2, width - _MOST_MISSING) and line.number is not None:
        values = _with_gaps(text, values, kinds)
    return Line(line.number, line.label, values, line.remark, line.words)


def _untorn(text: str, values: list[Span | None], width: int) -> list[Span | None]:
    """The figures of a line with one too many, where one was torn at the point of its thousands or behind its comma."""
    if len(values) != width + 1:
        return values
    torn = [
        at
        for at, (one, other) in enumerate(pairwise(values))
        if any(low.fullmatch(_printed(text, one)) and high.fullmatch(_printed(text, other)) for low, high in _TORN)
    ]
    if len(torn) != 1 or (one := values[torn[0]]) is None or (other := values[torn[0] + 1]) is None:
        return values
    return [*values[: torn[0]], (one[0], other[1]), *values[torn[0] + 2 :]]


def _without_remark(text: str, values: list[Span | None], kinds: Sequence[str]) -> list[Span | None]:
    """The figures without a dash behind them, where those before it fit the columns better with the first one."""
    width = len(kinds)
    if len(values) != width + 1 or _printed(text, values[-1]) not in _DASHES:
        return values
    return values[:-1] if _fits(text, values[:-1], kinds) > _fits(text, values[1:], kinds) else values


def _without_specks(text: str, values: list[Span | None], kinds: Sequence[str]) -> list[Span | None]:
    """The figures without the one dash among them that was a speck, where all others then fit their columns."""
    dashes = [at for at, value in enumerate(values) if _printed(text, value) in _DASHES]
    if len(values) != len(kinds) + 1 or len(dashes) != 1:
        return values
    rest = [*values[: dashes[0]], *values[dashes[0] + 1 :]]
    return rest if _fits(text, rest, kinds) == len(kinds) else values


def _with_gaps(text: str, values: Sequence[Span | None], kinds: Sequence[str]) -> list[Span | None]:
    """The figures under the columns of their kinds; as they were where more than one way, or none, fits best."""
    width = len(kinds)
    ways: list[tuple[int, tuple[int, ...]]] = []
    for count, places in enumerate(combinations(range(width), len(values))):
        if count > _MANY_PLACES:
            return list(values)
        ways.append((_fits(text, values, [kinds[place] for place in places]), places))
    best = max((points for points, _ in ways), default=0)
    fitting = [places for points, places in ways if points == best]
    if len(fitting) != 1 or best <= ways[0][0]:
        return list(values)
    cells: list[Span | None] = [None] * width
    for place, value in zip(fitting[0], values, strict=True):
        cells[place] = value
    return cells


def _fits(text: str, values: Sequence[Span | None], kinds: Sequence[str]) -> int:
    """How many figures are of the kinds of their columns."""
    told = zip(values, kinds, strict=True)
    return sum(_kind(_printed(text, value)) == kind for value, kind in told)


def _printed(text: str, span: Span | None) -> str:
    return text[slice(*span)] if span is not None else ""


def _kind(printed: str) -> str:
    if not printed or printed in _DASHES:
        return ""
    if not any(map(str.isdigit, printed)):
        return "word"
    return "share" if _SHARE.search(printed) else "count"


def _kind_of(cells: Iterator[str]) -> str:
    told = Counter(kind for cell in cells if (kind := _kind(cell)))
    return told.most_common(1)[0][0] if told else ""


def settle(rows: Sequence[Row], begin: int, width: int) -> list[Row]:
    """The figures of totals with empty cells under the columns they are the sums of, the others where they can stand.

    Nowhere where more than one way, or none, fits.
    """
    settled: list[Row] = []
    for at, row in enumerate(rows):
        values = [cell for cell in row[begin : begin + width] if cell is not None]
        label = row[1].text if row[1] is not None else ""
        if row[0] is not None or not TOTAL.match(label) or len(values) == width or not values:
            settled.append(row)
            continue
        above = [other for other in rows[:at] if not (other[1] is not None and TOTAL.match(other[1].text))]
        places = _places(values, [_column(above, begin + column) for column in range(width)])
        cells: list[CellText | None] = [None] * width
        for place, value in zip(places, values, strict=False):
            cells[place] = value
        settled.append((*row[:begin], *cells, *row[begin + width :]))
    return settled


def _column(rows: Sequence[Row], column: int) -> _Column:
    cells = [cell.text if (cell := row[column]) is not None else "" for row in rows]
    read = [_read(cell) for cell in cells]
    values = tuple(value for value in read if value is not None)
    unread = any(value is None and _kind(cell) for value, cell in zip(read, cells, strict=True))
    return _Column(_kind_of(iter(cells)), values, None if unread or not values else sum(values, Decimal(0)))


def _places(values: Sequence[CellText], columns: Sequence[_Column]) -> tuple[int, ...]:
    """The columns that the figures of a total stand in; none where no way, or more than one, fits best."""
    ways: list[tuple[int, tuple[int, ...]]] = []
    for count, places in enumerate(combinations(range(len(columns)), len(values))):
        if count > _MANY_PLACES:
            return ()
        points = [_points(value.text, columns[place]) for value, place in zip(values, places, strict=True)]
        if all(points):
            ways.append((sum(points), places))
    best = max((points for points, _ in ways), default=0)
    fitting = [places for points, places in ways if points == best]
    if len(fitting) > 1 and best >= _SUM and ways[0][1] == tuple(range(len(values))) in fitting:
        return ways[0][1]  # what is empty mostly stands behind
    return fitting[0] if len(fitting) == 1 and (best >= _SUM or len(ways) == 1) else ()


def _points(printed: str, column: _Column) -> int:
    """How well a figure fits below a column: as its sum, or as one that could be it, or their mean."""
    value = _read(printed)
    if value is None or not column.values:
        return 0
    if value == column.summed:
        return _SUM
    low, high = min(column.values), max(column.values)
    if low <= value <= high:
        return _ALIKE
    return _ALIKE if value > high and _kind(printed) == column.kind == "count" else 0


def _read(printed: str) -> Decimal | None:
    return read_cell(printed.rstrip(".,"))
