"""Chooses a word for every place of a text: exact posteriors of a trigram model over a chain of candidates.

A text is a list of sentences, a sentence a list of places, a place a list of
candidates. Two passes, both forward and backward over all sentences at once:
bigrams over all candidates, then trigrams over those that still have a chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from normalize.language_model import EDGE, WORD_BITS, LanguageModel

FIRST_PASS_LEAST = 3e-4
SECOND_PASS_MOST = 6
MEMORY_SHARE = 0.3
"""The most that memory adds to the probability of a word."""
MEMORY_DOUBT = 2.0
CONTEXT = 2
"""How many words before it the probability of a word depends on."""
MOST_PLACES = 1500
"""Stretches are decoded together up to so many places, which bounds memory."""
_LOW = np.float32(-1e4)

Ids = npt.NDArray[np.int64]
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
    out = [[np.ones(len(numbers)) for numbers, _ in sentence] for sentence in sentences]
    stretches = [(index, *stretch) for index, sentence in enumerate(sentences) for stretch in _open_stretches(sentence)]
    stretches.sort(key=lambda item: item[1] - item[2])
    batch: list[_Stretch] = []
    places = 0
    for index, low, high in stretches:
        if batch and places + high - low > MOST_PLACES:
            _decode_batch(model, batch, weight, memory)
            batch, places = [], 0
        batch.append(_Stretch(sentences[index][low:high], out[index][low:high]))
        places += high - low
    if batch:
        _decode_batch(model, batch, weight, memory)
    return out


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Places that are decoded together, and where their posteriors go."""

    places: Sequence[Place]
    out: Sequence[npt.NDArray[np.float64]]


