"""Numbers that are words: an engine without Vietnamese reads "ở" as 6, "là" as 14.

Digits are locked. Two rules set a number of one or two digits free, if it is one
that engines write for a word (`data/digit_words.tsv`) and stands bare within a
line of running words, never in a table:

- a word must stand there: the words on both sides all but exclude a number
  (posterior of the trigram model at least `DIGIT_WORD_PROBABILITY`);
- two numbers never stand side by side in a sentence: 14 before "67,9 điểm" is "là".
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from normalize.tokens import Token, TokenKind

LEAST_WORDS = 4
MOST_NUMBERS = 0.34
"""A line of running words has so many words and at most this share of numbers; others are lines of tables."""

DIGIT_WORD_PROBABILITY = 0.98
"""A number is changed from this posterior probability on."""

SIDE_BY_SIDE = -8.0
"""Log of P(two numbers stand side by side in a sentence that goes on)."""

_NUMBER_MEANT = {1: math.log(1 / 10), 2: math.log(1 / 60)}
"""Log of P(just this number | a number), by its length; the small ones are the frequent ones."""


@cache
def digit_words() -> dict[str, tuple[tuple[str, float], ...]]:
    """By number, the words it is read for and the log of P(number | word)."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in files("normalize").joinpath("data/digit_words.tsv").read_text(encoding="utf8").splitlines():
        if row and not row.startswith("#"):
            word, read, value = row.split("\t")
            found.setdefault(read, []).append((word, float(value)))
    return {read: tuple(words) for read, words in found.items()}


def perhaps_words(text: str, tokens: Sequence[Token]) -> dict[int, float]:
    """By start, the number tokens that may be a word, and the log of P(this number is written | a number is meant)."""
    lines: dict[int, list[Token]] = {}
    breaks = [match.start() for match in re.finditer("[\n\f]", text)]
    line = 0
    for token in tokens:
        while line < len(breaks) and breaks[line] < token.start:
            line += 1
        lines.setdefault(line, []).append(token)
    return {
        row[place].start: chance
        for row in lines.values()
        if _is_running(row, text)
        for place in range(1, len(row))
        if (chance := _number_meant(row, place, text)) is not None
    }


def _number_meant(row: Sequence[Token], place: int, text: str) -> float | None:
    token = row[place]
    if token.kind is not TokenKind.NUMBER or token.text not in digit_words() or not _is_bare(token, text):
        return None
    chance = _NUMBER_MEANT[len(token.text)]
    beside = [other.kind is TokenKind.NUMBER for other in row[place - 1 : place + 2]]
    if not any(beside[:1] + beside[2:]):
        return chance
    goes_on = row[place + 2].text[:1].islower() if place + 2 < len(row) else False
    led_in = text[token.start - 2 : token.start - 1] == ")" or row[place - 1].text[:1].islower()
    return chance + SIDE_BY_SIDE if goes_on and led_in else None


def _is_running(row: Sequence[Token], text: str) -> bool:
    words = sum(token.kind is TokenKind.WORD and len(token.text) > 1 for token in row)
    numbers = sum(token.kind is TokenKind.NUMBER for token in row)
    return words >= LEAST_WORDS and numbers <= MOST_NUMBERS * words and "|" not in text[row[0].start : row[-1].end]


def _is_bare(token: Token, text: str) -> bool:
    return text[token.start - 1 : token.start] == " " and text[token.end : token.end + 1] in (" ", "\n", "")
