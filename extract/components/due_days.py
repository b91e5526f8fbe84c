"""Deadlines that name a day: before it, by it, on it, from it on, or so many days behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from extract.components.due import CUT_OFF, OF_THINGS, PAST, Deadline, is_due, resolve
from extract.records import DeadlineRelation

_D = r"(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}|[1-4]\d(?!\d)))?(?![\d/]|\s?%)"
_LONG = r"(\d{1,2})[\s.]+tháng[\s.]+(\d{1,2})(?:,?[\s.]+năm[\s.]+(\d{4}))?(?!\d)"
_FULL = r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?![\d/])"
_CLOCK = r"(?:\d{1,2}\s?(?:giờ|h|g|:)\s?(?:\d{1,2})?\s?(?:phút|['’′])?,?\s*)?(?:(?:sáng|trưa|chiều|tối)\s*,?\s*)?"
_WEEKDAY = r"(?:(?:thứ\s\w+|chủ nhật),?\s*\(?\s*(?:ngày[.,:;]?\s*)?)?"
_DAY = rf"{_CLOCK}(?:ng[àa]y[.,:;]?\s*)?(?:(?:mùng|mồng)\s*)?{_WEEKDAY}(?:{_D}|{_LONG})"
_BEFORE = re.compile(rf"\btr[ưu][ớo]c\s+(?:(?:thời hạn|thời điểm|hết)\s+)?{_DAY}", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:chậm nhất|muộn nhất|trễ nhất|không (?:muộn|chậm|trễ) hơn|không (?:để )?quá(?=\s+ngày)|hạn cuối|hạn chót"
    r"|thời hạn|thời gian|hạn)(?:\s+(?:là|vào|đến|hết|cùng|hoàn thành|thực hiện|báo cáo|gửi|nộp|hồ sơ|đăng ký|xong|cuối"
    r"|trong|:|trước))*\s*:?\s*"
    rf"(?:trước\s+)?{_DAY}",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    rf"(?<!tính )(?<!tính từ )\b(?:từ nay|từ nay cho)?\s?(?:cho đến|đến|tới|hết)[\s-]+(?:hết\s+)?"
    rf"(?:{_CLOCK}ngày[.,:;]?\s*(?:{_D}|{_LONG})|{_FULL})",
    re.IGNORECASE,
)
_FROM_NOW = re.compile(rf"\btừ nay\s+(?:cho\s+)?đến[\s-]+(?:hết\s+)?{_DAY}", re.IGNORECASE)
_ON = re.compile(
    rf"\b(?:vào|trong)\s+{_CLOCK}ngày[.,:;]?\s*(?:{_D}|{_LONG})"
    rf"|\bvào\s+thời điểm\s+(?:ngày\s*)?(?:{_D}|{_LONG})"
    rf"|\b(?:hoàn thành|xong)\s+(?:vào\s+)?(?:ngày[.,:;]?\s*)?(?:{_D}|{_LONG})",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\btừ\s+{_CLOCK}(?:ngày\s*)?(?:{_D}|{_LONG})\s+(?:cho\s+)?(?:đến|tới)\s+(?:hết\s+)?{_DAY}", re.IGNORECASE
)
_FROM = re.compile(
    rf"\b(?:bắt đầu|(?:kể\s)?từ|khai mạc|dự kiến|vào|lúc)\s+{_CLOCK}(?:ngày[.,:;]?\s*)?(?:{_D}|{_LONG})", re.IGNORECASE
)
_BARE = re.compile(rf"\b(?:ngày|sáng|chiều|tối)[.,:;]?\s*(?:{_D}|{_LONG})", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:trong|không quá|chậm nhất|tối đa|sau)\s+(?:(?:vòng|thời hạn|thời gian|là|không quá|sau)\s+){0,3}"
    r"(?P<count>\d{1,3})\s+(?:\([^()\d]{1,30}\)\s+)?ngày(?P<work>\s+làm việc)?,?\s+(?:kể từ|tính từ|từ)\s+ngày\s*"
    rf"(?:{_D}|{_LONG})",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(
    r"\b(?:hiệu lực|hết hạn|hợp đồng|thi hành|tính|sinh|ban hành|văn bản|công văn|báo cáo|số \S{1,20})"
    r"\s(?:thi hành\s)?(?:kể\s)?$",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"\s*(?:(?:,|và|hoặc)\s*(?:trước\s*)?(?:ngày[.,:;]?\s*)?\d{1,2}(?:/|\s+tháng\s+)\d{1,2}\s*)?(?:của\s+)?(?:hằng|hàng|mỗi)"
    r"\s+năm\b",
    re.IGNORECASE,
)
_SINCE = re.compile(rf"\btừ\s+{_CLOCK}(?:ngày\s*)?(?:{_D}|{_LONG})\s*$", re.IGNORECASE)
_EVERY_BEFORE = re.compile(
    r"(?:\b(?:hàng|hằng|mỗi) năm|\bbáo cáo năm)\s*[:,(]?\s*$",
    re.IGNORECASE,
)
_ON_DUTY = re.compile(
    r"\b(?:trực|túc trực|ngày nghỉ|ngày lễ|ứng trực)\b[^;.]{0,60}$", re.IGNORECASE
)  # what is done all the time between two days has no day by which it is done
_DIGIT = re.compile(r"\d")
_OVERDUE = 60  # days before the letter in which a stated deadline is an error rather than history


def find_days(text: str, letter_date: str | None) -> Iterator[Deadline]:
    """Deadlines of a text that are days; those every year on a day are recurring."""
    rules = (
        (_BEFORE, DeadlineRelation.BEFORE),
        (_LATEST, DeadlineRelation.BY_END_OF),
        (_FROM_NOW, DeadlineRelation.BY_END_OF),
        (_UNTIL, DeadlineRelation.BY_END_OF),
        (_ON, DeadlineRelation.ON),
    )
    yield from _counted(text, letter_date)
    on_duty = [
        match.span()
        for match in _RANGE.finditer(text)
        if _ON_DUTY.search(text[max(match.start() - 90, 0) : match.start()])
    ]
    for pattern, relation in rules:
        for match in pattern.finditer(text):
            if _stated_year(match) is None and _EVERY_BEFORE.search(text, max(match.start() - 60, 0), match.start()):
                yield Deadline(match.start(), match.end(), None, DeadlineRelation.RECURRING, "yearly")
                continue
            if yearly := _YEARLY.match(text, match.end()):
                yield Deadline(match.start(), yearly.end(), None, DeadlineRelation.RECURRING, "yearly")
                continue
            iso = resolve(*_first_three(match), letter_date)
            if iso is None or _is_history(text, match.start(), iso, letter_date):
                continue
            if any(low <= match.start() < high for low, high in on_duty):
                continue
            if pattern is _UNTIL and not is_due(text, match.start()) and not _is_ahead(iso, letter_date):
                continue
            ranged = (
                pattern is _UNTIL and _SINCE.search(text, max(match.start() - 50, 0), match.start() + 1) is not None
            )
            yield Deadline(match.start(), match.end(), iso, relation, exact=True, loose=ranged)
    for pattern in (_FROM, _BARE):
        for match in pattern.finditer(text):
            iso = resolve(*_first_three(match), letter_date)
            if iso is None or not _is_ahead(iso, letter_date):
                continue
            if any(low <= match.start() < high for low, high in on_duty):
                continue
            if not _IN_FORCE.search(text[max(match.start() - 40, 0) : match.start()]):
                yield Deadline(match.start(), match.end(), iso, DeadlineRelation.ON, loose=True)


def _counted(text: str, letter_date: str | None) -> Iterator[Deadline]:
    """So many days, or working days, from a day that is named; holidays are not known."""
    for match in _COUNTED.finditer(text):
        start = resolve(*_first_three(match, 2), letter_date)
        if start is None:
            continue
        day, left = date.fromisoformat(start), int(match.group("count"))
        while left:
            day += timedelta(days=1)
            left -= not match.group("work") or day.weekday() < 5
        yield Deadline(match.start(), match.end(), day.isoformat(), DeadlineRelation.WITHIN, exact=True)


def _is_ahead(iso: str, letter_date: str | None) -> bool:
    """Whether a day lies behind the date of the letter, as that of nothing it cites or reports can."""
    return letter_date is not None and iso[: len(letter_date)] > letter_date


def _is_history(text: str, start: int, iso: str, letter_date: str | None) -> bool:
    """Whether a day behind the letter's date bounds what was done ("được phê duyệt trước ngày 01/01/2020")."""
    if letter_date is None or len(letter_date) < 10 or iso >= letter_date:
        return False
    before = text[max(start - 60, 0) : start]
    if PAST.search(before) or OF_THINGS.search(before):
        return True
    day = _DIGIT.search(text, start)
    if day is not None and CUT_OFF.search(text[max(start - 60, 0) : day.start()]):
        return True
    return (date.fromisoformat(letter_date) - date.fromisoformat(iso)).days > _OVERDUE


def _stated_year(match: re.Match[str]) -> int | None:
    return _first_three(match)[2]


def _first_three(match: re.Match[str], first: int = 0) -> tuple[int, int, int | None]:
    groups = match.groups()
    at = next(index for index in range(first, len(groups), 3) if groups[index] is not None)
    year = groups[at + 2]
    century = 2000 if year and len(year) == 2 else 0
    return int(groups[at]), int(groups[at + 1]), int(year) + century if year else None
