"""Whether an engine read a text that reads well, told by the words that it misread.

A text read by an engine of the right language has few errors and is judged clean. Decoded as such, it shows words
that no writer mistakes so ("kiếm soát", "dịa bàn"), several to a letter; typed text shows one in 50 pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from normalize.edits import Cause, Edit, Repaired, apply_edits

LEAST: Final = 2
"""Misread words that tell."""

SURE: Final = 0.95
"""Probability from which on an edit tells of a misread word."""

TYPED: Final = 0.99
"""Probability from which on an edit of typed text is made."""

_OF_TYPED: Final = frozenset({Cause.UNICODE, Cause.CHANNEL})
_MARKS: Final = (":", ";")  # in a figure


def is_engines(edits: Iterable[Edit]) -> bool:
    """Whether the edits of a text that reads well are of words and figures that an engine misread."""
    told = (edit for edit in edits if edit.probability >= SURE)
    words = ((edit.cause is Cause.CHANNEL and len(edit.before) > 1) or edit.before in _MARKS for edit in told)
    return sum(words) >= LEAST


def as_typed(repaired: Repaired) -> Repaired:
    """The repair of a text that was typed: what was decoded as read by an engine, only all but certain edits kept."""
    kept = [
        edit
        for edit in repaired.edits
        if edit.probability >= TYPED and (edit.cause in _OF_TYPED or edit.before in _MARKS)
    ]
    return repaired if len(kept) == len(repaired.edits) else apply_edits(repaired.raw, kept, repaired.doubts)
