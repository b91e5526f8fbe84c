"""Shares told in turn behind the counts they are of: "352 giỏi, 528 khá, 220 trung bình, lần lượt 32%, 48% và 20%".

Where all but one are of one figure of the sentence, or of what the counts make, the one is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.breaks import SENTENCE
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.terms import Term, merged, quote, recompute
from extract.checks.shares.binding import changes, head
from extract.checks.shares.likelihood import UNLIKELY, chance, verdict
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_IN_TURN: Final = re.compile(r"\b(?:lần lượt|tương ứng)\b[^\d.;()%]{0,30}$", re.IGNORECASE)
_NEXT: Final = re.compile(r"%?\s*(?:,|;|và|, và|; và)\s*$", re.IGNORECASE)
_FEWEST: Final = 2  # shares
_SURE: Final = 3
_FAR: Final = 6  # figures from the list to its whole


def check_in_turn(reading: Reading, found: Mapping[int, tuple[Quantity, ...]]) -> Iterator[Finding]:
    """Shares told in turn; `found` are the quantities of each block."""
    for index, items in found.items():
        block = reading.flow.blocks[index]
        if "%" not in block.text or ("lần lượt" not in block.text and "tương ứng" not in block.text):
            continue
        for at, first in enumerate(items):
            if first.unit == "%" and _IN_TURN.search(first.between.lower()):
                yield from _of_list(items, at, block)


def _of_list(items: Sequence[Quantity], at: int, block: Block) -> Iterator[Finding]:
    end = at + 1
    while end < len(items) and items[end].unit == "%" and _NEXT.match(items[end].between):
        end += 1
    shares, parts = items[at:end], items[max(2 * at - end, 0) : at]
    if not _FEWEST <= len(shares) == len(parts) or any(SENTENCE.search(one.between) for one in [items[at], *parts[1:]]):
        return
    if any(one.unit == "%" or changes(one) or head(one) != head(parts[0]) for one in parts):
        return
    near = [*reversed(items[max(2 * at - end - _FAR, 0) : 2 * at - end]), *items[end : end + _FAR]]
    total = Term(
        "cộng các phần", sum((one.value for one in parts), Decimal(0)), merged(*(one.term.proof for one in parts))
    )
    wholes = [one for one in near if one.unit != "%" and head(one) == head(parts[0]) and not changes(one)]
    for whole in [*wholes, replace(parts[0], term=total)]:
        if whole.value < max(one.value for one in parts):
            continue
        wrong = [pair for pair in zip(parts, shares, strict=True) if not _holds(*pair, whole)]
        if not wrong or (len(wrong) == 1 and (len(shares) >= _SURE or _is_slip(*wrong[0], whole))):
            for part, share in zip(parts, shares, strict=True):
                statement = quote(
                    block.text, parts[0].start - block.start, share.end - block.start, block.body, behind=1
                )
                made = recompute(CheckKind.RATIO, statement, SHARE, [part.term, whole.term], share.term)
                if made is not None:
                    yield made
            return


def _is_slip(part: Quantity, share: Quantity, whole: Quantity) -> bool:
    found = chance(part, whole, share)
    return found is not None and found <= UNLIKELY


def _holds(part: Quantity, share: Quantity, whole: Quantity) -> bool:
    return verdict(part, whole, share) is not CheckVerdict.DIFFERS
