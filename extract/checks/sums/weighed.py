"""Whether a list that misses its whole is wrong rather than not all of it.

A slip of the pen in one of the figures is weighed against something that the list leaves out: what opens a list says
how readily that is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import log
from typing import Final

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.breaks import WORD
from extract.checks.figures.complete import is_closed, one_unit
from extract.checks.figures.figures import words
from extract.checks.figures.quantities import Meaning, Quantity
from extract.checks.figures.slips import is_explained, is_misprint, is_near, looks_complete
from extract.checks.figures.terms import compared
from extract.checks.sums.columns import Column, head_of
from extract.checks.sums.members import SOME, Opener, PartList, breaks
from extract.checks.sums.runs import LEFT
from extract.checks.sums.stages import STAGES, TIMED
from extract.components.numbers import read_number
from extract.records import Block, CheckVerdict

REST: Final = re.compile(r"\bcòn lại\b")  # what the other parts leave
_OTHER_KINDS: Final = re.compile(r"\bkhác\b")
_OWN_SHARE: Final = re.compile(
    r"[^\d.,;()]{0,60}(?:\s?\((?:[^\W\d_]+\s){0,3}~?\s?|,?\s(?:chiếm|tỷ lệ|tỉ lệ)\s)(\d{1,3}(?:,\d{1,2})?)\s?%"
)
_PLAUSIBLE: Final = Decimal("0.15")  # of a whole that a list of all parts may miss by
_TWO: Final = 2  # parts
_NOUN: Final = re.compile(r"(?:\s[^\W\d_]+|,(?!\s(?:trong|gồm|bao|cụ|với|có|chia|được|đã)\b))+")
_SAYS_MORE: Final = re.compile(
    r"(?:\s[^\W\d_]+){1,4}\s(?:về|cấp|thuộc|là|nữ|trẻ|mới|do|bị|của|đã|được|chưa|không)\b", re.IGNORECASE
)
_JOINED: Final = re.compile(r",|\s(?:và|hoặc|cùng)\s")
_NEAR: Final = 40  # characters behind a part
_SAME: Final = 3  # words behind parts that are told alike
_FEWEST: Final = 20  # of a whole; less is missed by chance
_HUNDRED: Final = 100
_THOUSAND: Final = 1000
_ROUNDED: Final = Decimal("0.2")  # from 100 %
_HALVES: Final = 2  # of a whole
_THIRDS: Final = 3
_DIGITS: Final = 10
# The weights of both explanations are no counts of how often they occur: they are set so that a slip of the pen is told
# and a list that only tells some of its whole is left alone, by what offices write behind each of these words.
_SLIPS: Final = 0.15  # for a slip of the pen
# For something left out of a list that was read to its end, by what opens it.
_LEFT_OUT: Final[Mapping[Opener, float]] = {
    Opener.ALL: 0.02,
    Opener.BRACKET: 0.02,
    Opener.COLON: 0.05,
    Opener.NAMED: 0.05,
    Opener.BY: 0.05,
    Opener.AMONG: 0.25,
    Opener.RANKED: 0.25,
    Opener.WITH: 0.3,
    Opener.OF_THESE: 0.3,
    Opener.BELOW: 0.1,
    Opener.NONE: 1.0,
}
_OF_TWO: Final = 6  # times as many where two bare figures are told
_OF_SEVERAL: Final = 0.1  # where three parts or more are told, each counted as the whole is
_ALONE: Final = 0.03  # where nothing but parts of one noun is told, up to "và" or two of them
_LOOSE: Final = 4  # times as many of those that may be some, without "và" or of other things
_CLOSED: Final = 0.005  # where the parts are all there can be, or the list makes another whole
_SAID: Final = 0.1  # and another sentence tells them
_MORE: Final = 0.03  # that are more than their whole
_OTHER: Final = 0.15  # that leave half of it
_MOST_OF_IT: Final = 1  # that are called some of it, and leave half


def is_wrong(one: PartList, column: Column, block: Block, confirmed: bool) -> bool:
    """Whether a list that misses its whole is wrong rather than not all of it; `confirmed`: another column agrees."""
    whole, parts, gap = column.whole.item, column.parts, column.gap
    if one.opener in SOME and _are_some(whole, parts, block):
        return False
    stages = (*TIMED, *STAGES) if whole.meaning is Meaning.RECEIVED else TIMED
    if whole.meaning in STAGES and any(part.meaning in stages for part in parts):
        return False  # stages know better which belongs to which
    below = one.end < len(block.text) and block.text.endswith((";", ":")) and block.text.find(".", one.end) < 0
    counted = not any(figure.term.decimals for figure in (whole, *parts))
    if (counted and 0 < gap <= one.loose) or (gap > 0 and below and not one.bracketed):
        return False
    apart = all(part.unit and head_of(part) != head_of(whole) for part in parts)
    odds = _LEFT_OUT[one.opener]
    if len(parts) == _TWO and not any(part.unit for part in parts):
        odds *= _OF_TWO
    if one.opener in SOME:
        if len(parts) > _TWO and one_unit(whole, parts):
            odds = _OF_SEVERAL
        elif apart or one.members[-1].by != "và":
            odds *= _LOOSE
        if _is_told_to_its_end(one, column, block):
            odds = _ALONE
    values = [part.value for part in parts]
    last = f"{column.labels[-1]} {parts[-1].after}".lower()
    if one.opener is Opener.NONE and LEFT.search(last):
        odds = _SAID
    rest = bool(REST.search(last))
    if _OTHER_KINDS.search(last):
        rest = is_near(whole.value, whole.value - gap) or is_explained(whole.value, values)
    counted = abs(gap) * _HALVES <= whole.value and _are_counted(one, column)
    counted = counted or (abs(gap) <= _PLAUSIBLE * whole.value and _are_named(one, column, block))
    if confirmed or counted or (abs(gap) * _HALVES <= whole.value and (rest or is_closed(parts, block))):
        anew = one.opener is Opener.NONE and breaks(block.text[whole.end - block.start : parts[0].start - block.start])
        odds = min(odds, _SAID if anew and not (confirmed or counted) else _CLOSED)
    elif gap < 0:
        odds = _MORE
    elif one.opener in SOME and gap * _THIRDS >= whole.value:
        odds = max(odds, _MOST_OF_IT)
    elif gap * _HALVES >= whole.value:
        odds = max(odds, _OTHER)
    if _is_slip(whole.value, values, odds):
        return True
    near = abs(gap) <= _PLAUSIBLE * whole.value
    if near and (rest or _is_all(one, head_of(whole))) and (one_unit(whole, parts) or apart or len(parts) > _TWO):
        return True
    return one.opener is not Opener.NONE and looks_complete(whole, parts, block)


def _is_told_to_its_end(one: PartList, column: Column, block: Block) -> bool:
    """Whether a list of some parts tells nothing but these, of the noun of their whole: up to "và", or two and no more.

    What they are called leaves no part with two names, and their shares, where they are told, leave nothing out.
    """
    whole, parts = column.whole.item, column.parts
    members = one.members[: len(parts)]
    if not one_unit(whole, parts) or abs(column.gap) > _PLAUSIBLE * whole.value or whole.value < _FEWEST:
        return False
    shares: list[Decimal] = []
    for part, label, member in zip(parts, column.labels, members, strict=True):
        shares += [item.value for item in member.figures if item.unit == "%"]
        counts = [item for item in member.figures if item.unit != "%"]
        if counts != [part] or words("qualities").is_in(f"{label} {part.after}".lower()):
            return False
    if shares and (len(shares) != len(parts) or abs(sum(shares, Decimal(0)) - _HUNDRED) > _ROUNDED):
        return False
    if members[-1].by == "và":
        return True
    one_name = [WORD.findall(label)[:-1] for label in column.labels]  # "khối nhà A: 288 căn hộ, khối nhà B: 345 căn hộ"
    alike = bool(one_name[0]) and one_name[0] == one_name[-1]
    ends = [part.end - block.start for part in parts]
    behind = [WORD.findall(block.text[end : end + _NEAR].lower())[:_SAME] for end in ends]  # "59 cục và tương đương …"
    alike = alike or (one.bracketed and len(behind[0]) == _SAME and behind[0] == behind[-1])
    large = whole.value / _step([whole.value, *(part.value for part in parts)]) >= (_HUNDRED if alike else _THOUSAND)
    return len(parts) == len(one.members) == _TWO and large


def _are_counted(one: PartList, column: Column) -> bool:
    """Whether it is told how many parts there are: "5 quận, 29 tổng. Trong đó, quận A có 4 tổng, quận B có 7 …"."""
    labels = [WORD.findall(label.lower()) for label in column.labels]
    if len(column.parts) != len(one.members) or one.loose or any(len(label) < _TWO for label in labels):
        return False
    return any(
        other.item.value == len(labels) and other.item.unit and all(head_of(other.item) in label for label in labels)
        for other in one.wholes
        if other is not column.whole
    )


def _are_named(one: PartList, column: Column, block: Block) -> bool:
    """Whether a whole is named by just what its parts are: "120 tập thể và cá nhân: 45 tập thể, 72 cá nhân"."""
    start = column.whole.item.end - block.start
    noun = _NOUN.match(block.text, max(start, 0))
    kinds = [WORD.findall(kind) for kind in _JOINED.split(noun.group().lower())] if noun is not None else []
    if (
        len(kinds) != len(column.parts)
        or len(kinds) != len(one.members)
        or not all(kinds)
        or not column.whole.item.unit
    ):
        return False
    told = [f" {label} {part.after} ".lower() for part, label in zip(column.parts, column.labels, strict=True)]
    if any(map(words("qualities").is_in, told)):
        return False
    if any(_SAYS_MORE.match(block.text, part.end - block.start) for part in column.parts):
        return False  # "45 lớp và hội nghị, trong đó 30 lớp về chuyển đổi số": of some of them
    pairs = [[f" {first} {second} " for first, second in pairwise(kind)] or [f" {kind[0]} "] for kind in kinds]
    own = [[pair for pair in kind if sum(pair in text for text in told) == 1] for kind in pairs]
    fits = [[at for at, kind in enumerate(own) if any(pair in text for pair in kind)] for text in told]
    return sorted(fits) == [[at] for at in range(len(kinds))]


def _are_some(whole: Quantity, parts: Sequence[Quantity], block: Block) -> bool:
    """Whether shares of the whole say that parts are some of it: "398 (82%) và 78 đạt …"."""
    shares = [_OWN_SHARE.match(block.text, part.end - block.start) for part in parts]
    told = [(part, read_number(share[1])) for part, share in zip(parts, shares, strict=True) if share is not None]
    if is_closed(parts, block):
        return False
    if len(told) == len(parts):
        total = sum((share for _, share in told if share is not None), Decimal(0))
        if abs(total - _HUNDRED) <= _ROUNDED:
            return False
    every = all if len(told) == len(parts) else any
    return every(
        share is not None
        and (made := SHARE.value([part.value, whole.value])) is not None
        and compared(SHARE, share, made).verdict is not CheckVerdict.DIFFERS
        for part, share in told
    )


def _is_all(one: PartList, head: str) -> bool:
    """Whether a list tells all parts by how it is written: in brackets, up to "và", one figure for each member."""
    if one.opener in (Opener.ALL, Opener.NAMED):
        return one.members[-1].by in ("và", ";")
    if one.opener in (Opener.COLON, Opener.BY):
        alike = [sum(head_of(item) in (head, "") for item in member.figures) for member in one.members]
        others = [sum(item.unit != "%" for item in member.figures) for member in one.members]
        return max(alike if any(alike) else others) <= 1
    return one.opener is Opener.BRACKET


def _is_slip(whole: Decimal, parts: Sequence[Decimal], odds: float) -> bool:
    """Whether a slip of the pen explains what keeps parts from their whole better than something that is left out.

    Of the figures that a slip can make of those told, each is as likely as another; what is left out is the less likely
    the larger it is, so that a gap of 40 tells more than one of 4.

    Args:
        whole: the whole.
        parts: its parts.
        odds: the weight of lists like this leaving something out.
    """
    gap = whole - sum(parts, Decimal(0))
    figures = (whole, *parts)
    pairs = [(whole, whole - gap), *((part, part + gap) for part in parts)]
    explained = sum(right > 0 and is_misprint(one, right) for one, right in pairs)
    by_slip = _SLIPS * explained / (_DIGITS * sum(len(f"{value.normalize():f}") for value in figures))
    step = _step(figures)
    return by_slip > odds / (float(abs(gap) / step) * log(max(float(whole / step), _DIGITS)))


def _step(figures: Sequence[Decimal]) -> Decimal:
    """The unit that figures are told in: 100 for 3.100, 1.200 and 1.800."""
    exponents = [value.normalize().as_tuple().exponent for value in figures if value]
    return Decimal(1).scaleb(min((one for one in exponents if isinstance(one, int)), default=0))
