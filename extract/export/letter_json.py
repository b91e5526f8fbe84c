"""One letter as JSON, in the public form of docs/contract.md."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal

from extract.records import (
    Box,
    Citation,
    Classification,
    DateMention,
    DateRole,
    Evidence,
    Figure,
    Finding,
    Letter,
    Page,
    Rank,
    Reading,
    Records,
    Score,
    Table,
    Task,
)
from extract.store import storable

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_LARGEST_EXPONENT = 300  # of ten; no double holds more


def letter_json(letter: Letter, reading: Reading, records: Records, findings: Sequence[Finding]) -> dict[str, Json]:
    """Everything found in the letter, ready for `json.dumps`.

    Boxes are [x0, y0, x1, y1] in points of the original page, origin top left; lines count
    from 1 over the letter; offsets of edits count characters of the raw line from 0.
    """
    return {
        "file": {
            "path": storable(letter.path),
            "sha256": letter.sha256,
            "media_type": letter.media_type,
            "pages": len(letter.pages),
        },
        "pages": [_page(page) for page in letter.pages],
        "header": _header(records),
        "citations": [_citation(citation) for citation in records.citations],
        "dates": [_date(mention) for mention in records.dates if mention.role is not DateRole.CITATION],
        "scores": [_score(score) for score in records.scores],
        "ranks": [_rank(rank) for rank in records.ranks],
        "classifications": [_classification(given) for given in records.classifications],
        "figures": [_figure(figure) for figure in records.figures],
        "tables": [_table(table) for table in records.tables],
        "tasks": [_task(task) for task in records.tasks],
        "checks": [_check(finding) for finding in findings],
        "edits": _edits(reading),
    }


def _page(page: Page) -> Json:
    return {
        "page": page.number,
        "width": _rounded(page.width, 2),
        "height": _rounded(page.height, 2),
        "source": page.source.value,
        "verdict": {"kind": page.verdict.kind.value, "reasons": _texts(page.verdict.reasons)},
        "confidence": _rounded(page.confidence, 4),
    }


def _header(records: Records) -> Json:
    header = records.header
    return {
        "number": _text(header.number),
        "symbol": _text(header.symbol),
        "doc_type": _text(header.doc_type),
        "issuer": _text(header.issuer),
        "parent_issuer": _text(header.parent_issuer),
        "place": _text(header.place),
        "date": _text(header.date),
        "subject": _text(header.subject),
        "recipients": _texts(header.recipients),
        "copies": _texts(header.copies),
        "signer": _text(header.signer),
        "signer_title": _text(header.signer_title),
        "sign_authority": _text(header.sign_authority),
        "evidence": _proof(header.evidence),
    }


def _citation(citation: Citation) -> Json:
    return {
        "doc_type": _text(citation.doc_type),
        "number": _text(citation.number),
        "symbol": _text(citation.symbol),
        "date": _text(citation.date),
        "issuer": _text(citation.issuer),
        "evidence": _proof(citation.evidence),
    }


def _date(mention: DateMention) -> Json:
    return {
        "iso": mention.iso,
        "text": storable(mention.text),
        "precision": mention.precision.value,
        "role": mention.role.value,
        "note": _text(mention.note),
        "evidence": _proof(mention.evidence),
    }


def _score(score: Score) -> Json:
    return {
        "indicator": _text(score.indicator),
        "indicator_id": _text(score.indicator_id),
        "model": _text(score.model),
        "org": _text(score.org),
        "period": _text(score.period),
        "value": json_number(score.value),
        "max": json_number(score.max),
        "as_of": _text(score.as_of),
        "previous": json_number(score.previous),
        "change": json_number(score.change),
        "change_unit": _text(score.change_unit),
        "evidence": _proof(score.evidence),
    }


def _rank(rank: Rank) -> Json:
    return {
        "indicator": _text(rank.indicator),
        "indicator_id": _text(rank.indicator_id),
        "model": _text(rank.model),
        "org": _text(rank.org),
        "period": _text(rank.period),
        "rank": rank.rank,
        "of": rank.of,
        "change": rank.change,
        "text": storable(rank.text),
        "evidence": _proof(rank.evidence),
    }


def _classification(given: Classification) -> Json:
    return {
        "org": _text(given.org),
        "class": storable(given.class_),
        "period": _text(given.period),
        "evidence": _proof(given.evidence),
    }


def _figure(figure: Figure) -> Json:
    return {
        "what": _text(figure.what),
        "org": _text(figure.org),
        "period": _text(figure.period),
        "value": json_number(figure.value),
        "unit": _text(figure.unit),
        "evidence": _proof(figure.evidence),
    }


def _table(table: Table) -> Json:
    return {
        "title": _text(table.title),
        "columns": _texts(table.columns),
        "rows": [[_text(cell) for cell in row] for row in table.rows],
        "evidence": _proof(table.evidence),
    }


def _task(task: Task) -> Json:
    return {
        "section": _text(task.section),
        "assignees": _texts(task.assignees),
        "coordinators": _texts(task.coordinators),
        "action": storable(task.action),
        "deadline": _text(task.deadline),
        "deadline_text": _text(task.deadline_text),
        "deadline_relation": task.deadline_relation.value if task.deadline_relation else None,
        "recurrence": _text(task.recurrence),
        "report_to": _text(task.report_to),
        "citations": _texts(task.citations),
        "evidence": _proof(task.evidence),
    }


def _check(finding: Finding) -> Json:
    return {
        "kind": finding.kind.value,
        "statement": storable(finding.statement),
        "inputs": {name: _number_or_text(value) for name, value in named_inputs(finding.inputs).items()},
        "reported": _number_or_text(finding.reported),
        "computed": _number_or_text(finding.computed),
        "verdict": finding.verdict.value,
        "note": _text(finding.note),
        "evidence": _proof(finding.evidence),
    }


def named_inputs(inputs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Inputs by name; a name that comes again is numbered, so that none is lost."""
    named: dict[str, str] = {}
    for name, value in inputs:
        name, unique, count = storable(name), storable(name), 1
        while unique in named:
            count += 1
            unique = f"{name} ({count})"
        named[unique] = value
    return named


