"""Which figure a share that nothing explains is meant to be of, surest first.

Words leave one whole; several other shares of its list are of one; meanings, the shares beside it or a name say so;
or it stands near. The less the words say, the less likely the figures must be to look by chance as if a slip of the
pen kept them apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Final

from extract.checks.figures.quantities import Quantity, meaning_of
from extract.checks.figures.slips import is_slip
from extract.checks.shares.binding import Bound, Of, alike, head, scale
from extract.checks.shares.likelihood import THINKABLE, chance, may_be, of_several
from extract.checks.shares.rate_names import label, pairs_of
from extract.checks.shares.siblings import Pair
from extract.checks.shares.wholes import (
    Told,
    before_part,
    can_be_whole,
    closing,
    counterpart,
    is_whole,
    likely,
    named,
    names,
    of_above,
    of_all_told,
    sure,
)
from extract.records import Reading

_ALL: Final = Decimal(100)
_FARTHEST: Final = 12  # shares around one
_NEXT: Final = 2  # shares away
_SEVERAL: Final = 2  # other shares of one whole that make it the whole of those beside them
_FEWEST: Final = 10  # of a whole; "2/3" of something is a figure of speech
_TELLING: Final = 20  # of a whole; a share of fewer is found by chance
_RARE: Final = Decimal("0.02")
_LIKELY: Final = Decimal("0.5")
_FAR: Final = 20  # times the right share
_ROUGH: Final = Decimal("0.005")  # of a share of amounts, which are rounded
_SLIPPED: Final = Decimal("1.1")  # times a whole; a part that is greater has another one
_ON_ITS_OWN: Final = re.compile(r"\b(?:trên|trong)(?: tổng)?(?: số)? \d")
_RATIO: Final = re.compile(r"\s?%\s?\(\s?\d[\d.]*\s?/\s?\d")
# The share of a vote is one of all who could vote.
_BEFORE: Final = re.compile(
    r"\b(?:so với|cùng kỳ|(?:năm|tháng|quý|kỳ|vụ) (?:trước|ngoái)|(?:đầu|cuối) (?:năm|kỳ))\b[^();]*$", re.IGNORECASE
)
_LEAD: Final = 60  # characters before brackets
_VOTE: Final = re.compile(r"tán thành|biểu quyết")
_AMONG: Final = re.compile(r"\b(?:trong đó|gồm|riêng|trong số)\b", re.IGNORECASE)


def meant(
    at: int,
    shares: Sequence[tuple[Bound, Told]],
    pairs: Sequence[Pair],
    beside: Sequence[Quantity],
    reading: Reading,
) -> Quantity | None:
    """What a share that nothing explains is meant to be of; None where it may be of something else.

    Args:
        at: which of the shares of a paragraph.
        shares: these shares, and what is told near each.
        pairs: what explains each of them.
        beside: the wholes of shares in the paragraphs around.
        reading: the letter.
    """
    one, told = shares[at]
    part, share = one.part, one.share
    if _RATIO.match(told.block.text, share.end - told.block.start):
        return None  # told with its fraction, "79,1% (1.107/1.398)"
    if _is_of_another_time(one, told):
        return None
    surely = sure(one, told, reading)
    if surely is not None and _is_of_a_list_behind(surely, one, told):
        return None
    if one.is_rough:
        return surely if surely is not None and _is_slip_of_rough(one, surely) else None
    if surely is not None and _is_meant(one, surely, sure=True):
        return surely if not may_be(part, surely, share) else None
    if share.value == _ALL or any(may_be(part, item, share) for item in told.items if can_be_whole(item, one)):
        return None  # "1.361 hồ sơ, đạt 100%" is of the count itself
    if _ON_ITS_OWN.search(told.block.text, part.end - told.block.start, max(share.start - told.block.start, 0)):
        return None  # "thu về 8.212 phiếu trên 8.350 phiếu phát ra, đạt 98,35%"
    common = _common(at, one, pairs, beside)
    if common is not None and _is_meant(one, common, sure=True):
        return common
    near = [whole for whole in _beside(at, one, pairs) if told.has(whole) or _is_of_several(whole, pairs)]
    by_name = [(whole, THINKABLE) for whole in (counterpart(one, told), of_above(one, told))]
    for whole, most in (*by_name, *((whole, _LIKELY) for whole in near[:1]), (closing(one, told), THINKABLE)):
        if whole is not None and _is_meant(one, whole, most=most):
            return whole
    if of_several(part, share, told.items):
        return None
    everything = of_all_told(one, told)
    if everything is not None and _is_meant(one, everything):
        return everything
    again = named(one, told)
    if len({item.value for item in again}) == 1 and _is_meant(one, again[-1], sure=_is_all_named(one, again[-1])):
        return again[-1]
    return _nearest(one, told, pairs)


def _is_of_another_time(one: Bound, told: Told) -> bool:
    """Whether brackets tell a count and its share of a time before: "giảm 423 hộ so với 2023 (2.650 hộ, 22,95%)"."""
    text, origin = told.block.text, told.block.start
    low, high = sorted((one.part.start - origin, one.share.start - origin))
    opened = text.rfind("(", 0, low)
    inside = opened >= 0 and text.find(")", opened, high) < 0
    return inside and _BEFORE.search(text, max(opened - _LEAD, 0), opened) is not None


def _is_of_a_list_behind(whole: Quantity, one: Bound, told: Told) -> bool:
    """Whether brackets behind a share tell its whole in parts: "82,48% dự toán (36.400 tỷ phí và 79.800 tỷ thuế)"."""
    if whole.start < one.share.end:
        return False
    text, origin = told.block.text, told.block.start
    opened = text.find("(", one.share.end - origin, whole.start - origin)
    closed = text.find(")", whole.end - origin)
    return opened >= 0 and any(
        whole.end - origin < item.start - origin < closed and item.unit == whole.unit for item in told.items
    )


def _is_slip_of_rough(one: Bound, whole: Quantity) -> bool:
    """Whether a slip of the pen is why a share told roughly ("gần 97%") is none of a whole."""
    right = (one.part.value * scale(one.part) / (whole.value * scale(whole)) * _ALL).to_integral_value(ROUND_DOWN)
    return whole.value * scale(whole) >= _FEWEST and any(is_slip(one.share.value, each) for each in (right, right + 1))


def _is_all_named(one: Bound, whole: Quantity) -> bool:
    """Whether all words behind a share name a figure told before."""
    same = meaning_of(re.split(r"[.;,()]|\d", one.behind)[0])
    return one.of is Of.NAMED and (names(one) <= pairs_of(label(whole)) or (same is not None and same is whole.meaning))


def _nearest(one: Bound, told: Told, pairs: Sequence[Pair]) -> Quantity | None:
    """The figure near a share that a slip of the pen explains it of, where that is not to be expected by chance."""
    part = one.part
    if _VOTE.search(told.block.text.lower()):
        return None
    if one.of is Of.PLAN:
        return _planned(one, told)
    last = before_part(one, told.items, told.block, of_its_kind=True)
    if last is not None and is_whole(last, one) and told.one_sentence(last, part):
        greater = last.value * scale(last) * _SLIPPED >= part.value * scale(part)
        if greater and not any(pair.part.start == last.start for pair in pairs) and _is_meant(one, last):
            return last
    for several, limit in likely(one, told):
        chances = [(item, found) for item in several if (found := chance(part, item, one.share)) is not None]
        if chances:
            alone = len({item.value * scale(item) for item, _ in chances}) == 1
            enough = chances[-1][0].value * scale(chances[-1][0]) >= _TELLING
            return chances[-1][0] if alone and enough and chances[-1][1] * len(several) <= limit else None
    return None


def _planned(one: Bound, told: Told) -> Quantity | None:
    """The figure that a slip explains a share of a plan of, where no words call it one and chance hardly makes it."""
    several = [item for item in told.items if item.start < one.part.start and is_whole(item, one)]
    several += [item for item in told.wholes if is_whole(item, one)]
    several = [item for item in several if _is_thinkable(one, item)]
    chances = [(item, found) for item in several if (found := chance(one.part, item, one.share)) is not None]
    if len({item.value * scale(item) for item, _ in chances}) != 1:
        return None
    return chances[-1][0] if chances[-1][1] * len(several) <= _RARE else None


def _is_thinkable(one: Bound, whole: Quantity) -> bool:
    """Whether a part is what a plan can lead to, as a share says."""
    right = one.part.value * scale(one.part) / (whole.value * scale(whole)) * _ALL
    return max(right, one.share.value) <= 2 * min(right, one.share.value)


def _beside(at: int, one: Bound, pairs: Sequence[Pair]) -> list[Quantity]:
    """What the shares next to one are of, nearest before it first, where it can be the whole of all of them."""
    near = [*reversed(pairs[max(at - _NEXT, 0) : at]), *pairs[at + 1 : at + 1 + _NEXT]]
    wholes = [pair.whole for pair in near if pair.whole is not None and pair.whole.start < one.share.start]
    return [whole for whole in wholes if _is_of_all(whole, at, one, pairs)]


def _is_of_all(whole: Quantity, at: int, one: Bound, pairs: Sequence[Pair]) -> bool:
    """Whether a figure can be the whole of all shares near one, and is none of those that have another whole."""
    if any(pair.part.start == whole.start and pair.whole is None for pair in pairs):
        return False  # "62,5% (1.250 cây); … 2,4% (48 cây)": parts of one whole that nothing tells
    others = [pair.part for pair in pairs[max(at - _FARTHEST, 0) : at + _FARTHEST] if pair.part is not one.part]
    largest = max((other.value * scale(other) for other in others if alike(other, one.part)), default=Decimal(0))
    return is_whole(whole, one) and whole.value * scale(whole) >= largest


def _is_of_several(whole: Quantity, pairs: Sequence[Pair]) -> bool:
    """Whether several shares are of a figure; one of another paragraph explains a single share by chance."""
    return sum(pair.whole is not None and pair.whole.start == whole.start for pair in pairs) > 1


def _common(at: int, one: Bound, pairs: Sequence[Pair], beside: Sequence[Quantity]) -> Quantity | None:
    """What several other shares of a list are of, in its paragraph or the items around it."""
    if (one.of is not Of.WHOLE and names(one)) or _AMONG.search(one.part.between):
        return None
    near = [pair for pair in pairs[max(at - _FARTHEST, 0) : at + _FARTHEST] if pair.share is not one.share]
    counts = Counter(pair.whole for pair in near if pair.whole is not None and head(pair.part) == head(one.part))
    counts.update(beside)
    whole, times = max(counts.items(), key=lambda told: told[1], default=(None, 0))
    if whole is None or times < _SEVERAL or whole.value * scale(whole) < _TELLING:
        return None
    right = one.part.value * scale(one.part) / (whole.value * scale(whole)) * _ALL
    if not (one.part.is_count and whole.is_count) and abs(right - one.share.value) <= _ROUGH * right:
        return None
    return whole if _is_of_all(whole, at, one, pairs) else None


def _is_meant(one: Bound, whole: Quantity, *, sure: bool = False, most: Decimal = THINKABLE) -> bool:
    """Whether a share that does not hold of a whole is meant of it: words leave no other, or a slip explains it."""
    part, share = one.part, one.share
    if whole.value * scale(whole) < _FEWEST or not share.value or part.start == whole.start:
        return False
    right = part.value * scale(part) / (whole.value * scale(whole)) * _ALL
    if max(right, share.value) > _FAR * min(right, share.value):
        return False
    if sure and (one.of is Of.PLAN or right <= _ALL):
        return True
    found = chance(part, whole, share)
    return found is not None and (sure or found <= most)
