"""Which figure a share is of: the count it stands behind, or the one that restates it.

"40 hồ sơ, chiếm 0,1%", "612 phiếu (tỷ lệ 96%)", "96%, tương ứng 612 phiếu". What words say of a share behind its
sign tells of what it is: of a plan, of a time before, of something they name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from extract.checks.figures.complete import kind_of
from extract.checks.figures.quantities import Quantity
from extract.records import Block

_VERB: Final = (
    r"(?:chiếm|đạt|bằng|tương đương|tương ứng|ứng với|tức|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)"
    r"(?:,?\s(?:với|là|được|có|mức|tỷ lệ|tỉ lệ|tỷ trọng|chiếm|đạt|bằng|tương đương))*"
)
# From a count to its share: what is counted, then a verb or a bracket; no comma within but of a name.
_BEHIND: Final = re.compile(
    rf"^(?:[^\d,;:.()]|\([^\d()]{{1,12}}\)){{0,90}}?"
    rf"(?:\(\s*(?:{_VERB})?|(?:[,;:–-]\s*(?:\(\s*)?|\s|^)(?:trong đó )?(?:{_VERB}|=|≈))\s*:?\s*$"
)
_IN_NAMES: Final = re.compile(
    r", (?=(?:phường|thị trấn|ban|ngành|thị xã|thành phố|đơn vị|viên chức|công chức|cá nhân|kiến nghị|tổ chức"
    r"|doanh nghiệp|người lao động|tố cáo|sáng kiến|phản ánh|đoàn thể|địa phương|cơ quan)\b)"
)
_ON: Final = re.compile(r"^%?[^\d.;()%]{0,60},\s*(?:và\s+)?(?:chiếm|đạt)(?: (?:tỷ lệ|tỉ lệ))?\s*$")
_RESTATED: Final = re.compile(r"^%[^\d.;,()%]{0,60}(?:\(|,)\s*(?:tương ứng|tương đương|tức)(?: (?:với|là|có))?\s+$")
_COMPARED: Final = re.compile(
    r"tăng|giảm|so với|vượt|kế hoạch|chỉ tiêu|tối thiểu|mục tiêu|phấn đấu|cao hơn|thấp hơn|\bhơn\b|bình quân|dự toán"
)
_OF_PLAN: Final = re.compile(
    r"^%?\s*(?:so với )?(?:tổng )?(kế hoạch|dự toán|chỉ tiêu|kh\b|nghị quyết|mục tiêu)|^%?\s*so (?:với )?(?:nq|nghị)"
)
_OF_TIME: Final = re.compile(r"^%?\s*(?:so )?(?:với )?(?:cùng kỳ|năm (?:trước|ngoái|\d{4})|tháng trước|quý trước)")
_NO_SHARE: Final = re.compile(r"^%?\s*(?:trở lên|trở xuống|/|mỗi năm|so với|so |năm\b)")
_OF_NAMED: Final = re.compile(r"^%?\s*(?:(?:so với|trên|trong|của)\s+)?(?=tổng|toàn|số|trong|trên)")
_SCALES: Final = {
    "nghìn": Decimal(10) ** 3, "ngàn": Decimal(10) ** 3, "triệu": Decimal(10) ** 6, "tỷ": Decimal(10) ** 9,
    "tỉ": Decimal(10) ** 9,
}  # fmt: skip
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
    """

    part: Quantity
    share: Quantity
    at: int
    of: Of
    behind: str


def bound(items: Sequence[Quantity], block: Block) -> list[Bound]:
    """The shares of a paragraph that belong to a count."""
    found = []
    for at, share in enumerate(items):
        if share.unit != "%" or share.approximate:
            continue
        behind = block.text[share.end - block.start :][:160].lower().lstrip()
        behind = " ".join(behind.split())
        of = _of(behind)
        if of is Of.NOTHING:
            continue
        part = _part(items, at)
        if part is not None and not part.approximate and (of is Of.PLAN or share.value <= 100):
            found.append(Bound(part, share, at, of, behind.removeprefix("%").strip()))
    return found


def _part(items: Sequence[Quantity], at: int) -> Quantity | None:
    share = items[at]
    if at > 1 and changes(items[at - 1]) and _ON.search(share.between.lower()):
        # "48,06 triệu USD, tăng 47,9% so với cùng kỳ, chiếm 62%"
        told = next((item for item in reversed(items[:at]) if not changes(item)), None)
        return told if told is not None and told.unit != "%" else None
    if at and items[at - 1].unit != "%":
        between = _IN_NAMES.sub(" ", share.between.lower())
        if _BEHIND.match(between) and not _COMPARED.search(between) and not changes(items[at - 1]):
            return items[at - 1]
    if at + 1 < len(items) and items[at + 1].unit != "%" and _RESTATED.match(items[at + 1].between.lower().lstrip()):
        return items[at + 1]
    return None


def _of(behind: str) -> Of:
    if _OF_TIME.match(behind):
        return Of.NOTHING
    if _OF_PLAN.match(behind):
        return Of.PLAN
    if _OF_NAMED.match(behind):
        return Of.NAMED
    return Of.NOTHING if _NO_SHARE.match(behind) else Of.WHOLE


_CHANGES: Final = re.compile(r"(?:tăng|giảm|vượt|hụt|(?:cao|thấp|nhiều|ít) hơn)(?: thêm| được| tới| đi| bớt)?\s*$")


def changes(item: Quantity) -> bool:
    """Whether a figure is a change: "giảm 40 hồ sơ"."""
    return bool(_CHANGES.search(item.between.lower()))


def scale(item: Quantity) -> Decimal:
    """What a unit multiplies by: "8,98 ngàn hồ sơ" are 8.980."""
    return _SCALES.get((item.unit.split() or [""])[0], Decimal(1))


def head(item: Quantity) -> str:
    """The first word of what is counted, without the scale."""
    words = item.unit.split()
    if words and words[0] in _SCALES:
        # "tỷ đồng", "ngàn hồ sơ"; of a bare "tỷ" only money is told
        words = words[1:] or (["đồng"] if words[0] in ("tỷ", "tỉ", "triệu") else [])
    kind = kind_of(" ".join(words))
    return _SHORT.get(kind, kind)


def alike(item: Quantity, part: Quantity) -> bool:
    """Whether two figures can count one thing, so far as they say what."""
    one, other = head(item), head(part)
    return not one or not other or one == other or any(one in kinds and other in kinds for kinds in _kinds())


@cache
def _kinds() -> tuple[frozenset[str], ...]:
    text = files("extract.checks").joinpath("data/shares.toml").read_text(encoding="utf8")
    return tuple(frozenset(words.split()) for words in tomllib.loads(text)["alike"])
