"""A number, a rate and a total told right beside each other: "32 lớp, 1.392 em, bình quân 43,5 em/lớp".

Nothing else stands between them, so they belong together, whatever else the sentence tells. Several rates can be one:
"mỗi xã bố trí 6 công an và 4 dân quân; với 14 xã, lực lượng là 140 người", "mỗi thùng 24 hộp, mỗi hộp 100 chiếc".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod
from typing import Final

from extract.checks.shares.amounts import Amount

_JOINED: Final = re.compile(r"[^\d.;:()]{1,40}\s(?:và|cùng|cộng|\+)\s(?:[^\W\d_]+\s){0,2}$")
# What says that a figure is of other things, or of another time, than the one beside it.
_APART: Final = re.compile(
    r"\b(?:riêng|trong đó|trong số|còn|ngoài ra|so với|cùng kỳ|năm (?:trước|ngoái)|kế hoạch|phấn đấu|chỉ tiêu|mục tiêu"
    r"|nâng|tối đa|tối thiểu|mới|khác|thêm|nhất|nếu|trong khi)\b"
    r"|;(?!\s(?:với|tổng|tất cả|cộng|toàn|hết|tính|bình quân|như vậy))",
    re.IGNORECASE,
)
# What tells a total, a number and a rate apart where other words stand between them.
_OTHERWISE: Final = re.compile(r"\b(?:trong khi|đồng thời|ngoài ra|bên cạnh)\b", re.IGNORECASE)
_TOTAL: Final = re.compile(r"\b(?:tổng|cộng|tất cả|cả thảy)\b", re.IGNORECASE)
_SIZE: Final = re.compile(r"\b(?:rộng|cao|sâu|dày|cạnh|đường kính|bán kính)\b[^\d.,;]{0,16}$", re.IGNORECASE)
_FEWEST: Final = 2  # figures beside a rate
_PIECES: Final = frozenset({"chiếc", "cái"})
_NO_PIECES: Final = frozenset({"", "%", "đồng", "người", "kg", "ha", "m2", "km2", "điểm"})


def beside(one: Amount, told: Sequence[Amount]) -> Iterator[tuple[Amount, Amount, tuple[Amount, ...]]]:
    """The two figures next to a rate, and the rate with those that are one with it: before it, around it, behind it."""
    row = [
        other
        for other in told
        if other.block is one.block
        and other.sentence == one.sentence
        and not other.is_span
        and _depth(other) == _depth(one)
    ]
    at = row.index(one)
    end = at + 1
    chained = at + 1 < len(row) and row[at + 1].each == one.base != one.each and one.scale == 1
    holds = _is_held if chained else _is_added
    while end < len(row) and not one.is_average and holds(row[end - 1], row[end], one):
        end += 1
    rates = _in_one(one, row[at + 1 : end], chained=chained and end > at + 1)
    for left, right in (
        (row[max(at - 2, 0) : at], []),
        (row[max(at - 1, 0) : at], row[end : end + 1]),
        ([], row[end : end + 2]),
    ):
        if len(left) + len(right) == _FEWEST:
            figures = sorted((*left, one, *right), key=lambda other: other.start)
            text = one.block.text[figures[0].number.end : figures[-1].number.start]
            if not _APART.search(text):
                first, second = (*left, *right)
                yield first, second, rates


def is_counted_by_piece(number: Amount, one: Amount) -> bool:
    """Whether a rate is for each piece of what a figure counts: "15 máy tính, giá 12 triệu đồng/chiếc"."""
    plain = not (number.each or number.is_rough or number.is_bound or number.is_change)
    if one.each == "người":
        return plain and number.words.startswith(("trường hợp", "đối tượng"))
    return plain and one.each in _PIECES and number.base not in _NO_PIECES and number.number.whole is not None


def is_size(one: Amount) -> bool:
    """Whether a figure says how wide or high something is: heights are no totals, and lanes not all of a road."""
    return _SIZE.search(one.lead) is not None


def are_apart(total: Amount, number: Amount, one: Amount, near: Sequence[Amount]) -> bool:
    """Whether words between a total, a number and a rate speak of others.

    So does an amount between a rate and a total behind it that no word calls one: "Mỗi đội được 5 triệu đồng. Đội nhất
    được 20 triệu đồng, đồng thời …".
    """
    figures = sorted((each for each in (total, number, one) if each.block is one.block), key=lambda each: each.start)
    if _OTHERWISE.search(one.block.text, figures[0].number.end, figures[-1].number.start):
        return True
    low = max(one.start, number.start)
    between = (other for other in near if low < other.start < total.start and not other.each)
    return not _TOTAL.search(total.lead) and any(other.base == total.base for other in between)


def _depth(one: Amount) -> int:
    before = one.block.text[one.block.body : one.number.start]
    return before.count("(") - before.count(")")


def _is_held(last: Amount, other: Amount, one: Amount) -> bool:
    """Whether a figure says what each of those before it holds: "mỗi thùng 24 hộp, mỗi hộp 100 chiếc"."""
    return other.each == last.base != "" and other.base != one.each and not other.is_average


def _is_added(last: Amount, other: Amount, one: Amount) -> bool:
    """Whether a figure is one more of what each gets: "6 công an xã và 4 dân quân"."""
    if other.each or last.each != (one.each if last is one else "") or other.base in ("", "%", one.each):
        return False
    return _JOINED.fullmatch(one.block.text, last.number.end, other.number.start) is not None


def _in_one(one: Amount, others: Sequence[Amount], *, chained: bool) -> tuple[Amount, ...]:
    """A rate with those that are one with it: times what each of its things holds, or with what is added to it."""
    if chained:
        value = one.value * prod(other.value for other in others)
        return (replace(one, value=value, base=others[-1].base, scale=others[-1].scale, words=others[-1].words),)
    value = sum((other.value for other in others), one.value)
    return tuple(replace(one, value=value, base=base) for base in dict.fromkeys(each.base for each in (one, *others)))
