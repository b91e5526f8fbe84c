"""A run: from files to the archive, letter by letter, in input order, with one writer.

Done means that the outcome, with the hash of the content and the fingerprint of all that
decides the result, was committed together with the letter's rows.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from extract import __version__, jobs
from extract.errors import NothingToRead, PathMissing, UnsupportedKind
from extract.fingerprint import understanding_fingerprint
from extract.intake import Intake, read_in_order
from extract.readers.find import Found, find_files
from extract.readers.fingerprint import reading_fingerprint
from extract.records import Letter, Outcome, Stage, Status
from extract.settings import ReadSettings
from extract.store.archive import Archive, open_archive

if TYPE_CHECKING:
    from extract.understand import Understood

log = logging.getLogger("extract.run")


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How to run: `jobs` pages at a time here, or on the Dask scheduler at `cluster`."""

    read: ReadSettings = field(default_factory=ReadSettings)
    jobs: int = 1
    cluster: str | None = None
    retry_failed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: `todo` files, `unchanged` ones by their stored outcome."""

    todo: tuple[Found, ...]
    unchanged: tuple[Outcome, ...]
    hashes: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: the outcomes of all files found, how many were new, pages read, seconds."""

    outcomes: tuple[Outcome, ...]
    new: int
    pages: int
    seconds: float
    interrupted: bool = False

    def count(self, status: Status) -> int:
        """Files that ended with `status`."""
        return sum(outcome.status is status for outcome in self.outcomes)


class Progress(Protocol):
    """Who wants to know how far the run is."""

    def begin(self, files: int, unchanged: int) -> None:
        """`files` are to be read, `unchanged` need no work."""

    def page_done(self) -> None:
        """One more page is read."""

    def file_done(self, outcome: Outcome) -> None:
        """One more file has its outcome."""


class Silence:
    """Progress nobody looks at."""

    def begin(self, files: int, unchanged: int) -> None:
        """Say nothing."""

    def page_done(self) -> None:
        """Say nothing."""

    def file_done(self, outcome: Outcome) -> None:
        """Say nothing."""


def plan_run(paths: Sequence[Path], database: Path, settings: RunSettings) -> Plan:
    """What a run over `paths` would do, without doing it.

    Raises:
        PathMissing, NothingToRead: nothing to work on.
        DatabaseProblem: `database` exists and is not ours.
    """
    found = _found(paths)
    if not database.exists():
        return Plan(found, (), {file.shown: None for file in found})
    with open_archive(database, create=False) as archive:
        return _plan(found, archive, settings)


def run(paths: Sequence[Path], database: Path, settings: RunSettings, progress: Progress | None = None) -> Summary:
    """Read everything under `paths` that is new or changed into `database`.

    A file that fails has its outcome stored and never stops the run; a second run does only
    what is missing. An interrupt (Ctrl-C) ends the run after the letter being stored.

    Raises:
        UsageProblem: nothing to read, or the database is a folder.
        MachineLacks: OCR is needed and is not installed; what was done is stored.
        DatabaseProblem: the database is in use or is not ours.
    """
    progress = progress or Silence()
    started = time.monotonic()
    found = _found(paths)
    with open_archive(database, create=True) as archive:
        plan = _plan(found, archive, settings)
        progress.begin(len(plan.todo), len(plan.unchanged))
        outcomes = {outcome.path: outcome for outcome in plan.unchanged}
        pages, interrupted = 0, False
        if plan.todo:
            run_id = archive.begin_run(
                __version__, _fingerprint(settings.read), json.dumps(asdict(settings), sort_keys=True)
            )
            try:
                for outcome, count in _work(plan, archive, settings, progress):
                    outcomes[outcome.path] = outcome
                    pages += count
                    progress.file_done(outcome)
            except KeyboardInterrupt:
                interrupted = True
            archive.end_run(run_id)
        if archive.between_due and not interrupted:
            _relate(archive)
    return Summary(
        tuple(outcomes[file.shown] for file in found if file.shown in outcomes),
        len(outcomes) - len(plan.unchanged),
        pages,
        time.monotonic() - started,
        interrupted,
    )


def _found(paths: Sequence[Path]) -> tuple[Found, ...]:
    found = tuple(find_files(paths))
    for file in found:
        if isinstance(file.problem, PathMissing):
            raise file.problem
    if not found:
        raise NothingToRead(", ".join(map(str, paths)))
    return found


def _fingerprint(settings: ReadSettings) -> str:
    return f"{reading_fingerprint(settings)}-{understanding_fingerprint()}"


