"""Whether figures can be part, whole and share of each other, and how easily they look so by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Final

from extract.checks.figures.quantities import Quantity
from extract.checks.figures.slips import has_slip_within, is_slip, slips_of
from extract.checks.figures.terms import Term
from extract.checks.figures.verdict import compare, nearest
from extract.checks.shares.binding import alike, changes, head, scale
from extract.records import CheckVerdict

UNLIKELY: Final = Decimal("0.06")
"""A slip of the pen that chance makes this seldom, at most, is taken for one."""
THINKABLE: Final = Decimal("0.35")
"""The same where words lead to the whole."""
_ALL: Final = Decimal(100)
_HALF: Final = Decimal("0.5")
_LAST: Final = Decimal("1.5")  # of the last printed place
_SLIPS: Final = 10  # of a digit
_TEN: Final = Decimal(10)
_BEYOND: Final = Decimal("1.000001")  # of a whole: no part is greater
_NEAR: Final = Decimal("0.05")
_MOST: Final = 5  # counts that a share can be of together
_FARTHEST: Final = 12  # counts back to them


def of_several(part: Quantity, share: Quantity, items: Sequence[Quantity]) -> bool:
    """Whether a share holds of, or for, several counts told one behind the other."""
    counts = [item for item in items if item.unit != "%" and alike(item, part) and not changes(item)]
    at = counts.index(part) if part in counts else -1
    if at < 0:
        return True
    first = max(at - _FARTHEST, 0)
    values = [item.value * scale(item) for item in counts[first : at + _MOST]]
    at -= first
    for low in range(max(at - _MOST, 0), at + 1):
        for high in range(max(at + 1, low + 2), min(at + _MOST, len(values)) + 1):
            total = sum(values[low:high], Decimal(0))
            if _holds(values[at], total, share):
                return True
            if high == at + 1 and any(_holds(total, value, share) for value in values[:low] if value >= total):
                return True
    return at > 0 and any(
        _holds(values[at], value - other, share)
        for value in values[:at]
        for other in values[:at]
        if value - other >= values[at]
    )


def _holds(part: Decimal, whole: Decimal, share: Quantity) -> bool:
    if not whole or abs(part * _ALL - share.value * whole) > whole:
        return False  # a share printed as a round one is at most one off
    return compare(share.value, part / whole * _ALL, share.term.decimals).verdict is not CheckVerdict.DIFFERS


def verdict(part: Quantity, whole: Quantity, share: Quantity) -> CheckVerdict:
    """Whether a share holds of a whole, rounded or cut off."""
    computed = part.value * scale(part) / (whole.value * scale(whole)) * _ALL
    return compare(share.value, computed, share.term.decimals).verdict


def may_be(part: Quantity, whole: Quantity, share: Quantity) -> bool:
    """Whether amounts that are rounded where they are printed can have such a share."""
    terms = (part.term, whole.term, share.term)
    rough = [not item.is_count or scale(item) > 1 or head(item) == "đồng" for item in (part, whole)]
    loose = zip(terms, [*rough, True], strict=True)
    halves = [_HALF.scaleb(-term.decimals) if rounded else Decimal(0) for term, rounded in loose]
    low, high = scale(part), scale(whole)
    least = (part.value - halves[0]) * low / ((whole.value + halves[1]) * high) * _ALL
    most = (part.value + halves[0]) * low / (max(whole.value - halves[1], halves[1] or Decimal(1)) * high) * _ALL
    return least - halves[2] <= share.value <= most + halves[2]


def chance(part: Quantity, whole: Quantity, share: Quantity) -> Decimal | None:
    """How easily figures that do not belong together look like a share with a slip of the pen; None: no such slip.

    Of a share of two digits a fifth of all figures is a slip, of one of four digits nearly none.
    """
    by = scale(part) / scale(whole)
    right = part.value * by / whole.value * _ALL
    last = Decimal(1).scaleb(-share.term.decimals)
    gap, least = abs(share.value - right), min(right, _ALL - right)
    rough = not (part.is_count and whole.is_count) or by != 1
    if not share.value or (rough and gap <= _LAST * last):
        return None  # amounts are rounded where they are printed
    found = []
    digits = len(share.value.as_tuple().digits)
    if is_slip_of(share.value, right, share.term.decimals):
        found.append(_SLIPS * digits / _TEN**digits)
    if gap <= _NEAR * least:
        found.append(2 * gap / least)
    low, high = share.value - _HALF * last, share.value + _HALF * last
    parts = (low * whole.value / by / _ALL, min(high * whole.value / by / _ALL, whole.value / by * _BEYOND))
    wholes = (max(part.value * by * _ALL / high, part.value * by), part.value * by * _ALL / low)
    for term, (least, most) in ((part.term, parts), (whole.term, wholes)):
        if has_slip_within(term.value, least, most):
            found.append(_SLIPS * len(term.value.as_tuple().digits) * last / share.value)
    return min(found, default=None)


def is_slip_of(printed: Decimal, right: Decimal, decimals: int) -> bool:
    """Whether a slip of the pen makes a printed figure of the right one, rounded or cut off."""
    return is_slip(printed, nearest(right, decimals)) or is_slip(printed, _cut(right, decimals))


def _cut(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def chance_of(
    formula: Callable[[Sequence[Decimal]], Decimal | None],
    values: Sequence[Decimal],
    reported: Term,
    *,
    near: bool = True,
) -> Decimal | None:
    """How easily figures that do not belong together look like a formula's with a slip of the pen; None: no such slip.

    Args:
        formula: what computes the printed figure.
        values: what it is computed of.
        reported: the printed figure.
        near: one a few hundredths off is a slip too; not where it may be of something close to it.
    """
    right = formula(values)
    if not reported.value:
        return None
    last = Decimal(1).scaleb(-reported.decimals)
    digits = len(reported.value.as_tuple().digits)
    found = []
    if right and is_slip(reported.value, nearest(right, reported.decimals)):
        found.append(_SLIPS * digits / _TEN**digits)
    if right and near and (gap := abs(reported.value - right)) <= _NEAR * right:
        found.append(2 * gap / right)
    for at, value in enumerate(values):
        for other in slips_of(value):
            made = formula([*values[:at], other, *values[at + 1 :]])
            if made is not None and nearest(made, reported.decimals) == reported.value:
                found.append(_SLIPS * len(value.as_tuple().digits) * last / reported.value)
                break
    return min(found, default=None)
