"""A letter and what was found in it as rows, by table. Pure: names and order are those of `archive_0001_tables.sql`."""

from __future__ import annotations

import json
import math
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
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
    Proof,
    Rank,
    Reading,
    Records,
    Score,
    Table,
    Task,
)
from extract.store.keys import RecordKeys, letter_key, reference_key, search_row
from extract.store.search import without_marks
from extract.store.storable import storable

Value = str | int | float | bytes | None
Row = dict[str, Value]
Rows = dict[str, list[Row]]


def letter_row(letter: Letter, records: Records, fingerprint: str) -> Row:
    """The row of `letters`."""
    header = records.header
    return {
        "id": letter_key(letter.sha256),
        "sha256": letter.sha256,
        "path": letter.path,
        "media_type": letter.media_type,
        "pages": len(letter.pages),
        "number": header.number,
        "symbol": header.symbol,
        "doc_type": header.doc_type,
        "issuer": header.issuer,
        "parent_issuer": header.parent_issuer,
        "place": header.place,
        "date": header.date,
        "subject": header.subject,
        "recipients": _json(header.recipients),
        "copies": _json(header.copies),
        "signer": header.signer,
        "signer_title": header.signer_title,
        "sign_authority": header.sign_authority,
        "reference": reference_key(header.number, header.symbol),
        "search_row": search_row(letter.sha256),
        "fingerprint": fingerprint,
        "superseded_by": None,
    }


def text_rows(letter: Letter, reading: Reading) -> Rows:
    """Rows of pages, lines, edits, doubts and the full-text index."""
    key, repaired = letter_key(letter.sha256), reading.repaired
    lines: list[Row] = []
    starts, at = [], 0
    for page in letter.pages:
        for line in page.lines:
            low, high = repaired.to_text(at, at + len(line.text))
            starts.append(at)
            at += len(line.text) + 1
            row: Row = {"letter": key, "line": len(starts), "page": page.number, "column": line.column}
            lines.append(row | {"raw": line.text, "text": repaired.text[low:high]} | _box(line.box))

    def place(start: int, end: int) -> Row:
        index = max(bisect_right(starts, start) - 1, 0)
        origin = starts[index] if starts else 0
        return {"letter": key, "line": index + 1, "start": start - origin, "end": end - origin}

    edits: list[Row] = [
        place(edit.start, edit.end)
        | {"before": edit.before, "after": edit.after, "cause": edit.cause.value, "probability": edit.probability}
        for edit in repaired.edits
    ]
    doubts: list[Row] = [
        place(doubt.start, doubt.end)
        | {"raw": repaired.raw[doubt.start : doubt.end], "reason": doubt.reason, "probability": doubt.probability}
        for doubt in repaired.doubts
    ]
    search: Row = {
        "rowid": search_row(letter.sha256),
        "letter": key,
        "exact": unicodedata.normalize("NFC", repaired.text),
        "folded": without_marks(repaired.text),
    }
    return {
        "pages": [_page_row(key, page) for page in letter.pages],
        "lines": lines,
        "edits": edits,
        "doubts": doubts,
        "letters_fts": [search],
    }


def record_rows(letter: Letter, reading: Reading, records: Records, bodies: Mapping[str, str]) -> Rows:
    """Rows of every kind of record with their evidence.

    `bodies` gives the gazetteer entry of a body by the name it has in the records.
    """
    key, keys = letter_key(letter.sha256), RecordKeys(letter.sha256, reading)
    header = records.header
    rows: Rows = {"evidence": _evidence_rows(key, key, "letters", header.evidence), "links": []}

    def add(table: str, evidence: Proof, row: Row) -> str:
        record = keys.key(table, evidence)
        identity: Row = {"id": record, "letter": key}
        rows.setdefault(table, []).append(identity | row)
        rows["evidence"] += _evidence_rows(key, record, table, evidence)
        return record

    def link_bodies(record: str, *orgs: str | None) -> None:
        targets = {bodies[org]: org for org in reversed(orgs) if org is not None and org in bodies}
        for target, org in sorted(targets.items()):
            link: Row = {"letter": key, "record": record, "kind": "body", "target": target, "target_letter": None}
            rows["links"].append(link | {"reason": org})

    link_bodies(key, header.issuer, header.parent_issuer, *header.recipients)
    for citation in records.citations:
        link_bodies(add("citations", citation.evidence, _citation(citation)), citation.issuer)
    for mention in records.dates:
        if mention.role is not DateRole.CITATION:
            add("dates", mention.evidence, _date(mention))
    for score in records.scores:
        link_bodies(add("scores", score.evidence, _score(score)), score.org)
    for rank in records.ranks:
        link_bodies(add("ranks", rank.evidence, _rank(rank)), rank.org)
    for given in records.classifications:
        link_bodies(add("classifications", given.evidence, _classification(given)), given.org)
    for figure in records.figures:
        link_bodies(add("figures", figure.evidence, _figure(figure)), figure.org)
    for table in records.tables:
        record = add("tables", table.evidence, _table(table))
        rows.setdefault("table_cells", []).extend(_cells(record, table))
    for task in records.tasks:
        record = add("tasks", task.evidence, _task(task))
        for role, orgs in (("assignee", task.assignees), ("coordinator", task.coordinators)):
            for ordinal, org in enumerate(orgs, 1):
                assigned: Row = {"task": record, "role": role, "ordinal": ordinal, "org": org, "body": bodies.get(org)}
                rows.setdefault("task_assignees", []).append(assigned)
        link_bodies(record, *task.assignees, *task.coordinators)
    return rows