def _open_stretches(sentence: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """First and last place (exclusive) of each stretch that can be decoded apart.

    Two neighbours without a choice part what is before from what is behind: a trigram looks no further. They belong to
    the stretches on both sides.
    """
    low = high = -1
    for place, (numbers, _) in enumerate(sentence):
        if len(numbers) == 1:
            continue
        if high >= 0 and place - high >= CONTEXT:
            yield low, min(high + CONTEXT, len(sentence))
            high = -1
        if high < 0:
            low = max(place - CONTEXT, 0)
        high = place + 1
    if high >= 0:
        yield low, min(high + CONTEXT, len(sentence))


@dataclass(frozen=True, slots=True)
class _Chains:
    """Sentences of a batch, the longest first, one step of all of them after the other.

    Places are numbered by step, then by sentence. At step t the first `alive[t]` sentences still go on; their places
    begin at `starts[t]`. An EDGE stands before and after each sentence. Link i ends at place i + `alive[0]`.
    """

    alive: list[int]
    starts: list[int]

    @property
    def lefts(self) -> Ids:
        """For each link the place it comes from."""
        return np.concatenate(
            [np.arange(start, start + after) for start, after in zip(self.starts, self.alive[1:], strict=False)]
        )

    def links(self, step: int) -> slice:
        """The links that end at `step`, from 1 on."""
        start = self.starts[step] - self.alive[0]
        return slice(start, start + self.alive[step])

    def places(self, step: int) -> slice:
        """The places of `step`."""
        return slice(self.starts[step], self.starts[step] + self.alive[step])


def _decode_batch(
    model: LanguageModel,
    batch: Sequence[_Stretch],
    weight: float,
    memory: Memory | None,
) -> None:
    lengths = [len(stretch.places) + 2 for stretch in batch]
    alive = [sum(length > step for length in lengths) for step in range(lengths[0])]
    starts = [0, *np.cumsum(alive[:-1]).tolist()]
    chains = _Chains(alive, starts)
    words, scores, sizes = _lay(batch, chains)
    posterior = _first_pass(model, chains, words, scores, sizes, weight, memory)
    most = min(SECOND_PASS_MOST, words.shape[1])
    chosen = np.argsort(-posterior, axis=1, kind="stable")[:, :most]
    kept = np.take_along_axis(posterior, chosen, 1) >= FIRST_PASS_LEAST
    kept[:, 0] = True
    few = kept.sum(axis=1)
    width = int(few.max())
    chosen, kept = chosen[:, :width], kept[:, :width]
    few_scores = np.where(kept, np.take_along_axis(scores, chosen, 1), _LOW)
    refined = _second_pass(
        model, chains, np.take_along_axis(words, chosen, 1), few_scores, few.astype(np.int64), weight, memory
    )
    final = np.zeros_like(posterior)
    np.put_along_axis(final, chosen, refined, 1)
    for row, stretch in enumerate(batch):
        for step, chances in enumerate(stretch.out, start=1):
            chances[:] = final[starts[step] + row, : len(chances)]


def _lay(batch: Sequence[_Stretch], chains: _Chains) -> tuple[Ids, Floats, Ids]:
    """Word numbers and scores of the candidates of every place, and how many each has."""
    total = chains.starts[-1] + chains.alive[-1]
    sizes = np.ones(total, dtype=np.int64)
    at: list[int] = []
    laid: list[Place] = []
    for row, stretch in enumerate(batch):
        at += [start + row for start in chains.starts[1 : len(stretch.places) + 1]]
        laid += stretch.places
    where = np.array(at, dtype=np.int64)
    sizes[where] = [len(numbers) for numbers, _ in laid]
    counts = sizes[where]
    width = int(counts.max())
    cells = np.repeat(where * width - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
    words = np.full(total * width, EDGE, dtype=np.int64)
    scores = np.full((total, width), _LOW, dtype=np.float32)
    scores[:, 0] = 0
    words[cells] = list(chain.from_iterable(numbers for numbers, _ in laid))
    scores.reshape(-1)[cells] = list(chain.from_iterable(values for _, values in laid))
    return words.reshape(total, width), scores, sizes


def _emissions(scores: Floats) -> Floats:
    """Channel probabilities of the candidates, the best of each place as 1."""
    shares: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shares


def _even(values: Floats) -> Floats:
    """`values` of each sentence divided by the greatest, so that none vanishes."""
    flat = values.reshape(len(values), -1)
    flat /= flat.max(axis=1, keepdims=True)
    return values


def _normalised(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    normal: npt.NDArray[np.float64] = values / values.sum(axis=1, keepdims=True)
    return normal


def _first_pass(
    model: LanguageModel,
    chains: _Chains,
    words: Ids,
    scores: Floats,
    sizes: Ids,
    weight: float,
    memory: Memory | None,
) -> npt.NDArray[np.float64]:
    cells, left, right = _pair_cells(chains, words, sizes)
    value = model.pairs(left, right)[0]
    if memory is not None:
        value = np.logaddexp(value, memory.of(left, right))
    width = words.shape[1]
    links = np.zeros((len(words) - chains.alive[0], width, width), np.float32)
    links.reshape(-1)[cells] = np.exp(value * np.float32(weight))
    emitted = _emissions(scores)
    forward, backward = emitted.copy(), np.ones_like(emitted)
    last = len(chains.alive) - 1
    for step in range(1, last + 1):
        before = forward[chains.places(step - 1)][: chains.alive[step]]
        reached = np.matmul(before[:, None, :], links[chains.links(step)])[:, 0]
        forward[chains.places(step)] = _even(reached * emitted[chains.places(step)])
    for step in range(last, 0, -1):
        after = backward[chains.places(step)] * emitted[chains.places(step)]
        reached = np.matmul(links[chains.links(step)], after[:, :, None])[:, :, 0]
        backward[chains.places(step - 1)][: chains.alive[step]] = _even(reached)
    return _normalised(forward.astype(np.float64) * backward)


def _pair_cells(chains: _Chains, words: Ids, sizes: Ids) -> tuple[Ids, Ids, Ids]:
    """Every pair of neighbours: its cell in an array (link, left, right), the left and the right word."""
    width = words.shape[1]
    ends = np.arange(chains.alive[0], len(words))
    lefts = chains.lefts
    rights = sizes[ends]
    counts = sizes[lefts] * rights
    link = np.repeat(np.arange(len(ends)), counts)
    within = np.arange(len(link)) - np.repeat(np.cumsum(counts) - counts, counts)
    one, other = np.divmod(within, rights[link])
    flat = words.reshape(-1)
    left = flat[(lefts * width)[link] + one]
    right = flat[(ends * width)[link] + other]
    return (link * width + one) * width + other, left, right


def _second_pass(
    model: LanguageModel,
    chains: _Chains,
    words: Ids,
    scores: Floats,
    sizes: Ids,
    weight: float,
    memory: Memory | None,
) -> npt.NDArray[np.float64]:
    width, opening = words.shape[1], chains.alive[0]
    cells, left, right = _pair_cells(chains, words, sizes)
    value, backoff, seen = model.pairs(left, right)
    shape = (len(words) - opening, width, width)
    pairs, backoffs, present = np.zeros(shape, np.float32), np.zeros(shape, np.float32), np.zeros(shape, np.bool_)
    pairs.reshape(-1)[cells], backoffs.reshape(-1)[cells] = np.exp(value), np.exp(backoff)
    present.reshape(-1)[cells] = seen
    # States are pairs of neighbours, that is links. Each link behind the first of its sentence goes on from another.
    lefts = chains.lefts
    ends = np.arange(chains.alive[1], shape[0])
    before = lefts[ends] - opening
    triples = backoffs[before][:, :, :, None] * pairs[ends][:, None, :, :]
    where = np.flatnonzero(present[before][:, :, :, None] & present[ends][:, None, :, :])
    rest, last = np.divmod(where, width)
    rest, middle = np.divmod(rest, width)
    row, first = np.divmod(rest, width)
    found, value = model.triples(
        words[lefts[before[row]], first], words[lefts[ends[row]], middle], words[ends[row] + opening, last]
    )
    triples.reshape(-1)[where[found]] = np.exp(value)
    if memory is not None:
        remembered = np.zeros(shape, np.float32)
        remembered.reshape(-1)[cells] = np.exp(memory.of(left, right))
        triples += remembered[ends][:, None, :, :]
    if weight != 1:
        np.power(pairs, np.float32(weight), out=pairs)
        np.power(triples, np.float32(weight), out=triples)
    return _over_links(chains, pairs, triples, _emissions(scores))


def _over_links(chains: _Chains, pairs: Floats, triples: Floats, emitted: Floats) -> npt.NDArray[np.float64]:
    """Posteriors of the candidates from the probabilities of pairs and triples."""
    opening, skipped = chains.alive[0], chains.alive[1]
    forward, backward = np.empty_like(pairs), np.ones_like(pairs)
    start = emitted[chains.places(0)][:, :, None] * emitted[chains.places(1)][:, None, :]
    forward[chains.links(1)] = _even(start * pairs[chains.links(1)])
    last = len(chains.alive) - 1
    steps = []
    for step in range(2, last + 1):
        links = chains.links(step)
        steps.append(triples[links.start - skipped : links.stop - skipped])
        reached = (forward[chains.links(step - 1)][: chains.alive[step], :, :, None] * steps[-1]).sum(axis=1)
        forward[links] = _even(reached * emitted[chains.places(step)][:, None, :])
    for step in range(last, 1, -1):
        after = backward[chains.links(step)] * emitted[chains.places(step)][:, None, :]
        reached = (steps[step - 2] * after[:, None, :, :]).sum(axis=3)
        backward[chains.links(step - 1)][: chains.alive[step]] = _even(reached)
    marginal = np.zeros(emitted.shape, np.float64)
    marginal[:opening, 0] = 1
    marginal[opening:] = (forward.astype(np.float64) * backward).sum(axis=1)
    return _normalised(marginal)
