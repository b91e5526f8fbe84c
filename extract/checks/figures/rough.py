"""Figures that words call rough: which of them are exact for all that, and which are bounds.

"khoảng 1.180,019 tỷ đồng, trong đó …" was reckoned to the last digit whatever "khoảng" says; "không quá 1.234" was not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.quantities import Quantity, about

# "trên 52.317 hộ" is meant as "52.317 hộ" where all its digits are told
_OVER: Final = re.compile(r"(?:(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!lớn )hơn|trên|ít nhất)\s*$")
_ROUGH: Final = re.compile(r"\b(?:khoảng|gần|xấp xỉ|chừng|hơn|trên|ít nhất)\s*$", re.IGNORECASE)
_HALF: Final = Decimal("0.5")
_COUNTED: Final = 4  # digits of a count that is
_ROUNDED: Final = 3  # digits of a count that was rounded to the last of them


def is_bound(item: Quantity) -> bool:
    """Whether words make a figure the end of a range, or what another may not reach."""
    return item.approximate and not (about(item) or _OVER.search(item.between.lower()))


def need_not_add_up(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether some figures are told so roughly that what keeps parts from their whole may be no error.

    Few digits were rounded, and so was a whole that is coarser than its parts; round parts may be.
    """
    rough = [item for item in (whole, *parts) if item.approximate]
    if not rough:
        return False
    place = min(map(place_of, parts))
    if not all(map(is_exact, rough)) or place_of(whole) > place:
        return True
    gap = abs(whole.value - sum(item.value for item in parts))
    return place > 0 and gap <= _HALF.scaleb(place) * (len(parts) + 1)


def is_exact(item: Quantity) -> bool:
    """Whether words call a figure rough that has all its digits, or was rounded to the third of them."""
    if not item.approximate or is_bound(item):
        return False
    return digits_of(item) >= (_ROUNDED if about(item) else _COUNTED)


def without_about(between: str) -> str:
    """The text before a figure, without a word right before it that calls it rough."""
    return _ROUGH.sub("", between)


def digits_of(item: Quantity) -> int:
    """How many digits of a figure tell something: four in 759.400."""
    return len(item.value.normalize().as_tuple().digits)


def place_of(item: Quantity) -> int:
    """The power of ten of the last of these digits."""
    exponent = item.value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
