"""Classes against scores in the rows of a table, by bands that the letter tells or those of a model it speaks of.

Which of them a table goes by, its rows show: most of them fall into the bands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.terms import Term, finding, neighbours
from extract.checks.scores.bands import own_scales
from extract.checks.scores.scales import Scale, remark_on, spoken_of
from extract.checks.tables.grids import Grid, grids_of
from extract.checks.tables.totals import agreeing
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records
from gazetteer.scoring_models import Band, ScoringModel

_CLASS_HEAD: Final = re.compile(r"\b(?:xep loai|loai|muc xep|phan loai|danh gia|xep hang|muc do)\b")
_POINTS_HEAD: Final = re.compile(r"\b(?:diem|ket qua|chi so|tong)\b|^nam (?:19|20)\d\d\b")
_FEWEST: Final = 3  # rows with a score and a class
_CONFIRMED: Final = 0.75  # of them must fall into the bands of a model that a table goes by
_OWN: Final = 0.6  # … into those that the letter itself tells
_KINDS: Final = 2  # classes among those that do, or nothing is shown
_KNOWN: Final = 0.75  # of the filled cells of a column must be names of classes


def check_table_classes(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Rows with a score and a class, where the letter tells bands or speaks of an index that has them."""
    if not records.tables:
        return
    meant = (*own_scales(reading), *spoken_of(records, reading, models))
    for grid in grids_of(records, reading) if meant else ():
        for classes in _columns_of_classes(grid, meant):
            best: list[Finding] = []
            for scale in meant:
                for scores in _columns_of_scores(grid, classes, scale):
                    made = [one for row in grid.rows if (one := _of_row(grid, row, scores, classes, scale))]
                    if agreeing(made) > agreeing(best) and _shows(made, scale):
                        best = made
            yield from best


def _shows(made: Sequence[Finding], scale: Scale) -> bool:
    """Whether enough rows fall into bands, of two classes or more."""
    right = {one.reported for one in made if one.verdict is CheckVerdict.AGREES}
    enough = _OWN if scale.own else _CONFIRMED
    return len(made) >= _FEWEST and len(right) >= _KINDS and agreeing(made) >= enough * len(made)


def _columns_of_classes(grid: Grid, scales: Sequence[Scale]) -> list[int]:
    """Columns headed as classes, or with a head that was not read, whose filled cells are names of classes."""
    found = []
    for column in range(len(grid.heads)):
        cells = [cell for row in grid.rows if (cell := grid.cell(row, column))]
        known = sum(any(scale.band_named(cell) for scale in scales) for cell in cells)
        head = grid.folded_head(column)
        if (not head or _CLASS_HEAD.search(head)) and cells and known >= _KNOWN * len(cells):
            found.append(column)
    return found


def _columns_of_scores(grid: Grid, classes: int, scale: Scale) -> list[int]:
    """Columns of points before a column of classes, the nearest first; of shares where the bands are.

    What has no head may be one.
    """
    before = [column for column in grid.columns if column < classes]
    if not scale.percent:
        before = [column for column in before if not grid.is_share_column(column)]
    heads = {column: grid.folded_head(column) for column in reversed(before)}
    return [column for column, head in heads.items() if not head or _POINTS_HEAD.search(head)]


def _of_row(grid: Grid, row: int, scores: int, classes: int, scale: Scale) -> Finding | None:
    score, given = grid.term(row, scores, "điểm"), grid.cell(row, classes)
    named = scale.band_named(given) if given else None
    if score is None or named is None or not 0 <= score.value <= scale.total:
        return None
    band = scale.band_of(score.value)
    if band is None:
        return None
    right = band.name == named.name
    said = f"{vn(score.value)} điểm thuộc loại {band.name}" + ("" if right else f", báo cáo xếp loại {named.name}")
    said += f"; {remark}" if (remark := remark_on(scale, band, named)) else ""
    return finding(
        CheckKind.CLASS_BAND,
        f"{grid.label(row)} {vn(score.value)} điểm, xếp loại {named.name}",
        _verdict(score, named, right=right),
        inputs=(("score", plain(score.value)), ("bands", scale.told)),
        reported=named.name,
        computed=band.name,
        note=said,
        evidence=(*score.proof, *grid.proof(row, classes)),
    )


def _verdict(score: Term, named: Band, *, right: bool) -> CheckVerdict:
    if right:
        return CheckVerdict.AGREES
    misread = score.doubtful and any(named.holds(value) for value in neighbours(score.value))
    return CheckVerdict.MISREAD if misread else CheckVerdict.DIFFERS
