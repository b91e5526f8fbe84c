"""Dates and periods of a letter, each with what it does there."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from extract.components.due import CUT_OFF
from extract.components.due_days import find_days
from extract.components.found import Found, Located
from extract.components.when import When, find_when, with_months
from extract.records import Block, DateMention, DateRole, DeadlineRelation, Header, HeaderRule, Precision, Reading, Role

_SEARCHED = (Role.PLACE_DATE, Role.SUBJECT, Role.HEADING, Role.PARAGRAPH, Role.ITEM, Role.FOOTNOTE)
_BEFORE = 48  # characters in front of a date that tell its role
_REACH = 120  # characters in front of a day in which words stand that make it one by which tasks are due

_CLOCK = r"\d{1,2}\s?(?:giờ|h|g)\s?(?:\d{1,2})?\s?(?:phút|['’′])?"
_DEADLINE = re.compile(
    r"(?:tr[ưu][ớo]c|chậm nhất|muộn nhất|muộn hơn|hạn|hạn cuối|hạn chót|thời hạn|không quá|hoàn thành|xong|kết thúc"
    r"|từ nay)"
    rf"(?:,?\s(?:là|vào|trong|đến|ngày|hết|và|gửi|về|cuối|giờ làm việc|buổi|sáng|chiều|{_CLOCK}|báo cáo"
    r"|thứ\s\w{2,4}|chủ nhật)){0,5}"
    r"[\s:,(]{0,3}$",
    re.IGNORECASE,
)
_DUE_BY = re.compile(r"(?<!tính )(?:đến hết|cho đến hết|từ nay đến|trong)\s(?:ngày\s)?$", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:đúng|trong|vào thời điểm)\s$", re.IGNORECASE)
_AS_OF = re.compile(
    r"(?:tính\sđến|đến\sthời\sđiểm|thời\sđiểm|(?<!từ\s)(?<!cho\s)đến|tính\stới|cập\snhật|số\sliệu|trích\sxuất"
    r"|khai\sthác|chốt)"
    rf"(?:\s(?:hết|ngày|thời điểm|lúc|hồi|vào|{_CLOCK}|cuối|là|báo cáo)){{0,4}}[\s:,(]{{0,3}}$",
    re.IGNORECASE,
)
_TO_THE_END = re.compile(r"\bhết\s(?:ngày\s)?$", re.IGNORECASE)
_CODE = re.compile(r"\d\s?[/-]\s?[A-ZĐ][\w/-]{1,20},?\s$")  # behind the number of the letter itself
_ASKED = re.compile(
    r"\b(?:đề nghị|yêu cầu|giao|gửi|báo cáo|hoàn thành|chậm nhất|phấn đấu|khẩn trương|tham mưu|trình)\b", re.IGNORECASE
)


def find_dates(reading: Reading, found: Found) -> tuple[Located[DateMention], ...]:
    """All dates and periods: roles tell those of citations and periods from dates of their own."""
    year = int(found.header.date[:4]) if found.header.date else None
    cited = [(item.start, item.end) for item in found.citations]
    items = []
    for block in reading.flow.of(*_SEARCHED):
        text = with_months(block.text) if block.role is Role.PLACE_DATE else block.text
        for when in find_when(text, year):
            items.append(_whole(_located(reading, block, when, cited, found.header.date), found.header))
    return tuple(items)


def _located(
    reading: Reading, block: Block, when: When, cited: list[tuple[int, int]], written: str | None
) -> Located[DateMention]:
    start, end = block.start + when.start, block.start + when.end
    role = _role(block, when, written, inside=_is_inside(start, end, cited))
    record = DateMention(
        iso=when.iso,
        text=when.text,
        precision=when.precision,
        role=role,
        note=when.note,
        evidence=reading.proof(start, end, f"dates.{when.rule}"),
    )
    return Located(start, end, record)


def _whole(item: Located[DateMention], header: Header) -> Located[DateMention]:
    """The month in the head of a letter with the day its signature's stamp tells."""
    record = item.record
    signed = tuple(entry for entry in header.evidence if entry.component == HeaderRule.SIGNATURE_STAMP)
    is_month = record.role is DateRole.LETTER_DATE and record.precision is not Precision.DAY
    if not signed or header.date is None or not is_month or not header.date.startswith(record.iso):
        return item
    whole = replace(
        record,
        iso=header.date,
        precision=Precision.DAY,
        note="day taken from the stamp of the signature",
        evidence=(*record.evidence, *signed),
    )
    return replace(item, record=whole)


def _role(block: Block, when: When, written: str | None, *, inside: bool) -> DateRole:
    """What a date does; `written` is the letter's own day, behind which no figures are counted."""
    before = block.text[max(when.start - _BEFORE, 0) : when.start]
    if inside or _CODE.search(before):
        return DateRole.CITATION
    if block.role is Role.PLACE_DATE and not when.is_range:
        return DateRole.LETTER_DATE
    if when.is_period:
        return DateRole.PERIOD
    ahead = written is not None and when.iso > written
    if when.rule == "range_begin":
        return DateRole.PERIOD_START
    if when.rule == "range_end":
        return DateRole.DEADLINE if ahead and _TO_THE_END.search(before) else DateRole.PERIOD_END
    if _DEADLINE.search(before):
        return DateRole.DEADLINE
    if not ahead and CUT_OFF.search(before):
        return DateRole.AS_OF
    if _DUE_BY.search(before) and _ASKED.search(block.text[max(when.start - 200, 0) : when.start]):
        return DateRole.DEADLINE
    if _AS_OF.search(before):
        return DateRole.DEADLINE if ahead else DateRole.AS_OF
    if ahead and (_AHEAD.search(before) or _is_limit(block.text, when, written)):
        return DateRole.DEADLINE
    return DateRole.EVENT


def _is_limit(text: str, when: When, written: str | None) -> bool:
    """Whether a day is one by which tasks are due: "chậm nhất 17 giờ thứ Sáu, ngày 12/7"."""
    low = max(when.start - _REACH, 0)
    start, end = when.start - low, when.end - low
    limits = (DeadlineRelation.BEFORE, DeadlineRelation.BY_END_OF)
    days = find_days(text[low : when.end + 1], written)
    return any(day.start <= start and end <= day.end + 1 and day.relation in limits for day in days)


def _is_inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether `start`..`end` lies in one of the spans, which are sorted and do not overlap."""
    index = bisect_right(spans, (start, 1 << 60)) - 1
    return index >= 0 and spans[index][0] <= start and end <= spans[index][1]
