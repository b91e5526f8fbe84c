"""How far a word is believed as it was read: the confidence of the engine against what its channel takes for granted.

The channel gives every word of a page the same chance to be right. An engine that
states how sure it is of each says more: of set pages, words above 0.97 were read
rightly without exception, words below 0.8 in two cases of three.

A page tells too: where the scanner swallows thin marks, it does so all over the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from normalize.edits import Repaired
from normalize.lattice import Slot
from normalize.syllables import without_tone

Sureness = Sequence[tuple[int, int, float]]
"""Start, end and confidence (0..1) of words of a raw text, in order; words that state none are left out."""

COMMON = 4.2
"""Log odds at which a word is believed as much as the channel does: those of confidence 0.96."""

WEIGHT = 0.5
"""The channel knows in part what confidence tells: words that are often misread are seldom sure."""

LOST_TONES = 0.015
"""Share of the words read with a hat and no tone that the channel takes to have had one."""

_BEFORE_SEEN = 35.0
"""So many words of the usual kind are added to those of a page."""

_MOST_LOST = 7.0
"""A page is never taken to lose more than so many times the usual share."""

_HATS = frozenset("ăâêôơư")

Chances = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trust:
    """Confidences by place of a text: `starts`, `ends` and `values` are of one length."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    values: tuple[float, ...]

    def of(self, start: int, end: int) -> float | None:
        """The lowest confidence of the words that `start`..`end` touches, None where none states one."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_right(self.starts, end - 1)
        touched = [self.values[place] for place in range(first, last) if self.ends[place] > start]
        return min(touched, default=None)


def trust_of(composed: Repaired, sureness: Sureness) -> Trust:
    """The confidences of words of the raw text, by places of the text that was made of it."""
    spans = [(*composed.to_text(start, end), value) for start, end, value in sureness]
    return Trust(tuple(row[0] for row in spans), tuple(row[1] for row in spans), tuple(row[2] for row in spans))


def believe(sentences: Sequence[Sequence[Slot]], trust: Trust) -> list[list[Slot]]:
    """The slots with what was read believed more or less than the channel does."""
    return [[_believed(slot, trust) for slot in sentence] for sentence in sentences]


def _believed(slot: Slot, trust: Trust) -> Slot:
    if len(slot.candidates) == 1 or (sure := trust.of(slot.start, slot.end)) is None:
        return slot
    shift = WEIGHT * (float(np.interp(sure, *_odds())) - COMMON)
    candidates = tuple(
        replace(item, score=item.score + shift) if item.text == slot.text else item for item in slot.candidates
    )
    return replace(slot, candidates=candidates)


def weigh_lost_tones(sentences: Sequence[Sequence[Slot]], posteriors: Sequence[Sequence[Chances]]) -> None:
    """Make lost tones (ẩ read as â) likelier on a page that lost many: changes the posteriors in place."""
    found: list[tuple[Chances, npt.NDArray[np.bool_]]] = []
    for sentence, chances in zip(sentences, posteriors, strict=True):
        for slot, chance in zip(sentence, chances, strict=True):
            if len(chance) > 1 and _may_have_lost(slot.text):
                low = slot.text.lower()
                others = (item.text if item.text != slot.text else "" for item in slot.candidates)
                found.append((chance, np.array([without_tone(other.lower()) == low for other in others])))
    seen = sum(float(chance[lost].sum()) for chance, lost in found)
    share = (seen + LOST_TONES * _BEFORE_SEEN) / (len(found) + _BEFORE_SEEN)
    factor = min(share / LOST_TONES, _MOST_LOST)
    if factor <= 1:
        return
    for chance, lost in found:
        chance[lost] *= factor
        chance /= chance.sum()


def _may_have_lost(word: str) -> bool:
    low = word.lower()
    return not _HATS.isdisjoint(low) and without_tone(low) == low


@cache
def _odds() -> tuple[tuple[float, ...], tuple[float, ...]]:
    rows = files("normalize").joinpath("data/trust.tsv").read_text(encoding="utf8").splitlines()
    table = [tuple(map(float, row.split("\t"))) for row in rows if row and not row.startswith("#")]
    return tuple(row[0] for row in table), tuple(row[1] for row in table)
