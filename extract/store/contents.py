"""The archive: one SQLite file, one writer, a letter a transaction."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING

from sqlite_utils import Database

from extract.errors import DatabaseFull, DatabaseNotWritable
from extract.records import CheckVerdict, Finding, Letter, Outcome, Page, Reading, Records, Stage, Status
from extract.store import links
from extract.store.keys import RecordKeys, letter_key, reference_key, run_key
from extract.store.lock import RunLock
from extract.store.packing import pack_page, pack_records, unpack_for_between, unpack_page
from extract.store.rows import Row, Rows, finding_rows, letter_row, record_rows, storable_row, text_rows
from extract.store.search import Hit, search
from extract.store.storable import storable

if TYPE_CHECKING:
    from extract.checks.letters.between import Stored

log = logging.getLogger("extract.store")

_NO_BODIES: Mapping[str, str] = MappingProxyType({})
_RECORDS = ("citations", "dates", "scores", "ranks", "classifications", "figures", "tables", "tasks")
# Children before parents; what cascades from tables, tasks and findings is left out.
_OF_A_LETTER = ("evidence", "links", "edits", "doubts", "lines", "pages", *_RECORDS, "findings", "letter_records")
_COUNTED = ("pages", "edits", *_RECORDS)
_OF_THE_MACHINE = {
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_CANTOPEN,
}
_CURRENT = "superseded_by IS NULL"


@dataclass(frozen=True, slots=True)
class StoredOutcome:
    """What happened to a file, and the fingerprint of what made it happen."""

    outcome: Outcome
    fingerprint: str


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run: when it started and ended (UTC, ISO 8601; no end where it was killed), and with which version."""

    started: str
    finished: str | None
    version: str


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding with the letter it is about, and the page and line of its first evidence."""

    id: str
    letter: str
    letter_title: str
    page: int | None
    line: int | None
    kind: str
    statement: str
    reported: str | None
    computed: str | None
    verdict: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """What an archive holds: rows by table, findings by verdict."""

    records: dict[str, int]
    findings: dict[str, int]


class Archive:
    """An open archive; `open_archive` makes it. Use it in the thread that opened it."""

    def __init__(self, connection: sqlite3.Connection, where: str, lock: RunLock | None = None) -> None:
        self.connection = connection
        self._where = where
        self._lock = lock

    @property
    def database(self) -> Database:
        """The same connection through sqlite-utils: tables, keys, counts."""
        return Database(self.connection)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and give the run lock back."""
        try:
            if self._lock is not None:
                self._leave_wal()
            self.connection.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def _leave_wal(self) -> None:
        """Make the archive one plain file again, which can be read from anywhere; not while somebody reads it."""
        try:
            self.connection.execute("PRAGMA busy_timeout = 0")
            self.connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as busy:
            log.debug("%s: stays in WAL mode: %s", self._where, busy)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing of it; inside another one, part of that.

        BEGIN IMMEDIATE: a deferred transaction that reads first loses its writes to another
        writer at once, whatever the time-out.

        Raises:
            DatabaseFull: the disk is full; what was stored before stays.
            DatabaseNotWritable: the file system fails, or another writer does not let go.
        """
        if self.connection.in_transaction:
            yield
            return
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except BaseException as failure:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            if isinstance(failure, sqlite3.DatabaseError) and (outside := self._outside(failure)) is not None:
                raise outside from failure
            raise

    def _outside(self, failure: sqlite3.DatabaseError) -> DatabaseFull | DatabaseNotWritable | None:
        """What a failure that no letter is to blame for means to people; None for a fault of ours."""
        code = getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF  # the low byte is the kind of failure
        if code == sqlite3.SQLITE_FULL:
            return DatabaseFull(self._where)
        return DatabaseNotWritable(self._where, str(failure)) if code in _OF_THE_MACHINE else None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see one state of the archive, whatever a run commits meanwhile."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def begin_run(self, version: str, fingerprint: str, settings_json: str) -> str:
        """Note that a run starts; its key."""
        started = _now()
        run = run_key(started, version, fingerprint, settings_json)
        row: Row = {"id": run, "started": started, "finished": None, "version": version, "fingerprint": fingerprint}
        with self.transaction():
            self._insert({"runs": [row | {"settings": settings_json}]})
        return run

    def end_run(self, run: str) -> None:
        """Note that the run ended; a run without an end was killed."""
        with self.transaction():
            self.connection.execute("UPDATE runs SET finished = ? WHERE id = ?", (_now(), run))

    def outcome_of(self, shown_path: str) -> StoredOutcome | None:
        """What happened to this file last time; None for a file never seen."""
        row = self.connection.execute(f"{_OUTCOMES} WHERE path = ?", (storable(shown_path),)).fetchone()
        if row is None:
            return None
        stored = _stored_outcome(row)
        return replace(stored, outcome=replace(stored.outcome, path=shown_path))

    def outcomes(self) -> tuple[Outcome, ...]:
        """What happened to every file, by path."""
        return tuple(_stored_outcome(row).outcome for row in self.connection.execute(f"{_OUTCOMES} ORDER BY path"))

    def put_outcome(self, outcome: Outcome, fingerprint: str) -> None:
        """Store what happened to a file that gave no letter."""
        row: Row = {
            "path": outcome.path,
            "sha256": outcome.sha256,
            "status": outcome.status.value,
            "stage": outcome.stage.value if outcome.stage else None,
            "page": outcome.page,
            "message": outcome.message,
            "fingerprint": fingerprint,
        }
        with self.transaction():
            self._upsert("outcomes", "path", row)

    def cached_page(self, sha256: str, page: int, fingerprint: str) -> Page | None:
        """The page as read with these settings before; None where it was not, or by a version with other pages."""
        row = self.connection.execute(
            "SELECT content FROM readings WHERE sha256 = ? AND page = ? AND fingerprint = ?",
            (sha256, page, fingerprint),
        ).fetchone()
        if row is None:
            return None
        try:
            return unpack_page(row[0])
        except ValueError as unreadable:
            log.warning("%s: page %d of %s is read again: %s", self._where, page, sha256[:12], unreadable)
            return None

    def put_page(self, sha256: str, page: Page, fingerprint: str) -> None:
        """Keep a page as read; its readings with other settings are dropped."""
        with self.transaction():
            self.connection.execute("DELETE FROM readings WHERE sha256 = ? AND page = ?", (sha256, page.number))
            self.connection.execute(
                "INSERT INTO readings (sha256, page, fingerprint, content) VALUES (?, ?, ?, ?)",
                (sha256, page.number, fingerprint, pack_page(page)),
            )

    def put_letter(
        self,
        letter: Letter,
        reading: Reading,
        records: Records,
        findings: Sequence[Finding],
        outcome: Outcome,
        fingerprint: str,
        bodies: Mapping[str, str] = _NO_BODIES,
    ) -> None:
        """Store the letter with all that was found in it and its outcome, in place of what stood there.

        `bodies` gives the gazetteer entry of a body by the name it has in the records.
        Decisions are not touched.
        """
        key = letter_key(letter.sha256)
        first = letter_row(letter, records, fingerprint)
        with self.transaction():
            self.connection.execute("DELETE FROM letters_fts WHERE rowid = ?", (first["search_row"],))
            for table in _OF_A_LETTER:
                self.connection.execute(f"DELETE FROM {table} WHERE letter = ?", (key,))
            self._upsert("letters", "id", first)
            self._insert(text_rows(letter, reading))
            self._insert(record_rows(letter, reading, records, bodies))
            self._insert(finding_rows(key, RecordKeys(letter.sha256, reading), findings, "letter"))
            self._insert({"letter_records": [{"letter": key, "records": pack_records(records)}]})
            self.put_outcome(outcome, fingerprint)
            self._supersede(outcome.path, key)
            self._set_state("between", "due")

    def _supersede(self, path: str, key: str) -> None:
        """Mark what this file held before; where the same bytes lie elsewhere too, the letter moves there."""
        parameters = {"path": storable(path), "key": key}
        others = "path = :path AND id <> :key AND superseded_by IS NULL"
        elsewhere = "(SELECT min(path) FROM outcomes WHERE outcomes.sha256 = letters.sha256)"
        self.connection.execute(
            f"UPDATE letters SET superseded_by = :key WHERE {others} AND {elsewhere} IS NULL", parameters
        )
        self.connection.execute(f"UPDATE letters SET path = {elsewhere} WHERE {others}", parameters)

    @property
    def between_due(self) -> bool:
        """Whether letters were stored since the links and findings between letters were last made."""
        return self.connection.execute("SELECT 1 FROM state WHERE name = 'between'").fetchone() is not None

    def link_citations(self) -> int:
        """Tie citations to the letters they name, scans of one letter to each other; how many citations are tied."""
        with self.transaction():
            return links.relate(self.connection)

    def records_for_between(self) -> tuple[Stored, ...]:
        """What the checks between letters need of every letter, by key.

        That is header, scores, ranks, figures and tasks another letter can speak of, and the citations of
        documents the archive may hold; the rest of 10,000 letters would fill the memory.
        """
        # the checks load their models: looking at an archive needs none
        from extract.checks.letters.between import Stored
        from extract.checks.letters.between import compared as trimmed

        ask = self.connection.execute
        held = {reference for (reference,) in ask(f"SELECT DISTINCT reference FROM letters WHERE {_CURRENT}")}

        def compared(content: bytes) -> Records:
            records = trimmed(unpack_for_between(content))
            cited = (
                citation for citation in records.citations if reference_key(citation.number, citation.symbol) in held
            )
            return replace(records, citations=tuple(cited))

        rows = ask(
            f"SELECT letter, records FROM letter_records JOIN letters ON id = letter WHERE {_CURRENT} ORDER BY letter"
        )
        return tuple(Stored(key, compared(content)) for key, content in rows)

    def put_between_findings(self, findings: Iterable[tuple[str, Finding]]) -> None:
        """Replace all findings between letters; each comes with the key of its letter, letter by letter."""
        with self.transaction():
            self.connection.execute(
                "DELETE FROM evidence WHERE record IN (SELECT id FROM findings WHERE scope = 'between')"
            )
            self.connection.execute("DELETE FROM findings WHERE scope = 'between'")
            for key, of_letter in groupby(findings, key=itemgetter(0)):
                (sha256,) = self.connection.execute("SELECT sha256 FROM letters WHERE id = ?", (key,)).fetchone()
                found = [finding for _, finding in of_letter]
                self._insert(finding_rows(key, RecordKeys(sha256, None), found, "between"))
            self.connection.execute("DELETE FROM state WHERE name = 'between'")

    def last_run(self) -> StoredRun | None:
        """The run that started last; None in an archive without one."""
        row = self.connection.execute(
            "SELECT started, finished, version FROM runs ORDER BY started DESC, id LIMIT 1"
        ).fetchone()
        return StoredRun(*row) if row else None

    def counts(self) -> Counts:
        """Rows by kind of record, findings by verdict; without letters whose file was replaced."""
        of_current = f"letter IN (SELECT id FROM letters WHERE {_CURRENT})"
        records = {"letters": self.database["letters"].count_where(_CURRENT)}
        records |= {table: self.database[table].count_where(of_current) for table in _COUNTED}
        by_verdict = dict(
            self.connection.execute(f"SELECT verdict, count(*) FROM findings WHERE {of_current} GROUP BY verdict")
        )
        return Counts(records, {verdict.value: by_verdict.get(verdict.value, 0) for verdict in CheckVerdict})

    def findings(self, *, everything: bool = False) -> tuple[StoredFinding, ...]:
        """Findings that differ or are misread, the weightiest first; with `everything` the others behind them."""
        verdicts = [CheckVerdict.DIFFERS, CheckVerdict.MISREAD]
        if everything:
            verdicts += [CheckVerdict.ROUNDED, CheckVerdict.AGREES]
        return tuple(
            StoredFinding(*row) for verdict in verdicts for row in self.connection.execute(_FINDINGS, (verdict.value,))
        )

    def search(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        """Letters that hold all words of `query`, typed with or without accents, best first."""
        return search(self.connection, query, limit)

    def _set_state(self, name: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", (name, value))

    def _insert(self, rows: Rows) -> None:
        for table, of_table in rows.items():
            if of_table:
                self.connection.executemany(_insert_sql(table, of_table[0]), map(storable_row, of_table))

    def _upsert(self, table: str, key: str, row: Row) -> None:
        """Insert or update in place: a row that others refer to must not be deleted and made anew."""
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in row if name != key)
        self.connection.execute(
            f'{_insert_sql(table, row)} ON CONFLICT ("{key}") DO UPDATE SET {changes}', storable_row(row)
        )


SIGN = "letters.number || iif(instr(letters.symbol, '/') > 0, '-', '/') || letters.symbol"
"""Number and symbol of a letter in SQL: 766/QĐ-TTg, and 03-NQ/TU of the party, whose symbols have a stroke."""
TITLE = f"coalesce({SIGN} || ' (' || letters.path || ')', letters.path)"
"""What a letter is called in lists, in SQL."""

_FINDINGS = f"""
SELECT findings.id, letters.id, {TITLE},
       first.page, first.line,
       findings.kind, statement, reported, computed, verdict, note
FROM findings
JOIN letters ON letters.id = findings.letter
LEFT JOIN evidence AS first ON first.id = findings.id || '.0001'
WHERE verdict = ? AND letters.superseded_by IS NULL
ORDER BY findings.scope DESC, letters.path, first.line, findings.id
"""

_OUTCOMES = "SELECT path, sha256, status, stage, page, message, fingerprint FROM outcomes"


def _stored_outcome(row: tuple[str, str | None, str, str | None, int | None, str | None, str]) -> StoredOutcome:
    path, sha256, status, stage, page, message, fingerprint = row
    return StoredOutcome(
        Outcome(path, sha256, Status(status), Stage(stage) if stage else None, page, message), fingerprint
    )


def _insert_sql(table: str, row: Row) -> str:
    names = ", ".join(f'"{name}"' for name in row)
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(f":{name}" for name in row)})'


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")
