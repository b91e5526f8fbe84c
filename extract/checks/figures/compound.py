"""Amounts told in two units at once: "5 tỷ 400 triệu đồng" is one figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.components.numbers import Number, scale_of

_LARGER: Final = re.compile(r"\s?(tỷ|tỉ|triệu)\s", re.IGNORECASE)
_SMALLER: Final = re.compile(r"\s?(triệu|nghìn|ngàn)\b", re.IGNORECASE)
_THOUSAND: Final = 1000


def joined(text: str, numbers: Iterable[Number]) -> Iterator[Number]:
    """The numbers of a text, those that tell one amount as one: 5.400 (of a million) for "5 tỷ 400 triệu".

    Args:
        text: what the numbers stand in.
        numbers: its numbers, left to right.
    """
    last: Number | None = None
    for number in numbers:
        by = _times(text, last, number) if last is not None else None
        if last is not None and by is not None and last.value is not None and number.value is not None:
            last = replace(
                last, end=number.end, text=text[last.start : number.end], value=last.value * by + number.value
            )
            continue
        if last is not None:
            yield last
        last = number
    if last is not None:
        yield last


def _times(text: str, one: Number, other: Number) -> Decimal | None:
    """How many of the unit of a number make one of the unit before it; None where the two tell no one amount."""
    larger = _LARGER.fullmatch(text, one.end, other.start)
    smaller = _SMALLER.match(text, other.end) if larger is not None else None
    if larger is None or smaller is None or one.decimals or other.whole is None or other.whole >= _THOUSAND:
        return None
    units = scale_of(larger[1]), scale_of(smaller[1])
    return units[0] / units[1] if units[0] is not None and units[1] is not None and units[0] > units[1] else None
