"""Shards into one archive: keys are derived from content, so rows move as they are and none is made twice.

The result is the archive of one run over all files, whatever the order of the shards and however often they are merged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from urllib.parse import quote

from extract.errors import ArchivesDisagree, DatabaseNotOurs, DatabaseNotWritable, MergedIntoItself
from extract.records import Finding
from extract.store import moving
from extract.store.archive import open_archive
from extract.store.contents import Archive
from extract.store.migrations import migrate


@dataclass(frozen=True, slots=True)
class Merged:
    """What one shard brought: letters not held before, letters it knew better, outcomes, decisions."""

    shard: Path
    new: int
    replaced: int
    outcomes: int
    decisions: int


Compare = Callable[[Path], Iterable[tuple[str, Finding]]]
"""Findings between the letters of an archive, each with the key of its letter, by that key."""


def compare_here(database: Path) -> Iterator[tuple[str, Finding]]:
    """Compare the letters in this process: what they say is not guarded against."""
    from extract.checks.letters.between import between  # loads the scoring models: looking at an archive needs none

    with open_archive(database, create=False) as archive, archive.snapshot():
        findings = sorted(between(archive.records_for_between()), key=itemgetter(0))
    yield from findings


def merge(
    database: Path,
    shards: Sequence[Path],
    on_shard: Callable[[Merged], None] = lambda _: None,
    compare: Compare = compare_here,
) -> None:
    """Bring all that `shards` hold into the archive at `database`, which is made where it is missing.

    A shard is merged whole or not at all, each in one transaction; what ties letters to one another is made anew
    over all of them at the end, with what `compare` finds. Whatever ends a merge, the archive stays one, and the same
    merge finishes it.

    Raises:
        MergedIntoItself: `database` is one of the shards.
        DatabaseMissing, DatabaseNotOurs: a shard is no archive of this version; nothing was changed.
        ArchivesDisagree: two archives hold different letters under one path; this shard and those after it are not
            merged.
        DatabaseInUse, DatabaseFull, DatabaseNotWritable: as a run.
    """
    for shard in shards:
        if database.exists() and shard.exists() and shard.samefile(database):
            raise MergedIntoItself(str(shard))
        with open_archive(shard, create=False) as archive:
            _check_columns(archive.connection, shard)
    with open_archive(database, create=True) as archive:
        for shard in shards:
            on_shard(_merge_shard(archive, shard))
        if archive.between_due:
            archive.link_citations()
            archive.put_between_findings(compare(database))


def _check_columns(connection: sqlite3.Connection, shard: Path) -> None:
    """The version of a file is a number that anybody can write; rows are moved only between equal tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as ours:
        migrate(ours)
        for table in moving.TABLES:
            try:
                same = moving.columns_of(connection, table) == moving.columns_of(ours, table)
            except sqlite3.DatabaseError as failure:
                raise DatabaseNotOurs(str(shard), f"damaged: {failure}") from failure
            if not same:
                raise DatabaseNotOurs(str(shard), f"its table {table} is not that of this version")


def _merge_shard(archive: Archive, shard: Path) -> Merged:
    connection = archive.connection
    with _attached(connection, shard):
        try:
            with archive.transaction():
                return _move(connection, shard)
        except (sqlite3.DatabaseError, DatabaseNotWritable) as failure:
            damage = moving.damage(connection)
            if damage is None and not isinstance(failure, sqlite3.IntegrityError):
                raise
            raise DatabaseNotOurs(str(shard), f"damaged: {damage or failure}") from failure


@contextmanager
def _attached(connection: sqlite3.Connection, shard: Path) -> Iterator[None]:
    connection.execute("ATTACH DATABASE ? AS shard", (f"file:{quote(bytes(shard.absolute()))}?mode=ro",))
    try:
        yield
    finally:
        connection.execute("DETACH DATABASE shard")


def _move(connection: sqlite3.Connection, shard: Path) -> Merged:
    """All rows of the attached shard into the archive, inside the caller's transaction."""
    moving.merge_runs(connection)
    moving.choose(connection)
    disagreement = moving.first_disagreement(connection)
    if disagreement is not None:
        raise ArchivesDisagree(str(shard), disagreement)
    new, replaced = moving.chosen_letters(connection)
    moving.move_letters(connection)
    outcomes = moving.move_outcomes(connection)
    moving.settle_shared(connection)
    different = moving.decision_that_differs(connection)
    if different is not None:
        raise ArchivesDisagree(str(shard), f"decision {different}")
    decisions = moving.move_decisions(connection)
    if new or replaced or outcomes:
        moving.ask_to_relate(connection)
    moving.forget(connection)
    return Merged(shard, new, replaced, outcomes, decisions)
