"""Amounts told in two units at once: "5 tỷ 400 triệu đồng" is one figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

from extract.checks.figures.named_numbers import is_named
from extract.components.numbers import Number, find_numbers

# How many of the second unit make one of the first; None where that changed with time and place.
_MAKES: Final[Mapping[tuple[str, str], int | None]] = {
    ("tỷ", "triệu"): 1000,
    ("tỉ", "triệu"): 1000,
    ("triệu", "nghìn"): 1000,
    ("triệu", "ngàn"): 1000,
    ("tấn", "tạ"): 10,
    ("tấn", "kg"): 1000,
    ("tạ", "kg"): 100,
    ("km", "m"): 1000,
    ("ha", "m2"): 10_000,
    ("quan", "đồng"): None,
}
_BETWEEN: Final = re.compile(r"\s?([^\W\d_]{2,5})\s")
_LONGEST: Final = 7  # characters between the numbers of an amount
_BEHIND: Final = re.compile(r"\s?([^\W\d_]{1,5}2?)\b")


@lru_cache(maxsize=256)
def amounts_in(text: str, start: int = 0) -> tuple[Number, ...]:
    """The numbers of `text[start:]` as `joined` tells them, remembered for the blocks and sentences of one letter.

    Those that name something are none of them.
    """
    return tuple(joined(text, (number for number in find_numbers(text, start) if not is_named(text, number))))


def joined(text: str, numbers: Iterable[Number]) -> Iterator[Number]:
    """The numbers of a text, those that tell one amount as one: 5.400 (of a million) for "5 tỷ 400 triệu".

    Such an amount has no value where it cannot be told in one unit.

    Args:
        text: what the numbers stand in.
        numbers: its numbers, left to right.
    """
    last: Number | None = None
    for number in numbers:
        units = _units(text, last, number) if last is not None else None
        if last is None or units is None:
            if last is not None:
                yield last
            last = number
            continue
        by = _MAKES[units]
        value = last.value * by + number.value if by and last.value is not None and number.value is not None else None
        last = replace(last, end=number.end, text=text[last.start : number.end], value=value)
    if last is not None:
        yield last


def _units(text: str, one: Number, other: Number) -> tuple[str, str] | None:
    """The two units of an amount; None where the numbers tell no one amount."""
    if other.start - one.end > _LONGEST:
        return None
    larger = _BETWEEN.fullmatch(text, one.end, other.start)
    smaller = _BEHIND.match(text, other.end) if larger is not None else None
    if larger is None or smaller is None or one.decimals or other.whole is None:
        return None
    units = larger[1].lower(), smaller[1].lower()
    makes = _MAKES.get(units)
    return units if units in _MAKES and (makes is None or other.whole < makes) else None