def _edits(reading: Reading) -> Json:
    starts, at = [0], 0
    for line in reading.letter.lines:
        at += len(line.text) + 1
        starts.append(at)
    edits: list[Json] = []
    for edit in reading.repaired.edits:
        index = bisect_right(starts, edit.start) - 1
        origin = starts[index]
        edits.append(
            {
                "line": index + 1,
                "start": edit.start - origin,
                "end": edit.end - origin,
                "before": storable(edit.before),
                "after": storable(edit.after),
                "cause": edit.cause.value,
                "probability": _rounded(edit.probability, 4),
            }
        )
    return edits


def _proof(evidence: Sequence[Evidence]) -> Json:
    return [
        {
            "page": entry.page,
            "line": entry.line,
            "box": _box(entry.box),
            "raw": storable(entry.raw),
            "text": storable(entry.text),
            "component": storable(entry.component),
            "confidence": _rounded(entry.confidence, 4),
        }
        for entry in evidence
    ]


def _box(box: Box | None) -> Json:
    return None if box is None else [round(float(side), 2) for side in (box.x0, box.y0, box.x1, box.y1)]


def json_number(value: Decimal | None) -> int | float | None:
    """The figure as a JSON number, whole ones without a point; None beyond the range of doubles."""
    if value is None or not value.is_finite() or value.adjusted() > _LARGEST_EXPONENT:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _number_or_text(text: str | None) -> Json:
    if text is None:
        return None
    return json_number(Decimal(text)) if _PLAIN_NUMBER.fullmatch(text) else storable(text)


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(float(value), digits)


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _texts(texts: Iterable[str]) -> Json:
    return [storable(text) for text in texts]
