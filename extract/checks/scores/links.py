"""Records to scoring models, with what the letter says of the body and the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from extract.records import Score
from gazetteer import Kind, load_gazetteer
from gazetteer.scoring_models import IndicatorMatch, ScoringModel, link_indicator


def link_score(score: Score, models: tuple[ScoringModel, ...], day: date | None) -> IndicatorMatch | None:
    """The indicator of a score; one of an index of provinces only where the body can be one."""
    return link(score.indicator, score.org, models, day, score.max)


def link(
    indicator: str | None,
    org: str | None,
    models: tuple[ScoringModel, ...],
    day: date | None = None,
    maximum: Decimal | None = None,
) -> IndicatorMatch | None:
    """The indicator that words mean for a body on a day; None where they name none."""
    if indicator is None:
        return None
    match = link_indicator(indicator, models, maximum=maximum, on=day)
    if match is not None and match.model.provinces_only and org is not None and not is_province(org):
        return None
    return match


@lru_cache(maxsize=2048)
def is_province(org: str) -> bool:
    """Whether a name is, or can be, that of a province."""
    found = load_gazetteer().resolve(org)
    return any(one.entry.kind is Kind.PROVINCE for one in found.candidates)
