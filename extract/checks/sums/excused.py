"""Sums that fail because their figures belong to others: what stands before a whole, or between it and its parts.

"84 tin; kết luận 77, chuyển 5, đang xác minh 2": the 77 are one more part of the 84, and 5 + 2 none of theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.breaks import SENTENCE, STOP
from extract.checks.figures.complete import kind_of
from extract.checks.figures.figures import words
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.slips import is_slip
from extract.checks.figures.supplements import tells_of_more
from extract.checks.figures.terms import compared
from extract.checks.sums.members import Told, is_compared, opens
from extract.records import Block, CheckVerdict, Finding

_PARTED: Final = re.compile(r":|\(|\.\s")
_AHEAD: Final = 5  # figures before a whole of which it may be a part
_OR: Final = re.compile(r"\bhoặc\b[^.,;:()]{0,30}$")
_OPENED: Final = re.compile(r"[^\d.,;:()]{0,60}\([^\d.,;:()]{0,40}")
_TELLING: Final = 10  # a figure that others make by chance
_OPENING: Final = re.compile(r"[(:]")
_FEWEST: Final = 3  # figures of a sum
_PAIR: Final = 2
_IN_IT: Final = re.compile(r"\b(?:gồm|kể|tính) cả\b")
_LEFT: Final = re.compile(r"\bcòn\b")
_REMAINS: Final = re.compile(r"\b(?:chỉ )?còn(?: lại)?(?: có| là)?\s*$")
_DENIED: Final = re.compile(r"\b(?:không|chưa) đạt\b")
_PASSED: Final = re.compile(r"(?<!không )(?<!chưa )\b(?:đạt|đủ|tốt|khá|hoàn thành|đáp ứng|bảo đảm|đảm bảo|chuẩn)\b")
_MOST: Final = 40  # figures between a whole and its parts


class Excused:
    """The figures of a paragraph by where they stand, to tell which of its sums fail by others."""

    def __init__(
        self, groups: Mapping[tuple[int, ...], Sequence[Told]], items: Sequence[Quantity], block: Block
    ) -> None:
        self._block = block
        self._items = items
        self._groups = [[told for told in group if told.item.unit != "%"] for group in groups.values()]
        self._places = {
            entry.start: (number, at)
            for number, group in enumerate(self._groups)
            for at, told in enumerate(group)
            for entry in told.item.term.proof
        }

    def is_excused(self, finding: Finding) -> bool:
        """Whether a sum that does not hold is none, by the figures around it."""
        places = [self._places.get(one.start) for one in finding.evidence]
        if len(places) < _FEWEST or None in places or finding.reported is None or finding.computed is None:
            return False
        whole, *parts = [place for place in places if place is not None]
        total, made = Decimal(finding.reported), Decimal(finding.computed)
        if self._are_alternatives([whole, *parts]) or self._says_more(parts) or self._is_of_another(whole, parts, made):
            return True
        if self._is_balance(whole, parts) or (len(parts) == _PAIR and self._denies_another(parts)):
            return True
        if made > total and self._is_taken(parts, made - total):
            return True
        if made > total >= max(self._item(place).value for place in parts) and self._have_in_common([whole, *parts]):
            return True
        if len({number for number, _ in parts}) > 1:
            return False
        return (
            self._is_part_itself(whole, parts)
            or self._is_added_to(whole, parts, total + made)
            or self._has_more_parts(whole, parts, total - made)
            or self._is_of_a_share(whole, parts, total, made)
        )

    def _item(self, place: tuple[int, int]) -> Quantity:
        return self._groups[place[0]][place[1]].item

    def _are_alternatives(self, places: Sequence[tuple[int, int]]) -> bool:
        """Whether only one of some figures is meant: "01 công ty hoặc 01 tổ chức hoặc 01 cá nhân"."""
        items = sorted((self._item(place) for place in places), key=lambda item: item.start)
        return any(_OR.search(self._between(one, other)) for one, other in pairwise(items))

    def _says_more(self, parts: Sequence[tuple[int, int]]) -> bool:
        """Whether a part stands in a bracket right behind another: "487 đại biểu có mặt (2 đại biểu không dự)"."""
        told = sorted(parts, key=lambda place: self._item(place).start)
        return any(
            one[0] != other[0] and _OPENED.fullmatch(self._between(self._item(one), self._item(other))) is not None
            for one, other in pairwise(told)
        )

    def _is_of_another(self, whole: tuple[int, int], parts: Sequence[tuple[int, int]], made: Decimal) -> bool:
        """Whether parts make a count that the sentence of their whole tells too: what was sown beside its plan."""
        own, first = self._item(whole), min(self._item(place).start for place in parts)
        others = [item for item in self._items if item.value == made >= _TELLING and item.start < first]
        return any(
            kind_of(item.unit) == kind_of(own.unit)
            and not SENTENCE.search(self._between(*sorted((item, own), key=lambda each: each.start)))
            for item in others
        )

    def _denies_another(self, parts: Sequence[tuple[int, int]]) -> bool:
        """Whether one of two parts is of those that do not pass, and the other of no pass."""
        one, other = (self._item(place) for place in parts)
        leads = [f"{item.between} {item.after}".lower() for item in (one, other)]
        return any(_DENIED.search(lead) and not _PASSED.search(rest) for lead, rest in (leads, leads[::-1]))

    def _have_in_common(self, places: Sequence[tuple[int, int]]) -> bool:
        """Whether parts are said to have things in common: "(có 02 hồ sơ thiếu cả …)"."""
        items = [self._item(place) for place in places]
        low, high = min(item.start for item in items), max(item.end for item in items)
        text, start = self._block.text, self._block.start
        end = STOP.search(text, high - start)
        told = text[low - start : end.start() if end is not None else len(text)]
        depths = list(accumulate({"(": 1, ")": -1}.get(letter, 0) for letter in told))
        last = high - low
        inner = (at for at in range(last, len(depths)) if depths[at] < depths[last - 1])
        closed = next(inner, len(told))  # the bracket that the last of them stands in
        return words("shared").is_in(told[:closed].lower())

    def _is_balance(self, whole: tuple[int, int], parts: Sequence[tuple[int, int]]) -> bool:
        """Whether one part is left of a whole that more was added to or is in: "52, bổ sung 3, đã chi 41, còn 14"."""
        first, *_, last = sorted((self._item(place) for place in (whole, *parts)), key=lambda item: item.start)
        if sum(bool(_REMAINS.search(self._item(place).between.lower())) for place in parts) > 1:
            return True  # "lúc đi 812 con, lúc về còn 640 con, sau đó còn lại 411 con"
        is_left = first is self._item(whole) and _LEFT.search(last.between.lower()) is not None
        between = self._between(first, last).lower()
        return is_left and (tells_of_more(between) or _IN_IT.search(between) is not None)

    def _is_taken(self, parts: Sequence[tuple[int, int]], gap: Decimal) -> bool:
        """Whether words take a part away, so that the sum holds: "đầu năm 139, thành lập 04 và giải thể 01"."""
        items = [self._item(place) for place in parts]
        leads = [_OPENING.split(item.between.lower())[-1] for item in items]  # "98 người chết (xã A 01, …" are no fewer
        return any(
            2 * item.value == gap and words("taken").is_in(lead) for item, lead in zip(items, leads, strict=True)
        )

    def _is_added_to(self, whole: tuple[int, int], parts: Sequence[tuple[int, int]], total: Decimal) -> bool:
        """Whether the whole and its parts make a figure behind them: "2,8 km2, 2,6 km2, toàn bộ 5,9 km2, nay 11,3"."""
        number, at = max((whole, *parts))
        if number != whole[0] or total < _TELLING:
            return False
        kind = kind_of(self._item(whole).unit)
        return any(
            told.item.value == total and kind_of(told.item.unit) == kind
            for told in self._groups[number][at + 1 : at + 1 + _AHEAD]
        )

    def _is_part_itself(self, whole: tuple[int, int], parts: Sequence[tuple[int, int]]) -> bool:
        """Whether the whole is one more part of what is told before it.

        Figures from one on that make it with all of them, or make it but for a slip of the pen, are its parts.
        """
        number, at = whole
        group = self._groups[number]
        if not at or parts[0][0] != number:
            return False
        near = range(at + 1, min(at + _MOST, len(group)))
        behind = [place for place in near if not is_compared(group[place].lead)][: len(parts)]
        if not behind or {(number, place) for place in behind} != set(parts):
            return False
        between = self._between(group[at].item, group[behind[0]].item)
        if opens(between) or _PARTED.search(between):
            return False
        before = [one.item.value for one in group[max(at - _AHEAD, 0) : at + 1] if not is_compared(one.lead)]
        total = sum((group[place].item.value for place in behind), Decimal(0))
        for first in range(len(before) - 1, 0, -1):
            total += before[first]
            if any(value == total or is_slip(value, total) for value in before[:first]):
                return True
        return False

    def _has_more_parts(self, whole: tuple[int, int], parts: Sequence[tuple[int, int]], gap: Decimal) -> bool:
        """Whether what stands between a whole and its parts belongs to these: "18 (tốt 3, đạt 14, không đạt 1)"."""
        number, first = min(parts)
        group = self._groups[number]
        start = self._groups[whole[0]][whole[1]].item.start
        ahead = [one.item.value for one in group[max(first - _MOST, 0) : first] if one.item.start > start]
        return bool(ahead) and sum(ahead) == gap

    def _is_of_a_share(
        self, whole: tuple[int, int], parts: Sequence[tuple[int, int]], total: Decimal, made: Decimal
    ) -> bool:
        """Whether the parts make the share of the whole that stands between: "187 người, đạt 97,9%: giỏi 41, …"."""
        low = self._groups[whole[0]][whole[1]].item.start
        high = min(self._groups[number][at].item.start for number, at in parts)
        at = bisect_left(self._items, low, key=lambda item: item.start)
        share = SHARE.value([made, total])
        between = [item for item in self._items[at : at + _MOST] if item.unit == "%" and item.start < high]
        return share is not None and any(
            item.term.decimals and compared(SHARE, item.value, share).verdict is not CheckVerdict.DIFFERS
            for item in between
        )

    def _between(self, one: Quantity, other: Quantity) -> str:
        return self._block.text[one.end - self._block.start : other.start - self._block.start]
