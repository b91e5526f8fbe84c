"""Deadlines in the words of a task: day, end of a period, recurrence, or a span of time from receipt."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extract.records import DeadlineRelation

_D = r"(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?(\d{4}))?(?![\d/])"
_LONG = r"(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?(?!\d)"
_CLOCK = r"(?:\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{1,2})?\s?(?:phút)?,?\s*)?"
_DAY = rf"{_CLOCK}(?:ng[àa]y\s*)?(?:thứ\s\w+,?\s*(?:ngày\s*)?)?(?:{_D}|{_LONG})"
_BEFORE = re.compile(rf"\btr[ưu][ớo]c\s+{_DAY}", re.IGNORECASE)
_LATEST = re.compile(
    rf"\b(?:chậm nhất|muộn nhất|hạn cuối|hạn chót|thời hạn|thời gian|hạn)(?:\s+(?:là|vào|đến|cùng|hoàn thành|báo cáo"
    rf"|gửi|:|trước))*\s*:?\s*{_DAY}",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"\b(?:đến hết|hết|cho đến|đến)\s+ngày\s*(?:{_D}|{_LONG})", re.IGNORECASE)
_ON = re.compile(
    rf"\b(?:vào|trong)\s+ngày\s*(?:{_D}|{_LONG})|\bhoàn thành\s+(?:vào\s+)?ngày\s*(?:{_D}|{_LONG})", re.IGNORECASE
)
_YEAR = r"(?:\s*(?:năm\s+|/\s?)(\d{4}))?"
_AND = r"(?:\s?,\s?(?:và\s+)?|\s+và\s+|\s?[-–]\s?|\s+đến\s+)"
_DATED = r"(?=\s*(?:năm\s+|/\s?)\d{4})"
_PERIOD = re.compile(
    r"\b(?P<lead>(?:thời gian|thời hạn)(?:\s+(?:hoàn thành|thực hiện|báo cáo))?\s*:\s*(?:trong)?|chậm nhất trong"
    r"|chậm nhất là trong|chậm nhất vào cuối|chậm nhất là cuối|chậm nhất đến hết|chậm nhất"
    r"|muộn nhất trong|xong trong"
    r"|trong|đến hết|từ nay đến hết|từ nay đến cuối|trước khi hết|cho đến hết|hết|đến cuối|cuối"
    r"|trước)\s+(?:tháng\s+(?P<month>\d{1,2})"
    rf"(?:{_AND}(?:tháng\s+)?(?P<last_month>\d{{1,2}}){_DATED})?"
    r"|quý\s+(?P<quarter>IV|I{1,3}|[1-4])"
    rf"(?:{_AND}(?:quý\s+)?(?P<last_quarter>IV|I{{1,3}}|[1-4]){_DATED})?"
    r"|(?P<half>6 tháng đầu|sáu tháng đầu|6 tháng cuối|sáu tháng cuối|nửa đầu"
    r"|nửa cuối)(?=\s+năm)"
    rf"|năm\s+(?P<year>\d{{4}})(?!\s?[-–]))(?(year)|{_YEAR})(?!\d)",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(r"\b(?P<lead>trong|đến hết|hết|đến cuối|cuối)\s+(?:năm nay|năm)\b(?!\s*\d)", re.IGNORECASE)
_EVERY = re.compile(
    r"(?P<day>\btrước\s+(?:ngày\s+)?(?:mùng\s+)?\d{1,2}\s+)?(?:\bđịnh kỳ\s+)?\b(?:hàng|hằng|mỗi)\s+(?P<unit>ngày"
    r"|tuần|tháng|quý|năm)\b",
    re.IGNORECASE,
)
_EVERY_QUARTER = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|vào)\s+(?:là\s+|vào\s+)?ngày\s+\d{1,2}\s+(?:của\s+)?tháng\s+(?:cuối|đầu)\s+"
    r"(?:của\s+)?(?:mỗi\s+|hằng\s+|hàng\s+)?(?P<unit>quý)\b",
    re.IGNORECASE,
)
_EVERY_HALF = re.compile(r"\bđịnh kỳ\s+(?:\(?\s*)?(?P<unit>6 tháng|tháng|quý|tuần|năm|sáu tháng)\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(?:trong|không quá|chậm nhất|tối đa)\s+(?:vòng\s+|thời hạn\s+|thời gian\s+|là\s+|không quá\s+"
    r"|sau\s+)*\d{1,3}\s+(?:\([^()\d]{1,30}\)\s+)?"
    r"(?:giờ làm việc|ngày làm việc|giờ|ngày|tuần|tháng)(?:\s+(?:làm việc|kể từ|sau khi|tính từ|từ)[^,;.]{0,80})?",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:hoàn thành|xong|kết thúc|báo cáo|gửi|trình|ban hành|thực hiện|triển khai|phải|đảm bảo|tham mưu|khắc phục"
    r"|nộp|tổ chức|giải quyết"
    r"|xử lý|đăng ký|hoàn thiện|giải ngân|tổng hợp|phấn đấu|cập nhật|rà soát|đưa vào)\b",
    re.IGNORECASE,
)
_LIMITS = ("chậm nhất", "muộn nhất")
"""Words that set a limit whatever stands before them."""
_UNITS = {
    "ngày": "daily", "tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly",
    "6 tháng": "half-yearly", "sáu tháng": "half-yearly",
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MEETING = re.compile(r"(?:kỳ họp|phiên họp|cuộc họp|hội nghị|tổng kết|sơ kết|kiểm điểm)\s*$", re.IGNORECASE)
_OVERDUE = 60  # days before the letter in which a stated deadline is an error rather than history
_PAST = re.compile(r"\b(?:đã|từng|được|phát sinh|tồn đọng)\s[^,;.]{0,60}$", re.IGNORECASE)
_HANDED_ON = re.compile(
    r"[\s,)]{0,3}(?:để|đề)\s(?:\S{1,12}\s){0,6}?(?:tổng hợp|trình|báo cáo|gửi|xem xét)\b[^.;]{0,300}"
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline at `start`..`end` of the text; `iso` is None where it is no day of the calendar.

    `exact` where the text names the day itself rather than a month, quarter or year.
    """

    start: int
    end: int
    iso: str | None
    relation: DeadlineRelation
    recurrence: str | None = None
    exact: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it names a day or period."""
        return self.iso is not None


def find_deadlines(text: str, letter_date: str | None) -> tuple[Deadline, ...]:
    """The deadlines a text sets, in order.

    Args:
        text: the words of a task.
        letter_date: date of the letter (ISO, maybe month or year only), from which a date without a year takes it.
            A day well before it is history; one shortly before it is a deadline that the checks will question.
    """
    found: list[Deadline] = []
    taken = bytearray(len(text))
    for finder in (_days, _recurring, _periods, _spans):
        for deadline in finder(text, letter_date):
            if not any(taken[deadline.start : deadline.end]):
                taken[deadline.start : deadline.end] = b"\1" * (deadline.end - deadline.start)
                found.append(deadline)
    return tuple(sorted(found, key=lambda deadline: deadline.start))


def choose(deadlines: tuple[Deadline, ...], text: str = "") -> Deadline | None:
    """The one that binds a task: the last day named, else the last period, else recurrence, else a span of time.

    A day by which somebody else goes on with what was handed in ("gửi trước ngày … để tổng hợp, trình … trước ngày …")
    binds nobody the task is for; `text` is where the deadlines were found.
    """
    ranked = sorted(deadlines, key=lambda deadline: (_weight(deadline), deadline.start))
    if not ranked:
        return None
    last = ranked[-1]
    for earlier in ranked[:-1]:
        if earlier.exact and last.exact and _HANDED_ON.fullmatch(text, earlier.end, last.start):
            return earlier
    return last


def _weight(deadline: Deadline) -> int:
    if deadline.relation is DeadlineRelation.RECURRING:
        return 1
    if not deadline.is_dated:
        return 0
    return 3 if deadline.exact else 2


def _days(text: str, letter_date: str | None) -> Iterator[Deadline]:
    rules = (
        (_BEFORE, DeadlineRelation.BEFORE),
        (_LATEST, DeadlineRelation.BY_END_OF),
        (_UNTIL, DeadlineRelation.BY_END_OF),
        (_ON, DeadlineRelation.ON),
    )
    for pattern, relation in rules:
        for match in pattern.finditer(text):
            day, month, year = _first_three(match)
            iso = _resolve(day, month, year, letter_date)
            if iso is None or _is_history(text, match.start(), iso, letter_date):
                continue
            if relation is DeadlineRelation.BY_END_OF and pattern is _UNTIL and not _is_due(text, match.start()):
                continue
            yield Deadline(match.start(), match.end(), iso, relation, exact=True)


def _is_history(text: str, start: int, iso: str, letter_date: str | None) -> bool:
    """Whether a day behind the letter's date bounds what was done ("được phê duyệt trước ngày 01/01/2020")."""
    if letter_date is None or len(letter_date) < 10 or iso >= letter_date:
        return False
    if _PAST.search(text[max(start - 60, 0) : start]):
        return True
    return (date.fromisoformat(letter_date) - date.fromisoformat(iso)).days > _OVERDUE


