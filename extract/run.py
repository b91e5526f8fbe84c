"""A run: from files to the archive, letter by letter, in input order, with one writer.

Done means that the outcome, with the hash of the content and the fingerprint of all that
decides the result, was committed together with the letter's rows. Pages are kept as they are
read, so that a run which is killed in a letter of hundreds of pages does not begin it anew.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from extract import __version__, jobs
from extract.breaker import Breaker
from extract.errors import CongvanError, UnsupportedKind
from extract.fingerprint import understanding_fingerprint
from extract.intake import Intake, Watcher, Workplace, read_in_order
from extract.readers.find import Found
from extract.readers.fingerprint import reading_fingerprint
from extract.records import Outcome, Stage, Status
from extract.settings import ReadSettings
from extract.sorting import Need, Sorted, Sorter, Why, count_files
from extract.stopping import Stopping, exit_status
from extract.store.archive import Archive, open_archive
from extract.understood import Understood, as_read

NAMED = 20
"""So many files of a kind of trouble are named at the end of a run; a batch may have thousands."""


@dataclass(frozen=True, slots=True)
class RunSettings:
    """How to run: `jobs` at a time here, or on the Dask scheduler at `cluster`."""

    read: ReadSettings = field(default_factory=ReadSettings)
    jobs: int = 1
    cluster: str | None = None
    retry_failed: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: files by outcome, those worked on by why, pages read, seconds, the first failures and skips.

    `exit_status` is that of a run that was interrupted; None where it came to its end.
    """

    counts: dict[Status, int]
    worked_on: dict[Why, int]
    pages: int
    seconds: float
    failures: tuple[Outcome, ...]
    skips: tuple[Outcome, ...]
    exit_status: int | None = None

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C or SIGTERM ended the run before all was done."""
        return self.exit_status is not None

    @property
    def new(self) -> int:
        """Files that were worked on."""
        return sum(self.worked_on.values())

    @property
    def files(self) -> int:
        """Files that have an outcome."""
        return sum(self.counts.values())

    def count(self, status: Status) -> int:
        """Files that ended with `status`."""
        return self.counts.get(status, 0)


class Progress(Watcher):
    """Who wants to know how far the run is; this one does not."""

    def begin(self, files: int) -> None:
        """There are `files` files."""

    def unchanged(self, outcome: Outcome) -> None:
        """A file needs no work."""

    def file_done(self, outcome: Outcome, pages: int) -> None:
        """One more file has its outcome; `pages` of it were read now."""


def plan_run(paths: Sequence[Path], database: Path, settings: RunSettings) -> Iterator[Sorted]:
    """What a run over `paths` would do with each file, without doing it.

    Raises:
        PathMissing, NothingToRead: nothing to work on.
        DatabaseProblem: `database` exists and is not ours.
    """
    count_files(paths)
    fingerprint = _fingerprint(settings.read)
    if not database.exists():
        yield from Sorter(None, fingerprint, retry_failed=False).sort(paths)
        return
    with open_archive(database, create=False) as archive:
        yield from Sorter(archive, fingerprint, retry_failed=settings.retry_failed).sort(paths)


def run(paths: Sequence[Path], database: Path, settings: RunSettings, progress: Progress | None = None) -> Summary:
    """Read everything under `paths` that is new or changed into `database`.

    A file that fails has its outcome stored and never stops the run; a second run does only
    what is missing. Ctrl-C (SIGINT) or SIGTERM ends the run after the letter being stored.

    Raises:
        UsageProblem: nothing to read, or the database is a folder.
        MachineLacks: OCR is needed and is not installed; what was done is stored.
        MachineTrouble: files fail for a reason outside them; what was done is stored.
        DatabaseProblem: the database is in use, is full or is not ours.
        Stopped: by a signal, before anything was begun.
    """
    stopping = Stopping()
    with stopping.listening():
        files = count_files(paths)
        with open_archive(database, create=True) as archive:
            return _Run(paths, database, archive, settings, progress or Progress(), stopping).go(files)


class _Run:
    """One run with its archive open."""

    def __init__(
        self,
        paths: Sequence[Path],
        database: Path,
        archive: Archive,
        settings: RunSettings,
        progress: Progress,
        stopping: Stopping,
    ) -> None:
        self._paths = tuple(paths)
        self._database = database
        self._archive = archive
        self._settings = settings
        self._progress = progress
        self._stopping = stopping
        self._reading = reading_fingerprint(settings.read)
        self._fingerprint = _fingerprint(settings.read)
        self._breaker = Breaker(paths, lambda outcome: self._charge(outcome))
        self._run_id: str | None = None
        self._under_way: dict[str, Sorted] = {}
        self._sorter = Sorter(archive, self._fingerprint, retry_failed=settings.retry_failed)
        self._twins: list[Sorted] = []
        self._counts: Counter[Status] = Counter()
        self._named: dict[Status, list[Outcome]] = {status: [] for status in Status}
        self._worked_on: Counter[Why] = Counter()
        self._pages = 0

    def go(self, files: int) -> Summary:
        started, interrupted = time.monotonic(), None
        self._progress.begin(files)
        try:
            with _workplace(self._settings) as place:
                self._read(self._to_read(), place)
                while self._twins:
                    self._read(self._twins_to_read(), place)
                if self._archive.between_due:
                    self._archive.link_citations()
                    self._archive.put_between_findings(jobs.compare_letters(self._database, self._settings.read))
        except KeyboardInterrupt as stopped:
            interrupted = exit_status(stopped)
        self._stopping.ignore()
        if self._run_id is not None and interrupted is None:
            self._archive.end_run(self._run_id)
        seconds = time.monotonic() - started
        failures = (*self._named[Status.FAILED], *self._named[Status.PARTIAL])
        skips = tuple(self._named[Status.SKIPPED])
        return Summary(dict(self._counts), dict(self._worked_on), self._pages, seconds, failures, skips, interrupted)

    def _read(self, files: Iterable[Found], place: Workplace) -> None:
        for intake in read_in_order(
            files,
            place,
            self._settings.read,
            from_cache=lambda sha256, number: self._archive.cached_page(sha256, number, self._reading),
            keep=lambda sha256, page: self._archive.put_page(sha256, page, self._reading),
            watcher=self._progress,
        ):
            self._store(intake)
        self._breaker.settle()

    def _to_read(self) -> Iterator[Found]:
        """The files that have to be read; what the others need is done on the way."""
        for file in self._sorter.sort(self._paths):
            if file.need is Need.NOTHING:
                assert file.stored is not None
                self._count(file.stored)
                self._progress.unchanged(file.stored)
                continue
            self._begin()
            self._under_way[file.found.shown] = file
            if file.need is Need.LISTING:
                self._list(file)
            elif file.need is Need.COMPARING:
                self._twins.append(file)
            else:
                yield file.found

    def _list(self, file: Sorted) -> None:
        problem = file.found.problem
        why = problem.explanation if problem is not None else None
        unread = Outcome(file.found.shown, file.sha256, Status.FAILED, Stage.FIND, None, why)
        if not self._breaker.hold(unread, problem):
            self._charge(unread)

    def _twins_to_read(self) -> Iterator[Found]:
        """Of each content the next copy that has to be read under its own name; the others are listed, or wait."""
        waiting: list[Sorted] = []
        reading: set[str | None] = set()
        twins, self._twins = self._twins, waiting
        for twin in twins:
            if twin.sha256 in reading:
                waiting.append(twin)
            elif twin.sha256 is not None and (outcome := self._sorter.as_copy(twin.found, twin.sha256)) is not None:
                self._charge(outcome)
            else:
                reading.add(twin.sha256)
                yield twin.found

    def _store(self, intake: Intake) -> None:
        shown = intake.found.shown
        if intake.letter is None:
            status = Status.SKIPPED if isinstance(intake.problem, UnsupportedKind) else Status.FAILED
            message = intake.problem.explanation if intake.problem else None
            sha256 = intake.sha256 or self._under_way[shown].sha256
            unread = Outcome(shown, sha256, status, Stage.READ, None, message)
            if not self._breaker.hold(unread, intake.problem):
                self._charge(unread)
            return
        self._breaker.settle(intake.found.path)
        understood, trouble = _understood(intake)
        outcome = _outcome(intake, trouble, understood.failures)
        with self._stopping.put_off():
            found = (understood.reading, understood.records, understood.findings)
            self._archive.put_letter(intake.letter, *found, outcome, self._fingerprint, understood.bodies)
            self._done(outcome, len(intake.fresh))

    def _charge(self, outcome: Outcome) -> None:
        with self._stopping.put_off():
            self._archive.put_outcome(outcome, self._fingerprint)
            self._done(outcome, 0)

    def _done(self, outcome: Outcome, pages: int) -> None:
        self._count(outcome)
        self._worked_on[self._under_way.pop(outcome.path).why] += 1
        self._pages += pages
        self._progress.file_done(outcome, pages)

    def _count(self, outcome: Outcome) -> None:
        self._counts[outcome.status] += 1
        if outcome.status is not Status.DONE and len(self._named[outcome.status]) < NAMED:
            self._named[outcome.status].append(outcome)

    def _begin(self) -> None:
        """Note the run in the archive with its first work: a run with nothing to do leaves no trace."""
        if self._run_id is None:
            settings = json.dumps(asdict(self._settings), sort_keys=True)
            self._run_id = self._archive.begin_run(__version__, self._fingerprint, settings)


def _fingerprint(settings: ReadSettings) -> str:
    return f"{reading_fingerprint(settings)}-{understanding_fingerprint()}"


def _understood(intake: Intake) -> tuple[Understood, str | None]:
    """What the letter says, or the letter as read with the reason why not: a fault of ours must not lose the pages."""
    assert intake.letter is not None
    if isinstance(intake.understood, Understood):
        return intake.understood, None
    failure = intake.understood
    reason = f"{failure.problem}: {failure.detail}" if isinstance(failure, CongvanError) else "it was not tried"
    return as_read(intake.letter), reason


def _outcome(intake: Intake, trouble: str | None, failures: Sequence[str]) -> Outcome:
    shown, sha256 = intake.found.shown, intake.sha256
    if intake.page_problems:
        first, problem = intake.page_problems[0]
        pages = ", ".join(str(number) for number, _ in intake.page_problems)
        said = f"pages not read: {pages} ({problem.explanation})"
        if failures:
            said += f"; {'; '.join(failures)}"
        if trouble:
            said += f"; the rest stored as read, nothing extracted ({trouble})"
        return Outcome(shown, sha256, Status.PARTIAL, Stage.READ, first, said)
    if trouble:
        said = f"stored as read, nothing extracted ({trouble})"
        return Outcome(shown, sha256, Status.PARTIAL, Stage.EXTRACT, None, said)
    if failures:
        said = f"all is stored but what a check of another package would find ({'; '.join(failures)})"
        return Outcome(shown, sha256, Status.PARTIAL, Stage.EXTRACT, None, said)
    return Outcome(shown, sha256, Status.DONE, Stage.STORE)


@contextmanager
def _workplace(settings: RunSettings) -> Iterator[Workplace]:
    """Where the jobs of this run are done."""
    try:
        if settings.cluster is None:
            threads = ThreadPoolExecutor(settings.jobs, thread_name_prefix="job")
            try:
                yield Workplace(threads, settings.jobs)
            finally:
                threads.shutdown(wait=False, cancel_futures=True)
        else:
            from extract.cluster import cluster_workplace

            with cluster_workplace(settings.cluster) as place:
                yield place
    finally:
        jobs.close_workers()
