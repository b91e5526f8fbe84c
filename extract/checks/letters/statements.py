"""What a letter states that another can state too: a figure of an indicator or count, for a body and a period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from extract.checks.figures.places import span_of
from extract.records import Figure, Header, Proof, Rank, Records, Score, Task
from gazetteer import load_gazetteer
from gazetteer.keys import folded

Key = tuple[str, ...]
_YEAR: Final = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b")
_NEXT: Final = re.compile(r"\s+(?:và|,)\s+\d")  # the count behind it
_TELLING: Final = 4  # words a count must be described by to be the same count in another letter
_PARTICULAR: Final = 6  # words that leave no doubt which count is meant
_SAID_ANYHOW: Final = frozenset(
    ("số", "tổng", "cộng", "đã", "được", "là", "có", "các", "của", "tại", "trên", "địa", "bàn")
)
# Bodies that speak for the whole unit; a department's letter counts its own.
_FOR_THE_UNIT: Final = ("uy ban nhan dan", "hoi dong nhan dan", "van phong uy ban", "tinh uy", "thanh uy", "huyen uy")
_REPORT: Final = re.compile(r"\bbáo cáo\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stored:
    """A letter of an archive with its records."""

    id: str
    records: Records

    @property
    def name(self) -> str:
        """Number and symbol, the id where it has none."""
        header = self.records.header
        return "/".join(part for part in (header.number, header.symbol) if part) or self.id

    @property
    def identity(self) -> Key:
        """Equal for scans of one letter."""
        header = self.records.header
        where = header.place or header.issuer
        if header.number and header.symbol and header.date and where:
            return header.number, folded(header.symbol), header.date, folded(where)
        return (self.id,)


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure a letter gives for a body and a period: a score, a rank, or a count.

    `is_particular`: its words leave no doubt that another letter with the same words means the same count.
    """

    what: str
    org: str
    period: str
    value: Decimal
    as_of: str | None
    proof: Proof
    is_particular: bool = True


def compared(records: Records) -> Records:
    """The records that letters are compared by, so that a large archive finds room in memory."""
    header = records.header
    return Records(
        header=header,
        citations=records.citations,
        scores=records.scores,
        ranks=records.ranks,
        figures=tuple(
            replace(one, evidence=one.evidence[:1]) for one in records.figures if _of_figure(one, header) is not None
        ),
        tasks=tuple(replace(one, evidence=one.evidence[:1]) for one in records.tasks if is_report(one)),
    )


def is_report(task: Task) -> bool:
    """Whether a task asks for a report by a day, which the archive may hold."""
    return bool(task.assignees) and task.deadline is not None and bool(task.report_to or _REPORT.search(task.action))


def statements(letter: Stored) -> Iterator[tuple[Key, Statement]]:
    """Statements with the key under which another letter would make the same one.

    A score counted to a day is that of the day, whatever period the sentence names.
    """
    header = letter.records.header
    key: Key
    for score in letter.records.scores:
        body = body_of(score.org, header)
        when = score.as_of or score.period
        if score.indicator and body and when:
            indicator = score.indicator_id or folded(score.indicator)
            key = ("score", indicator, body, when, "day" if score.as_of else "period")
            yield key, statement(score.indicator, score, score.value, score.as_of)
    for rank in letter.records.ranks:
        body = body_of(rank.org, header)
        if rank.rank is not None and rank.indicator and body and rank.period:
            key = ("rank", rank.indicator_id or folded(rank.indicator), body, rank.period)
            yield key, statement(rank.indicator, rank, Decimal(rank.rank), None)
    for figure in letter.records.figures:
        found = _of_figure(figure, header)
        if found is not None:
            yield found


def _of_figure(figure: Figure, header: Header) -> tuple[Key, Statement] | None:
    what = _NEXT.split(figure.what or "")[0]
    period = figure.period or _year(header)
    if period is None or len(what.split()) < _TELLING:
        return None
    body = body_of(figure.org, header) if figure.org or speaks_for_its_unit(header) else issuer_of(header)
    if body is None:
        return None
    counted = _counted(what)
    key = ("figure", counted, folded(figure.unit or ""), body, period)
    particular = len(counted.split()) >= _PARTICULAR
    return key, replace(statement(what, figure, figure.value, None), period=period, is_particular=particular)


def _counted(what: str) -> str:
    """What is counted, in any order of words: "hồ sơ đã tiếp nhận" and "Tiếp nhận hồ sơ" count one thing."""
    told = what.lower().split()
    return folded(" ".join(sorted({word for word in told if word not in _SAID_ANYHOW} or told)))


def statement(what: str | None, record: Score | Rank | Figure, value: Decimal, as_of: str | None) -> Statement:
    """What a record states."""
    return Statement(what or "", record.org or "", record.period or "", value, as_of, record.evidence)


def body_of(org: str | None, header: Header) -> str | None:
    """The body a statement is about, as an entry of the gazetteer where it is one; else the issuer's place."""
    if org is not None:
        return entry(org, _day(header), header.place)[0] or folded(org)
    return entry(header.issuer, _day(header), header.place)[1] if header.issuer else None


def issuer_of(header: Header) -> str | None:
    """The body that issued a letter, as an entry of the gazetteer where it is one."""
    if header.issuer is None:
        return None
    return entry(header.issuer, _day(header), header.place)[0] or folded(header.issuer)


def speaks_for_its_unit(header: Header) -> bool:
    """Whether the issuer's figures are those of its province, district or commune."""
    return folded(header.issuer or "").startswith(_FOR_THE_UNIT)


@lru_cache(maxsize=4096)
def entry(name: str, on: date | None, within: str | None = None) -> tuple[str | None, str | None]:
    """The id of the entry a name means, and of the unit it belongs to."""
    chosen = load_gazetteer().resolve(name, on=on, within=within).chosen
    return (chosen.id, chosen.parent) if chosen is not None else (None, None)


def _day(header: Header) -> date | None:
    span = span_of(header.date)
    return span[1] if span is not None else None


def _year(header: Header) -> str | None:
    """The one year a letter is about by its subject."""
    years = set(_YEAR.findall(header.subject or ""))
    return years.pop() if len(years) == 1 else None
