"""The run lock: one writer a database, and who it is."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import socket
from pathlib import Path

from extract.errors import DatabaseInUse, DatabaseNotWritable


class RunLock:
    """An exclusive `flock` on `<database>.lock`.

    The kernel drops it with the process, however that ends, so a lock file whose writer is
    gone is stale and simply taken over. The file says who holds it: pid, host, since when.
    """

    def __init__(self, database: Path) -> None:
        self.database = database
        self.path = database.with_name(f"{database.name}.lock")
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            DatabaseInUse: another process has it.
            DatabaseNotWritable: the folder or the file system does not allow it.
        """
        while self._descriptor is None:
            try:
                descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
            except OSError as failure:
                raise DatabaseNotWritable(str(self.database), failure.strerror) from failure
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = _holder(descriptor)
                os.close(descriptor)
                raise DatabaseInUse(str(self.database), holder) from None
            except OSError as failure:
                os.close(descriptor)
                raise DatabaseNotWritable(str(self.database), f"no lock: {failure.strerror}") from failure
            if self._is_current(descriptor):
                self._descriptor = descriptor
            else:  # its holder removed the file between our opening and locking it
                os.close(descriptor)
        started = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        who = {"pid": os.getpid(), "host": socket.gethostname(), "started": started}
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(who).encode(), 0)

    def release(self) -> None:
        """Give the lock back and remove its file; nothing where it is not held."""
        if self._descriptor is not None:
            self.path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None

    def _is_current(self, descriptor: int) -> bool:
        try:
            there = self.path.stat()
        except FileNotFoundError:
            return False
        here = os.fstat(descriptor)
        return (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)


def _holder(descriptor: int) -> str:
    try:
        who = json.loads(os.pread(descriptor, 4096, 0))
        return f"process {who['pid']} on {who['host']} since {who['started']}"
    except (ValueError, KeyError, TypeError):
        return "its holder has not said who it is yet"
