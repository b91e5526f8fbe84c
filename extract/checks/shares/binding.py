"""Which figure a share is of: the count it stands behind, or the one that restates it.

"40 hồ sơ, chiếm 0,1%", "612 phiếu (tỷ lệ 96%)", "96%, tương ứng 612 phiếu". What words say of a share behind its
sign tells of what it is: of a plan, of a time before, of something they name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from extract.checks.figures.complete import kind_of
from extract.checks.figures.quantities import Quantity, about, is_rough
from extract.checks.shares.rate_names import label, named_count, owns, rate_name
from extract.records import Block
from extract.wordlists import wordlist

_VERB: Final = (
    r"(?:chiếm|(?:độ|tỷ lệ) bao phủ|đạt|bằng|tương đương|tương ứng|ứng với|tức|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)"
    r"(?:,?\s(?:với|là|được|có|mức|tỷ lệ|tỉ lệ|tỷ trọng|chiếm|đạt|bằng|tương đương|khoảng|gần|xấp xỉ|chừng))*"
)
# From a count to its share: what is counted, then a verb or a bracket; no comma within but of a name.
_BEHIND: Final = re.compile(
    rf"^(?:[^\d,;:.()]|\((?:[^\d()]{{1,12}}|(?:năm )?(?:19|20)\d\d)\)){{0,90}}?"
    rf"(?:\(\s*(?:{_VERB})?|(?:\)?[,;:–-]\s*(?:\(\s*)?|\)?\s|^)(?:trong đó )?(?:{_VERB}|=|≈))\s*:?\s*$"
)
_BARE: Final = re.compile(r"^[^\d,;:.()]{0,60}(?:,|\s[–-])\s*$")  # "(1.240 hồ sơ, 38,5%)"
_ENDED: Final = re.compile(r"^%\s?(?:[);.]|$|tổng số\b)")
# "148 tỷ đồng, đạt 39,9% dự toán, bằng 93,2% so với cùng kỳ năm trước (162 tỷ đồng)"
_CHAINED: Final = re.compile(
    r"^%[^\d.;()%]{0,90}(?:,|\bvà)\s*(?:đạt|bằng|chỉ bằng|chiếm|tương đương)(?: với)?(?: (?:tỷ|tỉ) lệ)?\s*$"
)
_EQUALS: Final = re.compile(r"\b(?:bằng|đạt|tương đương)(?: với)?\s*$")
_THEN: Final = re.compile(
    r"^%\s*(?:so (?:với )?(?:cùng kỳ|vụ|năm|quý|tháng|kỳ|[69] tháng)|(?:vụ|năm|kỳ|quý|tháng) [^;%()]{0,30}trước)"
    r"[^;%()]{0,60}\(\s*(?:là |đạt )?$"
)
# "1.286 triệu đồng trong tổng số 2,4 tỷ đồng", "5.126 hồ sơ trên 9.418 hồ sơ"
_OVER: Final = re.compile(
    r"^[^\d.;:,()%]{0,60}\b(?:trên|trong)(?: (?:tổng số|tổng|số|dân số|địa bàn(?: có)?)(?:\s[^\d.;:,()%]{0,30})?)?\s*$"
)
_PEOPLE: Final = re.compile(r"\b(?:dân số|địa bàn)\b")
_VOTERS: Final = re.compile(r"(?:đại biểu|phiếu|cử tri)\b")  # of all of them or of those present
_IN_NAMES: Final = re.compile(
    r", (?=(?:phường|thị trấn|ban|ngành|thị xã|thành phố|đơn vị|viên chức|công chức|cá nhân|kiến nghị|tổ chức"
    r"|doanh nghiệp|người lao động|tố cáo|sáng kiến|phản ánh|đoàn thể|địa phương|cơ quan)\b)"
)
_ON: Final = re.compile(
    r"^[^\d.;:,()%]{0,90}[,;]?\s*(?:và\s+)?(?:chiếm|đạt|tương đương|tỷ lệ|tỉ lệ)(?: (?:tỷ lệ|tỉ lệ))?\s*$"
)
_ASIDE: Final = re.compile(r"\([^()]{0,120}\)")
_CHANGED: Final = re.compile(
    r"[,;]?\s*\b(?:tăng|giảm|vượt|cao hơn|thấp hơn)\b[^;()]{0,90}?"
    r"(?=\s*[,;]\s*(?:và\s+)?(?:chiếm|đạt|tương|tỷ lệ|tỉ lệ)|\s*$)"
)
_RESTATED: Final = re.compile(
    r"^%(?:[^\d.;,()%]{0,60}(?:\(|,)\s*(?:tương ứng|tương đương|tức)(?: (?:với|là|có))?\s+|\s*\(|,?\s+với\s+)$"
)
_COMPARED: Final = re.compile(
    r"tăng|giảm|so với|vượt|kế hoạch|chỉ tiêu|tối thiểu|(?<!trình )mục tiêu|phấn đấu|cao hơn|thấp hơn|\bhơn\b"
    r"|bình quân|dự toán"
)
_OF_PLAN: Final = re.compile(
    r"^%?\s*(?:so với )?(?:tổng )?"
    r"(kế hoạch|dự toán|chỉ tiêu|kh\b|nghị quyết|(?<!trình )mục tiêu|tiêu chuẩn|chuẩn|định mức)"
    r"|^%?\s*so (?:với )?(?:nq|nghị)"
)
_OF_TIME: Final = re.compile(
    r"^%?\s*(?:so )?(?:với )?(?:cùng kỳ|năm (?:trước|ngoái|\d{4})|tháng trước|quý trước|vụ [^\d.;,()%]{0,25}trước)"
)
_NO_SHARE: Final = re.compile(r"^%?\s*(?:trở lên|trở xuống|/|mỗi năm|so với|so |năm\b)")
_OF_NAMED: Final = re.compile(r"^%?\s*(?:(?:so với|trên|trong|của)\s+)?(?=tổng|toàn|số|trong|trên)")
_SCALES: Final = {
    "nghìn": Decimal(10) ** 3, "ngàn": Decimal(10) ** 3, "triệu": Decimal(10) ** 6, "tỷ": Decimal(10) ** 9,
    "tỉ": Decimal(10) ** 9,
}  # fmt: skip
TARGET: Final = re.compile(
    r"kế hoạch|chỉ tiêu|dự toán|(?<!trình )mục tiêu|nghị quyết|\bkh\b|được (?:giao|phân bổ|bố trí)\b"
)
_REACHED: Final = re.compile(r"\b(?:đạt|vượt|ước|thực hiện được)\b")
_TRIPLE: Final = 3
_ALL: Final = Decimal(100)
_LOOKED_AT: Final = 160  # characters behind a share
_FAR: Final = 12  # figures back from a change to what changed
_NEAR: Final = 24  # characters before a share that can make it a change
# "nhập học đợt 1, đạt tỷ lệ 88,9%": no figure between
ORDINAL: Final = re.compile(
    r"\b(đợt|quý|năm|tháng|giai đoạn|mức độ|mức|cấp độ|loại|hạng|lần|khóa|vòng|kỳ) \d{1,4}(?![\d.,]?\d|%)"
)
# What becomes of things counted, told without their name: "trong 620 thí sinh, 567 trúng tuyển".
_DONE: Final = frozenset({"trúng", "đỗ", "hoàn", "tham", "trả", "nộp", "vượt"})
_SHORT: Final = {"hs": "hồ", "hđnd": "hội", "đv": "đơn"}


class Of(StrEnum):
    """What words behind a share say it is of."""

    WHOLE = "whole"
    NAMED = "named"  # a whole that they name
    PLAN = "plan"
    NOTHING = "nothing"  # known: a time before, a bound


@dataclass(frozen=True, slots=True)
class Bound:
    """A share with the count it belongs to.

    `at` is the index of the share among the quantities of its paragraph, `of` what the words `behind` it say it is of.
    `whole` is told where words tie it to the part; `led` is a count before the part that the share may belong to
    instead: "làm rõ 318 vụ, bắt giữ 512 đối tượng, đạt tỷ lệ 89,3%". `is_rough`: words say that it is near the right
    one.
    """

    part: Quantity
    share: Quantity
    at: int
    of: Of
    behind: str
    whole: Quantity | None = None
    led: Quantity | None = None
    is_rough: bool = False


def bound(items: Sequence[Quantity], block: Block) -> list[Bound]:
    """The shares of a paragraph that belong to a count."""
    found: list[Bound] = []
    for at, share in enumerate(items):
        rough = is_rough(share)
        if share.unit != "%" or (rough and not about(share)):
            continue
        low = share.end - block.start
        behind = " ".join(block.text[low : low + _LOOKED_AT].lower().split())
        of = said_of(behind)
        then = _then(items, at) if of is Of.NOTHING else None
        if of is Of.NOTHING and then is None:
            continue
        part, whole, led = _part(items, at, behind, block)
        last = found[-1] if found and found[-1].at == at - 1 else None
        if part is None and last is not None and _CHAINED.match(share.between.lower()):
            part = last.part
        if of is Of.WHOLE and part is not None and _is_of_target(items, at, part):
            of = Of.PLAN
        if part is None or is_rough(part) or not (then or of is Of.PLAN or share.value <= _ALL):
            continue
        if then is not None and head(then) != head(part):
            continue
        found.append(Bound(part, share, at, of, behind.removeprefix("%").strip(), then or whole, led, rough))
    return found


def _then(items: Sequence[Quantity], at: int) -> Quantity | None:
    """The value of a time before that a share is of: "bằng 93,2% so với cùng kỳ năm trước (162.400 triệu đồng)"."""
    value = items[at + 1] if at + 1 < len(items) else None
    if value is None or value.unit == "%" or not value.value or not _EQUALS.search(items[at].between.lower()):
        return None
    return value if _THEN.match(value.between.lower().lstrip()) else None


_Parts = tuple[Quantity | None, Quantity | None, Quantity | None]


def _part(items: Sequence[Quantity], at: int, behind: str, block: Block) -> _Parts:
    """The count that a share belongs to, its whole where words tie the two, and another count before it."""
    share = items[at]
    between = ORDINAL.sub(r"\1", share.between.lower())
    lead, name = rate_name(between)
    if at > 1 and (changes(items[at - 1]) or ")" in between):
        told = _behind_changes(items, at, block)
        if told is not None:
            return told, None, None
    if at and items[at - 1].unit != "%" and not changes(items[at - 1]):
        last = items[at - 1]
        own = not name or owns(last, lead, name)
        if name and own:
            between = f"{lead}tỷ lệ "
        between = _IN_NAMES.sub(" ", between)
        bare = _BARE.match(between) and _ENDED.match(behind)
        if own and (_BEHIND.match(between) or bare) and not _COMPARED.search(between):
            before = items[at - 2] if at > 1 else None
            if before is not None and _OVER.match(last.between.lower()) and _is_over(before, last):
                return before, None if _VOTERS.match(last.unit) else last, None
            led = before if before is not None and before.unit != "%" and "." not in last.between else None
            return last, None, led
    after = items[at + 1] if at + 1 < len(items) and items[at + 1].unit != "%" else None
    if after is not None and not _COMPARED.search(between[-_NEAR:]) and _RESTATED.match(after.between.lower().lstrip()):
        return after, None, None
    told = named_count(items, at, name) if not _ALTOGETHER.search(share.between.lower()) else None
    return (told if told is not None and not changes(told) else None), None, None


def _behind_changes(items: Sequence[Quantity], at: int, block: Block) -> Quantity | None:
    """The count that a share goes on to speak of behind its changes: "48 triệu USD, tăng 9% so với cùng kỳ, chiếm 6%".

    What stands in brackets between the two is left out too.
    """
    for back in range(at - 1, max(at - _FAR, 0) - 1, -1):
        if changes(items[back]):
            continue
        text = block.text[items[back].end - block.start : items[at].start - block.start].lower()
        between = _CHANGED.sub(" ", _ASIDE.sub(" ", text))
        if items[back].unit == "%" or "(" in between:
            if ")" not in text:
                return None
            continue
        if items[back + 1] is items[at]:
            return None
        return items[back] if _ON.match(between) and not _COMPARED.search(between) else None
    return None


def _is_of_target(items: Sequence[Quantity], at: int, part: Quantity) -> bool:
    """Whether the figure right before a part is what was planned: "kế hoạch 186 tỷ đồng, giải ngân 92 tỷ đồng"."""
    if at < _TRIPLE - 1 or items[at - 1] is not part:
        return False
    aim = items[at - 2]
    if aim.unit == "%" or "." in part.between or not head(part) or head(aim) != head(part):
        return False
    return is_target(aim) and not TARGET.search(part.before.lower())


def is_target(item: Quantity) -> bool:
    """Whether a figure is what was planned; "đạt kế hoạch như: tôm 368.000 tấn" is what was reached."""
    return bool(TARGET.search(label(item))) and not _REACHED.search(item.between.lower())


def _is_over(part: Quantity, whole: Quantity) -> bool:
    """Whether two figures side by side, "trên" or "trong" between them, are of one kind."""
    if part.unit == "%" or is_rough(part) or not whole.value or changes(part):
        return False
    if not head(part):  # "461 trong số 466 đại biểu"
        return bool(head(whole)) and part.value <= whole.value
    if _PEOPLE.search(whole.between.lower()):  # "18.640 tín đồ trên dân số tổng cộng 124.300"
        return alike(whole, part) and part.value <= whole.value
    return head(part) == head(whole)


def said_of(behind: str) -> Of:
    """What words behind a share, from its sign on and in lower case, say it is of."""
    if _OF_TIME.match(behind):
        return Of.NOTHING
    if _OF_PLAN.match(behind):
        return Of.PLAN
    if _OF_NAMED.match(behind):
        return Of.NAMED
    return Of.NOTHING if _NO_SHARE.match(behind) else Of.WHOLE


# "Tính chung hai chương trình, vốn sự nghiệp đạt 41,9% kế hoạch": of what the counts before make together
_ALTOGETHER: Final = re.compile(r"\.\s(?:tính chung|tính cả|tính gộp|nếu tính|cộng|gộp|cả hai|tổng hợp)\b")
_CHANGES: Final = re.compile(
    r"(?:tăng|giảm|vượt|hụt|(?:cao|thấp|nhiều|ít) hơn)(?: thêm| được| tới| đi| bớt)?"
    r"(?: (?:so với )?(?:cùng kỳ|(?:năm|kỳ|quý|tháng) trước|năm ngoái)[^\d,.;()%]{0,20})?\s*$"
)


def changes(item: Quantity) -> bool:
    """Whether a figure is a change: "giảm 40 hồ sơ"."""
    return bool(_CHANGES.search(item.between.lower()))


def scale(item: Quantity) -> Decimal:
    """What a unit multiplies by: "8,98 ngàn hồ sơ" are 8.980."""
    return _scale_and_head(item.unit)[0]


def head(item: Quantity) -> str:
    """The first word of what is counted, without the scale."""
    return _scale_and_head(item.unit)[1]


@lru_cache(maxsize=1024)
def _scale_and_head(unit: str) -> tuple[Decimal, str]:
    words = unit.split()
    by = _SCALES.get((words or [""])[0])
    if by is not None:
        # "tỷ đồng", "ngàn hồ sơ"; of a bare "tỷ" only money is told
        words = words[1:] or (["đồng"] if words[0] in ("tỷ", "tỉ", "triệu") else [])
    kind = "" if words[:1] and words[0] in _DONE else kind_of(" ".join(words))
    return by or Decimal(1), _SHORT.get(kind, kind)


def alike(item: Quantity, part: Quantity) -> bool:
    """Whether two figures can count one thing, so far as they say what."""
    one, other = head(item), head(part)
    return not one or not other or one == other or any(one in kinds and other in kinds for kinds in _kinds())


@cache
def _kinds() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words.split()) for words in wordlist("extract.checks", "shares")["alike"])
