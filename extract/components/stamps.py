"""The day in the stamp of an electronic signature: what is left of a letter's day where the head's cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

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


def day_of_stamp(reading: Reading, known: str | None) -> tuple[str, Proof] | None:
    """The day on which the letter was signed, as its stamps say, with its evidence; None where none says so.

    Stamps of those who pass letters on (portals, gazettes) are later than the letter and are left out; of several
    the first is that of who signed.

    Args:
        reading: the letter.
        known: what the head tells of its date, a month or a year; the day must lie in it.
    """
    fitting = [one for one in _days(reading) if known is None or one[0].startswith(known)]
    if not fitting:
        return None
    iso, start, end = min(fitting)
    return iso, reading.proof_of_text(start, end, HeaderRule.SIGNATURE_STAMP)


def _days(reading: Reading) -> Iterator[tuple[str, int, int]]:
    """The days of stamps in ISO form, each with its span of the repaired text."""
    above: list[str] = []
    at = 0
    for line in reading.repaired.text.split("\n"):
        folded = plain(line[:_LONGEST])
        if (match := _SIGNED.search(folded)) and not any(map(_PASSED_ON.search, [*above, folded])):
            iso = _iso(match)
            if iso is not None:
                yield iso, at + match.start(), at + match.end()
        above = [*above, folded][-_REACH:]
        at += len(line) + 1


def _iso(match: re.Match[str]) -> str | None:
    year, month, day = (
        int(match[first] or match[second])
        for first, second in (("year", "year_first"), ("month", "month_second"), ("day", "day_third"))
    )
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
