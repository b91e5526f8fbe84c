"""Ranks: a place among others ("vị thứ 22/63, tăng 22 bậc", "xếp hạng 57 toàn quốc", "nhóm 20", "dẫn đầu")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from extract.components.context import Context, Sentence
from extract.components.found import Found, Located
from extract.components.indicators import Indicators
from extract.components.models import link
from extract.records import Rank, Reading

_WORDS = {
    "nhất": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "năm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_OF = r"(?:\s?[/⁄∕]\s?(\d{1,4})|\s+(?:trong|trên)\s+(?:tổng\s+)?(?:số\s+)?(\d{1,4})\b)?"
_NUMBERED = re.compile(
    r"\b(?:(?:tạm\s+)?(?:xếp|đứng|giữ|đạt|ở|vươn lên|vươn|lên|xuống|nằm ở)\s+)?"
    r"(?:vị trí xếp hạng|vị trí thứ hạng|vị trí thứ|vị trí số|vị trí|vị thứ|thứ hạng|xếp hạng thứ|xếp hạng|xếp thứ hạng"
    r"|xếp thứ|đứng thứ|xếp vị thứ|hạng thứ|hạng)\s*(?:thứ\s+|là\s+|:\s*|số\s+)?(\d{1,4})(?![\w,]|\.\d)" + _OF,
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:^|\s)(?:xếp|đứng|hạng|thứ)\s+(\d{1,4})\s?[/⁄∕]\s?(\d{1,4})(?![\w/,]|\.\d)", re.IGNORECASE)
_WORDED = re.compile(
    r"\b(?:xếp|đứng|vị trí|vị thứ|giữ vị trí)\s+(?:hạng\s+|vị trí\s+)?thứ\s+"
    r"(nhất|nhì|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười)\b" + _OF,
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:(?:tiếp tục|vươn lên|luôn|là \S+ \S+)\s+)?(?:dẫn đầu|đứng đầu|đứng nhất|xếp nhất|xếp đầu)\b"
    r"(?=\s+(?:bảng|cả nước|toàn quốc|toàn tỉnh|khu vực|khối|nhóm|vùng"
    r"|trong|về|các|cả|xếp hạng|cấp|cụm|miền|ngành|\d)|\s*[,.;(/]|\s*$)",
    re.IGNORECASE,
)
_HEAD_OF_OFFICE = re.compile(r"(?:người|cấp trưởng|trách nhiệm|do|đồng chí|vai trò|ông|bà)\s+$", re.IGNORECASE)
_SOME = re.compile(r"(?:\d{1,3}|các|những|nhóm|tốp|top)\s[^.;:]{0,30}$", re.IGNORECASE)  # several lead: no rank of one
_NOT_OFFICES = re.compile(r"\s*(?:các|cấp)?\s*(?:cơ quan|đơn vị|tổ chức|cấp ủy|chính quyền|cấp mình|Đảng)\b")
_GROUP = re.compile(
    r"\b(?:tạm\s+)?(?:(?:xếp|nằm|đứng|lọt|thuộc|vào|ở)\s+)?(?:(?:trong|vào)\s+)?(?:nhóm|top"
    r"|tốp)\s+(?:đầu\s+)?(\d{1,3})(?![.,]\d)"
    r"(?=\s+(?:tỉnh|địa phương|thành phố|đơn vị|bộ|sở|huyện|xã|cả nước|toàn quốc|của|có|dẫn"
    r"|cao|thấp|đầu|cuối|nước|doanh)|\s*[,.;(/]|\s*$)",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:0?1|một) trong (?:tổng )?(?:số )?\d{1,3}\s+(?:tỉnh|địa phương|thành phố|đơn vị|bộ|sở|huyện|xã|cơ quan)\b"
    r"[^.;:\n]{0,120}?\b(?:cao nhất|thấp nhất|tốt nhất|dẫn đầu|đứng đầu|đứng cuối|xếp cuối|kém nhất|chậm nhất)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"\btừ\s+(?:vị trí\s+|hạng\s+|vị thứ\s+)?(?:thứ\s+)?(\d{1,4})(?:\s?/\s?\d{1,4})?\s+(?:lên|xuống|đến)\s+"
    r"(?:vị trí\s+|hạng\s+|vị thứ\s+)?(?:thứ\s+)?(\d{1,4})(?:\s?/\s?(\d{1,4}))?(?!\s?[%\w,]|\.\d)"
)
_CHANGE = re.compile(
    r"\b(tăng|giảm|tụt|lùi|lên|xuống|cải thiện|thăng|rớt|nâng|hạ)\s+(?:thêm\s+|được\s+|tới\s+|đến\s+)?(\d{1,3})\s+"
    r"(?:bậc|hạng|vị trí|thứ hạng|thứ bậc|vị thứ)\b",
    re.IGNORECASE,
)
_FALLS = ("giảm", "tụt", "lùi", "xuống", "rớt", "hạ")
_CUE = re.compile(r"hạng|vị thứ|vị trí|xếp|đứng|top|tốp|nhóm|dẫn đầu|trong", re.IGNORECASE)
_NOT_RANKED = re.compile(r"\s*(?:di tích|sản phẩm|%|bậc|lần|tháng|ngày|điểm|giờ)")
_TAIL = re.compile(r"[,.;:()]|\s(?:tăng|giảm|so|và|với|nhưng|trong khi|có|được|đạt|cải thiện|tụt|năm|lên|xuống|\d)\b")
_LONGEST_TAIL = 90


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    rank: int | None
    of: int | None
    rule: str
    change: int | None = None


def find_ranks(reading: Reading, found: Found) -> tuple[Located[Rank], ...]:
    """The ranks of a letter, in reading order; "nhóm 20 tỉnh" has no rank but keeps its words."""
    context = Context(reading, found)
    indicators = Indicators(context)
    ranks: list[Located[Rank]] = []
    for sentence in context.sentences():
        if _CUE.search(sentence.text):
            ranks += _of_sentence(sentence, context, indicators)
    return tuple(ranks)


def _of_sentence(sentence: Sentence, context: Context, indicators: Indicators) -> Iterator[Located[Rank]]:
    text = sentence.text
    hits = [hit for hit in _hits(text) if not context.damaged(sentence.start + hit.start, sentence.start + hit.end)]
    for index, hit in enumerate(hits):
        low = hits[index - 1].end if index else 0
        high = hits[index + 1].start if index + 1 < len(hits) else len(text)
        start, end = sentence.start + hit.start, sentence.start + _tail(text, hit.end, high)
        name = indicators.of(sentence, end if hit.rank is None else start, sentence.start + low)
        linked = link(name, None, context.found.header.date)
        record = Rank(
            text=" ".join(context.reading.flow.text[start:end].split()),
            rank=hit.rank,
            of=hit.of,
            change=_change(text, low, hit, high, index + 1 == len(hits)) if hit.change is None else hit.change,
            indicator=name,
            indicator_id=linked.indicator if linked is not None else None,
            model=linked.model if linked is not None else None,
            org=context.org(sentence, start),
            period=context.period(sentence, start),
            evidence=context.reading.proof(start, end, hit.rule),
        )
        yield Located(start, end, replace(record))


def _tail(text: str, end: int, high: int) -> int:
    """The end of the words that belong to the rank ("57 toàn quốc")."""
    limit = min(high, end + _LONGEST_TAIL)
    stop = _TAIL.search(text, end, limit)
    return end + len(text[end : stop.start() if stop else limit].rstrip())


def _change(text: str, low: int, hit: _Hit, high: int, last: bool) -> int | None:
    """Places gained (> 0) or lost, stated behind the rank, or before it where nothing else claims them."""
    match = _CHANGE.search(text, hit.end, high) or (_CHANGE.search(text, low, hit.start) if low == 0 and last else None)
    if match is None:
        return None
    places = int(match.group(2))
    return -places if match.group(1).lower() in _FALLS else places


def _hits(text: str) -> list[_Hit]:
    hits: list[_Hit] = []
    taken = bytearray(len(text))
    for hit in chain(_one_of(text), _groups(text), _from_to(text), _numbered(text), _worded(text), _firsts(text)):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _one_of(text: str) -> Iterator[_Hit]:
    for match in _ONE_OF.finditer(text):
        yield _Hit(match.start(), match.end(), None, None, "ranks.one_of")


def _groups(text: str) -> Iterator[_Hit]:
    for match in _GROUP.finditer(text):
        if len(match.group().split()) > 2 or match.group().lower().startswith("t"):
            yield _Hit(match.start(), match.end(), None, None, "ranks.group")


def _from_to(text: str) -> Iterator[_Hit]:
    for match in _FROM_TO.finditer(text):
        before = text[max(match.start() - 60, 0) : match.end()]
        if re.search(r"hạng|vị thứ|vị trí|thứ bậc", before):
            first, second = int(match.group(1)), int(match.group(2))
            yield _Hit(match.start(), match.end(), second, _int(match.group(3)), "ranks.from_to", first - second)


def _numbered(text: str) -> Iterator[_Hit]:
    for match in _NUMBERED.finditer(text):
        rank, of = int(match.group(1)), _int(match.group(2) or match.group(3))
        bare = match.group().lower().startswith("hạng ") and of is None
        if rank and not bare and not _NOT_RANKED.match(text, match.end()):
            yield _Hit(match.start(), match.end(), rank, of, "ranks.numbered")
    for match in _BARE.finditer(text):
        yield _Hit(match.start(1), match.end(), int(match.group(1)), int(match.group(2)), "ranks.numbered")


def _worded(text: str) -> Iterator[_Hit]:
    for match in _WORDED.finditer(text):
        of = _int(match.group(2) or match.group(3))
        yield _Hit(match.start(), match.end(), _WORDS[match.group(1).lower()], of, "ranks.worded")


def _firsts(text: str) -> Iterator[_Hit]:
    for match in _FIRST.finditer(text):
        if _HEAD_OF_OFFICE.search(text, max(match.start() - 20, 0), match.start()):
            continue
        before = text[max(match.start() - 40, 0) : match.start()]
        if not _NOT_OFFICES.match(text, match.end()) and not _SOME.search(before):
            yield _Hit(match.start(), match.end(), 1, None, "ranks.first")


def _int(text: str | None) -> int | None:
    return None if text is None else int(text)
