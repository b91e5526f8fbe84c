"""Sums and shares inside tables.

The structure must say how cells relate: a total row or column whose other figures add up, the outline of row
numbers, a share column that most rows confirm. One figure that does not fit is then a finding; a table that does not
fit at all is not one of this structure, and nothing is said about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SHARE, SUM, printed_decimals, vn
from extract.checks.figures.places import span_of
from extract.checks.figures.quantities import Meaning
from extract.checks.figures.slips import is_unread_share
from extract.checks.figures.terms import finding, if_wrong, recompute
from extract.checks.scores.ranks import provinces_on
from extract.checks.tables.cells import is_rounded_mean, is_unread_sum, read_rightly
from extract.checks.tables.columns import check_columns
from extract.checks.tables.grids import Grid, grids_of
from extract.checks.tables.norms import check_norms
from extract.checks.tables.rates import check_rates
from extract.checks.tables.structure import CONFIRMED, confirmed
from extract.checks.tables.totals import agreeing, check_totals, sum_of, terms_of
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records

_RANK_HEAD: Final = re.compile(r"\b(?:xep hang|thu hang|vi thu|vi tri|hang)\b")
_PLACE: Final = re.compile(r"^[\s.,'`|-]*(\d{1,4})\s*[/⁄]\s*(\d{1,4})[\s.,'`|-]*$")
_CONFIRMED_PLACES: Final = 0.75  # of the filled cells of a column
_ENOUGH: Final = 3  # rows that add up before a column is taken for their total
_SHOWN: Final = 0.5  # of the shares of a column must be exact before the rest may be called wrong
_HUNDRED: Final = Decimal(100)
_TEN_HUNDREDS: Final = 1000  # per cent, more than any share that a table tells
_STAGES: Final = (
    (Meaning.RECEIVED, (Meaning.RESOLVED, Meaning.PENDING)),
    (Meaning.RESOLVED, (Meaning.EARLY, Meaning.ON_TIME, Meaning.LATE)),
    (Meaning.RESOLVED, (Meaning.EARLY_OR_ON_TIME, Meaning.LATE)),
    (Meaning.RESOLVED, (Meaning.ON_TIME, Meaning.LATE)),
)


def check_tables(records: Records, reading: Reading) -> Iterator[Finding]:
    """Row sums, column sums and shares of all tables."""
    for grid in grids_of(records, reading):
        if len(grid.rows) >= 2 and grid.columns:
            sums = [*check_totals(grid), *_row_sums(grid), *_stages(grid)]
            shares = [*_share_rows(grid), *_share_columns(grid)]
            yield from read_rightly(grid, [*sums, *check_columns(grid, sums), *shares])
            yield from check_rates(grid, sums)
            yield from check_norms(grid)
            yield from _ranks(grid, span_of(records.header.date))


def _row_sums(grid: Grid) -> Iterator[Finding]:
    """Each row's total against its other figures: all of them, or those next to it."""
    total, made = _row_total(grid)
    yield from made
    columns = [column for column in grid.columns if column != total and not grid.is_share_column(column)]
    if total is not None and len(columns) >= 2:
        for row in grid.rows:
            if grid.is_share_row(row):
                yield from _shares_add_up(grid, row, columns, total)


def _row_total(grid: Grid) -> tuple[int | None, list[Finding]]:
    """The column of row totals with its sums; where no head was read, the one that the rows show to be it."""
    headed = grid.total_column()
    counts = [column for column in grid.columns if not grid.is_share_column(column)]
    if headed is not None:
        return headed, _sums_of_total(grid, headed, [column for column in counts if column != headed])
    found: int | None = None
    best: list[Finding] = []
    if len(counts) >= 3 and not grid.headed(counts):
        for total in (counts[-1], counts[0]):
            made = _sums_of_total(grid, total, [column for column in counts if column != total])
            if agreeing(made) > agreeing(best):
                found, best = total, made
    return found, best


