"""A class against the score it was given for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.checks.arithmetic import plain, vn
from extract.checks.links import link_score
from extract.checks.places import Sentences, span_of
from extract.checks.terms import finding, is_doubtful, merged, neighbours
from extract.records import CheckKind, CheckVerdict, Classification, Finding, Reading, Records, Score
from gazetteer.keys import folded
from gazetteer.scoring_models import Band, ScoringModel

_A_CLASS: Final = re.compile(r"\b(?:xuat sac|tot|kha|trung binh|yeu|kem)\b")
_NO_SCORE_CLASS: Final = re.compile(r"\bhoan thanh\b|\bmuc do [1-4]\b")


def check_classes(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Classes that stand in one sentence with a score of a known index."""
    if not records.scores or not records.classifications:
        return
    day = span_of(records.header.date)
    sentences = Sentences(reading)
    scored: dict[int, list[tuple[Score, ScoringModel]]] = {}
    for score in records.scores:
        linked = link_score(score, models, day[1] if day else None)
        place = sentences.of(score.evidence)
        if linked is not None and linked.indicator is None and _has_classes(linked.model) and place is not None:
            scored.setdefault(place, []).append((score, linked.model))
    for given in records.classifications:
        place = sentences.of(given.evidence)
        key = folded(given.class_)
        if place is None or not _A_CLASS.search(key) or _NO_SCORE_CLASS.search(key):
            continue
        near = [pair for pair in scored.get(place, ()) if _same_body(given, pair[0])]
        if near:
            score, model = min(near, key=lambda pair: _distance(given, pair[0]))
            yield _of(given, score, model, reading)


def _has_classes(model: ScoringModel) -> bool:
    """Whether the bands of a model are the classes of letters (Tốt, Khá), not groups of its own (Nhóm A)."""
    return any(_A_CLASS.search(folded(band.name)) for band in model.bands)


def _same_body(given: Classification, score: Score) -> bool:
    return given.org is None or score.org is None or folded(given.org) == folded(score.org)


def _distance(given: Classification, score: Score) -> int:
    """Characters between class and score; a score behind the class counts as farther."""
    at, other = given.evidence[0].start, score.evidence[0].start
    return at - other if other <= at else 2 * (other - at)


def _of(given: Classification, score: Score, model: ScoringModel, reading: Reading) -> Finding:
    band = model.band_of(score.value)
    named = model.band_named(given.class_)
    right = band is not None and named is not None and band.name == named.name
    verdict = CheckVerdict.AGREES
    if not right:
        doubtful = is_doubtful(score.evidence, reading) and named is not None and _one_digit_away(score, named)
        verdict = CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS
    name = model.document or model.name
    if named is None:
        said = f'{name} không có loại "{given.class_}"'
        said += f"; {vn(score.value)} thuộc loại {band.name}" if band is not None else ""
    else:
        said = f"{vn(score.value)} điểm thuộc loại {band.name if band is not None else '?'}"
        said += "" if right else f", báo cáo xếp loại {given.class_}"
    if any(one is not None and not one.verified for one in (band, named)):
        said += "; ngưỡng chưa kiểm chứng từ văn bản gốc"
    return finding(
        CheckKind.CLASS_BAND,
        f"{given.org or ''} {vn(score.value)} điểm, xếp loại {given.class_}",
        verdict,
        inputs=(("score", plain(score.value)), ("bands", model.bands_in_words())),
        reported=given.class_,
        computed=band.name if band is not None else None,
        note=said,
        evidence=merged(score.evidence, given.evidence),
    )


def _one_digit_away(score: Score, band: Band) -> bool:
    return any(band.holds(value) for value in neighbours(score.value))
