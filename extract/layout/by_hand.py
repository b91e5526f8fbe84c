"""Number and day of a letter that were written in by hand: the blank is found, what was read there is doubted.

Offices leave the blank in "Số:      /UBND-NC" and "ngày      tháng 8 năm 2025" and fill it in when the letter is
signed. Engines read type; what they make of a hand is no ground for a number or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.records import Letter, Line, Source
from normalize.edits import Doubt

NUMBER_BY_HAND = "perhaps a number written by hand"
DAY_BY_HAND = "perhaps a day written by hand"

_LINES = 30
"""Number and day stand in the head: among the first lines of the first page."""

_SURE = 0.8
"""Digits an engine is this sure of are type: those of hands lay below 0.72, those of type above 0.9."""

_NUMBER = re.compile(r"\bS[ốôoóỗ6]\s?:?\s+(?P<hand>[^\s/][^/]{0,11}?)\s?/\s?[A-ZĐ]{2,10}\b")
_DAY = re.compile(r"\bng[aà]y\s(?P<hand>\S.{0,11}?)\sth[aáà]ng\s\S{1,4}\sn[aăâ]m\b", re.IGNORECASE)
_TYPE = re.compile(r"\d{1,5}")


def doubt_handwriting(letter: Letter) -> Iterator[Doubt]:
    """What was read in the blanks of the head where it is no figure, or one the engine is not sure of.

    Offsets count over the letter's raw text; the probability is that it is not what was written.
    """
    if not letter.pages or letter.pages[0].source is not Source.OCR:
        return
    at = 0
    seen: set[str] = set()
    for line in letter.pages[0].lines[:_LINES]:
        for pattern, reason in ((_NUMBER, NUMBER_BY_HAND), (_DAY, DAY_BY_HAND)):
            found = pattern.search(line.text)
            if found is None or reason in seen:
                continue
            seen.add(reason)
            start, end = found.span("hand")
            confidence = _confidence(line, start, end)
            if confidence is not None and not (confidence >= _SURE and _TYPE.fullmatch(found["hand"])):
                yield Doubt(at + start, at + end, reason, round(1 - confidence, 4))
        at += len(line.text) + 1


def _confidence(line: Line, start: int, end: int) -> float | None:
    """The lowest confidence of the words between two offsets; None where none is stated."""
    lowest: float | None = None
    at = 0
    for word in line.words:
        stop = at + len(word.text)
        if at < end and start < stop and word.confidence is not None:
            lowest = word.confidence if lowest is None else min(lowest, word.confidence)
        at = stop + 1
    return lowest
