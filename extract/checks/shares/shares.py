"""Shares of counts and amounts in running text: each against what it can be of.

A share that some figure of its paragraph explains is a share of that. One that none explains is wrong where the words
leave one figure it can be of, or the shares beside it are all of one. Where only nearness, another share or a repeated
name say so, the figures must also look like those that hold, with a slip of the pen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.quantities import Quantity, meaning_of, quantities
from extract.checks.figures.terms import Term, quote, recompute
from extract.checks.shares.binding import Bound, Of, alike, bound, head, scale
from extract.checks.shares.likelihood import chance, may_be, of_several, verdict
from extract.checks.shares.rate_names import label, pairs_of
from extract.checks.shares.siblings import Pair, are_of_their_sum, of_what_they_make
from extract.checks.shares.untold import of_untold
from extract.checks.shares.wholes import (
    Told,
    around,
    before_part,
    can_be_whole,
    counterpart,
    is_whole,
    likely,
    named,
    names,
    of_above,
    of_all_told,
    sure,
)
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_ALL: Final = Decimal(100)
_MOST: Final = 5
_FARTHEST: Final = 12  # figures back from a share to its whole
_PARAGRAPHS: Final = 6  # back to a whole that words name again
_NEXT: Final = 2  # shares away
_EXACT: Final = 3  # digits of a share that no other figure has by chance
_SEVERAL: Final = 2  # other shares of one whole that make it the whole of those beside them
_UNTOLD: Final = 60  # shares of a paragraph that nothing explains: they are of what it does not tell
_FEWEST: Final = 10  # of a whole; "2/3" of something is a figure of speech
_TELLING: Final = 20  # of a whole; a share of fewer is found by chance
_UNLIKELY: Final = Decimal("0.06")
_RARE: Final = Decimal("0.02")
_THINKABLE: Final = Decimal("0.35")
_FAR: Final = 20  # times the right share
_MOST_OF_ALL: Final = 150  # percent of a whole with a slip in it that a part can be
_ROUGH: Final = Decimal("0.005")  # of a share of amounts, which are rounded
_SLIPPED: Final = Decimal("1.1")  # times a whole; a part that is greater has another one
_LAST: Final = Decimal("1.5")  # of the last printed place
# The share of a vote is one of all who could vote.
_FRACTION: Final = re.compile(r"\d\s?/\s?\d[\d.]*\s[^\W\d_]")
_RATIO: Final = re.compile(r"\s?%\s?\(\s?\d[\d.]*\s?/\s?\d")
_VOTE: Final = re.compile(r"tán thành|biểu quyết")
_AMONG: Final = re.compile(r"\b(?:trong đó|gồm|riêng|trong số)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Read:
    """The shares of a paragraph, what is told near each, and what figure explains it."""

    block: Block
    items: Sequence[Quantity]
    shares: Sequence[tuple[Bound, Told]]
    pairs: Sequence[Pair]


def check_shares(reading: Reading, found: Mapping[int, tuple[Quantity, ...]]) -> Iterator[Finding]:
    """Shares in the running text of a letter; `found` are the quantities of each block."""
    read: dict[int, _Read] = {}
    explained: dict[int, list[Quantity]] = {}
    for index, items in found.items():
        block = reading.flow.blocks[index]
        if "%" not in block.text:
            continue
        told = range(max(index - _PARAGRAPHS, 0), index)
        above = [one for other in told for one in found.get(other, ())]
        above += [
            one for other in (*told, index) for one in _fractions(reading.flow.blocks[other], other in found, reading)
        ]
        wholes = [one for other in told for one in explained.get(other, ())]
        one = _read(bound(items, block), index, found, above, wholes[-_MOST:], reading)
        read[index] = one
        explained[index] = [pair.whole for pair in one.pairs if pair.whole is not None]
    for index, one in read.items():
        near = range(max(index - _PARAGRAPHS, 0), index + _PARAGRAPHS + 1)
        beside = [whole for other in near if other != index for whole in explained.get(other, ())]
        yield from _of_paragraph(one, beside, reading)


def _fractions(block: Block, running: bool, reading: Reading) -> Iterator[Quantity]:
    """Both figures of the fractions of a paragraph: of those rated, 117 in "117/120 tổ chức", and of all there are."""
    if not running or not _FRACTION.search(block.text):
        return
    for one in quantities(block, reading, fractions=True):
        if one.of is not None:
            yield one
            yield replace(one, term=Term(one.term.name, one.of, one.of_proof, one.term.doubtful), of=None)


def _read(
    several: Sequence[Bound],
    index: int,
    found: Mapping[int, tuple[Quantity, ...]],
    above: Sequence[Quantity],
    wholes: Sequence[Quantity],
    reading: Reading,
) -> _Read:
    shares, pairs = [], []
    items, block = found[index], reading.flow.blocks[index]
    for one, told in zip(several, around(several, items, above, wholes, block), strict=True):
        near = replace(one, at=told.items.index(one.share))
        whole = _explaining(near, told, reading)
        if whole is None and near.led is not None:
            led = replace(near, part=near.led, led=None)
            whole = _explaining(led, told, reading)
            if whole is not None and verdict(led.part, whole, led.share) is not CheckVerdict.AGREES:
                whole = None  # a share cut off, of a count further back, is found by chance
            near = led if whole is not None else near
        shares.append((near, told))
        pairs.append(Pair(near.part, near.share, whole))
    return _Read(block, items, shares, pairs)


def _of_paragraph(read: _Read, beside: Sequence[Quantity], reading: Reading) -> Iterator[Finding]:
    """What can be said of the shares of a paragraph; `beside` are the wholes of shares in those around it."""
    for (one, told), pair in zip(read.shares, read.pairs, strict=True):
        whole = pair.whole
        if whole is not None and (told.has(whole) or one.of is Of.NAMED or whole in told.wholes):
            yield from _made(one, whole, read.block)
    of_each_other = list(of_what_they_make(read.pairs, read.items, read.block))
    yield from of_each_other
    if of_each_other or sum(pair.whole is None for pair in read.pairs) > _UNTOLD:
        return
    found = []
    for at, (one, told) in enumerate(read.shares):
        if read.pairs[at].whole is not None:
            continue
        around_it = (*read.shares[max(at - _FARTHEST, 0) : at], *read.shares[at + 1 : at + _FARTHEST])
        wrong = _wrong(one, told, read, at, beside, reading)
        if wrong is not None and (_is_of_the_list(one, wrong, told) or are_of_their_sum(at, read.pairs)):
            continue
        if wrong is not None and not of_untold(one, wrong, [other for other, _ in around_it], read.block):
            found.append((one, wrong))
    far = [whole for one, whole in found if not _is_last_place(one, whole)]
    for one, whole in found:
        # one of several is printed one off so that they make 100 % together, as they would but for the wrong one
        if not _is_last_place(one, whole) or (whole not in far and not _make_all(one, whole, read.pairs)):
            yield from _made(one, whole, read.block)


def _is_of_several(whole: Quantity, pairs: Sequence[Pair]) -> bool:
    """Whether several shares are of a figure; one of another paragraph explains a single share by chance."""
    return sum(pair.whole is not None and pair.whole.start == whole.start for pair in pairs) > 1


def _explaining(one: Bound, told: Told, reading: Reading) -> Quantity | None:
    """The figure that a share holds of, likeliest first."""
    part, share = one.part, one.share
    surely = sure(one, told, reading)
    before = [item for item in told.items[max(one.at - _FARTHEST, 0) : one.at] if can_be_whole(item, one)]
    closing = [told.closing] if told.closing is not None and can_be_whole(told.closing, one) else []
    several = [*([surely] if surely is not None else []), *reversed(before), *closing]
    cut = None
    for whole in several:
        holds = verdict(part, whole, share)
        if holds is CheckVerdict.AGREES:
            return whole
        cut = whole if cut is None and holds is not CheckVerdict.DIFFERS else cut
    if surely is None:
        for whole in (*told.wholes, *reversed(told.above)):
            if can_be_whole(whole, one) and verdict(part, whole, share) is CheckVerdict.AGREES:
                return whole
    return cut


def _wrong(
    one: Bound, told: Told, read: _Read, at: int, beside: Sequence[Quantity], reading: Reading
) -> Quantity | None:
    """What a share that nothing explains is meant to be of; None where it may be of something else."""
    part, share = one.part, one.share
    surely = sure(one, told, reading)
    if _RATIO.match(read.block.text, share.end - read.block.start):
        return None  # told with its fraction, "79,1% (1.107/1.398)"
    if surely is not None:
        larger = surely.value * scale(surely) > part.value * scale(part) or one.of is Of.PLAN
        return surely if _is_meant(one, surely, sure=larger) and not may_be(part, surely, share) else None
    if share.value == _ALL or any(may_be(part, item, share) for item in told.items if can_be_whole(item, one)):
        return None  # "1.361 hồ sơ, đạt 100%" is of the count itself
    for whole in (counterpart(one, told), of_above(one, told)):
        if whole is not None and _is_meant(one, whole):
            return whole
    near = [whole for whole in _beside(at, one, read.pairs) if told.has(whole) or _is_of_several(whole, read.pairs)]
    if near and _is_meant(one, near[0]):
        return near[0]
    if of_several(part, share, told.items):
        return None
    common = _common(at, one, read, beside)
    if common is not None and _is_meant(one, common, sure=True):
        return common
    everything = of_all_told(one, told)
    if everything is not None and _is_meant(one, everything):
        return everything
    again = named(one, told)
    if len({item.value for item in again}) == 1:
        same = meaning_of(re.split(r"[.;,()]|\d", one.behind)[0])
        alone = one.of is Of.NAMED and (
            names(one) <= pairs_of(label(again[-1])) or (same is not None and same is again[-1].meaning)
        )
        return again[-1] if _is_meant(one, again[-1], sure=alone) else None
    return _nearest(one, told)


def _is_of_the_list(one: Bound, whole: Quantity, told: Told) -> bool:
    """Whether a share holds of a count before its list: "thu 2.385 tỷ đồng, gồm …; đạt 74,67% kế hoạch (3.195 …)"."""
    if one.share.start < one.part.start or len(one.share.value.as_tuple().digits) < _EXACT:
        return False
    before = [item for item in told.items if item.start < one.part.start and told.one_sentence(item, one.part)]
    return any(
        item.unit != "%" and head(item) == head(one.part) and verdict(item, whole, one.share) is CheckVerdict.AGREES
        for item in before
        if item.value and item is not whole
    )


def _nearest(one: Bound, told: Told) -> Quantity | None:
    """The figure near a share that a slip of the pen explains it of, where that is not to be expected by chance."""
    part = one.part
    last = before_part(one, told.items)
    if _VOTE.search(told.block.text.lower()):
        return None
    if one.of is Of.PLAN:
        return _planned(one, told)
    greater = last is not None and last.value * scale(last) * _SLIPPED >= part.value * scale(part)
    if (
        last is not None
        and greater
        and head(last) == head(part)
        and is_whole(last, one)
        and told.one_sentence(last, part)
    ):
        return last if _is_meant(one, last) else None
    for several in likely(one, told):
        chances = [(item, found) for item in several if (found := chance(part, item, one.share)) is not None]
        if chances:
            alone = len({item.value * scale(item) for item, _ in chances}) == 1
            enough = chances[-1][0].value * scale(chances[-1][0]) >= _TELLING
            return chances[-1][0] if alone and enough and chances[-1][1] * len(several) <= _UNLIKELY else None
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


def _common(at: int, one: Bound, read: _Read, beside: Sequence[Quantity]) -> Quantity | None:
    """What several other shares of a list are of, in its paragraph or the items around it."""
    if one.of is not Of.WHOLE and names(one):
        return None
    if _AMONG.search(one.part.between):
        return None
    near = [pair for pair in read.pairs[max(at - _FARTHEST, 0) : at + _FARTHEST] if pair.share is not one.share]
    counts = Counter(pair.whole for pair in near if pair.whole is not None and head(pair.part) == head(one.part))
    counts.update(beside)
    whole, times = max(counts.items(), key=lambda told: told[1], default=(None, 0))
    if whole is None or times < _SEVERAL or whole.value * scale(whole) < _TELLING:
        return None
    right = one.part.value * scale(one.part) / (whole.value * scale(whole)) * _ALL
    if not (one.part.is_count and whole.is_count) and abs(right - one.share.value) <= _ROUGH * right:
        return None
    return whole if _is_of_all(whole, at, one, read.pairs) and head(whole) == head(one.part) else None


def _is_last_place(one: Bound, whole: Quantity) -> bool:
    right = one.part.value * scale(one.part) / (whole.value * scale(whole)) * _ALL
    return abs(right - one.share.value) <= _LAST.scaleb(-one.share.term.decimals)


def _make_all(one: Bound, whole: Quantity, pairs: Sequence[Pair]) -> bool:
    """Whether the shares of a whole make 100 % together."""
    return one.share.value + sum((pair.share.value for pair in pairs if pair.whole is whole), Decimal(0)) == _ALL


def _is_meant(one: Bound, whole: Quantity, *, sure: bool = False) -> bool:
    """Whether a share that does not hold of a whole is meant of it: words leave no other, or a slip explains it."""
    part, share = one.part, one.share
    if whole.value * scale(whole) < _FEWEST or not share.value or part.start == whole.start:
        return False
    right = part.value * scale(part) / (whole.value * scale(whole)) * _ALL
    if sure:
        if one.of is not Of.PLAN and right > _MOST_OF_ALL:
            return False
        return max(right, share.value) <= _FAR * min(right, share.value)
    found = chance(part, whole, share)
    return found is not None and found <= _THINKABLE


def _made(one: Bound, whole: Quantity, block: Block) -> Iterator[Finding]:
    inside = block.start <= whole.start < block.start + len(block.text)
    ends = [one.part, one.share] + ([whole] if inside and whole.start > one.share.start else [])
    low, high = min(item.start for item in ends) - block.start, max(item.end for item in ends) - block.start
    statement = quote(block.text, low, high, block.body, behind=1)
    made = recompute(CheckKind.RATIO, statement, SHARE, list(_terms(one.part, whole)), one.share.term)
    if made is not None:
        yield made


def _terms(part: Quantity, whole: Quantity) -> tuple[Term, Term]:
    """Both figures in one scale."""
    by = scale(part) / scale(whole)
    if by == 1:
        return part.term, whole.term
    left, right = (part.value * by, whole.value) if by > 1 else (part.value, whole.value / by)
    return (
        Term(part.term.name, left, part.term.proof, part.term.doubtful),
        Term(whole.term.name, right, whole.term.proof, whole.term.doubtful),
    )
