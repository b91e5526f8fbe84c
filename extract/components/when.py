"""Dates and periods in text: what is written, and what it is in ISO 8601.

A date that cannot be (day 32, month 70) is damage: only what is certain of it is kept.
Every pattern takes linear time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extract.records import Precision
from normalize.syllables import fold

YEARS = range(1900, 2101)
"""What is a year where it stands as one."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTH = re.compile(r"(?<=tháng )(?:\d\S|\S\d)(?= năm)")
_DAY_READ = re.compile(r"(?<=ngày )(?:\d\S|\S\d)(?= tháng)")
_FIGURES = str.maketrans("ilo|!]", "110111")
_FROM_LETTER = "year taken from the letter"


@dataclass(frozen=True, slots=True)
class When:
    """A date or period at `start`..`end` of the searched text.

    `iso` is YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY or two of them with a slash between; `is_period` tells a stretch of
    time (tháng 10, quý II, năm 2023) from a date that names a day; `is_range` says that `iso` has two ends.
    """

    start: int
    end: int
    text: str
    iso: str
    precision: Precision
    rule: str
    is_period: bool = True
    is_range: bool = False
    note: str | None = None


_D = r"(?P<d{0}>\d{{1,2}})"
_M = r"(?P<m{0}>\d{{1,2}})"
_Y = r"(?P<y{0}>\d{{4}})(?!\d)"
_NGAY = r"(?:(?:các\s)?[Nn]\s?g[àa]y[\s:._]{1,4})?"
_L = r"[^\W\d_]"  # between the figures of a date, words of its shape can only be its own
_SPECKS = r"[\s.,:;'`’_-]{0,4}"  # between the parts of a date in words, which no other text has
_SEP = r"\s?/\s?"
_TO = r"\s?(?:[-–—]|đến(?:\s(?:hết\s)?ngày)?|tới(?:\sngày)?)\s{0,2}"


def _day(year: int | None, month: int, day: int) -> str | None:
    if year is None or year not in YEARS or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _month(year: int | None, month: int) -> str | None:
    return f"{year:04d}-{month:02d}" if year is not None and year in YEARS and 1 <= month <= 12 else None


def _int(match: re.Match[str], name: str) -> int | None:
    value = match.groupdict().get(name)
    return int(value) if value else None


def _year(match: re.Match[str], default: int | None, name: str = "y1") -> tuple[int | None, str | None]:
    stated = _int(match, name)
    return (stated, None) if stated is not None else (default, _FROM_LETTER)


def _one(
    match: re.Match[str],
    iso: str | None,
    precision: Precision,
    rule: str,
    *,
    is_period: bool = True,
    is_range: bool = False,
    note: str | None = None,
) -> list[When]:
    if iso is None:
        return []
    return [When(match.start(), match.end(), match.group(), iso, precision, rule, is_period, is_range, note)]


def _read_day(match: re.Match[str], year: int | None) -> list[When]:
    stated, note = _year(match, year)
    month, day = _int(match, "m1"), _int(match, "d1")
    assert month is not None and day is not None
    return _one(match, _day(stated, month, day), Precision.DAY, "day", is_period=False, note=note)


def _read_range(match: re.Match[str], year: int | None) -> list[When]:
    """Two days and the stretch between: "từ ngày 02/4 - 09/5/2021", "từ ngày 01 đến ngày 15/7/2024"."""
    last_year, note = _year(match, year, "y2")
    last_month, last_day = _int(match, "m2"), _int(match, "d2")
    first_day = _int(match, "d1")
    assert last_month is not None and last_day is not None and first_day is not None
    first_month = _int(match, "m1") or last_month
    first_year = _int(match, "y1") or last_year
    if first_year is not None and _int(match, "y1") is None and first_month > last_month:
        first_year -= 1
    first, last = _day(first_year, first_month, first_day), _day(last_year, last_month, last_day)
    if first is None or last is None or first > last:
        return []
    low, high = match.span("first")
    found = [When(low, high, match["first"], first, Precision.DAY, "range_begin", is_period=False, note=note)]
    low, high = match.span("last")
    found.append(When(low, high, match["last"], last, Precision.DAY, "range_end", is_period=False, note=note))
    whole = When(match.start(), match.end(), match.group(), f"{first}/{last}", Precision.DAY, "range", is_range=True)
    return [*found, whole]


