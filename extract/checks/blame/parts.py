"""The count of a share that does not hold, where the letter makes it another one a slip of the pen away.

Of a count and its share either can be wrong. Where two or three figures right before make the count that the share
asks for, or the letter tells it elsewhere, the count is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.checks.blame.relations import Relation
from extract.checks.figures.arithmetic import SHARE, SUM, plain, printed_decimals, vn
from extract.checks.figures.slips import slips_of
from extract.components.numbers import find_numbers
from extract.records import CheckKind, Finding

_BEFORE: Final = 240  # characters before a count in which its parts stand
_MOST: Final = 3  # parts that it is made of
_LEVEL: Final = re.compile(r"\b(?:mức độ|mức|loại|cấp|nhóm|khối|đợt)\s$", re.IGNORECASE)  # "31 thủ tục mức độ 3"
_TERMS: Final = 3  # figures of a share: itself, its count, its whole
_DIGITS: Final = 3  # of a count that is not made by chance


def as_count(one: Relation, text: str, stated: Callable[[Decimal], int | None]) -> Finding | None:
    """The finding on the count of a share, where that is the wrong one; None where nothing else says so.

    Args:
        one: a share that does not hold.
        text: the repaired text of the letter.
        stated: the line that tells a figure elsewhere.
    """
    if one.formula is not SHARE or len(one.places) != _TERMS or len(one.values[1].as_tuple().digits) < _DIGITS:
        return None
    place, printed = one.places[1], one.values[1]
    right = [value for value in dict.fromkeys(slips_of(printed)) if value > 0 and one.holds(place, value)]
    told = [(value, parts) for value in right if (parts := _made_of(value, text, place[0]))]
    if len(told) == 1:
        ((value, parts),) = told
        left = SUM.written(parts)
        said = f"{left} = {vn(value)}, báo cáo ghi {vn(printed)}: chênh {vn(abs(value - printed))}"
    else:
        lines = [(value, line) for value in right if (line := stated(value)) is not None]
        if told or len(lines) != 1:
            return None
        ((value, line),) = lines
        said = f"dòng {line} ghi {vn(value)}, đây ghi {vn(printed)}: chênh {vn(abs(value - printed))}"
    proof = one.made.evidence
    return replace(
        one.made,
        kind=CheckKind.SUM if told else CheckKind.CONSISTENCY,
        inputs=tuple((vn(part), plain(part)) for part in parts) if told else one.made.inputs[1:],
        reported=plain(printed),
        computed=plain(value),
        note=f"{said}; kéo theo: {one.made.note or ''}".split("; khớp nếu", 1)[0],
        evidence=(proof[1], proof[0], *proof[2:]),
    )


def _made_of(value: Decimal, text: str, end: int) -> Sequence[Decimal]:
    """The figures right before a place that make a value together; none where no two or three do."""
    decimals = printed_decimals(value)
    low = max(end - _BEFORE, 0)
    near = [
        one.value
        for one in find_numbers(text, low, end)
        if one.value is not None and one.decimals == decimals and not _LEVEL.search(text, low, one.start)
    ]
    for count in range(2, _MOST + 1):
        for at in range(len(near) - count + 1):
            parts = near[at : at + count]
            if sum(parts, Decimal(0)) == value and min(parts) > 0:
                return parts
    return ()
