"""Stretches of days, months or years as letters write them, and how long each may be said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import lru_cache
from typing import Final

from extract.checks.figures.places import span_of

_YEAR: Final = r"(?:19|20)\d{2}(?![\d/]|[.,]\d)"
_NUMERIC: Final = r"\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?(?:19|20)\d{2})?(?![\d/]|[.,]\d)"
_WORDED: Final = r"\d{1,2} tháng \d{1,2}(?: năm (?:19|20)\d{2})?(?!\d)"
_MONTH: Final = r"tháng \d{1,2}(?:\s?[/.-]\s?(?:19|20)\d{2}| năm (?:19|20)\d{2})?(?!\d)"
_LAST: Final = rf"(?:ngày )?(?:{_WORDED}|{_NUMERIC})|{_MONTH}|(?:năm )?{_YEAR}"
_FIRST: Final = rf"{_LAST}|(?:ngày )?\d{{1,2}}(?=\s)|(?:ngày )?\d{{1,2}}(?=[-–])"
_TO: Final = r"\s?(?:,?\s(?:cho )?(?:đến|tới)(?: hết)?\s|-|–)\s?(?:hết )?"
_STRETCH: Final = re.compile(
    rf"(?=[tgn\d])(?:\b(?:từ|giai đoạn|nhiệm kỳ|ngày)\s(?P<first>{_FIRST}){_TO}(?P<last>{_LAST})"
    rf"|(?<=\()(?P<low>{_LAST}){_TO}(?P<high>{_LAST})(?=\s?[);,])"
    r"|(?<=năm )(?P<old>(?:19|20)\d{2})\s?[-–]\s?(?P<new>(?:19|20)\d{2})(?!\d))",
    re.IGNORECASE,
)
_ENDS: Final = (("first", "last"), ("low", "high"), ("old", "new"))
_MANY: Final = 7  # days of a stretch that is told by those between its ends as often as by those it goes on
_MONTHS: Final = 12
_MONTH_DAYS: Final = 30.44
# Days by which a stretch that is told in months may miss them: reports close days from the end of their last month
# ("9 tháng" up to 15/9), on both sides. Less than a month, so that one month more or less is seen.
_CLOSES: Final = 20
_LEAP, _COMMON = 2024, 2023


class Grain(IntEnum):
    """What a stretch is told to."""

    DAY = 0
    MONTH = 1
    YEAR = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a first to a last day, at `start`..`end` of the text; `bare` where no "từ" leads it.

    Where its years are not told (`dated`) there are two spans, in a common year and in a leap year, or the one of the
    two in which its days exist.
    """

    start: int
    end: int
    grain: Grain
    spans: tuple[tuple[date, date], ...]
    bare: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class _End:
    day: int | None
    month: int | None
    year: int | None

    @property
    def grain(self) -> Grain:
        return Grain.YEAR if self.month is None else Grain.MONTH if self.day is None else Grain.DAY


@lru_cache(maxsize=1)
def stretches(text: str) -> tuple[Stretch, ...]:
    """The stretches of a text whose last day is not before the first."""
    return tuple(_stretches(text))


def _stretches(text: str) -> Iterator[Stretch]:
    for match in _STRETCH.finditer(text):
        bare = match["first"] is None
        first, last = next((match[one], match[other]) for one, other in _ENDS if match[one])
        ends = _end(first, alone=not bare), _end(last)
        made = _between(*ends)
        if made is not None:
            dated = any(end.year is not None for end in ends)
            yield Stretch(match.start(), match.end(), made[0], made[1], bare, dated)


def _end(text: str, *, alone: bool = False) -> _End:
    """One end of a stretch; of a first one a number alone is a day."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 1:
        (one,) = numbers
        is_day = alone and len(re.findall(r"\d", text)) <= 2
        month = text.lower().startswith("tháng")
        return _End(None, one, None) if month else _End(one, None, None) if is_day else _End(None, None, one)
    if len(numbers) == 2:
        low, high = numbers
        return _End(None, low, high) if text.lower().startswith("tháng") else _End(low, high, None)
    return _End(*numbers[:3])


def _between(first: _End, last: _End) -> tuple[Grain, tuple[tuple[date, date], ...]] | None:
    """What two ends make, the first one filled from the last, and the last one's year from the first."""
    if first.day is not None and first.month is None and last.grain is Grain.DAY:
        first = _End(first.day, last.month, last.year)
    if first.grain is not last.grain:
        return None
    turned = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)
    years = (first.year, last.year)
    if years == (None, None):
        pairs = [(year, year + turned) for year in (_COMMON, _LEAP)]
    else:
        low = first.year if first.year is not None else (last.year or 0) - turned
        pairs = [(low, last.year if last.year is not None else low + turned)]
    spans = [(_day(first, one, first_of=True), _day(last, other, first_of=False)) for one, other in pairs]
    right = tuple((low, high) for low, high in spans if low is not None and high is not None and low <= high)
    return (first.grain, right) if right else None


def _day(end: _End, year: int, *, first_of: bool) -> date | None:
    iso = "-".join((f"{year:04d}", *(f"{part:02d}" for part in (end.month, end.day) if part is not None)))
    span = span_of(iso)
    return None if span is None else span[0] if first_of else span[1]


def lengths(stretch: Stretch, unit: str, told: int, *, exact: bool, between: bool) -> tuple[frozenset[int], int] | None:
    """How long a stretch may be said to be in some unit, and how long it is; None where that is not told.

    Args:
        stretch: the stretch.
        unit: "ngày", "tuần", "tháng" or "năm".
        told: the length that is said.
        exact: both ends are said to count.
        between: the days between its ends are told.
    """
    if not stretch.dated and unit in ("tháng", "năm"):
        return None  # "02 năm (mỗi năm từ ngày 01 tháng 01 đến ngày 31 tháng 12)": of each year
    possible: set[int] = set()
    right = None
    for first, last in stretch.spans:
        made = _length(stretch.grain, first, last, unit, told)
        if made is None:
            return None
        low, high = made
        loose = between or (not exact and (unit != "ngày" or high - 1 >= _MANY))
        possible |= {low, high} if loose else {high}
        right = high if right is None else right
    return (frozenset(possible), right) if right is not None else None


def _length(grain: Grain, first: date, last: date, unit: str, told: int) -> tuple[int, int] | None:
    """The least and the greatest number of days, weeks, months or years that a stretch may be said to have."""
    days = (last - first).days + 1
    if unit == "ngày":
        return (days - 1, days) if grain is Grain.DAY else None
    if unit == "tuần":
        return (days // 7, -(-days // 7)) if grain is Grain.DAY else None
    near = round(days / _MONTH_DAYS)
    if unit == "tháng":
        if grain is not Grain.DAY:
            return (near - 1, near) if grain is Grain.MONTH else None
        close = abs(days - told * _MONTH_DAYS) <= _CLOSES  # reports close days before or behind the end of their months
        return (told, told) if close else (near, near)
    if grain is Grain.YEAR:
        return (near // _MONTHS - 1, near // _MONTHS)
    years = near / _MONTHS
    return (told, told) if abs(years - told) < 1 else (round(years), round(years))
