"""Numbers written out in words: "hai mươi chín nghìn sáu trăm bảy mươi sáu", "một tỷ rưỡi", "hai phần ba"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from extract.wordlists import wordlist

NUMBERS: Final = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
"""The words for one to ten."""

_LISTS: Final = wordlist("extract.checks", "in_words")
_DIGITS: Final[dict[str, int]] = _LISTS["digits"]
_LAST: Final[dict[str, int]] = _LISTS["last"]
_UNITS: Final[dict[str, int]] = {**_DIGITS, **_LAST}
_SCALES: Final[dict[str, int]] = _LISTS["scales"]
_OTHERS: Final[tuple[str, ...]] = tuple(_LISTS["others"])
_WORD: Final = re.compile(r"[^\W\d_]+|\S")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_JOINS: Final = (",", "và")  # between a scale and the group behind it
_THOUSAND: Final = 3
_MILLION: Final = 6
_TEN: Final = 10
_HUNDRED: Final = 100
_LONGEST: Final = 40  # words of a number
_DECIMALS: Final = 4  # that are written out


@dataclass(frozen=True, slots=True)
class Spelled:
    """One way to read the number that a text begins with: its value, the text behind it, and how many words it has.

    It is sure where the words are written in full: "hai bốn" is 24, or two things; "một triệu hai" is 1.200.000 or
    1.000.002.
    """

    value: Decimal
    rest: str
    words: int
    sure: bool


@dataclass(frozen=True, slots=True)
class _Read:
    """A whole number up to the word `end`."""

    value: int
    end: int
    sure: bool = True


def is_number_word(word: str) -> bool:
    """Whether a word can stand in a number written out."""
    plain = _plain(word)
    return plain in _UNITS or plain in _SCALES or plain in _OTHERS


def scale_of_words(words: list[str]) -> tuple[int, int]:
    """The zeros of the words of scales that some words begin with, and how many these are: 12 for "nghìn tỷ"."""
    zeros = count = 0
    known = {**_LISTS["before_scales"], **_SCALES}
    while count < len(words) and (scale := known.get(_plain(words[count]))) is not None:
        zeros += scale
        count += 1
    return zeros, count


def read_spelled(text: str) -> tuple[Spelled, ...]:
    """All ways to read the number that a text begins with, as far as it can be read; none where it begins with none.

    What is no well-formed number ("một hai", "trăm nghìn") is none, or ends where it was one. A last "năm" is five,
    or years: then both are told.
    """
    words, ends = _words(text)
    if not words or (words[0] not in _DIGITS and words[0] != "mười"):
        return ()
    whole = [*_numbers(words)]
    found = {(Decimal(one.value), one.end): one.sure for one in reversed(whole)}
    for one in whole:
        if words[one.end] == "phẩy":
            found |= {(value, end): one.sure and sure for value, end, sure in _with_decimals(words, one)}
    if not found:
        return ()
    last = max(end for _, end in found)
    kept = (last, last - 1) if words[last - 1] == "năm" else (last,)
    return tuple(
        Spelled(value, text[ends[end - 1] :], end, sure) for (value, end), sure in found.items() if end in kept
    )


def read_fraction(text: str) -> tuple[int, int, str] | None:
    """Numerator and denominator of a fraction written out that a text begins with, and the text behind it."""
    words, ends = _words(text)
    if "phần" not in words:
        return None
    at = words.index("phần") + 1
    above = [one.value for one in _numbers([*words[: at - 1], ""]) if one.end == at - 1 and one.sure]
    below = [one for one in _numbers([*words[at:], ""]) if one.sure]
    if words[at : at + 1] == ["tư"]:
        below = [_Read(_LAST["tư"], 1)]
    if len(above) != 1 or not below:
        return None
    longest = max(below, key=lambda one: one.end)
    return above[0], longest.value, text[ends[at + longest.end - 1] :]


def _words(text: str) -> tuple[list[str], list[int]]:
    """The words a text begins with as they are looked up, with an empty one behind them, and where each ends."""
    found = [match for _, match in zip(range(_LONGEST), _WORD.finditer(text), strict=False)]
    return [*(_plain(match.group()) for match in found), ""], [match.end() for match in found]


@cache
def _plain(word: str) -> str:
    """A word as the lists have it, wherever its tone was set: "triêụ" is "triệu"; otherwise itself in lower case."""
    lower = word.lower()
    known = _known().get(_toned(lower), lower)
    return str(_LISTS["alike"].get(known, known))


@cache
def _known() -> dict[tuple[str, str], str]:
    return {_toned(word): word for word in (*_UNITS, *_SCALES, *_OTHERS, *_LISTS["alike"])}


def _toned(word: str) -> tuple[str, str]:
    """The letters of a word without its tones, and these."""
    parts = unicodedata.normalize("NFD", word)
    letters = "".join(part for part in parts if part not in _TONES)
    return unicodedata.normalize("NFC", letters), "".join(part for part in parts if part in _TONES)


def _numbers(words: list[str]) -> Iterator[_Read]:
    """The whole numbers that words begin with, each as it can be read at each place where it may end."""
    yield from _groups(words, 0, (), True)


def _groups(words: list[str], at: int, parts: tuple[tuple[int, int], ...], sure: bool) -> Iterator[_Read]:
    """Numbers whose next group of hundreds begins at a word, behind parts with their scales."""
    groups = [*_hundreds(words, at, behind=bool(parts))]
    if parts and words[at] in _LAST:  # "hai nghìn mốt"
        groups = [_Read(_LAST[words[at]], at + 1)]
    for group in groups:
        one = sure and group.sure
        for value, exact in _as_meant(group.value, parts, group.end - at, words[at]):
            yield _Read(sum(part for part, _ in parts) + value, group.end, one and exact)
        yield from _scaled(words, group.end, (*parts, (group.value, 0)), one)


def _as_meant(group: int, parts: tuple[tuple[int, int], ...], count: int, first: str) -> Iterator[tuple[int, bool]]:
    """What a group behind a scale that no scale follows may mean, and whether it is sure.

    The scale below is left unsaid: "một triệu hai" is 1.200.000, "một tỷ hai trăm" 1.200.000.000.
    """
    scale = parts[-1][1] if parts else 0
    if not scale or first == "linh":
        yield group, True
    elif count == 1 and first != "mười":
        yield group, False
        yield group * 10 ** (scale - 1), False
    elif scale >= _MILLION:
        yield group, False
        yield group * 10 ** (scale - _THOUSAND), False
    else:
        yield group, True


def _scaled(words: list[str], at: int, parts: tuple[tuple[int, int], ...], sure: bool) -> Iterator[_Read]:
    """Numbers that go on with a word of a scale: it multiplies what stands behind the last that is not less."""
    scale = _SCALES.get(words[at])
    if scale is None:
        return
    kept = tuple(part for part in parts if part[1] >= scale)
    amount = sum(value for value, _ in parts[len(kept) :])
    if len(kept) == len(parts) or (kept and amount >= 10 ** (kept[-1][1] - scale)):
        return
    if len(parts) > len(kept) + 1 and parts[-1][0] < _TEN and words[at - 2] in _SCALES:  # "hai nghìn ba triệu"
        sure = False
    parts = (*kept, (amount * 10**scale, scale))
    whole = sum(value for value, _ in parts)
    yield _Read(whole, at + 1, sure)
    behind = at + 1
    if words[behind] == "rưỡi":
        half = (*parts, (10**scale // 2, 0))
        yield _Read(whole + 10**scale // 2, behind + 1, sure)
        yield from _scaled(words, behind + 1, half, sure)
        return
    yield from _scaled(words, behind, parts, sure)
    yield from _groups(words, behind + (words[behind] in _JOINS), parts, sure)


def _hundreds(words: list[str], at: int, behind: bool) -> Iterator[_Read]:
    """Numbers below a thousand; `behind` a scale, "linh" may open one."""
    if behind and words[at] == "linh":
        yield from _odd(words, at + 1)
        return
    yield from _tens(words, at)
    digit = _DIGITS.get(words[at])
    if digit is None or words[at + 1] != "trăm" or not (digit or behind):
        return
    hundreds, at = digit * _HUNDRED, at + 2
    yield _Read(hundreds, at)
    if words[at] == "rưỡi" and digit:
        yield _Read(hundreds + _HUNDRED // 2, at + 1)
    elif words[at] == "linh":
        yield from (_Read(hundreds + one.value, one.end, one.sure) for one in _odd(words, at + 1))
    elif words[at] in _UNITS:
        last = _UNITS[words[at]]
        yield _Read(hundreds + last, at + 1, sure=False)
        yield _Read(hundreds + last * _TEN, at + 1, sure=False)
    at += words[at] == ","  # "hai triệu, bảy trăm, năm mươi nghìn"
    yield from (_Read(hundreds + one.value, one.end, one.sure) for one in _tens(words, at) if one.end > at + 1)
    if words[at] == "mười":
        yield _Read(hundreds + _TEN, at + 1)


def _odd(words: list[str], at: int) -> Iterator[_Read]:
    """Numbers behind "linh"."""
    yield from _tens(words, at)
    if words[at] in _LAST:
        yield _Read(_LAST[words[at]], at + 1)


def _tens(words: list[str], at: int) -> Iterator[_Read]:
    """Numbers below a hundred."""
    if words[at] == "mười":
        yield _Read(_TEN, at + 1)
        if _UNITS.get(words[at + 1]):
            yield _Read(_TEN + _UNITS[words[at + 1]], at + 2)
        return
    digit = _DIGITS.get(words[at])
    if digit is None:
        return
    yield _Read(digit, at + 1)
    last = _UNITS.get(words[at + 1])
    if digit > 1 and last:
        yield _Read(digit * _TEN + last, at + 2, sure=words[at + 1] in _LAST)
    elif digit and words[at + 1] == "chục":
        yield _Read(digit * _TEN, at + 2)
    elif digit != 1 and words[at + 1] == "mươi":
        yield _Read(digit * _TEN, at + 2)
        if _UNITS.get(words[at + 2]):
            yield _Read(digit * _TEN + _UNITS[words[at + 2]], at + 3)


def _with_decimals(words: list[str], whole: _Read) -> Iterator[tuple[Decimal, int, bool]]:
    """A number with the decimals and the scale behind it: its value, where it ends, and whether it is sure."""
    for digits, end, sure in _decimals(words, whole.end + 1):
        zeros = 0
        while scale := _SCALES.get(words[end]):
            zeros, end = zeros + scale, end + 1
        yield (whole.value + Decimal(f"0.{digits}")).scaleb(zeros), end, sure


def _decimals(words: list[str], at: int) -> Iterator[tuple[str, int, bool]]:
    """The digits behind a comma: told one by one, or as a number, maybe behind zeros."""
    digits = ""
    end = at
    while words[end] in _UNITS and len(digits) < _DECIMALS:
        digits += str(_UNITS[words[end]])
        end += 1
        yield digits, end, True
    zeros = 0
    while words[at + zeros] == "không" and zeros < _DECIMALS:
        zeros += 1
    for skipped in range(zeros + 1):
        for one in _hundreds(words, at + skipped, behind=True):
            told = words[at + skipped : one.end]
            width = 3 if "trăm" in told else 2
            if len(told) > 1 or told == ["mười"]:
                # "hai phẩy năm trăm nghìn" may be 2.5 hundreds of thousands
                yield "0" * skipped + f"{one.value:0{width}d}", one.end, one.sure and told[-1] != "trăm"
