"""The day in the stamp of an electronic signature: what is left of a letter's day where the head's cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from extract.layout.landmarks import plain
from extract.records import HeaderRule, Proof, Reading

_REACH = 4  # lines above the day of a stamp in which it says whose it is
_LONGEST = 200  # characters of a line with a stamp
_SIGNED = re.compile(
    r"\b(?:thoi gian ky|ngay ky|ky ngay|date)\s?[:.]?\s?"
    r"(?:(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>\d{4})"
    r"|(?P<year_first>\d{4})[./-](?P<month_second>\d{1,2})[./-](?P<day_third>\d{1,2}))(?!\d)"
)
_PASSED_ON = re.compile(r"\b(?:cong thong tin|thong tin dien tu|trung tam thong tin|cong bao)\b")


def day_of_stamp(reading: Reading, known: str | None, head: Proof) -> tuple[str, Proof] | None:
    """The day on which the letter was signed, as its stamps say, with its evidence; None where none says so.

    Stamps of those who pass letters on (portals, gazettes) are later than the letter and are left out; of several
    the first is that of who signed. A stamp that is no part of the text (PDF annotations hold them) has its words in
    the evidence, at the place of the head's date.

    Args:
        reading: the letter.
        known: what the head tells of its date, a month or a year; the day must lie in it.
        head: the evidence of the head's date.
    """
    fitting = [one for one in (*_printed(reading), *_apart(reading, head)) if known is None or one[0].startswith(known)]
    return min(fitting, key=lambda one: one[0], default=None)


def _printed(reading: Reading) -> Iterator[tuple[str, Proof]]:
    """The days of stamps among the text of the letter."""
    lines = reading.repaired.text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    for index, match, iso in _days(lines):
        at = starts[index]
        yield iso, reading.proof_of_text(at + match.start(), at + match.end(), HeaderRule.SIGNATURE_STAMP)


def _apart(reading: Reading, head: Proof) -> Iterator[tuple[str, Proof]]:
    """The days of stamps that a page holds beside its text."""
    for page in reading.letter.pages if head else ():
        for layer in page.other_layers:
            for index, match, iso in _days([line.text for line in layer.lines]):
                line = layer.lines[index]
                words = line.text[match.start() : match.end()]
                box = line.box if page.number == head[0].page else None
                entry = replace(head[0], box=box, raw=words, text=words, component=HeaderRule.SIGNATURE_STAMP)
                yield iso, (replace(entry, confidence=None),)


def _days(lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str], str]]:
    """The days of stamps in ISO form, each with the index of its line and where it stands there."""
    folded = [plain(line[:_LONGEST]) for line in lines]
    for index, line in enumerate(folded):
        match = _SIGNED.search(line)
        if match and not any(map(_PASSED_ON.search, folded[max(index - _REACH, 0) : index + 1])):
            iso = _iso(match)
            if iso is not None:
                yield index, match, iso


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = (
        int(match[first] or match[second])
        for first, second in (("year", "year_first"), ("month", "month_second"), ("day", "day_third"))
    )
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
