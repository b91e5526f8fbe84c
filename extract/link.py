"""Names in records to entries of the gazetteer, on the day of the letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extract.records import Records
from gazetteer import load_gazetteer


def link_bodies(records: Records) -> dict[str, str]:
    """The gazetteer entry (id) of each body the records name; a name that is unknown or ambiguous is left out."""
    gazetteer, day, place = load_gazetteer(), _day(records.header.date), records.header.place
    chosen = {}
    for name in dict.fromkeys(_names(records)):
        entry = gazetteer.resolve(name, on=day, within=place).chosen
        if entry is not None:
            chosen[name] = entry.id
    return chosen


def _names(records: Records) -> Iterator[str]:
    header = records.header
    yield from (name for name in (header.issuer, header.parent_issuer, *header.recipients) if name)
    yield from (citation.issuer for citation in records.citations if citation.issuer)
    of_a_body = (records.scores, records.ranks, records.classifications, records.figures)
    yield from (record.org for kind in of_a_body for record in kind if record.org)
    for task in records.tasks:
        yield from (*task.assignees, *task.coordinators)


def _day(iso: str | None) -> date | None:
    """The day of a date, the first of what is known of it; None for no date."""
    if iso is None:
        return None
    year, month, day = [*iso.split("-"), "1", "1"][:3]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
