"""What happened to a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How the work on a file ended."""

    DONE = "done"
    PARTIAL = "partial"  # some pages failed; the rest is stored
    FAILED = "failed"
    SKIPPED = "skipped"  # not a letter: a kind of file that is not read


class Stage(StrEnum):
    """Where it ended."""

    FIND = "find"
    READ = "read"
    REPAIR = "repair"
    EXTRACT = "extract"
    CHECK = "check"
    STORE = "store"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one file; `page` is the first page that failed, where one did."""

    path: str
    sha256: str | None
    status: Status
    stage: Stage | None = None
    page: int | None = None
    message: str | None = None
