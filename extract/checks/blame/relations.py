"""Findings as relations of printed figures: which figures stand in them, and what each must be for them to hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from extract.checks.changes.rises import BEFORE
from extract.checks.figures.arithmetic import (
    DIFFERENCE,
    FORMULAS,
    MEAN,
    RATE,
    SAME,
    SHARE,
    SUM,
    Formula,
    per,
    plain,
    printed_decimals,
)
from extract.checks.figures.terms import compared, unsigned
from extract.checks.figures.verdict import nearest
from extract.components.numbers import find_numbers, read_number
from extract.records import CheckKind, CheckVerdict, Evidence, Finding

Place = tuple[int, int]
"""Where a figure stands in the repaired text."""

_OWN: Final = (CheckKind.COUNT_OF_LIST, CheckKind.MAXIMUM)  # of arithmetic of their own
_TWICE: Final = ({"table", "text"}, {"first", "again"})  # inputs of a figure that is told in two places
_PER_CENT: Final = 100
_SEVERAL: Final = 2  # figures that are no mean
_MOST: Final = 60  # figures of one relation


@dataclass(frozen=True, slots=True)
class Relation:
    """A finding as figures; the reported one stands first.

    `formula` is None where the finding has arithmetic of its own, or figures that stand nowhere: then only what it
    computes is known.
    """

    made: Finding
    places: tuple[Place, ...]
    values: tuple[Decimal, ...]
    computed: Decimal
    formula: Formula | None
    taken: frozenset[Place] = frozenset()
    """Figures that are taken away."""

    @property
    def fails(self) -> bool:
        """Whether it does not hold as printed."""
        return self.made.verdict.is_wrong

    @property
    def is_exact(self) -> bool:
        """Whether it is a sum or a difference, which no rounding excuses."""
        return self.formula in (SUM, DIFFERENCE)

    @property
    def is_bound(self) -> bool:
        """Whether it only says what its figure cannot be more than."""
        return self.made.kind is CheckKind.MAXIMUM

    @property
    def gap(self) -> Decimal:
        """How far it is from holding, as a part of its figure."""
        return abs(self.values[0] - self.computed) / max(self.values[0], self.computed, Decimal(1))

    @property
    def length(self) -> tuple[int, bool]:
        """How much of it must be read to see what one of its figures should be."""
        return len(self.places), self.made.kind is CheckKind.COLUMN_SUM

    @property
    def terms(self) -> list[Decimal]:
        """The figures that make the reported one, those that are taken away below zero."""
        given = zip(self.places[1:], self.values[1:], strict=True)
        return [-value if at in self.taken else value for at, value in given]

    def entry(self, place: Place) -> Evidence:
        """Where one of its figures stands."""
        return self.made.evidence[self.places.index(place)]

    def is_of_table(self, place: Place) -> bool:
        """Whether one of its figures is a cell of a table."""
        return self.entry(place).component.startswith("tables.")

    def holds(self, place: Place, value: Decimal) -> bool:
        """Whether it holds where one of its figures has another value."""
        if self.is_bound:
            return value <= self.computed
        if self.formula is None:
            if place != self.places[0]:
                return not self.fails
            return nearest(self.computed, printed_decimals(self.values[0])) == value
        reported, terms = self.values[0], self.terms
        if place == self.places[0]:
            reported = value
        elif place in self.places:
            terms[self.places.index(place) - 1] = -value if place in self.taken else value
        computed = self.formula.value(terms)
        return computed is not None and compared(self.formula, reported, computed).verdict is not CheckVerdict.DIFFERS

    def needed(self, place: Place) -> Decimal | None:
        """The value of one of its figures that makes it hold, as they stand; None where there is not just one."""
        return next(iter(self.ways(place)), None)

    def ways(self, place: Place) -> tuple[Decimal, ...]:
        """The values of one of its figures that make it hold, those that keep the order of a difference first."""
        if self.is_bound:
            return ()
        if place == self.places[0]:
            return (nearest(self.computed, printed_decimals(self.values[0])),)
        reported, terms = self.values[0], self.terms
        at = self.places.index(place) - 1
        if self.formula is SUM:
            right = terms[at] + reported - self.computed
            return (-right if place in self.taken else right,)
        if self.formula is DIFFERENCE:
            more, less = terms[1 - at] + reported, terms[1 - at] - reported
            return (more, less) if terms[at] >= terms[1 - at] else (less, more)
        return (reported,) if self.formula is SAME else ()


def relation_of(made: Finding) -> Relation | None:
    """A finding as a relation of figures; None where it is none, or its figure stands nowhere."""
    formula = FORMULAS.get(made.kind)
    if made.kind is CheckKind.CONSISTENCY and {name for name, _ in made.inputs} not in _TWICE:
        formula = MEAN if len(made.inputs) > _SEVERAL else None
    alone = made.kind in _OWN or [name for name, _ in made.inputs] == ["rank"]
    if (formula is None and not alone) or not made.evidence:
        return None
    try:
        computed = Decimal(unsigned(made)[1])
    except InvalidOperation:
        return None
    first = _figure(made.evidence[0], made.reported or "")
    if first is None:
        return None
    texts = [made.computed or ""] if formula is SAME else [value for _, value in made.inputs]
    if formula is RATE and [name for name, _ in made.inputs][1:] == [BEFORE] and len(made.evidence) == len(texts):
        formula, texts = _from_change(*map(Decimal, texts)), texts[:1]
    inputs = _inputs(made.evidence[1:_MOST], texts)
    if formula is SHARE and inputs is None and (split := _of_sums(made)) is not None:
        formula, inputs = split
    if formula is None or inputs is None:
        return Relation(made, (first[0],), (first[1],), computed, None)
    places = (first[0], *(place for place, _ in inputs))
    values = (first[1], *(abs(value) for _, value in inputs))
    taken = frozenset(place for place, value in inputs if value < 0)
    right = formula.made_of([value for _, value in inputs])
    if formula is SHARE and right and computed and plain(right) != plain(computed):
        formula = per(int((computed / right * _PER_CENT).log10().to_integral_value()))
        right = formula.made_of([value for _, value in inputs])
    own = right is None or plain(right) != plain(computed) or len(set(places)) != len(places)
    return Relation(made, places, values, computed, None if own else formula, taken)


def _inputs(proof: Sequence[Evidence], texts: Sequence[str]) -> list[tuple[Place, Decimal]] | None:
    """The figures of some words in turn; cells of a sum that show nothing stand nowhere. None where others do not."""
    found: list[tuple[Place, Decimal]] = []
    for text in texts:
        one = _figure(proof[len(found)], text) if len(found) < len(proof) else None
        if one is not None:
            found.append((one[0], one[1].copy_sign(-1) if text.startswith("-") else one[1]))
        elif text != "0":
            return None
    return found if len(found) == len(proof) else None


def _of_sums(made: Finding) -> tuple[Formula, list[tuple[Place, Decimal]]] | None:
    """A share of figures that are added up first, with these; None where they do not make its part and its whole."""
    if len(made.inputs) != _SEVERAL or len(made.evidence) > _MOST:
        return None
    part, whole = (Decimal(value) for _, value in made.inputs)
    given = [_only_figure(entry) for entry in made.evidence[1:]]
    told = [one for one in given if one is not None]
    values = [value for _, value in told]
    if len(told) < max(len(given), _SEVERAL):
        return None
    for count in range(1, len(values)):
        if sum(values[:count]) == part and (sum(values[count:]) == whole or (count == 1 and sum(values) == whole)):
            low = 0 if sum(values[count:]) != whole else count
            return _share_of_sums(count, low), told
    return None


def _share_of_sums(count: int, low: int) -> Formula:
    """A share of what the first `count` figures make, of what those from `low` on make."""
    return Formula(
        lambda values: SHARE.value([sum(values[:count], Decimal(0)), sum(values[low:], Decimal(0))]), SHARE.written
    )


def _only_figure(entry: Evidence) -> tuple[Place, Decimal] | None:
    """The one figure of some words, and where it stands; None where they have several, or none."""
    numbers = [number for number in find_numbers(entry.text) if number.value is not None]
    if len(numbers) != 1 or numbers[0].value is None:
        return None
    return (entry.start + numbers[0].start, entry.start + numbers[0].end), numbers[0].value


def _from_change(now: Decimal, before: Decimal) -> Formula:
    """The rate of a value of which only the change is printed: "56 đảng viên, giảm 4 (6,67%)"."""
    return Formula(lambda values: RATE.value([values[0], values[0] - now + before]), RATE.written)


def _figure(entry: Evidence, text: str) -> tuple[Place, Decimal] | None:
    """The figure of some words that has a value, and where it stands."""
    wanted = text.lstrip("-")
    for number in find_numbers(entry.text):
        if number.value is not None and plain(number.value) == wanted:
            return (entry.start + number.start, entry.start + number.end), number.value
    whole = read_number("".join(entry.text.split()))  # "2.596, 1" in a cell of a scan
    return ((entry.start, entry.end), whole) if whole is not None and plain(whole) == wanted else None


def by_place(relations: list[Relation], wanted: Callable[[Place], bool]) -> dict[Place, list[Relation]]:
    """The relations that each figure stands in."""
    found: dict[Place, list[Relation]] = {}
    for one in relations:
        for place in one.places:
            if wanted(place):
                found.setdefault(place, []).append(one)
    return found
