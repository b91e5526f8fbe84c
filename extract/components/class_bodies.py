"""The bodies a class is given to by the list beside it: behind it, in the items below, or right before it."""

from __future__ import annotations

import re

from extract.components.class_lists import NOUN, expand, is_body, without_score
from extract.components.class_mentions import Mention
from extract.components.context import UPPER, Context, Sentence
from extract.records import Block, Role

_COUNT = re.compile(rf"(\d{{1,4}})\s+({NOUN})[^\d.;:]{{0,80}}$", re.IGNORECASE)
_HOW_MANY = r"\d{1,4}(?:/\d{1,4})?"
_NOTE = r"(?:\s*\((?!gồm)[^()]{0,60}\d[^()]{0,60}\))?"
_ORDER = r"(?:,\s(?:xếp|sắp xếp|tính)\s(?:theo|từ)\s[^.;:,()\d]{3,40}(?=:))?"
_OPENS = re.compile(
    rf"{_NOTE}(?:\s(?!là\b|gồm\b|bao\b|đó\b|cụ\b)[^\s.;:,()]{{1,12}}){{0,9}}?{_NOTE}{_ORDER}\s*,?\s*"
    rf"(?:(?:có )?{_HOW_MANY}\s+{NOUN}\s?,?\s?)?"
    r"(?:(?:trong đó có|bao gồm|gồm có|gồm|đó là|cụ thể|như sau)\s*:?\s*(?:\d{1,4}\s+)?(?:các\s+)?"
    rf"({NOUN}\s?:?\s)?|là\s*:?\s+|:\s*)"
    rf"(?:(?:có\s+)?\d{{1,4}}\s+({NOUN})\s*(?:,?\s*(?:bao gồm|gồm có|gồm|là)\s*:?|:|\()\s*)?",
    re.IGNORECASE,
)
_COUNT_BEHIND = re.compile(rf"\s*\(?\s*{_HOW_MANY}\s+({NOUN})", re.IGNORECASE)
_COUNTED_BEHIND = re.compile(  # "xếp loại Tốt 4/11 phòng chuyên môn thuộc UBND huyện (Phòng A, Phòng B)"
    rf"\s*:?\s*(?:có\s|là\s)?{_HOW_MANY}\s+({NOUN})(?:\s[^\s.;:,()]{{1,12}}){{0,8}}?\s*\((?:gồm\s*:?\s*)?(?=\D)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"\s*,?\s*\(\s*(?:gồm\s*:?\s*)?(?:các\s+({NOUN})\s*:?\s*)?(?=\D)", re.IGNORECASE)
_NEXT_COUNT = re.compile(
    rf"[;,]\s*(?:và\s+)?(?:có\s+|còn\s+|không có\s+)?(?:\d{{1,4}}\s+)?{NOUN}\s+(?:được\s+|bị\s+)?(?:xếp|đạt|có)\b"
    rf"|[;,]\s*(?:và\s+)?(?:có\s+|còn\s+)?\d{{1,4}}\s+{NOUN}\b|;\s*không có\b"
)
_NOUN_BEFORE = re.compile(rf"\b({NOUN})[^.;:()]{{0,60}}$", re.IGNORECASE)
_COUNTED_LISTS = re.compile(rf"\d{{1,4}}\s+({NOUN})\s*\(([^()]{{2,400}})\)", re.IGNORECASE)
_GIVEN = re.compile(
    r"\s*(?:,\s*)?(?:(?:đều|cùng|được|bị|đã|tiếp tục|đánh giá|công nhận|năm \d{4}|quý \S{1,3}|tháng \d{1,2})\s*)*$"
    r"|\s(?:(?:đều|cùng|đã)\s)?được\s(?:UBND|Ủy ban|Ban|Tỉnh ủy|Huyện ủy|Thành ủy|Đảng ủy|Hội đồng|Chủ tịch|Sở"
    r"|Bộ)\b[^,;.]{0,60}$"
)
_ENDS_OPEN = re.compile(r"(?:gồm|bao gồm|gồm có|như sau|:)\s*:?\s*$")
_AMONG = re.compile(rf"\s*,?\s*trong đó\s+(?:có\s+)?(?:các|\d{{1,3}})\s+({NOUN})\s*:?\s+(?=[{UPPER}])")
_TOLD_OF = re.compile(
    r"\s+(?:liên tục|tiếp tục|liền|nằm|đứng|xếp|vẫn|luôn|nhiều|đều|cần|có|bị|được|là|đã|chưa|không|còn|để"
    r"|(?:hai|ba|bốn|\d{1,2})\s(?:tháng|quý|năm|kỳ|lần))\b.*$"
)
_LONGEST_CLAUSE = 600
_LONGEST_LIST = 60  # items below a class that are looked at


def bodies_behind(text: str, mention: Mention, before: str, high: int) -> tuple[str, ...]:
    """The bodies of the list behind a class, with full names; empty where there is no list."""
    count = _COUNT.search(before)
    near = _NOUN_BEFORE.search(before)
    if among := _AMONG.match(text, mention.end, high):
        return _checked(_TOLD_OF.sub("", text[among.end() : high].split(";")[0]), among.group(1), sure=True)
    if counted_list := _COUNTED_BEHIND.match(text, mention.end, high):
        close = text.find(")", counted_list.end(), high)
        return _checked(text[counted_list.end() : close if close >= 0 else high], counted_list.group(1), sure=True)
    opening = _OPENS.match(text, mention.end, high)
    if opening is not None:
        counted = _COUNT_BEHIND.match(text, mention.end, opening.end())
        noun = (
            opening.group(2)
            or (counted.group(1) if counted else None)
            or (opening.group(1) or "").strip(" :")
            or (near.group(1) if near else None)
        )
        return _checked(
            text[opening.end() : _list_end(text, opening.end(), high)].rstrip(" ("), noun, sure=bool(count or near)
        )
    bracket = _BRACKETED.match(text, mention.end, high)
    if bracket is not None and (count is not None or near is not None):
        close = text.find(")", bracket.end(), high)
        noun = bracket.group(1) or (near.group(1) if near else None)
        return _checked(text[bracket.end() : close if close >= 0 else high], noun, sure=True)
    return ()


def _checked(listed: str, noun: str | None, *, sure: bool) -> tuple[str, ...]:
    names = expand(listed, noun) if listed.strip() else ()
    return names if names and (sure or noun is not None or all(is_body(name) for name in names)) else ()


def bodies_below(sentence: Sentence, text: str, mention: Mention, before: str, context: Context) -> tuple[str, ...]:
    """The bodies of the items below a class whose list begins there ("- Xếp loại Tốt, gồm:")."""
    if sentence.end < sentence.block.start + len(sentence.block.text.rstrip()) or not _ENDS_OPEN.search(
        text, mention.end
    ):
        return ()
    near = _NOUN_BEFORE.search(before)
    names: list[str] = []
    for block in _following(sentence.block, context):
        entry = expand(block.text[block.body :].rstrip(" .;,"), near.group(1) if near else None)
        if not entry or not all(is_body(name) for name in entry):
            break
        names += entry
    return tuple(names)


def _following(block: Block, context: Context) -> tuple[Block, ...]:
    at = context.position(block)
    behind = context.reading.flow.blocks[at + 1 : at + 1 + _LONGEST_LIST]
    return tuple(item for item in behind if item.role in (Role.ITEM, Role.PARAGRAPH))


def bodies_before(text: str, mention: Mention, floor: int) -> tuple[str, ...]:
    """The bodies of a list right before a class ("Sở A, Sở B và Sở C được xếp loại Tốt"); one alone is no list."""
    clause = text[max(floor, mention.start - _LONGEST_CLAUSE) : mention.start]
    counted = list(_COUNTED_LISTS.finditer(clause))
    if counted and _GIVEN.fullmatch(clause, counted[-1].end()):
        return tuple(name for match in counted for name in expand(match.group(2), match.group(1)))
    clause = clause[max(clause.rfind(mark) for mark in (";", ")", ". ", ":")) + 1 :]
    stop = _GIVEN.search(clause)
    names = expand(clause[: stop.start() if stop else len(clause)].strip(" ,"), None)
    return names if len(names) > 1 and all(is_body(name) for name in names) else ()


def body_before(text: str, mention: Mention) -> str | None:
    """The body right before a class in brackets: "Sở Y tế (Tốt)"."""
    clause = text[max(mention.start - 90, 0) : mention.start].rstrip()
    part = without_score(re.split(r"[,;:()]\s|\svà\s", clause.rstrip(" -–:"))[-1].strip())
    return part if is_body(part) else None


def _list_end(text: str, start: int, high: int) -> int:
    """A list ends with its sentence, or before the count that opens the next list ("; 03 đơn vị xếp loại Khá")."""
    following = _NEXT_COUNT.search(text, start, high)
    return following.start() if following else high
