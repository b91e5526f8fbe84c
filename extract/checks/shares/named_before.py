"""Changes of a count that words name again without its figure.

"tiếp nhận 5.400 hồ sơ … Số hồ sơ tiếp nhận tăng 8% so với quý trước (5.000 hồ sơ)". The count is
the one of the same things with the same word before it; the letter must
have told one such count, and a figure that does not hold must look like a slip or be close to the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import RATE
from extract.checks.figures.quantities import Quantity, meaning_of
from extract.checks.figures.slips import share_slip
from extract.checks.figures.terms import quote, recompute
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_CHANGED: Final = re.compile(
    r"\b(?:tổng )?số (hồ sơ|đơn|văn bản|nhiệm vụ|vụ) ((?:đã |được )?(?:tiếp nhận|giải quyết))"
    r"(?: [^\d.;,()%]{0,30})? (tăng|giảm) $",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"^\s?%\s*so với [^;()%]{0,60}\((?:là )?$", re.IGNORECASE)
_FARTHEST: Final = 6  # paragraphs back to the count
_LONGEST: Final = 80  # characters of the words that name a count again
_FAR: Final = Decimal("0.3")  # of the larger


def check_named_before(reading: Reading, found: Mapping[int, tuple[Quantity, ...]]) -> Iterator[Finding]:
    """Changes of counts told before; `found` are the quantities of each block."""
    for index, items in found.items():
        block = reading.flow.blocks[index]
        for at, share in enumerate(items):
            if share.unit != "%" or share.approximate or at == 0:
                continue
            told = [one for other in range(max(index - _FARTHEST, 0), index) for one in found.get(other, ())]
            told += items[:at]
            low = share.start - block.start
            changed = _CHANGED.search(block.text, max(low - _LONGEST, block.body), low)
            behind = items[at + 1] if at + 1 < len(items) else None
            if changed is not None and behind is not None and _BEFORE.match(behind.between):
                yield from _made(_only(told, changed), behind, share, block)


def _only(told: Sequence[Quantity], named: re.Match[str]) -> Quantity | None:
    """The one count of such things that the words name."""
    meaning = meaning_of(named[2])
    head = named[1].lower().split()
    alike = [one for one in told if one.is_count and one.meaning is meaning and one.unit.split()[: len(head)] == head]
    return alike[-1] if meaning is not None and len({one.value for one in alike}) == 1 else None


def _made(one: Quantity | None, other: Quantity, share: Quantity, block: Block) -> Iterator[Finding]:
    if one is None or one.approximate or other.approximate or not other.value:
        return
    if one.unit.split()[:1] != other.unit.split()[:1]:
        return
    if ("tăng" in share.between.lower()) != (one.value > other.value):
        return
    low, high = share.start - block.start, share.end - block.start
    statement = quote(block.text, low, high, block.body, behind=60)
    made = recompute(CheckKind.RATE_OF_CHANGE, statement, RATE, [one.term, other.term], share.term)
    if made is None or made.computed is None:
        return
    right = Decimal(made.computed)
    likely = share_slip(share.value, right, share.term.decimals) or abs(share.value - right) <= _FAR * max(
        share.value, right
    )
    if made.verdict is not CheckVerdict.DIFFERS or likely:
        yield made