def _sums_of_total(grid: Grid, total: int, columns: Sequence[int]) -> list[Finding]:
    rows = [row for row in grid.rows if not grid.is_share_row(row)]
    best: list[Finding] = []
    for size in range(len(columns), 1, -1):
        chosen = columns[:size] if total < columns[0] else columns[-size:]
        made = [one for one in (_row_sum(grid, row, chosen, total) for row in rows) if one is not None]
        if grid.closed(chosen) and not agreeing(best) and (len(made) < _ENOUGH or 2 * agreeing(made) >= len(made)):
            return made
        if agreeing(made) >= _ENOUGH and agreeing(made) >= CONFIRMED * len(made) and agreeing(made) > agreeing(best):
            best = made
    return best


def _row_sum(grid: Grid, row: int, columns: Sequence[int], total: int) -> Finding | None:
    terms = terms_of(grid, [(row, column) for column in columns])
    reported = grid.term(row, total, "tổng")
    if terms is None or reported is None:
        return None
    made = recompute(CheckKind.ROW_SUM, f"{grid.label(row)}: {sum_of(terms, reported)}", SUM, terms, reported)
    cells = [(row, total), *((row, column) for column in columns)]
    return None if is_unread_sum(grid, made, cells) or is_rounded_mean(grid, made, row) else made


def _stages(grid: Grid) -> Iterator[Finding]:
    """Rows of received, resolved and pending, and of resolved in time and late, where most rows show it."""
    by_meaning: dict[Meaning, list[int]] = {}
    for column in grid.columns:
        meaning = grid.meaning(column)
        if meaning is not None and not grid.is_share_column(column):
            by_meaning.setdefault(meaning, []).append(column)
    once = {meaning: columns[0] for meaning, columns in by_meaning.items() if len(columns) == 1}
    for whole, parts in _STAGES:
        if whole not in once or any(part not in once for part in parts):
            continue
        if whole is Meaning.RESOLVED and Meaning.EARLY in once and Meaning.EARLY not in parts:
            continue
        columns = [once[part] for part in parts]
        rows = [row for row in grid.rows if not grid.is_share_row(row)]
        sums = {row: _row_sum(grid, row, columns, once[whole]) for row in rows}
        # a slip in one row makes another in the total: the other rows show whether they are stages
        body = [one for row, one in sums.items() if one is not None and not grid.is_total(row)]
        shown = list(confirmed(body, alone=False))
        yield from shown
        if len(shown) == len(body) >= 2:
            yield from (one for row, one in sums.items() if one is not None and grid.is_total(row))


def _ranks(grid: Grid, day: tuple[date, date] | None) -> Iterator[Finding]:
    """Places written as "37/34" in a column of ranks."""
    for column, head in enumerate(grid.heads):
        if not (_RANK_HEAD.search(head) or _are_of_provinces(grid, column, day)):
            continue
        for row in grid.rows:
            match = _PLACE.match(grid.cell(row, column) or "")
            if match is None:
                continue
            place, of = int(match[1]), int(match[2])
            proof = grid.proof(row, column)
            verdict = CheckVerdict.AGREES
            if not 1 <= place <= of:
                verdict = if_wrong(proof, grid.reading)
            yield finding(
                CheckKind.RANK_BOUND,
                f"{grid.label(row)}: {match.group().strip()}",
                verdict,
                inputs=(("rank", str(place)), ("of", str(of))),
                reported=str(place),
                computed=str(of),
                note=f"1 ≤ {place} ≤ {of}" if 1 <= place <= of else f"hạng {place} nằm ngoài 1–{of}",
                evidence=proof,
            )


def _are_of_provinces(grid: Grid, column: int, day: tuple[date, date] | None) -> bool:
    """Whether most cells of a column are places among all provinces, whatever was read of its head."""
    filled = [cell for row in grid.rows if (cell := grid.cell(row, column))]
    places = [match for cell in filled if (match := _PLACE.match(cell))]
    if day is None or len(places) < _ENOUGH or len(places) < _CONFIRMED_PLACES * len(filled):
        return False
    return {int(match[2]) for match in places} == {provinces_on(day[1])}


