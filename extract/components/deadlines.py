"""Deadlines in the words of a task: day, end of a period, recurrence, an event, or a span of time from receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.components.due import Deadline, is_due
from extract.components.due_days import find_days
from extract.components.due_periods import find_periods
from extract.records import DeadlineRelation

_WEEKDAY = r"(?:(?:thứ\s\w+|chủ nhật|ngày\s+(?:làm việc\s+)?(?:đầu tiên|cuối cùng|\d{1,2}))\s+(?:của\s+)?)?"
_EVERY = re.compile(
    r"(?P<day>\btrước\s+(?:ngày\s+)?(?:mùng\s+)?\d{1,2}\s+(?:giờ\s+(?:\d\d\s+)?)?)?"
    rf"(?:\bđịnh kỳ\s+(?:vào\s+)?)?\b{_WEEKDAY}"
    r"(?:hàng|hằng|mỗi)\s+(?P<unit>ngày|tuần|tháng|quý|năm)\b",
    re.IGNORECASE,
)
_EVERY_QUARTER = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|vào)\s+(?:là\s+|vào\s+)?ngày\s+\d{1,2}\s+(?:của\s+)?tháng\s+(?:cuối|đầu)\s+"
    r"(?:của\s+)?(?:mỗi\s+|hằng\s+|hàng\s+)?(?P<unit>quý)\b",
    re.IGNORECASE,
)
_EVERY_MONTH = re.compile(
    r"\b(?:trước|chậm nhất|muộn nhất|vào)\s+(?:là\s+|vào\s+)?ngày\s+\d{1,2}\s+(?:của\s+)?(?P<unit>tháng)\s+"
    r"(?:sau|liền sau|kế tiếp|tiếp theo|báo cáo)\b",
    re.IGNORECASE,
)
_EVERY_HALF = re.compile(r"\bđịnh kỳ\s+(?:\(?\s*)?(?P<unit>6 tháng|tháng|quý|tuần|năm|sáu tháng|ngày)\b", re.IGNORECASE)
_TIMES = re.compile(r"\b\d{1,2}\s+(?:lần|kỳ|buổi)\s?/\s?(?P<unit>ngày|tuần|tháng|quý|năm)\b", re.IGNORECASE)
_EVERY_FEW = re.compile(
    r"\b(?:định kỳ\s+|cứ\s+)?(?P<count>\d{1,2})\s+(?P<unit>ngày|tuần|tháng)(?:\s?/\s?|\s+(?=(?:một|01|1)\s))"
    r"(?:(?:một|01|1)\s+)?lần\b",
    re.IGNORECASE,
)
_FEW = {
    (7, "ngày"): "weekly", (15, "ngày"): "half-monthly", (1, "tuần"): "weekly", (2, "tuần"): "fortnightly",
    (1, "tháng"): "monthly", (3, "tháng"): "quarterly", (6, "tháng"): "half-yearly",
}  # fmt: skip
_SPAN = re.compile(
    r"\b(?:trong|không quá|chậm nhất|tối đa|sau)\s+(?:vòng\s+|thời hạn\s+|thời gian\s+|là\s+|không quá\s+"
    r"|sau\s+)*(?:\d{1,3}\s?|(?:một|hai|ba|năm|mười)\s)\s*(?:\([^()\d]{1,30}\)\s+)?"
    r"(?:giờ làm việc|ngày làm việc|giờ|h|ngày|tuần|tháng)(?!\w)"
    r"(?:,?\s+(?:làm việc|kể từ|sau khi|tính từ|từ)[^,;.]{0,80})?",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:đến\s+)?trước\s+(?:thềm\s+|dịp\s+)?(?:kỳ họp|phiên họp|hội nghị|đại hội|kỳ thi|năm học|mùa\s|tết\b|lễ\s"
    r"|ngày khai giảng)(?:(?!trước\b|ngày \d|chậm nhất)[^,;.()])*",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\bngay\s+(?:sau\s+)?khi\s+(?:nhận được|có)\s[^,;.()]{2,60}"
    r"|\b(?:ngay\s+)?trong\s+(?:tuần\s+(?:này|tới|sau)|ngày\s+(?:hôm nay|mai|làm việc)|hôm nay|tháng\s+(?:tới|sau))\b",
    re.IGNORECASE,
)
_UNITS = {
    "ngày": "daily", "tuần": "weekly", "tháng": "monthly", "quý": "quarterly", "năm": "yearly",
    "6 tháng": "half-yearly", "sáu tháng": "half-yearly",
}  # fmt: skip


_ENGLISH = {"ngày": "days", "tuần": "weeks", "tháng": "months"}


def find_deadlines(text: str, letter_date: str | None) -> tuple[Deadline, ...]:
    """The deadlines a text sets, in order.

    Args:
        text: the words of a task.
        letter_date: date of the letter (ISO, maybe month or year only), from which a date without a year takes it.
            A day well before it is history; one shortly before it is a deadline that the checks will question.
    """
    found: list[Deadline] = []
    taken = bytearray(len(text))
    for finder in (_events, find_days, _every_few, _recurring, find_periods, _spans):
        for deadline in finder(text, letter_date):
            if not any(taken[deadline.start : deadline.end]):
                taken[deadline.start : deadline.end] = b"\1" * (deadline.end - deadline.start)
                found.append(deadline)
    return tuple(sorted(found, key=lambda deadline: deadline.start))


def read_due(words: str, letter_date: str | None) -> Deadline | None:
    """The deadline of words that are nothing else: a cell of a table, or what stands behind "Thời gian:"."""
    for lead in ("Hoàn thành: ", "Hoàn thành trong ", "Thời hạn: "):
        text = f"{lead}{words[:1].lower()}{words[1:]}"
        due = choose(find_deadlines(text, letter_date))
        if due is not None:
            low, high = max(due.start - len(lead), 0), due.end - len(lead)
            relation = DeadlineRelation.ON if due.exact and lead.startswith("Thời") else due.relation
            return Deadline(low, high, due.iso, relation, due.recurrence, due.exact, due.loose)
    return None


def choose(deadlines: tuple[Deadline, ...]) -> Deadline | None:
    """The one that binds a task: a day, else the last of a stretch of days, a period, a day ahead, else what recurs.

    What is left is a span of time. Of several it is the first, by which those ordered hand in what others go on with
    ("gửi trước ngày … để tổng hợp, trình … trước ngày …").
    """
    return min(deadlines, key=lambda deadline: (-_weight(deadline), deadline.start), default=None)


def _weight(deadline: Deadline) -> int:
    if deadline.relation is DeadlineRelation.RECURRING:
        return 1
    if not deadline.is_dated:
        return 0
    if deadline.exact:
        return 4 if deadline.loose else 5
    return 2 if deadline.loose else 3


def _events(text: str, _: str | None) -> Iterator[Deadline]:
    """Events whose day the text does not tell, and days told from the one on which it is read."""
    for match in _EVENT.finditer(text):
        yield Deadline(match.start(), match.end(), None, DeadlineRelation.BEFORE)
    for match in _SOON.finditer(text):
        yield Deadline(match.start(), match.end(), None, DeadlineRelation.WITHIN)


def _recurring(text: str, _: str | None) -> Iterator[Deadline]:
    for pattern in (_EVERY_QUARTER, _EVERY_MONTH, _EVERY, _EVERY_HALF, _TIMES):
        for match in pattern.finditer(text):
            words = match.group().lower()
            fixed = (
                pattern is not _EVERY
                or bool(match.group("day"))
                or words.startswith(("định kỳ", "mỗi", "thứ", "ngày ", "chủ nhật"))
            )
            before = text[: match.start()].rstrip()
            if fixed or not before or before.endswith((",", ";", ".", ":")) or is_due(text, match.start()):
                unit = _UNITS[match.group("unit").lower()]
                yield Deadline(match.start(), match.end(), None, DeadlineRelation.RECURRING, unit)


def _every_few(text: str, _: str | None) -> Iterator[Deadline]:
    for match in _EVERY_FEW.finditer(text):
        count, unit = int(match.group("count")), match.group("unit").lower()
        told = _FEW.get((count, unit), f"every {count} {_ENGLISH[unit]}")
        yield Deadline(match.start(), match.end(), None, DeadlineRelation.RECURRING, told)


def _spans(text: str, _: str | None) -> Iterator[Deadline]:
    for match in _SPAN.finditer(text):
        low = max(match.start() - 300, 0)
        if text.rfind("(", low, match.start()) <= text.rfind(")", low, match.start()):
            yield Deadline(match.start(), match.end(), None, DeadlineRelation.WITHIN)
