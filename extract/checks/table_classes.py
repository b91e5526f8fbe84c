"""Classes against scores in the rows of a table, by the bands of a model.

Which model a table goes by, its rows show: most of them fall into the bands of one that the letter speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.checks.arithmetic import plain, vn
from extract.checks.grids import Grid
from extract.checks.links import link
from extract.checks.places import span_of
from extract.checks.terms import Term, finding, neighbours
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records
from gazetteer.keys import folded
from gazetteer.scoring_models import Band, ScoringModel

_CLASS_HEAD: Final = re.compile(r"\b(?:xep loai|loai|muc xep|phan loai|danh gia|xep hang|muc do)\b")
_POINTS_HEAD: Final = re.compile(r"\b(?:diem|ket qua|chi so|tong)\b")
_FEWEST: Final = 3  # rows with a score and a class
_CONFIRMED: Final = 0.75  # of them must fall into the bands of a model that a table goes by
_KINDS: Final = 2  # classes among those that do, or nothing is shown


def check_table_classes(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Rows with a score and a class, where the letter speaks of an index that has bands."""
    meant = _spoken_of(records, models)
    for table in records.tables if meant else ():
        grid = Grid(table, reading)
        for classes in _columns_of_classes(grid, meant):
            best: list[Finding] = []
            for model in meant:
                for scores in _columns_of_scores(grid, classes):
                    made = [one for row in grid.rows if (one := _of_row(grid, row, scores, classes, model))]
                    if _holding(made) > _holding(best):
                        best = made
            right = {one.reported for one in best if one.verdict is CheckVerdict.AGREES}
            if len(best) >= _FEWEST and len(right) >= _KINDS and _holding(best) >= _CONFIRMED * len(best):
                yield from best


def _spoken_of(records: Records, models: tuple[ScoringModel, ...]) -> list[ScoringModel]:
    """The models with bands that scores, places or classes of the letter belong to, in their order."""
    day = span_of(records.header.date)
    named = {one.indicator for one in records.scores} | {one.indicator for one in records.ranks}
    matches = [link(name, None, models, day[1] if day else None) for name in sorted(filter(None, named))]
    meant = {match.model.id for match in matches if match is not None}
    return [model for model in models if model.id in meant and len(model.bands) >= _KINDS]


def _columns_of_classes(grid: Grid, models: Sequence[ScoringModel]) -> list[int]:
    """Columns headed as classes whose filled cells are names of classes."""
    known = {folded(band.name) for model in models for band in model.bands}
    found = []
    for column in range(len(grid.heads)):
        cells = [folded(cell) for row in grid.rows if (cell := grid.cell(row, column))]
        if _CLASS_HEAD.search(grid.folded_head(column)) and cells and all(cell in known for cell in cells):
            found.append(column)
    return found


def _columns_of_scores(grid: Grid, classes: int) -> list[int]:
    """Columns of points before a column of classes, the nearest first."""
    before = [column for column in grid.columns if column < classes and not grid.is_share_column(column)]
    return [column for column in reversed(before) if _POINTS_HEAD.search(grid.folded_head(column))]


def _of_row(grid: Grid, row: int, scores: int, classes: int, model: ScoringModel) -> Finding | None:
    score, given = grid.term(row, scores, "điểm"), grid.cell(row, classes)
    named = model.band_named(given) if given else None
    if score is None or named is None or not 0 <= score.value <= model.total:
        return None
    band = model.band_of(score.value)
    if band is None:
        return None
    right = band.name == named.name
    said = f"{vn(score.value)} điểm thuộc loại {band.name}" + ("" if right else f", báo cáo xếp loại {named.name}")
    if not (band.verified and named.verified):
        said += "; ngưỡng chưa kiểm chứng từ văn bản gốc"
    return finding(
        CheckKind.CLASS_BAND,
        f"{grid.label(row)} {vn(score.value)} điểm, xếp loại {named.name}",
        _verdict(score, named, right=right),
        inputs=(("score", plain(score.value)), ("bands", model.bands_in_words())),
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


def _holding(made: Sequence[Finding]) -> int:
    return sum(one.verdict is CheckVerdict.AGREES for one in made)
