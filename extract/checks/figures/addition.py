"""The finding that parts make their whole, or do not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SUM
from extract.checks.figures.complete import kind_of
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.terms import quote, recompute
from extract.records import Block, CheckKind, Finding

_HALF: Final = Decimal("0.5")


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
    return recompute(CheckKind.SUM, statement, SUM, [part.term for part in parts], whole.term)
