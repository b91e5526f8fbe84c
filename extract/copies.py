"""Which contents were found under which names: on disk, so that a run holds no line a file."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Self

from extract.readers.find import Found
from extract.readers.kinds import claimed

_SCHEMA = """
CREATE TABLE copies (
  sha256 BLOB, claim TEXT, place INTEGER, shown TEXT, settled INTEGER, PRIMARY KEY (sha256, claim)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """The first file with some content under a name that claims some kind; `settled` where it needs no work."""

    shown: str
    claim: str
    settled: bool = False

    @classmethod
    def of(cls, found: Found) -> Self:
        """`found` itself."""
        return cls(found.shown, claimed(found.path) or "")


class Copies:
    """The first file of each content and claimed kind: what is read depends on nothing else of a name."""

    def __init__(self) -> None:
        self._files = sqlite3.connect("", isolation_level=None)  # SQLite's own temporary file, gone with us
        self._files.execute("PRAGMA journal_mode = OFF")
        self._files.execute("PRAGMA synchronous = OFF")
        self._files.execute(_SCHEMA)
        self._place = 0

    def add(self, sha256: str, found: Found, *, settled: bool) -> None:
        """Note a file; nothing where one like it was noted before."""
        copy = Copy.of(found)
        self._place += 1
        self._files.execute(
            "INSERT OR IGNORE INTO copies (sha256, claim, place, shown, settled) VALUES (?, ?, ?, ?, ?)",
            (bytes.fromhex(sha256), copy.claim, self._place, copy.shown, settled),
        )

    def before(self, sha256: str, found: Found) -> tuple[Copy, ...]:
        """The files noted before `found` with its content, in order, up to one that claims the same kind."""
        rows = self._files.execute(
            "SELECT shown, claim, settled FROM copies WHERE sha256 = ? ORDER BY place", (bytes.fromhex(sha256),)
        )
        own, found_before = Copy.of(found), []
        for shown, claim, settled in rows:
            if shown == own.shown:
                break
            found_before.append(Copy(shown, claim, bool(settled)))
            if claim == own.claim:
                break
        return tuple(found_before)
