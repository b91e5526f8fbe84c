"""The SQL of a merge: rows of the database attached as `shard` into `main`, in one transaction.

Which of two readings of one letter stays does not depend on the order of the shards: the complete one before the
partial one, then that of the later run, then the one with more pages.
"""

from __future__ import annotations

import sqlite3

# Parents before children. Rows of these belong to the letter in their column `letter`.
_OF_A_LETTER = (
    "pages",
    "lines",
    "edits",
    "doubts",
    "citations",
    "dates",
    "scores",
    "ranks",
    "classifications",
    "figures",
    "tables",
    "tasks",
    "findings",
    "evidence",
    "links",
    "letter_records",
)
# Child: the column that names its row in the parent, and the parent; rows go with the parent's.
_OF_A_RECORD = {
    "table_cells": ("table", "tables"),
    "task_assignees": ("task", "tasks"),
    "finding_inputs": ("finding", "findings"),
}
TABLES = ("letters", *_OF_A_LETTER, *_OF_A_RECORD, "readings", "outcomes", "runs", "decisions", "letters_fts", "state")
"""Every table of an archive; `state` is about the archive it stands in and is not moved."""

# What is about several letters is made anew over the merged archive.
_NOT_MOVED = {
    "findings": "scope = 'between'",
    "finding_inputs": "finding IN (SELECT id FROM shard.findings WHERE scope = 'between')",
    "evidence": "record IN (SELECT id FROM shard.findings WHERE scope = 'between')",
    "links": "kind IN ('cites', 'same_letter')",
}
_TEMPORARY = ("taken", "shared", "winning")
# Folders part names before any letter does, as in the order in which a run finds files.
_IN_FOUND_ORDER = "replace({0}, '/', char(1))"

_MERGE_RUNS = """
INSERT INTO main.runs ({columns}) SELECT {columns} FROM shard.runs WHERE true
ON CONFLICT (id) DO UPDATE SET finished = coalesce(finished, excluded.finished)
"""

_LATEST = "coalesce((SELECT max(started) FROM main.runs WHERE runs.fingerprint = {0}.fingerprint), '')"
_LETTER_RANK = f"""
  EXISTS (
    SELECT 1 FROM {{1}}.outcomes AS own
    WHERE own.path = {{0}}.path AND own.sha256 = {{0}}.sha256 AND own.status = 'done'
  ), {_LATEST}, {{0}}.fingerprint, {{0}}.pages
"""
_TAKEN = f"""
CREATE TEMP TABLE taken AS
SELECT theirs.id, theirs.sha256, ours.id IS NULL AS new
FROM shard.letters AS theirs LEFT JOIN main.letters AS ours ON ours.id = theirs.id
WHERE ours.id IS NULL OR ({_LETTER_RANK.format("theirs", "shard")}) > ({_LETTER_RANK.format("ours", "main")})
"""

# Letters both hold, with the files each found them in, and the outcome of that reading which stays.
_SHARED = """
CREATE TEMP TABLE shared AS
SELECT
  ours.id, ours.sha256, ours.path AS our_path, theirs.path AS their_path,
  coalesce(better.status, own.status) AS status, coalesce(better.stage, own.stage) AS stage,
  iif(better.path IS NULL, own.page, better.page) AS page,
  iif(better.path IS NULL, own.message, better.message) AS message,
  coalesce(better.fingerprint, own.fingerprint) AS fingerprint
FROM shard.letters AS theirs JOIN main.letters AS ours ON ours.id = theirs.id
LEFT JOIN main.outcomes AS own ON own.path = ours.path AND own.sha256 = ours.sha256
LEFT JOIN shard.outcomes AS better
  ON better.path = theirs.path AND better.sha256 = theirs.sha256
  AND (theirs.id IN (SELECT id FROM taken) OR own.path IS NULL)
"""

