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
from itertools import accumulate
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.quantities import Quantity, quantities
from extract.checks.figures.terms import Term, quote, recompute
from extract.checks.shares.binding import Bound, Of, bound, head, scale
from extract.checks.shares.likelihood import verdict
from extract.checks.shares.meant import meant
from extract.checks.shares.siblings import Pair, are_of_their_sum, of_a_slip, of_what_they_make
from extract.checks.shares.untold import of_untold
from extract.checks.shares.wholes import (
    Told,
    around,
    can_be_whole,
    sure,
)
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_ALL: Final = Decimal(100)
_MOST: Final = 5
_SEVERAL: Final = 2  # other shares of one whole
_FARTHEST: Final = 12  # figures back from a share to its whole
_PARAGRAPHS: Final = 6  # back to a whole that words name again
_EXACT: Final = 3  # digits of a share that no other figure has by chance
_UNTOLD: Final = 60  # shares of a paragraph that nothing explains: they are of what it does not tell
_NEAR: Final = Decimal("1.5")  # to a share that is told roughly
_LAST: Final = Decimal("1.5")  # of the last printed place
_TOTAL: Final = re.compile(r"\b(?:tổng|cả thảy|tất cả|cộng)\b", re.IGNORECASE)  # takes figures together
_BY: Final = re.compile(r"%?\s?(?:tính )?(?:về|theo)\s(?:số\s)?(?:lượng\s)?([^\W\d_]+)")
_AND: Final = re.compile(r"\s?%\)?,?\s(?:và|còn)\s(?:có )?")
_FRACTION: Final = re.compile(r"\d\s?/\s?\d[\d.]*\s[^\W\d_]")


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
    told: dict[int, Sequence[Quantity]] = {}
    for index, items in found.items():
        block = reading.flow.blocks[index]
        if "%" not in block.text:
            continue
        before = range(max(index - _PARAGRAPHS, 0), index)
        for other in (*before, index):
            if other in found and other not in told:
                told[other] = _with_fractions(reading.flow.blocks[other], found[other], reading)
        above = [one for other in before for one in told.get(other, ())]
        wholes = [one for other in before for one in explained.get(other, ())]
        one = _read(bound(items, block), told[index], block, above, wholes[-_MOST:], reading)
        read[index] = one
        explained[index] = [pair.whole for pair in one.pairs if pair.whole is not None]
    for index, one in read.items():
        near = range(max(index - _PARAGRAPHS, 0), index + _PARAGRAPHS + 1)
        beside = [whole for other in near if other != index for whole in explained.get(other, ())]
        yield from _of_paragraph(one, beside, reading)


def _with_fractions(block: Block, items: Sequence[Quantity], reading: Reading) -> Sequence[Quantity]:
    """The figures of a paragraph and both of its fractions: of those rated, 117 in "117/120 tổ chức", and of all."""
    if not _FRACTION.search(block.text):
        return items
    found = list(items)
    for one in quantities(block, reading, fractions=True):
        if one.of is not None:
            over = block.start + block.text.index("/", one.end - block.start) + 1
            term = Term(one.term.name, one.of, one.of_proof, one.term.doubtful)
            found += [one, replace(one, term=term, start=over, of=None)]
    return sorted(found, key=lambda item: item.start)


def _read(
    several: Sequence[Bound],
    items: Sequence[Quantity],
    block: Block,
    above: Sequence[Quantity],
    wholes: Sequence[Quantity],
    reading: Reading,
) -> _Read:
    shares, pairs = [], []
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
    return _Read(block, items, shares, _without_chance(pairs))


