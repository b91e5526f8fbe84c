"""Relations by what the figures are: shares of named wholes, and changes between named values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.checks.changes.compared import check_compared, without_told
from extract.checks.changes.moves import check_moves
from extract.checks.changes.rises import check_rises
from extract.checks.shares.of_wholes import check_of_wholes
from extract.checks.sums.parts import check_points
from extract.records import Finding, Reading


def check_relations(reading: Reading, told: Sequence[Finding]) -> Iterator[Finding]:
    """What the words of a sentence relate, of the figures that none of the findings `told` speaks of."""
    yield from without_told(
        [
            *check_of_wholes(reading),
            *check_compared(reading),
            *check_moves(reading),
            *check_rises(reading),
            *check_points(reading),
        ],
        told,
    )
