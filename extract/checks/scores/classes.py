"""A class against the score it was given for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.places import sentences_of, span_of
from extract.checks.figures.terms import finding, is_doubtful, merged, neighbours
from extract.checks.scores.bands import own_scales
from extract.checks.scores.links import link_score
from extract.checks.scores.scales import Scale, named_in, remark_on, scale_of
from extract.components.context import Sentence
from extract.records import CheckKind, CheckVerdict, Classification, Finding, Reading, Records, Score
from gazetteer.keys import folded
from gazetteer.scoring_models import Band, IndicatorMatch, ScoringModel

_A_CLASS: Final = re.compile(r"\b(?:xuat sac|tot|kha|trung binh|yeu|kem)\b")
_WHOLE: Final = re.compile(r"(?:(?:tong |ket qua )?(?:diem|danh gia|xep loai|cham diem|chi so)?(?: so)?\b.{0,12})?$")
_DEEPEST: Final = 4  # paragraphs a sentence can stand below
_NO_SCORE_CLASS: Final = re.compile(r"\bhoan thanh\b|\bmuc do [1-4]\b")


def check_classes(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Classes that stand in one sentence with a score, where the letter tells bands or names an index that has them."""
    if not records.scores or not records.classifications:
        return
    day = span_of(records.header.date)
    sentences = sentences_of(reading)
    own = own_scales(reading)
    scored: dict[int, list[tuple[Score, list[Scale]]]] = {}
    for score in records.scores:
        place = sentences.of(score.evidence)
        if place is None:
            continue
        linked = link_score(score, models, day[1] if day else None)
        scales: list[Scale] = list(own) if len(own) == 1 and _may_go_by(score, linked, own[0]) else []
        if linked is not None and linked.indicator is None and _has_classes(linked.model):
            scales.append(scale_of(linked.model))
        elif linked is None and not scales and _WHOLE.match(folded(score.indicator or "")):
            near = named_in(_around(sentences.items[place], records, reading), filter(_has_classes, models))
            scales += [scale_of(model) for model in near if len(near) == 1 and 0 <= score.value <= model.total]
        if scales:
            scored.setdefault(place, []).append((score, scales))
    for given in records.classifications:
        place = sentences.of(given.evidence)
        if place is None:
            continue
        near_by = [pair for pair in scored.get(place, ()) if _same_body(given, pair[0])]
        if near_by:
            score, scales = min(near_by, key=lambda pair: _distance(given, pair[0]))
            made = [_of(given, score, scale, reading) for scale in scales if _is_class(given, scale)]
            yield from sorted(made, key=lambda one: one.verdict is not CheckVerdict.AGREES)[:1]


def _may_go_by(score: Score, linked: IndicatorMatch | None, scale: Scale) -> bool:
    """Whether a score can be one of those that a letter's own bands are for: no component's, and on their scale."""
    if linked is not None and linked.indicator is not None:
        return False
    return 0 <= score.value <= scale.total and score.max in (None, scale.total)


def _is_class(given: Classification, scale: Scale) -> bool:
    """Whether a class is one by scores: of the letter's own bands, or no quality of work and no level."""
    key = folded(given.class_)
    if scale.own:
        return scale.band_named(given.class_) is not None
    return bool(_A_CLASS.search(key)) and not _NO_SCORE_CLASS.search(key)


def _around(sentence: Sentence, records: Records, reading: Reading) -> str:
    """The paragraph of a sentence, what it stands below, and the subject of the letter."""
    blocks = reading.flow.blocks
    told = [records.header.subject or ""]
    block = sentence.block
    for _ in range(_DEEPEST):
        told.append(block.text)
        if block.parent is None:
            break
        block = blocks[block.parent]
    return "\n".join(told)


def _has_classes(model: ScoringModel) -> bool:
    """Whether the bands of a model are the classes of letters (Tốt, Khá), not groups of its own (Nhóm A)."""
    return any(_A_CLASS.search(folded(band.name)) for band in model.bands)


def _same_body(given: Classification, score: Score) -> bool:
    return given.org is None or score.org is None or folded(given.org) == folded(score.org)


def _distance(given: Classification, score: Score) -> int:
    """Characters between class and score; a score behind the class counts as farther."""
    at, other = given.evidence[0].start, score.evidence[0].start
    return at - other if other <= at else 2 * (other - at)


def _of(given: Classification, score: Score, scale: Scale, reading: Reading) -> Finding:
    band = scale.band_of(score.value)
    named = scale.band_named(given.class_)
    right = band is not None and named is not None and band.name == named.name
    verdict = CheckVerdict.AGREES
    if not right:
        doubtful = is_doubtful(score.evidence, reading) and named is not None and _one_digit_away(score, named)
        verdict = CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS
    if named is None:
        said = f'{scale.name} không có loại "{given.class_}"'
        said += f"; {vn(score.value)} thuộc loại {band.name}" if band is not None else ""
    else:
        said = f"{vn(score.value)} điểm thuộc loại {band.name if band is not None else '?'}"
        said += "" if right else f", báo cáo xếp loại {given.class_}"
    said += f"; {remark}" if (remark := remark_on(scale, band, named)) else ""
    return finding(
        CheckKind.CLASS_BAND,
        f"{given.org or ''} {vn(score.value)} điểm, xếp loại {given.class_}".strip(),
        verdict,
        inputs=(("score", plain(score.value)), ("bands", scale.told)),
        reported=given.class_,
        computed=band.name if band is not None else None,
        note=said,
        evidence=merged(score.evidence, given.evidence),
    )


def _one_digit_away(score: Score, band: Band) -> bool:
    return any(band.holds(value) for value in neighbours(score.value))
