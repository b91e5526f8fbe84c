"""Whether parts are all of a whole: by the words that list them, by what they count, by a rest that closes them.

Parts that do not make their whole are only called wrong where one of these holds; otherwise some may be unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from extract.checks.figures.kinds import are_all_kinds
from extract.checks.figures.quantities import Meaning, Quantity
from extract.records import Block

_CLOSED: Final = (
    frozenset({Meaning.ONLINE, Meaning.DIRECT}),
    frozenset({Meaning.ONLINE, Meaning.DIRECT, Meaning.CARRIED}),
    frozenset({Meaning.PROVINCE, Meaning.DISTRICT, Meaning.COMMUNE}),
)
STATUSES: Final = (
    frozenset({Meaning.DONE, Meaning.DOING, Meaning.NOT_BEGUN}),
    frozenset({Meaning.DONE, Meaning.NOT_DONE}),
    frozenset({Meaning.DONE, Meaning.DOING, Meaning.LATE}),
    frozenset({Meaning.DONE, Meaning.ON_TIME, Meaning.LATE}),
)
_TIMES: Final = (
    frozenset({Meaning.EARLY, Meaning.ON_TIME, Meaning.LATE}),
    frozenset({Meaning.EARLY_OR_ON_TIME, Meaning.LATE}),
    frozenset({Meaning.ON_TIME, Meaning.LATE}),
)
_WORKED_ON: Final = (frozenset({Meaning.RESOLVED, Meaning.PENDING}), frozenset({Meaning.DONE, Meaning.DOING}))
# Files that leave the count in other ways; where such words stand, received need not be resolved + pending.
OTHER_ENDS: Final = re.compile(
    r"trả lại|từ chối|\brút\b|hủy|đình chỉ|xếp lưu|lưu đơn|hướng dẫn|chuyển đơn|chuyển cơ quan"
    r"|không đủ điều kiện|tạm dừng|bổ sung hồ sơ|chuyển trả"
)
_PERSONS: Final = re.compile(
    r"(?:người|em|cháu|đồng chí|cán bộ|công chức|viên chức|giáo viên|học sinh|sinh viên|học viên|đảng viên|đoàn viên"
    r"|thanh niên|hội viên|lao động|thí sinh|bệnh nhân|đại biểu|công dân|nhân viên|nạn nhân|ca)\b"
)
_MEASURES: Final = frozenset(
    {"tỷ", "tỉ", "triệu", "nghìn", "ngàn", "ha", "km", "km2", "km²", "tấn", "tạ", "m2", "m3", "m²", "điểm"}
)
_TYPE: Final = r"(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)"
_TYPES: Final = re.compile(rf"\s({_TYPE}(?:(?:,|\svà)\s{_TYPE})*)\b", re.IGNORECASE)
_CLASS: Final = re.compile(r"\bxuất sắc|\btốt\b|\bkhá\b|\btrung bình\b|\byếu\b|\bkém\b")
_BELOW: Final = re.compile(r"\b(?:dưới|không quá|ít hơn) \d+(?! đến)|\d [^\d]{0,12}trở xuống\b")
_ABOVE: Final = re.compile(r"\b(?:trên|hơn|quá) \d+|\d [^\d]{0,12}trở lên\b")
_BETWEEN: Final = re.compile(r"\d[^\d]{0,12} ?(?:đến|-|–) ?(?:dưới )?\d")
_NEGATED: Final = re.compile(r"\b(?:không|chưa)\s+")
_EMPTY: Final = re.compile(r"\b(?:trong đó|đã|có|được|là|đang|số|thì|các)\b")
_LIST: Final = 3  # kinds
# Opinions have a middle: who neither agrees nor disagrees.
_OPINION: Final = re.compile(r"tán thành|đồng ý|nhất trí|ủng hộ|tín nhiệm|hài lòng|biểu quyết")
# "số còn lại đang xử lý", "các hồ sơ còn lại chưa đến hạn": a rest that is not counted.
_UNCOUNTED_REST: Final = re.compile(
    r"^[^.;]{0,80}?[,;.]\s*(?:và\s+)?(?:(?:số|phần|các|những)\s+)?(?:[^\W\d_]+\s){0,3}?còn lại\b"
    r"(?![^.;\d]{0,40}\d[\d.,]*+(?!\s?%))",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"\.\s|;|\btrong đó\b", re.IGNORECASE)
# "82 người chết và mất tích, trong đó 60 người chết, 7 người mất tích do một trận lũ quét": of what one thing did
_OF_ONE_CAUSE: Final = re.compile(r"[^.;,:()\d]{0,40}\sdo\s(?:một|trận|vụ|đợt|cơn|bão|mưa|lũ|sạt lở)\b", re.IGNORECASE)
_GOES_ON: Final = 300  # characters of the sentence behind the last part


def adds_up(item: Quantity) -> bool:
    """Whether a figure is a count, or an amount in a measure."""
    return item.is_count or is_measured(item)


def is_measured(item: Quantity) -> bool:
    """Whether a figure is an amount in a measure, and counts no things."""
    return item.unit.split()[:1] in [[unit] for unit in _MEASURES]


def one_unit(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """Whether the parts are counted in the unit of the whole; some may leave it out, not all."""
    named = [kind_of(part.unit) for part in parts if part.unit]
    return bool(whole.unit) and bool(named) and all(unit == kind_of(whole.unit) for unit in named)


@lru_cache(maxsize=1024)
def kind_of(unit: str) -> str:
    """What a unit is to be compared by: its first word, "người" for persons, "điểm" for shares that points make.

    "11 vụ/219 người" counts "vụ".
    """
    if unit == "%":
        return "điểm"
    return "người" if _PERSONS.match(unit) else (unit.replace("/", " ").split() or [""])[0]


@lru_cache(maxsize=16)
def may_end_otherwise(text: str) -> bool:
    """Whether a paragraph speaks of files that leave the count in other ways than resolved and pending."""
    return OTHER_ENDS.search(text.lower()) is not None


@lru_cache(maxsize=16)
def _denies(text: str) -> bool:
    return "chưa" in text.lower()


def is_closed(parts: Sequence[Quantity], block: Block) -> bool:
    """Whether parts are all there can be by what they count, each once."""
    if _OF_ONE_CAUSE.match(block.text, parts[-1].end - block.start):
        return False
    meanings = {part.meaning for part in parts}
    if len(meanings) == len(parts):
        if meanings in _CLOSED or meanings in STATUSES or meanings in _TIMES:
            return True
        if meanings in _WORKED_ON:
            return not (may_end_otherwise(block.text) or _denies(block.text))
    if _are_ranges(parts):
        return True
    told = are_all_kinds([part.term.name for part in parts])
    if told is not None:
        return told
    return (len(parts) == 2 and _are_opposites(*parts)) or (len(parts) >= _LIST and of_classes(parts))


def _are_ranges(parts: Sequence[Quantity]) -> bool:
    """Whether parts are told from below a bound to above one: "dưới 30 ngày …, từ 30 đến 60 ngày …, trên 60 ngày …"."""
    names = [part.term.name.lower() for part in parts]
    low, high = ([at for at, name in enumerate(names) if bound.search(name)] for bound in (_BELOW, _ABOVE))
    between = all(_BETWEEN.search(name) for at, name in enumerate(names) if at not in (*low, *high))
    return len(low) == len(high) == 1 and low != high and between


def goes_on(parts: Sequence[Quantity], block: Block, *, at_once: bool) -> bool:
    """Whether more of what the parts count stands behind the last, or a rest without a figure.

    Args:
        parts: the parts that were read.
        block: the paragraph.
        at_once: only a count right behind the next comma is another part: "800 nam và 300 nữ, 104 người chưa rõ".
    """
    start = parts[-1].end - block.start
    behind = block.text[start : start + _GOES_ON]
    if _UNCOUNTED_REST.search(behind):
        return True
    behind = _SENTENCE.split(behind, maxsplit=1)[0]
    units = {part.unit.split()[0] for part in parts if part.unit} | ({"người"} if at_once else set())
    between = r"^[^\d,]{0,40},\s*(?:(?:và|còn|có)\s+){0,2}" if at_once else r"[^\d.,]"
    return any(re.search(rf"{between}\d[\d.]{{0,12}}\s+{re.escape(unit)}\b", behind.lower()) for unit in units)


def are_of_other_types(whole: Quantity, parts: Sequence[Quantity], block: Block) -> bool:
    """Whether a whole counts units of other types than its parts do: 138 "xã, phường, thị trấn" and 97 "xã"."""
    here = _types(whole, block)
    there = {one for part in parts for one in _types(part, block)}
    return bool(here and there) and here != there


def _types(item: Quantity, block: Block) -> set[str]:
    match = _TYPES.match(block.text, item.end - block.start)
    return set(re.split(r",\s|\svà\s", match[1].lower())) if match else set()


def of_classes(parts: Sequence[Quantity]) -> bool:
    """Whether each part has a class of its own: Tốt, Khá."""
    classes = [_CLASS.findall(part.term.name.lower()) for part in parts]
    return all(len(one) == 1 for one in classes) and len({one[0] for one in classes}) == len(parts)


def _are_opposites(one: Quantity, other: Quantity) -> bool:
    """Whether one counts what the other says of in the negative: "có điều kiện" and "chưa có điều kiện"."""
    words = []
    negated = 0
    for part in (one, other):
        text = f"{part.before} {part.after}".lower()
        if _OPINION.search(text):
            return False
        negated += bool(_NEGATED.search(text))
        words.append(" ".join(_EMPTY.sub(" ", _NEGATED.sub(" ", text)).split()))
    return negated == 1 and words[0] == words[1] and len(words[0].split()) >= 2
