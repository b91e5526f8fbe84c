"""The classes and their scores that a letter itself tells: "từ 80 đến dưới 90 điểm là Tốt; …", "Khá: 65 ≤ điểm < 80".

Classes and ranges of scores take turns, two or more of each, and a better class has higher scores. What parts one
pair from the next is stronger than what stands inside a pair, or it would not be known which range is whose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from extract.checks.scores.scales import Scale
from extract.components.context import UPPER
from extract.components.numbers import read_number
from extract.records import Reading
from extract.wordlists import wordlist
from gazetteer.keys import folded
from gazetteer.scoring_models import Band

_N: Final = r"\d{1,4}(?:[.,]\d{1,3})?"
_U: Final = r"(?:\s{0,2}(?:điểm|%))?"
_ABOVE: Final = r"trên\s|>\s?(?!=)"
_FROM: Final = r"(?:từ|từ đủ|tối thiểu|ít nhất)\s|(?:≥|>=)\s?"
_BELOW: Final = r"(?:dưới|cận|nhỏ hơn|chưa đến)\s|(?:đến\s)?<\s?(?!=)"
_LINE: Final = r"<|≤|<="
_RANGE: Final = re.compile(
    r"(?=[\dtíđdcn<>≥≤])(?:"  # what any of them begins with
    rf"(?<![\w.,/])(?P<from>{_N}){_U}\s?(?P<over>{_LINE})\s?(?:[^\W\d_]{{1,8}}\s?){{0,4}}(?P<upto>{_LINE})"
    rf"\s?(?P<to>{_N}){_U}"
    rf"|(?:(?P<above>{_ABOVE})|đạt\s|{_FROM})?(?<![\w.,/])(?P<low>{_N}){_U}(?: trở lên)?"
    rf"(?:\s?[-–÷]\s?|,?\s(?:đến|tới|và)\s)(?P<under>{_BELOW})?(?P<high>{_N}){_U}"
    rf"|(?P<more>{_ABOVE})(?P<beyond>{_N}){_U}(?: trở lên)?"
    rf"|(?:{_FROM})(?P<least>{_N}){_U}(?: trở lên)?"
    rf"|(?<![\w.,/])(?P<lowest>{_N}){_U} trở lên"
    rf"|(?:{_BELOW})(?P<below>{_N}){_U})",
    re.IGNORECASE,
)
_GAP: Final = 60  # characters between a class and its scores
_NEXT: Final = 120  # characters between two pairs
_BEHIND: Final = 80  # characters behind the last pair in which a condition is looked for
# What behind a range says that it is none of scores: "từ 80 đến 90 triệu đồng".
_OF_OTHERS: Final = re.compile(
    r"\s(?!(?:xếp|là|thì|đạt|được|thuộc|loại|mức|hạng|nhóm|và|hoặc|đánh giá|công nhận|tổng|xuất|rất|giỏi|tốt|khá|trung"
    r"|yếu|kém|hoàn|không hoàn|tương ứng|số điểm|ở|vào)\b)[^\W\d_]{2}"
)
_OTHER_WORDS: Final = frozenset({"gioi", "kem"})  # what a class without its marks can be as well
_STRONG: Final = re.compile(rf"[;\n]|\.(?=\s*(?:[{UPPER}\n]|$))")
_WEAK: Final = re.compile(r"[,)]|\svà\s")
_FEWEST: Final = 2
_BIGGEST: Final = 9999


def own_scales(reading: Reading) -> tuple[Scale, ...]:
    """The scales that the letter tells, each once, in their order."""
    text = reading.flow.text
    classes = list(_class_pattern().finditer(text))
    if len(classes) < _FEWEST:
        return ()
    tokens = sorted([*_ranges(text, classes), *classes], key=lambda found: found.start())
    found: dict[tuple[Band, ...], Scale] = {}
    at = 0
    while at + 1 < len(tokens):
        run = _run(tokens, at, text)
        scale = _scale(run, text) if run is not None else None
        if run is None or scale is None:
            at += 1
            continue
        at += 2 * len(run)
        found.setdefault(scale.bands, scale)
    return tuple(found.values())


def _ranges(text: str, classes: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The ranges of scores near classes; elsewhere none is looked for."""
    low = high = 0
    for one in classes:
        if one.start() - _NEXT > high:
            yield from _RANGE.finditer(text, low, high)
            low = one.start() - _NEXT
        high = min(one.end() + _NEXT, len(text))
    yield from _RANGE.finditer(text, low, high)


_Pair = tuple[re.Match[str], re.Match[str]]


def _run(tokens: Sequence[re.Match[str]], at: int, text: str) -> list[_Pair] | None:
    """Pairs of one order, class first or range first, from a token on; None where they are no two or not parted."""
    first = tokens[at].re is _RANGE
    run: list[_Pair] = []
    inside, between = 0, 3
    while at + 1 < len(tokens):
        one, other = tokens[at], tokens[at + 1]
        gap = text[one.end() : max(other.start(), one.end())]
        if (one.re is _RANGE) is not first or (other.re is _RANGE) is first or other.start() < one.end():
            break
        if len(gap) > _GAP or _strength(gap) > 1 or any(letter.isdigit() for letter in gap):
            break
        if run:
            apart = text[run[-1][1].end() : one.start()]
            if len(apart) > _NEXT or not _strength(apart):
                break
            between = min(between, _strength(apart))
        inside = max(inside, _strength(gap))
        if inside >= between:
            break
        run.append((other, one) if first else (one, other))
        at += 2
    return run if len(run) >= _FEWEST else None


