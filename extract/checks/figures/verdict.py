"""Whether a reported figure is the computed one, in print or in full."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache

from extract.records import CheckVerdict


class Rounding(StrEnum):
    """How the printed figure was made of the computed one."""

    EXACT = "exact"
    NEAREST = "nearest"  # half up, to the printed decimals
    TRUNCATED = "truncated"
    COARSER = "coarser"  # nearest, to fewer decimals than are printed
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict, and the rounding that explains the printed figure."""

    verdict: CheckVerdict
    rounding: Rounding


def compare(reported: Decimal, computed: Decimal, decimals: int) -> Comparison:
    """Whether `computed`, printed with `decimals`, gives `reported`.

    Rounding to the nearest agrees; cutting off, or rounding to fewer decimals than are printed, is `rounded`.
    Rounding up where down is nearer is neither: it differs.
    """
    if reported == computed:
        return Comparison(CheckVerdict.AGREES, Rounding.EXACT)
    if reported == nearest(computed, decimals):
        return Comparison(CheckVerdict.AGREES, Rounding.NEAREST)
    if reported == computed.quantize(_unit(decimals), rounding=ROUND_DOWN):
        return Comparison(CheckVerdict.ROUNDED, Rounding.TRUNCATED)
    if any(reported == nearest(computed, fewer) for fewer in range(decimals)):
        return Comparison(CheckVerdict.ROUNDED, Rounding.COARSER)
    return Comparison(CheckVerdict.DIFFERS, Rounding.NONE)


def nearest(value: Decimal, decimals: int) -> Decimal:
    """The value rounded half away from zero, as offices do by hand."""
    return value.quantize(_unit(decimals), rounding=ROUND_HALF_UP)


@cache
def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)
