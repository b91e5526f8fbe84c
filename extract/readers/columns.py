"""The two places where a letter has two columns: its head (issuer | motto) and its foot (recipients | signature).

Both are found by words that Decree 30/2020 prescribes, matched loosely enough for damaged
text, and bounded by geometry: a gutter that no word crosses.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.readers.band import Band
from extract.readers.foot import find_foot
from extract.readers.head import find_head
from extract.readers.runs import Run


def find_bands(runs: Sequence[Run], width: float) -> tuple[tuple[Band, ...], tuple[Run, ...]]:
    """The two-column bands of a page, and the runs that belong to none.

    Args:
        runs: all runs of the page outside its tables.
        width: of the page, in the unit of the boxes.
    """
    bands = []
    rest = list(runs)
    for find in (find_head, find_foot):
        found = find(rest, width)
        if found is not None:
            band, rest = found
            bands.append(band)
    return tuple(bands), tuple(rest)
