"""Which indicator of which model a mention means.

Names are compared by words, not letters: the words of a name or alias must stand in the mention, in order and
without gaps. The name that covers most of the mention wins, if it is clearly longer than the next one; else the
mention stays unlinked. A stated maximum takes sides: "17,6/18" is no PAPI dimension.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from gazetteer.keys import folded
from gazetteer.scoring_models.model import Indicator, ScoringModel

# Words that lead to an indicator's name or follow it and do not tell one from another; folded.
_FILLERS: Final = frozenset(
    ("chi", "so", "nhom", "tieu", "thanh", "phan", "bo", "diem", "muc", "do", "ve", "cua", "theo", "tong", "tinh")
)
_LONGEST: Final = 400  # characters of a mention that are looked at
_WHOLE_NAME: Final = 0.02  # a name matched with its lead words comes before one matched without


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """A mention linked; `indicator` is None where it means the index as a whole.

    `score` is the share of the mention's telling words that the name covers (0..1), `margin` how far the next best lies
    behind.
    """

    model: ScoringModel
    indicator: Indicator | None
    score: float
    margin: float
    reason: str

    @property
    def id(self) -> str:
        """`766` for an index, `766.hai-long` for an indicator of it."""
        return self.model.id if self.indicator is None else f"{self.model.id}.{self.indicator.id}"


def link_indicator(
    text: str,
    models: Sequence[ScoringModel],
    *,
    maximum: Decimal | None = None,
    on: date | None = None,
    margin: float = 0.15,
) -> IndicatorMatch | None:
    """The indicator a mention means, None where nothing or too much fits.

    Args:
        text: the words of the mention, such as "Chỉ số Mức độ hài lòng tỉnh".
        models: the models to look in.
        maximum: the highest score the letter states beside it; indicators with another are left out.
        on: the day of the letter; models out of force then are left out.
        margin: how much better the best must be than the next (0..1).
    """
    return _link(text[:_LONGEST], tuple(models), maximum, on, margin)


@lru_cache(maxsize=8192)
def _link(
    text: str, models: tuple[ScoringModel, ...], maximum: Decimal | None, on: date | None, margin: float
) -> IndicatorMatch | None:
    words = tuple(folded(text).split())
    telling = sum(word not in _FILLERS for word in words)
    found: dict[tuple[str, str | None], _Fit] = {}
    for model in models:
        if on is not None and not model.valid_on(on):
            continue
        for name in _names(model):
            if maximum is not None and name.highest is not None and name.highest != maximum:
                continue
            score = _coverage(name, words, telling)
            key = (model.id, name.indicator.id if name.indicator is not None else None)
            if score and (key not in found or score > found[key].score):
                found[key] = _Fit(score, model, name)
    ranked = sorted(found.values(), key=lambda fit: (-fit.score, fit.model.id))
    behind = ranked[0].score - (ranked[1].score if len(ranked) > 1 else 0.0) if ranked else 0.0
    if not ranked or behind < margin:
        return None
    best = ranked[0]
    reason = f"the words of {best.name.text!r}"
    score = round(min(best.score, 1.0), 4)
    return IndicatorMatch(best.model, best.name.indicator, score, round(min(behind, 1.0), 4), reason)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name or alias: its folded words, and those without the lead ("Chỉ số Số hóa hồ sơ")."""

    text: str
    whole: tuple[str, ...]
    core: tuple[str, ...]
    indicator: Indicator | None
    highest: Decimal | None


@dataclass(frozen=True, slots=True)
class _Fit:
    score: float
    model: ScoringModel
    name: _Name


@lru_cache(maxsize=256)
def _names(model: ScoringModel) -> tuple[_Name, ...]:
    """All names of a model and its indicators."""
    named: list[tuple[str, Indicator | None]] = [(name, None) for name in (model.name, *model.aliases)]
    named += [(name, one) for one in model.indicators for name in (one.name, *one.aliases)]
    out = []
    for text, indicator in named:
        whole = core = tuple(folded(text).split())
        while core and core[0] in _FILLERS:
            core = core[1:]
        out.append(_Name(text, whole, core or whole, indicator, indicator.max if indicator else model.total))
    return tuple(out)


def _coverage(name: _Name, words: tuple[str, ...], telling: int) -> float:
    """Share of the telling words of a mention that a name covers, 0.0 where it does not stand there whole."""
    for sought in (name.whole, name.core):
        size = len(sought)
        if size > len(words) or sought[0] not in words:
            continue
        if any(words[at : at + size] == sought for at in range(len(words) - size + 1)):
            covered = sum(word not in _FILLERS for word in sought) or size
            lead = _WHOLE_NAME if sought is name.whole else 0.0
            return min(1.0, covered / max(telling, covered)) + lead
    return 0.0
