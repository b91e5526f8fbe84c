"""Days against what is said of them: the day of the week, how long a stretch is, which period it is, what is over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from extract.checks.days.lengths import check_lengths
from extract.checks.days.stretches import Grain, stretches
from extract.checks.days.words import any_of, says
from extract.checks.figures.places import sentences_of, span_of, vn_date
from extract.checks.figures.terms import finding, if_wrong, is_doubtful
from extract.records import CheckKind, CheckVerdict, DateRole, Finding, Precision, Reading, Records

_NAMES: Final = {
    "hai": 0, "2": 0, "ba": 1, "3": 1, "tư": 2, "4": 2, "năm": 3, "5": 3, "sáu": 4, "6": 4, "bảy": 5, "bẩy": 5, "7": 5,
    "nhật": 6,
}  # fmt: skip
_SHOWN: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_DAY: Final = (
    r"(?P<day>\d{1,2})(?:\s?[/.-]\s?(?P<month>\d{1,2})(?:\s?[/.-]\s?(?P<year>(?:19|20)\d{2}))?(?![\d/]|[.,]\d)"
    r"|\stháng\s(?P<worded>\d{1,2})(?:\snăm\s(?P<told>(?:19|20)\d{2}))?(?!\d))"
)
_WEEKDAY: Final = r"(?=[tc])\b(?:thứ|chủ)\s(?P<name>hai|ba|tư|năm|sáu|bảy|bẩy|nhật|[2-7])(?!\w)"
_LAST_DAY: Final = r"(?!\s?(?:,|-|–|và|đến|hoặc)\s?(?:thứ|chủ)\s)"  # "ngày 20 và 21/6/2026 (thứ Bảy và Chủ nhật)"
_WEEK: Final = r"(?:\stuần\s(?:sau|tới|này|kế tiếp|trước|qua))?"
_DAYS_OF_WEEK: Final = (
    re.compile(rf"{_WEEKDAY}{_WEEK}(?:\s?[,(]?\s?ngày\s|,\s?|\s(?=\d{{1,2}}[/.-]\d)){_DAY}", re.IGNORECASE),
    re.compile(rf"{_WEEKDAY}{_WEEK}\s?\({_DAY}\)", re.IGNORECASE),
    re.compile(
        rf"(?=[nsct\d])(?:\b(?:ngày|sáng|trưa|chiều|tối)\s|(?<![\w/.,-])(?=\d{{1,2}}/\d{{1,2}}/\d)){_DAY}"
        rf"(?:\s?[,(]\s?(?:là\s)?|\s{any_of('is_day')}\s){_WEEKDAY}{_LAST_DAY}",
        re.IGNORECASE,
    ),
)
# What all of them hold: a pattern that begins with characters of one class is found several times faster.
_ANY_DAY: Final = re.compile(r"[tTcC](?i:hứ|hủ)\s(?i:hai|ba|tư|năm|sáu|bảy|bẩy|nhật|[2-7])")
# What stands before a day of the week, and not before "thứ hai" of several.
_LEADS: Final = re.compile(
    rf"(?:^|\n|\s\s|[,;:(–|)\]}}-]\s?|\d\s?(?:h|’|')\s?|\d\s|\b{any_of('weekday_leads')}\s)$", re.IGNORECASE
)
_MONTH: Final = 31  # days
# Days of a month that a stretch called by it holds besides its first, at least: reports on a month close before its
# end, but a stretch with fewer of its days is of the month before. How long several months may be said to be is
# another question (`stretches`).
_CLOSES: Final = 9
_LEAD: Final = 8  # characters before it that are looked at
_PERIOD: Final = re.compile(
    r"\b(?P<name>quý\s(?P<quarter>I{1,3}|IV|[1-4])|tháng\s(?P<month>\d{1,2})|(?P<half>6|06|sáu)\stháng\s(?P<which>đầu|cuối)"
    r"\snăm)(?:(?:\s?[/-]\s?|\s(?:năm\s)?)(?P<year>(?:19|20)\d{2}))?"
    r"\s?[,(]\s?(?:số liệu |thời gian |kỳ báo cáo )?(?:tính |lấy )?$",
    re.IGNORECASE,
)
_NAME: Final = 60  # characters before a stretch in which its period is named
_ROMAN: Final = {"I": 1, "II": 2, "III": 3, "IV": 4}
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_DONE: Final = re.compile(r"(?<!\w)đã\s(?:[^\W\d_]+\s){0,3}?(?:hoàn thành|gửi|giao|tổng hợp|áp dụng)\b", re.IGNORECASE)


def check_spans(records: Records, reading: Reading) -> Iterator[Finding]:
    """Days of the week, lengths of stretches, the periods they are said to be, and figures as of a day to come."""
    yield from _days_of_week(records, reading)
    yield from check_lengths(reading)
    yield from _periods(reading)
    yield from _not_over(records, reading)


def _days_of_week(records: Records, reading: Reading) -> Iterator[Finding]:
    letter = span_of(records.header.date)
    signed = letter[0] if letter is not None and letter[0] == letter[1] else None
    for pattern in _DAYS_OF_WEEK if _ANY_DAY.search(reading.flow.text) else ():
        for match in pattern.finditer(reading.flow.text):
            before = reading.flow.text[max(match.start() - _LEAD, 0) : match.start()]
            day = _day(match, signed)
            sure = match.start("day") < match.start("name") or match["name"].lower() == "nhật"
            if day is None or not (sure or _LEADS.search(before)):
                continue  # "lần thứ hai ngày …" is no day of the week
            right, told = _SHOWN[day.weekday()], _SHOWN[_NAMES[match["name"].lower()]]
            said = f"{vn_date(day)} là {right}" + ("" if right == told else f", báo cáo ghi {told}")
            yield _of((match.start(), match.end()), reading, right == told, said, (told, right))


def _day(match: re.Match[str], signed: date | None) -> date | None:
    """The day that is told; without its year it is the one nearest to the day of signing."""
    day, month = int(match["day"]), int(match["month"] or match["worded"])
    year = match["year"] or match["told"]
    years = [int(year)] if year else [signed.year + more for more in (-1, 0, 1)] if signed is not None else []
    spans = [span_of(f"{one:04d}-{month:02d}-{day:02d}") for one in years]
    known = [span[0] for span in spans if span is not None]
    return min(known, key=lambda one: abs((one - signed).days) if signed is not None else 0, default=None)


def _periods(reading: Reading) -> Iterator[Finding]:
    """A stretch behind its quarter, half-year or month: more than half of it lies in there, whenever reports close."""
    text = reading.flow.text
    for stretch in stretches(text):
        match = _PERIOD.search(text, max(stretch.start - _NAME, 0), stretch.start)
        if match is None or stretch.grain is not Grain.DAY:
            continue
        first, last = stretch.spans[-1]
        year = int(match["year"] or last.year)
        if not stretch.dated:
            moved = [_in_year(day, year - (last.year - day.year)) for day in (first, last)]
            if None in moved:
                continue  # 29 February of a common year, which is told as no day of the calendar
            first, last = (day for day in moved if day is not None)
        period = _period(match, year)
        if period is None:
            continue
        if match["half"] and first.year < last.year:
            continue  # courts count a year from October on: "6 tháng đầu năm 2024 (từ 01/10/2023 đến 31/3/2024)"
        inside = (min(last, period[1]) - max(first, period[0])).days + 1
        agrees = 2 * inside > (last - first).days + 1 or _closes_early(first, last, period)
        shown, right = (f"{vn_date(low)} – {vn_date(high)}" for low, high in ((first, last), period))
        said = f"{shown} {'thuộc' if agrees else 'không thuộc'} {match['name']}/{year}"
        yield _of((match.start(), stretch.end), reading, agrees, said, (shown, right))


def _closes_early(first: date, last: date, period: tuple[date, date]) -> bool:
    """Whether a month is told as reports count it: "tháng 10 (từ ngày 16/9 đến ngày 15/10)"."""
    month = (last - first).days < _MONTH and (period[1] - period[0]).days < _MONTH
    return month and period[0] <= last <= period[1] and (last - period[0]).days >= _CLOSES


def _in_year(day: date, year: int) -> date | None:
    """A day in another year; None where that has no such day."""
    span = span_of(f"{year:04d}-{day.month:02d}-{day.day:02d}")
    return None if span is None else span[0]


def _period(match: re.Match[str], year: int) -> tuple[date, date] | None:
    """The first and last day of the period that is named."""
    if match["half"]:
        return (
            (date(year, 1, 1), date(year, 6, 30)) if match["which"] == "đầu" else (date(year, 7, 1), date(year, 12, 31))
        )
    quarter = match["quarter"]
    return span_of(
        f"{year}-Q{_ROMAN.get(quarter.upper(), quarter)}" if quarter else f"{year}-{int(match['month']):02d}"
    )


def _not_over(records: Records, reading: Reading) -> Iterator[Finding]:
    """Figures as of a day behind that of the letter, where the sentence tells of what was done."""
    letter = span_of(records.header.date)
    if letter is None:
        return
    places = sentences_of(reading)
    for mention in records.dates:
        day = span_of(mention.iso)
        if (
            mention.role not in (DateRole.AS_OF, DateRole.DEADLINE)
            or mention.precision is not Precision.DAY
            or not _YEAR.search(mention.text)
        ):
            continue
        place = places.of(mention.evidence)
        if (
            day is None
            or day[0] <= letter[1]
            or place is None
            or says("to_come").search(_DONE.sub("", places.items[place].text))
        ):
            continue
        told = re.escape(mention.text)
        if mention.role is DateRole.DEADLINE and not re.search(
            rf"tính đến (?:hết )?{told}\s?[,:)]", places.items[place].text, re.IGNORECASE
        ):
            continue
        doubtful = is_doubtful((*mention.evidence, *records.header.evidence), reading)
        yield finding(
            CheckKind.CONSISTENCY,
            places.items[place].text,
            CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS,
            inputs=(("as of", mention.iso), ("letter", records.header.date or "")),
            reported=mention.iso,
            computed=records.header.date,
            note=f"số liệu đến {vn_date(day[0])}, sau ngày ký {vn_date(letter[1])}",
            evidence=mention.evidence,
        )


def _of(place: tuple[int, int], reading: Reading, agrees: bool, said: str, values: tuple[str, str]) -> Finding:
    """A finding of what is told and what is right."""
    told, right = values
    proof = reading.proof(*place, "checks.span")
    verdict = if_wrong(proof, reading)
    return finding(
        CheckKind.CONSISTENCY,
        " ".join(reading.flow.text[place[0] : place[1]].split()),
        CheckVerdict.AGREES if agrees else verdict,
        inputs=(("told", told),),
        reported=told,
        computed=right,
        note=said,
        evidence=proof,
    )
