"""What a period named in a sentence is there for: what is told, what it is compared with, a plan's name, a deadline.

"Năm 2023 … đạt 83,92%, tụt 12 bậc so với năm 2022 (hạng 45)": the first period is that of all values but the one in
the bracket, which belongs to the period right before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from extract.components.context import UPPER
from extract.components.found import Located
from extract.components.frame_titles import months
from extract.records import DateMention, DateRole, Precision

_REACH = 100  # characters before a period in which the words that tell its use are looked for
_GAP = r"(?:[^.,;:()]|(?<=\d)[.,](?=\d))"  # a character inside a clause; "79,27%" has its comma
_COMPARED = re.compile(
    rf"(?:\bso (?:với|cùng kỳ)\b{_GAP}{{0,60}}|\b(?:hơn|kém|vượt|bằng)\s(?!\d){_GAP}{{0,30}}|\bcùng kỳ\b{_GAP}{{0,20}}"
    rf"|\btừ\s(?:mức\s|vị trí\s|hạng\s|thứ\s|vị thứ\s){{0,3}}\d{_GAP}{{0,40}}"
    r"|\b(?:sang|trước|sau)\s)$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\btừ\s$", re.IGNORECASE)
_SAME_TIME = re.compile(r"\b(?:cùng kỳ|cùng thời điểm)(?:\s(?:năm\s)?(?:trước|ngoái))?\s?$", re.IGNORECASE)
_YEAR_AGO = re.compile(r"\b(?:so với|hơn)(?:\s(?:của\s)?năm\s(?:liền\s)?(?:trước|ngoái))\s?$", re.IGNORECASE)
_HALF = re.compile(r"\bnửa\s(đầu|cuối)\s$", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:\b(?:Kế hoạch|Chương trình|Đề án|Nghị quyết|Quyết định|Chiến lược|Chỉ thị|Luật|Thông tư|Báo cáo|Công văn"
    r"|Tờ trình|Hướng dẫn|Kết luận|Đại hội|kế hoạch|dự toán|chủ đề)\b[^.,;()]{0,80}|\b(?:nhiệm kỳ|khóa)\s)$"
)
_EVENT = re.compile(r"\b(?:họp|hội nghị|phiên|giao ban|kỳ thi|cuộc thi|hội thi)\b[^,;.()]{0,90}$", re.IGNORECASE)
_DUE = re.compile(
    r"\b(?:trước|xong|hoàn thành|chậm nhất|muộn nhất|đến|hết|từ nay|cuối|hạn)\s"
    r"(?:trong\s|cuối\s|hết\s|là\s|đến\s|vào\s|đầu\s){0,3}$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:tính )?đến\s(?:hết\s|cuối\s|nay,?\s|thời điểm\s){0,2}$", re.IGNORECASE)
_INDEX = re.compile(
    rf"(?:\b[Cc]hỉ số\b{_GAP}{{0,80}}|\b[{UPPER}]{{3,8}}(?:\s[Ii][Nn][Dd][Ee][Xx])?\)?\s"
    r"|\b(?:INDEX|Index)\)?\s|\bxếp hạng\b[^,;.:]{0,40})$"
)


class Use(StrEnum):
    """What a period does in its sentence."""

    TOLD = "told"
    INDEX = "index"  # of an index: "Chỉ số … năm 2022"
    UNTIL = "until"  # the time something is counted to
    COMPARED = "compared"
    NAMED = "named"  # in the name of a plan or decision
    EVENT = "event"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Time:
    """A period at `start`..`end` of a sentence, what it is there for, and the bracket it stands in."""

    start: int
    end: int
    iso: str
    use: Use
    bracket: tuple[int, int] | None
    is_days: bool = False


def times_of(text: str, origin: int, named: Sequence[Located[DateMention]], written: str | None) -> tuple[Time, ...]:
    """The periods of a sentence with their uses.

    Args:
        text: the sentence.
        origin: its offset in the flow text.
        named: the periods named in it, in order.
        written: the day the letter was written; what ends behind it is still to come.
    """
    spans = brackets(text)
    found = []
    for item in named:
        start, end = item.start - origin, item.end - origin
        use = _use(text, start, item.record, written)
        days = item.record.precision is Precision.DAY
        found.append(Time(start, end, _in_full(text, start, item.record.iso), use, bracket_at(spans, start), days))
    return tuple(found)


def _in_full(text: str, start: int, iso: str) -> str:
    """A year of which the words before it take one half ("nửa đầu năm 2024")."""
    half = _HALF.search(text, max(start - 12, 0), start) if len(iso) == 4 else None
    if half is None:
        return iso
    return f"{iso}-01/{iso}-06" if half[1].lower() == "đầu" else f"{iso}-07/{iso}-12"


def is_open(iso: str, written: str | None) -> bool:
    """Whether a period was not over when the letter was written."""
    return written is None or months(iso)[1] >= written[:7]


def _use(text: str, start: int, mention: DateMention, written: str | None) -> Use:
    before = text[max(start - _REACH, 0) : start]
    if _COMPARED.search(before) or _SAME_TIME.search(before) or ("/" not in mention.iso and _SINCE.search(before)):
        return Use.COMPARED
    if mention.role is DateRole.DEADLINE or _is_due(mention.iso, before, written):
        return Use.DUE
    if _EVENT.search(before):
        return Use.EVENT
    if _INDEX.search(before):
        return Use.INDEX
    if _NAMED.search(before) or mention.text.lower().startswith("nhiệm kỳ"):
        return Use.NAMED
    return Use.UNTIL if _UNTIL.search(before) else Use.TOLD


def _is_due(iso: str, before: str, written: str | None) -> bool:
    """Whether a period is one by which something is to be done: it lies ahead of the letter's own day."""
    if written is None:
        return False
    first, last = months(iso)
    return first > written[:7] or (last >= written[:7] and _DUE.search(before) is not None)


def brackets(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the brackets of a text from the opening sign to behind the closing one, outermost only."""
    spans: list[tuple[int, int]] = []
    depth = opened = 0
    for at, sign in enumerate(text):
        if sign == "(":
            opened = opened if depth else at
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            if depth == 0:
                spans.append((opened, at + 1))
    return tuple(spans)


def bracket_at(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The bracket an offset stands in."""
    index = bisect_left(spans, (at, 0)) - 1
    return spans[index] if index >= 0 and at < spans[index][1] else None


def same_time_before(text: str, at: int) -> bool:
    """Whether "cùng kỳ" stands right before an offset (a bracket, a year)."""
    return bool(_SAME_TIME.search(text, max(at - 40, 0), at))


def year_ago_before(text: str, at: int) -> bool:
    """Whether "so với năm trước" stands right before an offset."""
    return bool(_YEAR_AGO.search(text, max(at - 40, 0), at))
