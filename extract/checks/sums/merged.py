"""Areas, people and units of a body against those of the bodies that were merged into it.

"sáp nhập xã A (12,45 km2, 6.120 người) và xã B (15,30 km2, 7.045 người); sau sắp xếp xã có 27,75 km2, 13.165 người":
one figure of each kind is of what was made, told last or first, and all others of what it was made of. Those told
of some of a body alone ("6.120 người, trong đó 310 người dân tộc thiểu số") are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from extract.checks.figures.addition import sum_of
from extract.checks.figures.complete import adds_up, kind_of
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.rough import digits_of
from extract.checks.figures.slips import is_misprinted
from extract.records import Block, CheckVerdict, Finding

_MERGED: Final = re.compile(r"\b(?:sáp nhập|hợp nhất|sắp xếp|nhập toàn bộ|nguyên trạng)\b", re.IGNORECASE)
# what stands between the last figure of what was there and the first of what was made of it
_MADE: Final = re.compile(
    r"\bsau (?:khi )?(?:được )?(?:sắp xếp|sáp nhập|hợp nhất|thành lập)\b"
    r"|\b(?:thành|thành lập|hình thành|lấy tên(?: gọi)? là)"
    r" (?:xã|phường|thị trấn|đặc khu|huyện|tỉnh|thành phố|thị xã|quận)\b"
    r"|\b(?:xã|phường|huyện|tỉnh|đơn vị) mới\b",
    re.IGNORECASE,
)
# and what stands between them where what was made is told first
_MADE_OF: Final = re.compile(
    r"\btrước (?:khi|đó|đây|sáp nhập|sắp xếp|hợp nhất)\b"
    r"|\b(?:trên cơ sở|sau khi|được) (?:sáp nhập|hợp nhất|nhập|sắp xếp)\b|\b(?:sáp nhập|hợp nhất) từ\b",
    re.IGNORECASE,
)
_PARTIAL: Final = re.compile(r"\b(?:một phần|điều chỉnh|phần còn lại|không sắp xếp)\b", re.IGNORECASE)
_BODY: Final = r"(?:xã|phường|thị trấn|đặc khu|huyện|tỉnh|thành phố|thị xã|quận|thôn|tổ dân phố|ấp|bản)"
# What tells of some of one body: up to the bracket, the semicolon or the next body. "trong đó xã A" opens the bodies.
_SOME: Final = re.compile(
    rf"\b(?:trong (?:đó|số)|(?:riêng|kể cả|(?:bao )?gồm(?: có)? cả|(?:chưa|không) (?:kể|tính|(?:bao )?gồm))"
    rf"(?:\s{_BODY})?)\b(?:(?!\b{_BODY}\b|\b(?:sau|trước) (?:khi|sắp|sáp|hợp)\b)[^;()])*+",
    re.IGNORECASE,
)
_KINDS: Final = ("km", "km2", "km²", "ha", "người", "nhân", "khẩu")
_FEWEST: Final = 3  # figures of one kind
_MOST: Final = 8
_TELLING: Final = 4  # digits of a figure that is not made, or nearly made, by chance


def check_merged(items: Sequence[Quantity], block: Block) -> Iterator[Finding]:
    """What was merged, in one block."""
    text = block.text
    if _MERGED.search(text) is None or _PARTIAL.search(text) is not None:
        return
    some = [(match.start() + block.start, match.end() + block.start) for match in _SOME.finditer(text)]
    all_of = [item for item in items if not any(low <= item.start < high for low, high in some)]
    for kind in _KINDS:
        here = [item for item in all_of if kind_of(item.unit) == kind and (adds_up(item) or item.term.decimals)]
        if not _FEWEST <= len(here) <= _MOST or any(item.approximate for item in here):
            continue
        (first, second), (last_but_one, last) = here[:2], here[-2:]
        if _MADE.search(text[last_but_one.end - block.start : last.start - block.start]):
            whole, parts = last, here[:-1]
        elif _MADE_OF.search(text[first.end - block.start : second.start - block.start]):
            whole, parts = first, here[1:]
        else:
            continue
        made = sum_of(whole, parts, block) if digits_of(whole) >= _TELLING else None
        if made is not None and (
            made.verdict is CheckVerdict.AGREES or is_misprinted(whole.value, [part.value for part in parts])
        ):
            yield made
