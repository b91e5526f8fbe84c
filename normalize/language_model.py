"""The language model: interpolated Kneser-Ney trigrams over lower-case words, in memory-mapped arrays.

An n-gram is found by hash: every key has two buckets of `SLOTS` slots; a slot holds a
16-bit fingerprint and a log probability in 8 bits. All look-ups are
vectorised; one look-up costs about 0.1 microseconds in a batch.

Words are numbers into `words.txt`. Four are special: `UNKNOWN` (any other
word), `EDGE` (before the first and after the last word of a sentence),
`NUMBER` (anything with a digit), `COMMA`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

UNKNOWN, EDGE, NUMBER, COMMA = 0, 1, 2, 3
SPECIAL = ("<unk>", "<s>", "<num>", "<,>")
WORD_BITS = 14
SLOTS = 4
STEP = 1 / 14
"""Log probabilities (natural logarithm) are stored as multiples of -STEP, 0..255."""

_LANES = np.uint64(0x0001_0001_0001_0001)
_LANE_BITS = np.uint64(0x8000_8000_8000_8000)
_LANE_ENDS = np.array([1 << 15, 1 << 31, 1 << 47, 1 << 63], dtype=np.uint64)
_LOGS = (np.arange(256) * -STEP).astype(np.float32)

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_Keys = npt.NDArray[np.uint64]


def mix(keys: _Keys) -> _Keys:
    """Spread keys over 64 bits (the finaliser of splitmix64)."""
    keys = (keys ^ (keys >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    keys = (keys ^ (keys >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return keys ^ (keys >> np.uint64(31))


def buckets_of(mixed: _Keys, count: int) -> tuple[Ids, Ids]:
    """The two buckets of each mixed key, below `count`."""
    first = ((mixed >> np.uint64(40)) * np.uint64(count)) >> np.uint64(24)
    second = (((mixed >> np.uint64(16)) & np.uint64(0xFFFFFF)) * np.uint64(count)) >> np.uint64(24)
    return first.astype(np.int64), second.astype(np.int64)


def fingerprints_of(mixed: _Keys) -> npt.NDArray[np.uint16]:
    """The fingerprint of each mixed key; 0 means an empty slot and is never given."""
    low = (mixed & np.uint64(0xFFFF)).astype(np.uint16)
    return np.maximum(low, np.uint16(1))


def quantise(log_probabilities: npt.NDArray[np.float64]) -> npt.NDArray[np.uint8]:
    """Log probabilities as multiples of -STEP."""
    return np.clip(np.rint(-log_probabilities / STEP), 0, 255).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class NgramTable:
    """A hash table of n-grams: `fingerprints` and each of `values` have shape (buckets, SLOTS)."""

    fingerprints: npt.NDArray[np.uint16]
    values: tuple[npt.NDArray[np.uint8], ...]

    def find(self, keys: _Keys) -> tuple[npt.NDArray[np.bool_], Ids]:
        """Which `keys` (one dimension) are there, and the flat slot numbers of those."""
        mixed = mix(keys)
        first, second = buckets_of(mixed, len(self.fingerprints))
        wanted = fingerprints_of(mixed).astype(np.uint64) * _LANES
        rows = self.fingerprints.view("<u8")[:, 0]
        one, other = _equal_lanes(rows[first] ^ wanted), _equal_lanes(rows[second] ^ wanted)
        found = (one | other) != 0
        one = one[found]
        hit = np.where(one != 0, one, other[found])
        lowest = hit & (~hit + np.uint64(1))
        lane = np.searchsorted(_LANE_ENDS, lowest)
        return found, np.where(one != 0, first[found], second[found]) * SLOTS + lane


def _equal_lanes(differences: _Keys) -> _Keys:
    """The highest bit of the first 16-bit lane that is 0, and maybe of later ones; 0 where no lane is 0."""
    return (differences - _LANES) & ~differences & _LANE_BITS


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Trigram model; `unigrams` and `unigram_backoffs` hold natural logarithms by word number."""

    words: dict[str, int]
    unigrams: Floats
    unigram_backoffs: Floats
    bigrams: NgramTable
    trigrams: NgramTable

    def number(self, word: str) -> int:
        """The number of a lower-case word whose tone is placed as in hòa."""
        return self.words.get(word, UNKNOWN)

    def pairs(self, left: Ids, right: Ids) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
        """For pairs of words: log p(right | left), log back-off of the pair as a context, and whether it was seen."""
        keys = (left.astype(np.uint64) << np.uint64(WORD_BITS)) | right.astype(np.uint64)
        found, slot = self.bigrams.find(keys)
        value = self.unigram_backoffs[left] + self.unigrams[right]
        backoff = np.zeros(len(value), np.float32)
        value[found] = _LOGS[self.bigrams.values[0].reshape(-1)[slot]]
        backoff[found] = _LOGS[self.bigrams.values[1].reshape(-1)[slot]]
        return value, backoff, found

    def triples(self, first: Ids, second: Ids, third: Ids) -> tuple[npt.NDArray[np.bool_], Floats]:
        """Which triples are stored, and log p(third | first second) of those; callers back off for the others."""
        keys = first.astype(np.uint64) << np.uint64(2 * WORD_BITS)
        keys |= (second.astype(np.uint64) << np.uint64(WORD_BITS)) | third.astype(np.uint64)
        found, slot = self.trigrams.find(keys)
        return found, _LOGS[self.trigrams.values[0].reshape(-1)[slot]]


def load_language_model(folder: Path) -> LanguageModel:
    """Map the model files of `folder` into memory.

    Raises:
        FileNotFoundError: a model file is missing; `python -m normalize.train` makes them.
    """

    def array(name: str) -> npt.NDArray[np.generic]:
        mapped: npt.NDArray[np.generic] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return mapped

    def table(name: str, count: int) -> NgramTable:
        values = tuple(np.asarray(array(f"{name}_{index}")).astype(np.uint8, copy=False) for index in range(count))
        return NgramTable(np.asarray(array(name)).astype(np.uint16, copy=False), values)

    words = (folder / "words.txt").read_text(encoding="utf8").split("\n")
    levels = np.asarray(array("unigrams")).astype(np.float32)
    return LanguageModel(
        {word: number for number, word in enumerate(words)},
        levels[0],
        levels[1],
        table("bigrams", 2),
        table("trigrams", 1),
    )
