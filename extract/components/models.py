"""Links to scoring models: what a named index is, and the unit it is counted in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from gazetteer.scoring_models import ScoringModel, link_indicator, load_models


@dataclass(frozen=True, slots=True)
class Link:
    """An indicator of a scoring model: its id there, the model's id, and what the model says of its values."""

    indicator: str
    model: str
    unit: str
    total: Decimal | None


@lru_cache(maxsize=2048)
def link(name: str | None, maximum: Decimal | None, letter_date: str | None) -> Link | None:
    """What an indicator's name means in the scoring models in force; None where nothing or too much fits."""
    if not name:
        return None
    day = date.fromisoformat(letter_date) if letter_date and len(letter_date) == 10 else None
    match = None
    if name.endswith(")"):  # the short form tells what the long one leaves open
        match = link_indicator(name[name.rfind("(") :], _models(), maximum=maximum, on=day)
    match = match or link_indicator(name, _models(), maximum=maximum, on=day)
    if match is None:
        return None
    return Link(match.id, match.model.id, match.model.unit, match.model.total)


@cache
def _models() -> tuple[ScoringModel, ...]:
    return load_models()
