"""Wholes against the lists of their parts: which figures of a list belong to a whole, and whether they must make it.

Parts that make their whole agree. Where they do not, two explanations are weighed: a slip of the pen in one of the
figures, and something that the list leaves out (or a list of something else). How readily the second is believed
depends on what opens the list; what is left out is small more often than large, and seldom just as large as a slip
makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from math import log
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.arithmetic import SHARE, SUM
from extract.checks.figures.breaks import BRACKETS, STOP
from extract.checks.figures.complete import goes_on, is_closed, one_unit
from extract.checks.figures.quantities import RUNNING, Meaning, Quantity, quantities
from extract.checks.figures.slips import is_explained, is_misprint, is_near, looks_complete
from extract.checks.figures.terms import compared, quote, recompute
from extract.checks.sums.columns import Column, columns_of, head_of
from extract.checks.sums.members import OF_THESE, Opener, PartList, Told, breaks, list_below, lists_of, tell_apart
from extract.checks.sums.runs import LEFT, is_held, runs_of
from extract.checks.sums.stages import STAGES, TIMED
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_ROUGH: Final = re.compile(
    r"\b(?:ước|dự kiến|không tính|chưa kể|ngoài ra|bên cạnh|mỗi|từng|không gồm|không bao gồm|chủ yếu|riêng|nhất là"
    r"|trong số(?! (?:đó|này|trên))|bình quân|nổi bật|đáng chú ý"
    r"|(?:số còn lại|còn lại là)(?![^.;\d]{0,40}\d))\b|\.\.\.|…|\bv\.\s?v",
    re.IGNORECASE,
)
_ALTOGETHER: Final = re.compile(r"\btổng(?: cộng| số)?\b", re.IGNORECASE)
_MEASURED: Final = re.compile(r"(?:ha|km|m2|m3|m|kg|tấn|tạ|tỷ|triệu|đồng)\b")
_TOLD: Final = re.compile(r"(?:\b(?:là|có|được|đạt|còn|lên|xuống)|:)\s*$", re.IGNORECASE)
_PARTED: Final = re.compile(r"[,;.]\s")
_BESIDE: Final = re.compile(r"[^\W\d_]\s*$")  # "vắng mặt 21 (có lý do …, không lý do …)"
_NAMED: Final = re.compile(r"[^,;.()]{0,40}")
# What one person or household can be besides another: "40 công chức (25 nữ, 18 đảng viên)".
_TRAIT: Final = re.compile(
    r"\b(?:nữ|đảng viên|dân tộc thiểu số|dtts|trẻ em|(?:cận )?nghèo|ngoài đảng|tôn giáo|khuyết tật"
    r"|(?:cao|trẻ) tuổi|tái cử)\b"
)
_REST: Final = re.compile(r"\bcòn lại\b")  # what the other parts leave
_OTHER_KINDS: Final = re.compile(r"\bkhác\b")
_PERSONAL: Final = ("người", "hộ", "khẩu", "")
_OTHERS: Final = re.compile(r"\bvà\b[^\d.;]*\b(?:khác|lại)\b", re.IGNORECASE)
_UP_TO: Final = re.compile(
    r"\b(?:(?:khoảng|hơn|gần|trên|tới|đến|chừng|xấp xỉ|không|chưa)(?:\s+(?:là|có|được|đạt|quá))?"
    r"|(?:mỗi|từng|bình quân|trung bình)(?:\s+[^\W\d_]+){0,3})\s*$",
    re.IGNORECASE,
)
_IN_WORDS: Final = re.compile(
    r"\b(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười)\s+(?!phần|số|bên|cấp|lần|chiều|đầu|ngày|trăm|tháng|quý|năm|tuần)[^\W\d_]",
    re.IGNORECASE,
)
_SOME_OF_THESE: Final = re.compile(r"\d (?:[^\W\d_]+ ){0,2}trong số (?:đó|này|trên)\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"\b(?:(?:tiểu|trung|sư|lữ|binh|quân) đoàn|(?:đại|trung|tiểu) đội|quân khu|khu vực|lô|vùng|tổ|khối)\s*$",
    re.IGNORECASE,
)
_HURT: Final = re.compile(r"\b(?:mất tích|bị thương)\b")  # beside those who died
_ONE_OF: Final = re.compile(r"(?<![\d.,])(\d[\d.]*)(?:\s[^\d.;,()]{1,30})?\s(?:trong|trên)(?: tổng)?(?: số)?\s*$")
# A part whose figure was read as a number: "giữa các xã 05, giữa các phòng 02."
_NEXT: Final = re.compile(r"[^\d.;()]{0,40},\s(?:và\s)?[^\d.,;:()]{2,60}\s(\d{1,6})(?=\s*(?:[.,;)]|$))")
_UNCOUNTED: Final = re.compile(r"[^\W\d_]{2,},\s*$")  # "26 răng: ngà, 12 răng sữa và 12 răng hàm"
_OWN_SHARE: Final = re.compile(r"[^\d.,;()]{0,60}\s?\((?:[^\W\d_]+\s){0,3}~?\s?(\d{1,3}(?:,\d{1,2})?)\s?%")
_NAME: Final = 2  # words of a name
_FEWEST: Final = 5  # of a whole; less is missed by chance
_MADE: Final = 100  # of a whole that no words lead from to its parts
_AGREED: Final = 3  # of a whole; less is made by chance
_BARE: Final = 10  # the largest of figures without units; less may be numbers of things
_BEHIND: Final = 160  # characters behind a list that can say that it goes on
_PLAUSIBLE: Final = Decimal("0.15")  # of a whole that a list of all parts may miss by
_THINKABLE: Final = Decimal("0.3")
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
    Opener.NONE: 1.0,
}
_OF_TWO: Final = 6  # times as many where two bare figures are told
_OF_SEVERAL: Final = 0.1  # where three parts or more are told, each counted as the whole is
_LOOSE: Final = 4  # times as many of those that may be some, without "và" or of other things
_CLOSED: Final = 0.005  # where the parts are all there can be, or the list makes another whole
_SAID: Final = 0.1  # and another sentence tells them
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
    listed: set[int] = set()
    held: set[int] = set()
    for one in lists_of(groups, block, before):
        for made in _compared(one, block):
            yield made
            if made.verdict is CheckVerdict.AGREES:
                held.add(made.evidence[0].start)
        if one.opener is not Opener.OF_THESE:
            listed |= {item.start for member in one.members for item in member.figures}
    for one in runs_of(groups, block, listed, held):
        yield from _compared(one, block, held)


def check_points(reading: Reading) -> Iterator[Finding]:
    """Scores that a sentence makes of others: "84,25%, gồm 55,48 điểm thẩm định và 28,77 điểm điều tra"."""
    for block in reading.flow.of(*RUNNING):
        if "điểm" in block.text and "," in block.text:
            items = quantities(block, reading, points=True)
            if any(item.unit.startswith("điểm") and item.term.decimals for item in items):
                yield from check_wholes(tell_apart(items, block), block)


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
    if one is not None and not any(_ROUGH.search(BRACKETS.sub(" ", child.text)) for child, _ in children):
        yield from _compared(one, block)


def _compared(one: PartList, block: Block, held: Set[int] = frozenset()) -> Iterator[Finding]:
    """The wholes of a list, each with its column where that makes it, or must; `held`: wholes that other lists make."""
    columns = list(columns_of(one)) if not one.taken_up else list(_meant(one))
    made = {column.whole.item.start: column for column in reversed(columns) if column.making}
    for column in made.values():
        if (
            column.whole.item.value >= (_MADE if one.opener is Opener.NONE else _AGREED)
            and (found := sum_of(column.whole.item, column.making, block)) is not None
        ):
            yield found
    used = {part.start for column in made.values() for part in column.making}
    heads = {head_of(column.whole.item) for column in made.values()}
    nearest: dict[str, Told] = {}
    for column in columns:
        whole = column.whole.item
        if not column.full or whole.start in made or not {part.start for part in column.parts} - used:
            continue
        if any(one.start in used for one in column.parts) and head_of(whole) in heads:
            continue  # "giao 22 người, hiện có 20 người: 18 nam, 02 nữ; thiếu 02": of the nearer one
        last = nearest.get(head_of(whole), column.whole)
        if last is not column.whole and (_PARTED.search(last.lead) or _is_thinkable(last.item, column)):
            continue
        nearest[head_of(whole)] = column.whole
        if _is_understood(one, column, block, bool(made)) and _is_wrong(one, column, block, bool(made)):
            left = len(one.wholes) == _TWO or _REST.search(column.labels[-1].lower())
            found = (_of_last if left and is_held(whole, held) else sum_of)(whole, column.parts, block)
            if found is not None:
                yield found


def _of_last(whole: Quantity, parts: Sequence[Quantity], block: Block) -> Finding | None:
    """What is told last against what the other parts leave of a whole that is right."""
    *others, last = parts
    terms = [whole.term, *(replace(part.term, value=-part.value) for part in others)]
    statement = quote(block.text, others[0].start - block.start, last.end - block.start, block.body)
    return recompute(CheckKind.SUM, statement, SUM, terms, last.term)


def _meant(one: PartList) -> Iterator[Column]:
    """The columns of the one figure told before that a list makes, or makes but for a slip of the pen."""
    columns = [column for column in columns_of(one) if head_of(column.whole.item) == head_of(column.parts[0])]
    likely = [column for column in columns if not column.gap] or [
        column
        for column in columns
        if is_near(column.whole.item.value, column.whole.item.value - column.gap)
        and is_explained(column.whole.item.value, [part.value for part in column.parts])
    ]
    if len({column.whole.item.start for column in likely}) == 1:
        yield from likely


def _is_thinkable(whole: Quantity, column: Column) -> bool:
    """Whether a figure can be what the parts of a column make, or nearly make."""
    total = sum((part.value for part in column.parts), Decimal(0))
    return abs(whole.value - total) <= _THINKABLE * whole.value


def _is_understood(one: PartList, column: Column, block: Block, confirmed: bool = False) -> bool:
    """Whether a list was understood to its end: nothing in it is rough, told in words, or of another kind.

    `confirmed`: another column of it agrees.
    """
    whole, parts = column.whole.item, column.parts
    if column.foreign or any(part.approximate for part in parts) or whole.value < _FEWEST:
        return False
    start = max(whole.end - block.start, block.body)
    if one.opener is Opener.NONE:  # what stands between is of something else
        start = max(start, parts[0].start - block.start - len(one.members[0].lead))
    told = block.text[start : parts[-1].end - block.start]
    behind = block.text[parts[-1].end - block.start :][:_BEHIND]
    stop = STOP.search(behind)
    told += behind[: stop.start()] if stop else behind
    if _OTHERS.search(behind[: stop.start()] if stop else behind) or _ROUGH.search(told) or _IN_WORDS.search(told):
        return False
    if _UP_TO.search(column.whole.lead) or _ALTOGETHER.search(column.labels[0]):
        return False
    if _SOME_OF_THESE.search(told) or any(map(_NUMBERED.search, (column.whole.lead, *column.labels))):
        return False  # "4 trong số đó là …, 2 là …"; "Tiểu đoàn 31 (30 xe …)"
    named = block.text[max(whole.end - block.start, 0) : parts[0].start - block.start]
    if "chết" in named and "mất tích" not in named and any(_HURT.search(part.after) for part in parts):
        return False
    total = sum((part.value for part in parts), Decimal(0))
    if _counts_others(one, column, block, total):
        return False
    if any(other.item.value + whole.value == total for other in one.wholes if other.item is not whole):
        return False  # "14 xã và 3 thị trấn, trong đó 5 xã, thị trấn vùng cao và 12 xã, …"
    if any(
        _is_numbered(label, block.text[max(whole.end - block.start, 0) : part.start - block.start])
        for part, label in zip(parts, column.labels, strict=True)
    ):
        return False
    return _are_parts(one, column, block, confirmed) and not goes_on(parts, block, at_once=True)


def _counts_others(one: PartList, column: Column, block: Block, total: Decimal) -> bool:
    """Whether parts are of the figure that the whole is itself a whole of, of each member, or go on with one more."""
    whole, last = column.whole.item, column.parts[-1]
    lead = block.text[max(whole.start - block.start - _BEHIND, block.body) : whole.start - block.start]
    among = _ONE_OF.search(lead)
    if among is not None and among[1].replace(".", "") == f"{total:f}":
        return True  # "12 trong số 14 tác phẩm đạt giải, trong đó có 2 huy chương vàng, 10 huy chương bạc"
    if any(map(OF_THESE.search, column.labels)):
        return True  # "trong 7 người con, còn 3 trai và 1 gái": a whole of those behind it
    if column.gap > 0 and _UNCOUNTED.search(column.labels[0]):
        return True
    units = {head_of(part) for part in column.parts}
    if len(one.members) == whole.value and "" not in units and head_of(whole) not in units:
        return True  # "6 tổng: Phú Lợi với 9 làng; …": six are told
    follower = _NEXT.match(block.text, last.end - block.start)
    return follower is not None and Decimal(follower[1]) == column.gap


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
    if heads == {""} and not head and max(values) < _BARE:
        return False
    if not head and not (_BESIDE if one.opener is Opener.BRACKET else _TOLD).search(column.whole.lead):
        return False  # "đoàn số 88"
    if one.opener is Opener.BELOW and not heads <= {head, ""}:
        return False
    measured = not whole.is_count or bool(_MEASURED.match(whole.unit))
    if head not in heads and heads != {""} and (one.opener is Opener.OF_THESE or (head and measured)):
        return False
    behind = [_NAMED.match(block.text, part.end - block.start) for part in parts]
    names = [f"{label}{match and match.group()}".lower() for label, match in zip(column.labels, behind, strict=True)]
    if head in _PERSONAL and any(_TRAIT.search(name) for name in names) and not is_closed(parts, block):
        return False
    apart = confirmed or len(set(names)) == len(names)
    return apart and all(any(map(str.isalpha, name)) for name in names)


def _is_wrong(one: PartList, column: Column, block: Block, confirmed: bool) -> bool:
    """Whether a list that misses its whole is wrong rather than not all of it; `confirmed`: another column agrees."""
    whole, parts, gap = column.whole.item, column.parts, column.gap
    if one.opener in (Opener.AMONG, Opener.OF_THESE) and _are_some(whole, parts, block):
        return False
    stages = (*TIMED, *STAGES) if whole.meaning is Meaning.RECEIVED else TIMED
    if whole.meaning in STAGES and any(part.meaning in stages for part in parts):
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
    values = [part.value for part in parts]
    last = f"{column.labels[-1]} {parts[-1].after}".lower()
    if one.opener is Opener.NONE and LEFT.search(last):
        odds = _SAID
    rest = bool(_REST.search(last))
    if _OTHER_KINDS.search(last):
        rest = is_near(whole.value, whole.value - gap) or is_explained(whole.value, values)
    if confirmed or (abs(gap) * _HALVES <= whole.value and (rest or is_closed(parts, block))):
        anew = one.opener is Opener.NONE and breaks(block.text[whole.end - block.start : parts[0].start - block.start])
        odds = min(odds, _SAID if anew and not confirmed else _CLOSED)
    elif gap < 0:
        odds = _MORE
    elif one.opener in (Opener.AMONG, Opener.OF_THESE) and gap * _THIRDS >= whole.value:
        odds = max(odds, _MOST_OF_IT)
    elif gap * _HALVES >= whole.value:
        odds = max(odds, _OTHER)
    if _is_slip(whole.value, values, odds):
        return True
    near = abs(gap) <= _PLAUSIBLE * whole.value
    if near and (rest or _is_all(one, head_of(whole))) and (one_unit(whole, parts) or apart or len(parts) > _TWO):
        return True
    return one.opener is not Opener.NONE and looks_complete(whole, parts, block)


def _are_some(whole: Quantity, parts: Sequence[Quantity], block: Block) -> bool:
    """Whether a part is told with the share of the whole that it has, and another without: "398 (82%) và 78 đạt …"."""
    shares = [_OWN_SHARE.match(block.text, part.end - block.start) for part in parts]
    told = [(part, read_number(share[1])) for part, share in zip(parts, shares, strict=True) if share is not None]
    if len(told) == len(parts) or is_closed(parts, block):
        return False
    return any(
        share is not None
        and (made := SHARE.value([part.value, whole.value])) is not None
        and compared(SHARE, share, made).verdict is not CheckVerdict.DIFFERS
        for part, share in told
    )


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
