"""So much for each of so many: a total against its number and the rate of one, whichever of them words tell last.

"12 xã đạt 198 tiêu chí, bình quân 16,5 tiêu chí/xã"; "2.150 suất, mỗi suất 500 nghìn đồng, số tiền 1.075 triệu đồng";
"gieo cấy 2.400 ha, năng suất 61,5 tạ/ha, sản lượng 14.760 tấn"; "3 người x 4 ngày x 200.000 đồng = 2.400.000 đồng". A
rate that holds of some number and total near it is theirs; one that holds of none is wrong where one of each stands
near, or few do and a slip of the pen explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Final

from extract.checks.figures.arithmetic import Formula, vn
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import has_slip_within, is_misprint, is_slip
from extract.checks.figures.terms import quote, recompute
from extract.checks.figures.verdict import nearest
from extract.checks.shares.amounts import LEADS_TO_TOTAL, Amount, amounts, takes_in_more, term_of
from extract.checks.shares.equations import PRODUCT, equations
from extract.checks.shares.likelihood import THINKABLE, UNLIKELY
from extract.checks.shares.mixed import check_several, check_twice, for_two, several_of
from extract.checks.shares.side_by_side import are_apart, beside, is_counted_by_piece, is_size
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_CUE: Final = re.compile(
    r"\bmỗi\b|bình quân|trung bình|tính ra|\d\s(?:[^\W\d_]++[23²³]?\s?){1,4}/\s?(?:10[0.]*\s|một |mỗi |vạn )?[^\W\d_]",
    re.I,
)
_EACH: Final = re.compile(r"\bmỗi\b", re.IGNORECASE)
_EACH_BEHIND: Final = re.compile(r"[^\d.;:,()]{1,30}\smỗi\b", re.IGNORECASE)
_NORM: Final = re.compile(r"\bmỗi\b|\b(?:mức|định mức|đơn giá|giá)[^\d.;:()]{0,20}$", re.IGNORECASE)
_MULTIPLIED: Final = re.compile(r"[^\d=.;,()]{0,30}\)?\s?[x×*]\s?\d")
_LONGEST_UNIT: Final = 40  # characters
_LONGEST: Final = 4000  # characters of a paragraph
_MOST: Final = 150  # figures of a paragraph
_BACK: Final = 2  # sentences from a rate back to what it is of
_NEAR: Final = 6  # figures of a kind before a rate, and behind it
_TOTAL: Final = re.compile(r"\b(?:tổng|sản lượng|số tiền|kinh phí|thành tiền|trị giá|cộng|tiền)\b", re.IGNORECASE)
_OVER: Final = re.compile(r"\s[^\d.;:,()/]{1,40}/\s?")
_BRACKET: Final = re.compile(r"[^\d.;:,()]{1,40}\((?:tính |trong |cho |là )?")
_CLOSED: Final = re.compile(r"\s[^\d.;:,()]{1,20}\)")
_HALF: Final = Decimal("0.5")
_FEWEST: Final = 2  # things that share a total
_SLIPS: Final = 10  # of a digit
_TEN: Final = Decimal(10)
_FAR: Final = Decimal("2.5")  # times the right total
_OFF: Final = Decimal("1.3")  # … where words alone say that it is the total
_NEARLY: Final = Decimal("0.12")  # of the right rate
_LEAST: Final = Decimal("0.0001")  # of a rate
_MEASURED: Final = frozenset({"đồng", "kg", "ha", "m2", "km2"})
# What tells apart two counts of one thing.
_TOLD: Final = re.compile(r"\b(?:chết|bị thương|mất tích|nam|nữ|trực tuyến|trực tiếp|quá hạn|đúng hạn|mới|cũ)\b")


def _quotient(values: Sequence[Decimal]) -> Decimal | None:
    return values[0] / values[1] if values[1] else None


QUOTIENT: Final = Formula(_quotient, lambda values: f"{vn(values[0])} / {vn(values[1])}")


def check_products(reading: Reading) -> Iterator[Finding]:
    """Rates, numbers and totals of running text."""
    last: Block | None = None
    for block in reading.flow.of(*RUNNING):
        before, last = last, block
        if len(block.text) > _LONGEST:
            continue
        yield from equations(block, reading)
        if not holds(block.text, "mỗi", "bình quân", "trung bình", "tính ra", "/") or not _CUE.search(block.text):
            continue
        told = amounts(block)
        if len(told) > _MOST:
            continue
        above = amounts(before, before=True)[-_NEAR:] if before is not None and len(before.text) <= _LONGEST else ()
        several = several_of(told)
        yield from check_several(several, reading)
        yield from check_twice(told, reading)
        taken = {one.total.start for one in several}
        told = (*above, *(one for one in told if one.start not in taken))
        for at, one in enumerate(told):
            if (
                one.each
                and one.block is block
                and not (one.is_bound or one.is_change or _is_factor(one) or for_two(one))
            ):
                yield from _of_rate(one, at, told, reading)


def _is_factor(one: Amount) -> bool:
    """Whether a rate is multiplied in writing: "(40 giờ x 35.000 đồng/giờ) x 12 tổ = 16.800.000 đồng"."""
    behind = one.block.text[one.number.end : one.number.end + _LONGEST_UNIT]
    before = one.block.text[max(one.number.start - 2, 0) : one.number.start].rstrip()
    return before[-1:] in tuple("x×*") or _MULTIPLIED.match(behind) is not None


def _of_rate(one: Amount, at: int, told: Sequence[Amount], reading: Reading) -> Iterator[Finding]:
    """A rate against the numbers and totals near it."""
    near = [
        other for other in told[max(at - 2 * _NEAR, 0) : at + _NEAR] if -_BACK <= other.sentence - one.sentence <= 1
    ]
    past = one.is_past
    near = [other for other in near if other.is_past is past]
    near.sort(key=lambda other: abs(other.start - one.start))
    numbers = [other for other in near if _is_number(other, one)]
    totals = [other for other in near if _is_total(other, one)]
    if one.base == one.each:  # "1.296 ca mắc", "1,2 triệu người", "108 ca/100.000 dân"
        numbers = [other for other in numbers if _noun(other) != _noun(one)]
        totals = [other for other in totals if _noun(other) == _noun(one)]
    totals, numbers = totals[:_NEAR], numbers[:_NEAR]
    for total, number in product(totals, numbers):
        if total is not number and _may_be(total, number, one):
            made = _made(total, number, one, reading)
            if made is not None and made.verdict is not CheckVerdict.DIFFERS:
                yield made
            return
    if (one.is_rough and not one.is_average) or any(
        _leaves_one(total, number, one, near) for total, number in product(totals, numbers)
    ):
        return
    if (three := _of_neighbours(one, told)) is not None:
        made = _made(*three, reading)
        if made is not None and not (made.verdict is CheckVerdict.DIFFERS and _may_be(*three)):
            yield made
        return
    nearest_ones = [pair for pair in product(_nearest(totals, one), _nearest(numbers, one)) if pair[0] is not pair[1]]
    nearest_ones = [
        pair for pair in nearest_ones if not (_takes_in_more(*pair, one, near) or are_apart(*pair, one, near))
    ]
    pairs = [pair for pair in nearest_ones if _is_thinkable(*pair, one)] or nearest_ones
    together = [pair for pair in pairs if _are_told_together(*pair, one)]
    apiece = one.is_average or _EACH.search(one.lead) is not None
    if len(pairs) == 1 and apiece and all(_leads_to(other, one) for other in pairs[0]):
        together = [pair for pair in pairs if _TOTAL.search(pair[0].lead)]
    if len(together) == 1 and _is_thinkable(*together[0], one):
        made = _made(*together[0], one, reading)
        if made is not None:
            yield made
        return
    chances = [(chance, *pair) for pair in pairs if (chance := _chance(*pair, one)) is not None]
    if not chances or len({number.value for _, _, number in chances}) > 1:
        return
    chance, total, number = min(chances, key=lambda found: found[0])
    led = len(pairs) == 1 and (_TOTAL.search(total.lead) or one.is_average or one.by > 1)
    if chance * len(pairs) <= (THINKABLE if led else UNLIKELY):
        made = _made(total, number, one, reading)
        if made is not None:
            yield made


def _leaves_one(total: Amount, number: Amount, one: Amount, near: Sequence[Amount]) -> bool:
    """Whether a figure nearby is what so many each leave of a total: "300 phiếu (14 thôn, mỗi thôn 20, còn 20 …)".

    So many each of some: "240 liều làm ba đợt, đợt một 100, đợt hai và đợt ba mỗi đợt 70".
    """
    each, whole = one.value * one.scale / one.by, total.value * total.scale
    if not each:
        return False
    others = (other for other in near if other not in (total, number, one) and other.base in (total.base, ""))
    times = ((whole - other.value * (other.scale if other.base else total.scale)) / each for other in others)
    return any(0 < by <= number.value * number.scale and by == by.to_integral_value() for by in times)


def _takes_in_more(total: Amount, number: Amount, one: Amount, near: Sequence[Amount]) -> bool:
    """Whether a total is more than so many times a rate, and something else that goes into it is told between them."""
    if total.value * total.scale <= one.value * one.scale * number.value * number.scale / one.by:
        return False
    low, high = (pick(one.start, number.start, total.start) for pick in (min, max))
    others = [other for other in near if other not in (total, number, one) and low < other.start < high]
    several = [other for other in near if other is not number and other.sentence == one.sentence]
    if not any(_is_number(other, one) for other in several):  # "640 tấn/ngày, nội thị 410 tấn/ngày": one of the other
        others = [other for other in others if other.each != one.each]
    return any(other.base == total.base and other.value * other.scale < total.value * total.scale for other in others)


def _of_neighbours(one: Amount, told: Sequence[Amount]) -> tuple[Amount, Amount, Amount] | None:
    """The total and number right beside a rate, and the rate with what is added to it; None where they may not be its.

    They are its where they hold, where a slip explains that they do not, or where words say of the last of the three
    that it is the total of what each gets.
    """
    found = []
    for first, second, rates in beside(one, told):
        for rate, (total, number) in product(rates, ((first, second), (second, first))):
            counted = _is_number(number, rate) or is_counted_by_piece(number, rate)
            if counted and _is_total(total, rate) and _is_thinkable(total, number, rate):
                found.append((total, number, rate))
    if len(found) != 1:
        return None
    total, number, rate = found[0]
    led = total.start > max(one.start, number.start) and LEADS_TO_TOTAL.search(total.lead) is not None
    if led and not one.is_average and _ratio(total, number, rate) <= _OFF:
        return found[0]
    alike = led or one.is_average or one.base in _MEASURED or _noun(total) == _noun(rate)
    sure = _may_be(*found[0]) or (alike and _chance(*found[0]) is not None)
    return found[0] if sure else None


def _are_told_together(total: Amount, number: Amount, one: Amount) -> bool:
    """Whether an average is printed with its number, or its total is: "912 lượt (334 ngày)", "416 tiêu chí/24 xã"."""
    text = number.block.text
    if not one.is_average or number.block is not one.block or total.block is not one.block:
        return False
    if total.number.end < number.number.start and _OVER.fullmatch(text, total.number.end, number.number.start):
        return True
    behind = one.number.end < number.number.start and _BRACKET.fullmatch(text, one.number.end, number.number.start)
    return bool(behind and _CLOSED.match(text, number.number.end) and _TOTAL.search(total.lead))


def _leads_to(other: Amount, one: Amount) -> bool:
    """Whether a figure stands before a rate, in its sentence or the one before; of an average behind it too."""
    return (other.start < one.start or one.is_average) and 0 <= one.sentence - other.sentence <= 1


def _noun(amount: Amount) -> str:
    return (amount.words.split() or [""])[0]


def _nearest(several: Sequence[Amount], one: Amount) -> list[Amount]:
    """Of figures near a rate those of its own sentence, else of the one before, else of the one behind."""
    told: dict[int, list[Amount]] = {}
    for other in several:
        told.setdefault(other.sentence - one.sentence, []).append(other)
    return next((told[apart] for apart in (0, -1, 1, -2) if apart in told), [])


def _is_thinkable(total: Amount, number: Amount, one: Amount) -> bool:
    """Whether a slip can be all that keeps a total from being so many times a rate."""
    return _ratio(total, number, one) <= _FAR


def _ratio(total: Amount, number: Amount, one: Amount) -> Decimal:
    """How many times the lesser of a total and of so many times a rate the greater of them is."""
    low, high = sorted((one.value * one.scale * number.value * number.scale / one.by, total.value * total.scale))
    return high / low if low else _FAR + 1


def _is_number(other: Amount, one: Amount) -> bool:
    """Whether a figure can be the number of those that a rate is for each of."""
    if other.each or other.is_rough or other.is_bound or other.is_change or other.value * other.scale < _FEWEST:
        return False
    same = other.base == one.each or (one.each == "lượt" and other.words.startswith("lượt "))
    return same and (other.number.whole is not None or other.scale > 1 or one.each in _MEASURED)


def _is_total(other: Amount, one: Amount) -> bool:
    """Whether a figure can be the total of a rate."""
    if other.each or other.is_bound or other.is_change or is_size(other) or is_size(one):
        return False
    if other.is_rough and not (other.is_counted and other.start > one.start):
        return False
    turns = "lượt" in (other.base, one.base) and other.words[:4] == one.words[:4]  # "1.350 lượt", "45 lượt cử tri"
    if other.base != one.base and not turns:
        return False
    if other.value * other.scale <= one.value * one.scale:
        return False
    return one.base in _MEASURED or _alike(other, one)


def _alike(total: Amount, one: Amount) -> bool:
    """Whether the words of two counts do not tell them apart: "27 người chết" is no rate of "138 người bị thương"."""
    left, right = (set(_TOLD.findall(f"{each.lead} {each.words}".lower())) for each in (total, one))
    return left == right or not left or not right


def _limits(amount: Amount, places: Decimal) -> tuple[Decimal, Decimal]:
    """The least and the most that a printed amount can stand for."""
    last = Decimal(1).scaleb(-amount.number.decimals) * places
    return (amount.value - last) * amount.scale, (amount.value + last) * amount.scale


def _is_exact(amount: Amount) -> bool:
    return not amount.is_span and amount.base not in _MEASURED and amount.scale == 1 and amount.number.whole is not None


def _bounds(amount: Amount) -> tuple[Decimal, Decimal]:
    return _limits(amount, Decimal(0) if _is_exact(amount) else _HALF)


def _may_be(total: Amount, number: Amount, one: Amount) -> bool:
    """Whether a rate can be that of a total and a number, rounded or cut off."""
    least, most = _bounds(total)
    few, many = (number.value, number.value + 1) if number.is_span else _bounds(number)
    exact = _is_exact(one) and not one.is_average and _EACH.search(one.lead) is not None
    exact = exact or _is_norm(one, total)
    low, _ = _limits(one, Decimal(0) if exact else _HALF)
    _, high = _limits(one, Decimal(0) if exact else Decimal(1))  # or cut off
    return low * few <= most * one.by and least * one.by <= high * many


def _is_norm(one: Amount, total: Amount) -> bool:
    """Whether a rate says what each is to get, and the total behind it what follows: nothing of it was rounded."""
    behind = one.block.text[one.number.end : one.number.end + _LONGEST_UNIT]
    told = _NORM.search(one.lead) or _EACH_BEHIND.match(behind)
    return told is not None and not one.is_average and one.start < total.start


def _chance(total: Amount, number: Amount, one: Amount) -> Decimal | None:
    """How easily figures that do not belong together look as if a slip in one kept them apart; None: no such slip."""
    low, high = _limits(one, _HALF)
    count = number.value * number.scale / one.by
    found = [
        _slipped(total, low * count / total.scale, high * count / total.scale),
        _slipped(
            number,
            *(
                total.value * total.scale * one.by / number.scale / rate
                for rate in (high, max(low, one.scale * _LEAST))
            ),
        ),
    ]
    if not one.is_average and (one.start < total.start or _EACH.search(one.lead)):
        made = nearest(one.value * one.scale * count / total.scale, total.number.decimals)
        found.append(_slipped(total, made, made + Decimal(1).scaleb(-total.number.decimals)))
    if not one.is_average and _EACH.search(one.lead) and not (total.value * total.scale) % (one.value * one.scale):
        many = total.value * total.scale / (one.value * one.scale)  # so many go into it without a rest
        if number.scale == one.by == 1 and is_slip(number.value, many):
            digits = len(number.value.as_tuple().digits)
            found.append(_SLIPS * digits / _TEN**digits / one.value)
    right = total.value * total.scale / count / one.scale
    digits = len(one.value.as_tuple().digits)
    if _is_slip_of_rate(one.value, right, nearest(right, one.number.decimals)):
        found.append(_SLIPS * digits / _TEN**digits)
    return min((each for each in found if each is not None), default=None)


def _is_slip_of_rate(printed: Decimal, right: Decimal, rounded: Decimal) -> bool:
    """Whether a rate is the right one but for a slip; one that is nearly right may be of what is counted otherwise."""
    if right == rounded:
        return is_slip(printed, rounded)
    swapped = sorted(f"{printed:f}") == sorted(f"{rounded:f}")
    return is_misprint(printed, rounded) and (swapped or abs(printed - right) > _NEARLY * right)


def _is_slip_of_total(total: Amount, number: Amount, one: Amount) -> bool:
    """Whether a total is so many times a rate but for a slip, and not without it."""
    made = nearest(one.value * one.scale * number.value * number.scale / one.by / total.scale, total.number.decimals)
    return not _may_be(total, number, one) and is_slip(total.value, made)


def _is_slip_of_number(total: Amount, number: Amount, one: Amount) -> bool:
    """Whether a total is so much for each of another number, one and no other, of which a slip made the one printed."""
    if not _is_exact(number):
        return False
    whole = total.value * total.scale * one.by
    fewest, most = (whole / rate for rate in reversed(_limits(one, _HALF)) if rate > 0)
    many = nearest(whole / (one.value * one.scale), 0)
    return most - fewest < 1 and is_slip(number.value, many) and _may_be(total, replace(number, value=many), one)


def _slipped(amount: Amount, low: Decimal, high: Decimal) -> Decimal | None:
    """How easily a slip of a figure lies between two others by chance; None where none does."""
    if not has_slip_within(amount.value, low, high):
        return None
    digits = len(amount.value.as_tuple().digits)
    return _SLIPS * digits * max(high - low, Decimal(1).scaleb(-amount.number.decimals)) / amount.value


def _made(total: Amount, number: Amount, one: Amount, reading: Reading) -> Finding | None:
    """The finding on the figures; None where they differ and words say why. What goes in is in an average too."""
    made = _compared(total, number, one, reading)
    differs = made is not None and made.verdict is CheckVerdict.DIFFERS and not one.is_average
    return None if differs and takes_in_more([total, number, one]) else made


def _compared(total: Amount, number: Amount, one: Amount, reading: Reading) -> Finding | None:
    """The finding on the rate or the total: which of them a slip explains, else what words tell last."""
    block = one.block
    starts = [each.start for each in (total, number, one) if each.block is block]
    low, high = min(starts) - block.start, max(starts) - block.start
    statement = quote(block.text, low, high, block.body)
    shared = term_of(number, reading, number.value * number.scale / one.by)
    right = total.value * total.scale / one.scale / (number.value * number.scale / one.by)
    slip = is_slip(one.value, nearest(right, one.number.decimals))
    of_total = _is_slip_of_total(total, number, one)
    led = total.start > max(one.start, number.start) and LEADS_TO_TOTAL.search(total.lead) is not None
    follows = of_total and led and "(" not in block.text[one.start - block.start : total.start - block.start]
    derived = (one.is_average and not follows) or "(" in total.lead  # "45 lượt (1.350 lượt/30 đại biểu)"
    if not slip and not of_total and _is_slip_of_number(total, number, one):
        terms = [
            term_of(total, reading, total.value * total.scale / one.scale),
            term_of(one, reading, one.value / one.by),
        ]
        return recompute(CheckKind.CONSISTENCY, statement, QUOTIENT, terms, term_of(number, reading))
    if (one.start > total.start or derived) and (slip or not of_total):
        whole = term_of(total, reading, total.value * total.scale / one.scale)
        return recompute(CheckKind.CONSISTENCY, statement, QUOTIENT, [whole, shared], term_of(one, reading))
    rate = term_of(one, reading, one.value * one.scale / total.scale)
    return recompute(CheckKind.CONSISTENCY, statement, PRODUCT, [shared, rate], term_of(total, reading))
