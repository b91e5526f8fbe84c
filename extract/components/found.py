"""What the pipes before have found, for the pipes after: records with their place in the flow text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from extract.records import Citation, Classification, DateMention, Figure, Header, Proof, Rank, Score, Table, Task

R = TypeVar("R", covariant=True)


@dataclass(frozen=True, slots=True)
class Located(Generic[R]):
    """A record and the span `start`..`end` of `reading.flow.text` that states it."""

    start: int
    end: int
    record: R


class BodyKind(StrEnum):
    """What a mention of a body names."""

    BODY = "body"  # an organisation: Sở Nội vụ, UBND tỉnh, Văn phòng Chính phủ
    PERSON = "person"  # an office held by a person: Chủ tịch UBND tỉnh, Giám đốc Sở
    PLACE = "place"  # a unit of territory: tỉnh Hậu Giang


@dataclass(frozen=True, slots=True)
class Body:
    """A mention of a body.

    `name` is the mention as a full name with its capitals restored; `entry` is the id of the
    gazetteer entry it resolves to, None where it is unknown or ambiguous.
    """

    name: str
    kind: BodyKind
    entry: str | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found so far, in reading order; a field is empty until its pipe has run.

    `dates` hold every day, month, quarter or year that is a date of its own, `periods` every stretch of
    time, and `citation_dates` the dates that belong to a citation.
    """

    header: Header = field(default_factory=Header)
    citations: tuple[Located[Citation], ...] = ()
    dates: tuple[Located[DateMention], ...] = ()
    periods: tuple[Located[DateMention], ...] = ()
    citation_dates: tuple[Located[DateMention], ...] = ()
    bodies: tuple[Located[Body], ...] = ()
    tables: tuple[Located[Table], ...] = ()
    scores: tuple[Located[Score], ...] = ()
    ranks: tuple[Located[Rank], ...] = ()
    classifications: tuple[Located[Classification], ...] = ()
    figures: tuple[Located[Figure], ...] = ()
    tasks: tuple[Located[Task], ...] = ()