def _read_blank_day(match: re.Match[str], year: int | None) -> list[When]:
    """A date whose day was to be written by hand and cannot be read: "ngày    tháng 6 năm 2023"."""
    stated, month = _int(match, "y1"), _int(match, "m1")
    if month is None:
        return _one(match, str(stated) if stated in YEARS else None, Precision.YEAR, "blank_month")
    return _one(match, _month(stated, month), Precision.MONTH, "blank_day")


def _read_month(match: re.Match[str], year: int | None) -> list[When]:
    stated, note = _year(match, year)
    month = _int(match, "m1")
    assert month is not None
    return _one(match, _month(stated, month), Precision.MONTH, "month", note=note)


def _read_months(match: re.Match[str], year: int | None) -> list[When]:
    """Months counted from an end of the year: 6 tháng đầu năm 2023, 3 tháng cuối năm."""
    stated, note = _year(match, year)
    count = _int(match, "m1")
    if stated is None or stated not in YEARS or count is None or not 1 <= count <= 11:
        return []
    last_half = "cuối" in match.group().lower()
    first, last = (13 - count, 12) if last_half else (1, count)
    iso = f"{_month(stated, first)}/{_month(stated, last)}"
    return _one(match, iso, Precision.MONTH, "months", is_range=True, note=note)


def _read_month_range(match: re.Match[str], year: int | None) -> list[When]:
    last_year, note = _year(match, year, "y2")
    first_month, last_month = _int(match, "m1"), _int(match, "m2")
    assert first_month is not None and last_month is not None
    first = _month(_int(match, "y1") or last_year, first_month)
    last = _month(last_year, last_month)
    if first is None or last is None or first >= last:
        return []
    return _one(match, f"{first}/{last}", Precision.MONTH, "month_range", is_range=True, note=note)


def _read_quarter(match: re.Match[str], year: int | None) -> list[When]:
    stated, note = _year(match, year)
    quarter = _ROMAN[match["q"].lower()]
    iso = f"{stated:04d}-Q{quarter}" if stated is not None and stated in YEARS else None
    return _one(match, iso, Precision.QUARTER, "quarter", note=note)


def _each(
    match: re.Match[str], part: re.Pattern[str], name: Callable[[str], str | None], precision: Precision, rule: str
) -> list[When]:
    """The members of a list that share a year, the first with the word before it, the last with the year behind it."""
    parts = list(part.finditer(match.string, *match.span("list")))
    names = [name(one.group()) for one in parts]
    known = [iso for iso in names if iso is not None]
    if len(known) < len(names) or sorted(set(known)) != known:
        return []
    starts = [match.start(), *(one.start() for one in parts[1:])]
    ends = [*(one.end() for one in parts[:-1]), match.end()]
    return [
        When(low, high, match.string[low:high], iso, precision, rule)
        for low, high, iso in zip(starts, ends, known, strict=True)
    ]


def _read_quarter_list(match: re.Match[str], year: int | None) -> list[When]:
    """Quarters of one year: "Quý I, II/2023", "quý III và quý IV năm 2023"."""
    stated, note = _year(match, year)
    counted = note is not None and any(map(str.isdigit, match["list"]))  # "quý 1, 2 xã"
    if stated is None or stated not in YEARS or counted:
        return []
    return _each(match, _QUARTER, lambda one: f"{stated}-Q{_ROMAN[one.lower()]}", Precision.QUARTER, "quarter_list")


def _read_quarter_range(match: re.Match[str], year: int | None) -> list[When]:
    """Quarters from one to another: "quý I - III/2023", "từ quý II đến quý IV năm 2023"."""
    stated, note = _year(match, year)
    first, last = _ROMAN[match["q1"].lower()], _ROMAN[match["q2"].lower()]
    if stated is None or stated not in YEARS or first >= last:
        return []
    iso = f"{stated}-Q{first}/{stated}-Q{last}"
    return _one(match, iso, Precision.QUARTER, "quarter_range", is_range=True, note=note)


def _read_month_list(match: re.Match[str], year: int | None) -> list[When]:
    """Months of one year: "tháng 7, 8 và 9 năm 2023", "tháng 10, tháng 11/2023"."""
    stated = _int(match, "y1")
    return _each(match, _NUMERAL, lambda one: _month(stated, int(one)), Precision.MONTH, "month_list")


