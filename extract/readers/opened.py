"""Opening a file that may be anything: never a FIFO that waits, never more bytes than the limit."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from extract.errors import EmptyFile, FileUnreadable, NotARegularFile, PathMissing, TooLarge
from extract.readers.find import show_path
from extract.settings import ReadSettings


@contextmanager
def open_regular(path: Path, settings: ReadSettings) -> Iterator[BinaryIO]:
    """The file as a binary stream.

    Raises:
        PathMissing, FileUnreadable, NotARegularFile, EmptyFile, TooLarge: by its name.
    """
    shown = show_path(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except FileNotFoundError:
        raise PathMissing(shown) from None
    except (OSError, ValueError) as error:
        raise FileUnreadable(shown, str(getattr(error, "strerror", None) or error)) from error
    with os.fdopen(descriptor, "rb") as stream:
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            raise NotARegularFile(shown)
        if facts.st_size == 0:
            raise EmptyFile(shown)
        if facts.st_size > settings.file_mb * 1024 * 1024:
            raise TooLarge(shown, f"{facts.st_size / 1024 / 1024:.0f} MB, the limit is {settings.file_mb} MB")
        yield stream
