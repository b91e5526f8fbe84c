"""What was found in a letter as sections of short rows for people; text and HTML print the same ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.records import (
    CheckVerdict,
    Citation,
    DateRole,
    Figure,
    Finding,
    Header,
    HeaderRule,
    Letter,
    Page,
    Proof,
    Rank,
    Reading,
    Records,
    Score,
    Table,
    Task,
)

_LONGEST_PLAIN = 30  # digits; beyond it a figure is printed with an exponent


@dataclass(frozen=True, slots=True)
class Row:
    """One record: `label` says what or where, `text` what it says, `weight` marks what needs a look."""

    label: str
    text: str
    weight: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its rows."""

    title: str
    rows: tuple[Row, ...]


def letter_sections(
    letter: Letter, reading: Reading, records: Records, findings: Sequence[Finding], how: str | None = None
) -> tuple[Section, ...]:
    """The sections that have something to say, in the order a reader wants them.

    Checks that agree are counted only, and `how` tells where they are to be had; without it they are listed.
    """
    agree = tuple(finding for finding in findings if finding.verdict is CheckVerdict.AGREES)
    dates = [mention for mention in records.dates if mention.role is not DateRole.CITATION]
    sections = (
        Section("File", _file(letter)),
        Section("Header", tuple(_header(records.header))),
        Section("Checks", _checks(findings, len(agree), how)),
        Section("Tasks", tuple(map(_task, records.tasks))),
        Section("Citations", tuple(map(_citation, records.citations))),
        Section("Dates", tuple(Row(_at(date.evidence), f"{date.iso}  {date.role}  “{date.text}”") for date in dates)),
        Section("Scores", tuple(map(_score, records.scores))),
        Section("Ranks", tuple(map(_rank, records.ranks))),
        Section(
            "Classes",
            tuple(
                Row(_at(given.evidence), _joined(given.class_, given.org, given.period))
                for given in records.classifications
            ),
        ),
        Section("Figures", tuple(map(_figure, records.figures))),
        *(Section(f"Table: {table.title or 'without a title'}", tuple(_rows(table))) for table in records.tables),
        Section("What agrees", tuple(map(_check, agree)) if how is None else ()),
        Section("Repairs", tuple(_repairs(reading))),
    )
    return tuple(section for section in sections if section.rows)


def in_words(value: Decimal | None) -> str:
    """A figure in the notation of the letters: 12.335 and 67,9; nothing for None."""
    if value is None:
        return ""
    if not value.is_finite() or abs(value.adjusted()) > _LONGEST_PLAIN:
        return str(value)
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def in_full(number: str | None, symbol: str | None, proof: Proof) -> str:
    """Number and symbol as the letter prints them: 766/QĐ-TTg, and 03-NQ/TU with the hyphen of the party.

    Where the evidence shows neither, a symbol that has a stroke of its own is taken for one of the party.
    """
    printed = re.sub(r"[–—]", "-", "".join("".join(entry.text for entry in proof).split()))
    joined = ("/".join(filter(None, (number, symbol))), "-".join(filter(None, (number, symbol))))
    party = joined[1] in printed or (symbol is not None and "/" in symbol)
    return joined[0] if joined[0] in printed or not party else joined[1]


def _file(letter: Letter) -> tuple[Row, ...]:
    rows = [Row("path", letter.path), Row("kind", f"{letter.media_type}, {_count(len(letter.pages), 'page')}")]
    return (*rows, Row("sha256", letter.sha256), *map(_page, letter.pages))


def _page(page: Page) -> Row:
    reasons = f" ({'; '.join(page.verdict.reasons)})" if page.verdict.reasons else ""
    sure = "" if page.confidence is None else f", confidence {page.confidence:.2f}"
    return Row(f"page {page.number}", f"read from {page.source}{sure}; text as received: {page.verdict.kind}{reasons}")


def _header(header: Header) -> Iterable[Row]:
    fields = (
        ("number", _number(header)),
        ("type", header.doc_type),
        ("issuer", header.issuer),
        ("under", header.parent_issuer),
        ("place", header.place),
        ("date", _date(header)),
        ("subject", header.subject),
        ("to", "; ".join(header.recipients)),
        ("copies", "; ".join(header.copies)),
        ("signed", _joined(header.sign_authority, header.signer_title, header.signer)),
    )
    return (Row(label, text) for label, text in fields if text)


