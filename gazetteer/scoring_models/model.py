"""The types of a scoring model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gazetteer.keys import folded


class Rule(StrEnum):
    """How the parts of a form make the total."""

    SUM = "sum"
    WEIGHTED = "weighted"  # sum of weight times part, times a factor


@dataclass(frozen=True, slots=True)
class Band:
    """A class and its scores: at_least <= score < below; None is open. Not `verified`: known from memory only."""

    name: str
    at_least: Decimal | None
    below: Decimal | None
    verified: bool

    def holds(self, score: Decimal) -> bool:
        """Whether a score falls into the class."""
        return (self.at_least is None or self.at_least <= score) and (self.below is None or score < self.below)


@dataclass(frozen=True, slots=True)
class Denominator:
    """How many were ranked in one year's edition, where that is not the number of all."""

    of: int
    year: int
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A component of the model.

    `max` and `min` are its bounds in points, `weight` its share of the total (0..1), `parent` the indicator it belongs
    to. Full points are given at the share `full_at` (0..1), below it in proportion. `part` and `whole` are the words by
    which letters call the two counts of that share. Not `verified`: name or points are known from memory only; not
    `formula_verified`: how points follow from counts is.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    max: Decimal | None = None
    min: Decimal | None = None
    weight: Decimal | None = None
    parent: str | None = None
    full_at: Decimal | None = None
    formula: str | None = None
    part: str | None = None
    whole: str | None = None
    verified: bool = False
    formula_verified: bool = False

    def points(self, part: Decimal, whole: Decimal) -> Decimal | None:
        """Points for `part` of `whole`, None where the model does not say how they are given."""
        if self.max is None or self.full_at is None or whole <= 0:
            return None
        return self.max * min(Decimal(1), part / whole / self.full_at)


@dataclass(frozen=True, slots=True)
class Form:
    """One way the total is made of indicators; an index can be published in several."""

    name: str
    parts: tuple[str, ...]
    rule: Rule = Rule.SUM
    factor: Decimal = Decimal(1)
    tolerance: Decimal = Decimal(0)

    def total(self, points: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal:
        """The total that the points of the parts make.

        Raises:
            KeyError: a part has no points, or no weight where the rule asks for one.
        """
        if self.rule is Rule.SUM:
            return sum((points[part] for part in self.parts), Decimal(0))
        return self.factor * sum((weights[part] * points[part] for part in self.parts), Decimal(0))


@dataclass(frozen=True, slots=True, eq=False)
class ScoringModel:
    """An index: names, validity, total, classes, indicators and how they make the total.

    `ranks` says what is ranked: "provinces", or anything else; `provinces_only`: no other body has a score on it.
    `classes` are names without bands (quartiles). `change_in_points`: changes are stated in points of the scale even
    where "%" is printed. Models are told apart by identity, not content: a file is read once.
    """

    id: str
    name: str
    total: Decimal
    unit: str
    source: str
    aliases: tuple[str, ...] = ()
    document: str | None = None
    version: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    ranks: str | None = None
    provinces_only: bool = False
    ties: bool = False
    change_in_points: bool = False
    classes: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    denominators: tuple[Denominator, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    forms: tuple[Form, ...] = ()
    path: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether the model was in force that day; open ends count."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def indicator(self, id_: str) -> Indicator:
        """The indicator with that id.

        Raises:
            KeyError: none has it.
        """
        for indicator in self.indicators:
            if indicator.id == id_:
                return indicator
        raise KeyError(id_)

    def band_of(self, score: Decimal) -> Band | None:
        """The class a total falls into, None where the model has no bands or none holds it."""
        return next((band for band in self.bands if band.holds(score)), None)

    def band_named(self, name: str) -> Band | None:
        """The band of that class, compared without marks and case."""
        key = folded(name)
        return next((band for band in self.bands if folded(band.name) == key), None)

    def bands_in_words(self) -> str:
        """The bands on one line: "Xuất sắc ≥ 90; Tốt 80 – < 90; …"."""
        return "; ".join(_in_words(band) for band in self.bands)


def _in_words(band: Band) -> str:
    if band.below is None:
        return f"{band.name} ≥ {band.at_least}"
    if band.at_least is None:
        return f"{band.name} < {band.below}"
    return f"{band.name} {band.at_least} – < {band.below}"
