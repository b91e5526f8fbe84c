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
        """Which `keys` (one dimension) are there, and the flat slot number of each (0 where it is not)."""
        mixed = mix(keys)
        wanted = fingerprints_of(mixed)[:, None]
        first, second = buckets_of(mixed, len(self.fingerprints))
        equal = np.concatenate((self.fingerprints[first] == wanted, self.fingerprints[second] == wanted), axis=1)
        at = equal.argmax(axis=1)
        found = equal[np.arange(len(keys)), at]
        bucket = np.where(at < SLOTS, first, second)
        return found, np.where(found, bucket * SLOTS + at % SLOTS, 0)


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
        stored, backoff = (
            values.reshape(-1)[slot].astype(np.float32) * np.float32(-STEP) for values in self.bigrams.values
        )
        lower = self.unigram_backoffs[left] + self.unigrams[right]
        return np.where(found, stored, lower), np.where(found, backoff, np.float32(0)), found

    def triples(self, first: Ids, second: Ids, third: Ids) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Stored log p(third | first second), and whether the triple is stored; callers back off where it is not."""
        keys = first.astype(np.uint64) << np.uint64(2 * WORD_BITS)
        keys |= (second.astype(np.uint64) << np.uint64(WORD_BITS)) | third.astype(np.uint64)
        found, slot = self.trigrams.find(keys)
        return self.trigrams.values[0].reshape(-1)[slot].astype(np.float32) * np.float32(-STEP), found


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
