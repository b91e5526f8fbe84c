"""What the rules of scores share: a value, the clause before it, and what tells that a number is a difference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from extract.components.subjects import subject_before

NUMBER = r"\d{1,4}(?:[.,]\d{1,4})?"
# Not inside a longer number, a date or a code, nor behind the half of a torn number.
FREE = r"(?<!\d;)(?<![\w.,/⁄∕-])(?<!\d\s)"
PREVIOUS = re.compile(
    r"\bso với\b|\bcùng kỳ\b|\b(?:cao|thấp|kém|nhỉnh)\s+hơn\s+(?:mức\s+|kết quả\s+|của\s+)?(?:năm|tháng|quý|kỳ)\b"
    r"|\((?:[^()]{0,20}\s)?(?:năm|tháng|quý|kỳ)\s+[^()]{0,30}$|\bnăm (?:trước|ngoái)\b"
)
_DIFFERENCE = re.compile(
    r"\b(?:tăng|giảm|cao hơn|thấp hơn|kém|hơn|chênh lệch|khoảng cách|cách biệt)\b"
    r"(?P<between>[^.;(),\d]{0,70}(?:(?:\d{1,2}/)?20\d\d[^.;(),\d]{0,30})?)$",
    re.IGNORECASE,
)
_BY = re.compile(  # "tăng thêm 1,2 điểm", "tăng 29 bậc và 8,06 điểm", "cao hơn tới 47,88 điểm"
    r"\b(?:tăng|giảm|hơn|kém|chênh|thêm|bớt|tụt|sụt|hụt|mất|nhích)(?:\s(?:tới|thêm|được|khoảng|gần|hơn|nhẹ|mạnh|đến"
    r"|trưởng|lên|về|là))*"
    r"\s(?:\d{1,3}(?:[.,]\d{1,4})?\s?(?:bậc|hạng|vị trí|điểm|%)\s?(?:,|và|,\svà)\s)?$",
    re.IGNORECASE,
)
_REACHED_BETWEEN = re.compile(r"\b(?:lên|xuống|đạt|còn|từ|thành)\b")
_SMALL = 30  # points or per cent below which what is said behind "cao hơn … là" is a difference
OTHER_SUBJECT = re.compile(
    r"\b(?:t[ỷỉ] lệ(?! điểm)|hồ sơ|đúng hạn|tiếp nhận|trực tuyến|thanh toán|số hóa"
    r"|khoảng cách|giải ngân|hộ nghèo|tăng trưởng|dự toán|nông thôn mới|thu ngân sách|dân số|bao phủ)\b",
    re.IGNORECASE,
)
CLAUSE = 160  # characters of a clause that are looked at
_PLACED = re.compile(r"\b(?:cao nhất|thấp nhất)\s*(?:là\s*)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its place in the sentence and the name of the rule that found it."""

    start: int
    end: int
    value: Decimal
    maximum: Decimal | None
    rule: str
    previous: Decimal | None = None
    name: str | None = None


def is_difference(text: str, start: int, value: Decimal) -> bool:
    """Whether a number says by how much something is higher or lower ("cao hơn năm 2023 là 0,64%")."""
    if _BY.search(text, max(start - 60, 0), start):
        return True
    match = _DIFFERENCE.search(text, max(start - 110, 0), start)
    return match is not None and value < _SMALL and not _REACHED_BETWEEN.search(match["between"])


def clause_before(text: str, start: int) -> str:
    """The words before `start` up to the last break."""
    clause = text[max(start - CLAUSE, 0) : start]
    return clause[max(clause.rfind(";"), clause.rfind(". ")) + 1 :]


def is_component(text: str, match: re.Match[str]) -> bool:
    """Whether the value of a match stands right behind a component of an index."""
    subject = subject_before(text, match.start(1))
    return subject is not None and not subject.is_body


def has_subject(text: str, match: re.Match[str]) -> bool:
    """Whether a body is named right before a value, or called by its place only ("địa phương cao nhất đạt 92,18%")."""
    if subject_before(text, match.start(1)) is not None:
        return True
    return bool(_PLACED.search(text, max(match.start() - 40, 0), match.start()))
