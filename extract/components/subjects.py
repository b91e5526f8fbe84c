"""Who or what a value belongs to by the words right before it: "Sở Tư pháp (92,5 điểm)", "Cải cách thể chế 7,2/8"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.components.class_lists import is_body, is_place
from extract.components.context import UPPER
from extract.components.lexicon import Names, province_names, tokens
from gazetteer import Kind, load_gazetteer
from gazetteer.scoring_models import load_models

_REACH = 150  # characters before a value in which its subject is looked for
_LINK = (
    r"đạt|là|được|với|chỉ|có|xếp|đứng|ở|mức|điểm|số|tổng|hạng|cao nhất|thấp nhất|cao|thấp|còn|đang|bình quân|trung bình"
    r"|kết quả|giá trị|đứng đầu|dẫn đầu|đứng cuối|xếp cuối|cuối|đầu|tiếp tục"
    r"|được|bị|đánh giá|xếp loại|công nhận|cùng|đều|đã|loại|vị trí|thứ|năm \d{4}|lần lượt|tương ứng|cuối cùng|:|\("
    r"|,|–|-"
)
_LINKS = re.compile(rf"(?:(?<=[\s(:,–-])(?:{_LINK})\s*)+$")
_BOUNDARY = re.compile(
    r"[;:.+(•]\s*|^\s*[-+*]\s+|,\s"
    rf"|\b(?:là|như|gồm|và|của|tại|riêng|còn|thuộc về|tiếp theo|đến)\s+(?=[{UPPER}])|\b(?:trong đó|cụ thể|riêng|còn"
    rf"|và)\s"
)
_UNIT = re.compile(rf"(?:Tỉnh|Thành phố|Thị xã|Huyện|Xã|Phường|Thị trấn|Đặc khu)\s[{UPPER}]")
_PREDICATE = re.compile(  # what is said of a component behind its name ("… có giá trị bình quân cao nhất")
    r",?\s(?:có (?:giá trị|điểm|kết quả|tỷ lệ|mức|số)|cao nhất|thấp nhất|dẫn đầu|đứng|xếp|ở mức|tăng|giảm)\b.*$"
)
_CITY = re.compile(r"TP\.?\s?[A-ZĐ]")
_SHORTEST = 8  # characters of a component written with a small letter
_LONGEST = 90  # characters of a component
_MOST = 12  # breaks before a value behind which its subject may begin
_BROKEN = re.compile(r"[;:()\d]")  # more than a name


@dataclass(frozen=True, slots=True)
class Subject:
    """The name right before a value: a component of an index, or a body with its full name."""

    name: str
    is_body: bool


def subject_before(text: str, start: int) -> Subject | None:
    """The component or body named right before `start` of a sentence; None where neither is known there."""
    clause = " " + text[max(start - _REACH, 0) : start]
    ends = [match.end() for match in _BOUNDARY.finditer(clause)][-_MOST:]
    if named := _component_at_end(clause.rstrip(" ,:(–-"), ends):
        return named
    links = _LINKS.search(clause)
    clause = clause[: links.start()] if links else clause
    clause = clause.rstrip(" ,:(–-")
    for begin in (0, *ends):  # the longest name first: a name may hold "và" and commas
        name = clause[begin:].strip()
        if _BROKEN.search(name):
            continue
        if name[:1].islower() and len(name) > _SHORTEST and _is_component(name):
            return Subject(bare_name(name[0].upper() + name[1:]), is_body=False)
        if not name[:1].isupper():
            continue
        if _is_component(name):
            return Subject(bare_name(name), is_body=False)
        if is_body(name):
            return Subject(full_name(name), is_body=True)
    return None


def _component_at_end(clause: str, ends: Sequence[int]) -> Subject | None:
    """A component whose own last word looks like a link: "chính quyền số"."""
    for begin in (0, *ends):
        name = clause[begin:].strip()
        if _SHORTEST < len(name) < _LONGEST and not _BROKEN.search(name) and _is_whole_component(name):
            return Subject(" ".join((name[0].upper() + name[1:]).split()), is_body=False)
    return None


def bare_name(name: str) -> str:
    """The name of a component without what is said of it behind.

    >>> bare_name("Cải cách thể chế có giá trị bình quân cao nhất,")
    'Cải cách thể chế'
    """
    return _PREDICATE.sub("", " ".join(name.split())).rstrip(" ,")


def full_name(name: str) -> str:
    """A place as it is written inside a sentence: "Xã Tân Mỹ" is "xã Tân Mỹ", "Hà Nam" is "tỉnh Hà Nam"."""
    if _UNIT.match(name):
        return name[0].lower() + name[1:]
    words = tokens(name)
    if _CITY.match(name) and (city := load_gazetteer().resolve(name, kind=Kind.PROVINCE).chosen):
        return city.name[0].lower() + city.name[1:]
    if not is_place(name) or province_names().longest(name, words, 0) != len(words):
        return name
    chosen = load_gazetteer().resolve(name, kind=Kind.PROVINCE).chosen
    return chosen.name[0].lower() + chosen.name[1:] if chosen is not None else name


@lru_cache(maxsize=16384)
def _is_component(name: str) -> bool:
    """Whether a name is, or begins with, that of a component of a scoring model."""
    words = tokens(name)
    stop = _components().longest(name, words, 0)
    return stop is not None and (stop == len(words) or stop >= 4)


@lru_cache(maxsize=16384)
def _is_whole_component(name: str) -> bool:
    """Whether a name is that of a component, no word more."""
    words = tokens(name)
    return bool(words) and _components().longest(name, words, 0) == len(words)


@cache
def _components() -> Names:
    named = [name for model in load_models() for one in model.indicators for name in (one.name, *one.aliases)]
    return Names(name for name in named if " " in name)
