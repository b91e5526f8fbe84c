"""Which pages of a letter an engine read from an image, by us or by whoever made the text."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from extract.records.pages import Letter, Source, VerdictKind
from normalize.edits import Repaired
from normalize.engine import is_engines

_TYPED: Final = frozenset({Source.TEXT_LAYER, Source.TEXT})
_DAMAGED: Final = frozenset({VerdictKind.STRIPPED, VerdictKind.GARBLED})


def engine_pages(letter: Letter, repaired: Repaired) -> frozenset[int]:
    """Numbers of the pages that an engine read: their source says so, their verdict, or the words it misread.

    Pages that read well go together: what their repair changed tells of all of them, and so does a damaged page.

    Args:
        letter: pages and lines as read.
        repaired: the repaired text of the letter, line for line.
    """
    shown = frozenset(
        page.number for page in letter.pages if page.source not in _TYPED or page.verdict.kind in _DAMAGED
    )
    damaged = any(page.source in _TYPED and page.number in shown for page in letter.pages)
    ends: list[int] = []
    for page in letter.pages:
        ends.append((ends[-1] if ends else 0) + sum(len(line.text) + 1 for line in page.lines))
    unsure = (edit for edit in repaired.edits if letter.pages[bisect_right(ends, edit.start)].number not in shown)
    if damaged or is_engines(unsure):
        return frozenset(page.number for page in letter.pages)
    return shown
