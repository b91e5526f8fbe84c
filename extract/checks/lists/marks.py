"""Marks before the items of a list: "(1) …; (2) …", "a) …", "Một là, …", "Phần A …. Phần B …"."""

from __future__ import annotations

import re
from typing import Final

_BREAK: Final = r"(?:^|[;,.:]\s?|\svà\s)"
# What goes before each item; a list has one style.
_MARKS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\((\d{1,2})\)",
        r"\(([ivx]{1,5})\)",
        rf"{_BREAK}(\d{{1,2}})\)(?:\s|(?=[^\W\d_]))",
        rf"{_BREAK}([IVX]{{1,5}})\.\s",
        rf"{_BREAK}\(?([a-hđ])\)\s",
        rf"(?i:{_BREAK}(?:thứ )?(nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)(?: là)?[,:]\s)",
    )
)
# A noun with its mark where an item begins: "Phần A là …", "Nhóm 1: …", "Tổ số 2 …", "Vòng thứ nhất".
_NOUN_MARK: Final = (
    r"(?:^|[;,.:]\s{1,2}|\svà\s)(?:(?:Cụ thể|Trong đó)[,:]\s)?(?i:%s)\s(?:số\s)?"
    r"(?P<mark>\d{1,2}|[A-HĐ]|[IVX]{1,5}|(?:thứ )?(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười))\b(?![/.]\d)"
)
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_ROMAN_STYLES: Final = (1, 3)
_ALPHABETS: Final = ("abcdđegh", "abcdegh")
_WORDS: Final = (
    ("nhất", "một"),
    ("hai",),
    ("ba",),
    ("tư", "bốn"),
    ("năm",),
    ("sáu",),
    ("bảy",),
    ("tám",),
    ("chín",),
    ("mười",),
)


def count_marks(listed: str) -> int | None:
    """How many marks of one style count up from the first; 0 where they do not, None where there are none."""
    for style, pattern in enumerate(_MARKS):
        told = [mark[1] for mark in pattern.finditer(listed)]
        if len(told) >= 2 and _values(told, style)[0] == 1:
            return _counted_up(told, style)
        if len(told) >= 2 and style == 0:
            return 0
    return None


def count_noun_marks(text: str, noun: str) -> int | None:
    """How many times a noun stands with marks that count up from the first, at the beginnings of items or sentences."""
    pattern = re.compile(_NOUN_MARK % re.escape(noun))
    told = [mark["mark"].removeprefix("thứ ") for mark in pattern.finditer(text)]
    if len(told) < 2:
        return None
    style = 1 if all(mark in _ROMAN for mark in told) else 0
    return _counted_up(told, style) or None


def _counted_up(told: list[str], style: int) -> int:
    values = _values(told, style)
    return len(told) if values == list(range(1, len(told) + 1)) else 0


def _values(told: list[str], style: int) -> list[int]:
    """The numbers that marks stand for, 0 for none; with letters the alphabet they are of, with "đ" or without."""
    several = [[_value(mark, style, alphabet) for mark in told] for alphabet in _ALPHABETS]
    return next((one for one in several if one == list(range(1, len(told) + 1))), several[0])


def _value(mark: str, style: int, alphabet: str) -> int:
    if mark.isdigit():
        return int(mark)
    if mark.upper() in _ROMAN and style in _ROMAN_STYLES:
        return _ROMAN.index(mark.upper()) + 1
    if len(mark) == 1:
        return alphabet.find(mark.lower()) + 1
    return next((at for at, words in enumerate(_WORDS, 1) if mark.lower() in words), 0)
