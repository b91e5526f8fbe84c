"""Opening an archive: whether the file is ours is decided by reading its header, before SQLite may touch it."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from extract.errors import (
    DatabaseIsFolder,
    DatabaseMissing,
    DatabaseNotOurs,
    DatabaseNotWritable,
    DatabaseOfAnotherVersion,
    PathMissing,
)
from extract.store.contents import Archive
from extract.store.filesystem import network_file_system
from extract.store.lock import RunLock
from extract.store.migrations import APPLICATION_ID, VERSION, migrate, version_of

__all__ = ["Archive", "open_archive"]

log = logging.getLogger("extract.store")

_MAGIC = b"SQLite format 3\x00"
_BUSY_SECONDS = 30.0
_CHECKPOINT_PAGES = 8000  # 32 MB
_CACHE_KIB = 32 * 1024


@contextmanager
def open_archive(path: Path, *, create: bool) -> Iterator[Archive]:
    """The archive at `path`.

    With `create`: for a run. It is made where it is missing, and nobody else can run on it
    meanwhile. Without: to look only; readers never wait and never keep others waiting.

    Raises:
        DatabaseIsFolder: `path` is a folder.
        DatabaseMissing: nothing is there and `create` is not set.
        PathMissing: the folder to make it in is not there.
        DatabaseNotOurs: another program's file; nothing was changed.
        DatabaseInUse: another run writes to it.
        DatabaseNotWritable: the operating system does not allow it.
    """
    _check(path, create=create)
    archive = _open_to_run(path) if create else _open_to_read(path)
    with archive:
        yield archive


def _check(path: Path, *, create: bool) -> None:
    where = str(path)
    if path.is_dir():
        raise DatabaseIsFolder(where)
    try:
        if not path.exists():
            if not create:
                raise DatabaseMissing(where)
            if not path.absolute().parent.is_dir():
                raise PathMissing(str(path.parent))
            return
        if not path.is_file():
            raise DatabaseNotOurs(where, "no regular file")
        with path.open("rb") as file:
            header = file.read(100)
    except PermissionError as refused:
        raise DatabaseNotWritable(where, refused.strerror) from refused
    if not header and create:
        return  # left by a run that was killed before its first write, or made by `touch`
    if not header.startswith(_MAGIC):
        raise DatabaseNotOurs(where, "no SQLite database" if header else "an empty file")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise DatabaseNotOurs(where, "a SQLite database of another program")


def _open_to_run(path: Path) -> Archive:
    lock = RunLock(path)
    lock.acquire()
    connection = None
    try:
        connection = _connect(path, "rwc")
        if version_of(connection) > VERSION:
            raise DatabaseOfAnotherVersion(str(path), "made by a newer version")
        migrate(connection)
        network = network_file_system(path)
        if network is None:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            # Rows of a letter go to random places of the indexes: with many letters to a checkpoint each place is
            # written once for all of them (measured at 3,000 letters: 14 ms a letter, with this 7.5 ms).
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        else:
            log.warning(
                "%s lies on a network file system (%s), where SQLite's WAL loses data: "
                "using the slower rollback journal, so readers may have to wait for the writer",
                path,
                network,
            )
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = FULL")
        return Archive(connection, str(path), lock)
    except BaseException as failure:
        if connection is not None:
            connection.close()
        lock.release()
        if isinstance(failure, sqlite3.DatabaseError):
            raise _refused(path, failure) from failure
        raise


def _open_to_read(path: Path) -> Archive:
    try:
        connection = _connect(path, "ro")
        version = version_of(connection)
    except sqlite3.DatabaseError as failure:
        raise _refused(path, failure) from failure
    if version != VERSION:
        connection.close()
        raise DatabaseOfAnotherVersion(str(path), f"made by {'a newer' if version > VERSION else 'an older'} version")
    return Archive(connection, str(path))


def _refused(path: Path, failure: sqlite3.DatabaseError) -> DatabaseNotOurs | DatabaseNotWritable:
    """What a file that SQLite does not take is: damaged, or not to be written."""
    if failure.sqlite_errorcode in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DatabaseNotOurs(str(path), f"damaged: {failure}")
    return DatabaseNotWritable(str(path), str(failure))


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    address = f"file:{quote(bytes(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=_BUSY_SECONDS)
    for pragma in ("foreign_keys = ON", "recursive_triggers = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    return connection
