"""Whether a printed figure looks like the right one with a slip of the pen in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import printed_decimals
from extract.checks.figures.complete import kind_of
from extract.checks.figures.figures import words
from extract.checks.figures.quantities import Quantity
from extract.checks.figures.verdict import nearest
from extract.records import Block, CheckVerdict, Finding

_NEAR: Final = Decimal("0.05")
_HUNDRED: Final = 100
_QUARTER: Final = Decimal("0.25")
_MANY: Final = 1000  # a whole whose digits do not fit by chance
_NOT_A_REST: Final = Decimal("0.01")  # of a whole; less may be what is not named
_LONGEST: Final = 12  # characters of a figure whose slips are listed
_BEHIND: Final = 40  # characters behind the last part
_PADDED: Final = 2  # digits that figures are printed with at least
_FEW: Final = 2  # parts
_TEN: Final = 10
_EXCHANGED: Final = 4  # digits of a figure in which any two may have changed places
_CARRIED: Final = 4  # times as far as another digit that carries leads


def is_slip(printed: Decimal, right: Decimal) -> bool:
    """Whether one digit is another, two neighbours changed places, or a digit is lost or doubled.

    One digit up or down may carry: "208" for 198.
    """
    one, other = f"{printed:f}", f"{right:f}"
    if _is_carried(printed, right):
        return True
    if len(one) == len(other) and one.find(".") == other.find("."):
        one, other = one.replace(".", ""), other.replace(".", "")
        apart = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        swapped = (
            len(apart) == 2
            and apart[1] == apart[0] + 1
            and one[apart[0] : apart[1] + 1] == other[apart[1]] + other[apart[0]]
        )
        return len(apart) == 1 or swapped
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _is_carried(printed: Decimal, right: Decimal) -> bool:
    """Whether two figures of as many decimals are ten, a hundred or more of their last place apart, not by much."""
    decimals = printed_decimals(printed)
    gap = abs(printed - right)
    if decimals != printed_decimals(right) or _CARRIED * gap > min(printed, right):
        return False
    digits = f"{gap.scaleb(decimals):.0f}"
    return len(digits) > 1 and digits.rstrip("0") == "1"


def is_misprint(printed: Decimal, right: Decimal) -> bool:
    """Whether another digit, or two neighbours that changed places, make one figure of the other; none is lost."""
    one, other = f"{printed:f}", f"{right:f}"
    if max(len(one), len(other)) == _PADDED:  # "03" and "30"
        one, other = one.zfill(_PADDED), other.zfill(_PADDED)
        return sum(map(str.__ne__, one, other)) == 1 or one == other[::-1]
    return len(one) == len(other) and is_slip(printed, right)


def is_one_digit(printed: Decimal, right: Decimal) -> bool:
    """Whether two figures of one length differ in one digit, as a misread one does."""
    one, other = f"{printed:f}", f"{right:f}"
    return len(one) == len(other) and sum(left != right for left, right in zip(one, other, strict=True)) == 1


def is_swapped(printed: Decimal, right: Decimal) -> bool:
    """Whether two neighbouring digits changed places: "89,30" for 89,03."""
    return not is_one_digit(printed, right) and is_misprint(printed, right) and _digits(printed) == _digits(right)


def are_exchanged(printed: Decimal, right: Decimal) -> bool:
    """Whether two digits of a figure of four or more changed places, side by side or not: "75,06" for 76,05."""
    one, other = f"{printed:f}", f"{right:f}"
    alike = len(one) == len(other) and one.find(".") == other.find(".") and _digits(printed) == _digits(right)
    long = sum(map(str.isdigit, one)) >= _EXCHANGED
    return alike and long and sum(map(str.__ne__, one, other)) == 2


def _digits(value: Decimal) -> list[str]:
    return sorted(f"{value:f}")


def slips_of(value: Decimal) -> Iterator[Decimal]:
    """The figures that a slip of the pen makes of one: another digit, two that changed places, one left out."""
    text = f"{value:f}"
    if len(text) > _LONGEST:
        return
    for at, letter in enumerate(text):
        if not letter.isdigit():
            continue
        for digit in "0123456789":
            if digit != letter:
                yield Decimal(f"{text[:at]}{digit}{text[at + 1 :]}")
        behind = at + 2 if text[at + 1 : at + 2] == "." else at + 1
        if behind < len(text) and text[behind] != letter:
            yield Decimal(f"{text[:at]}{text[behind]}{text[at + 1 : behind]}{letter}{text[behind + 1 :]}")
        if len(text) > 1 and (rest := f"{text[:at]}{text[at + 1 :]}").strip("."):
            yield Decimal(rest)


def has_slip_within(value: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether one of the figures that `slips_of` lists is `low` or more and less than `high`; far cheaper than all."""
    text = f"{value:f}"
    if len(text) > _LONGEST or low >= high:
        return False
    point = (text + ".").index(".")
    for at, letter in enumerate(text):
        if not letter.isdigit():
            continue
        place = Decimal(1).scaleb(point - at - (at < point))
        rest = value - int(letter) * place
        first = max(int((low - rest) / place), 0)
        digits = (digit for digit in range(first, min(first + 3, _TEN)) if digit != int(letter))
        if any(low <= rest + digit * place < high for digit in digits):
            return True
        behind = at + 2 if text[at + 1 : at + 2] == "." else at + 1
        made = [f"{text[:at]}{text[at + 1 :]}"]
        if behind < len(text):
            made.append(f"{text[:at]}{text[behind]}{text[at + 1 : behind]}{letter}{text[behind + 1 :]}")
        if any(low <= Decimal(other) < high for other in made if other.strip(".") and other != text):
            return True
    return False