def _first_three(match: re.Match[str]) -> tuple[int, int, int | None]:
    groups = match.groups()
    at = next(index for index in range(0, len(groups), 3) if groups[index] is not None)
    year = groups[at + 2]
    return int(groups[at]), int(groups[at + 1]), int(year) if year else None


def _resolve(day: int, month: int, year: int | None, letter_date: str | None) -> str | None:
    """A day as ISO text; without a year it is the first such day that is not before the letter."""
    if year is None:
        if letter_date is None:
            return None
        year = int(letter_date[:4])
        if (same := _iso(day, month, year)) is not None and same[: len(letter_date)] < letter_date:
            year += 1
    return _iso(day, month, year)


def _iso(day: int, month: int, year: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _recurring(text: str, _: str | None) -> Iterator[Deadline]:
    for match in (*_EVERY_QUARTER.finditer(text), *_EVERY.finditer(text), *_EVERY_HALF.finditer(text)):
        fixed = (
            match.re is not _EVERY or bool(match.group("day")) or match.group().lower().startswith(("định kỳ", "mỗi"))
        )
        opening = not text[: match.start()].strip() or text[: match.start()].rstrip().endswith((",", ";", "."))
        if fixed or opening or _is_due(text, match.start()):
            unit = _UNITS[match.group("unit").lower()]
            yield Deadline(match.start(), match.end(), None, DeadlineRelation.RECURRING, unit)


def _periods(text: str, letter_date: str | None) -> Iterator[Deadline]:
    for match in _PERIOD.finditer(text):
        lead = match.group("lead").lower()
        due = lead.startswith(_LIMITS) or _is_due(text, match.start())
        due = due or (lead != "trước" and _closes(text, match.end()))
        if (
            not due
            or _MEETING.search(text[max(match.start() - 20, 0) : match.start()])
            or _PAST.search(text[max(match.start() - 60, 0) : match.start()])
        ):
            continue
        year_text = match.group("year") or match.group(match.re.groups)
        end = _end_of(match, int(year_text) if year_text else None, letter_date, first=lead == "trước")
        if end is None or (letter_date and end[: len(letter_date)] < letter_date):
            continue
        yield Deadline(match.start(), match.end(), end, _relation(lead))
    for match in _THIS_YEAR.finditer(text):
        if letter_date and _is_due(text, match.start()):
            yield Deadline(
                match.start(), match.end(), f"{letter_date[:4]}-12-31", _relation(match.group("lead").lower())
            )


def _relation(lead: str) -> DeadlineRelation:
    if lead == "trước":
        return DeadlineRelation.BEFORE
    return DeadlineRelation.WITHIN if lead in ("trong", "xong trong") else DeadlineRelation.BY_END_OF


def _end_of(match: re.Match[str], year: int | None, letter_date: str | None, *, first: bool) -> str | None:
    """The last day of a period, or its first where the deadline is "before" it."""
    stated_year = year
    if year is None:
        if letter_date is None:
            return None
        year = int(letter_date[:4])
    low, high = 1, 12
    if month := match.group("month"):
        low, high = int(month), int(match.group("last_month") or month)
    elif quarter := match.group("quarter"):
        low = 3 * _QUARTERS[quarter.lower()] - 2
        high = 3 * _QUARTERS[(match.group("last_quarter") or quarter).lower()]
    elif half := match.group("half"):
        low, high = (1, 6) if "đầu" in half else (7, 12)
    if not 1 <= low <= high <= 12:
        return None
    if stated_year is None and letter_date is not None and len(letter_date) >= 7 and high < int(letter_date[5:7]):
        year += 1
    if first:
        return _iso(1, low, year)
    return _iso(calendar.monthrange(year, high)[1], high, year) if 1 <= year <= 9999 else None


def _spans(text: str, _: str | None) -> Iterator[Deadline]:
    for match in _SPAN.finditer(text):
        low = max(match.start() - 300, 0)
        if text.rfind("(", low, match.start()) <= text.rfind(")", low, match.start()):
            yield Deadline(match.start(), match.end(), None, DeadlineRelation.WITHIN)


def _is_due(text: str, start: int) -> bool:
    """Whether the words before, in the same sentence, say that something is to be done by then."""
    before = text[max(start - 120, 0) : start]
    sentence = before[max(before.rfind(". "), before.rfind(";")) + 1 :]
    return bool(_DONE.search(sentence)) or not sentence.strip()


def _closes(text: str, end: int) -> bool:
    """Whether nothing follows in the clause ("… trong quý IV năm 2025.")."""
    return bool(re.match(r"\s*(?:[.;,)]|$)", text[end : end + 8]))
