"""Counts the training text and makes the trigram model of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.files import write_array, write_text
from normalize.language_model import (
    COMMA,
    EDGE,
    NUMBER,
    SPECIAL,
    UNKNOWN,
    WORD_BITS,
)
from normalize.syllables import fold, place_tone, skeletons
from normalize.train.hash_table import write_table

# The decoder sees text the same way: digits make a number of the whole chunk, stops end a sentence, commas
# are words, other signs vanish.
_PIECE = re.compile(r"https?://\S+|\S+@\S+|\S*\d\S*|[^\W\d_]+|[.;:!?…](?=\s|$)|,(?=\s)")
_STOPS = ".;:!?…"

Keys = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is kept: words seen `word` times, pairs of a weighted count of `bigram`, and `trigrams` triples."""

    word: int = 25
    bigram: int = 1
    trigrams: int = 6_000_000
    most_words: int = 2**WORD_BITS


def count_words(lines: Iterable[str]) -> Counter[str]:
    """Lower-case words with the tone placed as in hòa, and how often each occurs."""
    raw: Counter[str] = Counter()
    for line in lines:
        raw.update(re.findall(r"[^\W\d_]+", line))
    counts: Counter[str] = Counter()
    for word, count in raw.items():
        counts[place_tone(word.lower())] += count
    return counts


def choose_words(counts: Mapping[str, int], always: Iterable[str], limits: Limits) -> list[str]:
    """The vocabulary: the special words, the words of `always`, then the most frequent."""
    fixed = [*SPECIAL, *sorted(set(always))]
    known = set(fixed)
    others = sorted(
        (
            word
            for word, count in counts.items()
            if count >= limits.word and word not in known and not _run_together(word)
        ),
        key=lambda word: (-counts[word], word),
    )
    return (fixed + others)[: limits.most_words]


def _run_together(word: str) -> bool:
    """Whether a blank was lost in `word`: chinhphu, theomẫu."""
    return any(fold(word[:at]) in skeletons() and fold(word[at:]) in skeletons() for at in range(2, len(word) - 1))


def encode(lines: Iterable[str], words: Mapping[str, int]) -> npt.NDArray[np.uint16]:
    """The text as word numbers; EDGE stands between sentences."""
    numbers: dict[str, int] = {**dict.fromkeys(_STOPS, EDGE), ",": COMMA}
    out: list[npt.NDArray[np.uint16]] = []
    chunk: list[int] = [EDGE]
    for line in lines:
        for piece in _PIECE.findall(line):
            number = numbers.get(piece)
            if number is None:
                if not piece.isalpha():
                    chunk.append(NUMBER)
                    if piece[-1] in ".;:,":
                        chunk.append(numbers[piece[-1]])
                    continue
                number = numbers[piece] = words.get(place_tone(piece.lower()), UNKNOWN)
            chunk.append(number)
        chunk.append(EDGE)
        if len(chunk) > 1_000_000:
            out.append(np.array(chunk, dtype=np.uint16))
            chunk = []
    out.append(np.array(chunk, dtype=np.uint16))
    joined = np.concatenate(out)
    edge = joined == EDGE
    single: npt.NDArray[np.uint16] = joined[~(edge & np.concatenate(([False], edge[:-1])))]
    return single


def count_ngrams(text: npt.NDArray[np.uint16], order: int, *, edges: bool = True) -> tuple[Keys, Counts]:
    """Distinct n-grams of `order` words and their counts; none reaches over a sentence edge.

    Without `edges` none touches one either: the lines are pieces of sentences.
    """
    wide = text.astype(np.uint64)
    size = len(wide) - order + 1
    keys = np.zeros(size, dtype=np.uint64)
    keep = np.ones(size, dtype=np.bool_)
    for place in range(order):
        part = wide[place : place + size]
        keys = (keys << np.uint64(WORD_BITS)) | part
        if 0 < place < order - 1 or not edges:
            keep &= part != EDGE
    unique, counts = np.unique(keys[keep], return_counts=True)
    return unique, counts.astype(np.int64)


def merge(parts: list[tuple[Keys, Counts]]) -> tuple[Keys, Counts]:
    """Sum the counts of equal keys."""
    keys = np.concatenate([part[0] for part in parts])
    counts = np.concatenate([part[1] for part in parts])
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(counts, starts)


def _discounts(counts: Counts) -> npt.NDArray[np.float64]:
    """Modified Kneser-Ney discounts for counts of 1, 2 and more (Chen and Goodman 1999)."""
    ones, twos, threes, fours = (max(int((counts == value).sum()), 1) for value in (1, 2, 3, 4))
    base = ones / (ones + 2 * twos)
    steps = np.array([1 - 2 * base * twos / ones, 2 - 3 * base * threes / twos, 3 - 4 * base * fours / threes])
    clipped: npt.NDArray[np.float64] = np.clip(steps, 0.3, 2.0)
    return clipped


def _discounted(counts: Counts) -> npt.NDArray[np.float64]:
    steps = _discounts(counts)
    left: npt.NDArray[np.float64] = np.maximum(counts - steps[np.clip(counts, 1, 3) - 1], 0.0)
    return left