def _without_chance(pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs without a whole where a share holds, cut off, of another part of its list whose others are of one whole."""
    parts = {pair.part.start for pair in pairs}
    counts = Counter(pair.whole.start for pair in pairs if pair.whole is not None)
    start, times = counts.most_common(1)[0] if counts else (0, 0)
    return [
        replace(pair, whole=None)
        if pair.whole is not None
        and pair.whole.start in parts
        and pair.whole.start != start
        and times >= _SEVERAL
        and verdict(pair.part, pair.whole, pair.share) is not CheckVerdict.AGREES
        else pair
        for pair in pairs
    ]


def _of_paragraph(read: _Read, beside: Sequence[Quantity], reading: Reading) -> Iterator[Finding]:
    """What can be said of the shares of a paragraph; `beside` are the wholes of shares in those around it."""
    for (one, told), pair in zip(read.shares, read.pairs, strict=True):
        whole = pair.whole
        if whole is not None and not one.is_rough and (told.has(whole) or one.of is Of.NAMED or whole in told.wholes):
            yield from _made(one, whole, read.block)
    of_each_other = list(of_what_they_make(read.pairs, read.items, read.block))
    of_each_other = of_each_other or list(of_a_slip(read.pairs, read.items, read.block))
    yield from of_each_other
    if of_each_other or sum(pair.whole is None for pair in read.pairs) > _UNTOLD:
        return
    found = []
    for at, (one, told) in enumerate(read.shares):
        if read.pairs[at].whole is not None:
            continue
        near = [*range(max(at - _FARTHEST, 0), at), *range(at + 1, min(at + _FARTHEST, len(read.shares)))]
        around_it = [(read.shares[other][0], read.pairs[other].whole) for other in near]
        wrong = meant(at, read.shares, read.pairs, beside, reading)
        if wrong is not None and _is_restated(one, wrong, read.block):
            continue
        if wrong is not None and (_is_of_the_list(one, wrong, told) or are_of_their_sum(at, read.pairs)):
            continue
        if wrong is not None and not of_untold(one, wrong, around_it, read.block):
            found.append((one, wrong))
    far = [whole for one, whole in found if not _is_last_place(one, whole)]
    for one, whole in found:
        # one of several is printed one off so that they make 100 % together, as they would but for the wrong one
        if not _is_last_place(one, whole) or (whole not in far and not _make_all(one, whole, read.pairs)):
            yield from _made(one, whole, read.block)


def _explaining(one: Bound, told: Told, reading: Reading) -> Quantity | None:
    """The figure that a share holds of, likeliest first."""
    surely = sure(one, told, reading)
    before = [item for item in told.items[max(one.at - _FARTHEST, 0) : one.at] if can_be_whole(item, one)]
    closing = [told.closing] if told.closing is not None and can_be_whole(told.closing, one) else []
    several = [*([surely] if surely is not None else []), *reversed(before), *closing]
    cut = None
    for whole in several:
        holds = _holds(one, whole)
        if holds is CheckVerdict.AGREES:
            return whole
        cut = whole if cut is None and holds is not CheckVerdict.DIFFERS else cut
    if surely is None:
        for whole in (*told.wholes, *reversed(told.above)):
            if can_be_whole(whole, one) and _holds(one, whole) is CheckVerdict.AGREES:
                return whole
    return cut


def _holds(one: Bound, whole: Quantity) -> CheckVerdict:
    """Whether a share holds of a whole; one that is told roughly where it is near."""
    if one.is_rough:
        right = one.part.value * scale(one.part) / (whole.value * scale(whole)) * _ALL
        return CheckVerdict.AGREES if abs(right - one.share.value) <= _NEAR else CheckVerdict.DIFFERS
    return verdict(one.part, whole, one.share)


def _is_of_the_list(one: Bound, whole: Quantity, told: Told) -> bool:
    """Whether a share holds of a count before its list: "thu 2.385 tỷ đồng, gồm …; đạt 74,67% kế hoạch (3.195 …)"."""
    if one.share.start < one.part.start:
        return False
    of_one = [item for item in told.items if item.start < one.share.start and told.one_sentence(item, one.part)]
    if (_TOTAL.search(one.share.between) or one.of is Of.PLAN) and _make_it(of_one, one, whole):
        return True
    before = [item for item in of_one if item.start < one.part.start]
    if len(one.share.value.as_tuple().digits) < _EXACT:
        return False
    if _make_it([*before[-1:], one.part], one, whole) or _is_of_two(one, told) or _is_of_others(one, before):
        return True
    return any(
        item.unit != "%" and head(item) == head(one.part) and verdict(item, whole, one.share) is CheckVerdict.AGREES
        for item in before
        if item.value and item is not whole
    )


def _is_restated(one: Bound, whole: Quantity, block: Block) -> bool:
    """Whether a count only says what a share is, of a whole not told: "A đạt 80%, tức 1.200 …; B đạt 80%, tức 400"."""
    between = block.text[whole.end - block.start : one.share.start - block.start]
    return one.share.start < one.part.start and "tức" in one.part.between and ";" in between


def _is_of_others(one: Bound, before: Sequence[Quantity]) -> bool:
    """Whether words behind a share say that it is one of another count: "29 hạng mục … 40 tỷ (88% về số hạng mục)"."""
    named = _BY.match(one.behind)
    return named is not None and named[1] != head(one.part) and any(head(item) == named[1] for item in before)


def _is_of_two(one: Bound, told: Told) -> bool:
    """Whether a share is of what its count and the next make: "Có 426 nữ (56,6%) và 327 nam"."""
    behind = [item for item in told.items if item.start > one.share.start and told.one_sentence(item, one.part)]
    if not behind or behind[0].unit == "%" or not _AND.fullmatch(behind[0].between):
        return False
    both = replace(one.part, term=replace(one.part.term, value=one.part.value + behind[0].value))
    return verdict(one.part, both, one.share) is CheckVerdict.AGREES


def _make_it(parts: Sequence[Quantity], one: Bound, whole: Quantity) -> bool:
    """Whether a share is one of what its count and others before it make: "A 300, B 120; tổng bằng 33,6%"."""
    alike = [item for item in parts if item.unit != "%" and head(item) == head(one.part)]
    return any(
        verdict(replace(one.part, term=replace(one.part.term, value=total)), whole, one.share) is CheckVerdict.AGREES
        for total in accumulate(item.value for item in reversed(alike))
    )


def _is_last_place(one: Bound, whole: Quantity) -> bool:
    right = one.part.value * scale(one.part) / (whole.value * scale(whole)) * _ALL
    return abs(right - one.share.value) <= _LAST.scaleb(-one.share.term.decimals)


def _make_all(one: Bound, whole: Quantity, pairs: Sequence[Pair]) -> bool:
    """Whether the shares of a whole make 100 % together."""
    return one.share.value + sum((pair.share.value for pair in pairs if pair.whole is whole), Decimal(0)) == _ALL


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