def _shares_add_up(grid: Grid, row: int, columns: Sequence[int], total: int) -> Iterator[Finding]:
    terms = terms_of(grid, [(row, column) for column in columns])
    reported = grid.term(row, total, "tổng")
    if terms is None or reported is None or reported.value != _HUNDRED:
        return
    made = recompute(CheckKind.ROW_SUM, f"{grid.label(row)}: {sum_of(terms, reported)}", SUM, terms, reported)
    if made is not None and made.verdict is CheckVerdict.AGREES:
        yield made


def _share_rows(grid: Grid) -> Iterator[Finding]:
    """A row of shares under a total row: each column's total over the grand total."""
    shares = [row for row in grid.rows if grid.is_share_row(row)]
    total_column = _row_total(grid)[0] if shares else None
    if total_column is None:
        return
    for row in shares:
        above = [other for other in grid.rows if other < row and grid.is_total(other) and not grid.is_share_row(other)]
        if not above:
            continue
        base = above[-1]
        whole = grid.term(base, total_column, "tổng")
        if whole is None or whole.value == 0:
            continue
        made = []
        for column in grid.columns:
            part, share = grid.term(base, column, "phần"), grid.term(row, column, "tỷ lệ")
            if part is None or share is None or grid.is_share_column(column):
                continue
            statement = f"Tỷ lệ {grid.head(column)}: {vn(part.value)}/{vn(whole.value)} = {grid.cell(row, column)}"
            one = recompute(CheckKind.RATIO, statement, SHARE, [part, whole], share)
            if one is not None:
                made.append(one)
        if _fit(made)[0] >= len(made) * _SHOWN:
            yield from confirmed(made, alone=False, holds=_nearly)


def _share_columns(grid: Grid) -> Iterator[Finding]:
    """A column of shares: of which two columns, the rows themselves must show."""
    counts = [column for column in grid.columns if not grid.is_share_column(column)]
    for column in grid.columns:
        if not grid.is_share_column(column) and not _may_be_shares(grid, column):
            continue
        rows = [row for row in grid.rows if grid.value(row, column) is not None]
        best: list[Finding] = []
        for part in counts:
            for whole in [*counts, None]:
                if part == whole or column in (part, whole):
                    continue
                made = list(_column_of_shares(grid, rows, column, part, whole))
                if len(made) >= _ENOUGH and _fit(made) > _fit(best):
                    best = made
        if _fit(best)[0] >= len(best) * _SHOWN:
            yield from confirmed(best, alone=False, holds=_nearly)


def _may_be_shares(grid: Grid, column: int) -> bool:
    """Whether a column whose head was not read may hold shares: hundreds at most, most with decimals."""
    values = [value for row in grid.rows if (value := grid.value(row, column)) is not None]
    fine = sum(printed_decimals(value) > 0 for value in values)
    return not grid.folded_head(column) and fine * 2 > len(values) and max(values) < _TEN_HUNDREDS


def _fit(made: Sequence[Finding]) -> tuple[int, int]:
    """How many shares are those of their rows as printed, and how many roughly."""
    return sum(one.verdict is not CheckVerdict.DIFFERS for one in made), sum(map(_nearly, made))


def _column_of_shares(grid: Grid, rows: Sequence[int], column: int, part: int, whole: int | None) -> Iterator[Finding]:
    """Shares of one pair of columns; without a whole column, of the total row."""
    totals = [row for row in grid.rows if grid.is_total(row)]
    if whole is None and len(totals) != 1:
        return
    for row in rows:
        upper = grid.term(row, part, "phần")
        lower = grid.term(totals[0], part, "tổng") if whole is None else grid.term(row, whole, "tổng")
        share = grid.term(row, column, "tỷ lệ")
        if upper is None or lower is None or share is None or lower.value <= 0:
            continue
        statement = f"{grid.label(row)}: {vn(upper.value)}/{vn(lower.value)} = {grid.cell(row, column)}"
        made = recompute(CheckKind.RATIO, statement, SHARE, [upper, lower], share)
        if made is not None and not (share.scanned and is_unread_share(made)):
            yield made


def _nearly(finding: Finding) -> bool:
    """Whether a share is that of its row, roughly: enough to see what the column means."""
    if finding.reported is None or finding.computed is None:
        return False
    reported, computed = Decimal(finding.reported), Decimal(finding.computed)
    return abs(reported - computed) <= 1
