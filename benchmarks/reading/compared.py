"""A reading against a truth in blocks: wrong words in reading order and in any order, digits in numbers and dates.

Case and tone placement are set aside, numbers are no words. The two columns of a head or foot may come in either
order, whole: lines of both taken in turn are wrong. What is written by hand is not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from benchmarks.reading.truths import GAP, Block, Truth, printed, truth_words, without_marks
from benchmarks.repair.measured import words

# A number with its symbol (766/QĐ-TTg, 42/2022/NĐ-CP, 03-NQ/TU), and days, months and years as letters write them.
_IN_NUMBERS = re.compile(r"\b\d{1,5}\s?[/-]\s?(?:\d{4}\s?/\s?)?[A-ZĐ]{1,6}\d{0,2}\b")
_IN_DATES = re.compile(
    r"\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}\b|\b\d{1,2}/\d{4}\b"
    r"|\b(?:ngày|tháng|quý|năm)\s{1,3}\d{1,4}\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Compared:
    """Of one reading: wrong words in reading order and in any order, and the truth in the order that suited it best."""

    wrong: int
    wrong_any_order: int
    told: str


def compare_words(text: str, truth: Truth) -> Compared:
    """Compare a reading of the complete pages with what stands there."""
    have = words("\n".join(without_marks(text.split("\n"), truth.marks)))
    chosen = [_texts(group) for group in truth.groups()]
    wrong = wrong_words(have, _want(chosen))
    for at, group in enumerate(chosen):
        if len(group) < 2:
            continue
        other = [*chosen[:at], group[::-1], *chosen[at + 1 :]]
        if (turned := wrong_words(have, _want(other))) < wrong:
            wrong, chosen = turned, other
    return Compared(wrong, _wrong_any_order(have, _want(chosen)), "\n".join(part for group in chosen for part in group))


def wrong_words(have: Sequence[str], want: Sequence[str]) -> int:
    """Words to change, leave out or add for `have` to be `want`; a gap holds any word, or none."""
    return Levenshtein.distance(have, want) - want.count(GAP)


def _wrong_any_order(have: Sequence[str], want: Sequence[str]) -> int:
    gaps = want.count(GAP)
    told = Counter(word for word in want if word != GAP)
    read = Counter(have)
    return max((told - read).total(), (read - told).total() - gaps)


def _texts(group: Iterable[Block]) -> list[str]:
    return [block.text for block in group]


def _want(chosen: Iterable[Sequence[str]]) -> list[str]:
    return [word for group in chosen for part in group for word in truth_words(part)]


def figures_told(truth: str) -> int:
    """How many figures stand in the numbers and dates of a text, those written by hand left out."""
    return len(_told(printed(truth)))


def figures_right(text: str, truth: str) -> int:
    """How many of the figures inside the truth's numbers and dates `text` has in their place."""
    truth = printed(truth)
    told = _told(truth)
    have = _FIGURE.findall(text)
    want = [match.group() for match in _FIGURE.finditer(truth)]
    starts = [match.start() for match in _FIGURE.finditer(truth)]
    return sum(
        starts[place] in told
        for code in Levenshtein.opcodes(have, want)
        if code.tag == "equal"
        for place in range(code.dest_start, code.dest_end)
    )


def _told(truth: str) -> set[int]:
    """Where the figures of the numbers and dates of a text begin."""
    return {found.start() + figure.start() for found in _spans(truth) for figure in _FIGURE.finditer(found.group())}


def _spans(truth: str) -> Iterable[re.Match[str]]:
    yield from _IN_NUMBERS.finditer(truth)
    yield from _IN_DATES.finditer(truth)
