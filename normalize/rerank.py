"""Weighs the words left over by the n-gram decoder once more, by all the words around them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from normalize.context import ContextModel, stream
from normalize.language_model import EDGE
from normalize.lattice import Slot

SETTLED = 0.97
"""A place whose best word is surer than this is not asked about."""
POSSIBLE = 1e-3
NGRAM_SHARE = 0.6
"""What is kept of the n-gram model's say, as an exponent."""
CONTEXT_SHARE = 0.35
"""What the context model's say weighs, as an exponent."""

Chances = npt.NDArray[np.float64]


def rerank(model: ContextModel, sentences: Sequence[Sequence[Slot]], posteriors: Sequence[list[Chances]]) -> None:
    """Change the posteriors of doubtful places.

    Args:
        model: scores words by their surroundings.
        sentences: the places of a text.
        posteriors: for each sentence and place the probabilities of its candidates; changed in place.
    """
    best = [
        [slot.candidates[int(chance.argmax())].number for slot, chance in zip(slots, found, strict=True)]
        for slots, found in zip(sentences, posteriors, strict=True)
    ]
    words, starts = stream(best, EDGE)
    asked: list[tuple[int, Slot, Chances, npt.NDArray[np.int64]]] = []
    for start, slots, found in zip(starts, sentences, posteriors, strict=True):
        for place, (slot, chance) in enumerate(zip(slots, found, strict=True)):
            if len(chance) > 1 and chance.max() < SETTLED:
                asked.append((start + place, slot, chance, np.flatnonzero(chance >= POSSIBLE)))
    asked = [item for item in asked if len(item[3]) > 1]
    if not asked:
        return
    options = np.zeros((len(asked), max(len(item[3]) for item in asked)), dtype=np.int64)
    for row, (_, slot, _, alive) in enumerate(asked):
        options[row, : len(alive)] = [slot.candidates[index].number for index in alive]
    scores = model.scores(words, np.array([item[0] for item in asked]), options)
    for (_, slot, chance, alive), score in zip(asked, scores, strict=True):
        channel = np.array([slot.candidates[index].score for index in alive])
        heard = channel + NGRAM_SHARE * (np.log(chance[alive]) - channel)
        total = heard + CONTEXT_SHARE * score[: len(alive)]
        shares = np.exp(total - total.max())
        chance[:] = 0
        chance[alive] = shares / shares.sum()