def _share_by_context(
    contexts: Keys, parts: npt.NDArray[np.float64], totals: npt.NDArray[np.float64]
) -> tuple[Keys, npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Left-over mass of each context, and the context number of each n-gram; `contexts` must be sorted."""
    starts = np.flatnonzero(np.concatenate(([True], contexts[1:] != contexts[:-1])))
    kept, total = np.add.reduceat(parts, starts), np.add.reduceat(totals, starts)
    index = np.cumsum(np.concatenate(([False], contexts[1:] != contexts[:-1])))
    return contexts[starts], np.stack((kept, total)), index


def build(
    bigrams: tuple[Keys, Counts], trigrams: tuple[Keys, Counts], words: list[str], folder: Path, limits: Limits
) -> dict[str, int]:
    """Estimate the model and write its arrays to `folder`.

    Returns:
        Numbers of n-grams kept, by order.
    """
    size, bits = len(words), np.uint64(WORD_BITS)
    mask = np.uint64(2**WORD_BITS - 1)
    tri_keys, tri_counts = trigrams
    # Continuation counts: in how many contexts a word follows. Pairs that open a sentence keep their plain counts.
    tails, continuation = np.unique(tri_keys & np.uint64(2 ** (2 * WORD_BITS) - 1), return_counts=True)
    opening_keys, opening_counts = bigrams
    opens = (opening_keys >> bits) == EDGE
    bi_keys, bi_counts = merge(
        [
            (tails[(tails >> bits) != EDGE], continuation[(tails >> bits) != EDGE].astype(np.int64)),
            (opening_keys[opens], opening_counts[opens]),
        ]
    )
    uni_counts = np.bincount((bi_keys & mask).astype(np.int64), minlength=size).astype(np.int64)

    uni = (uni_counts + 0.1) / (uni_counts.sum() + 0.1 * size)
    tri_context = tri_keys >> bits
    tri_part = _prune(tri_keys, tri_counts, (bi_keys, bi_counts), limits.trigrams)
    tri_contexts, tri_mass, tri_index = _share_by_context(tri_context, tri_part, tri_counts.astype(np.float64))
    tri_left = 1 - tri_mass[0] / tri_mass[1]
    kept = tri_part > 0
    tri_kept, tri_kept_part, tri_kept_index = tri_keys[kept], tri_part[kept], tri_index[kept]

    # A pair stays if it is frequent, or a kept triple needs it as its context or its tail.
    needed = np.union1d(np.unique(tri_kept >> bits), np.unique(tri_kept & np.uint64(2 ** (2 * WORD_BITS) - 1)))
    bi_keep = (bi_counts >= limits.bigram) | np.isin(bi_keys, needed)
    bi_part = np.where(bi_keep, _discounted(bi_counts), 0.0)
    bi_contexts, bi_mass, bi_index = _share_by_context(bi_keys >> bits, bi_part, bi_counts.astype(np.float64))
    bi_left = 1 - bi_mass[0] / bi_mass[1]
    uni_backoff = np.zeros(size)
    uni_backoff[bi_contexts.astype(np.int64)] = np.log(np.maximum(bi_left, 1e-6))
    last = (bi_keys & mask).astype(np.int64)
    bi_p = bi_part / bi_mass[1][bi_index] + bi_left[bi_index] * uni[last]

    where = np.searchsorted(tri_contexts, bi_keys)
    where[where == len(tri_contexts)] = 0
    has = tri_contexts[where] == bi_keys
    bi_backoff = np.where(has, np.log(np.maximum(tri_left[where], 1e-6)), 0.0)

    tail = np.searchsorted(bi_keys, tri_kept & np.uint64(2 ** (2 * WORD_BITS) - 1))
    tri_p = tri_kept_part / tri_mass[1][tri_kept_index] + tri_left[tri_kept_index] * bi_p[tail]

    folder.mkdir(parents=True, exist_ok=True)
    write_array(folder / "unigrams.npy", np.stack((np.log(uni), uni_backoff)).astype(np.float32))
    dropped = write_table(folder, "bigrams", bi_keys[bi_keep], [np.log(bi_p[bi_keep]), bi_backoff[bi_keep]])
    dropped_tri = write_table(folder, "trigrams", tri_kept, [np.log(tri_p)])
    write_text(folder / "words.txt", "\n".join(words))
    return {"words": size, "bigrams": int(bi_keep.sum()) - dropped, "trigrams": len(tri_kept) - dropped_tri}


def _prune(tri_keys: Keys, tri_counts: Counts, bigrams: tuple[Keys, Counts], most: int) -> npt.NDArray[np.float64]:
    """Discounted counts of triples, 0 for all but the `most` that the model would miss most.

    What is missed is the count times the logarithm of how much more likely the triple is than its pair
    alone makes it (weighted difference, Seymore and Rosenfeld 1996).
    """
    bits, mask = np.uint64(WORD_BITS), np.uint64(2 ** (2 * WORD_BITS) - 1)
    part = _discounted(tri_counts)
    if len(tri_keys) <= most:
        return part
    _, mass, index = _share_by_context(tri_keys >> bits, part, tri_counts.astype(np.float64))
    bi_keys, bi_counts = bigrams
    plain = bi_counts.astype(np.float64)
    _, totals, bi_index = _share_by_context(bi_keys >> bits, plain, plain)
    share = (plain / totals[1][bi_index])[np.searchsorted(bi_keys, tri_keys & mask)]
    left = np.maximum((1 - mass[0] / mass[1])[index] * share, 1e-12)
    missed = tri_counts * np.log(part / mass[1][index] / left + 1)
    kept = np.argsort(-missed, kind="stable")[:most]
    out = np.zeros_like(part)
    out[kept] = part[kept]
    return out
