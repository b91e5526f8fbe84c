"""Scores: points a body reached on an index ("67,9/100 điểm", "đạt 71,5 điểm"), with what they are compared to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from extract.components.context import UPPER, Context, Sentence
from extract.components.found import Found, Located
from extract.components.indicators import Indicators, find_indicators
from extract.components.models import Link, link
from extract.components.numbers import read_number
from extract.components.score_numbers import OTHER_SUBJECT, PREVIOUS, Value
from extract.components.score_percents import BY_PERCENT, surveyed
from extract.components.score_values import IN_TURN, values
from extract.components.standing_bodies import Bodies
from extract.components.standing_words import is_exam, is_plain, is_wanted, readable
from extract.components.subjects import bare_name, subject_before
from extract.records import Reading, Score

_CHANGE = re.compile(
    r"\b(tăng|giảm|cao hơn|thấp hơn|tụt|sụt|hụt|mất|nhích|cộng)\s+(?:thêm\s+|được\s+|nhẹ\s+|mạnh\s+|khoảng\s+|tới\s+)?"
    r"(?:(?:so với\s+)?(?:cùng kỳ|năm|tháng|quý|kỳ)\s(?:(?:trước|ngoái|\d{1,2}/20\d\d|20\d\d)\s)?(?:là\s+)?)?"
    r"(\d{1,4}(?:[.,]\d{1,4})?)\s?(%|điểm phần trăm|điểm)"
)
_FALLS = ("giảm", "thấp hơn", "tụt", "sụt", "hụt", "mất")
_RATED = re.compile(
    r"\bđiểm\b(?! cầu| nóng| mới)|chỉ số|xếp hạng|\bindex\b|\b(?:PCI|PAPI|SIPAS|DTI|DDCI)\b", re.IGNORECASE
)
_YEARS = re.compile(r"\bnăm 20\d\d(?:(?:,\s+|\s+và\s+|,\s+và\s+)(?:năm\s+)?20\d\d){1,8}")
_TURN = re.compile(r"\b(?:lần lượt|tương ứng)\b")
_WHOLE = re.compile(r"(?:mức độ\s)?hài lòng chung\b", re.IGNORECASE)
_REACH = 400  # characters before a percentage in which the index it belongs to is looked for
_INDEX = re.compile(r"(?:Bộ )?chỉ số\b|[A-Z]{3}", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?:^|[;:.+(]|,)\s*(?:[-+*•]\s*)?(?:(?i:trong đó|cụ thể|theo đó|ngoài ra|đồng thời|riêng|còn|đối với)\s?[,:]?\s)?"
    rf"(?:(?:nhóm|lĩnh vực|nội dung|phần"
    rf"|trụ cột)\s)?((?:[{UPPER}]|điểm (?=thẩm|điều|tự|khảo|đo|đánh giá|cộng"
    rf"|thưởng))[^\d;:.()]{{2,110}}?)(?:\s+(?:đạt|là|được)|\s*:)?\s*$"
)
_LIST_ENTRY = re.compile(
    r"(?:^\s*[,;]\s*|[;:]\s*)(?!tự\b|điểm\b|đạt\b|và\b|với\b)([^\W\d_][^\d;:.()]{5,110}?)(?:\s(?:đạt|là|được|chỉ"
    r"|mới))*\s*$"
)
_NO_NAME = re.compile(
    r"^(?:Năm|Tháng|Quý|Trong|Tổng|Giá trị|Bình quân|Trung bình|Mức độ hài lòng chung"
    r"|Điểm(?! thẩm| điều| tự| khảo| đo| đánh giá| cộng| thưởng)|Kết quả|Tỉnh|Sở|UBND|Ủy ban|Huyện|Xã"
    r"|Phường|Thành phố|Thị xã|Toàn|Cả|Đến|Hiện"
    r"|Với|Tuy|Cụ thể|Số (?:điểm|lượng|liệu|hồ sơ)"
    r"|Kỳ|Sau|Trước|Do|Theo|Ban|Cục|Công an|Văn phòng|Thanh tra|Chi cục|Bộ|Qua|Tại|Về|Đây|Có|Các|Đơn vị|Đạt|Được)\b"
)


def find_scores(reading: Reading, found: Found) -> tuple[Located[Score], ...]:
    """The scores of a letter, in reading order."""
    context = Context(reading, found)
    indicators, bodies = Indicators(context), Bodies(context)
    scores: list[Located[Score]] = []
    for sentence in context.sentences():
        if any(mark.isdigit() for mark in sentence.text) and not is_exam(sentence.text):
            scores += _of_sentence(sentence, context, indicators, bodies)
    return tuple(scores)


def _of_sentence(
    sentence: Sentence, context: Context, indicators: Indicators, bodies: Bodies
) -> Iterator[Located[Score]]:
    text = readable(sentence.text)
    percent = any(
        linked is not None and linked.unit == "%"
        for linked in (link(name, None, context.found.header.date) for name in indicators.over(sentence))
    )
    spans = [(one.start, one.end) for one in bodies.named(sentence)]
    hits = [
        hit
        for hit in values(text, rated=_is_rated(sentence, context), percent=percent, spans=spans)
        if not context.damaged(sentence.start + hit.start, sentence.start + hit.end) and not is_wanted(text, hit.start)
    ]
    in_turn = _years_in_turn(text, hits)
    maxima = sum(hit.maximum is not None for hit in hits)
    owners = _owners_in_turn(sentence, hits, bodies)
    for index, hit in enumerate(hits):
        low = hits[index - 1].end if index else 0
        high = hits[index + 1].start if index + 1 < len(hits) else len(text)
        follower = hits[index + 1] if index + 1 < len(hits) else None
        change, unit = _change(_up_to_next(text[hit.end : high]))
        previous = hit.previous
        if previous is None and follower is not None and _is_compared(text, hit.end, follower.start):
            previous = follower.value
        start = sentence.start + hit.start
        compared = index > 0 and bool(PREVIOUS.search(text, low, hit.start))
        as_of = context.as_of(sentence.start + low, start)
        listed = len(hits) > 1 and ";" in text
        subject = subject_before(text, hit.start)
        if subject is not None and not subject.is_body:
            name: str | None = subject.name
        else:
            clause = "" if subject is not None else text[low : hit.start]
            listed = listed and subject is None  # a list of bodies, not of components
            below = subject is not None and not subject.name.startswith(("tỉnh", "thành phố"))
            floor = 0 if compared else low
            inside = spans[bisect_left(spans, (low, 0)) : bisect_left(spans, (hit.start, 0))]
            spans_in_clause = [(begin - low, end - low) for begin, end in inside]
            called = _called(clause, spans_in_clause)
            if called is None and hit.maximum is not None and maxima > 1 and subject is None:
                called = _entry(clause, spans_in_clause)
            name = called or indicators.of(sentence, start, sentence.start + floor, listed=listed, below=below)
        measured = surveyed(text[max(hit.start - _REACH, low) : hit.start]) if hit.rule == BY_PERCENT else None
        if name is not None and _WHOLE.match(name):
            name = indicators.of(sentence, start, sentence.start + low) or name
        name = hit.name or measured or name
        linked = link(name, hit.maximum, context.found.header.date)
        if hit.rule == BY_PERCENT and not (
            hit.name
            or measured
            or (subject is not None and not subject.is_body and linked is None)
            or _counts_in_percent(name, linked, find_indicators(text[max(hit.start - _REACH, 0) : hit.start]))
        ):
            continue
        if linked is not None and hit.rule == BY_PERCENT and linked.unit != "%":
            linked = None  # a part of a survey is called as one of an index counted in points
        record = Score(
            indicator=name,
            indicator_id=linked.indicator if linked is not None else None,
            model=linked.model if linked is not None else None,
            value=hit.value,
            max=hit.maximum or _of_one(hit.value, linked),
            org=owners.get(hit.start) or bodies.of(sentence, hit.start, hit.end),
            period=in_turn.get(hit.start) or context.period(sentence, start),
            as_of=as_of,
            previous=previous,
            change=change,
            change_unit=unit,
        )
        proof = context.reading.proof(start, sentence.start + hit.end, hit.rule)
        yield Located(start, sentence.start + hit.end, replace(record, evidence=proof))


def _years_in_turn(text: str, hits: Sequence[Value]) -> dict[int, str]:
    """The year of each of several values: "năm 2021 và 2022 lần lượt đạt 81,20 và 80,05 điểm"."""
    told: dict[int, str] = {}
    for match in _YEARS.finditer(text):
        years = re.findall(r"20\d\d", match.group())
        cue = _TURN.search(text, match.end(), match.end() + _REACH)
        behind = [hit.start for hit in hits if hit.rule == IN_TURN and cue is not None and hit.start >= cue.end()]
        if len(behind) == len(years):
            told.update(zip(behind, years, strict=True))
    return told


def _owners_in_turn(sentence: Sentence, hits: Sequence[Value], bodies: Bodies) -> dict[int, str]:
    """The body of each of several values told in turn: "A và B lần lượt đạt 87,61 và 86,70 điểm"."""
    told = [hit for hit in hits if hit.rule == IN_TURN]
    if len(told) < 2:
        return {}
    names = bodies.in_turn(sentence, told[0].start, told[-1].end, len(told))
    return {hit.start: name for hit, name in zip(told, names, strict=False)}


def _is_rated(sentence: Sentence, context: Context) -> bool:
    """Whether the block of a sentence, or the one it stands under, speaks of an index, points or a ranking."""
    blocks = context.reading.flow.blocks
    parent = sentence.block.parent
    above = blocks[parent].text if parent is not None else blocks[max(context.position(sentence.block) - 1, 0)].text
    return _speaks_of_rating(sentence.block.text) or _speaks_of_rating(above)


@lru_cache(maxsize=64)
def _speaks_of_rating(text: str) -> bool:
    """Asked for every sentence of a block: a long one is searched once."""
    return _RATED.search(text) is not None


def _counts_in_percent(name: str | None, linked: Link | None, named: Sequence[Located[str]]) -> bool:
    """Whether an index is counted in percent: its model says so, or the clause itself calls it an index."""
    if linked is not None and linked.unit == "%":
        return True
    called = named[-1].record if named else name if linked is None else None
    return called is not None and bool(_INDEX.match(called)) and not OTHER_SUBJECT.search(called)


def _of_one(value: Decimal, linked: Link | None) -> Decimal | None:
    """The maximum of an index that is a share of one ("DTI đạt 0,7042"): its very notation states it."""
    return linked.total if linked is not None and linked.total == 1 and 0 < value < 1 else None


def _called(clause: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """What a clause calls its value where it names no index: the subject of a list entry, no body, no phrase."""
    match = None if find_indicators(clause) else _CLAUSE.search(clause, max(len(clause) - 140, 0))
    if match is None or _NO_NAME.match(match[1]) or is_plain(match[1]):
        return None
    if any(begin < match.end(1) and end > match.start(1) for begin, end in spans):
        return None
    return bare_name(match[1])


def _entry(clause: str, spans: Sequence[tuple[int, int]]) -> str | None:
    """The name of an entry in a list of components written with a small letter: "…; công tác chỉ đạo 9,25/9,5"."""
    match = _LIST_ENTRY.search(clause, max(len(clause) - 140, 0))
    if match is None or find_indicators(clause) or is_plain(match[1]) or OTHER_SUBJECT.search(match[1]):
        return None
    if any(begin < match.end(1) and end > match.start(1) for begin, end in spans):
        return None
    return match[1][0].upper() + " ".join(match[1].split())[1:]


def _is_compared(text: str, end: int, start: int) -> bool:
    """Whether the value at `start` is what the one that ends at `end` is compared to, not that of another index."""
    between = text[end:start]
    return bool(PREVIOUS.search(text, end, start)) and ";" not in between and not find_indicators(between)


def _up_to_next(text: str) -> str:
    """A text up to the entry of a list that names another index."""
    cut = text.find(";")
    return text[:cut] if cut >= 0 and find_indicators(text[cut:]) else text


def _change(text: str) -> tuple[Decimal | None, str | None]:
    match = _CHANGE.search(text)
    if match is None:
        return None, None
    value = read_number(match.group(2))
    if value is None:
        return None, None
    return (-value if match.group(1) in _FALLS else value), match.group(3)
