"""Shares told one behind the other of one whole: those that hold show of what the rest are.

"1.346 công chức. Trong đó, 1.070 người …, đạt 79,5%; 53 người, chiếm 3,9% và 223 người, chiếm 16,6%": where two of the
shares are of 1.346, so is the third. Where none is, but all are of what the parts make together, the whole is wrong;
and where no whole is told, the one share that is not of what they make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.arithmetic import SHARE, Formula, vn
from extract.checks.figures.complete import kind_of
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.slips import is_near, is_slip, slips_of
from extract.checks.figures.terms import Term, merged, quote, recompute
from extract.checks.figures.verdict import compare, nearest
from extract.checks.shares.binding import scale
from extract.records import Block, CheckKind, CheckVerdict, Finding

_ALL: Final = Decimal(100)
_FEWEST: Final = 2  # pairs that make a list
_MOST: Final = 8  # pairs of a list on either side of one
_TELLING: Final = 20  # of a whole; a share of fewer is found by chance
_WHOLE: Final = Formula(
    lambda values: values[0] / values[1] * _ALL if values[1] else None,
    lambda values: f"{vn(values[0])} / {vn(values[1])}%",
    fewest=2,
)
_PARTED: Final = re.compile(r"\b(?:trong đó|gồm|cụ thể|trong số)\b|[:(]", re.IGNORECASE)
_OF_IT: Final = re.compile(r"\s?%\s?(?:[);,.]|$|và\b|(?:của |trên )?tổng\b)")  # no other whole is named
_HALF: Final = Decimal("0.5")
_NARROW: Final = Decimal("0.005")  # of a whole, from the least to the most that two shares leave for it
_FINE: Final = 2  # digits of a share, two of them decimals, that chance hardly makes
_FARTHEST: Final = 4  # figures from a list back to its whole


@dataclass(frozen=True, slots=True)
class Pair:
    """A count and the share behind it; `whole`: what it is that share of, None where no figure was found."""

    part: Quantity
    share: Quantity
    whole: Quantity | None


def _alike(one: Pair, other: Pair) -> bool:
    """Whether two pairs can be of one list: counted in one unit, so far as they name it."""
    units = {kind_of(pair.part.unit) for pair in (one, other) if pair.part.unit}
    return len(units) <= 1


def _is_open(pair: Pair, run: Sequence[Pair]) -> bool:
    """Whether no whole of a pair is known; a small share is found of another part of the list by chance."""
    return pair.whole is None or any(pair.whole.start == other.part.start for other in run)


def of_what_they_make(pairs: Sequence[Pair], items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """Lists of pairs whose shares are of their own sum, against the count before them."""
    run: list[Pair] = []
    for pair in [*pairs, None]:
        if pair is not None and _is_open(pair, run) and (not run or _alike(run[-1], pair)):
            run.append(pair)
            continue
        if len(run) >= _FEWEST:
            yield from _of_run(run, items, block)
        run = [pair] if pair is not None and pair.whole is None else []


def of_a_slip(pairs: Sequence[Pair], items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """A whole that its own parts and their shares deny together: both are of one figure that a slip made it of."""
    places = {item.start: at for at, item in enumerate(items)}
    for one, other in pairwise(pairs):
        first, second = places[one.part.start], places[other.part.start]
        if not (one.whole is None is other.whole) or second - first != _FEWEST or not first or not _alike(one, other):
            continue
        whole = items[first - 1]
        if _PARTED.search(one.part.between) is None or whole.approximate or not _may_be_whole(whole, one, other):
            continue
        if not all(_OF_IT.match(block.text, pair.share.end - block.start) for pair in (one, other)):
            continue
        least = max(_made_of(pair, _HALF) for pair in (one, other))
        most = min(_made_of(pair, -_HALF) for pair in (one, other))
        by = scale(whole)
        rights = {right for right in slips_of(whole.value) if least <= right * by <= most}
        rights = {right for right in rights if len(f"{right:f}") == len(f"{whole.value:f}")}
        if least > most or most - least > _NARROW * most or len(rights) != 1:
            continue
        terms = [replace(one.part.term, value=one.part.value * scale(one.part) / by), one.share.term]
        low, high = whole.start - block.start, other.share.end - block.start
        statement = quote(block.text, low, high, block.body, behind=1)
        made = recompute(CheckKind.CONSISTENCY, statement, _WHOLE, terms, whole.term)
        if made is not None and made.verdict is CheckVerdict.DIFFERS:
            yield made


def _may_be_whole(whole: Quantity, one: Pair, other: Pair) -> bool:
    parts = one.part.value * scale(one.part) + other.part.value * scale(other.part)
    units = {kind_of(item.unit) for item in (whole, one.part) if item.unit}
    return whole.unit != "%" and len(units) == 1 and whole.value * scale(whole) >= max(parts, Decimal(_TELLING))


def _made_of(pair: Pair, by: Decimal) -> Decimal:
    """The whole of a count, its share so much of its last printed place greater."""
    share = pair.share.value + by.scaleb(-pair.share.term.decimals)
    return pair.part.value * scale(pair.part) * _ALL / max(share, Decimal(1).scaleb(-_MOST))


def are_of_their_sum(at: int, pairs: Sequence[Pair]) -> bool:
    """Whether the list that a pair stands in makes 100 %, each share of what the parts make: of who was assessed."""
    near = range(max(at - _MOST, 0), min(at + _MOST, len(pairs)) + 1)
    runs = (pairs[low:high] for low in near for high in near if low <= at < high and high - low > _FEWEST)
    return any(_makes_all(run) for run in runs)


def _makes_all(run: Sequence[Pair]) -> bool:
    if abs(sum(pair.share.value for pair in run) - _ALL) > 1 or not all(_alike(run[0], pair) for pair in run):
        return False
    total = sum((pair.part.value * scale(pair.part) for pair in run), Decimal(0))
    return total >= _TELLING and all(_is_of(pair, total) for pair in run)


def _of_run(run: Sequence[Pair], items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    total = sum((pair.part.value * scale(pair.part) for pair in run), Decimal(0)) / scale(run[0].part)
    if total < _TELLING or sum(bool(pair.share.term.decimals) for pair in run) < _FEWEST:
        return
    wrong = [pair for pair in run if not _is_of(pair, total * scale(run[0].part))]
    first = next(index for index, item in enumerate(items) if item.start == run[0].part.start)
    if wrong:
        if len(wrong) == 1 and (len(run) > _FEWEST or _is_slip_of_two(wrong[0], run, total)):
            yield from _of_their_sum(wrong[0], run, total, block)
        return
    before = items[max(first - _FARTHEST, 0) : first]
    kind = kind_of(run[0].part.unit)
    wholes = [item for item in before if item.is_count and not item.approximate and kind_of(item.unit) == kind]
    parts = [pair.part for pair in run]
    if wholes and (is_near(wholes[-1].value, total) or is_slip(wholes[-1].value, total)):
        made = sum_of(wholes[-1], parts, block)
        if made is not None:
            yield made


def _is_of(pair: Pair, total: Decimal) -> bool:
    right = pair.part.value * scale(pair.part) / total * _ALL
    return compare(pair.share.value, right, pair.share.term.decimals).verdict is not CheckVerdict.DIFFERS


def _is_slip_of_two(wrong: Pair, run: Sequence[Pair], total: Decimal) -> bool:
    """Whether the other share of two is told so finely that it is of both parts, and this one but for a slip."""
    other = next(pair for pair in run if pair is not wrong)
    right = wrong.part.value * scale(wrong.part) / (total * scale(run[0].part)) * _ALL
    fine = all(len(pair.share.value.as_tuple().digits) >= _FINE for pair in run) and other.share.term.decimals > 1
    return fine and is_slip(wrong.share.value, nearest(right, wrong.share.term.decimals))


def _of_their_sum(wrong: Pair, run: Sequence[Pair], total: Decimal, block: Block) -> Iterator[Finding]:
    """The one share of a list that is not of what the parts make, where all others are; not one printed to make 100."""
    gap = _ALL - sum((pair.share.value for pair in run), Decimal(0))
    if abs(gap) <= Decimal(1).scaleb(-wrong.share.term.decimals):
        return
    ends = sorted((wrong.part, wrong.share), key=lambda item: item.start)
    statement = quote(block.text, ends[0].start - block.start, ends[1].end - block.start, block.body, behind=1)
    whole = Term("cộng các phần", total, merged(*(pair.part.term.proof for pair in run)))
    made = recompute(CheckKind.RATIO, statement, SHARE, [wrong.part.term, whole], wrong.share.term)
    if made is not None:
        yield made
