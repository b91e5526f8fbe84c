"""Rises and falls of scores, as their records hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import DIFFERENCE, RATE, vn
from extract.checks.figures.places import paragraphs, place_of
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, is_doubtful, recompute
from extract.checks.scores.links import link_score
from extract.components.numbers import find_numbers
from extract.records import CheckKind, CheckVerdict, Finding, Proof, Reading, Records, Score
from gazetteer.scoring_models import ScoringModel

_FAR: Final = Decimal("0.8")  # of the larger; a change farther off is one of something else, or in another measure
_YEAR_BEFORE: Final = re.compile(r"\bso với năm (\d{4})\b")


def check_changes(records: Records, reading: Reading, models: tuple[ScoringModel, ...]) -> Iterator[Finding]:
    """Changes of scores."""
    for score in _with_previous(records.scores, reading):
        made = _of_score(score, reading, models)
        if made is not None:
            yield made


def _with_previous(scores: Sequence[Score], reading: Reading) -> Iterator[Score]:
    """Scores; one whose change is "so với năm 2022" has the score of that year in its paragraph as previous value."""
    places = paragraphs(reading)
    for score in scores:
        place = place_of(places, score.evidence)
        if score.change is None or score.indicator_id is None or place is None:
            yield score
            continue
        years = _YEAR_BEFORE.findall(reading.flow.blocks[place].text)
        others = [
            other
            for other in scores
            if (other.indicator_id, other.org, other.max) == (score.indicator_id, score.org, score.max)
            and place_of(places, other.evidence) == place
        ]
        earlier = {other.value for other in others if other.period in years}
        if score.previous is None and len(years) == len(earlier) == 1 and score.period == str(int(years[0]) + 1):
            yield replace(score, previous=earlier.pop())
        elif len(years) == 1 and any(other.value == score.previous and other.period not in years for other in others):
            yield replace(score, previous=None)  # the score of another year than the one compared with
        else:
            yield score


def _of_score(score: Score, reading: Reading, models: tuple[ScoringModel, ...]) -> Finding | None:
    """A score with its previous value and the change between them; "%" can be relative or points."""
    if score.previous is None or score.change is None:
        return None
    doubtful = is_doubtful(score.evidence, reading)
    terms = [
        Term("current", score.value, score.evidence, doubtful),
        Term("previous", score.previous, _behind(score, score.previous, reading), doubtful),
    ]
    beside = _behind(score, abs(score.change), reading) if terms[1].proof else ()
    reported = Term("change", abs(score.change), beside or score.evidence, doubtful)
    terms[1] = terms[1] if beside else replace(terms[1], proof=())
    told = f"{vn(score.value)}, trước đó {vn(score.previous)}, thay đổi {vn(score.change)}"
    statement = f"{score.indicator or 'điểm'}: {told}"
    if score.change_unit:
        statement += f" {score.change_unit}"
    if (score.change > 0) != (score.value > score.previous):
        return None  # the sign says that the figures are not those compared
    points = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, terms, reported)
    if points is not None and points.verdict is CheckVerdict.DIFFERS and not _may_be_meant(score, reported.value):
        return None
    if score.change_unit != "%":
        return points
    linked = link_score(score, models, None)
    rate = recompute(CheckKind.RATE_OF_CHANGE, statement, RATE, terms, reported)
    if linked is not None and linked.model.change_in_points:
        return points
    if points is not None and points.verdict is CheckVerdict.AGREES:
        return points
    differs = rate is not None and rate.verdict is CheckVerdict.DIFFERS
    return points if differs and _is_in_points(score.value, score.previous, score.change) else rate


def _behind(score: Score, value: Decimal, reading: Reading) -> Proof:
    """Where a figure is told behind a score in its paragraph; nowhere where it is told there twice."""
    place = place_of(paragraphs(reading), score.evidence)
    if place is None:
        return ()
    block, (first, *_) = reading.flow.blocks[place], score.evidence
    start = block.text.find(first.text)
    told = (
        [one for one in find_numbers(block.text, start + len(first.text)) if one.value == value] if start >= 0 else []
    )
    if len(told) != 1:
        return ()
    return reading.proof(block.start + told[0].start, block.start + told[0].end, "checks.change")


def _is_in_points(now: Decimal, before: Decimal, change: Decimal) -> bool:
    """Whether a slip in one of the figures makes a change the difference of two values."""
    slips = ((abs(change), abs(now - before)), (now, before + change), (before, now - change))
    return any(is_slip(printed, right) for printed, right in slips if right > 0)


def _may_be_meant(score: Score, change: Decimal) -> bool:
    """Whether a change that does not hold is of the size of the one between the values, or that with a slip in it."""
    right = abs(score.value - (score.previous or score.value))
    return abs(right - change) <= _FAR * max(right, change) or is_slip(change, right)
