"""Statistical forms: rows numbered as an outline (1.4 and 1.4.1, 1.4.2 …), and shares over the counts below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz.distance import OSA

from extract.checks.arithmetic import SHARE, SUM
from extract.checks.grids import Grid, families, is_closed
from extract.checks.quantities import Meaning, meaning_of
from extract.checks.terms import Term, recompute
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records
from gazetteer.keys import folded

_SHARE: Final = re.compile(r"^(?:ty le|ti le)\b")
_WHOLE: Final = re.compile(r"^tong so\b|^tong\b")
_WHOLE_INSIDE: Final = re.compile(r"\btong so\b")  # the label of the row above may run into this one
_LEVELS: Final = (Meaning.PROVINCE, Meaning.DISTRICT, Meaning.COMMUNE)
_COUNT: Final = re.compile(r"^(?:tong so|so luong|so|tong)\s+")
# "… mức độ 3 và 4 …", "… cấp 1 và 2 …": the rows of either alone make it.
_BOTH: Final = re.compile(
    r"^(?P<what>.{4,80}?)\s+(?P<kind>muc do|muc|cap do|cap|loai|nhom)\s+(?P<one>\d)\s+va\s+(?P<two>\d)\b"
)
_EITHER: Final = re.compile(r"^(?P<what>.{4,80}?)\s+(?P<kind>muc do|muc|cap do|cap|loai|nhom)\s+(?P<one>\d)$")
_ALIKE: Final = 0.12  # letters of a label that a reading may have changed


def check_outlines(records: Records, reading: Reading) -> Iterator[Finding]:
    """Sums and shares that row numbers or row labels state."""
    for table in records.tables:
        grid = Grid(table, reading)
        column = _figures(grid)
        if column is None:
            continue
        for parent, children in families(grid):
            yield from _of_family(grid, parent, children, column)
        yield from _of_both(grid, column)
        yield from _by_place(grid)


def _figures(grid: Grid) -> int | None:
    """The one column of counts of a form."""
    coded = [row for row in grid.rows if grid.code(row) is not None]
    best = max(
        grid.columns,
        key=lambda column: (sum(grid.value(row, column) is not None for row in coded), -column),
        default=None,
    )
    return best if len(coded) >= 2 else None


def _of_family(grid: Grid, parent: int, children: Sequence[int], column: int) -> Iterator[Finding]:
    whole = grid.term(parent, column, "tổng")
    if whole is None:
        return
    terms = [grid.term(child, column, _number(grid, child)) for child in children]
    if any(term is None for term in terms):
        return
    figures = [term for term in terms if term is not None]
    label = grid.label(parent)
    head = f"{_number(grid, parent)} {label}".strip()
    if _SHARE.match(folded(label)) or grid.is_percent(parent, column):
        yield from _share(grid, head, whole, figures, children)
        return
    statement = f"{head}: {' + '.join(str(term.value) for term in figures)} = {whole.value}"
    made = recompute(CheckKind.SUM, statement, SUM, figures, whole)
    meanings = {meaning_of(grid.label(child)) for child in children}
    if made is not None and (made.verdict is CheckVerdict.AGREES or is_closed(meanings, len(children))):
        yield made


def _share(grid: Grid, head: str, share: Term, figures: Sequence[Term], children: Sequence[int]) -> Iterator[Finding]:
    """The form's pattern: a share, below it the total it is of, then the count that makes it."""
    whole = figures[0]
    if not _WHOLE.match(folded(grid.label(children[0]))) or whole.value <= 0:
        return
    statement = f"{head}: {figures[1].value}/{whole.value} = {share.value}%"
    made = recompute(CheckKind.RATIO, statement, SHARE, [figures[1], whole], share)
    if made is None:
        return
    if made.verdict is CheckVerdict.DIFFERS and figures[1].value > whole.value:
        return  # the second row is no part of the first
    if made.verdict is CheckVerdict.DIFFERS:
        for other in figures[2:]:
            second = recompute(CheckKind.RATIO, statement, SHARE, [other, whole], share)
            if second is not None and second.verdict is not CheckVerdict.DIFFERS:
                made = second
                break
    yield made