def _number(header: Header) -> str:
    """Number and symbol, with what is said of a number that was not read."""
    rules = {entry.component for entry in header.evidence}
    number = header.number
    if number is None and header.symbol is not None:
        number = (
            "(not read)"
            if HeaderRule.NUMBER_NOT_READ in rules
            else "(blank)"
            if HeaderRule.NUMBER_BLANK in rules
            else None
        )
    return in_full(number, header.symbol, header.evidence)


def _date(header: Header) -> str | None:
    """The date, with what is said of its day."""
    rules = {entry.component for entry in header.evidence}
    if header.date is not None and HeaderRule.SIGNATURE_STAMP in rules:
        return f"{header.date} (day from the stamp of the signature)"
    return (
        f"{header.date} (day not read)" if header.date is not None and HeaderRule.DAY_NOT_READ in rules else header.date
    )


_TO_SHOW = (CheckVerdict.DIFFERS, CheckVerdict.MISREAD, CheckVerdict.ROUNDED)


def _checks(findings: Sequence[Finding], agree: int, how: str | None) -> tuple[Row, ...]:
    """What needs a look, the weightiest first, and how much agrees."""
    rows = [_check(finding) for verdict in _TO_SHOW for finding in findings if finding.verdict is verdict]
    agreeing = f"{_count(agree, 'check')} agree{'s' if agree == 1 else ''} ({how or 'listed below'})"
    return (*rows, *([Row("", agreeing)] if agree else []))


def _check(finding: Finding) -> Row:
    compared = "" if finding.reported is None else f": reported {finding.reported}, computed {finding.computed}"
    note = f" — {finding.note}" if finding.note else ""
    wrong = finding.verdict.is_wrong
    return Row(_at(finding.evidence), f"{finding.verdict.upper()}  {finding.statement}{compared}{note}", wrong)


def _task(task: Task) -> Row:
    who = "; ".join(task.assignees) or "nobody named"
    helped = f" (with {'; '.join(task.coordinators)})" if task.coordinators else ""
    due = task.deadline or task.recurrence or task.deadline_text
    when = f" [{due}{f', {task.deadline_relation}' if task.deadline_relation else ''}]" if due else ""
    return Row(_at(task.evidence), f"{who}{helped}: {task.action}{when}")


def _citation(citation: Citation) -> Row:
    sign = in_full(citation.number, citation.symbol, citation.evidence)
    return Row(_at(citation.evidence), _joined(citation.doc_type, sign, citation.date, citation.issuer))


def _score(score: Score) -> Row:
    value = in_words(score.value) + (f"/{in_words(score.max)}" if score.max is not None else "")
    change = f"change {in_words(score.change)} {score.change_unit or ''}".strip() if score.change is not None else None
    before = f"before {in_words(score.previous)}" if score.previous is not None else None
    text = _joined(value, score.indicator, score.org, score.period, score.as_of, change, before)
    return Row(_at(score.evidence), text)


def _rank(rank: Rank) -> Row:
    place = rank.text if rank.rank is None else str(rank.rank) + (f" of {rank.of}" if rank.of is not None else "")
    change = f"change {rank.change:+d}" if rank.change is not None else None
    return Row(_at(rank.evidence), _joined(place, rank.indicator, rank.org, rank.period, change))


def _figure(figure: Figure) -> Row:
    value = f"{in_words(figure.value)} {figure.unit or ''}".strip()
    return Row(_at(figure.evidence), _joined(value, figure.what, figure.org, figure.period))


def _rows(table: Table) -> Iterable[Row]:
    if table.columns:
        yield Row("", " | ".join(table.columns))
    for number, cells in enumerate(table.rows, 1):
        yield Row(str(number), " | ".join(cell or "" for cell in cells))


def _repairs(reading: Reading) -> Iterable[Row]:
    for cause, count in Counter(edit.cause for edit in reading.repaired.edits).most_common():
        yield Row(str(cause), _count(count, "edit"))
    if reading.repaired.doubts:
        yield Row("left as read", _count(len(reading.repaired.doubts), "doubtful place"))


def _at(evidence: Proof) -> str:
    return f"line {evidence[0].line}" if evidence else ""


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
