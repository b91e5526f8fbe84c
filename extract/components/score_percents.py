"""Values of indices that are counted in percent ("PAR INDEX năm 2023 đạt 87,09%"), apart from all other shares."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extract.components.indicators import ACRONYMS, find_indicators
from extract.components.numbers import read_number
from extract.components.score_numbers import (
    CLAUSE,
    FREE,
    NUMBER,
    OTHER_SUBJECT,
    PREVIOUS,
    Value,
    clause_before,
    has_subject,
    is_component,
    is_difference,
)
from extract.components.standing_words import is_plain

BY_PERCENT = "scores.percent"
_SURVEYED = re.compile(
    r"\b((?:mức độ|sự) hài lòng(?:\s+(?:của|đối với|về)\s[^\d:;.,()]{2,70}?)?)"
    r"\s+(?:(?:năm|quý|tháng)\s[\w/]{1,7}|đạt|là)"
    r"|\b((?:mức độ|sự) hài lòng(?:\s+(?:của|đối với|về)\s[^\d:;.,()]{2,70}?)?)\s*[:(]"
    r"|\b(?<!lệ )(hài lòng\s(?:đối với|về)\s[^\d:;.()]{2,90}?)\s+(?:mới\s|chỉ\s)?(?:ở mức|đạt|là)\s",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?:\b(?:{ACRONYMS})\)?\s+(?:năm\s\d{{4}}\s+)?|"
    rf"\b(?:đạt|là|với|còn|kết quả|con số|ở mức|cao nhất|thấp nhất|tỷ lệ điểm(?: số)?)\s+"
    rf"(?:(?:chỉ|mức|kết quả|con số|cao|thấp|nhất|kỷ lục|tới)\s+){{0,4}}|:\s+|\(){FREE}({NUMBER})\s?%(?!\s*(?:trở|/))"
)
_AT_AN_END = re.compile(
    r"(?:dẫn đầu|đứng đầu|cao nhất|thấp nhất|xếp cuối|đứng cuối|cuối cùng|tiếp theo|kế đến|tiếp đến"
    r"|đứng thứ|xếp thứ|trung bình|lần lượt)",
    re.IGNORECASE,
)
_YEARLY = re.compile(r"^\s*(?:năm|quý|tháng)\s[\w/]{1,7}\s?:?\s*$")
_BREAK = re.compile(r"[;.]\s")
_RANKED_BEHIND = re.compile(r"\s*,?\s*(?:tạm\s)?(?:xếp|đứng)\s+(?:hạng|thứ|vị)")
_VALUE_OF_INDEX = re.compile(r"\bgiá trị\b[^.;]{0,60}$", re.IGNORECASE)
_ANY_PERCENT = re.compile(rf"{FREE}({NUMBER})\s?%(?!\s*(?:trở|/))")
_OF_THE_WHOLE = re.compile(
    r"\b(?:bình quân|trung bình|giá trị)\b"
    r"|^\s*(?:(?:năm|tháng|quý)\s[\w/]{1,7},?\s)?(?:tỉnh|thành phố|huyện|xã|bộ)\s(?:dừng|đạt|ở|chỉ|được|có|mới)\b"
    r"|\bmức độ hài lòng chung\b",
    re.IGNORECASE,
)


_PARTS = re.compile(r"\b(?:trong đó|cụ thể|gồm|như sau)\s?:?\s", re.IGNORECASE)
_PART = rf"(?:\s(?:đạt|là|được|chỉ|mới))*\s?:?\s({NUMBER})\s?%"
_BY_SEMICOLON = re.compile(rf"(?<=[;:\s])\s?(?:và\s)?([^\W\d_][^\d;:()%]{{3,110}}?){_PART}(?=\s?(?:[;.(]|$))")
_BY_COMMA = re.compile(rf"(?<=[,:\s])\s?(?:và\s)?([^\W\d_][^\d,;:()%]{{3,110}}?){_PART}(?=\s?(?:[,.(]|$))")
_MOVES = re.compile(  # what begins a phrase or a share, no name of a part
    r"(?:t[ỷỉ] lệ|số|hồ sơ|nộp|thanh toán|giải ngân|hộ|tăng|giảm|cao hơn|thấp hơn|bằng|đạt|xếp|so|chiếm|trong|có)\b",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(
    r"(?<!năm )(?<!thứ )(?<!hạng )(?<![\d/])\d[\d./]{0,9}(?:,?\s(?!đứng|xếp|dẫn|cho|là|đạt|và|tăng|giảm)[^\W\d_]+){1,7}"
    r"\s?\((?:(?:đạt|chiếm|bằng|tương đương|tỷ lệ|tỉ lệ|là)\s)?$"
)


def surveyed(clause: str) -> str | None:
    """The satisfaction a survey measured ("mức độ hài lòng của người nộp thuế năm 2023: 86,7%")."""
    match = next(reversed(list(_SURVEYED.finditer(clause))), None)
    return None if match is None else " ".join((match[1] or match[2] or match[3]).split())


def of_components(text: str) -> Iterator[Value]:
    """Percentages right behind components of an index: "Cải cách thể chế chỉ 84,1%"."""
    for match in _ANY_PERCENT.finditer(text):
        value = read_number(match[1])
        if value is not None and is_component(text, match) and not is_difference(text, match.start(1), value):
            yield Value(match.start(1), match.end(), value, None, BY_PERCENT)


def of_entries(text: str, spans: Sequence[tuple[int, int]], hits: Sequence[Value]) -> Iterator[Value]:
    """Percentages of a list of parts behind the value of an index: "đạt 81%, trong đó: tiếp cận dịch vụ 82,1%; …"."""
    first = min((hit.end for hit in hits if hit.rule == BY_PERCENT), default=len(text))
    opened = _PARTS.search(text, first)
    if opened is None:
        return
    entries = list((_BY_SEMICOLON if text.count(";", opened.end()) > 1 else _BY_COMMA).finditer(text, opened.end() - 1))
    told = [match for match in entries if _names_part(match, spans)]
    for match in told if len(told) > 1 and len(told) == len(entries) else ():
        value = read_number(match[2])
        if value is not None:
            name = match[1][0].upper() + " ".join(match[1].split())[1:]
            yield Value(match.start(2), match.end(), value, None, BY_PERCENT, name=name)


def _names_part(match: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    name = match[1]
    if is_plain(name) or _MOVES.match(name):
        return False
    at = bisect_left(spans, (match.end(1), 0))
    return not at or spans[at - 1][1] <= match.start(1)


def percents(text: str, *, rated: bool, percent: bool, spans: Sequence[tuple[int, int]]) -> Iterator[Value]:
    """Percentages that are values of an index ("PAR INDEX năm 2023 đạt 87,09%"), and those they are compared to."""
    last: int | None = None  # the end of the percentage taken before
    for match in _PERCENT.finditer(text):
        value = read_number(match.group(1))
        clause = clause_before(text, match.start(1))
        opened = match.group().startswith("(")
        named = find_indicators(clause)
        if value is None or is_difference(text, match.start(1), value) or _is_share(text, match.start(1), spans):
            continue
        first = rated and bool(_AT_AN_END.search(clause)) and has_subject(text, match)
        compared = last is not None and bool(PREVIOUS.search(clause) or not _BREAK.search(text, last, match.start()))
        beside = percent and opened and has_subject(text, match)  # "Bộ A (93,4%); Bộ B (92,1%)"
        if opened and not (first or beside) and not (compared and PREVIOUS.search(clause)):
            continue
        measured = surveyed(text[max(match.start(1) - 160, 0) : match.start(1)])
        subject = "" if measured else clause[named[-1].end :] if named else clause
        about = (
            named
            or first
            or beside
            or compared
            or (percent and (_OF_THE_WHOLE.search(clause) or _says_only_who(text, match.start(1), spans)))
            or measured
            or _RANKED_BEHIND.match(text, match.end())
            or _VALUE_OF_INDEX.search(clause)
        )
        at_an_end = opened and first  # "khoảng cách giữa địa phương cao nhất (92,18%) và thấp nhất (81,32%)"
        in_list = last is not None and (has_subject(text, match) or bool(_YEARLY.search(clause)))
        if not (about or in_list or is_component(text, match)) or (OTHER_SUBJECT.search(subject) and not at_an_end):
            continue
        last = match.end()
        yield Value(match.start(1), match.end(), value, None, BY_PERCENT)


def _is_share(text: str, start: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a percentage in brackets is the share that the count before makes up ("48 địa phương (đạt 76,2%")."""
    match = _SHARE_OF.search(text, max(start - 90, 0), start)
    if match is None:
        return False
    bracket = text.rindex("(", 0, start)
    near = spans[bisect_left(spans, (match.start(), 0)) : bisect_left(spans, (bracket, 0))]
    return not any(end >= bracket - 1 for _, end in near)


def _says_only_who(text: str, start: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a body is named in the words before `start` up to a break, and nothing else is said there."""
    low = max(start - CLAUSE, 0)
    low = max(low, *(text.rfind(mark, low, start) + 1 for mark in (";", ". ")))
    inside = [span for span in spans[bisect_left(spans, (low, 0)) : bisect_left(spans, (start, 0))] if span[1] <= start]
    rest = low
    for begin, end in inside:
        if not is_plain(text[rest:begin]):
            return False
        rest = end
    return bool(inside) and is_plain(text[rest:start])