def _read_year_list(match: re.Match[str], year: int | None) -> list[When]:
    """Years: "năm 2022, 2023", "năm 2023 và năm 2024"."""
    return _each(match, _NUMERAL, lambda one: one if int(one) in YEARS else None, Precision.YEAR, "year_list")


def _read_quarters(match: re.Match[str], year: int | None) -> list[When]:
    """Quarters counted from the beginning of the year: 3 quý đầu năm 2024."""
    stated, note = _year(match, year)
    count = _int(match, "m1")
    if stated is None or stated not in YEARS or count is None or not 2 <= count <= 3:
        return []
    return _one(match, f"{stated}-Q1/{stated}-Q{count}", Precision.QUARTER, "quarters", is_range=True, note=note)


def _read_span(match: re.Match[str], year: int | None) -> list[When]:
    first, last = _int(match, "y1"), _int(match, "y2")
    if first is None or last is None or first not in YEARS or last not in YEARS or first >= last:
        return []
    return _one(match, f"{first}/{last}", Precision.YEAR, "years", is_range=True)


def _read_year(match: re.Match[str], year: int | None) -> list[When]:
    stated = _int(match, "y1")
    return _one(match, str(stated) if stated in YEARS else None, Precision.YEAR, "year")


def _read_iso(match: re.Match[str], year: int | None) -> list[When]:
    stated, month, day = _int(match, "y1"), _int(match, "m1"), _int(match, "d1")
    assert month is not None
    if day is None:
        return _one(match, _month(stated, month), Precision.MONTH, "iso", is_period=False)
    return _one(match, _day(stated, month, day), Precision.DAY, "iso", is_period=False)


_Q = r"(?:IV|I{1,3}|[1-4])"
_QUARTER = re.compile(_Q)
_NUMERAL = re.compile(r"\d{1,4}")
_AND = r"(?:\s?[,;]\s?(?:và\s)?|\s(?:và|hoặc)\s)"
_OF_YEAR = r"(?:\s?[/-]\s?|,?\s?năm\s|\s)"


