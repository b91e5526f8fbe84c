"""Second readings: where a page has another layer of text, a figure that differs is looked up there too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from extract.checks.figures.arithmetic import FORMULAS, Formula, vn
from extract.checks.figures.terms import compared, unsigned
from extract.components.numbers import find_numbers, read_number
from extract.records import Box, CheckVerdict, Evidence, Finding, Page, Reading

_MOST: Final = 400  # figures of one finding that are looked up


def reread(findings: Iterable[Finding], reading: Reading) -> Iterator[Finding]:
    """The findings; those that differ are `misread` where a figure, as another layer has it, makes them hold."""
    pages = {page.number: page for page in reading.letter.pages if page.other_layers}
    for one in findings:
        formula = FORMULAS.get(one.kind)
        if not pages or formula is None or one.verdict is not CheckVerdict.DIFFERS:
            yield one
            continue
        said = _explained(one, formula, pages)
        yield one if said is None else replace(one, verdict=CheckVerdict.MISREAD, note=f"{one.note}; {said}")


def _explained(one: Finding, formula: Formula, pages: Mapping[int, Page]) -> str | None:
    """The figure that another layer has otherwise and that makes the finding hold, in words."""
    try:
        values = [Decimal(value) for _, value in one.inputs]
        reported, made = (Decimal(figure) for figure in unsigned(one))
    except InvalidOperation:
        return None
    if not values or (formula.made_of(values) or Decimal(0)) != made:
        return None  # made by a formula of its own
    for entry in one.evidence[:_MOST]:
        printed = read_number(entry.text)
        if printed is None or entry.page not in pages:
            continue
        for other in _others(entry, pages[entry.page]):
            if other == printed:
                continue
            for index, value in enumerate([*values, reported]):
                if value != printed:
                    continue
                changed = [*values[:index], other, *values[index + 1 :]] if index < len(values) else values
                computed = formula.value(changed)
                told = reported if index < len(values) else other
                if computed is not None and compared(formula, told, computed).verdict is CheckVerdict.AGREES:
                    return f"khớp nếu {vn(printed)} đọc là {vn(other)}, như lớp chữ khác của trang ghi"
    return None


def _others(entry: Evidence, page: Page) -> Iterator[Decimal]:
    """The figures that the other layers of a page have where the evidence stands."""
    if entry.box is None:
        return
    for layer in page.other_layers:
        words = [
            word.text
            for line in layer.lines
            for word in line.words
            if word.box is not None and _is_over(word.box, entry.box)
        ]
        numbers = [number.value for number in find_numbers(" ".join(words)[:80]) if number.value is not None]
        if len(numbers) == 1:
            yield numbers[0]


def _is_over(one: Box, other: Box) -> bool:
    """Whether the middle of one box lies in another."""
    x, y = (one.x0 + one.x1) / 2, (one.y0 + one.y1) / 2
    return other.x0 <= x <= other.x1 and other.y0 <= y <= other.y1
