"""Wholes whose parts stand in items: kinds in the items below a statement, stages of work in items side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SUM, vn
from extract.checks.figures.complete import OTHER_ENDS, kind_of
from extract.checks.figures.kinds import kind_sets, label_of
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.slips import is_misprinted
from extract.checks.figures.terms import recompute
from extract.checks.sums.stages import STAGES
from extract.records import Block, CheckKind, CheckVerdict, Finding

_THINKABLE: Final = Decimal("0.5")
_NONE: Final = re.compile(r"\bkhông(?: có| còn)?\b", re.IGNORECASE)
_BACK: Final = 4  # figures before the items of which their whole is one
_LONGEST: Final = 40  # items
_QUOTED: Final = 120


def kinds_below(
    block: Block, above: Sequence[Quantity], children: Sequence[tuple[Block, Sequence[Quantity]]]
) -> Iterator[Finding]:
    """A count, and items below it that are all kinds of one set: "+ Trực tuyến: 975 hồ sơ", "+ Trực tiếp: 411 hồ sơ".

    Args:
        block: the block that states the count.
        above: its figures.
        children: the items below it, each with its figures.
    """
    if not above or not 2 <= len(children) <= _LONGEST:
        return
    whole = above[-1]
    if not whole.is_count or whole.approximate:
        return
    firsts = [items[0] if items and items[0].is_count and not items[0].approximate else None for _, items in children]
    labels = [_label(child, first) for (child, _), first in zip(children, firsts, strict=True)]
    for kinds in kind_sets():
        told: dict[int, Quantity | None] = {}
        for (child, _), first, label in zip(children, firsts, labels, strict=True):
            kind = kinds.kind_of(label)
            if kind is None or kind in told or (first is None and not _NONE.search(child.text[child.body :])):
                break
            told[kind] = first
        parts = [part for part in told.values() if part is not None]
        if len(told) < len(children) or len(parts) < 2 or not kinds.is_all(told):
            continue
        if any(part.unit and whole.unit and kind_of(part.unit) != kind_of(whole.unit) for part in parts):
            continue
        if kinds.unless is not None and kinds.unless.search(" ".join(child.text for child, _ in children).lower()):
            continue
        total = sum((part.value for part in parts), Decimal(0))
        alike = (one for one in above[-_BACK:] if one.is_count and kind_of(one.unit) == kind_of(whole.unit))
        whole = next((one for one in alike if one.value == total), whole)  # "612 đơn (cũ 47, mới 565). Phân loại:"
        made = recompute(
            CheckKind.SUM, f"{block.text[-_QUOTED:]} {vn(total)}", SUM, [part.term for part in parts], whole.term
        )
        likely = abs(total - whole.value) <= _THINKABLE * whole.value
        if made is not None and (likely or is_misprinted(whole.value, [part.value for part in parts])):
            yield made
            return


def _label(child: Block, first: Quantity | None) -> str:
    """The words of an item that say of which kind its first figure is, or what there is none of."""
    if first is None:
        return label_of("", child.text[child.body :])
    before = child.text[child.body : first.start - child.start]
    return label_of(before[-_QUOTED:], child.text[first.end - child.start :])


def stages_beside(blocks: Sequence[Block], found: Mapping[int, tuple[Quantity, ...]]) -> Iterator[Finding]:
    """Items of one level of which one counts what was received, one what is resolved, one what is pending."""
    siblings: dict[tuple[int | None, str], list[int]] = {}
    for index in found:
        block = blocks[index]
        if block.marker is not None and block.parent is not None:
            siblings.setdefault((block.parent, re.sub(r"\w+", "1", block.marker)), []).append(index)
    for group in siblings.values():
        first = {index: found[index][0] for index in group if found[index] and found[index][0].is_count}
        told = {meaning: [item for item in first.values() if item.meaning is meaning] for meaning in STAGES}
        if any(len(items) != 1 or items[0].approximate for items in told.values()):
            continue
        whole, *parts = (items[0] for items in told.values())
        text = " ".join(blocks[index].text for index in group).lower()
        made = recompute(CheckKind.SUM, text, SUM, [part.term for part in parts], whole.term)
        total = sum((part.value for part in parts), Decimal(0))
        likely = abs(total - whole.value) <= _THINKABLE * whole.value
        likely = likely or is_misprinted(whole.value, [part.value for part in parts])
        likely = likely and not OTHER_ENDS.search(text)
        alike = len({kind_of(item.unit) for item in (whole, *parts) if item.unit}) <= 1
        if made is not None and alike and (made.verdict is CheckVerdict.AGREES or likely):
            yield made
