"""Findings on shares and rates of a page image that one misread digit of one cell explains together.

Two relations that the same confused digit of one input makes hold say that it was not read rightly: nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from extract.checks.blame.relations import Place, Relation, relation_of
from extract.checks.figures.terms import neighbours
from extract.records import Finding, Reading

_SEVERAL: Final = 2


def without_misread(made: Sequence[Finding], reading: Reading) -> list[Finding]:
    """The findings of a letter but those that differ and that one misread cell explains together."""
    told = {at: one for at, each in enumerate(made) if each.verdict.is_wrong and (one := relation_of(each))}
    by_cell: dict[Place, list[int]] = {}
    for at, one in told.items():
        if one.formula is not None and not one.is_exact:
            for place in one.places[1:]:
                if one.is_of_table(place) and one.entry(place).page in reading.engine_pages:
                    by_cell.setdefault(place, []).append(at)
    misread = {
        at for place, several in by_cell.items() if _explained(place, [told[at] for at in several]) for at in several
    }
    return [one for at, one in enumerate(made) if at not in misread]


def _explained(place: Place, failing: Sequence[Relation]) -> bool:
    """Whether one confused digit of a figure makes several relations hold."""
    if len(failing) < _SEVERAL:
        return False
    first = failing[0]
    printed = first.values[first.places.index(place)]
    return any(all(one.holds(place, value) for one in failing) for value in neighbours(printed))
