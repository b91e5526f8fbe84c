"""Numbers written out in words: "hai mươi chín nghìn sáu trăm bảy mươi sáu"."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import takewhile
from typing import Final

NUMBERS: Final = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
"""The words for one to ten."""

_DIGITS: Final = {
    **{word: value for value, word in enumerate(NUMBERS[:9], start=1)},
    "không": 0,
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
    "nhăm": 5,
    "bẩy": 7,
}
_SCALES: Final = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_TENS: Final = {"mươi": 10, "mười": 10, "trăm": 100}
_FRACTION: Final = frozenset((*_DIGITS, "mươi", "mười"))  # words of decimals
_NOTHING: Final = ("linh", "lẻ", "và")
_WORD: Final = re.compile(r"[^\W\d_]+|\S")
_BILLION: Final = 9
_TEN: Final = 10
_HUNDRED: Final = 100
_DECIMALS: Final = 4  # that are written out


def is_number_word(word: str) -> bool:
    """Whether a word can stand in a number written out."""
    lower = word.lower()
    return lower in _DIGITS or lower in _TENS or lower in _SCALES or lower in _NOTHING[:2]


def read_spelled(text: str) -> tuple[Decimal, str] | None:
    """The number that a text begins with, with the words behind it; None where it begins with none.

    What is no well-formed number ("một hai", "trăm nghìn") is none; "phẩy" parts off its decimals.
    """
    before, comma, behind = text.partition(" phẩy ")
    whole = _read_whole(before)
    if not comma or whole is None or whole[1].strip():
        return _read_whole(text)
    words = list(_WORD.finditer(behind))
    run = [match.group().lower() for match in takewhile(lambda match: match.group().lower() in _FRACTION, words)]
    rest = behind[words[len(run) - 1].end() :] if run else behind
    digits = "".join(str(_DIGITS[word]) for word in run if word in _DIGITS)
    if any(word in _TENS for word in run):
        tens = _read_whole(" ".join(run))
        digits = f"{tens[0]}" if tens is not None else ""
    if not digits or len(digits) > _DECIMALS:
        return None
    scale = _SCALES.get(words[len(run)].group().lower(), 0) if len(run) < len(words) else 0
    if scale:
        rest = behind[words[len(run)].end() :]
    return (whole[0] + Decimal(f"0.{digits}")).scaleb(scale), rest


def _read_whole(text: str) -> tuple[Decimal, str] | None:
    total = Decimal(0)  # whole billions
    section = group = 0
    digit: int | None = None
    last = _BILLION * 2
    tens = _HUNDRED * _TEN
    seen = False
    end = 0
    for match in _WORD.finditer(text.lower()):
        word = match.group()
        if word in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[word]
        elif word == "mười" or word in _TENS:
            size = _TENS[word]
            if size >= tens or (digit is None) is not (word == "mười"):
                return None
            group += _TEN if word == "mười" else (digit or 0) * size
            digit, tens = None, size
        elif word in _SCALES:
            scale = _SCALES[word]
            if not seen or (scale >= last and scale != _BILLION):
                return None
            amount = group + (digit or 0)
            if scale == _BILLION:
                total = (total + section + amount).scaleb(_BILLION)
                section, last = 0, _BILLION
            else:
                section += amount * 10**scale
                last = scale
            group, digit, tens = 0, None, _HUNDRED * _TEN
        elif word == "," and seen:
            continue
        elif not (word in _NOTHING and seen):
            break
        seen = seen or word not in _NOTHING
        end = match.end()
    return (total + section + group + (digit or 0), text[end:]) if seen else None
