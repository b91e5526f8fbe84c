"""Whether a list of parts was understood to its end, and its figures can be parts of a whole.

What is rough, told in words, of another kind or only some of a whole says nothing of it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from extract.checks.figures.breaks import STOP
from extract.checks.figures.complete import goes_on, is_closed
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.rough import is_bound, is_exact
from extract.checks.figures.spelled import NUMBERS
from extract.checks.sums.columns import Column, head_of
from extract.checks.sums.members import OF_THESE, Opener, PartList, Told
from extract.records import Block

ROUGH: Final = re.compile(
    r"\b(?:không tính|chưa kể|ngoài ra|bên cạnh|mỗi|(?<!đã )từng|không gồm|không bao gồm|chủ yếu|riêng"
    r"|(?<!nhiều )(?<!đông )(?<!cao )(?<!lớn )nhất là"
    r"|trong số(?! (?:đó|này|trên))|bình quân|nổi bật|đáng chú ý"
    r"|(?:số còn lại|còn lại là)(?![^.;\d]{0,40}\d))\b|\.\.\.|…|\bv\.\s?v",
    re.IGNORECASE,
)
_EXPECTED: Final = re.compile(r"\b(?:ước|dự kiến)\b", re.IGNORECASE)  # no rough figure where it has all its digits
_BESIDES: Final = re.compile(r",\s(?:ngoài ra|bên cạnh đó|tuy nhiên|tuy vậy|trong khi)\b", re.IGNORECASE)
# Brackets without a figure, which say more of a part: "(RPD, RPK, PK...)", "(sáu nghìn, chín trăm tỷ đồng)".
_WORDS_ALONE: Final = re.compile(r"\((?!(?:chưa|không)\b)[^()\d]*\)", re.IGNORECASE)
_ALTOGETHER: Final = re.compile(r"\btổng(?: cộng| số)?\b", re.IGNORECASE)
_MEASURED: Final = re.compile(r"(?:ha|km|m2|m3|m|kg|tấn|tạ|tỷ|triệu|đồng)\b")
_TOLD: Final = re.compile(r"(?:\b(?:là|có|được|đạt|còn|lên|xuống)|:)\s*$", re.IGNORECASE)
_BESIDE: Final = re.compile(r"[^\W\d_]\s*$")  # "vắng mặt 21 (có lý do …, không lý do …)"
_NAMED: Final = re.compile(r"[^,;.()]{0,40}")
# What one person or household can be besides another: "40 công chức (25 nữ, 18 đảng viên)".
_TRAIT: Final = re.compile(
    r"\b(?:nữ|đảng viên|dân tộc thiểu số|dtts|trẻ em|(?:cận )?nghèo|ngoài đảng|(?<!các )tôn giáo|khuyết tật"
    r"|(?:cao|trẻ) tuổi|tái cử)\b"
)
_PERSONAL: Final = ("người", "hộ", "khẩu", "")
_NO_PERSONS: Final = frozenset({"vụ", "đơn", "hồ", "phiếu", "nhà", "xã", "văn", "ha", "tỷ", "triệu"})
_OTHERS: Final = re.compile(r"\bvà\b[^\d.;]*\b(?:khác|lại)\b", re.IGNORECASE)
_UP_TO: Final = re.compile(
    r"\b(?:(?:khoảng|hơn|gần|trên|(?P<exact>tới|đến)|chừng|xấp xỉ|không|chưa)(?:\s+(?:là|có|được|đạt|quá))?"
    r"|(?:mỗi|từng|bình quân|trung bình)(?:\s+[^\W\d_]+){0,3})\s*$",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"\btừ\s[^.;:]{0,60}$", re.IGNORECASE)
_WORDED: Final = "|".join(number for number in NUMBERS if number != "năm")
# "13 cán bộ công an, ba cán bộ Viện kiểm sát", "28 phiếu nêu từ hai ý trở lên"
_IN_WORDS: Final = re.compile(
    r"(?:[,;:(]|\b(?:và|có|gồm|còn|là|với|thành|làm|ra|thêm|từ|nêu|cả(?! (?:hai|ba) (?:loại|mặt|bên|hình))))"
    rf"\s({_WORDED})\s"
    r"(?!phần|số|bên|cấp|lần|chiều|đầu|ngày|trăm|mươi|nghìn|triệu|tháng|quý|năm|tuần)[^\W\d_]",
    re.IGNORECASE,
)
_SOME_OF_THESE: Final = re.compile(r"\d (?:[^\W\d_]+ ){0,2}trong số (?:đó|này|trên)\b", re.IGNORECASE)
_NUMBERED: Final = re.compile(
    r"\b(?:(?:tiểu|trung|sư|lữ|binh|quân) đoàn|(?:đại|trung|tiểu) đội|quân khu|khu vực|lô|vùng|tổ|khối)\s*$",
    re.IGNORECASE,
)
_SIDE_BY_SIDE: Final = re.compile(r"[^\d.;:()]{1,60}(?:,|\bvà|\bcùng)\s[^\d.,;:()]{0,30}")
# "62 xe, tiếp nối bằng một số hợp đồng khác, bao gồm 24 máy bay"
_OF_OTHERS: Final = re.compile(
    r"\b(?:một số|nhiều|các|những)\s[^,.;:()\d]{2,40}\skhác,?\s(?:bao\s)?gồm\b", re.IGNORECASE
)
_EACH_HOLDS: Final = re.compile(r"\s[^\W\d_]+\s\d{1,3}\s([^\W\d_]+)")
_IN_A_NAME: Final = re.compile(r"[^\W\d_][-–]")  # "máy bay I-15"
_HURT: Final = re.compile(r"\b(?:mất tích|bị thương)\b")  # beside those who died
_ONE_OF: Final = re.compile(r"(?<![\d.,])(\d[\d.]*)(?:\s[^\d.;,()]{1,30})?\s(?:trong|trên)(?: tổng)?(?: số)?\s*$")
# A part whose figure was read as a number: "giữa các xã 05, giữa các phòng 02."
_NEXT: Final = re.compile(r"[^\d.;()]{0,40},\s(?:và\s)?[^\d.,;:()]{2,60}\s(\d{1,6})(?![.,]\d)(?=\s*(?:[.,;)]|$))")
_UNCOUNTED: Final = re.compile(r"[^\W\d_]{2,},\s*$")  # "26 răng: ngà, 12 răng sữa và 12 răng hàm"
_IS_COUNTED: Final = re.compile(r"\s*(?:và\s*)?")  # "1 thị xã, 12 quận và 13 huyện": no words sum them up
_NAME: Final = 2  # words of a name
_CUT_OFF: Final = re.compile(r"[^.;:!?()\d]{0,60}\bvà\s[^.;:!?()\d]{1,60}")  # a paragraph that ends within its list
_TWO: Final = 2  # parts
_FEWEST: Final = 5  # of a whole; less is missed by chance
_ALL_DIGITS: Final = 4  # of a figure that is told to its last
_MANY_DIGITS: Final = 3  # of one that no bound has
_BARE: Final = 10  # the largest of figures without units; less may be numbers of things
_BEHIND: Final = 160  # characters behind a list that can say that it goes on


def is_understood(one: PartList, column: Column, block: Block, confirmed: bool = False) -> bool:
    """Whether a list was understood to its end: nothing in it is rough, told in words, or of another kind.

    `confirmed`: another column of it agrees.
    """
    whole, parts = column.whole.item, column.parts
    if column.foreign or any(map(is_bound, parts)) or whole.value < _FEWEST:
        return False
    if whole.of is not None and whole.of - whole.value in [part.value for part in parts]:
        return False  # "237/243 thủ tục …, trong đó 201 …; 06 thủ tục chưa …": what the fraction leaves
    told, behind = _told(one, column, block)
    digits = len(whole.value.normalize().as_tuple().digits)
    if _OTHERS.search(behind) or ROUGH.search(told) or (_EXPECTED.search(told) and digits < _ALL_DIGITS):
        return False
    if any(NUMBERS.index(number) + 1 != len(parts) for number in _IN_WORDS.findall(told.lower())):
        return False
    if _is_bound(column.whole, digits, block) or _ALTOGETHER.search(column.labels[0]):
        return False
    if any(_holds_some(part, head_of(whole), block) for part in parts):
        return False
    others = [not part.unit or head_of(part) != head_of(whole) for part in parts]
    numbered = [column.whole.lead, *(label for label, other in zip(column.labels, others, strict=True) if other)]
    if _SOME_OF_THESE.search(told) or any(map(_NUMBERED.search, numbered)):
        return False  # "4 trong số đó là …, 2 là …"; "Tiểu đoàn 31 (30 xe …)"
    named = block.text[max(whole.end - block.start, 0) : parts[0].start - block.start]
    if _OF_OTHERS.search(named):
        return False
    if "chết" in named and "mất tích" not in named and any(_HURT.search(part.after) for part in parts):
        return False
    total = sum((part.value for part in parts), Decimal(0))
    if _counts_others(one, column, block, total):
        return False
    if any(_are_one(whole, other.item, block) and other.item.value + whole.value == total for other in one.wholes):
        return False  # "14 xã và 3 thị trấn, trong đó 5 xã, thị trấn vùng cao và 12 xã, …"
    if any(
        _is_numbered(label, block.text[max(whole.end - block.start, 0) : part.start - block.start])
        for part, label in zip(parts, column.labels, strict=True)
    ):
        return False
    return _are_parts(one, column, block, confirmed) and not goes_on(parts, block, at_once=True)


def _holds_some(part: Quantity, head: str, block: Block) -> bool:
    """Whether each thing of a part holds some of what the whole counts: "10 nòng pháo, gồm 4 khẩu 2 nòng"."""
    match = _EACH_HOLDS.match(block.text, part.end - block.start)
    return match is not None and match[1].lower() == head


def _told(one: PartList, column: Column, block: Block) -> tuple[str, str]:
    """The text of a list from its whole on, to where it ends behind its last part, and what stands behind that."""
    whole, parts = column.whole.item, column.parts
    start = max(whole.end - block.start, block.body)
    if one.opener is Opener.NONE:  # what stands between is of something else
        start = max(start, parts[0].start - block.start - len(one.members[0].lead))
    end = parts[-1].end - block.start
    behind = block.text[end:][:_BEHIND]
    if one.bracketed:
        behind = behind.partition(")")[0]
    for stop in (STOP, _BESIDES):
        found = stop.search(behind)
        behind = behind[: found.start()] if found else behind
    return _WORDS_ALONE.sub(" ", block.text[start:end] + behind), behind


def _is_bound(whole: Told, digits: int, block: Block) -> bool:
    """Whether words before a whole make it rough or a bound; "lên tới 7.805,85 tỷ đồng" is told to its last digit."""
    bound = _UP_TO.search(whole.lead) if not is_exact(whole.item) else None
    if bound is None or not bound["exact"] or digits < _MANY_DIGITS:
        return bound is not None
    return _RANGE.search(block.text[: whole.item.start - block.start]) is not None


def _are_one(whole: Quantity, other: Quantity, block: Block) -> bool:
    """Whether two figures stand side by side, and count one thing together: "14 xã và 3 thị trấn"."""
    first, last = sorted((whole, other), key=lambda item: item.start)
    return _SIDE_BY_SIDE.fullmatch(block.text[first.end - block.start : last.start - block.start]) is not None


def _counts_others(one: PartList, column: Column, block: Block, total: Decimal) -> bool:
    """Whether parts are of the figure that the whole is itself a whole of, of each member, or go on with one more."""
    whole, last = column.whole.item, column.parts[-1]
    lead = block.text[max(whole.start - block.start - _BEHIND, block.body) : whole.start - block.start]
    among = _ONE_OF.search(lead)
    if among is not None and among[1].replace(".", "") == f"{total:f}":
        return True  # "12 trong số 14 tác phẩm đạt giải, trong đó có 2 huy chương vàng, 10 huy chương bạc"
    if _CUT_OFF.fullmatch(block.text, last.end - block.start):
        return True
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
    if len(values) > _TWO and values[-1] == sum(values[:-1]) and not _IS_COUNTED.fullmatch(column.labels[-1]):
        return False  # "31 người trình độ đại học và 19 người trung cấp, gộp là 50 người"
    if (whole.value in values and one.opener is not Opener.ALL) or values == [*range(1, len(parts) + 1)]:
        return False
    if min(values) > whole.value and head not in heads:
        return False  # "5 huyện được chia làm 51 xã, 13 phường và 11 thị trấn"
    if (
        one.opener is Opener.AMONG
        and len(heads) > 1
        and any(part.value > whole.value and head_of(part) != head for part in parts)
    ):
        return False
    units = {part.unit for part in parts if part.value <= whole.value}
    if any(part.value > whole.value and part.unit not in units for part in parts) and whole.unit in units:
        return False  # "30 xã, trong đó 14 xã bị ngập, 80 thôn": what was listed before goes on
    if any("người" in pair and pair & _NO_PERSONS for pair in ({head, one} for one in heads)):
        return False  # "làm bị thương 12 người. Về địa bàn: quốc lộ xảy ra 10 vụ, …"
    if heads == {""} and not head and max(values) < _BARE:
        return False
    if not head and not (_BESIDE if one.opener is Opener.BRACKET else _TOLD).search(column.whole.lead):
        return False  # "đoàn số 88"
    if one.opener is Opener.BELOW and not heads <= {head, ""}:
        return False
    measured = not whole.is_count or bool(_MEASURED.match(whole.unit))
    if head not in heads and heads != {""} and (one.opener is Opener.OF_THESE or (head and measured)):
        return False
    starts = [item.start - block.start for item in (whole, *parts)]
    if any(_IN_A_NAME.fullmatch(block.text, max(start - 2, 0), start) for start in starts):
        return False
    behind = [_NAMED.match(block.text, part.end - block.start) for part in parts]
    names = [f"{label}{match and match.group()}".lower() for label, match in zip(column.labels, behind, strict=True)]
    traits = {trait for name in names for trait in _TRAIT.findall(name)}
    if one.opener is not Opener.NONE:
        traits.difference_update(_TRAIT.findall(f"{column.whole.lead} {whole.after}".lower()))
    if head in _PERSONAL and traits and not is_closed(parts, block):
        return False
    apart = confirmed or len(set(names)) == len(names)
    return apart and all(any(map(str.isalpha, name)) for name in names)
