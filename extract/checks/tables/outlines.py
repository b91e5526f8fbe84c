"""Statistical forms: rows numbered as an outline (1.4 and 1.4.1, 1.4.2 …), and shares over the counts below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from typing import Final

from rapidfuzz.distance import OSA

from extract.checks.figures.arithmetic import SHARE, SUM, vn
from extract.checks.figures.kinds import are_all_kinds
from extract.checks.figures.quantities import Meaning, meaning_of
from extract.checks.figures.slips import is_explained, is_near, is_unread_share
from extract.checks.figures.terms import Term, recompute
from extract.checks.tables.cells import is_unread_sum
from extract.checks.tables.closed import is_closed
from extract.checks.tables.families import outline_of
from extract.checks.tables.forms import Entry, entries
from extract.checks.tables.grids import Grid, grids_of
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records
from gazetteer.keys import folded

_SHARE: Final = re.compile(r"^(?:ty le|ti le)\b")
_WHOLE: Final = re.compile(r"^tong so\b|^tong\b")
_LEVELS: Final = (Meaning.PROVINCE, Meaning.DISTRICT, Meaning.COMMUNE)
_COUNT: Final = re.compile(r"^(?:tong so|so luong|so|tong)\s+")
# "… mức độ 3 và 4 …", "… cấp 1 và 2 …": the rows of either alone make it.
_BOTH: Final = re.compile(
    r"^(?P<what>.{4,80}?)\s+(?P<kind>muc do|muc|cap do|cap|loai|nhom)\s+(?P<one>\d)\s+va\s+(?P<two>\d)\b"
)
_EITHER: Final = re.compile(r"^(?P<what>.{4,80}?)\s+(?P<kind>muc do|muc|cap do|cap|loai|nhom)\s+(?P<one>\d)$")
_SPECK: Final = re.compile(r"\b[^\W\d] ")  # a letter alone is a rule or speck read as one
_ALL: Final = 100  # per cent: no digit of it is misread
_THREE: Final = 3
_LARGE: Final = 1000
_ALIKE: Final = 0.12  # letters of a label that a reading may have changed


def check_outlines(records: Records, reading: Reading) -> Iterator[Finding]:
    """Sums and shares that row numbers or row labels state."""
    grids = grids_of(records, reading)
    coded: set[tuple[int, int]] = set()
    for index, grid in enumerate(grids):
        column = _figures(grid)
        for parent, children in outline_of(grid).families:
            if grid.code(children[0]) is None:
                continue
            coded.update((index, member) for member in (parent, *children))
            if column is not None:
                yield from _of_family(grid, parent, children, column)
    listed = entries(grids)
    yield from _of_both(listed)
    yield from _by_place(listed, coded)


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
    statement = f"{head}: {' + '.join(vn(term.value) for term in figures)} = {vn(whole.value)}"
    made = recompute(CheckKind.SUM, statement, SUM, figures, whole)
    if made is None or is_unread_sum(grid, made, [(parent, column), *((child, column) for child in children)]):
        return
    labels = [grid.label(child) for child in children]
    closed = is_closed({meaning_of(one) for one in labels}, len(labels)) or are_all_kinds(labels)
    if made.verdict is CheckVerdict.AGREES or closed or _is_a_slip(whole, figures):
        yield made


def _is_a_slip(whole: Term, figures: Sequence[Term]) -> bool:
    """Whether a slip of the pen is all that keeps three rows or more from making a count too large to fit by chance."""
    values = [figure.value for figure in figures]
    if len(values) < _THREE or whole.value < _LARGE or any(not 0 < value < whole.value for value in values):
        return False
    return is_near(whole.value, sum(values, Decimal(0))) and is_explained(whole.value, values)


def _share(grid: Grid, head: str, share: Term, figures: Sequence[Term], children: Sequence[int]) -> Iterator[Finding]:
    """The form's pattern: a share, below it the total it is of, then the count that makes it."""
    whole = figures[0]
    if not _WHOLE.match(folded(grid.label(children[0]))) or whole.value <= 0:
        return
    statement = f"{head}: {vn(figures[1].value)}/{vn(whole.value)} = {vn(share.value)}%"
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
    if not (share.scanned and share.value != _ALL and is_unread_share(made)):
        yield made


def _by_place(entries: Sequence[Entry], coded: Set[tuple[int, int]]) -> Iterator[Finding]:
    """The form's patterns where row numbers were not read: by the order of rows and their words alone."""
    for index, entry in enumerate(entries):
        below = entries[index + 1 : index + 4]
        if len(below) < 2 or (entry.table, entry.row) in coded:
            continue
        if entry.percent and _WHOLE.match(folded(below[0].label)):
            yield from _share_by_place(entry, below[0], below[1])
        elif _WHOLE.match(folded(entry.label)) and len(below) == 3:
            meanings = [meaning_of(other.label) for other in below]
            if sum(one is two for one, two in zip(meanings, _LEVELS, strict=True)) >= 2:
                yield from _sum_by_place(entry, below)


def _share_by_place(share: Entry, whole: Entry, part: Entry) -> Iterator[Finding]:
    if not (whole.is_count and part.is_count and 0 < part.term.value <= whole.term.value):
        return
    statement = f"{share.label}: {vn(part.term.value)}/{vn(whole.term.value)} = {vn(share.term.value)}%"
    made = recompute(CheckKind.RATIO, statement, SHARE, [part.term, whole.term], share.term)
    if made is not None and not (share.term.scanned and share.term.value != _ALL and is_unread_share(made)):
        yield made


def _sum_by_place(whole: Entry, below: Sequence[Entry]) -> Iterator[Finding]:
    terms = [one.term for one in below]
    if not all(one.is_count for one in (whole, *below)) or any(term.value >= whole.term.value for term in terms):
        return
    statement = f"{whole.label}: {' + '.join(vn(term.value) for term in terms)} = {vn(whole.term.value)}"
    made = recompute(CheckKind.SUM, statement, SUM, terms, whole.term)
    if made is not None:
        yield made


def _of_both(entries: Sequence[Entry]) -> Iterator[Finding]:
    """A count of "mức độ 3 và 4" against the counts of either."""
    counts = [(entry, _COUNT.sub("", _SPECK.sub("", folded(entry.label)))) for entry in entries if entry.is_count]
    for whole, label in counts:
        both = _BOTH.match(label)
        if both is None or _SHARE.match(folded(whole.label)):
            continue
        parts = [_alone(counts, both, both["one"]), _alone(counts, both, both["two"])]
        terms = [part.term for part in parts if part is not None]
        if len(terms) != 2:
            continue
        statement = f"{whole.label}: {vn(terms[0].value)} + {vn(terms[1].value)} = {vn(whole.term.value)}"
        made = recompute(CheckKind.SUM, statement, SUM, terms, whole.term)
        if made is not None:
            yield made


def _alone(counts: Sequence[tuple[Entry, str]], both: re.Match[str], number: str) -> Entry | None:
    """The one row of the same count for one of the two."""
    found = []
    for entry, label in counts:
        one = _EITHER.match(label)
        if one is None or one["kind"] != both["kind"] or one["one"] != number:
            continue
        if OSA.normalized_distance(one["what"], both["what"]) <= _ALIKE:
            found.append(entry)
    return found[0] if len(found) == 1 else None


def _number(grid: Grid, row: int) -> str:
    code = grid.code(row)
    return ".".join(map(str, code)) if code is not None else grid.label(row)[:40]
