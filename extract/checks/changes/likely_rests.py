"""Rests whose whole and part no words tie together, but which hardly look like theirs by chance.

"Dự toán giao 260.000 triệu đồng. Thu 9 tháng đạt 190.320 triệu đồng, …. Số thu còn lại phải thực hiện là 69.860 triệu
đồng": of all pairs that can be told of, one leaves the rest with two digits changed about. What is not told makes a
rest less than whole and part leave; so only one that is more, or has its digits changed about, is called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term

_MOST: Final = 10  # figures before a rest
_TOGETHER: Final = 3  # figures that are taken away one after the other
_LEAVE: Final = 4  # figures that leave a rest of one before them
_DIGITS: Final = 3  # of a rest that is seldom a slip by chance
_SLIPS: Final = 10  # of a digit
_TEN: Final = Decimal(10)
_RARE: Final = Decimal("0.02")


def likely_pair(rest: Term, told: Sequence[Term]) -> tuple[Term, tuple[Term, ...]] | None:
    """The whole and what is taken of it that a slip of the pen explains a rest of; None where chance may make it.

    Args:
        rest: the rest.
        told: the figures before it that count what it does, in their order.
    """
    near = told[-_MOST:]
    digits = len(rest.value.normalize().as_tuple().digits)
    pairs = list(_pairs(near))
    if digits < _DIGITS or any(_left(*pair) == rest.value for pair in pairs):
        return None
    found = {
        _left(*pair): pair
        for pair in pairs
        if _left(*pair).as_tuple().exponent == rest.value.as_tuple().exponent and is_more_left(rest.value, _left(*pair))
    }
    if len(found) != 1 or len(pairs) * _SLIPS * digits / _TEN**digits > _RARE:
        return None
    return next(iter(found.values()))


def _pairs(near: Sequence[Term]) -> Iterator[tuple[Term, tuple[Term, ...]]]:
    for at, whole in enumerate(near):
        behind = near[at + 1 :]
        for low in range(len(behind)):
            for high in range(low + 1, min(low + _TOGETHER, len(behind)) + 1):
                parts = tuple(behind[low:high])
                if (high - low == 1 or high == len(behind)) and _left(whole, parts) > 0:
                    yield whole, parts


def _left(whole: Term, parts: Sequence[Term]) -> Decimal:
    return whole.value - sum((part.value for part in parts), Decimal(0))


def is_more_left(printed: Decimal, right: Decimal) -> bool:
    """Whether a slip of the pen makes more of what is left, or changes two digits about."""
    swapped = sorted(f"{printed:f}") == sorted(f"{right:f}")
    return is_slip(printed, right) and (printed > right or swapped)


def is_explained(rest: Decimal, told: Sequence[Decimal], more: Sequence[Decimal]) -> bool:
    """Whether a rest is what some figures leave of one before them.

    Args:
        rest: the rest.
        told: the figures before it that count what it does, in their order.
        more: the next ones behind it.
    """
    for at, whole in enumerate(told):
        others, gap = [*told[at + 1 :], *more], whole - rest
        if gap == 0 or any(sum(some) == gap for size in range(1, _LEAVE + 1) for some in combinations(others, size)):
            return True
    return any(whole - part == rest for whole in more for part in told)
