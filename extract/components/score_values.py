"""Values of scores as a sentence prints them: grammar only, no letter around it.

A value is a number with its maximum ("67,9/100 điểm", "85 điểm trên tổng số 100 điểm"), with the word "điểm", behind a
label ("tổng điểm: 91,35"), as a percentage or bare figure of an index ("PAR INDEX đạt 87,09%", "PCI đạt 66,7"), or
beside the body or component it belongs to ("Sở Y tế: 92,5; Sở Nội vụ: 91,1"). What a rule of points, a target, a band
or a scale says is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from extract.components.context import UPPER
from extract.components.indicators import find_indicators
from extract.components.numbers import read_number
from extract.components.score_numbers import (
    FREE,
    NUMBER,
    OTHER_SUBJECT,
    PREVIOUS,
    Value,
    clause_before,
    is_component,
    is_difference,
)
from extract.components.score_percents import of_components, of_entries, percents
from extract.components.subjects import subject_before

_ON_SCALE = re.compile(
    rf"{FREE}({NUMBER})(?:\s?điểm|(?=\s\((?:thang|trên)))\s*(?:,\s*|\(\s*|/\s*)?"
    rf"(?:(?:tính\s+)?(?:trên|theo|trong|so với)\s+)?(?:thang\s+(?:điểm\s+|đo\s+)?"
    r"|(?:số\s+)?(?:điểm\s+)?tối đa\s+(?:là\s+)?"
    rf"|tổng\s+(?:số\s+)?(?:điểm\s+)?(?:là\s+)?)({NUMBER})"
    r"(?:\s?điểm)?(?![\w/%]|[.,]\d)"
)
_ENTRY = rf"{NUMBER}(?:\s{{0,2}}điểm)?"
_IN_TURN = re.compile(
    rf"\b(?:lần lượt|tương ứng)\s+(?:(?:đạt|là|được|với|ở mức|:)\s*)?{FREE}(?P<all>{_ENTRY}"
    rf"(?:(?:[,;]\s+|\s+và\s+|[,;]\s+và\s+){_ENTRY}){{1,9}})(?!\s+(?:phần trăm|%)|\s?%)(?:(?<=điểm)|(?=\s*(?:$"
    rf"|[.;)(]|,|đứng|xếp)))"
)
_OF_MAXIMUM = re.compile(rf"{FREE}({NUMBER})\s?[/⁄∕]\s?(\d{{1,4}}(?:[.,]\d{{1,2}})?)(?![\w/]|[.,]\d)(\s?điểm\b)?")
_SITES = re.compile(r"điểm\s(?:cầu|trường|bán|nóng|đen|dân cư|du lịch|tiếp nhận)\b")
_POINTS = re.compile(rf"{FREE}({NUMBER})\s{{0,2}}điểm\b(?!\s+(?:phần trăm|%))")
_LABELLED = re.compile(
    r"(?<!trên )(?:tổng số điểm|tổng điểm|số điểm|điểm số|điểm trung bình|điểm bình quân|giá trị)\s?"
    r"(?:[^\d.;:()\n]{0,80}?(?:đạt|là|được|:)\s*)?"
    rf"{FREE}({NUMBER})(?![\w/%]|[.,]\d|\s?(?:%|điểm|/))(?=\s*(?:[.,;)(]|$|xếp|đứng|tăng|giảm|và|so))",
    re.IGNORECASE,
)
INDEX_VALUE = re.compile(r"(?:đạt|là|với|điểm)\s+(0[.,]\d{3,4})(?![\w/%]|[.,]\d)")
_OVER = re.compile(
    rf"{FREE}({NUMBER})\s?(?:điểm\s?)?(?:[/⁄∕]\s?|(?:trên|trong)\s+(?:tổng\s+(?:số\s+)?"
    rf"|thang\s+(?:điểm\s+)?))({NUMBER})\s?điểm\b"
)
_BARE_OF_INDEX = re.compile(
    rf"(?:đạt|là|được|:|với|ở mức|còn)\s+(?:mức\s+)?{FREE}(\d{{1,3}}[.,]\d{{1,4}})(?![.,]\d)"
    r"(?=\s*(?:$|[.;,()]|xếp|đứng|tăng|giảm|và\b|so với))"
)
_BESIDE = re.compile(
    rf"(?::\s*|\(|\bđạt\s+|\bvới\s+){FREE}(\d{{1,3}}[.,]\d{{1,4}})(?![.,]\d)(?=\s*(?:$|[;),]|\.(?!\d)|xếp|và\b))"
)
_SHARE_OF_ONE = re.compile(rf"{FREE}(0[.,]\d{{3,4}})(?![\w/%]|[.,]\d)")
_MEASURED = re.compile(rf"{PREVIOUS.pattern}|\b(?:cao hơn|thấp hơn|bình quân|trung bình)\b")
_FORMER = re.compile(rf"\((?:[^()\d]{{0,30}}|năm \d{{4}}[^()\d]{{0,20}}){FREE}(\d{{1,3}}[.,]\d{{1,4}})(?=\s*[;,)])")
_REACH = 300  # characters between a value and the one it is compared to
_POINTED_SIBLING = re.compile(r"\d\s?[/⁄∕]\s?\d{1,3}\s?điểm|\b[Đđ]iểm\b")
_MOVED = re.compile(r"\b(?:tăng|giảm|nâng|hạ|cải thiện|sụt|tụt)\b[^.;:]{0,30}$", re.IGNORECASE)
_FROM_TO = re.compile(
    rf"\btừ\s(?:mức\s)?(?P<first>{NUMBER})(?:\s?/\s?\d{{1,4}})?\s?(?P<unit>điểm\s|%\s)?"
    r"(?:\([^()]{1,30}\)\s|(?:của\s|vào\s)?(?:năm|tháng|quý)\s[\w/]{1,7},?\s|[^\d;.()]{0,30}?)"
    rf"(?P<to>lên|xuống|đến|còn|thành)\s+(?:mức\s+|thành\s+"
    rf"|đạt\s+)?(?P<second>{NUMBER})(?:\s?/\s?(?P<of>\d{{1,4}}))?\s?(?:điểm\b|(?P<percent>%))"
)
_RANK_CUE = re.compile(r"(?:hạng|vị thứ|thứ|vị trí|xếp|đứng|top|nhóm)\s*(?:thứ\s*)?(?:là\s*|:\s*)?$", re.IGNORECASE)
_DATE_CUE = re.compile(r"(?:ngày|từ|đến|tháng|quý|lúc)\s*$", re.IGNORECASE)
_NO_SCORE_CUE = re.compile(
    r"(?:tăng|giảm|cộng|trừ|thêm|bớt|thấp hơn|cao hơn|kém|hơn|tối đa|thang điểm|tụt|sụt|từ|dưới|trên|tối thiểu"
    r"|ít nhất|mất|thiếu|(?<!tự )(?<!được )chấm|thành|gồm|tại|ở các|các|những|khoảng cách|chênh lệch|chênh|mỗi"
    r"|được cộng|bị trừ|≥|>|<|≤|có)\s*$",
    re.IGNORECASE,
)
_LOST = re.compile(r"\b(?:bị (?:trừ|mất)|trừ điểm|mất điểm|điểm (?:trừ|mất|bị trừ))\b[^,;.\d]{0,25}$", re.IGNORECASE)
_SCALE = re.compile(r"(?:thang điểm|điểm tối đa|tối đa|thang)\b[^.;\d]{0,80}(?:\d{1,3} [^.;\d]{0,60})?$", re.IGNORECASE)
_POINTS_CUE = re.compile(
    r"(?:đạt|được|là|với|tự chấm|tự đánh giá|thẩm định|được chấm|còn|lên|xuống|mức|bằng|chỉ|điểm số|số điểm"
    r"|tổng điểm|bình quân|trung bình|cao nhất|thấp nhất|[(:,;])"
    r"\s*(?:tổng\s*)?$",
    re.IGNORECASE,
)
_POINTS_BEHIND = re.compile(r"\s*(?:$|[.,;)(/]|xếp|và\b|đứng|tăng|giảm|so\b|thuộc|trong|tại|\+|trở|nằm|[-–])")
POINT_WORD = re.compile(r"\bđiểm\b", re.IGNORECASE)
_REACHED = re.compile(
    r"(?:đạt|(?:bảng|xếp hạng|nhất|nhì|ba|đầu|cuối|trí) với"
    r"|tự chấm|tự đánh giá|thẩm định|được chấm|điểm số|tổng điểm|số điểm|bình quân|cao nhất"
    r"|thấp nhất)\s*(?:\S+\s){0,3}\(?$"
    r"|(?:tổng điểm|tổng số điểm|điểm số|số điểm)\s[^.;:()]{0,60}\s(?:là|đạt|được)\s$"
    rf"|[{UPPER}][^\W\d_]*\s\($"
)
_EACH = re.compile(r"\b(?:cứ|mỗi|lẻ)\b", re.IGNORECASE)
_BAND = re.compile(r"^\s*(?:trở lên|trở xuống|đến dưới|đến\s+(?:dưới\s+)?\d)")
_PART = re.compile(
    rf"{FREE}(\d{{1,3}}[.,]\d{{1,3}})\s(điểm (?:thẩm định|điều tra xã hội học|khảo sát|tự đánh giá|tự chấm))"
    r"(?=\s*(?:$|[,;.)]|và\b|cộng\b))"
)
_GIVEN_POINTS = re.compile(r"\bđược\s[^.,;:\d]{2,40}\schấm\s*$")
_ONE = re.compile(NUMBER)
IN_TURN = "scores.in_turn"


def values(
    text: str, *, rated: bool = False, percent: bool = False, spans: Sequence[tuple[int, int]] = ()
) -> list[Value]:
    """The values of a sentence, left to right, none inside another.

    `rated`: the text around it speaks of an index or of points, so that values beside bodies are scores.
    `percent`: it stands under the name of an index that is counted in percent.
    `spans`: where bodies are named in it.
    """
    hits: list[Value] = []
    taken = bytearray(len(text))

    def take(found: Iterator[Value]) -> None:
        for hit in found:
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                hits.append(hit)

    take(
        chain(
            _from_to(text), _over(text), _in_turn(text), _of_maximum(text, rated=rated), _labelled(text), _points(text)
        )
    )
    take(_parts(text))
    take(percents(text, rated=rated or percent, percent=percent, spans=spans))
    if percent:
        take(of_components(text))
        take(of_entries(text, spans, hits))
    take(_of_index(text))
    if rated:
        take(_of_subjects(text))
    take(_compared(text, sorted(hits, key=lambda hit: hit.start)))
    return sorted((hit for hit in hits if not _SITES.match(text, max(hit.end - 4, 0))), key=lambda hit: hit.start)


def _over(text: str) -> Iterator[Value]:
    """Points with their scale in words: "85,5 điểm trên tổng số 100 điểm", "92 điểm trên thang điểm 100"."""
    for match in chain(_OVER.finditer(text), _ON_SCALE.finditer(text)):
        value, maximum = read_number(match[1]), read_number(match[2])
        if value is not None and maximum is not None and value <= maximum:
            yield Value(match.start(), match.end(), value, maximum, "scores.of_maximum")


def _in_turn(text: str) -> Iterator[Value]:
    """Points of several years or bodies: "năm 2021 và 2022 lần lượt đạt 81,20 và 80,05 điểm"."""
    for match in _IN_TURN.finditer(text):
        for each in _ONE.finditer(text, match.start("all"), match.end("all")):
            if (value := read_number(each.group())) is not None:
                yield Value(*each.span(), value, None, IN_TURN)


def _of_index(text: str) -> Iterator[Value]:
    """Bare figures of a named index: "PCI năm 2023 đạt 66,7, xếp thứ 20"."""
    for match in _BARE_OF_INDEX.finditer(text):
        value = read_number(match[1])
        clause = clause_before(text, match.start())
        named = find_indicators(clause)
        if value is not None and named and not OTHER_SUBJECT.search(clause[named[-1].end :]):
            yield Value(match.start(1), match.end(1), value, None, "scores.of_index")


def _of_subjects(text: str) -> Iterator[Value]:
    """Figures beside bodies or components: "Sở Y tế: 92,5; Sở Nội vụ (91,1)", "chính quyền số 0,5571"."""
    for match in _SHARE_OF_ONE.finditer(text):
        value = read_number(match[1])
        if value is not None and is_component(text, match):
            yield Value(match.start(1), match.end(1), value, None, "scores.of_subject")
    for match in _BESIDE.finditer(text):
        value = read_number(match[1])
        if value is not None and subject_before(text, match.start(1)) is not None:
            yield Value(match.start(1), match.end(1), value, None, "scores.of_subject")


def _compared(text: str, hits: list[Value]) -> Iterator[Value]:
    """Bare figures in brackets that a value is compared to: "tăng 6 bậc so với năm 2022 (0,5486; 55/63)"."""
    starts = [hit.start for hit in hits]
    for match in _FORMER.finditer(text):
        value = read_number(match[1])
        at = bisect_left(starts, match.start())
        before = hits[at - 1] if at else None
        if value is None or before is None or not before.value:
            continue
        if not _MEASURED.search(text, max(before.end, match.start(1) - _REACH), match.start(1)):
            continue
        if Decimal("0.4") <= value / before.value <= Decimal("2.5"):
            yield Value(match.start(1), match.end(1), value, None, "scores.compared")


def _from_to(text: str) -> Iterator[Value]:
    """What a value was and what it became: "tăng từ 5,8 điểm năm 2016 lên 6,15 điểm"."""
    for match in _FROM_TO.finditer(text):
        before, after = read_number(match["first"]), read_number(match["second"])
        if before is None or after is None or match["percent"] or _BAND.match(text, match.end()):
            continue
        turned = match["unit"] is not None and match["to"] in ("lên", "xuống")
        if not turned and not _MOVED.search(text, max(match.start() - 40, 0), match.start()):
            continue
        yield Value(*match.span("first"), before, None, "scores.from_to")
        yield Value(match.start("second"), match.end(), after, _maximum(match["of"]), "scores.from_to", previous=before)


def _of_maximum(text: str, *, rated: bool) -> Iterator[Value]:
    pointed = bool(_POINTED_SIBLING.search(text))
    for match in _OF_MAXIMUM.finditer(text):
        value, maximum = read_number(match.group(1)), read_number(match.group(2))
        if value is None or maximum is None or maximum == 0 or (value > maximum and match.group(3) is None):
            continue
        before = text[max(match.start() - 60, 0) : match.start()]
        if _RANK_CUE.search(before) or (
            match.group(3) is None and not _is_score(match, before, maximum, listed=pointed, rated=rated)
        ):
            continue
        if match.group(3) is not None and text[match.end() :].startswith((" cầu", " trường")):
            continue
        yield Value(match.start(), match.end(), value, maximum, "scores.of_maximum")


def _is_score(match: re.Match[str], before: str, maximum: Decimal, *, listed: bool, rated: bool) -> bool:
    """Whether a fraction without the word "điểm" behind it is a score."""
    if _DATE_CUE.search(before):
        return False
    if (listed or rated) and is_component(match.string, match):
        return True
    fraction = "," in match.group(1) or "." in match.group(1)
    pointed = bool(POINT_WORD.search(before))
    pointed = pointed or (listed and "," in match.group(1))
    return (fraction and (pointed or maximum in (10, 100, 1000) or "đạt" in before)) or (pointed and maximum == 100)


def _labelled(text: str) -> Iterator[Value]:
    for match in (*_LABELLED.finditer(text), *INDEX_VALUE.finditer(text)):
        value = read_number(match.group(1))
        before = text[max(match.start() - 60, 0) : match.start(1)]
        if value is not None and not _SCALE.search(before) and not _LOST.search(before):
            yield Value(match.start(1), match.end(1), value, None, "scores.labelled")


def _points(text: str) -> Iterator[Value]:
    for match in _POINTS.finditer(text):
        value = read_number(match.group(1))
        before = text[max(match.start() - 160, 0) : match.start()]
        if (
            value is None
            or (_NO_SCORE_CUE.search(before) and not _GIVEN_POINTS.search(before))
            or _EACH.search(before)
            or _LOST.search(before)
            or _SCALE.search(before)
            or _BAND.match(text[match.end() :])
            or is_difference(text, match.start(), value)
        ):
            continue
        decimal = value != value.to_integral_value() or "," in match.group(1)
        cued = bool(_POINTS_CUE.search(before))
        if (decimal or cued) and _POINTS_BEHIND.match(text[match.end() :]) and (decimal or _says_reached(before)):
            yield Value(match.start(), match.end(), value, None, "scores.points")


def _parts(text: str) -> Iterator[Value]:
    """The parts points are made up of, named behind them ("51,2 điểm thẩm định và 26,4 điểm điều tra xã hội học")."""
    for match in _PART.finditer(text):
        value = read_number(match[1])
        if value is not None:
            yield Value(match.start(), match.end(), value, None, "scores.part", name=match[2])


def _says_reached(before: str) -> bool:
    """Whether a whole number of points is said to be a result, not a number of places (điểm cầu, điểm bán)."""
    return bool(_REACHED.search(before))


def _maximum(text: str | None) -> Decimal | None:
    return None if text is None else read_number(text)
