"""The finding that parts make their whole, or do not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SUM
from extract.checks.figures.complete import kind_of
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.rough import need_not_add_up
from extract.checks.figures.terms import quote, recompute
from extract.records import Block, CheckKind, CheckVerdict, Finding

_HALF: Final = Decimal("0.5")
_ROUND: Final = 3  # zeros more at the end of a whole than of its parts
_HUNDREDS: Final = 2  # zeros at the end of amounts
_DIGITS: Final = 1000  # units of its rounding that an amount has at least
_MOST_ZEROS: Final = 15  # of nothing


def sum_of(whole: Quantity, parts: Sequence[Quantity], block: Block) -> Finding | None:
    """The comparison of a whole with its parts; amounts may be rounded where they are printed."""
    low = min(item.start for item in (whole, *parts)) - block.start
    high = max(item.end for item in (whole, *parts)) - block.start
    statement = quote(block.text, low, high, block.body)
    terms = [item.term for item in (whole, *parts)]
    if any(term.decimals for term in terms):  # amounts, each rounded as it is printed
        heads = {kind_of(item.unit) for item in (whole, *parts)}
        gap = abs(whole.value - sum(part.value for part in parts))
        if len(heads) > 1 or 0 < gap <= sum(_HALF.scaleb(-term.decimals) for term in terms):
            return None
    made = recompute(CheckKind.SUM, statement, SUM, [part.term for part in parts], whole.term)
    if made is not None and made.verdict is not CheckVerdict.AGREES:
        return None if _is_rounded(whole, parts) or need_not_add_up(whole, parts) else made
    return made


def _is_rounded(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether a whole is told in round thousands and its parts are not, or amounts in round hundreds miss it by these.

    "25.000 người, gồm 9.417 người …, 7.238 người …"; "281.600 tấn (123.900 tấn …, 157.800 tấn …)".
    """
    gap = abs(whole.value - sum(part.value for part in parts))
    if not gap or any(item.term.decimals for item in (whole, *parts)):
        return False
    zeros = [_zeros(item.value) for item in (whole, *parts)]
    if zeros[0] >= min(zeros[1:]) + _ROUND:
        return True
    amount = whole.unit.split()[:1] in (["tỷ"], ["tỉ"], ["triệu"], ["ha"], ["tấn"])
    unit = Decimal(1).scaleb(min(zeros))
    return amount and min(zeros) >= _HUNDREDS and whole.value >= unit * _DIGITS and gap <= unit * len(zeros) * _HALF


def _zeros(value: Decimal) -> int:
    digits = f"{value:f}"
    return len(digits) - len(digits.rstrip("0")) if value else _MOST_ZEROS
