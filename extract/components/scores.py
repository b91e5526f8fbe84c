"""Scores: points a body reached on an index ("67,9/100 điểm", "đạt 71,5 điểm"), with what they are compared to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from extract.components.context import UPPER, Context, Sentence
from extract.components.found import Found, Located
from extract.components.indicators import Indicators, find_indicators
from extract.components.models import Link, link
from extract.components.numbers import read_number
from extract.records import Reading, Score

_NUMBER = r"\d{1,4}(?:[.,]\d{1,4})?"
# Not inside a longer number, a date or a code, nor behind the half of a torn number.
_FREE = r"(?<!\d;)(?<![\w.,/⁄∕-])(?<!\d\s)"
_OF_MAXIMUM = re.compile(rf"{_FREE}({_NUMBER})\s?[/⁄∕]\s?(\d{{1,4}}(?:[.,]\d{{1,2}})?)(?![\w/]|[.,]\d)(\s?điểm\b)?")
_POINTS = re.compile(rf"{_FREE}({_NUMBER})\s?điểm\b(?!\s+(?:phần trăm|%))")
_LABELLED = re.compile(
    r"(?:tổng số điểm|tổng điểm|số điểm|điểm số|điểm trung bình|điểm bình quân|giá trị)\s?(?:[^\d.;:()\n]{0,80}?)"
    rf"(?:đạt|là|được|:)\s*({_NUMBER})(?![\w/%]|[.,]\d|\s?(?:%|điểm|/))(?=\s*(?:[.,;)(]|$|xếp|đứng|tăng|giảm|và|so))",
    re.IGNORECASE,
)
_INDEX_VALUE = re.compile(r"(?:đạt|là|với)\s+(0[.,]\d{3,4})(?![\w/%]|[.,]\d)")
_PERCENT = re.compile(rf"(?:\b(?:đạt|là)\s+(?:chỉ\s+|mức\s+)?|:\s+|\(){_FREE}({_NUMBER})\s?%(?!\s*(?:trở|/))")
_OTHER_SUBJECT = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|hồ sơ|đúng hạn|tiếp nhận|trực tuyến|thanh toán|số hóa"
    r"|khoảng cách)\b",
    re.IGNORECASE,
)
_RANKED_BEHIND = re.compile(r"\s*,?\s*(?:tạm\s)?(?:xếp|đứng)\s+(?:hạng|thứ|vị)")
_VALUE_OF_INDEX = re.compile(r"\bgiá trị\b[^.;]{0,60}$", re.IGNORECASE)
_FROM_TO = re.compile(
    rf"(?:tăng|giảm|nâng)\s+(?:điểm\s+)?từ\s+({_NUMBER})\s?(?:/\s?\d{{1,4}}\s?)?(?:điểm\s+)?(?:[^\d;.]{{0,30}}?)"
    rf"(?:lên|xuống|đến|còn)\s+(?:mức\s+)?({_NUMBER})(?:\s?/\s?(\d{{1,4}}))?\s?điểm\b"
)
_CHANGE = re.compile(
    r"\b(tăng|giảm|cao hơn|thấp hơn|tụt|sụt)\s+(?:thêm\s+|được\s+|nhẹ\s+|mạnh\s+|khoảng\s+|tới\s+)?"
    rf"({_NUMBER})\s?(%|điểm phần trăm|điểm)"
)
_RANK_CUE = re.compile(r"(?:hạng|vị thứ|thứ|vị trí|xếp|đứng|top|nhóm)\s*(?:thứ\s*)?(?:là\s*|:\s*)?$", re.IGNORECASE)
_DATE_CUE = re.compile(r"(?:ngày|từ|đến|tháng|quý|lúc)\s*$", re.IGNORECASE)
_NO_SCORE_CUE = re.compile(
    r"(?:tăng|giảm|cộng|trừ|thêm|bớt|thấp hơn|cao hơn|kém|hơn|tối đa|thang điểm|tụt|sụt|từ|dưới|trên|tối thiểu"
    r"|ít nhất|mất|thiếu|chấm|thành|gồm|tại|ở các|các|những|khoảng cách|chênh lệch|chênh|mỗi"
    r"|được cộng|bị trừ|≥|>|<|≤|có)\s*$",
    re.IGNORECASE,
)
_SCALE = re.compile(r"(?:thang điểm|điểm tối đa|tối đa|thang)\b[^.;\d]{0,80}(?:\d{1,3} [^.;\d]{0,60})?$", re.IGNORECASE)
_POINTS_CUE = re.compile(
    r"(?:đạt|được|là|với|còn|lên|xuống|mức|bằng|chỉ|điểm số|số điểm|tổng điểm|bình quân|trung bình|[(:,;])"
    r"\s*(?:tổng\s*)?$",
    re.IGNORECASE,
)
_POINTS_BEHIND = re.compile(r"\s*(?:$|[.,;)(/]|xếp|và\b|đứng|tăng|giảm|so\b|thuộc|\+|trở|nằm|[-–])")
_POINT_WORD = re.compile(r"\bđiểm\b", re.IGNORECASE)
_REACHED = re.compile(rf"(?:đạt|điểm số|tổng điểm|số điểm|bình quân)\s*(?:\S+\s){{0,3}}\(?$|[{UPPER}][^\W\d_]*\s\($")
_EACH = re.compile(r"\b(?:cứ|mỗi|lẻ)\b", re.IGNORECASE)
_BAND = re.compile(r"^\s*(?:trở lên|trở xuống|đến dưới|đến\s+(?:dưới\s+)?\d)")
_PREVIOUS = re.compile(
    r"\bso với\b|\bcùng kỳ\b|\((?:[^()]{0,20}\s)?(?:năm|tháng|quý|kỳ)\s+[^()]{0,30}$|\bnăm (?:trước|ngoái)\b"
)
_CLAUSE = re.compile(
    rf"(?:^|[;:.+(]|,)\s*(?:[-+*•]\s*)?(?:(?:riêng|còn)\s)?(?:(?:nhóm|lĩnh vực|nội dung|phần"
    rf"|trụ cột)\s)?((?:[{UPPER}]|điểm (?=thẩm|điều|tự|khảo))[^\d;:.()]{{2,110}}?)(?:\s+(?:đạt|là|được)|\s*:)?\s*$"
)
_NO_NAME = re.compile(
    r"^(?:Năm|Tháng|Quý|Trong|Tổng|Điểm(?! thẩm| điều| tự| khảo| cộng| thưởng)|Kết quả|Tỉnh|Sở|UBND|Ủy ban|Huyện|Xã"
    r"|Phường|Thành phố|Thị xã|Toàn|Cả|Đến|Hiện"
    r"|Với|Tuy|Cụ thể|Số (?:điểm|lượng|liệu|hồ sơ)"
    r"|Kỳ|Sau|Trước|Do|Theo|Ban|Cục|Công an|Văn phòng|Thanh tra|Chi cục|Bộ|Qua|Tại|Về|Đây|Có|Các|Đơn vị|Đạt|Được)\b"
)


_BY_PERCENT = "scores.percent"


@dataclass(frozen=True, slots=True)
class _Hit:
    """A value with its place in the sentence and the name of the rule that found it."""

    start: int
    end: int
    value: Decimal
    maximum: Decimal | None
    rule: str
    previous: Decimal | None = None


def find_scores(reading: Reading, found: Found) -> tuple[Located[Score], ...]:
    """The scores of a letter, in reading order."""
    context = Context(reading, found)
    indicators = Indicators(context)
    scores: list[Located[Score]] = []
    for sentence in context.sentences():
        if (
            _POINT_WORD.search(sentence.text)
            or _INDEX_VALUE.search(sentence.text)
            or "/" in sentence.text
            or "%" in sentence.text
        ):
            scores += _of_sentence(sentence, context, indicators)
    return tuple(scores)


def _of_sentence(sentence: Sentence, context: Context, indicators: Indicators) -> Iterator[Located[Score]]:
    text = sentence.text
    hits = [hit for hit in _hits(text) if not context.damaged(sentence.start + hit.start, sentence.start + hit.end)]
    for index, hit in enumerate(hits):
        low = hits[index - 1].end if index else 0
        high = hits[index + 1].start if index + 1 < len(hits) else len(text)
        follower = hits[index + 1] if index + 1 < len(hits) else None
        change, unit = _change(text[hit.end : high])
        previous = hit.previous
        if previous is None and follower is not None and _PREVIOUS.search(text, hit.end, follower.start):
            previous = follower.value
        start = sentence.start + hit.start
        compared = index > 0 and bool(_PREVIOUS.search(text, low, hit.start))
        as_of = context.as_of(sentence.start + low, start)
        listed = len(hits) > 1 and ";" in text
        name = _indicator(text[low : hit.start], indicators, sentence, start, 0 if compared else low, listed=listed)
        linked = link(name, hit.maximum, context.found.header.date)
        if hit.rule == _BY_PERCENT and not (linked is not None and linked.unit == "%"):
            continue
        record = Score(
            indicator=name,
            indicator_id=linked.indicator if linked is not None else None,
            model=linked.model if linked is not None else None,
            value=hit.value,
            max=hit.maximum or _of_one(hit.value, linked),
            org=context.org(sentence, start),
            period=context.period(sentence, start),
            as_of=as_of,
            previous=previous,
            change=change,
            change_unit=unit,
        )
        proof = context.reading.proof(start, sentence.start + hit.end, hit.rule)
        yield Located(start, sentence.start + hit.end, replace(record, evidence=proof))


def _of_one(value: Decimal, linked: Link | None) -> Decimal | None:
    """The maximum of an index that is a share of one ("DTI đạt 0,7042"): its very notation states it."""
    return linked.total if linked is not None and linked.total == 1 and 0 < value < 1 else None


def _indicator(
    clause: str, indicators: Indicators, sentence: Sentence, start: int, low: int, *, listed: bool
) -> str | None:
    """The indicator named in the clause; else the subject of a list entry; else the one the letter is about."""
    if not find_indicators(clause) and (match := _CLAUSE.search(clause[-140:])) and not _NO_NAME.match(match.group(1)):
        return " ".join(match.group(1).split()).rstrip(" ,")
    return indicators.of(sentence, start, sentence.start + low, listed=listed)


def _change(text: str) -> tuple[Decimal | None, str | None]:
    match = _CHANGE.search(text)
    if match is None:
        return None, None
    value = read_number(match.group(2))
    if value is None:
        return None, None
    return (-value if match.group(1) in ("giảm", "thấp hơn", "tụt", "sụt") else value), match.group(3)


def _hits(text: str) -> list[_Hit]:
    """The values of a sentence, left to right, none inside another."""
    hits: list[_Hit] = []
    taken = bytearray(len(text))
    for hit in chain(_from_to(text), _of_maximum(text), _labelled(text), _points(text), _percents(text)):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _from_to(text: str) -> Iterator[_Hit]:
    for match in _FROM_TO.finditer(text):
        before, after = read_number(match.group(1)), read_number(match.group(2))
        if before is None or after is None:
            continue
        yield _Hit(match.start(1), match.end(1), before, None, "scores.from_to")
        yield _Hit(match.start(2), match.end(), after, _maximum(match.group(3)), "scores.from_to", previous=before)


def _of_maximum(text: str) -> Iterator[_Hit]:
    for match in _OF_MAXIMUM.finditer(text):
        value, maximum = read_number(match.group(1)), read_number(match.group(2))
        if value is None or maximum is None or maximum == 0 or (value > maximum and match.group(3) is None):
            continue
        before = text[max(match.start() - 60, 0) : match.start()]
        if _RANK_CUE.search(before) or (match.group(3) is None and not _is_score(match, before, maximum)):
            continue
        if match.group(3) is not None and text[match.end() :].startswith((" cầu", " trường")):
            continue
        yield _Hit(match.start(), match.end(), value, maximum, "scores.of_maximum")


def _is_score(match: re.Match[str], before: str, maximum: Decimal) -> bool:
    """Whether a fraction without the word "điểm" behind it is a score."""
    if _DATE_CUE.search(before):
        return False
    fraction = "," in match.group(1) or "." in match.group(1)
    pointed = bool(_POINT_WORD.search(before))
    return (fraction and (pointed or maximum in (10, 100, 1000) or "đạt" in before)) or (pointed and maximum == 100)


def _labelled(text: str) -> Iterator[_Hit]:
    for match in (*_LABELLED.finditer(text), *_INDEX_VALUE.finditer(text)):
        value = read_number(match.group(1))
        if value is not None and not _SCALE.search(text[max(match.start() - 60, 0) : match.start(1)]):
            yield _Hit(match.start(1), match.end(1), value, None, "scores.labelled")


def _points(text: str) -> Iterator[_Hit]:
    for match in _POINTS.finditer(text):
        value = read_number(match.group(1))
        before = text[max(match.start() - 160, 0) : match.start()]
        if (
            value is None
            or _NO_SCORE_CUE.search(before)
            or _EACH.search(before)
            or _SCALE.search(before)
            or _BAND.match(text[match.end() :])
        ):
            continue
        decimal = value != value.to_integral_value() or "," in match.group(1)
        cued = bool(_POINTS_CUE.search(before))
        if (decimal or cued) and _POINTS_BEHIND.match(text[match.end() :]) and (decimal or _says_reached(before)):
            yield _Hit(match.start(), match.end(), value, None, "scores.points")


def _percents(text: str) -> Iterator[_Hit]:
    """Percentages that are values of an index ("PAR INDEX năm 2023 đạt 87,09%"), and those they are compared to."""
    compared = False
    for match in _PERCENT.finditer(text):
        value = read_number(match.group(1))
        clause = text[max(match.start() - 160, 0) : match.start()]
        clause = clause[max(clause.rfind(";"), clause.rfind(". ")) + 1 :]
        opened = match.group().startswith("(")
        named = find_indicators(clause)
        if value is None or (opened and not compared):
            continue
        if opened and not _PREVIOUS.search(clause):
            continue
        subject = clause[named[-1].end :] if named else clause
        about = named or _RANKED_BEHIND.match(text, match.end()) or _VALUE_OF_INDEX.search(clause) or compared
        if not about or _OTHER_SUBJECT.search(subject):
            continue
        compared = True
        yield _Hit(match.start(1), match.end(), value, None, _BY_PERCENT)


def _says_reached(before: str) -> bool:
    """Whether a whole number of points is said to be a result, not a number of places (điểm cầu, điểm bán)."""
    return bool(_REACHED.search(before))


def _maximum(text: str | None) -> Decimal | None:
    return None if text is None else read_number(text)
