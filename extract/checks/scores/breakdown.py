"""A score and the scores it is made of, where their maxima show it: 85,5/100 of 30/35, 27,5/30 and 28/35."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SUM, vn
from extract.checks.figures.places import paragraphs, place_of
from extract.checks.figures.terms import Term, is_doubtful, recompute
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Score
from gazetteer.keys import folded

_FEWEST: Final = 2
_MOST: Final = 30  # parts of one score
_PARTS: Final = re.compile(r"\b(?:trong đó|gồm|cụ thể|chia ra)\b", re.IGNORECASE)
_ITEMS: Final = re.compile(r":\s*\n")
_NEAR: Final = 60  # characters behind a score in which its parts begin
_THINKABLE: Final = Decimal("0.15")  # of the maximum: a list that misses by more belongs to another score


def check_breakdown(scores: Sequence[Score], reading: Reading) -> Iterator[Finding]:
    """Scores with a maximum, and those said to be their parts whose maxima add up to it."""
    places = paragraphs(reading)
    where = [place_of(places, score.evidence) for score in scores]
    for at, total in enumerate(scores):
        place = where[at]
        if total.max is None or place is None:
            continue
        parts: list[Score] = []
        points = Decimal(0)
        for other, its in zip(scores[at + 1 : at + 1 + _MOST], where[at + 1 : at + 1 + _MOST], strict=True):
            below = its is not None and (its == place or reading.flow.blocks[its].parent == place)
            if not below or other.max is None or other.max >= total.max or points >= total.max:
                break
            parts.append(other)
            points += other.max
        if points == total.max and len(parts) >= _FEWEST and _are_parts(total, parts, reading):
            made = _of(total, parts, reading)
            if made is not None:
                yield made


def _are_parts(total: Score, parts: Sequence[Score], reading: Reading) -> bool:
    """Whether the scores are said to be parts ("gồm", or items below a colon), of one time, of an indicator each."""
    if any(part.previous is not None or part.period != total.period for part in parts):
        return False
    names = [folded(part.indicator) for part in parts if part.indicator]
    if len(set(names)) < len(names) or not total.evidence:
        return False
    between = reading.repaired.text[total.evidence[-1].end : parts[0].evidence[0].start][:_NEAR]
    return bool(_PARTS.search(between) or _ITEMS.search(between))


def _of(total: Score, parts: Sequence[Score], reading: Reading) -> Finding | None:
    made = recompute(
        CheckKind.SUM,
        f"{total.indicator or 'Tổng điểm'}: {vn(total.value)}/{vn(total.max or Decimal(0))} điểm",
        SUM,
        [_term(part, reading) for part in parts],
        _term(total, reading),
    )
    if made is None or made.verdict is CheckVerdict.AGREES:
        return made
    gap = abs(total.value - sum(part.value for part in parts))
    return made if gap <= _THINKABLE * (total.max or Decimal(0)) else None


def _term(score: Score, reading: Reading) -> Term:
    return Term(score.indicator or "điểm", score.value, score.evidence, is_doubtful(score.evidence, reading))
