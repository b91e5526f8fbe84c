"""Reads files through an executor: probes ahead, pages side by side, a bounded window, results in listed order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from extract import jobs
from extract.errors import BrokenFile, CongvanError, MachineLacks
from extract.readers.find import Found
from extract.readers.probe import Probe
from extract.records import Letter, Page
from extract.settings import ReadSettings

PageResult = Page | CongvanError
FromCache = Callable[[str, int], Page | None]


@dataclass(frozen=True, slots=True)
class Intake:
    """A file after reading: its letter, with the pages that could be read, and what went wrong."""

    found: Found
    sha256: str | None
    letter: Letter | None
    problem: CongvanError | None = None  # the whole file
    page_problems: tuple[tuple[int, CongvanError], ...] = ()
    fresh: frozenset[int] = frozenset()  # numbers of pages that did not come from the cache


@dataclass(slots=True)
class _Pending:
    found: Found
    probe: Probe | CongvanError
    pages: list[PageResult | Future[PageResult]]


def read_in_order(
    files: Sequence[Found],
    executor: Executor,
    settings: ReadSettings,
    *,
    window: int,
    from_cache: FromCache,
    on_page: Callable[[], None] = lambda: None,
) -> Iterator[Intake]:
    """Each file's `Intake`, in the order of `files`, whatever finishes first.

    At most about `window` pages are submitted and not yet handed out, apart from those of the
    file being waited for. `from_cache` gives a page already read (sha256, number) or None.

    Raises:
        MachineLacks: OCR is needed and cannot be had; no file is to blame.
    """
    waiting = iter(files)
    probing: deque[tuple[Found, Future[Probe | CongvanError]]] = deque()
    reading: deque[_Pending] = deque()
    try:
        while True:
            while len(probing) < window and (found := next(waiting, None)) is not None:
                probing.append((found, executor.submit(jobs.probe_file, str(found.path), settings)))
            while probing and sum(len(file.pages) or 1 for file in reading) < window:
                found, future = probing.popleft()
                reading.append(_submit(found, future.result(), executor, settings, from_cache))
            if not reading:
                return
            yield _collect(reading[0], on_page)
            reading.popleft()
    finally:
        for _, future in probing:
            future.cancel()
        for file in reading:
            for page in file.pages:
                if isinstance(page, Future):
                    page.cancel()


def _submit(
    found: Found, probe: Probe | CongvanError, executor: Executor, settings: ReadSettings, from_cache: FromCache
) -> _Pending:
    if isinstance(probe, CongvanError):
        return _Pending(found, probe, [])
    pages: list[PageResult | Future[PageResult]] = []
    for number in range(1, probe.pages + 1):
        cached = from_cache(probe.sha256, number)
        pages.append(cached or executor.submit(jobs.read_page, str(found.path), number, settings))
    return _Pending(found, probe, pages)


def _collect(file: _Pending, on_page: Callable[[], None]) -> Intake:
    if isinstance(file.probe, MachineLacks):
        raise file.probe
    if isinstance(file.probe, CongvanError):
        return Intake(file.found, None, None, file.probe)
    read: list[Page] = []
    problems: list[tuple[int, CongvanError]] = []
    fresh: set[int] = set()
    for number, page in enumerate(file.pages, 1):
        result = page.result() if isinstance(page, Future) else page
        if isinstance(result, MachineLacks):
            raise result
        if isinstance(result, CongvanError):
            problems.append((number, result))
        else:
            read.append(result)
            if isinstance(page, Future):
                fresh.add(number)
        on_page()
    probe, shown = file.probe, file.found.shown
    if not read:
        problem = problems[0][1] if problems else BrokenFile(shown, "no pages")
        return Intake(file.found, probe.sha256, None, problem, tuple(problems))
    letter = Letter(shown, probe.sha256, probe.media_type, tuple(read))
    return Intake(file.found, probe.sha256, letter, None, tuple(problems), frozenset(fresh))
