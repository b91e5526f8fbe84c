"""Reads the tables of units and bodies."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from gazetteer.entries import Entry, Kind

HERE: Final = Path(__file__).parent
DATA_FILES: Final = (
    "units.csv",
    "unit_short_names.csv",
    "bodies.csv",
    "doc_types.toml",
    "titles.toml",
    "abbreviations.csv",
)


def read_units(path: Path, short_names: Path) -> tuple[Entry, ...]:
    """The administrative units of `units.csv` with the short forms of `unit_short_names.csv`."""
    short: dict[str, tuple[str, ...]] = {}
    with short_names.open(encoding="utf8", newline="") as stream:
        for row in csv.DictReader(stream):
            short[row["id"]] = (*short.get(row["id"], ()), row["short_name"])
    kinds = {kind.value: kind for kind in Kind}
    with path.open(encoding="utf8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        return tuple(
            Entry(
                id=row[0],
                kind=kinds[row[1]],
                name=row[4],
                unit_type=row[2],
                proper_name=row[3],
                short_names=short.get(row[0], ()),
                parent=row[5] or None,
                valid_from=_day(row[6]),
                valid_to=_day(row[7]),
                successors=tuple(row[8].split()),
                source=row[9],
            )
            for row in rows
        )


def read_bodies(path: Path) -> tuple[tuple[str, Entry], ...]:
    """The bodies of `bodies.csv` with their level: central, province, district, commune, any, party-*."""
    with path.open(encoding="utf8", newline="") as stream:
        return tuple((row["level"], _body(row)) for row in csv.DictReader(stream))


def _body(row: dict[str, str]) -> Entry:
    unit_type = row["unit_type"] or None
    name = row["name"]
    proper = name[len(unit_type) + 1 :] if unit_type and name.lower().startswith(unit_type + " ") else name
    return Entry(
        id=row["id"],
        kind=Kind.BODY,
        name=name,
        unit_type=unit_type,
        proper_name=proper or name,
        short_names=tuple(row["short_names"].split("|")) if row["short_names"] else (),
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        successors=tuple(row["successors"].split()),
        source=row["source"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over the names and bytes of data files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