def _by_place(grid: Grid) -> Iterator[Finding]:
    """The form's patterns where row numbers were not read: by the order of rows and their words alone."""
    rows = [(row, cell) for row in grid.rows if (cell := _last_figure(grid, row)) is not None]
    coded = {member for parent, children in families(grid) for member in (parent, *children)}
    for index, (row, column) in enumerate(rows):
        below = rows[index + 1 : index + 4]
        if row in coded or len(below) < 2:
            continue
        label = folded(grid.label(row))
        if _in_percent(grid, row, column) and _WHOLE_INSIDE.search(folded(grid.label(below[0][0]))):
            yield from _share_by_place(grid, (row, column), below)
        elif _WHOLE_INSIDE.search(label) and len(below) == 3:
            meanings = [meaning_of(grid.label(other)) for other, _ in below]
            if sum(one is two for one, two in zip(meanings, _LEVELS, strict=True)) >= 2:
                yield from _sum_by_place(grid, (row, column), below)


def _share_by_place(grid: Grid, share: tuple[int, int], below: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    terms = [grid.term(row, column, "tỷ lệ") for row, column in (share, *below[:2])]
    percent, whole, part = terms
    if percent is None or whole is None or part is None or whole.decimals or part.decimals:
        return
    if not 0 < part.value <= whole.value or _in_percent(grid, *below[0]) or _in_percent(grid, *below[1]):
        return
    statement = f"{grid.label(share[0])}: {part.value}/{whole.value} = {percent.value}%"
    made = recompute(CheckKind.RATIO, statement, SHARE, [part, whole], percent)
    if made is not None:
        yield made


def _sum_by_place(grid: Grid, whole: tuple[int, int], below: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    total = grid.term(*whole, "tổng")
    figures = [term for row, column in below if (term := grid.term(row, column, grid.label(row)[:40])) is not None]
    if total is None or len(figures) != len(below) or any(term.value >= total.value for term in figures):
        return
    statement = f"{grid.label(whole[0])}: {' + '.join(str(term.value) for term in figures)} = {total.value}"
    made = recompute(CheckKind.SUM, statement, SUM, figures, total)
    if made is not None:
        yield made


def _last_figure(grid: Grid, row: int) -> int | None:
    """The column of the last figure of a row, its last filled cell."""
    filled = [column for column, cell in enumerate(grid.table.rows[row]) if cell and cell.strip()]
    return filled[-1] if filled and filled[-1] > 0 and grid.value(row, filled[-1]) is not None else None


def _in_percent(grid: Grid, row: int, column: int) -> bool:
    """Whether a figure is a share: printed with %, or its unit stands in the cell before."""
    return grid.is_percent(row, column) or (grid.cell(row, column - 1) or "").strip() == "%"


def _of_both(grid: Grid, column: int) -> Iterator[Finding]:
    """A count of "mức độ 3 và 4" against the counts of either."""
    labels = {row: _COUNT.sub("", folded(grid.label(row))) for row in grid.rows if grid.value(row, column) is not None}
    for row, label in labels.items():
        both = _BOTH.match(label)
        if both is None or _SHARE.match(folded(grid.label(row))) or grid.is_percent(row, column):
            continue
        parts = [_alone(labels, both, both["one"]), _alone(labels, both, both["two"])]
        terms = [grid.term(part, column, _number(grid, part)) for part in parts if part is not None]
        whole = grid.term(row, column, "tổng")
        figures = [term for term in terms if term is not None]
        if whole is None or len(figures) != 2:
            continue
        statement = f"{_number(grid, row)} {grid.label(row)}: {figures[0].value} + {figures[1].value} = {whole.value}"
        made = recompute(CheckKind.SUM, statement, SUM, figures, whole)
        if made is not None:
            yield made


def _alone(labels: dict[int, str], both: re.Match[str], number: str) -> int | None:
    """The one row of the same count for one of the two."""
    found = []
    for row, label in labels.items():
        one = _EITHER.match(label)
        if one is None or one["kind"] != both["kind"] or one["one"] != number:
            continue
        if OSA.normalized_distance(one["what"], both["what"]) <= _ALIKE:
            found.append(row)
    return found[0] if len(found) == 1 else None


def _number(grid: Grid, row: int) -> str:
    code = grid.code(row)
    return ".".join(map(str, code)) if code is not None else grid.label(row)[:40]