_OUTCOME_RANK = (
    f"{{0}}.sha256 IN (SELECT sha256 FROM {{1}}.letters) IS TRUE, {_LATEST}, {{0}}.fingerprint, {{0}}.status, "
    "coalesce({0}.sha256, ''), coalesce({0}.message, '')"
)
_KNOWN = "{0}.sha256 IN (SELECT sha256 FROM {1}.letters) IS TRUE"
_WINNING = f"""
CREATE TEMP TABLE winning AS
SELECT theirs.path
FROM shard.outcomes AS theirs LEFT JOIN main.outcomes AS ours ON ours.path = theirs.path
WHERE CASE
  WHEN ours.path IS NULL THEN true
  -- The same bytes: the outcome belongs to the reading that stays.
  WHEN theirs.sha256 IN (SELECT sha256 FROM taken) AND ours.sha256 IS theirs.sha256 THEN true
  WHEN ours.sha256 IN (SELECT sha256 FROM main.letters) AND ours.sha256 IS theirs.sha256 THEN false
  -- Other bytes: who holds the other's letter as well saw the file change.
  WHEN {_KNOWN.format("ours", "shard")} AND NOT {_KNOWN.format("theirs", "main")} THEN true
  WHEN {_KNOWN.format("theirs", "main")} AND NOT {_KNOWN.format("ours", "shard")} THEN false
  ELSE ({_OUTCOME_RANK.format("theirs", "shard")}) > ({_OUTCOME_RANK.format("ours", "main")})
END
"""
_DISAGREEMENT = f"""
SELECT theirs.path
FROM shard.outcomes AS theirs JOIN main.outcomes AS ours ON ours.path = theirs.path AND ours.sha256 <> theirs.sha256
WHERE {_KNOWN.format("ours", "main")} AND {_KNOWN.format("theirs", "shard")}
AND NOT {_KNOWN.format("ours", "shard")} AND NOT {_KNOWN.format("theirs", "main")}
ORDER BY theirs.path LIMIT 1
"""

_SETTLE_PATHS = f"""
UPDATE main.letters SET superseded_by = NULL, path = (
  SELECT found.path FROM shared JOIN main.outcomes AS found ON found.sha256 = shared.sha256
  WHERE shared.id = letters.id
  ORDER BY found.path NOT IN (our_path, their_path), {_IN_FOUND_ORDER.format("found.path")} LIMIT 1
)
WHERE id IN (SELECT id FROM shared) AND sha256 IN (SELECT sha256 FROM main.outcomes WHERE sha256 IS NOT NULL)
"""
_SETTLE_SUPERSEDED = """
UPDATE main.letters SET superseded_by = newer.id
FROM shared, main.outcomes AS found, main.letters AS newer
WHERE letters.id = shared.id AND letters.superseded_by IS NULL
AND found.path = letters.path AND newer.sha256 = found.sha256 AND newer.id <> letters.id
AND NOT EXISTS (SELECT 1 FROM main.outcomes WHERE outcomes.sha256 = letters.sha256)
"""
_SETTLE_OUTCOMES = """
UPDATE main.outcomes SET
  status = shared.status,
  stage = iif(letters.path = outcomes.path, shared.stage, 'store'),
  page = iif(letters.path = outcomes.path, shared.page, NULL),
  message = iif(letters.path = outcomes.path, shared.message, 'same content as ' || letters.path),
  fingerprint = shared.fingerprint
FROM shared JOIN main.letters ON letters.id = shared.id
WHERE outcomes.sha256 = shared.sha256 AND shared.status IN ('done', 'partial')
"""

_DECISION_THAT_DIFFERS = """
SELECT id FROM (SELECT {columns} FROM shard.decisions EXCEPT SELECT {columns} FROM main.decisions)
WHERE id IN (SELECT id FROM main.decisions) ORDER BY id LIMIT 1
"""


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table of `main`, quoted; none where there is no such table."""
    return tuple(f'"{row[1]}"' for row in connection.execute(f'PRAGMA main.table_info("{table}")'))


def merge_runs(connection: sqlite3.Connection) -> None:
    """The runs of the shard beside our own; one that ended meanwhile has its end."""
    connection.execute(_MERGE_RUNS.format(columns=_listed(connection, "runs")))


def choose(connection: sqlite3.Connection) -> None:
    """Note which letters and outcomes of the shard are taken, in temporary tables, before any row is moved."""
    connection.execute(_TAKEN)
    connection.execute("CREATE UNIQUE INDEX temp.taken_id ON taken (id)")
    connection.execute("CREATE INDEX temp.taken_sha256 ON taken (sha256)")
    connection.execute(_SHARED)
    connection.execute("CREATE UNIQUE INDEX temp.shared_id ON shared (id)")
    connection.execute("CREATE INDEX temp.shared_sha256 ON shared (sha256)")
    connection.execute(_WINNING)


def first_disagreement(connection: sqlite3.Connection) -> str | None:
    """A path under which the two archives hold letters of which neither knows the other's; None where all agree."""
    row = connection.execute(_DISAGREEMENT).fetchone()
    return None if row is None else str(row[0])


