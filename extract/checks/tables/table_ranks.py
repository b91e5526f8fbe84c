"""Ranks in a table against the order of the scores they are given by.

Of which column they are ranks, and whether the highest or the lowest comes first, the rows show: all but one or two
stand where their scores put them. None is beyond how many the letter says were ranked ("xếp hạng 36/63").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extract.checks.figures.arithmetic import printed_decimals, vn
from extract.checks.figures.breaks import YEAR
from extract.checks.figures.terms import finding, is_doubtful, merged
from extract.checks.tables.grids import Grid, grids_of
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records
from gazetteer.keys import folded

_HEAD: Final = re.compile(r"\b(?:xep hang|thu hang|xep thu|vi thu|hang)\b")
_FEWEST: Final = 5  # rows with a rank and a score
_MOST_ROWS: Final = 200
_DISTINCT: Final = 4  # scores of them
_SWAPPED: Final = 2
_INSIDE: Final = 3  # ranks of a column that are none too many
_NONE: Final = -1
_RANKED: Final = re.compile(
    r"(\d(?<!\w\d)\d{1,2})\s(?:tỉnh,? thành|bộ, ngành|địa phương (?:trong|trên) cả nước)", re.IGNORECASE
)
_OF_NATIONS: Final = re.compile(r"\b(?:quoc gia|the gioi|toan cau|asean|quoc te|lien hop quoc)\b")
_RANK: Final = re.compile(r"\s*0?(\d{1,3})(?:\s*/\s*\d{1,3})?\s*")

Place = tuple[int, int, Decimal]  # row, rank, score


def check_table_ranks(records: Records, reading: Reading) -> Iterator[Finding]:
    """Ranks in the tables of a letter."""
    ranked = _ranked(records, reading)
    for grid in grids_of(records, reading):
        if _FEWEST <= len(grid.rows) <= _MOST_ROWS:
            columns = [column for column, head in enumerate(grid.heads) if _HEAD.search(head)]
            latest = max((year for column in columns for year in _years(grid, column)), default="")
            for column in columns:
                years = _years(grid, column)
                is_old = bool(years) and latest not in years
                yield from _of_column(grid, column, years if is_old else set())
                yield from _bounded(grid, column, ranked)


def _years(grid: Grid, column: int) -> set[str]:
    return set(YEAR.findall(grid.heads[column]))


def _ranked(records: Records, reading: Reading) -> int:
    """The most that the letter says were ranked, 0 where it does not."""
    told = {one.of for one in records.ranks if one.of is not None}
    told |= {int(match[1]) for match in _RANKED.finditer(reading.flow.text)} if told else set()
    return max(told, default=0)


def _bounded(grid: Grid, column: int, ranked: int) -> Iterator[Finding]:
    """The one rank of a column that is beyond the last, where the column is of no more bodies than were ranked."""
    cells = [(row, _RANK.fullmatch(grid.cell(row, column) or "")) for row in grid.rows]
    read = [(row, match) for row, match in cells if match is not None]
    # "37/34" says itself how many were ranked: it is held as a rank of its own
    beyond = [(row, int(match[1])) for row, match in read if int(match[1]) > ranked and "/" not in match[0]]
    inside = len(read) - len(beyond)
    nations = any(_OF_NATIONS.search(head) for head in grid.heads)
    if not ranked or len(grid.rows) > ranked or nations or len(beyond) != 1 or inside < _INSIDE:
        return
    ((row, rank),) = beyond
    if _OF_NATIONS.search(folded(grid.label(row))):
        return
    proof = grid.proof(row, column)
    doubtful = is_doubtful(proof, grid.reading) or grid.is_scanned(row, column)
    yield finding(
        CheckKind.RANK_BOUND,
        f"{grid.label(row)}: {grid.head(column)} {rank}",
        CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS,
        inputs=(("rank", str(rank)), ("of", str(ranked))),
        reported=str(rank),
        computed=str(ranked),
        note=f"hạng {rank} nằm ngoài 1–{ranked}",
        evidence=proof,
    )


def _of_column(grid: Grid, ranks: int, years: Set[str]) -> Iterator[Finding]:
    """The findings of the column that all ranks follow, else of that next to them that all but a slip do.

    Ranks of `years` before go by scores of these years alone.
    """
    alike = [column for column in grid.columns if column != ranks and years <= _years(grid, column)]
    others = sorted(alike, key=lambda column: (column > ranks, abs(column - ranks)))
    near: tuple[int, list[Place], int] | None = None
    for scores in others:
        places = list(_places(grid, ranks, scores))
        if len(places) < _FEWEST or len({score for _, _, score in places}) < _DISTINCT:
            continue
        for sign in (1, -1):
            order = [(row, rank, sign * score) for row, rank, score in places]
            wrong = _wrong(order)
            if wrong == _NONE:
                yield from (_of_row(grid, (ranks, scores), place, order, wrong) for place in order)
                return
            if wrong is not None and near is None and len(places) > _FEWEST:
                near = scores, order, wrong
    if near is not None and not _is_of_total(grid, ranks, near[0]):
        scores, order, wrong = near
        yield from (_of_row(grid, (ranks, scores), place, order, wrong) for place in order)


def _is_of_total(grid: Grid, ranks: int, scores: int) -> bool:
    """Whether ranks go by a total that other columns make, and it is not these scores, or a row denies it.

    A wrong total moves the rows around it too: it is told by its row alone.
    """
    total = grid.total_column()
    if total is None or total == ranks:
        return False
    parts = [column for column in grid.columns if column not in (ranks, total)]
    rows = [row for row in grid.rows if not grid.is_total(row) and grid.value(row, total) is not None]
    made = [sum((grid.value(row, column) or Decimal(0) for column in parts), Decimal(0)) for row in rows]
    held = sum(one == grid.value(row, total) for one, row in zip(made, rows, strict=True))
    return 2 * held > len(rows) and (scores != total or held < len(rows))


def _places(grid: Grid, ranks: int, scores: int) -> Iterator[Place]:
    """The rows with their rank and score; a mark that reading lost ("151" among 15,7 and 16,8) is put back."""
    read = {row: score for row in grid.rows if (score := grid.value(row, scores)) is not None}
    most = Counter(printed_decimals(score) for score in read.values()).most_common(1)[0][0] if read else 0
    marked = [score for score in read.values() if printed_decimals(score)]
    unmarked = {
        row
        for row, score in read.items()
        if most and grid.is_scanned(row, scores) and not printed_decimals(score) and score > max(marked)
    }
    for row in grid.rows:
        match = _RANK.fullmatch(grid.cell(row, ranks) or "")
        score = grid.value(row, scores)
        if match is not None and score is not None and not grid.is_total(row):
            yield row, int(match[1]), score if row not in unmarked else score.scaleb(-most)


def _wrong(places: Sequence[Place]) -> int | None:
    """The row that stands where its score does not put it, `_NONE` where none does; None for ranks of other scores.

    Two that changed places are one slip. Where one score is wrong, rows between move too: it is the one without which
    all others stand in order.
    """
    if {rank for _, rank, _ in places} - set(range(1, len(places) + 1)):
        return None
    out = [place for place in places if not _stands(place, places)]
    if not out:
        return _NONE
    if len(out) == 1 or (len(out) == _SWAPPED and _are_swapped(out[0], out[1], places)):
        return out[0][0]
    alone = [place for place in out if _in_order([other for other in places if other is not place])]
    return alone[0][0] if len(alone) == 1 else None


def _stands(place: Place, places: Sequence[Place]) -> bool:
    """Whether a rank is that of its score: equal scores share one, or stand one behind the other."""
    _, rank, score = place
    above = [other for _, _, other in places if other > score]
    equal = sum(other == score for _, _, other in places)
    return len(above) < rank <= len(above) + equal or rank == len(set(above)) + 1


def _are_swapped(one: Place, other: Place, places: Sequence[Place]) -> bool:
    return _stands((one[0], other[1], one[2]), places) and _stands((other[0], one[1], other[2]), places)


def _in_order(places: Sequence[Place]) -> bool:
    order = sorted(places, key=lambda place: (place[1], -place[2]))
    return all(one[2] >= other[2] for one, other in pairwise(order))


def _of_row(grid: Grid, columns: tuple[int, int], place: Place, places: Sequence[Place], wrong: int) -> Finding:
    row, rank, score = place
    right = rank if row != wrong else sum(other > score for _, _, other in places) + 1
    ranks, scores = columns
    proof = merged(grid.proof(row, ranks), grid.proof(row, scores))
    doubtful = is_doubtful(proof, grid.reading) or grid.is_scanned(row, ranks)
    said = f"{grid.head(scores)} {vn(abs(score))} đứng thứ {right} trong bảng"
    verdict = CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS
    return finding(
        CheckKind.CONSISTENCY,
        f"{grid.label(row)}: {vn(abs(score))}, xếp hạng {rank}",
        verdict if row == wrong else CheckVerdict.AGREES,
        inputs=(("score", f"{abs(score):f}"), ("rank", str(rank))),
        reported=str(rank),
        computed=str(right),
        note=said if row != wrong else f"{said}, báo cáo ghi hạng {rank}",
        evidence=proof,
    )