def _pattern(shape: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w/.,-])" + shape)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int | None], list[When]]], ...] = (
    (
        _pattern(
            rf"(?<!\d )(?P<first>{_NGAY}{_D.format(1)}{_SEP}{_M.format(1)}(?:{_SEP}(?P<y1>\d{{4}}))?){_TO}"
            rf"(?P<last>{_D.format(2)}{_SEP}{_M.format(2)}(?:{_SEP}(?P<y2>\d{{4}}))?)(?![\w/]|[.,]\d)"
        ),
        _read_range,
    ),
    (
        _pattern(
            rf"(?P<first>[Nn]gày\s{{1,3}}{_D.format(1)}){_TO}"
            rf"(?P<last>{_D.format(2)}{_SEP}{_M.format(2)}{_SEP}(?P<y2>\d{{4}}))(?![\w/])"
        ),
        _read_range,
    ),
    (
        _pattern(
            rf"(?P<first>[Nn]gày\s{{1,3}}{_D.format(1)}(?:\stháng\s{_M.format(1)}(?:\snăm\s(?P<y1>\d{{4}}))?)?){_TO}"
            rf"(?P<last>{_D.format(2)}\stháng\s{_M.format(2)}\snăm\s(?P<y2>\d{{4}}))(?!\w)"
        ),
        _read_range,
    ),
    (_pattern(rf"(?<!\d ){_NGAY}{_D.format(1)}{_SEP}{_M.format(1)}{_SEP}{_Y.format(1)}(?!/)"), _read_day),
    (_pattern(rf"[Nn]g[àa]y\s{{1,3}}{_D.format(1)}[-.]{_M.format(1)}[-.]{_Y.format(1)}"), _read_day),
    (
        _pattern(
            rf"[Nn]\s?g{_L}{{1,3}}{_SPECKS}{_D.format(1)}{_SPECKS}th{_L}{{2,4}}{_SPECKS}{_M.format(1)}"
            rf"{_SPECKS}(?:n{_L}{{1,3}}|,){_SPECKS}{_Y.format(1)}"
        ),
        _read_day,
    ),
    (_pattern(rf"[Nn]gày\s{{1,3}}{_D.format(1)}\stháng\s{_M.format(1)}(?!\d)(?!\s?/|\s\d)"), _read_day),
    (_pattern(rf"[Nn]gày\s{{1,3}}{_D.format(1)}/{_M.format(1)}(?![\w/%]|[.,]\d|\s\d)"), _read_day),
    (
        _pattern(rf"[Nn]gày[^\w\n]{{0,12}}tháng[^\w\n]{{0,12}}(?:{_M.format(1)}\s{{0,3}})?năm\s{{0,3}}{_Y.format(1)}"),
        _read_blank_day,
    ),
    (
        _pattern(
            rf"[Tt]háng\s{_M.format(1)}(?:(?:/|\snăm\s)(?P<y1>\d{{4}}))?\s?(?:[-–]|đến(?:\shết)?)"
            rf"\s?(?:tháng\s)?{_M.format(2)}(?:/|\snăm\s){_Y.format(2)}"
        ),
        _read_month_range,
    ),
    (
        _pattern(rf"[Tt]háng\s(?P<list>\d{{1,2}}(?:{_AND}(?:tháng\s)?\d{{1,2}}){{1,6}})(?:/|,?\snăm\s){_Y.format(1)}"),
        _read_month_list,
    ),
    (_pattern(rf"{_M.format(1)}\stháng\s(?:(?:đầu|cuối)\snăm|năm)(?:\s{_Y.format(1)})?"), _read_months),
    (_pattern(rf"[Tt]háng\s{{1,2}}{_M.format(1)}\s?(?:[/-]|\snăm\s|năm\s)\s?{_Y.format(1)}"), _read_month),
    (_pattern(rf"[Tt]háng\s{{1,2}}{_M.format(1)}(?![\w/]|[.,]\d)"), _read_month),
    (_pattern(rf"{_M.format(1)}\squý\s(?:đầu\snăm|năm)(?:\s{_Y.format(1)})?"), _read_quarters),
    (
        _pattern(rf"[Qq]uý\s(?P<list>{_Q}(?:{_AND}(?:quý\s)?{_Q}(?!\w)){{1,3}})(?:{_OF_YEAR}{_Y.format(1)})?(?!\w)"),
        _read_quarter_list,
    ),
    (
        _pattern(
            rf"[Qq]uý\s(?P<q1>{_Q})\s?(?:[-–—]|đến(?:\shết)?|tới)\s?(?:quý\s)?(?P<q2>{_Q})(?:{_OF_YEAR}{_Y.format(1)})?(?!\w)"
        ),
        _read_quarter_range,
    ),
    (_pattern(rf"[Qq]uý\s(?P<q>IV|I{{1,3}}|[1-4])(?:(?:\s?[/-]\s?|\s?năm\s|\s){_Y.format(1)})?(?!\w)"), _read_quarter),
    (
        _pattern(
            r"(?:[Gg]iai đoạn|[Nn]hiệm kỳ|[Kk]ỳ|[Nn]ăm học|[Tt]ừ năm|[Nn]ăm)\s(?P<y1>\d{4})"
            rf"\s?(?:[-–—]|đến(?:\snăm)?)\s?{_Y.format(2)}"
        ),
        _read_span,
    ),
    (
        _pattern(r"[Nn]ăm\s(?P<list>(?:19|20)\d\d" + rf"(?:{_AND}(?:năm\s)?" + r"(?:19|20)\d\d(?![\d/])){1,4})"),
        _read_year_list,
    ),
    (_pattern(rf"[Nn]ăm\s{_Y.format(1)}(?!/)"), _read_year),
    (_pattern(r"(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)(?:-(?P<d1>\d\d))?(?![\w/-])"), _read_iso),
)


def with_months(text: str) -> str:
    """`text` with the letters that figures of a day or month were read as: "tháng I1 năm" can only be the eleventh."""
    return _MONTH.sub(lambda match: _in_figures(match, 12), _DAY_READ.sub(lambda match: _in_figures(match, 31), text))


def _in_figures(match: re.Match[str], most: int) -> str:
    figures = fold(match.group()).translate(_FIGURES)
    return figures if len(figures) == 2 and figures.isdecimal() and 1 <= int(figures) <= most else match.group()


def find_when(text: str, year: int | None = None) -> Iterator[When]:
    """Dates and periods in `text`, left to right; where two rules meet, the one that says more.

    Args:
        text: any text.
        year: the year of dates that state none; without it they are left out.
    """
    taken: list[When] = []
    busy = bytearray(len(text))
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            if any(busy[match.start() : match.end()]):
                continue
            found = read(match, year)
            if found:
                busy[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                taken += found
    yield from sorted(taken, key=lambda when: (when.start, when.end))
