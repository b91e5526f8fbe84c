"""Meanings of columns that together leave nothing out."""

from __future__ import annotations

from extract.checks.figures.quantities import Meaning


def is_closed(meanings: set[Meaning | None], size: int) -> bool:
    """Whether counts of these meanings, one each, are all there is."""
    if None in meanings or len(meanings) != size:
        return False
    return meanings in (
        {Meaning.PROVINCE, Meaning.DISTRICT, Meaning.COMMUNE},
        {Meaning.ONLINE, Meaning.DIRECT},
        {Meaning.EARLY_OR_ON_TIME, Meaning.LATE},
        {Meaning.ON_TIME, Meaning.LATE},
        {Meaning.EARLY, Meaning.ON_TIME, Meaning.LATE},
        {Meaning.FRESH, Meaning.CARRIED},
        {Meaning.RESOLVED, Meaning.PENDING},
    )
