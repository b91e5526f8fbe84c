"""What each file found needs: to be read, nothing, or only a line in the list."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from extract.copies import Copies, Copy
from extract.errors import NothingToRead, PathMissing
from extract.readers.find import Found, find_files
from extract.records import Outcome, Stage, Status
from extract.store.archive import Archive
from extract.store.contents import StoredOutcome

_UNREAD = (Status.FAILED, Status.SKIPPED)


class Need(StrEnum):
    """What is to be done with a file."""

    READ = "read"
    NOTHING = "nothing"  # same content, same rules, stored
    LISTING = "listing"  # cannot be opened; `Found.problem` says why
    COMPARING = "comparing"  # same content as a file before it, about which not all is known yet


class Why(StrEnum):
    """Why there is work to do with a file, in the words of the summary."""

    NEW = "new"
    CHANGED = "changed"
    RULES = "done anew under other rules or settings"
    AGAIN = "tried again"  # it failed, or is a copy of one that is tried


@dataclass(frozen=True, slots=True)
class Sorted:
    """A file, what it needs, the hash of its content (None where it cannot be read) and its stored outcome."""

    found: Found
    need: Need
    sha256: str | None
    stored: Outcome | None
    why: Why


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
        self._copies = Copies()

    def sort(self, paths: Sequence[Path]) -> Iterator[Sorted]:
        """Each file below `paths` with what it needs."""
        for found in _found(paths):
            yield self._sort(found)

    def as_copy(self, found: Found, sha256: str) -> Outcome | None:
        """The outcome of a file that is a copy of one before it; None where it has to be read under its own name.

        That is where those before it could not be read and claim to be of another kind than this one.
        Those before it must have their outcomes.
        """
        shown = found.shown
        for before in self._copies.before(sha256, found):
            first = self._known(before.shown)
            if first is None or first.sha256 != sha256:
                continue
            if first.status not in _UNREAD:
                message = f"same content as {before.shown}"
                return Outcome(shown, sha256, first.status, Stage.STORE, None, message)
            if before.claim == Copy.of(found).claim:
                return Outcome(shown, sha256, first.status, first.stage, first.page, first.message)
        return None

    def _sort(self, found: Found) -> Sorted:
        sha256 = _hash(found.path) if found.problem is None else None
        known = self._archive.outcome_of(found.shown) if self._archive is not None else None
        stored = known.outcome if known is not None else None
        same = known is not None and (known.outcome.sha256, known.fingerprint) == (sha256, self._fingerprint)
        again = stored is not None and stored.status in (Status.FAILED, Status.PARTIAL) and self._retry_failed
        need = Need.NOTHING if same and not again else Need.READ
        if found.problem is not None:
            need = Need.LISTING if need is Need.READ else need
        elif sha256 is not None and (before := self._copies.before(sha256, found)):
            copied = self.as_copy(found, sha256)
            settled = all(one.settled for one in before) and (copied is None or copied == stored)
            need = need if settled and need is Need.NOTHING else Need.COMPARING
        if sha256 is not None:
            self._copies.add(sha256, found, settled=need is Need.NOTHING)
        return Sorted(found, need, sha256, stored, _why(known, sha256, self._fingerprint))

    def _known(self, shown: str) -> Outcome | None:
        known = self._archive.outcome_of(shown) if self._archive is not None else None
        return known.outcome if known is not None else None


def _why(known: StoredOutcome | None, sha256: str | None, fingerprint: str) -> Why:
    if known is None:
        return Why.NEW
    if known.outcome.sha256 != sha256:
        return Why.CHANGED
    return Why.RULES if known.fingerprint != fingerprint else Why.AGAIN


def _found(paths: Sequence[Path]) -> Iterator[Found]:
    return find_files(sorted(paths, key=os.fsencode))


def _hash(path: Path) -> str | None:
    """SHA-256 of the content; None where it cannot be read (the reader will say why)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
