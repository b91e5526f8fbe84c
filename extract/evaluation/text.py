"""Word errors of a text against what the letter says."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from rapidfuzz.distance import Levenshtein

from normalize.syllables import place_tone

_WORD = re.compile(r"[^\W\d_]+")
_SUPERSCRIPTS = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹⁰")


def words(text: str) -> list[str]:
    """The words of `text`, lower case, NFC, one tone placement; no numbers, no punctuation."""
    plain = unicodedata.normalize("NFC", text).translate(_SUPERSCRIPTS).lower()
    return [_placed(word) for word in _WORD.findall(plain)]


@cache
def _placed(word: str) -> str:
    return place_tone(word)


def count_word_errors(have: str, want: str) -> tuple[int, int]:
    """Edit distance in words, and the number of words wanted.

    Texts with as many lines as each other are also compared line by line, so that one line read
    out of place does not shift all others; the smaller of both counts stands.
    """
    have_lines, want_lines = have.rstrip("\n").split("\n"), want.rstrip("\n").split("\n")
    got, gold = words(have), words(want)
    errors = Levenshtein.distance(got, gold)
    if len(have_lines) == len(want_lines):
        by_line = sum(
            Levenshtein.distance(words(one), words(other)) for one, other in zip(have_lines, want_lines, strict=True)
        )
        errors = min(errors, by_line)
    return errors, len(gold)
