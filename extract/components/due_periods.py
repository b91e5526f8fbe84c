"""Deadlines that name a month, quarter, half or year, or a part of one: the last day of it is the deadline."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from extract.components.due import PAST, Deadline, is_due, iso_day
from extract.records import DeadlineRelation

_YEAR = r"(?:\s*(?:năm\s+|/\s?)(\d{4}))?"
_AND = r"(?:\s?,\s?(?:và\s+)?|\s+và\s+|\s?[-–]\s?|\s+đến\s+)"
_DATED = r"(?=\s*(?:năm\s+|/\s?)\d{4})"
_Q = r"[Il1|]?V|[Il1|]{1,3}|[2-4]"  # I read as l, 1 or |
_PART = (
    r"(?P<part>tuần\s+(?:đầu|cuối|thứ\s+(?:nhất|hai|ba|tư))|nửa\s+(?:đầu|cuối)|10\s+ngày\s+(?:đầu|cuối)"
    r"|n[^\W\d]{1,3}a\s+đầu|thượng\s+tuần|trung\s+tuần|hạ\s+tuần|giữa)\s+(?:của\s+)?(?=tháng)"
)
_UNIT = (
    r"(?:tháng\s+(?P<month>\d{1,2})"
    rf"(?:{_AND}(?:tháng\s+)?(?P<last_month>\d{{1,2}}){_DATED})?"
    rf"|qu[ýy]\s+(?P<quarter>{_Q})"
    rf"(?:{_AND}(?:quý\s+)?(?P<last_quarter>{_Q}){_DATED})?"
    r"|(?P<half>6 tháng đầu|sáu tháng đầu|6 tháng cuối|sáu tháng cuối|nửa đầu|nửa cuối)(?=\s+năm)"
    rf"|năm\s+(?P<year>\d{{4}})(?!\s?[-–]))(?(year)|{_YEAR})(?!\w)"
)
_PERIOD = re.compile(
    r"(?:\b(?P<lead>(?:thời gian|thời hạn|hạn|tiến độ|hoàn thành)(?:\s+(?:hoàn thành|thực hiện|báo cáo|xong))*\s*:\s*"
    r"(?:xong\s+)?(?:trong|vào|đến hết|trước)?"
    r"|(?:chậm|muộn) nhất(?:\s+(?:là|vào|trong|đến|hết|cuối))*"
    r"|xong(?:\s+(?:trong|vào))?|hoàn thành|trong|vào(?:\s+cuối)?|trước khi hết|trước"
    r"|(?:từ nay\s+)?(?:cho\s+)?(?:đến|hết)(?:\s+(?:hết|cuối))?|cuối)\s+"
    rf"|(?P<bracket>\(\s?)|\b(?={_PART}))(?:{_PART.replace('?P<part>', '?P<of>')})?{_UNIT}",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"\b(?P<lead>trong|đến hết|hết|đến cuối|cuối)\s+(?P<unit>năm|tháng|quý)(?:\s+(?P<this>này|nay))?\b(?!\s*\d)"
    r"(?!\s+(?:[IVl1|]|sau|tới|trước|cuối|đầu|học|kế hoạch))",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"\bngay\s$", re.IGNORECASE)
_END = re.compile(r"\s*(?:[.;,)]|$)")
_MEETING = re.compile(
    r"\b(?:tại|trong|vào)\s+(?:phiên|kỳ|cuộc|buổi)\s+họp\s(?:(?!ngày|đã)[^\s,.;:]{1,20}\s){0,8}?(?:vào\s+)?tháng\s+"
    rf"(?P<month>\d{{1,2}}){_YEAR}(?!\d)",
    re.IGNORECASE,
)
_HANDED_IN = re.compile(r"\b(?:báo cáo|trình|thông qua|gửi|cho ý kiến)\b(?:(?!kiểm điểm)[^,.;])*$", re.IGNORECASE)
_NAMING = re.compile(r"(?:kỳ họp|phiên họp|cuộc họp|hội nghị|tổng kết|sơ kết|kiểm điểm)\s*$", re.IGNORECASE)
_AVOIDED = re.compile(
    r"\b(?:không (?:để|được|dồn|nên)|tránh|hạn chế)\b[^,;.]{0,60}$", re.IGNORECASE
)  # "không để dồn vào cuối năm"
_LIMITS = ("chậm nhất", "muộn nhất", "từ nay", "xong", "thời hạn", "thời gian", "hạn", "tiến độ", "hoàn thành:", "(")
"""Words that set a limit whatever stands before them."""
_LAST_DAYS = {
    "tuần đầu": 7, "tuần thứ nhất": 7, "tuần thứ hai": 14, "tuần thứ ba": 21, "tuần thứ tư": 28, "nửa đầu": 15,
    "10 ngày đầu": 10, "thượng tuần": 10, "trung tuần": 20, "giữa": 15,
}  # fmt: skip
"""The last day of the parts of a month; of others it is the last of the month."""


def find_periods(text: str, letter_date: str | None) -> Iterator[Deadline]:
    """Deadlines of a text that are the end of a period, or the beginning of one before which something is due."""
    for match in _MEETING.finditer(text):
        clause = text[max(match.start() - 80, 0) : match.start()]
        end = _end_of(match, letter_date, first=False) if _HANDED_IN.search(clause) else None
        if end and not _is_over(end, letter_date):
            yield Deadline(match.start(), match.end(), end, DeadlineRelation.WITHIN)
    for match in _PERIOD.finditer(text):
        if _AVOIDED.search(text[max(match.start() - 80, 0) : match.start()]):
            continue
        lead = (match.group("lead") or match.group("bracket") or "trong").lower().strip()
        if _is_limit(text, match, lead) and not _NAMING.search(text[max(match.start() - 20, 0) : match.start()]):
            end = _end_of(match, letter_date, first=lead.endswith("trước"))
            if end is not None and not _is_over(end, letter_date):
                yield Deadline(match.start(), match.end(), end, _relation(lead))
    for match in _THIS.finditer(text):
        if _AVOIDED.search(text[max(match.start() - 80, 0) : match.start()]):
            continue
        end = _end_of_this(match.group("unit").lower(), letter_date)
        closing = _AT_ONCE.search(text, 0, match.start()) or _END.match(text, match.end())
        named = match.group("this") or match.group("unit").lower() == "năm" or closing
        if end and named and is_due(text, match.start()):
            yield Deadline(match.start(), match.end(), end, _relation(match.group("lead").lower()), loose=True)


def _is_limit(text: str, match: re.Match[str], lead: str) -> bool:
    """Whether the words around a period make it one in which something is to be done."""
    if lead == "(":
        return text[match.end() :].lstrip().startswith(")")
    if PAST.search(text[max(match.start() - 60, 0) : match.start()]):
        return False
    if lead.startswith(_LIMITS) or is_due(text, match.start()):
        return True
    return lead != "trước" and bool(re.match(r"\s*(?:[.;,)]|$)", text[match.end() : match.end() + 8]))


def _is_over(end: str, letter_date: str | None) -> bool:
    return bool(letter_date) and end[: len(letter_date or "")] < (letter_date or "")


def _relation(lead: str) -> DeadlineRelation:
    if lead.endswith("trước"):
        return DeadlineRelation.BEFORE
    within = lead.endswith(("trong", "vào", "hoàn thành", "xong", ":", "("))
    return DeadlineRelation.WITHIN if within and not lead.startswith(_LIMITS[:2]) else DeadlineRelation.BY_END_OF


def _end_of(match: re.Match[str], letter_date: str | None, *, first: bool) -> str | None:
    """The last day of a period, or its first where the deadline is "before" it."""
    groups = match.groupdict()
    stated = groups.get("year") or match.group(match.re.groups)
    if not stated and letter_date is None:
        return None
    year = int(stated or (letter_date or "")[:4])
    low, high = 1, 12
    if month := groups.get("month"):
        low, high = int(month), int(groups.get("last_month") or month)
    elif quarter := groups.get("quarter"):
        low = 3 * _quarter(quarter) - 2
        high = 3 * _quarter(groups.get("last_quarter") or quarter)
    elif half := groups.get("half"):
        low, high = (1, 6) if "đầu" in half.lower() else (7, 12)
    if not 1 <= low <= high <= 12:
        return None
    if not stated and letter_date is not None and len(letter_date) >= 7 and high < int(letter_date[5:7]):
        year += 1
    if first:
        return iso_day(1, low, year)
    part = " ".join((groups.get("of") or "").lower().split())
    if part.startswith("n") and part.endswith("đầu"):
        part = "nửa đầu"  # whatever became of "nửa"
    if not 1 <= year <= 9999:
        return None
    return iso_day(_LAST_DAYS.get(part, calendar.monthrange(year, high)[1]), high, year)


def _quarter(text: str) -> int:
    if text in "234":
        return int(text)
    return 4 if text.upper().endswith("V") else len(text)


def _end_of_this(unit: str, letter_date: str | None) -> str | None:
    """The last day of the year, quarter or month of the letter."""
    if letter_date is None or (unit != "năm" and len(letter_date) < 7):
        return None
    month = 12 if unit == "năm" else int(letter_date[5:7])
    if unit == "quý":
        month = (month + 2) // 3 * 3
    year = int(letter_date[:4])
    return iso_day(calendar.monthrange(year, month)[1], month, year)