def _strength(gap: str) -> int:
    """How much a stretch of text parts what stands on both its sides: 2 as a semicolon does, 1 as a comma, or 0."""
    return 2 if _STRONG.search(gap) else 1 if _WEAK.search(gap) else 0


def _scale(run: Sequence[_Pair], text: str) -> Scale | None:
    low = min(match.start() for pair in run for match in pair)
    high = max(match.end() for pair in run for match in pair)
    if _condition_pattern().search(text[low : high + _BEHIND].lower()):
        return None
    if any(_OF_OTHERS.match(text, scores.end()) for _, scores in run):
        return None
    ranked = sorted(((_rank(_named(kind)), kind, scores) for kind, scores in run), key=lambda one: one[0])
    if len({rank for rank, _, _ in ranked}) < len(ranked):
        return None
    bands = _bands([(_named(kind), _bounds(scores)) for _, kind, scores in ranked])
    if bands is None:
        return None
    tops = [band.below for band in bands if band.below is not None] + [band.at_least for band in bands if band.at_least]
    total = next((Decimal(limit) for limit in (10, 100, 1000) if max(tops) <= limit + 1), Decimal(_BIGGEST))
    told = " ".join(text[low:high].split())
    percent = any("%" in scores.group() for _, scores in run)
    return Scale("ngưỡng nêu trong văn bản", bands, total, told, own=True, percent=percent)


def _bounds(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """The lowest score of a range, and the one it stays below; None is open."""
    told: Mapping[str, str | None] = match.groupdict()
    above = told["above"] or told["more"] or (told["over"] == "<")
    below = told["under"] or told["below"] or (told["upto"] == "<")
    low = _first(told, "from", "low", "beyond", "least", "lowest")
    high = _first(told, "to", "high", "below")
    return (
        low.next_plus() if low is not None and above else low,
        high if high is None or below else high.next_plus(),
    )


def _first(told: Mapping[str, str | None], *names: str) -> Decimal | None:
    printed = next((value for name in names if (value := told[name])), None)
    return read_number(printed) if printed is not None else None


def _bands(ranked: Sequence[tuple[str, tuple[Decimal | None, Decimal | None]]]) -> tuple[Band, ...] | None:
    """Bands from the best class down: open ends reach to their neighbours; None where two overlap or one is empty."""
    lows = [low for _, (low, _) in ranked]
    highs = [high for _, (_, high) in ranked]
    for at in range(1, len(ranked)):
        floor = lows[at - 1]
        if floor is None:
            return None
        if highs[at] is None or (highs[at] == floor.next_plus()):
            highs[at] = floor  # "từ 70 đến 80" below "từ 80 trở lên"
        lows[at] = lows[at] if lows[at] is not None or at == len(ranked) - 1 else highs[at + 1]
    for low, high in zip(lows, highs, strict=True):
        if low is not None and high is not None and low >= high:
            return None
    for above, below in pairwise(range(len(ranked))):
        floor, top = lows[above], highs[below]
        if floor is None or top is None or top > floor:
            return None
    names = [name[0].upper() + name[1:] for name, _ in ranked]
    return tuple(Band(name, low, high, verified=True) for name, low, high in zip(names, lows, highs, strict=True))


def class_names() -> str:
    """A pattern for the names of classes, the longest first."""
    names = sorted((name for several in _words().order for name in several), key=len, reverse=True)
    return "|".join(map(re.escape, names))


def place_of_class(name: str) -> int:
    """The place of a class from the best."""
    return _rank(" ".join(name.split()))


def _named(match: re.Match[str]) -> str:
    """The class of a match, with the marks that reading may have lost."""
    told = " ".join((match["letter"] or match["name"]).split())
    known = [name for several in _words().order for name in several]
    return next((name for name in known if told.isascii() and folded(name) == told.lower()), told)


def _rank(name: str) -> int:
    """The place of a class from the best; those told by a letter have an order of their own."""
    order = _words().order
    return next((at for at, names in enumerate(order) if name.lower() in names), len(order) + ord(name[-1]))


@dataclass(frozen=True, slots=True)
class _Words:
    order: tuple[tuple[str, ...], ...]
    lettered: tuple[str, ...]
    conditions: tuple[str, ...]


@cache
def _class_pattern() -> re.Pattern[str]:
    known = [name for several in _words().order for name in several]
    names = sorted(
        {*known, *(folded(name) for name in known if folded(name) not in _OTHER_WORDS)}, key=len, reverse=True
    )
    told = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in names)
    lead = "|".join(_words().lettered)
    first = "".join(sorted({word[0].lower() for word in (*names, *_words().lettered)}))
    return re.compile(rf"(?i:(?=[{first}]))(?<!\w)(?i:(?:{lead})\s(?P<letter>(?-i:[A-E]))|(?P<name>{told}))(?!\w)")


@cache
def _condition_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_words().conditions)})(?!\w)")


@cache
def _words() -> _Words:
    data = wordlist("extract.checks", "bands")
    return _Words(tuple(map(tuple, data["order"])), tuple(data["lettered"]), tuple(data["conditions"]))
