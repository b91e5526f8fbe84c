"""Chooses a word for every place of a text: exact posteriors of a trigram model over a chain of candidates.

A text is a list of sentences, a sentence a list of places, a place a list of
candidates. Two passes, both forward and backward over all sentences at once:
bigrams over all candidates, then trigrams over those that still have a chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from normalize.language_model import EDGE, WORD_BITS, LanguageModel

FIRST_PASS_LEAST = 3e-4
SECOND_PASS_MOST = 6
MEMORY_SHARE = 0.3
"""The most that memory adds to the probability of a word."""
MEMORY_DOUBT = 2.0
_LOW = np.float32(-1e4)

Floats = npt.NDArray[np.float32]
Place = tuple[Sequence[int], Sequence[float]]
"""Word numbers and channel scores (natural logarithms) of the candidates of one place."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Pairs of words the same text holds elsewhere: sorted `keys`, and the log of what each adds to p(right | left)."""

    keys: npt.NDArray[np.int64]
    values: Floats

    def of(self, left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> Floats:
        """The log of what memory adds for each pair, far below 0 where it holds nothing."""
        wanted = (left << WORD_BITS) | right
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.values[at], _LOW)


def remember(runs: Iterable[Sequence[int]]) -> Memory | None:
    """What runs of words that are sure hold; None for nothing."""
    pairs = Counter((left << WORD_BITS) | right for run in runs for left, right in pairwise(run))
    if not pairs:
        return None
    contexts: Counter[int] = Counter()
    for key, count in pairs.items():
        contexts[key >> WORD_BITS] += count
    keys = np.array(sorted(pairs), dtype=np.int64)
    shares = [MEMORY_SHARE * pairs[key] / (contexts[key >> WORD_BITS] + MEMORY_DOUBT) for key in keys.tolist()]
    return Memory(keys, np.log(np.array(shares, dtype=np.float32)))


def decode(
    model: LanguageModel, sentences: Sequence[Sequence[Place]], weight: float, memory: Memory | None = None
) -> list[list[npt.NDArray[np.float64]]]:
    """Posterior probabilities of the candidates of every place.

    Args:
        model: the language model.
        sentences: places in order; no place is empty.
        weight: exponent of the language model.
        memory: pairs of words that are sure in the same text.

    Returns:
        For each sentence and place an array as long as its candidates that sums to 1.
    """
    order = sorted(range(len(sentences)), key=lambda index: len(sentences[index]))
    out: list[list[npt.NDArray[np.float64]]] = [[] for _ in sentences]
    batch: list[int] = []
    for index in order:
        # Sentences of like length go together, so that little of the padded arrays is empty.
        if batch and len(sentences[index]) > 1.3 * len(sentences[batch[0]]) + 3:
            _decode_batch(model, sentences, batch, weight, memory, out)
            batch = []
        batch.append(index)
    if batch:
        _decode_batch(model, sentences, batch, weight, memory, out)
    return out


def _decode_batch(
    model: LanguageModel,
    sentences: Sequence[Sequence[Place]],
    batch: list[int],
    weight: float,
    memory: Memory | None,
    out: list[list[npt.NDArray[np.float64]]],
) -> None:
    words, scores = _pad([sentences[index] for index in batch])
    posterior = _first_pass(model, words, scores, weight, memory)
    most = min(SECOND_PASS_MOST, words.shape[2])
    chosen = np.argsort(-posterior, axis=2, kind="stable")[:, :, :most]
    kept = np.take_along_axis(posterior, chosen, 2)
    few_words = np.take_along_axis(words, chosen, 2)
    few_scores = np.where(kept >= FIRST_PASS_LEAST, np.take_along_axis(scores, chosen, 2), _LOW)
    refined = _second_pass(model, few_words, few_scores, weight, memory)
    final = np.zeros_like(posterior)
    np.put_along_axis(final, chosen, refined, 2)
    for row, index in enumerate(batch):
        out[index] = [final[row, place + 1, : len(options[0])] for place, options in enumerate(sentences[index])]


def _pad(sentences: list[Sequence[Place]]) -> tuple[npt.NDArray[np.int64], Floats]:
    """Arrays (sentence, place, candidate) of word numbers and scores, with an EDGE before and after each sentence."""
    length = max(map(len, sentences)) + 2
    width = max(len(numbers) for sentence in sentences for numbers, _ in sentence)
    words = np.full((len(sentences), length, width), EDGE, dtype=np.int64)
    scores = np.full((len(sentences), length, width), _LOW, dtype=np.float32)
    scores[:, :, 0] = 0
    for row, sentence in enumerate(sentences):
        for place, (numbers, values) in enumerate(sentence, start=1):
            words[row, place, : len(numbers)] = numbers
            scores[row, place, : len(values)] = values
    return words, scores


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(values - top).sum(axis=axis)) + np.squeeze(top, axis)
    return total


