"""Wholes against the lists of their parts: which figures of a list belong to a whole, and whether they must make it.

Parts that make their whole agree. Where they do not, two explanations are weighed: a slip of the pen in one of the
figures, and something that the list leaves out (or a list of something else). How readily the second is believed
depends on what opens the list; what is left out is small more often than large, and seldom just as large as a slip
makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import log
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.complete import goes_on, is_closed, one_unit
from extract.checks.figures.slips import is_misprint
from extract.checks.sums.columns import Column, columns_of, head_of
from extract.checks.sums.members import Opener, PartList, Told, list_below, lists_of
from extract.checks.sums.stages import STAGES, TIMED
from extract.records import Block, Finding

_ROUGH: Final = re.compile(
    r"\b(?:ước|dự kiến|không tính|chưa kể|ngoài ra|bên cạnh|mỗi|từng|không gồm|không bao gồm|chủ yếu|riêng|nhất là"
    r"|trong số(?! (?:đó|này|trên))|bình quân|nổi bật|đáng chú ý|số còn lại|còn lại là)\b|\.\.\.|…|\bv\.\s?v",
    re.IGNORECASE,
)
_INNER: Final = re.compile(r"\([^()]*\)")
_ALTOGETHER: Final = re.compile(r"\btổng(?: cộng| số)?\b", re.IGNORECASE)
_MEASURED: Final = re.compile(r"(?:ha|km|m2|m3|m|kg|tấn|tạ|tỷ|triệu|đồng)\b")
_TOLD: Final = re.compile(r"(?:\b(?:là|có|được|đạt|còn|lên|xuống)|:)\s*$", re.IGNORECASE)
_NAMED: Final = re.compile(r"[^,;.()]{0,40}")
# What one person or household can be besides another: "40 công chức (25 nữ, 18 đảng viên)".
_TRAIT: Final = re.compile(
    r"\b(?:nữ|đảng viên|dân tộc|trẻ em|(?:cận )?nghèo|ngoài đảng|tôn giáo|khuyết tật|(?:cao|trẻ) tuổi|tái cử)\b"
)
_STOP: Final = re.compile(r"[.;]\s")
_OTHERS: Final = re.compile(r"\bvà\b[^\d.;]*\b(?:khác|lại)\b", re.IGNORECASE)
_UP_TO: Final = re.compile(
    r"\b(?:khoảng|hơn|gần|trên|ước|ước tính|dự kiến|tới|đến|chừng|xấp xỉ|mỗi|từng|bình quân|trung bình|không|chưa)"
    r"(?:\s+[^\W\d_]+){0,3}\s*$",
    re.IGNORECASE,
)
_IN_WORDS: Final = re.compile(
    r"\b(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+(?!phần|số|bên|cấp|lần|chiều|đầu|ngày|trăm)[^\W\d_]", re.IGNORECASE
)
_SOME_OF_THESE: Final = re.compile(r"\d (?:[^\W\d_]+ ){0,2}trong số (?:đó|này|trên)\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"\b(?:(?:tiểu|trung|sư|lữ|binh|quân) đoàn|(?:đại|trung|tiểu) đội|quân khu|khu vực|lô|vùng|tổ|khối)\s*$",
    re.IGNORECASE,
)
_HURT: Final = re.compile(r"\b(?:mất tích|bị thương)\b")  # beside those who died
_NAME: Final = 2  # words of a name
_FEWEST: Final = 5  # of a whole; less is missed by chance
_AGREED: Final = 3  # of a whole; less is made by chance
_BARE: Final = 10  # the largest of figures without units; less may be numbers of things
_BEHIND: Final = 160  # characters behind a list that can say that it goes on
_PLAUSIBLE: Final = Decimal("0.15")  # of a whole that a list of all parts may miss by
_TWO: Final = 2  # parts
_HALVES: Final = 2  # of a whole
_THIRDS: Final = 3
_DIGITS: Final = 10
# The weights of both explanations are no counts of how often they occur. They were fitted on published passages with
# one figure changed, where the slip should be told and the passage as published should not, and on letters of other
# offices.
_SLIPS: Final = 0.15  # for a slip of the pen
# For something left out of a list that was read to its end, by what opens it.
_LEFT_OUT: Final[Mapping[Opener, float]] = {
    Opener.ALL: 0.02,
    Opener.BRACKET: 0.02,
    Opener.COLON: 0.05,
    Opener.NAMED: 0.05,
    Opener.BY: 0.05,
    Opener.AMONG: 0.25,
    Opener.OF_THESE: 0.3,
    Opener.BELOW: 0.1,
}
_OF_TWO: Final = 6  # times as many where two bare figures are told
_OF_SEVERAL: Final = 0.1  # where three parts or more are told, each counted as the whole is
_LOOSE: Final = 4  # times as many of those that may be some, without "và" or of other things
_CLOSED: Final = 0.005  # where the parts are all there can be, or the list makes another whole
_MORE: Final = 0.03  # that are more than their whole
_OTHER: Final = 0.15  # that leave half of it
_MOST_OF_IT: Final = 1  # that are called some of it, and leave half


def check_wholes(
    groups: Mapping[tuple[int, ...], Sequence[Told]], block: Block, before: Sequence[Told] = ()
) -> Iterator[Finding]:
    """Wholes against the lists that follow them.

    Args:
        groups: the figures of a paragraph by the brackets they stand in.
        block: the paragraph.
        before: the last figures of the paragraph before it.
    """
    for one in lists_of(groups, block, before):
        yield from _compared(one, block)


def check_below(
    block: Block, above: Sequence[Told], children: Sequence[tuple[Block, Sequence[Told]]]
) -> Iterator[Finding]:
    """A whole against the items below it, each of which tells a part.

    Args:
        block: the paragraph above the items.
        above: the figures of the paragraph that states the whole.
        children: the items, each with its figures.
    """
    one = list_below(block, above, [told for _, told in children])
    if one is not None and not any(_ROUGH.search(_INNER.sub(" ", child.text)) for child, _ in children):
        yield from _compared(one, block)


def _compared(one: PartList, block: Block) -> Iterator[Finding]:
    """The wholes of a list, each with its column where that makes it, or must."""
    columns = list(columns_of(one))
    agreeing = {column.whole.item.start for column in columns if not column.gap}
    told: set[int] = set()
    for column in columns:
        whole = column.whole.item
        if whole.start in told or (whole.start in agreeing and column.gap):
            continue
        holds = whole.start in agreeing and whole.value >= _AGREED
        if holds or (
            column.full
            and _is_understood(one, column, block, bool(agreeing))
            and _is_wrong(one, column, block, bool(agreeing))
        ):
            told.add(whole.start)
            made = sum_of(whole, column.parts, block)
            if made is not None:
                yield made


def _is_understood(one: PartList, column: Column, block: Block, confirmed: bool = False) -> bool:
    """Whether a list was understood to its end: nothing in it is rough, told in words, or of another kind.

    `confirmed`: another column of it agrees.
    """
    whole, parts = column.whole.item, column.parts
    if column.foreign or any(part.approximate for part in parts) or whole.value < _FEWEST:
        return False
    told = block.text[max(whole.end - block.start, block.body) : parts[-1].end - block.start]
    behind = block.text[parts[-1].end - block.start :][:_BEHIND]
    stop = _STOP.search(behind)
    told += behind[: stop.start()] if stop else behind
    if _OTHERS.search(behind[: stop.start()] if stop else behind) or _ROUGH.search(told) or _IN_WORDS.search(told):
        return False
    if _UP_TO.search(column.whole.lead) or _ALTOGETHER.search(column.labels[0]):
        return False
    if _SOME_OF_THESE.search(told) or any(map(_NUMBERED.search, (column.whole.lead, *column.labels))):
        return False  # "4 trong số đó là …, 2 là …"; "Tiểu đoàn 31 (30 xe …)"
    if "chết" in whole.after and "mất tích" not in whole.after and any(_HURT.search(part.after) for part in parts):
        return False
    total = sum((part.value for part in parts), Decimal(0))
    if any(other.item.value + whole.value == total for other in one.wholes if other.item is not whole):
        return False  # "14 xã và 3 thị trấn, trong đó 5 xã, thị trấn vùng cao và 12 xã, …"
    if any(
        _is_numbered(label, block.text[: part.start - block.start])
        for part, label in zip(parts, column.labels, strict=True)
    ):
        return False
    return _are_parts(one, column, block, confirmed) and not goes_on(parts, block, at_once=True)


def _is_numbered(label: str, before: str) -> bool:
    """Whether words that lead to a figure are a name that has numbers: "xã Phú Hòa 1 và xã Phú Hòa 2"."""
    name = " ".join(label.split()[-_NAME:])
    earlier = before[: before.rfind(name)][-_BEHIND:] if name.split()[-1:] and name.split()[-1][0].isupper() else ""
    return bool(earlier) and re.search(rf"\b{re.escape(name)} \d", earlier) is not None


def _are_parts(one: PartList, column: Column, block: Block, confirmed: bool = False) -> bool:
    """Whether figures can be parts of a whole by what they count: named apart, of its unit, of none or of several."""
    whole, parts = column.whole.item, column.parts
    values = [part.value for part in parts]
    heads = {head_of(part) for part in parts}
    head = head_of(whole)
    if (whole.value in values and one.opener is not Opener.ALL) or values == [*range(1, len(parts) + 1)]:
        return False
    if one.opener is Opener.AMONG and len(heads) > 1 and max(values) > whole.value:
        return False
    units = {part.unit for part in parts if part.value <= whole.value}
    if any(part.value > whole.value and part.unit not in units for part in parts) and whole.unit in units:
        return False  # "30 xã, trong đó 14 xã bị ngập, 80 thôn": what was listed before goes on
    if heads == {""} and (max(values) < _BARE or not head):
        return False
    if not head and not _TOLD.search(column.whole.lead):
        return False  # "đoàn số 88"
    if one.opener is Opener.BELOW and not heads <= {head, ""}:
        return False
    measured = not whole.is_count or bool(_MEASURED.match(whole.unit))
    if (
        head not in heads
        and heads != {""}
        and (one.opener is Opener.OF_THESE or (head and (measured or len(heads) == 1)))
    ):
        return False
    behind = [_NAMED.match(block.text, part.end - block.start) for part in parts]
    names = [f"{label}{match and match.group()}".lower() for label, match in zip(column.labels, behind, strict=True)]
    if any(_TRAIT.search(name) for name in names) and not is_closed(parts, block):
        return False
    apart = confirmed or len(set(names)) == len(names)
    return apart and all(any(map(str.isalpha, name)) for name in names)


def _is_wrong(one: PartList, column: Column, block: Block, confirmed: bool) -> bool:
    """Whether a list that misses its whole is wrong rather than not all of it; `confirmed`: another column agrees."""
    whole, parts, gap = column.whole.item, column.parts, column.gap
    if whole.meaning in STAGES and any(part.meaning in (*TIMED, *STAGES) for part in parts):
        return False  # stages know better which belongs to which
    below = one.end < len(block.text) and block.text.endswith((";", ":")) and block.text.find(".", one.end) < 0
    if 0 < gap <= one.loose or (gap > 0 and below):
        return False
    apart = all(part.unit and head_of(part) != head_of(whole) for part in parts)
    odds = _LEFT_OUT[one.opener]
    if len(parts) == _TWO and not any(part.unit for part in parts):
        odds *= _OF_TWO
    if one.opener in (Opener.AMONG, Opener.OF_THESE):
        if len(parts) > _TWO and one_unit(whole, parts):
            odds = _OF_SEVERAL
        elif apart or one.members[-1].by != "và":
            odds *= _LOOSE
    if confirmed or (is_closed(parts, block) and abs(gap) * _HALVES <= whole.value):
        odds = min(odds, _CLOSED)
    elif gap < 0:
        odds = _MORE
    elif one.opener in (Opener.AMONG, Opener.OF_THESE) and gap * _THIRDS >= whole.value:
        odds = max(odds, _MOST_OF_IT)
    elif gap * _HALVES >= whole.value:
        odds = max(odds, _OTHER)
    if _is_slip(whole.value, [part.value for part in parts], odds):
        return True
    near = abs(gap) <= _PLAUSIBLE * whole.value
    return near and _is_all(one, head_of(whole)) and (one_unit(whole, parts) or apart or len(parts) > _TWO)


def _is_all(one: PartList, head: str) -> bool:
    """Whether a list tells all parts by how it is written: in brackets, up to "và", one figure for each member."""
    if one.opener in (Opener.ALL, Opener.NAMED):
        return one.members[-1].by in ("và", ";")
    if one.opener in (Opener.COLON, Opener.BY):
        alike = [sum(head_of(item) in (head, "") for item in member.figures) for member in one.members]
        others = [sum(item.unit != "%" for item in member.figures) for member in one.members]
        return max(alike if any(alike) else others) <= 1
    return one.opener is Opener.BRACKET


def _is_slip(whole: Decimal, parts: Sequence[Decimal], odds: float) -> bool:
    """Whether a slip of the pen explains what keeps parts from their whole better than something that is left out.

    Of the figures that a slip can make of those told, each is as likely as another; what is left out is the less likely
    the larger it is, so that a gap of 40 tells more than one of 4.

    Args:
        whole: the whole.
        parts: its parts.
        odds: the weight of lists like this leaving something out.
    """
    gap = whole - sum(parts, Decimal(0))
    figures = (whole, *parts)
    pairs = [(whole, whole - gap), *((part, part + gap) for part in parts)]
    explained = sum(right > 0 and is_misprint(one, right) for one, right in pairs)
    by_slip = _SLIPS * explained / (_DIGITS * sum(len(f"{value.normalize():f}") for value in figures))
    step = _step(figures)
    return by_slip > odds / (float(abs(gap) / step) * log(max(float(whole / step), _DIGITS)))


def _step(figures: Sequence[Decimal]) -> Decimal:
    """The unit that figures are told in: 100 for 3.100, 1.200 and 1.800."""
    exponents = [value.normalize().as_tuple().exponent for value in figures if value]
    return Decimal(1).scaleb(min((one for one in exponents if isinstance(one, int)), default=0))
