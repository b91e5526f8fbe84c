"""Formulas, and arithmetic written out as a person would."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.verdict import Comparison, Rounding, nearest
from extract.records import CheckKind, CheckVerdict

_SHOWN: Final = 4  # decimals of a computed figure that goes on
_MARKS: Final = str.maketrans(",.", ".,")


def vn(value: Decimal, decimals: int | None = None) -> str:
    """A figure in Vietnamese notation: 1204.5 is "1.204,5"; with `decimals`, rounded to that many."""
    if decimals is not None:
        value = nearest(value, decimals)
    text = f"{value:,f}"
    if "." not in text:
        return text.replace(",", ".")
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_MARKS)


def plain(value: Decimal) -> str:
    """A figure for programs: a point as decimal mark, at most four decimals, no trailing zeros."""
    text = f"{value:f}"
    if len(text.partition(".")[2]) > _SHOWN:
        text = f"{nearest(value, _SHOWN):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class Formula:
    """How a figure follows from others: `value` computes it (None where it cannot), `written` shows the left side.

    `exact`: counts, which no rounding excuses. `unit` stands behind the computed figure. It takes `fewest` figures.
    """

    value: Callable[[Sequence[Decimal]], Decimal | None]
    written: Callable[[Sequence[Decimal]], str]
    exact: bool = False
    unit: str = ""
    fewest: int = 1

    def made_of(self, values: Sequence[Decimal]) -> Decimal | None:
        """The figure that follows from whatever others a finding names; None where it cannot follow from so many."""
        return self.value(values) if len(values) >= self.fewest else None


def _share(values: Sequence[Decimal]) -> Decimal | None:
    return values[0] / values[1] * 100 if values[1] else None


def _rate(values: Sequence[Decimal]) -> Decimal | None:
    return abs(values[0] - values[1]) / values[1] * 100 if values[1] else None


def _sum(values: Sequence[Decimal]) -> str:
    """Terms with the signs between them: "3.126 - 802 + 118"."""
    return vn(values[0]) + "".join(f" {'-' if value < 0 else '+'} {vn(abs(value))}" for value in values[1:])


SUM: Final = Formula(lambda values: sum(values, Decimal(0)), _sum, exact=True)
SHARE: Final = Formula(_share, lambda values: f"{vn(values[0])} / {vn(values[1])}", unit="%", fewest=2)
DIFFERENCE: Final = Formula(
    lambda values: abs(values[0] - values[1]),
    lambda values: f"{vn(max(values[:2]))} - {vn(min(values[:2]))}",
    exact=True,
    fewest=2,
)
TIMES: Final = Formula(
    lambda values: values[0] / values[1] if values[1] else None,
    lambda values: f"{vn(values[0])} / {vn(values[1])}",
    unit=" lần",
    fewest=2,
)
RATE: Final = Formula(
    _rate, lambda values: f"({vn(values[0])} - {vn(values[1])}) / {vn(values[1])}", unit="%", fewest=2
)
MEAN: Final = Formula(
    lambda values: sum(values, Decimal(0)) / len(values),
    lambda values: f"({' + '.join(map(vn, values))}) / {len(values)}",
)
SAME: Final = Formula(lambda values: values[0], lambda values: vn(values[0]), exact=True)


def per(power: int) -> Formula:
    """So much for each: the first figure through the second, times a power of ten that their units differ by."""
    scale = Decimal(1).scaleb(power)
    behind = f" x {vn(scale)}" if power else ""
    return Formula(
        lambda values: values[0] / values[1] * scale if values[1] else None,
        lambda values: f"{vn(values[0])} / {vn(values[1])}{behind}",
        fewest=2,
    )


FORMULAS: Final[Mapping[CheckKind, Formula]] = {
    CheckKind.SUM: SUM,
    CheckKind.ROW_SUM: SUM,
    CheckKind.COLUMN_SUM: SUM,
    CheckKind.DIFFERENCE: DIFFERENCE,
    CheckKind.RATIO: SHARE,
    CheckKind.RATE_OF_CHANGE: RATE,
    CheckKind.CONSISTENCY: SAME,
}
"""The formula that a finding of a kind is made by, but for those that say otherwise."""


def times(each: Decimal) -> Formula:
    """So many times what is given for each."""
    return Formula(lambda values: values[0] * each, lambda values: f"{vn(values[0])} x {vn(each)}", exact=True)


def note(formula: Formula, values: Sequence[Decimal], computed: Decimal, reported: Decimal, made: Comparison) -> str:
    """The arithmetic in words: "1.204 + 318 = 1.522, báo cáo ghi 1.552: chênh 30"."""
    decimals = printed_decimals(reported)
    shown = vn(computed) if len(computed.as_tuple().digits) <= 15 else vn(computed, max(decimals + 2, 3))
    left = f"{formula.written(values)} = {shown}{formula.unit}"
    if made.verdict is CheckVerdict.AGREES:
        return left if made.rounding is Rounding.EXACT else f"{left}, làm tròn {vn(reported)}"
    if made.rounding is Rounding.TRUNCATED:
        return f"{left}: cắt còn {vn(reported)} thay vì làm tròn {vn(computed, decimals)}"
    if made.rounding is Rounding.COARSER:
        return f"{left}: làm tròn thô thành {vn(reported)}"
    gap = abs(reported - (computed if formula.exact else nearest(computed, decimals)))
    rounded = (
        "" if formula.exact or computed == nearest(computed, decimals) else f" (làm tròn {vn(computed, decimals)})"
    )
    return f"{left}{rounded}, báo cáo ghi {vn(reported)}: chênh {vn(gap)}"


def printed_decimals(value: Decimal) -> int:
    """Decimals a figure is printed with, as its exponent keeps them."""
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
