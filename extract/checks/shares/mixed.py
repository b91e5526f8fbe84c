"""Totals of several products, and of rates that are for each of two things.

"120 vé mức 400.000 đồng/vé và 60 vé mức 700.000 đồng/vé; tổng số tiền 90.000.000 đồng": the total is of both together,
none of one of them. "2,5 triệu đồng/người/tháng … 12 tháng cho 412 người là 12,36 tỷ đồng": it is of people and months.
What does not hold is told where a slip of the pen explains it and no words say that more goes into the total, or less
("gồm cả thuế", "sau chiết khấu").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import Formula, vn
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import quote, recompute
from extract.checks.figures.verdict import nearest
from extract.checks.shares.amounts import LEADS_TO_TOTAL, Amount, for_each, takes_in_more, term_of
from extract.checks.shares.side_by_side import is_counted_by_piece
from extract.records import CheckKind, CheckVerdict, Finding, Reading

_EXACT: Final = 4  # digits of a total that is hardly rounded by chance to a slip of another
_FEWEST: Final = 2  # products that make a total together
_BETWEEN: Final = re.compile(r"[^\d.;:]{1,60}")  # a number and what each of it gets
_JOINED: Final = re.compile(r"[^\d.:]{1,60}")  # one product and the next
_OPENS: Final = re.compile(r"[^\d.]{0,40}(?:[(:]|\b(?:gồm|trong đó|bao gồm|cụ thể)\b)[^\d.]{0,40}", re.IGNORECASE)
_TOTAL_BEFORE: Final = re.compile(r"\b(?:tổng|tiền|kinh phí|trị giá)\b[^.;:(]{0,30}$", re.IGNORECASE)
_TIME: Final = r"tháng|ngày|năm|quý|tuần|buổi|đợt|vụ|kỳ|học kỳ|lần|lượt|giờ|ca"
_ONE: Final = r"(?:(?:01|1|mỗi|một)\s)?"
# "/người/tháng", "/tháng/người"
_TWICE: Final = re.compile(
    rf"(?:\s[^\W\d_]+[23²³]?){{0,5}}?\s?/\s?{_ONE}(?:(?P<one>[^\W\d_]+(?:\s[^\W\d_]+)?)\s?/\s?{_ONE}(?P<time>{_TIME})"
    rf"|(?P<first>{_TIME})\s?/\s?{_ONE}(?P<other>[^\W\d_]+(?:\s[^\W\d_]+)?))\b(?!\s?/)",
    re.IGNORECASE,
)
_EACH_TIME: Final = re.compile(r"\bmỗi\s(?P<one>[^\W\d_]+(?:\s[^\W\d_]+)?)[^\d.;:]{0,40}$", re.IGNORECASE)
_AVERAGE: Final = re.compile(r"\b(?:bình quân|trung bình|khoảng|gần|trên|hơn)\b[^\d.;:]{0,40}$", re.IGNORECASE)
_IS_TOTAL: Final = re.compile(r"\b(?:tổng|tiền|kinh phí|trị giá|cộng|hết|cần|là|với)\b[^.;:]{0,80}$", re.IGNORECASE)
_PEOPLE: Final = "người"
_NO_PEOPLE: Final = frozenset({"", "%", "đồng", "kg", "ha", "m2", "km2", "tháng", "ngày", "năm", "quý", "tuần"})
_HALF: Final = Decimal("0.5")


def _sum_of_products(values: Sequence[Decimal]) -> Decimal | None:
    return sum((one * other for one, other in zip(values[::2], values[1::2], strict=True)), Decimal(0))


_SUM_OF_PRODUCTS: Final = Formula(
    _sum_of_products,
    lambda values: " + ".join(f"{vn(one)} x {vn(other)}" for one, other in zip(values[::2], values[1::2], strict=True)),
)


def _product_of_three(values: Sequence[Decimal]) -> Decimal | None:
    return values[0] * values[1] * values[2]


_THREE: Final = Formula(_product_of_three, lambda values: " x ".join(map(vn, values)))


@dataclass(frozen=True, slots=True)
class Several:
    """Products side by side, number and rate of each, and the total of all of them."""

    products: tuple[tuple[Amount, Amount], ...]
    total: Amount


def several_of(told: Sequence[Amount]) -> list[Several]:
    """The products of a block that stand side by side with one total before or behind them."""
    row = [one for one in told if not one.is_span]
    found = []
    at = 0
    while at < len(row):
        products = _run(row, at)
        if len(products) < _FEWEST:
            at += 1
            continue
        end = at + 2 * len(products)
        total = _total_of(row[at - 1] if at else None, row[end] if end < len(row) else None, row[at:end], products)
        if total is not None:
            found.append(Several(products, total))
        at = end
    return found


def _run(row: Sequence[Amount], at: int) -> tuple[tuple[Amount, Amount], ...]:
    """The products that stand one behind the other from a figure on."""
    found: list[tuple[Amount, Amount]] = []
    while at + 1 < len(row):
        pair = _product(row[at], row[at + 1])
        if pair is None or (found and not (_are_beside(found[-1], row[at]) and _is_one_more(pair, found))):
            break
        found.append(pair)
        at += 2
    return tuple(found)


def _product(one: Amount, other: Amount) -> tuple[Amount, Amount] | None:
    """A number and what each of it gets, in either order; a single thing needs no word for each."""
    if one.block is not other.block or one.sentence != other.sentence:
        return None
    if _BETWEEN.fullmatch(one.block.text, one.number.end, other.number.start) is None:
        return None
    for number, rate in ((one, other), (other, one)):
        if _is_rate(rate) and _counts(number, rate):
            return number, rate
    single = one.value == 1 and not one.each and one.base != other.base
    return (one, other) if single and not other.each and _is_plain(other) else None


def _is_one_more(pair: tuple[Amount, Amount], found: Sequence[tuple[Amount, Amount]]) -> bool:
    """Whether a product is of what others are; a single thing may be what each of others gets too: "và 01 phần quà"."""
    if pair[1].base != found[0][1].base:
        return False
    return bool(pair[1].each) or any(number.base == pair[0].base for number, _ in found)


def _is_plain(one: Amount) -> bool:
    return not (one.is_rough or one.is_bound or one.is_change) and bool(one.base) and one.base != "%"


def _is_rate(one: Amount) -> bool:
    return bool(one.each) and one.by == 1 and not one.is_average and _is_plain(one)


def _counts(number: Amount, rate: Amount) -> bool:
    whole = number.number.whole is not None and _is_plain(number) and not number.each
    return whole and (number.base == rate.each or is_counted_by_piece(number, rate))


def _are_beside(last: tuple[Amount, Amount], one: Amount) -> bool:
    end = max(last, key=lambda item: item.start)
    if end.block is not one.block or end.sentence != one.sentence:
        return False
    return _JOINED.fullmatch(one.block.text, end.number.end, one.number.start) is not None


def _total_of(
    before: Amount | None, behind: Amount | None, row: Sequence[Amount], products: Sequence[tuple[Amount, Amount]]
) -> Amount | None:
    base, block = products[0][1].base, row[0].block
    if not any(rate.each for _, rate in products):
        return None
    if behind is not None and behind.block is block and behind.base == base and not behind.each:
        near = 0 <= behind.sentence - row[-1].sentence <= 1
        if near and _is_plain(behind) and LEADS_TO_TOTAL.search(behind.lead):
            return behind
    if before is not None and before.block is block and before.base == base and not before.each:
        between = _OPENS.fullmatch(block.text, before.number.end, row[0].number.start)
        if between is not None and _is_plain(before) and _TOTAL_BEFORE.search(before.lead):
            return before
    return None


def check_several(several: Sequence[Several], reading: Reading) -> Iterator[Finding]:
    """The totals of products side by side."""
    for one in several:
        total = one.total
        terms = []
        for number, rate in one.products:
            terms += [term_of(number, reading), term_of(rate, reading, rate.value * rate.scale / total.scale)]
        figures = [total, *(figure for pair in one.products for figure in pair)]
        made = recompute(CheckKind.CONSISTENCY, _statement(figures), _SUM_OF_PRODUCTS, terms, term_of(total, reading))
        if made is not None and (
            made.verdict is not CheckVerdict.DIFFERS
            or (_is_slip(total, Decimal(made.computed or 0)) and not takes_in_more(figures))
        ):
            yield made


def _is_slip(total: Amount, right: Decimal) -> bool:
    rounded = nearest(right, total.number.decimals)
    exact = rounded == right or len(rounded.as_tuple().digits) >= _EXACT
    return exact and is_slip(total.value, rounded)


def _statement(figures: Sequence[Amount]) -> str:
    block = figures[0].block
    low, high = (pick(one.start for one in figures) - block.start for pick in (min, max))
    return quote(block.text, low, high, block.body)


def check_twice(told: Sequence[Amount], reading: Reading) -> Iterator[Finding]:
    """Rates that are for each of two things, people and months, with both numbers and the total in their sentence."""
    plain: dict[int, list[Amount]] = {}
    for other in told:
        if not (other.each or other.is_span or other.is_bound or other.is_change or other.is_rough):
            plain.setdefault(other.sentence, []).append(other)
    for one in told:
        named = for_two(one)
        if named is None or one.is_bound or one.is_change:
            continue
        near = [other for other in plain.get(one.sentence, ()) if other is not one]
        numbers = _numbers(near, named[0])
        times = [other for other in near if other.base == named[1] and other.number.whole is not None]
        totals = [
            other
            for other in near
            if other.base == one.base
            and other.start > one.start
            and _IS_TOTAL.search(other.lead)
            and not for_two(other)
        ]
        if len(numbers) == len(times) == len(totals) == 1:
            yield from _of_two(totals[0], numbers[0], times[0], one, reading)


def for_two(one: Amount) -> tuple[str, str] | None:
    """What a rate is for each of, and the stretch of time."""
    text = one.block.text
    if (match := _TWICE.match(text, one.number.end)) is not None:
        return for_each((match["one"] or match["other"]).lower()), (match["time"] or match["first"]).lower()
    if one.each in _TIME.split("|") and (told := _EACH_TIME.search(one.lead)) is not None:
        each = for_each(told["one"].lower())
        return (each, one.each) if each != one.each else None
    return None


def _numbers(near: Sequence[Amount], each: str) -> list[Amount]:
    """The figures that count what a rate is for each of; people go by many names."""
    whole = [other for other in near if other.number.whole is not None]
    exact = [other for other in whole if other.base == each]
    if exact or each != _PEOPLE:
        return exact
    return [other for other in whole if other.base not in _NO_PEOPLE and other.scale == 1]


def _of_two(total: Amount, number: Amount, time: Amount, one: Amount, reading: Reading) -> Iterator[Finding]:
    by = number.value * time.value * one.scale / total.scale
    rate = term_of(one, reading, one.value * one.scale / total.scale)
    terms = [term_of(number, reading), term_of(time, reading), rate]
    statement = _statement([total, number, time, one])
    made = recompute(CheckKind.CONSISTENCY, statement, _THREE, terms, term_of(total, reading))
    if made is None or made.verdict is not CheckVerdict.DIFFERS:
        if made is not None:
            yield made
        return
    if _AVERAGE.search(one.lead):
        slack = _HALF.scaleb(-one.number.decimals) * by
        if abs(total.value - one.value * by) <= slack:
            return
    if _is_slip(total, one.value * by) and not takes_in_more([total, number, time, one]):
        yield made