def _normalised(values: Floats) -> npt.NDArray[np.float64]:
    shares = np.exp((values - values.max(axis=-1, keepdims=True)).astype(np.float64))
    normal: npt.NDArray[np.float64] = shares / shares.sum(axis=-1, keepdims=True)
    return normal


def _first_pass(
    model: LanguageModel, words: npt.NDArray[np.int64], scores: Floats, weight: float, memory: Memory | None
) -> npt.NDArray[np.float64]:
    steps, width = words.shape[1], words.shape[2]
    links, _, _, remembered = _pair_scores(model, words, scores, memory)
    if remembered is not None:
        links = np.logaddexp(links, remembered)
    links *= np.float32(weight)
    forward = np.empty_like(scores)
    backward = np.zeros_like(scores)
    forward[:, 0] = scores[:, 0]
    for place in range(1, steps):
        forward[:, place] = _log_sum(forward[:, place - 1, :, None] + links[:, place - 1], 1) + scores[:, place]
    for place in range(steps - 2, -1, -1):
        backward[:, place] = _log_sum((backward[:, place + 1] + scores[:, place + 1])[:, None, :] + links[:, place], 2)
    return _normalised((forward + backward).reshape(-1, steps, width))


def _pair_scores(
    model: LanguageModel, words: npt.NDArray[np.int64], scores: Floats, memory: Memory | None
) -> tuple[Floats, Floats, npt.NDArray[np.bool_], Floats | None]:
    """Log p(right | left), back-off, presence, memory of every pair of neighbours: (sentence, place, left, right)."""
    rows, steps, width = words.shape
    alive = scores > _LOW / 2
    where = np.nonzero(alive[:, :-1, :, None] & alive[:, 1:, None, :])
    shape = (rows, steps - 1, width, width)
    left = words[where[0], where[1], where[2]]
    right = words[where[0], where[1] + 1, where[3]]
    value, backoff, seen = model.pairs(left, right)
    values, backoffs, present = np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(shape, np.bool_)
    values[where] = np.where((left == EDGE) & (right == EDGE), np.float32(0), value)
    backoffs[where], present[where] = backoff, seen
    if memory is None:
        return values, backoffs, present, None
    remembered = np.full(shape, _LOW, np.float32)
    remembered[where] = memory.of(left, right)
    return values, backoffs, present, remembered


def _second_pass(
    model: LanguageModel, words: npt.NDArray[np.int64], scores: Floats, weight: float, memory: Memory | None
) -> npt.NDArray[np.float64]:
    rows, steps, width = words.shape
    pairs, backoffs, seen, remembered = _pair_scores(model, words, scores, memory)
    # links[s, t, j, k, l]: log p(l at t + 2 | j at t, k at t + 1)
    links = (backoffs[:, :-1, :, :, None] + pairs[:, 1:, None, :, :]).astype(np.float32)
    alive = scores > _LOW / 2
    possible = seen[:, :-1, :, :, None] & seen[:, 1:, None, :, :]
    possible &= alive[:, :-2, :, None, None] & alive[:, 1:-1, None, :, None] & alive[:, 2:, None, None, :]
    where = np.nonzero(possible)
    value, found = model.triples(
        words[where[0], where[1], where[2]],
        words[where[0], where[1] + 1, where[3]],
        words[where[0], where[1] + 2, where[4]],
    )
    links[where] = np.where(found, value, links[where])
    if remembered is not None:
        links = np.logaddexp(links, remembered[:, 1:, None, :, :])
    links *= np.float32(weight)
    # States are pairs of neighbours: (place t, place t + 1).
    start = (scores[:, 0, :, None] + scores[:, 1, None, :] + pairs[:, 0] * np.float32(weight)).astype(np.float32)
    forward = np.empty((rows, steps - 1, width, width), np.float32)
    backward = np.zeros((rows, steps - 1, width, width), np.float32)
    forward[:, 0] = start
    for place in range(1, steps - 1):
        reached = _log_sum(forward[:, place - 1, :, :, None] + links[:, place - 1], 1)
        forward[:, place] = reached + scores[:, place + 1, None, :]
    for place in range(steps - 3, -1, -1):
        after = backward[:, place + 1] + scores[:, place + 2, None, :]
        backward[:, place] = _log_sum(after[:, None, :, :] + links[:, place], 3)
    both = forward + backward
    marginal = np.empty(scores.shape, np.float32)
    marginal[:, 1:] = _log_sum(both, 2)
    marginal[:, 0] = _log_sum(both[:, 0], 2)
    return _normalised(marginal)
