"""Vietnamese syllables: which spellings are legal, how tone marks are placed, how marks fold away.

The closed set is `data/syllables.tsv`: onset, rime and the tones that occur
with them. It is made by `normalize.train` from `data/rimes.toml` (what spelling
allows) and counts of running text (what is written).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

TONES = {"z": "", "s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
"""Tone letters of the Telex convention (z is the level tone) and their combining marks."""

_TONE_MARKS = frozenset("\u0301\u0300\u0309\u0303\u0323")
_MARKED_VOWELS = "ăâêôơư"
_PLAIN_VOWELS = "aeiouy"
_MOVABLE = ("oa", "oe", "uy")  # the rimes whose tone is written on either letter: hòa, hoà


def compose(onset: str, rime: str, tone: str) -> str:
    """The syllable of `onset`, toneless `rime` and a tone letter of `TONES`, placed as in hòa."""
    mark = TONES[tone]
    if not mark:
        return onset + rime
    at = _tone_seat(rime)
    return onset + rime[:at] + unicodedata.normalize("NFC", rime[at] + mark) + rime[at + 1 :]


def _tone_seat(rime: str) -> int:
    marked = [index for index, letter in enumerate(rime) if letter in _MARKED_VOWELS]
    if marked:
        return marked[-1]
    vowels = [index for index, letter in enumerate(rime) if letter in _PLAIN_VOWELS]
    if len(vowels) > 1 and (vowels[-1] < len(rime) - 1 or len(vowels) > 2):
        return vowels[1]
    return vowels[0]


def place_tone(word: str) -> str:
    """`word` with the tone of oa, oe, uy on the first letter (hòa, khỏe, thúy); other words unchanged.

    Case is kept. `qu` is an onset, so `quý` stays.
    """
    if len(word) < 2:
        return word
    first, last = word[-2], word[-1]
    plain = unicodedata.normalize("NFD", last)
    if len(plain) != 2 or plain[1] not in _TONE_MARKS or (first + plain[0]).lower() not in _MOVABLE:
        return word
    if first in "uU" and word[-3:-2] in ("q", "Q"):
        return word
    return word[:-2] + unicodedata.normalize("NFC", first + plain[1]) + plain[0]


def without_tone(word: str) -> str:
    """`word` in NFC with its tone marks gone and its hats, breves and horns kept: thẩm is thâm."""
    return word if word.isascii() else "".join(map(_letter_without_tone, unicodedata.normalize("NFC", word)))


@cache
def _letter_without_tone(letter: str) -> str:
    bare = "".join(part for part in unicodedata.normalize("NFD", letter) if part not in _TONE_MARKS)
    return unicodedata.normalize("NFC", bare)


@cache
def syllables() -> frozenset[str]:
    """The closed set of legal syllables: lower case, NFC, tone placed as in hòa."""
    made: set[str] = set()
    for row in files("normalize").joinpath("data/syllables.tsv").read_text(encoding="utf8").splitlines():
        if row and not row.startswith("#"):
            onset, rime, tones = row.split("\t")
            made.update(compose(onset, rime, tone) for tone in tones)
    return frozenset(made)


@cache
def skeletons() -> frozenset[str]:
    """The legal syllables with their marks folded away."""
    return frozenset(map(fold, syllables()))


def is_syllable(word: str) -> bool:
    """Whether `word` is a legal Vietnamese syllable, in any case and either tone placement (hòa, hoà)."""
    low = word.lower()
    return low in syllables() or place_tone(low) in syllables()


@cache
def _fold_letter(letter: str) -> str:
    if letter in "đĐ":
        return "d"
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)).lower()


def fold(word: str) -> str:
    """`word` in lower case without its marks, đ as d."""
    if word.isascii():
        return word.lower()
    return "".join(map(_fold_letter, unicodedata.normalize("NFC", word)))


@cache
def _is_marked(letter: str) -> bool:
    if letter in "đĐ":
        return True
    parts = unicodedata.normalize("NFD", letter)
    return len(parts) > 1 and parts[0].isascii() and not parts[-1].isascii()


def has_mark(word: str) -> bool:
    """Whether a letter of `word` carries a mark of the Vietnamese alphabet (đ counts)."""
    return not word.isascii() and any(map(_is_marked, word))
