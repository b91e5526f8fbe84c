"""Files through an executor: probed ahead, pages and letters side by side, results in listed order."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from extract import jobs
from extract.errors import BrokenFile, ClusterLost, CongvanError, MachineLacks, MachineTrouble
from extract.readers.find import Found
from extract.readers.probed import Probe
from extract.records import Letter, Page
from extract.settings import ReadSettings
from extract.understood import Understood

FromCache = Callable[[str, int], Page | None]
Keep = Callable[[str, Page], None]

_ATTEMPTS = 3
"""A job that fails for a reason outside its file is tried again this often before the run stops."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where jobs run: `width` at a time; `lost` are the errors by which the executor says that it lost a job.

    `ahead` more are handed out, so that the executor need not wait for us: with many, a letter that could
    be stored waits behind pages of later ones.
    """

    executor: Executor
    width: int
    ahead: int = 1
    lost: tuple[type[BaseException], ...] = ()

    @property
    def handed_out(self) -> int:
        """Jobs the executor has at a time."""
        return self.width + self.ahead

    @property
    def window(self) -> int:
        """Pages that are held at a time: enough to keep all busy while the first in line takes its time."""
        return max(32, 8 * self.width)


@dataclass(frozen=True, slots=True)
class Intake:
    """A file after reading: its letter, with the pages that could be read, what it says, and what went wrong."""

    found: Found
    sha256: str | None
    letter: Letter | None
    problem: CongvanError | None = None  # the whole file
    page_problems: tuple[tuple[int, CongvanError], ...] = ()
    fresh: frozenset[int] = frozenset()  # numbers of pages that did not come from the cache
    understood: Understood | CongvanError | None = None  # None where it was not asked for


class Watcher:
    """Who wants to know how the work goes; this one does not."""

    def page_done(self) -> None:
        """One more page is read."""

    def waiting(self, jobs: int) -> None:
        """So many jobs are handed to the executor and not done."""


@dataclass(slots=True)
class _File:
    place: int  # in the order of the input
    found: Found
    probe: Probe | None = None
    pages: dict[int, Page | CongvanError] = field(default_factory=dict)
    fresh: set[int] = field(default_factory=set)
    letter: Letter | None = None
    understood: Understood | CongvanError | None = None
    problem: CongvanError | None = None
    trouble: CongvanError | None = None  # no fault of the file
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class _Job:
    file: _File
    number: int  # of the page; 0 for another job
    work: Callable[..., Any]
    arguments: tuple[object, ...]
    attempt: int = 1


def read_in_order(
    files: Iterable[Found],
    place: Workplace,
    settings: ReadSettings,
    *,
    from_cache: FromCache,
    keep: Keep = lambda _sha256, _page: None,
    watcher: Watcher | None = None,
    understand: bool = True,
) -> Iterator[Intake]:
    """Each file's `Intake`, in the order of `files`, whatever finishes first.

    At most about `place.window` pages are held, apart from those of one file. `files` is drawn
    from as there is room. `from_cache` gives a page already read (sha256, number) or None, `keep`
    is given each page (sha256, page) as soon as it is read.

    Raises:
        MachineLacks: OCR is needed and cannot be had; no file is to blame.
        MachineTrouble: nothing works on this machine; no file is to blame.
    """
    line = _Line(place, settings, from_cache, keep, watcher or Watcher(), understand)
    coming = iter(files)
    try:
        while True:
            while line.has_room and (found := next(coming, None)) is not None:
                line.add(found)
            if line.is_empty:
                return
            while not line.first_is_done:
                line.wait()
            yield line.take_first()
    finally:
        line.cancel()


class _Line:
    """The files under way, first come first out."""

    def __init__(
        self,
        place: Workplace,
        settings: ReadSettings,
        from_cache: FromCache,
        keep: Keep,
        watcher: Watcher,
        understand: bool,
    ) -> None:
        self._place = place
        self._settings = settings
        self._from_cache = from_cache
        self._keep = keep
        self._watcher = watcher
        self._understand = understand
        self._files: deque[_File] = deque()
        self._held = 0
        self._added = 0
        self._to_do: list[tuple[int, int, _Job]] = []  # a heap: what the first file needs comes first
        self._submitted = 0
        self._flying: dict[Future[Any], _Job] = {}
        self._landed: SimpleQueue[Future[Any]] = SimpleQueue()
        self._in_trouble = False
        self._understanding_starts = False

    @property
    def has_room(self) -> bool:
        return self._held < self._place.window and not self._in_trouble

    @property
    def is_empty(self) -> bool:
        return not self._files

    @property
    def first_is_done(self) -> bool:
        return self._files[0].is_done

    def add(self, found: Found) -> None:
        self._added += 1
        file = _File(self._added, found)
        self._files.append(file)
        self._held += 1
        self._submit(_Job(file, 0, jobs.probe_file, (str(found.path), self._settings)))

    def take_first(self) -> Intake:
        file = self._files.popleft()
        self._held -= max(1, len(file.pages))
        if file.trouble is not None:
            raise file.trouble
        problems = tuple(
            (number, page) for number, page in sorted(file.pages.items()) if isinstance(page, CongvanError)
        )
        sha256 = file.probe.sha256 if file.probe is not None else None
        return Intake(file.found, sha256, file.letter, file.problem, problems, frozenset(file.fresh), file.understood)

    def wait(self) -> None:
        """Wait for a job to end and hand out what comes after it."""
        future = self._landed.get()
        job = self._flying.pop(future)
        self._watcher.waiting(len(self._flying) + len(self._to_do))
        result = self._result(future)
        if isinstance(result, MachineTrouble) and job.attempt < _ATTEMPTS and not self._in_trouble:
            self._submit(_Job(job.file, job.number, job.work, job.arguments, job.attempt + 1))
        elif isinstance(result, MachineTrouble | MachineLacks):
            self._in_trouble = True
            job.file.trouble, job.file.is_done = result, True
        elif job.work is jobs.probe_file:
            self._probed(job.file, result)
        elif job.number:
            self._read(job.file, job.number, result)
        elif job.work is jobs.understand_letter:
            job.file.understood, job.file.is_done = result, True
        self._hand_out()

    def cancel(self) -> None:
        self._to_do.clear()
        for future in list(self._flying):
            future.cancel()

    def _submit(self, job: _Job) -> None:
        self._submitted += 1
        heapq.heappush(self._to_do, (job.file.place, self._submitted, job))
        self._hand_out()

    def _hand_out(self) -> None:
        """Give the executor work: a letter that is complete is stored before pages of later ones are read.

        So little is lost with a run that is killed, and little is held.
        """
        while self._to_do and len(self._flying) < self._place.handed_out:
            _, _, job = heapq.heappop(self._to_do)
            future = self._place.executor.submit(job.work, *job.arguments)
            self._flying[future] = job
            future.add_done_callback(self._landed.put)

    def _result(self, future: Future[Any]) -> Any:
        losses: tuple[type[BaseException], ...] = (CancelledError, *self._place.lost)
        try:
            return future.result()
        except losses as lost:
            return ClusterLost("the executor", f"{type(lost).__name__}: {lost}"[:200])

    def _probed(self, file: _File, probe: Probe | CongvanError) -> None:
        if isinstance(probe, CongvanError):
            file.problem, file.is_done = probe, True
            return
        file.probe = probe
        self._held += max(0, probe.pages - 1)
        if self._understand and not self._understanding_starts:
            self._understanding_starts = True
            self._submit(_Job(file, 0, jobs.start_understanding, (self._settings,)))
        missing = []
        for number in range(1, probe.pages + 1):
            cached = self._from_cache(probe.sha256, number)
            if cached is None:
                missing.append(number)
            else:
                file.pages[number] = cached
                self._watcher.page_done()
        for number in missing:
            self._submit(_Job(file, number, jobs.read_page, (str(file.found.path), number, self._settings)))
        self._close_if_read(file)

    def _read(self, file: _File, number: int, page: Page | CongvanError) -> None:
        assert file.probe is not None
        file.pages[number] = page
        if isinstance(page, Page):
            file.fresh.add(number)
            self._keep(file.probe.sha256, page)
        self._watcher.page_done()
        self._close_if_read(file)

    def _close_if_read(self, file: _File) -> None:
        assert file.probe is not None
        if len(file.pages) < file.probe.pages or file.is_done:
            return
        pages = tuple(page for _, page in sorted(file.pages.items()) if isinstance(page, Page))
        if not pages:
            failures = [page for _, page in sorted(file.pages.items()) if isinstance(page, CongvanError)]
            file.problem = failures[0] if failures else BrokenFile(file.found.shown, "no pages")
            file.is_done = True
            return
        file.letter = Letter(file.found.shown, file.probe.sha256, file.probe.media_type, pages)
        if self._understand:
            self._submit(_Job(file, 0, jobs.understand_letter, (file.letter, self._settings)))
        else:
            file.is_done = True
