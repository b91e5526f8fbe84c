"""Changes that a sentence lists in the order of the counts before them.

"xảy ra 24 vụ, làm chết 11 người, bị thương 18 người; so với cùng kỳ giảm 6 vụ (20%), giảm 4 người chết (26,7%), …"

Each change and its rate give the value before: the one that does not fit the others is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extract.checks.arithmetic import RATE
from extract.checks.complete import kind_of
from extract.checks.figures import Figure, Part, figures
from extract.checks.quantities import RUNNING
from extract.checks.terms import Term, quote, recompute
from extract.components.context import Sentence, sentences
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_RESTATES: Final = re.compile(
    r"[^\d.;()]{0,30}[(,]\s*(?:tăng |giảm |tương đương |tương ứng |hay |bằng |tỷ lệ )*(?:với )?[-–+]?\s?"
)
_FEWEST: Final = 2
_ALL: Final = Decimal(100)


def check_sequences(reading: Reading) -> Iterator[Finding]:
    """Changes told behind "so với" of the counts right before, in their order."""
    for block in reading.flow.of(*RUNNING):
        if "so với" not in block.text.lower() or "%" not in block.text:
            continue
        told: list[tuple[Sentence, tuple[Figure, ...]]] = [
            (sentence, figures(sentence, reading)) for sentence in sentences(block)
        ]
        for at, (_, found) in enumerate(told):
            first = next((index for index, one in enumerate(found) if one.change is not None), None)
            if first is None or "so với" not in "".join(one.lead for one in found[: first + 1]):
                continue
            counts = _counts(found[:first]) or (_counts(told[at - 1][1]) if at else [])
            yield from _in_order(counts, _changes(found[first:]), block)


def _counts(found: Sequence[Figure]) -> list[Figure]:
    """The counts of a sentence up to the first change."""
    counts: list[Figure] = []
    for one in found:
        if one.change is not None:
            break
        if one.unit not in ("", "%") and not (one.previous and "so với" in one.lead) and not one.approximate:
            counts.append(one)
    return counts


def _changes(found: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Changes with the rate behind each."""
    pairs = []
    for one, other in pairwise(found):
        if one.change is None or one.unit in ("", "%") or other.unit != "%" or other.change not in (None, one.change):
            continue
        if _RESTATES.fullmatch(other.lead):
            pairs.append((one, other))
    return pairs


def _in_order(counts: Sequence[Figure], changes: Sequence[tuple[Figure, Figure]], block: Block) -> Iterator[Finding]:
    if len(changes) < _FEWEST or len(counts) < len(changes):
        return
    last = counts[-len(changes) :]
    pairs = list(zip(last, changes, strict=True))
    if any(kind_of(now.unit) != kind_of(change.unit) for now, (change, _) in pairs):
        return
    made = [_of(now, change, rate, block) for now, (change, rate) in pairs]
    holds = [one for one in made if one is not None and one.verdict is not CheckVerdict.DIFFERS]
    for one in made:
        # all but one hold, or more than half: the order is that of the counts
        if one is not None and len(holds) >= max(1, len(made) - 1 if len(made) < 4 else len(made) // 2 + 1):
            yield one


def _of(now: Figure, change: Figure, rate: Figure, block: Block) -> Finding | None:
    """The rate of a change against the value before, which the change gives; None where there can be none."""
    moved = change.term.value if change.change is Part.RISE else -change.term.value
    before = now.term.value - moved
    if before <= 0 or not now.term.value or rate.term.value > 10 * _ALL:
        return None
    statement = quote(block.text, change.start - block.start, rate.end - block.start, block.body, before=30, behind=12)
    terms = [now.term, Term("kỳ trước", before)]
    return recompute(CheckKind.RATE_OF_CHANGE, f"{now.term.name}: {statement}", RATE, terms, rate.term)
