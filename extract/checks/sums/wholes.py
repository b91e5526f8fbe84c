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
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.arithmetic import SUM
from extract.checks.figures.breaks import BRACKETS
from extract.checks.figures.quantities import RUNNING, Quantity, quantities
from extract.checks.figures.slips import is_explained, is_misprinted, is_near
from extract.checks.figures.terms import quote, recompute
from extract.checks.sums.columns import Column, columns_of, head_of
from extract.checks.sums.members import Opener, PartList, Told, list_below, lists_of, tell_apart
from extract.checks.sums.runs import is_held, runs_of
from extract.checks.sums.understood import ROUGH, is_understood
from extract.checks.sums.weighed import REST, is_wrong
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_SCORES: Final = ("điểm", "%")
_PARTED: Final = re.compile(r"[,;.]\s")
_MADE: Final = 100  # of a whole that no words lead from to its parts
_AGREED: Final = 3  # of a whole; less is made by chance
_THINKABLE: Final = Decimal("0.3")
_SORTED: Final = re.compile(r"(?:(?:xét|phân|chia|tính) )?(?:theo|về)\s[^\d.;,()]{2,40}:", re.IGNORECASE)
_TWO: Final = 2  # parts


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
                scores = {one.start for item in items if item.unit.startswith(_SCORES) for one in item.term.proof}
                made = check_wholes(tell_apart(items, block), block)
                yield from (one for one in made if one.evidence[0].start in scores)


def check_below(
    block: Block, above: Sequence[Told], children: Sequence[tuple[Block, Sequence[Told]]]
) -> Iterator[Finding]:
    """A whole against the items below it, each of which tells a part.

    Args:
        block: the paragraph above the items.
        above: the figures of the paragraph that states the whole.
        children: the items, each with its figures.
    """
    if sum(_SORTED.match(child.text, child.body) is not None for child, _ in children) >= _TWO:
        return  # "- Theo tuyến: …", "- Theo phương tiện: …"
    one = list_below(block, above, [told for _, told in children])
    if one is not None and not any(ROUGH.search(BRACKETS.sub(" ", child.text)) for child, _ in children):
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
    for column in columns:
        if column.whole.item.start not in made and any(_is_within(column, outer) for outer in made.values()):
            found = sum_of(column.whole.item, column.parts, block)
            if found is not None:
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
        if is_understood(one, column, block, bool(made)) and is_wrong(one, column, block, bool(made)):
            left = len(one.wholes) == _TWO or REST.search(column.labels[-1].lower())
            found = (_of_last if left and is_held(whole, held) else sum_of)(whole, column.parts, block)
            if found is not None:
                yield found


def _is_within(column: Column, outer: Column) -> bool:
    """Whether a whole is all but the rest of another, which the same parts and that rest make.

    "Trong 34 người có 28 người dân tộc thiểu số: Tày 19, Nùng 8, Mông 2; còn lại 5 người Kinh".
    """
    *parts, last = outer.parts
    inside = column.whole.item.start > outer.whole.item.start and list(column.parts) == parts and bool(column.gap)
    if not inside or outer.gap or not REST.search(f"{outer.labels[-1]} {last.after}".lower()):
        return False
    return is_misprinted(column.whole.item.value, [part.value for part in parts])


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
