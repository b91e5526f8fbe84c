"""Which indicator of which model a mention means.

Names are compared by words, not letters: the words of a name or alias must stand in the mention, in order and
without gaps. The name that covers most of the mention wins, if it is clearly longer than the next one; else the
mention stays unlinked. A stated maximum takes sides: "17,6/18" is no PAPI dimension.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    words = tuple(folded(text[:400]).split())
    telling = [word for word in words if word not in _FILLERS]
    if not words:
        return None
    found: dict[tuple[str, str | None], tuple[float, ScoringModel, Indicator | None, str]] = {}
    for model in models:
        if on is not None and not model.valid_on(on):
            continue
        for name, indicator in _names(model):
            highest = model.total if indicator is None else indicator.max
            if maximum is not None and highest is not None and highest != maximum:
                continue
            score = _coverage(name, words, len(telling))
            if score:
                key = (model.id, indicator.id if indicator is not None else None)
                found[key] = max(
                    found.get(key, (0.0, model, indicator, "")), (score, model, indicator, name), key=_first
                )
    if not found:
        return None
    ranked = sorted(found.values(), key=lambda one: (-one[0], one[1].id))
    score, model, indicator, name = ranked[0]
    behind = score - (ranked[1][0] if len(ranked) > 1 else 0.0)
    if behind < margin:
        return None
    return IndicatorMatch(
        model, indicator, round(min(score, 1.0), 4), round(min(behind, 1.0), 4), f"the words of {name!r}"
    )


def _first(one: tuple[float, ScoringModel, Indicator | None, str]) -> float:
    return one[0]


def _names(model: ScoringModel) -> Iterator[tuple[str, Indicator | None]]:
    yield from ((name, None) for name in (model.name, *model.aliases))
    for indicator in model.indicators:
        yield from ((name, indicator) for name in (indicator.name, *indicator.aliases))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(folded(name).split())


def _coverage(name: str, words: tuple[str, ...], telling: int) -> float:
    """Share of the telling words of a mention that a name covers, 0.0 where it does not stand there whole."""
    needle = _words(name)
    core = needle
    while core and core[0] in _FILLERS:  # "Chỉ số Số hóa hồ sơ" and "Mức độ hài lòng" drop their lead
        core = core[1:]
    for sought in (needle, core or needle):
        size = len(sought)
        if any(words[at : at + size] == sought for at in range(len(words) - size + 1)):
            covered = sum(word not in _FILLERS for word in sought) or size
            whole = _WHOLE_NAME if len(sought) == len(needle) else 0.0
            return min(1.0, covered / max(telling, covered)) + whole
    return 0.0
