"""What each file found needs: to be read, nothing, or only a line in the list."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from extract.errors import NothingToRead, PathMissing
from extract.readers.find import Found, find_files
from extract.records import Outcome, Status
from extract.store.archive import Archive


class Need(StrEnum):
    """What is to be done with a file."""

    READ = "read"
    NOTHING = "nothing"  # same content, same rules, stored
    LISTING = "listing"  # cannot be opened; `Found.problem` says why
    COMPARING = "comparing"  # same content as a file before it


@dataclass(frozen=True, slots=True)
class Sorted:
    """A file, what it needs, the hash of its content (None where it cannot be read) and its stored outcome.

    `first` is the path of the first file with the same content.
    """

    found: Found
    need: Need
    sha256: str | None
    stored: Outcome | None
    first: str | None = None


def count_files(paths: Sequence[Path]) -> int:
    """How many files there are below `paths`.

    Raises:
        PathMissing, NothingToRead: nothing to work on.
    """
    count = 0
    for count, file in enumerate(_found(paths), 1):  # noqa: B007
        if isinstance(file.problem, PathMissing):
            raise file.problem
    if not count:
        raise NothingToRead(", ".join(map(str, paths)))
    return count


class Sorter:
    """Goes through the files once, in an order that does not depend on that of `paths`."""

    def __init__(self, archive: Archive | None, fingerprint: str, *, retry_failed: bool) -> None:
        self._archive = archive
        self._fingerprint = fingerprint
        self._retry_failed = retry_failed
        self._first: dict[bytes, str] = {}

    def sort(self, paths: Sequence[Path]) -> Iterator[Sorted]:
        """Each file below `paths` with what it needs; it holds no more than a line a file."""
        for found in _found(paths):
            yield self._sort(found)

    def _sort(self, found: Found) -> Sorted:
        sha256 = _hash(found.path) if found.problem is None else None
        first = None
        if sha256 is not None:
            first = self._first.setdefault(bytes.fromhex(sha256[:32]), found.shown)
        if first == found.shown:
            first = None
        known = self._archive.outcome_of(found.shown) if self._archive is not None else None
        stored = known.outcome if known is not None else None
        same = known is not None and (known.outcome.sha256, known.fingerprint) == (sha256, self._fingerprint)
        again = stored is not None and stored.status in (Status.FAILED, Status.PARTIAL) and self._retry_failed
        if same and not again and (first is None or (stored is not None and stored.message == twin_message(first))):
            need = Need.NOTHING
        elif found.problem is not None:
            need = Need.LISTING
        else:
            need = Need.READ if first is None else Need.COMPARING
        return Sorted(found, need, sha256, stored, first)


def twin_message(first: str) -> str:
    """What the outcome of a file says that has the content of the file `first`."""
    return f"same content as {first}"


def _found(paths: Sequence[Path]) -> Iterator[Found]:
    return find_files(sorted(paths, key=os.fsencode))


def _hash(path: Path) -> str | None:
    """SHA-256 of the content; None where it cannot be read (the reader will say why)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
