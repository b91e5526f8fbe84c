"""What a letter's numbers come to, and whether what it prints agrees."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from corpus.typesetter.content import CheckContent, TableContent, TableSum
from corpus.typesetter.marks import ContentError
from corpus.typesetter.numbers import as_json, read_number

# Class bands of Decision 766/QĐ-TTg: lower bound of each class, best first.
BANDS = ((90, "Xuất sắc"), (80, "Tốt"), (70, "Khá"), (50, "Trung bình"), (0, "Yếu"))


@dataclass(frozen=True, slots=True)
class Checked:
    """A check as it stands in the truth.

    Attributes:
        kind: Kind as in the contract.
        statement: The words that claim it.
        inputs: What it is computed from.
        reported: What is printed.
        computed: What it comes to.
        verdict: agrees, rounded or differs.
        note: A remark, or None.
        planted: What was planted, or None.
    """

    kind: str
    statement: str
    inputs: dict[str, Any]
    reported: Any
    computed: Any
    verdict: str
    note: str | None
    planted: str | None

    def as_json(self) -> dict[str, Any]:
        """The check as in the gold files."""
        return {
            "kind": self.kind,
            "statement": self.statement,
            "inputs": self.inputs,
            "reported": self.reported,
            "computed": self.computed,
            "verdict": self.verdict,
            "note": self.note,
        }


def judge(reported: Decimal, exact: Fraction) -> str:
    """Whether a printed number is an exact one rounded (agrees), cut off (rounded), or neither (differs).

    Args:
        reported: The printed number, with the decimals it was printed with.
        exact: What it should be.
    """
    exponent = reported.as_tuple().exponent
    scale = 10 ** max(-exponent, 0) if isinstance(exponent, int) else 1
    printed = Fraction(reported) * scale
    size = abs(exact) * scale
    if floor(size + Fraction(1, 2)) == abs(printed) and (printed == 0 or (printed > 0) == (exact > 0)):
        return "agrees"
    return "rounded" if floor(size) == abs(printed) else "differs"


def _value(given: Any) -> Fraction:
    return Fraction(read_number(given) if isinstance(given, str) else Decimal(str(given)))


def _shown(exact: Fraction) -> int | float:
    return int(exact) if exact.denominator == 1 else round(float(exact), 4)


def _band(score: Fraction) -> str:
    return next(name for bound, name in BANDS if score >= bound)


_NUMERIC: dict[str, Callable[[dict[str, Any]], Fraction]] = {
    "sum": lambda given: sum((_value(one) for one in given.values()), Fraction(0)),
    "row_sum": lambda given: sum((_value(one) for one in given["cells"]), Fraction(0)),
    "column_sum": lambda given: sum((_value(one) for one in given["cells"]), Fraction(0)),
    "ratio": lambda given: _value(given["part"]) / _value(given["whole"]) * 100,
    "difference": lambda given: abs(_value(given["current"]) - _value(given["previous"])),
    "rate_of_change": lambda given: (
        abs(_value(given["current"]) - _value(given["previous"])) / _value(given["previous"]) * 100
    ),
    "count_of_list": lambda given: Fraction(len(given["items"])),
}


def work_out(kind: str, inputs: dict[str, Any], reported: str | None) -> tuple[Any, Any, str]:
    """Compute a check.

    Args:
        kind: Kind as in the contract.
        inputs: What the kind is computed from.
        reported: What is printed, or None.

    Returns:
        The reported value as in JSON, the computed one, and the verdict.

    Raises:
        ContentError: The kind is not known, or a number is missing.
    """
    if kind == "class_band":
        computed = _band(_value(inputs["score"]))
        return reported, computed, "agrees" if reported == computed else "differs"
    if kind in ("rank_bound", "maximum"):
        low, high = ("rank", "of") if kind == "rank_bound" else ("value", "max")
        value, bound = _value(inputs[low]), _value(inputs[high])
        return _shown(value), _shown(bound), "agrees" if value <= bound else "differs"
    if kind == "consistency" and "not_before" in inputs:
        agrees = inputs["date"] >= inputs["not_before"]
        return inputs["date"], inputs["not_before"], "agrees" if agrees else "differs"
    if kind == "consistency":
        values = sorted({str(one) for one in inputs["values"]})
        return reported, values, "agrees" if len(values) == 1 else "differs"
    if kind not in _NUMERIC or reported is None:
        raise ContentError(f"check {kind} cannot be worked out")
    exact = _NUMERIC[kind](inputs)
    printed = read_number(reported)
    return as_json(printed), _shown(exact), judge(printed, exact)


def check_stated(check: CheckContent) -> Checked:
    """Compute a check the composer stated.

    Args:
        check: The check.

    Raises:
        ContentError: It differs although nothing was planted, or agrees although something was.
    """
    reported, computed, verdict = work_out(check.kind, check.inputs, check.reported)
    if (verdict == "differs") != (check.planted is not None):
        raise ContentError(f"{check.statement}: {verdict}, reported {reported}, computed {computed}")
    return Checked(check.kind, check.statement, check.inputs, reported, computed, verdict, check.note, check.planted)


def _cell_check(kind: str, what: str, inputs: dict[str, Any], printed: str, planted: str | None) -> Checked:
    shown = inputs.get("cells") or [inputs["part"], inputs["whole"]]
    sign = " / " if kind == "ratio" else " + "
    statement = f"{what}: {sign.join(str(one) for one in shown)} = {printed}"
    check = CheckContent(kind=kind, statement=statement, inputs=inputs, reported=printed, planted=planted)
    return check_stated(check)


def _label(row: tuple[str, ...]) -> str:
    return next((cell for cell in row if cell and not cell.replace(".", "").isdigit()), row[0])


def _table_sum(table: TableContent, one: TableSum) -> list[Checked]:
    rows = table.rows
    names = [name.replace(" / ", " - ") for name in table.columns]
    if one.kind == "column":
        return [
            _cell_check(
                "column_sum",
                f"Cột {names[column]}",
                {"cells": [as_json(read_number(rows[row][column])) for row in one.rows]},
                rows[one.total][column],
                one.planted.get(str(column)),
            )
            for column in one.cells
        ]
    found = []
    for number in one.rows:
        row = rows[number]
        values = [as_json(read_number(row[column])) for column in one.cells]
        kind = "row_sum" if one.kind == "row" else "ratio"
        inputs: dict[str, Any] = {"cells": values} if kind == "row_sum" else {"part": values[0], "whole": values[1]}
        found.append(
            _cell_check(
                kind, f"{_label(row)}, {names[one.total]}", inputs, row[one.total], one.planted.get(str(number))
            )
        )
    return found


def check_table(table: TableContent) -> list[Checked]:
    """Compute everything a table promises to add up to.

    Args:
        table: The table.

    Raises:
        ContentError: A sum does not hold although nothing was planted, or the other way round.
    """
    return [check for one in table.sums for check in _table_sum(table, one)]
