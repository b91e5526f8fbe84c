"""Which numbers an engine writes for which words: counts over the set pages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from normalize.files import write_text
from normalize.syllables import is_syllable, place_tone
from normalize.train.channel import word_pairs

LEAST_COUNT = 4
LEAST = -4.6
"""Rarer readings are left out: they prove nothing."""

MOST_DIGITS = 2
_PUNCTUATION = ".,;:()\"“”'’"


def learn_digit_words(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Natural log of P(number read | word set) for lines (truth, read)."""
    read_as: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    for truth, read in word_pairs(pairs):
        word, number = place_tone(truth.strip(_PUNCTUATION).lower()), read.strip(_PUNCTUATION)
        seen[word] += 1
        if number.isdigit() and len(number) <= MOST_DIGITS and is_syllable(word):
            read_as[word, number] += 1
    return {
        (word, number): math.log(count / (seen[word] + 2))
        for (word, number), count in sorted(read_as.items())
        if count >= LEAST_COUNT and math.log(count / (seen[word] + 2)) >= LEAST
    }


def write_digit_words(found: dict[tuple[str, str], float], target: Path) -> None:
    """Write the words as tab-separated lines: word, number, log probability."""
    rows = [f"{word}\t{number}\t{value:.3f}" for (word, number), value in found.items()]
    write_text(target, "# word set, number read in its place, natural log of P(read | set)\n" + "\n".join(rows) + "\n")
