"""The schema by numbered migrations, and the marks that make a SQLite file ours.

Tables are written out, never guessed from data; each migration is a file `archive_NNNN_….sql`
that is applied once, in a transaction together with the new version number.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

APPLICATION_ID = 0x636F6E67  # "cong" in the header of the file (PRAGMA application_id)

_SCRIPTS = tuple(sorted(Path(__file__).parent.glob("archive_[0-9][0-9][0-9][0-9]_*.sql")))
VERSION = len(_SCRIPTS)


def version_of(connection: sqlite3.Connection) -> int:
    """Number of migrations that were applied (PRAGMA user_version)."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the migrations that are missing; all of one or nothing of it.

    `connection` must be in autocommit mode (`isolation_level=None`) and outside a transaction.
    """
    for number, script in enumerate(_SCRIPTS, 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Asked again under the lock: another process may have been faster.
            if version_of(connection) < number:
                for statement in _statements(script.read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
        except BaseException:
            connection.rollback()
            raise
        connection.commit()


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would commit the transaction they belong to."""
    statements, waiting = [], ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            statements.append(waiting)
            waiting = ""
    return statements
