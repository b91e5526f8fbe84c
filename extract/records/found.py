"""What is found in a letter: typed records, each with its evidence.

Field names and the way values are written are those of the public JSON
(docs/contract.md). Figures are `Decimal`, missing is None, lists are tuples.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extract.records.pages import Box


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a record stands on the page.

    `line` counts from 1 over the letter; `start` and `end` are offsets into the repaired
    text of the letter; `component` names the pipe and rule; `confidence` is that of the
    reading (0..1), not of the fact.
    """

    page: int
    line: int
    box: Box | None
    raw: str
    text: str
    start: int
    end: int
    component: str
    confidence: float | None


Proof = tuple[Evidence, ...]


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class DateRole(StrEnum):
    """What a date does in the letter."""

    LETTER_DATE = "letter_date"
    AS_OF = "as_of"
    DEADLINE = "deadline"
    EVENT = "event"
    PERIOD = "period"
    PERIOD_START = "period_start"  # the first and last day of a stretch: "từ ngày 15/12/2022 đến ngày 14/6/2023"
    PERIOD_END = "period_end"
    CITATION = "citation"  # not exported among dates: it stands with its citation
    OTHER = "other"


class DeadlineRelation(StrEnum):
    """How a deadline binds."""

    BEFORE = "before"
    ON = "on"
    WITHIN = "within"
    BY_END_OF = "by_end_of"
    RECURRING = "recurring"


class CheckKind(StrEnum):
    """What is recomputed."""

    SUM = "sum"
    RATIO = "ratio"
    DIFFERENCE = "difference"
    RATE_OF_CHANGE = "rate_of_change"
    ROW_SUM = "row_sum"
    COLUMN_SUM = "column_sum"
    COUNT_OF_LIST = "count_of_list"
    RANK_BOUND = "rank_bound"
    CLASS_BAND = "class_band"
    MAXIMUM = "maximum"
    CONSISTENCY = "consistency"


class CheckVerdict(StrEnum):
    """What recomputing says of the reported figure."""

    AGREES = "agrees"
    ROUNDED = "rounded"
    MISREAD = "misread"
    DIFFERS = "differs"

    @property
    def is_wrong(self) -> bool:
        """Whether the figure does not hold as it was read."""
        return self in (CheckVerdict.MISREAD, CheckVerdict.DIFFERS)


class HeaderRule(StrEnum):
    """How number and date of a header were read, as the component of its evidence says."""

    NUMBER = "header.number"
    NUMBER_NOT_READ = "header.number_not_read"  # by hand or damaged: only the symbol is certain
    NUMBER_BLANK = "header.number_blank"  # not filled in
    PLACE_DATE = "header.place_date"
    DAY_NOT_READ = "header.day_not_read"  # by hand, damaged or not filled in
    SIGNATURE_STAMP = "header.signature_stamp"  # the day from the stamp of the electronic signature


@dataclass(frozen=True, slots=True)
class Header:
    """The formal parts of a letter (thể thức) that Decree 30/2020 prescribes."""

    number: str | None = None
    symbol: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    parent_issuer: str | None = None
    place: str | None = None
    date: str | None = None
    subject: str | None = None
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    signer: str | None = None
    signer_title: str | None = None
    sign_authority: str | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document (viện dẫn)."""

    doc_type: str | None
    number: str | None
    symbol: str | None
    date: str | None
    issuer: str | None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period; `iso` is YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY or start/end."""

    iso: str
    text: str
    precision: Precision
    role: DateRole
    note: str | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Points of a body on an indicator (điểm số)."""

    indicator: str | None
    value: Decimal
    indicator_id: str | None = None
    model: str | None = None
    org: str | None = None
    period: str | None = None
    max: Decimal | None = None
    as_of: str | None = None
    previous: Decimal | None = None
    change: Decimal | None = None
    change_unit: str | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in a ranking (vị thứ, xếp hạng); `change` > 0 is a rise."""

    text: str
    rank: int | None
    of: int | None = None
    change: int | None = None
    indicator: str | None = None
    indicator_id: str | None = None
    model: str | None = None
    org: str | None = None
    period: str | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Classification:
    """A class given to a body (xếp loại)."""

    org: str | None
    class_: str
    period: str | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported count, share or amount, with the words that say what it counts."""

    what: str | None
    value: Decimal
    unit: str | None
    org: str | None = None
    period: str | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its printed notation; None is an empty cell.

    `cell_evidence[row][column]` runs beside `rows`.
    """

    title: str | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    cell_evidence: tuple[tuple[Evidence | None, ...], ...] = ()
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody is ordered or asked to do (nhiệm vụ)."""

    action: str
    section: str | None = None
    assignees: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    deadline: str | None = None
    deadline_text: str | None = None
    deadline_relation: DeadlineRelation | None = None
    recurrence: str | None = None
    report_to: str | None = None
    citations: tuple[str, ...] = ()
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A reported figure recomputed.

    `inputs` are (name, value as text) pairs; `reported` and `computed` are texts with a
    point as decimal mark, or a class name; `note` shows the arithmetic as a person would.
    """

    kind: CheckKind
    statement: str
    inputs: tuple[tuple[str, str], ...]
    reported: str | None
    computed: str | None
    verdict: CheckVerdict
    note: str | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Records:
    """Everything found in one letter."""

    header: Header = Header()
    citations: tuple[Citation, ...] = ()
    dates: tuple[DateMention, ...] = ()
    scores: tuple[Score, ...] = ()
    ranks: tuple[Rank, ...] = ()
    classifications: tuple[Classification, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    tasks: tuple[Task, ...] = ()