def chosen_letters(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many letters of the shard are new here, and how many stand in place of our own."""
    new, all_taken = connection.execute("SELECT coalesce(sum(new), 0), count(*) FROM taken").fetchone()
    return int(new), int(all_taken) - int(new)


def move_letters(connection: sqlite3.Connection) -> None:
    """The chosen letters with all that belongs to them, in place of what stood there."""
    of_taken = "letter IN (SELECT id FROM taken)"
    replaced = "letter IN (SELECT id FROM taken WHERE NOT new)"
    for table in reversed(_OF_A_LETTER):
        connection.execute(f"DELETE FROM main.{table} WHERE {replaced}")
    rows = "SELECT search_row FROM main.letters WHERE id IN (SELECT id FROM taken WHERE NOT new)"
    connection.execute(f"DELETE FROM main.letters_fts WHERE rowid IN ({rows})")
    _put(connection, "letters", "id", "id IN (SELECT id FROM taken)")
    for table in _OF_A_LETTER:
        _copy(connection, table, of_taken)
    connection.execute("UPDATE main.citations SET cited_letter = NULL WHERE " + of_taken)
    for table, (column, parent) in _OF_A_RECORD.items():
        _copy(connection, table, f'"{column}" IN (SELECT id FROM shard.{parent} WHERE {of_taken})')
    connection.execute(
        "INSERT INTO main.letters_fts (rowid, letter, exact, folded) "
        "SELECT rowid, letter, exact, folded FROM shard.letters_fts WHERE rowid IN "
        "(SELECT search_row FROM shard.letters WHERE id IN (SELECT id FROM taken)) ORDER BY rowid"
    )
    _move_readings(connection)


def _move_readings(connection: sqlite3.Connection) -> None:
    """Pages as read: those of the chosen letters first, of the others what is missing here."""
    taken = "sha256 IN (SELECT sha256 FROM taken)"
    same_page = "(sha256, page) IN (SELECT sha256, page FROM {0}.readings)"
    connection.execute(f"DELETE FROM main.readings WHERE {taken} AND {same_page.format('shard')}")
    _copy(connection, "readings", f"NOT {same_page.format('main')}")


def move_outcomes(connection: sqlite3.Connection) -> int:
    """The chosen outcomes; how many."""
    return _put(connection, "outcomes", "path", "path IN (SELECT path FROM winning)")


def settle_shared(connection: sqlite3.Connection) -> None:
    """Letters that both hold: where they lie, whether they are superseded, what other files of the same bytes say."""
    for statement in (_SETTLE_PATHS, _SETTLE_SUPERSEDED, _SETTLE_OUTCOMES):
        connection.execute(statement)


def decision_that_differs(connection: sqlite3.Connection) -> str | None:
    """A decision that both hold with different content, which only a hand on the database can make."""
    row = connection.execute(_DECISION_THAT_DIFFERS.format(columns=_listed(connection, "decisions"))).fetchone()
    return None if row is None else str(row[0])


def move_decisions(connection: sqlite3.Connection) -> int:
    """Decisions that are not here yet, in the order in which they were made; how many."""
    return _copy(connection, "decisions", "id NOT IN (SELECT id FROM main.decisions) ORDER BY at, rowid")


def ask_to_relate(connection: sqlite3.Connection) -> None:
    """Note that what ties letters to one another is due, for this merge or, where it is killed, the next."""
    connection.execute("INSERT OR REPLACE INTO main.state (name, value) VALUES ('between', 'due')")


def damage(connection: sqlite3.Connection) -> str | None:
    """What is broken in the file of the shard; None where it is whole."""
    try:
        (said,) = connection.execute("PRAGMA shard.quick_check(1)").fetchone()
    except sqlite3.DatabaseError as failure:
        return str(failure)
    return None if said == "ok" else str(said)


def forget(connection: sqlite3.Connection) -> None:
    """Drop the temporary tables."""
    for table in _TEMPORARY:
        connection.execute(f"DROP TABLE temp.{table}")


def _listed(connection: sqlite3.Connection, table: str) -> str:
    return ", ".join(columns_of(connection, table))


def _copy(connection: sqlite3.Connection, table: str, where: str) -> int:
    """Insert the rows of the shard's table for which `where` holds; how many."""
    left_out = f"NOT ({_NOT_MOVED[table]}) AND " if table in _NOT_MOVED else ""
    columns = _listed(connection, table)
    return connection.execute(
        f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM shard.{table} WHERE {left_out}{where}"
    ).rowcount


def _put(connection: sqlite3.Connection, table: str, key: str, where: str) -> int:
    """Insert rows, or update in place those whose key is there: others refer to them; how many."""
    columns = columns_of(connection, table)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != f'"{key}"')
    listed = ", ".join(columns)
    return connection.execute(
        f"INSERT INTO main.{table} ({listed}) SELECT {listed} FROM shard.{table} WHERE {where} "
        f"ON CONFLICT ({key}) DO UPDATE SET {changes}"
    ).rowcount
