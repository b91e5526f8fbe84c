"""Shares of wholes that no figure of their paragraph tells: of another time, of another body, of all who may vote.

"317 hộ, chiếm 92,42% tổng số hộ; … 02 hộ, chiếm 0,58%": both shares are of one whole, some 343, that stands nowhere.
The "1.240 phòng" of 2003 are no part of the rooms of 2012.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.breaks import BRACKETS, STOP, WORD
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.slips import is_slip
from extract.checks.shares.binding import Bound, Of, alike, head, scale
from extract.checks.shares.likelihood import chance, verdict
from extract.records import Block, CheckVerdict

_ALL: Final = Decimal(100)
_HALF: Final = Decimal("0.5")
_NARROW: Final = Decimal("0.02")  # of a whole, from the least to the most that a share leaves for it
_SLACK: Final = Decimal("0.005")
_TIME: Final = re.compile(r"\bnăm (?:học )?(?P<year>\d{4})\b|\b(?:cùng kỳ|năm trước|năm ngoái|kỳ trước)\b")
_COMPARED: Final = re.compile(r"\b(?:so|tăng|giảm|hơn|bằng|vượt|kém)\b(?:(?! đạt| có)[^.;,()]){0,30}$")
_OF_ALL: Final = re.compile(r"\s?%?\s{0,3}(?:so với |trên |của )?tổng số ([^\W\d_]+\s[^\W\d_]+)", re.IGNORECASE)
_HAVE: Final = re.compile(r"(?<![/\d.,])\d[\d.]*\s[^\d.;,()%]{2,60}$")
_REACHED: Final = re.compile(r"[,;]\s+đạt\s*$")
_REACHED_IN: Final = re.compile(r"[(,;]\s*đạt\s*$")
# "giải ngân 231 tỷ đồng, đạt 34,5% kế hoạch. Trong đó, vốn trong nước 227 tỷ đồng (đạt 35,0%)": each of its own plan
_OF_A_PLAN: Final = re.compile(
    r"[^.;()\d]{0,40},?\s(?:đạt|bằng)\s\d[\d,]*\s?%\s(?:so với\s)?(?:kế hoạch|dự toán|chỉ tiêu|(?<!trình )mục tiêu)",
    re.IGNORECASE,
)
_VERBS: Final = frozenset({"đạt", "là", "chiếm", "bằng", "được", "ước", "này", "trên", "khoảng", "tới", "gần"})
_LEAD: Final = 80  # characters
_PAST: Final = "before"
_CLAUSE: Final = re.compile(r"[.;,]\s")
_OWN_YEAR: Final = re.compile(r"[^\d.,;()]{0,30}\((?:năm )?((?:19|20)\d\d)\)")  # "584.200 người (năm 2011)"
_NEAR: Final = 48  # characters before a time in which words compare with it
_FAR: Final = 600  # characters around a whole in which its time is told


def of_untold(one: Bound, whole: Quantity, others: Sequence[tuple[Bound, Quantity | None]], block: Block) -> bool:
    """Whether a share that does not hold of a whole is of something that is not told.

    Args:
        one: the share.
        whole: what it would be wrong of.
        others: the shares near it in the paragraph, and what explains each of them.
        block: the paragraph.
    """
    beside = [other for other, _ in others if other.part is not one.part and alike(other.part, one.part)]
    known = {other.share.start for other, its in others if its is not None}
    open_ = [other for other in beside if other.share.start not in known]
    if any(other.part.start == whole.start and _is_of_an_aim(other) and _is_of_an_aim(one) for other in open_):
        return True
    if _OF_A_PLAN.match(block.text, whole.end - block.start) and _REACHED_IN.search(one.share.between.lower()):
        return True
    return (
        _of_another_time(one.part, whole, block)
        or any(_make_all(one, other, whole) for other in beside)
        or any(_leave_another(one, other, whole) for other in open_)
        or _named_alike(one, whole, beside)
    )


def is_of_more(counted: str, behind: str) -> bool:
    """Whether words behind the share of a fraction name another whole: "13/13 đồng chí (bằng 86,7% tổng số ủy viên)".

    Args:
        counted: the words behind the fraction, which say what it counts.
        behind: the text behind the share.
    """
    match = _OF_ALL.match(behind)
    return match is not None and match[1].lower() not in counted.lower()


def is_of_its_name(lead: str, words: str) -> bool:
    """Whether words between a fraction and a share name a rate of something else than what the fraction counts.

    "duy trì tại 24/24 xã, tỷ lệ giải ngân đạt 98,6%"; "27/36 đơn vị báo cáo, tỷ lệ đơn vị báo cáo đạt 75%" does not.

    Args:
        lead: the text before the fraction.
        words: the text from the fraction to the share.
    """
    counts, rate, name = words.lower().replace("tỉ lệ", "tỷ lệ").partition("tỷ lệ")
    named = [word for word in WORD.findall(name) if word not in _VERBS]
    return bool(rate) and len(named) > 1 and named[0] not in WORD.findall(f"{lead.lower()} {counts}")


def are_said_to_have_all(text: str, at: int) -> bool:
    """Whether a count leads to a fraction, whose share is then of those: "15 xã đạt 19/19 tiêu chí (chiếm 62,5%)"."""
    return _HAVE.search(text, max(at - _LEAD, 0), at) is not None


def _make_all(one: Bound, other: Bound, whole: Quantity) -> bool:
    """Whether two shares are those of what the two counts make, and that is no misprint of `whole`."""
    (least, most), (low, high) = _left(one), _left(other)
    makes = one.part.value * scale(one.part) + other.part.value * scale(other.part)
    if one.share.value + other.share.value != _ALL or not max(low, least) <= makes <= min(high, most):
        return False
    return not is_slip(whole.value * scale(whole), makes)


def _leave_another(one: Bound, other: Bound, whole: Quantity) -> bool:
    """Whether a share and another, which nothing explains, leave the same whole, and it is no misprint of `whole`."""
    least, most = _left(one)
    low, high = _left(other)
    low, high = max(low, least), min(high, most)
    if low > high or _holds(other, whole):
        return False
    value = whole.value * scale(whole)
    told = most - least <= _NARROW * most or (_name(one) and _name(one) == _name(other))
    if not told or abs(value - low) <= _SLACK * value:
        return False
    return other.part.start == whole.start or not any(is_slip(value, at.to_integral_value()) for at in (low, high))


def _is_of_an_aim(one: Bound) -> bool:
    """Whether a share says how much was reached, of what one does not know: "2.162,9 triệu USD, đạt 98,31%"."""
    return one.of is Of.WHOLE and _REACHED.search(one.share.between.lower()) is not None


def _left(one: Bound) -> tuple[Decimal, Decimal]:
    """The least and the most that a share leaves for the whole of its count."""
    half = _HALF.scaleb(-one.share.term.decimals)
    part = one.part.value * scale(one.part)
    return part * _ALL / (one.share.value + half), part * _ALL / max(one.share.value - half, half)


def _name(one: Bound) -> str:
    """What words behind a share say it is of."""
    return " ".join(re.split(r"[.;,()]|\d", one.behind)[0].split())


def _named_alike(one: Bound, whole: Quantity, others: Sequence[Bound]) -> bool:
    """Whether other shares are of what words name alike ("% dân số") and have nothing to do with the whole."""
    name = _name(one)
    several = [other for other in others if name and _name(other) == name and head(other.part) == head(one.part)]
    return bool(several) and all(_is_far(other, whole) for other in several)


def _is_far(one: Bound, whole: Quantity) -> bool:
    return not _holds(one, whole) and chance(one.part, whole, one.share) is None


def _holds(one: Bound, whole: Quantity) -> bool:
    return one.part.start != whole.start and verdict(one.part, whole, one.share) is not CheckVerdict.DIFFERS


def _of_another_time(part: Quantity, whole: Quantity, block: Block) -> bool:
    """Whether words name another year, or the time before, between a whole and a part; not to compare with it."""
    own = _OWN_YEAR.match(block.text, max(part.end - block.start, 0))
    if (
        own is not None
        and own[1] not in block.text[max(whole.start - block.start - _LEAD, 0) : whole.end - block.start]
    ):
        return True
    start, end = whole.end - block.start, part.start - block.start
    if not 0 <= start < end <= start + _FAR:
        return False
    low = max(start - _FAR, 0)
    text = BRACKETS.sub(lambda match: " " * len(match[0]), block.text[low:end].lower())
    at = start - low
    told = set(_times(text, _begin(text, at, len(text)), len(text)))
    behind = _CLAUSE.search(text, at)
    before = list(_times(text, 0, at))
    here = set(_times(text, _begin(text, 0, at), behind.start() if behind else len(text))) | set(before[-1:])
    return bool(told) and bool(here or _PAST in told) and not told & here


def _begin(text: str, low: int, high: int) -> int:
    """Where the last sentence of a stretch begins."""
    return max((match.end() for match in STOP.finditer(text, low, high)), default=low)


def _times(text: str, low: int, high: int) -> Iterator[str]:
    """The years a stretch of text names, and whether it names the time before; not those it compares with."""
    for match in _TIME.finditer(text, low, high):
        if not _COMPARED.search(text, max(match.start() - _NEAR, 0), match.start()):
            yield match["year"] or _PAST
