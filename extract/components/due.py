"""What finders of deadlines share: the deadline itself, days of the calendar, and whether words set a limit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extract.records import DeadlineRelation

_DONE = re.compile(
    r"\b(?:hoàn thành|xong|kết thúc|báo cáo|gửi|trình|ban hành|thực hiện|triển khai|phải|đảm bảo|bảo đảm|tham mưu"
    r"|khắc phục|nộp|tổ chức|giải quyết|xử lý|đăng ký|hoàn thiện|giải ngân|tổng hợp|phấn đấu|cập nhật|rà soát|đưa vào"
    r"|xây dựng|phê duyệt|thẩm định|bàn giao|công bố|công khai|kiểm tra|tiến hành|nghiệm thu|vận hành|kết nối)\b",
    re.IGNORECASE,
)

PAST = re.compile(r"\b(?:đã|được|phát sinh|tồn đọng)\s[^,;.]{0,60}$", re.IGNORECASE)
"""Words before a day or period that tell what was done, not what is due."""

CUT_OFF = re.compile(
    r"\b(?:số liệu|dữ liệu|chốt|tính|kỳ báo cáo|thống kê|mốc thời gian)\b"
    r"[^,;.()]{0,40}?\s(?:đến|tới)\s(?:hết\s)?(?:ngày\s)?$",
    re.IGNORECASE,
)
"""Words before a day that tell up to when figures were counted: "số liệu chốt đến hết ngày"."""

OF_THINGS = re.compile(
    r"\b(?:phát sinh|tồn đọng|quá hạn|quá|đến hạn|hết hạn|hết|tiếp nhận|tuyển dụng|có hiệu lực|từ)\s$", re.IGNORECASE
)
"""Words before a limit that say which things are meant: "các hồ sơ quá hạn trước ngày", "gửi từ trước ngày"."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline at `start`..`end` of the text; `iso` is None where it is no day of the calendar.

    `exact` where the text names the day itself rather than a month, quarter or year; `loose` where it is only a day
    ahead on which something is to be done, begins or ends, with no word that sets a limit.
    """

    start: int
    end: int
    iso: str | None
    relation: DeadlineRelation
    recurrence: str | None = None
    exact: bool = False
    loose: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether it names a day or period."""
        return self.iso is not None


def is_due(text: str, start: int) -> bool:
    """Whether the words before, in the same sentence, say that something is to be done by then."""
    before = text[max(start - 120, 0) : start]
    sentence = before[max(before.rfind(". "), before.rfind(";")) + 1 :]
    return bool(_DONE.search(sentence)) or not sentence.strip()


def resolve(day: int, month: int, year: int | None, letter_date: str | None) -> str | None:
    """A day as ISO text; without a year it is the first such day that is not before the letter."""
    if year is None:
        if letter_date is None:
            return None
        year = int(letter_date[:4])
        if (same := iso_day(day, month, year)) is not None and same[: len(letter_date)] < letter_date:
            year += 1
    return iso_day(day, month, year)


def iso_day(day: int, month: int, year: int) -> str | None:
    """A day as ISO text; None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