def _plan(found: Sequence[Found], archive: Archive, settings: RunSettings) -> Plan:
    fingerprint = _fingerprint(settings.read)
    todo, unchanged, hashes = [], [], {}
    for file in found:
        digest = hashes[file.shown] = _hash(file.path) if file.problem is None else None
        stored = archive.outcome_of(file.shown)
        same = stored is not None and (stored.outcome.sha256, stored.fingerprint) == (digest, fingerprint)
        failed = stored is not None and stored.outcome.status in (Status.FAILED, Status.PARTIAL)
        if stored is not None and same and not (failed and settings.retry_failed):
            unchanged.append(stored.outcome)
        else:
            todo.append(file)
    return Plan(tuple(todo), tuple(unchanged), hashes)


def _hash(path: Path) -> str | None:
    """SHA-256 of the content; None where it cannot be read (the reader will say why)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _work(plan: Plan, archive: Archive, settings: RunSettings, progress: Progress) -> Iterator[tuple[Outcome, int]]:
    """Outcome and number of freshly read pages of each file to do, stored as it goes."""
    fingerprint, reading = _fingerprint(settings.read), reading_fingerprint(settings.read)
    readable = []
    first_path = {
        outcome.sha256: outcome.path
        for outcome in plan.unchanged
        if outcome.sha256 is not None and outcome.status in (Status.DONE, Status.PARTIAL)
    }
    for file in plan.todo:
        digest = plan.hashes[file.shown]
        early = _without_reading(file, digest, first_path)
        if early is None:
            readable.append(file)
            if digest is not None:
                first_path[digest] = file.shown
        else:
            archive.put_outcome(early, fingerprint)
            yield early, 0
    with _executor(settings) as (executor, width):
        for intake in read_in_order(
            readable,
            executor,
            settings.read,
            window=4 * width,
            from_cache=lambda sha256, number: archive.cached_page(sha256, number, reading),
            on_page=progress.page_done,
        ):
            yield _store(intake, plan.hashes[intake.found.shown], archive, fingerprint, reading), len(intake.fresh)


def _without_reading(file: Found, digest: str | None, first_path: dict[str, str]) -> Outcome | None:
    """The outcome of a file that is not to be opened: no regular file, or the same bytes as an earlier one."""
    if file.problem is not None:
        return Outcome(file.shown, digest, Status.FAILED, Stage.FIND, None, file.problem.explanation)
    if digest in first_path:
        return Outcome(file.shown, digest, Status.DONE, Stage.STORE, None, f"same content as {first_path[digest]}")
    return None


def _store(intake: Intake, digest: str | None, archive: Archive, fingerprint: str, reading: str) -> Outcome:
    shown = intake.found.shown
    if intake.letter is None:
        status = Status.SKIPPED if isinstance(intake.problem, UnsupportedKind) else Status.FAILED
        message = intake.problem.explanation if intake.problem else None
        unread = Outcome(shown, intake.sha256 or digest, status, Stage.READ, None, message)
        archive.put_outcome(unread, fingerprint)
        return unread
    for page in intake.letter.pages:
        if page.number in intake.fresh:
            archive.put_page(intake.letter.sha256, page, reading)
    understood, trouble = _understand(intake.letter)
    outcome = _outcome(intake, trouble)
    found = (understood.reading, understood.records, understood.findings)
    archive.put_letter(intake.letter, *found, outcome, fingerprint, understood.bodies)
    return outcome


def _understand(letter: Letter) -> tuple[Understood, str | None]:
    """The letter understood, or as read with the reason why not: a fault of ours must not lose the pages."""
    from extract.understand import as_read, understand  # spaCy loads here: a run with nothing to do needs none of it

    try:
        return understand(letter), None
    except Exception as fault:
        log.exception("%s: could not be understood", letter.path)
        return as_read(letter), f"{type(fault).__name__}: {fault}"


def _outcome(intake: Intake, trouble: str | None) -> Outcome:
    shown, sha256 = intake.found.shown, intake.sha256
    if intake.page_problems:
        first, problem = intake.page_problems[0]
        pages = ", ".join(str(number) for number, _ in intake.page_problems)
        return Outcome(
            shown, sha256, Status.PARTIAL, Stage.READ, first, f"pages not read: {pages} ({problem.explanation})"
        )
    if trouble:
        return Outcome(
            shown, sha256, Status.PARTIAL, Stage.EXTRACT, None, f"stored as read, nothing extracted ({trouble})"
        )
    return Outcome(shown, sha256, Status.DONE, Stage.STORE)


def _relate(archive: Archive) -> None:
    """What needs all letters: citations to letters in the archive, findings between letters."""
    from extract.checks.between import between

    archive.link_citations()
    archive.put_between_findings(between(archive.records_for_between()))


@contextmanager
def _executor(settings: RunSettings) -> Iterator[tuple[Executor, int]]:
    """The executor and how many pages it reads at a time."""
    if settings.cluster is None:
        with ThreadPoolExecutor(settings.jobs, thread_name_prefix="page") as threads:
            try:
                yield threads, settings.jobs
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
                jobs.close_guards()
        return
    from extract.cluster import cluster_executor

    with cluster_executor(settings.cluster) as (executor, width):
        yield executor, width
