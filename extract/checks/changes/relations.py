"""Relations by what the figures are: shares of named wholes, and differences between named values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from extract.checks.changes.differences import check_differences
from extract.checks.changes.earlier_rests import check_earlier_rests
from extract.checks.changes.moves import check_moves
from extract.checks.changes.named_ends import check_named_ends
from extract.checks.changes.rises import check_rises
from extract.checks.shares.named_rates import check_named_rates
from extract.checks.shares.of_told import check_of_told
from extract.checks.shares.of_wholes import check_of_wholes
from extract.checks.sums.behind import check_points_behind
from extract.checks.sums.wholes import check_points
from extract.records import CheckKind, Finding, Reading

_RELATING: Final = frozenset({CheckKind.SUM, CheckKind.RATIO, CheckKind.DIFFERENCE, CheckKind.RATE_OF_CHANGE})


def check_relations(reading: Reading, told: Sequence[Finding]) -> Iterator[Finding]:
    """What the words of a sentence relate, of the figures that none of the findings `told` speaks of."""
    yield from without_told(
        [
            *check_of_wholes(reading),
            *check_of_told(reading),
            *check_named_rates(reading),
            *check_differences(reading),
            *check_earlier_rests(reading),
            *check_moves(reading),
            *check_rises(reading),
            *check_named_ends(reading),
            *check_points(reading),
            *check_points_behind(reading),
        ],
        told,
    )


def without_told(made: Iterable[Finding], told: Iterable[Finding]) -> Iterator[Finding]:
    """The findings about figures that nothing was said of yet."""
    said = [one for one in told if one.kind in _RELATING]
    known = {_key(one) for one in said}
    lines = {(one.reported, one.computed, entry.line) for one in said for entry in one.evidence}
    for one in made:
        again = any((one.reported, one.computed, entry.line) in lines for entry in one.evidence)
        if _key(one) not in known and not again:
            known.add(_key(one))
            yield one


def _key(one: Finding) -> tuple[str | None, int, int]:
    first = one.evidence[0] if one.evidence else None
    return (one.reported, first.line, first.start) if first is not None else (one.reported, -1, -1)