def finding_rows(key: str, keys: RecordKeys, findings: Iterable[Finding], scope: str) -> Rows:
    """Rows of findings of the letter `key`; `scope` is `letter` or `between`."""
    rows: Rows = {"findings": [], "finding_inputs": [], "evidence": []}
    for finding in findings:
        # A between-letters finding may have the span of a letter's own, and several share one span.
        record = keys.key(
            f"findings.{scope}.{finding.kind}", finding.evidence, "" if scope == "letter" else finding.statement
        )
        rows["findings"].append(
            {
                "id": record,
                "letter": key,
                "scope": scope,
                "kind": finding.kind.value,
                "statement": finding.statement,
                "reported": finding.reported,
                "computed": finding.computed,
                "verdict": finding.verdict.value,
                "note": finding.note,
            }
        )
        rows["finding_inputs"] += [
            {"finding": record, "ordinal": ordinal, "name": name, "value": value}
            for ordinal, (name, value) in enumerate(finding.inputs, 1)
        ]
        rows["evidence"] += _evidence_rows(key, record, "findings", finding.evidence)
    return rows


def storable_row(row: Row) -> Row:
    """The row with all its text storable."""
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}


def _page_row(key: str, page: Page) -> Row:
    transform, others = page.transform, page.other_layers
    return {
        "letter": key,
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "source": page.source.value,
        "verdict": page.verdict.kind.value,
        "reasons": _json(page.verdict.reasons),
        "numbers": None if page.verdict.numbers is None else json.dumps(page.verdict.numbers, sort_keys=True),
        "confidence": page.confidence,
        "engine": page.engine,
        "dpi": transform.dpi if transform else None,
        "rotation": transform.rotation if transform else None,
        "skew": transform.skew if transform else None,
        "other_source": ", ".join(layer.source.value for layer in others) or None,
        "other_text": "\f".join("\n".join(line.text for line in layer.lines) for layer in others) or None,
    }


def _citation(citation: Citation) -> Row:
    return {
        "doc_type": citation.doc_type,
        "number": citation.number,
        "symbol": citation.symbol,
        "date": citation.date,
        "issuer": citation.issuer,
        "reference": reference_key(citation.number, citation.symbol),
        "cited_letter": None,
    }


def _date(mention: DateMention) -> Row:
    return {
        "iso": mention.iso,
        "text": mention.text,
        "precision": mention.precision.value,
        "role": mention.role.value,
        "note": mention.note,
    }


def _score(score: Score) -> Row:
    return {
        "indicator": score.indicator,
        "indicator_id": score.indicator_id,
        "model": score.model,
        "org": score.org,
        "period": score.period,
        "value": _real(score.value),
        "value_text": str(score.value),
        "max": _real(score.max),
        "as_of": score.as_of,
        "previous": _real(score.previous),
        "change": _real(score.change),
        "change_unit": score.change_unit,
    }


def _rank(rank: Rank) -> Row:
    return {
        "indicator": rank.indicator,
        "indicator_id": rank.indicator_id,
        "model": rank.model,
        "org": rank.org,
        "period": rank.period,
        "rank": rank.rank,
        "of": rank.of,
        "change": rank.change,
        "text": rank.text,
    }


def _classification(given: Classification) -> Row:
    return {"org": given.org, "class": given.class_, "period": given.period}


def _figure(figure: Figure) -> Row:
    return {
        "what": figure.what,
        "org": figure.org,
        "period": figure.period,
        "value": _real(figure.value),
        "value_text": str(figure.value),
        "unit": figure.unit,
    }


def _table(table: Table) -> Row:
    return {"title": table.title, "columns": _json(table.columns), "rows": len(table.rows)}


def _cells(record: str, table: Table) -> Iterable[Row]:
    for row, cells in enumerate(table.rows):
        for column, text in enumerate(cells):
            beside = table.cell_evidence[row] if row < len(table.cell_evidence) else ()
            entry = beside[column] if column < len(beside) else None
            cell: Row = {
                "table": record,
                "row": row + 1,
                "column": column + 1,
                "header": table.columns[column] if column < len(table.columns) else None,
                "text": text,
                "raw": entry.raw if entry else None,
                "page": entry.page if entry else None,
                "line": entry.line if entry else None,
                "confidence": entry.confidence if entry else None,
            }
            yield cell | _box(entry.box if entry else None)


def _task(task: Task) -> Row:
    return {
        "section": task.section,
        "action": task.action,
        "deadline": task.deadline,
        "deadline_text": task.deadline_text,
        "deadline_relation": task.deadline_relation.value if task.deadline_relation else None,
        "recurrence": task.recurrence,
        "report_to": task.report_to,
        "citations": _json(task.citations),
    }


def _evidence_rows(key: str, record: str, table: str, evidence: Sequence[Evidence]) -> list[Row]:
    rows = []
    for ordinal, entry in enumerate(evidence, 1):
        row: Row = {
            "id": f"{record}.{ordinal:04d}",
            "letter": key,
            "record": record,
            "kind": table,
            "page": entry.page,
            "line": entry.line,
            "raw": entry.raw,
            "text": entry.text,
            "start": entry.start,
            "end": entry.end,
            "component": entry.component,
            "confidence": entry.confidence,
        }
        rows.append(row | _box(entry.box))
    return rows


def _box(box: Box | None) -> Row:
    if box is None:
        return {"x0": None, "y0": None, "x1": None, "y1": None}
    return {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}


def _real(value: Decimal | None) -> float | None:
    """The nearest double; None beyond its range (the text column still has the figure)."""
    number = None if value is None else float(value)
    return number if number is not None and math.isfinite(number) else None


def _json(texts: Sequence[str]) -> str:
    return json.dumps([storable(text) for text in texts], ensure_ascii=False)
