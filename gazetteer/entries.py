"""What the gazetteer holds and answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a name is the name of."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    BODY = "body"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name.

    `valid_from` and `valid_to` are its first and last day, None where open or not known. `parent` and
    `successors` are ids; `unit_type` is tỉnh, huyện, sở …; `proper_name` is the name without it.
    """

    id: str
    kind: Kind
    name: str
    unit_type: str | None
    proper_name: str
    short_names: tuple[str, ...] = ()
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    source: str = ""

    def valid_on(self, day: date) -> bool:
        """Whether the entry stood on that day; open ends count as standing."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that could be meant; `score` is 0..1, `how` is exact, folded or fuzzy."""

    entry: Entry
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name resolves to, and why.

    `chosen` is None where nothing fits or several fit as well; `margin` is the distance (0..1) between the best and the
    next best candidate.
    """

    query: str
    chosen: Entry | None
    candidates: tuple[Candidate, ...]
    margin: float
    reason: str
    successors: tuple[Entry, ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether several entries fit and none was taken."""
        return self.chosen is None and len(self.candidates) > 1
