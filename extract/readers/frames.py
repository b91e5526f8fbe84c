"""Cells of the tables of a digital page, from the lines drawn on it.

The steps are those of pdfplumber and Tabula (A. Nurminen, Algorithmic Extraction of Data in Tables
in PDF Documents, 2013): rules that lie side by side become one, those that follow each other are
joined, and the smallest rectangle between the points where they cross is a cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from extract.records import Box

_NEAR = 3.0  # points: between rules that are one, between their ends, and from an end to the rule it meets
_LEAST_SIDE, _LEAST_RULE = 1.0, 3.0  # points: of a side before and after joining
_LEAST_RULES, _MOST_RULES = 4, 5000
_MOST_CROSSINGS = 200_000

_Rule = tuple[float, float, float]  # where it lies, where it starts, where it ends
_Point = tuple[float, float]


def cells_of_rules(drawn: Sequence[Sequence[Box]]) -> tuple[tuple[Box, ...], ...]:
    """The cells of each ruled table, from the upper left one to the lower right one.

    Args:
        drawn: the sides of each line and frame, boxes without width or height.
    """
    if not _LEAST_RULES <= len(drawn) <= _MOST_RULES:
        return ()
    sides = [side for lines in drawn for side in lines]
    upright = _joined([(side.x0, side.y0, side.y1) for side in sides if side.height >= _LEAST_SIDE])
    level = _joined([(side.y0, side.x0, side.x1) for side in sides if side.width >= _LEAST_SIDE])
    return _tables(_cells(_crossings(upright, level)))


def _joined(rules: Sequence[_Rule]) -> list[_Rule]:
    """Rules side by side laid onto their middle, then those that follow each other made one."""
    groups: list[list[_Rule]] = []
    for rule in sorted(rules):
        if groups and rule[0] <= groups[-1][-1][0] + _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    joined: list[_Rule] = []
    for group in groups:
        place = sum(rule[0] for rule in group) / len(group)
        first = len(joined)
        for _, start, end in sorted(group, key=lambda rule: rule[1]):
            if len(joined) > first and start <= joined[-1][2] + _NEAR:
                joined[-1] = (place, joined[-1][1], max(end, joined[-1][2]))
            else:
                joined.append((place, start, end))
    return [rule for rule in joined if rule[2] - rule[1] >= _LEAST_RULE]


def _crossings(upright: Sequence[_Rule], level: Sequence[_Rule]) -> dict[_Point, tuple[set[int], set[int]]]:
    """Where rules cross or meet, and the upright and level rules there by their numbers."""
    heights = [rule[0] for rule in level]  # in ascending order, as they were joined
    found: defaultdict[_Point, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for number, (x, top, bottom) in enumerate(upright):
        for other in range(bisect_left(heights, top - _NEAR), bisect_right(heights, bottom + _NEAR)):
            y, left, right = level[other]
            if left - _NEAR <= x <= right + _NEAR:
                found[x, y][0].add(number)
                found[x, y][1].add(other)
        if len(found) > _MOST_CROSSINGS:
            return {}
    return found


def _cells(points: dict[_Point, tuple[set[int], set[int]]]) -> list[Box]:
    """For each point the smallest rectangle whose upper left corner it is, with a rule on every side."""
    columns: defaultdict[float, list[float]] = defaultdict(list)
    rows: defaultdict[float, list[float]] = defaultdict(list)
    for x, y in sorted(points):
        columns[x].append(y)
        rows[y].append(x)
    cells = []
    for x, y in sorted(points):
        upright, level = points[x, y]
        below = [to for to in columns[x][bisect_right(columns[x], y) :] if upright & points[x, to][0]]
        right = [to for to in rows[y][bisect_right(rows[y], x) :] if level & points[to, y][1]]
        corner = next(
            (
                (across, down)
                for down in below
                for across in right
                if (across, down) in points
                and points[across, down][0] & points[across, y][0]
                and points[across, down][1] & points[x, down][1]
            ),
            None,
        )
        if corner is not None:
            cells.append(Box(x, y, *corner))
    return cells


def _tables(cells: Sequence[Box]) -> tuple[tuple[Box, ...], ...]:
    """Cells that touch at a corner together, the highest table first; a single cell is no table."""
    owner = list(range(len(cells)))

    def root(number: int) -> int:
        while owner[number] != number:
            owner[number] = owner[owner[number]]
            number = owner[number]
        return number

    at: dict[_Point, int] = {}
    for number, cell in enumerate(cells):
        for corner in _corners(cell):
            owner[root(number)] = root(at.setdefault(corner, number))
    groups: defaultdict[int, list[Box]] = defaultdict(list)
    for number, cell in enumerate(cells):
        groups[root(number)].append(cell)
    found = [tuple(group) for group in groups.values() if len(group) > 1]
    return tuple(sorted(found, key=lambda group: min((cell.y0, cell.x0) for cell in group)))


def _corners(cell: Box) -> Iterable[_Point]:
    return (cell.x0, cell.y0), (cell.x0, cell.y1), (cell.x1, cell.y0), (cell.x1, cell.y1)
