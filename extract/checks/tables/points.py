"""Points that follow from counts: what a scoring model gives for a share, beside the points that are reported.

In a table with a share, a maximum and points in each row the rows themselves show how points are given. Elsewhere the
model must say it, and the counts must stand beside the points or be the only ones of the letter's forms. Where nobody
has read the model's formula in its source, points that differ are not held against the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import Formula, vn
from extract.checks.figures.places import paragraphs, place_of, span_of
from extract.checks.figures.quantities import Quantity, meaning_of
from extract.checks.figures.terms import Term, is_doubtful, merged, recompute
from extract.checks.scores.links import link, link_score
from extract.checks.tables.forms import Entry, entries
from extract.checks.tables.grids import Grid, grids_of
from extract.checks.tables.structure import confirmed
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Records, Score
from gazetteer.keys import folded
from gazetteer.scoring_models import Indicator, ScoringModel

_MAXIMUM: Final = re.compile(r"\bdiem (?:toi da|chuan|quy dinh)\b|\bthang diem\b")
_POINTS: Final = re.compile(r"\bdiem (?:dat|danh gia|cham|tu cham|thuc te|duoc)\b|\bso diem\b|^diem$")
_UNVERIFIED: Final = "công thức tính điểm chưa kiểm chứng từ văn bản gốc"
_HUNDRED: Final = Decimal(100)
_HALF: Final = Decimal("0.5")


def check_points(
    records: Records,
    reading: Reading,
    models: tuple[ScoringModel, ...],
    found: Mapping[int, tuple[Quantity, ...]],
) -> Iterator[Finding]:
    """Points of indicators against the counts that make them; `found` are the quantities of each block."""
    grids = grids_of(records, reading)
    for grid in grids:
        yield from _of_table(grid, models)
    if not records.scores:
        return
    day = span_of(records.header.date)
    listed = entries(grids)
    places = paragraphs(reading)
    for score in records.scores:
        match = link_score(score, models, day[1] if day else None)
        indicator = match.indicator if match is not None else None
        if match is None or indicator is None or indicator.part is None or indicator.whole is None:
            continue
        beside = found.get(place_of(places, score.evidence) or 0, ())
        counts = _pair(indicator, [(item.term, item.is_count, item.term.name) for item in beside])
        counts = counts or _pair(indicator, _of_entries(listed))
        if counts is not None:
            made = _of_score(score, indicator, match.model, counts, reading)
            if made is not None:
                yield made


def _of_table(grid: Grid, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    maxima = [column for column in grid.columns if _MAXIMUM.search(grid.folded_head(column))]
    given = [column for column in grid.columns if column not in maxima and _POINTS.search(grid.folded_head(column))]
    shares = [column for column in grid.columns if grid.is_share_column(column)]
    if not len(maxima) == len(given) == len(shares) == 1:
        return
    made = []
    for row in grid.rows:
        terms = [grid.term(row, column, name) for column, name in ((maxima[0], "điểm tối đa"), (shares[0], "tỷ lệ"))]
        points = grid.term(row, given[0], "điểm")
        present = [term for term in terms if term is not None]
        if points is None or len(present) != len(terms) or not 0 <= present[1].value <= _HUNDRED:
            continue
        match = link(grid.label(row), None, models, None, present[0].value)
        full = match.indicator.full_at if match is not None and match.indicator is not None else None
        statement = f"{grid.label(row)}: {vn(present[1].value)}% của {vn(present[0].value)} điểm"
        one = recompute(CheckKind.RATIO, statement, _for_a_share(full or Decimal(1)), present, points)
        if one is not None:
            made.append(_within_rounding(one, present, points))
    yield from confirmed(made, alone=False)


def _within_rounding(made: Finding, terms: Sequence[Term], points: Term) -> Finding:
    """The finding; `rounded` where the share, printed rounded, can be one that gives the points."""
    maximum, share = terms
    slack = maximum.value * _HALF.scaleb(-share.decimals) / _HUNDRED + _HALF.scaleb(-points.decimals)
    gap = abs(Decimal(made.computed or 0) - points.value)
    if made.verdict is not CheckVerdict.DIFFERS or gap > slack:
        return made
    return replace(made, verdict=CheckVerdict.ROUNDED, note=f"{made.note}; tỷ lệ in đã làm tròn")


def _for_a_share(full: Decimal) -> Formula:
    """Maximum times share; all of it from the share `full` (0..1) on."""

    def value(values: Sequence[Decimal]) -> Decimal:
        return values[0] * min(Decimal(1), values[1] / _HUNDRED / full)

    def written(values: Sequence[Decimal]) -> str:
        return f"{vn(values[0])} × {vn(values[1])}%" + ("" if full == 1 else f" / {vn(full * _HUNDRED)}%")

    return Formula(value, written)


def _of_score(
    score: Score, indicator: Indicator, model: ScoringModel, counts: tuple[Term, Term], reading: Reading
) -> Finding | None:
    full, maximum = indicator.full_at, indicator.max
    if full is None or maximum is None or not 0 <= counts[0].value <= counts[1].value or not counts[1].value:
        return None

    def value(values: Sequence[Decimal]) -> Decimal | None:
        return indicator.points(values[0], values[1])

    def written(values: Sequence[Decimal]) -> str:
        of_full = "" if full == 1 else f" / {vn(full * _HUNDRED)}%"
        return f"{vn(maximum)} × {vn(values[0])} / {vn(values[1])}{of_full}"

    reported = Term("điểm", score.value, merged(score.evidence), is_doubtful(score.evidence, reading))
    made = recompute(
        CheckKind.RATIO,
        f"{score.indicator}: {vn(score.value)} điểm, tính theo {model.document or model.name}",
        Formula(value, written),
        counts,
        reported,
        remark="" if indicator.formula_verified else _UNVERIFIED,
    )
    claimed = made is not None and made.verdict in (CheckVerdict.AGREES, CheckVerdict.ROUNDED)
    return made if claimed or indicator.formula_verified else None


def _of_entries(listed: Sequence[Entry]) -> list[tuple[Term, bool, str]]:
    return [(entry.term, entry.is_count, entry.label) for entry in listed]


def _pair(indicator: Indicator, counts: Sequence[tuple[Term, bool, str]]) -> tuple[Term, Term] | None:
    """The one count that is the part and the one that is the whole; None where there are more, or none."""
    part = [term for term, is_count, label in counts if is_count and _is_called(label, indicator.part)]
    whole = [term for term, is_count, label in counts if is_count and _is_called(label, indicator.whole)]
    return (part[0], whole[0]) if len(part) == len(whole) == 1 and part[0] is not whole[0] else None


def _is_called(label: str, words: str | None) -> bool:
    """Whether a label counts what the words say: by meaning where that is known, else word for word."""
    if words is None:
        return False
    meaning = meaning_of(words)
    return meaning_of(label) is meaning if meaning is not None else f" {folded(words)} " in f" {folded(label)} "