def is_near(printed: Decimal, right: Decimal) -> bool:
    """Whether two figures are a few hundredths apart."""
    return abs(printed - right) <= _NEAR * max(abs(right), abs(printed))


def share_slip(printed: Decimal, computed: Decimal, decimals: int) -> bool:
    """Whether a printed share looks like the computed one with a slip in it."""
    right = nearest(computed, decimals)
    return is_near(printed, right) or is_slip(printed, right)


def is_unread_share(made: Finding) -> bool:
    """Whether a share from a page's image that differs is so far off that a figure was not read rightly."""
    if made.verdict is CheckVerdict.AGREES or made.reported is None or made.computed is None:
        return False
    printed, computed = Decimal(made.reported), Decimal(made.computed)
    right = nearest(computed, printed_decimals(printed))
    if printed > _HUNDRED >= right and not printed_decimals(printed):
        return True  # its decimal mark was lost, and a digit misread
    return abs(printed - right) > _QUARTER * max(printed, right) and not is_slip(printed, right)


def is_explained(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether a slip in one figure is all that keeps parts from making their whole."""
    gap = whole - sum(parts, Decimal(0))
    return is_slip(whole, whole - gap) or any(is_slip(part, part + gap) for part in parts if part + gap > 0)


def is_misprinted(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether another digit or two swapped ones in one figure, none lost, is all that keeps parts from their whole."""
    gap = whole - sum(parts, Decimal(0))
    pairs = [(whole, whole - gap), *((part, part + gap) for part in parts)]
    return any(right > 0 and is_misprint(one, right) for one, right in pairs)


def looks_complete(whole: Quantity, parts: Sequence[Quantity], block: Block) -> bool:
    """Whether parts that nearly make their whole are all of it: one kind of thing, a name each, nothing that overlaps.

    Two parts behind "trong đó" may be two of many; more than the whole they cannot be.
    """
    total = sum((part.value for part in parts), Decimal(0))
    heads = {kind_of(part.unit) for part in parts if part.unit}
    gap = abs(whole.value - total)
    likely = is_near(whole.value, total) or (whole.value >= _MANY and gap >= _NOT_A_REST * whole.value)
    if len(heads) > 1 or not likely or not is_explained(whole.value, [part.value for part in parts]):
        return False
    names = [part.term.name.lower() for part in parts]
    end = parts[-1].end - block.start
    behind = block.text[end : end + _BEHIND].split(". ", 1)[0]  # what the next sentence says is of something else
    told = f"{block.text[whole.end - block.start : end]}{behind}".lower().lstrip().removeprefix(whole.unit)
    if len(set(names)) < len(names) or not all(names) or words("overlapping").is_in(told):
        return False
    few = len(parts) <= _FEW and not re.search(r"cụ thể|chia ra|gồm", told)
    return not few or total > whole.value
