"""The jobs an executor runs: look into a file, read one page, understand one letter.

They work in guarded processes taken from a pool, so a hostile page or text costs itself and
nothing else. Failures are returned, not raised: they are results like any other and
travel between machines. Before a failure that a sick machine could cause is charged to a file, the
machine has to prove itself on a page known to be good.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from extract.apart.guard import Understander
from extract.errors import (
    ComparingFailed,
    CongvanError,
    FileFailure,
    LetterNotUnderstood,
    LetterTooSlow,
    MachineTrouble,
    PageTooSlow,
    SelfTestFailed,
    TooLarge,
    WorkerDied,
)
from extract.readers.guard import Guard
from extract.readers.probed import Probe
from extract.records import Finding, Letter, Page
from extract.settings import ReadSettings
from extract.understood import Understood

SICK_SECONDS = 2.0
"""A machine in trouble answers late: others of a cluster take its work, and a passing trouble passes."""

_ATTEMPTS = 2
"""A process may be killed by the system for what others did; a page that two of them die on is to blame."""

START_SECONDS = 2.0
"""What it costs to start a process that understands letters, in seconds of a core."""

Worker = TypeVar("Worker", Guard, Understander)
Answer = TypeVar("Answer")


class Pool(Generic[Worker]):
    """Workers of one kind, kept for the next job.

    Where all are at work, a job waits for one of them before another is started, but over the pool's life no longer
    than `patience` seconds: about what a start costs, so that waiting never costs more than it can save.
    """

    def __init__(self, make: Callable[[ReadSettings], Worker], patience: float = 0.0) -> None:
        self._make: Callable[[ReadSettings], Worker] = make
        self._patience = patience
        self._freed = threading.Condition()
        self._idle: dict[ReadSettings, list[Worker]] = defaultdict(list)
        self._all: list[Worker] = []
        self._has_served = False
        self._starting = 0
        self._closings = 0

    @contextmanager
    def borrow(self, settings: ReadSettings, *, to_start: bool = False) -> Iterator[Worker]:
        """A worker nobody else uses meanwhile; where it is only `to_start`, jobs wait for it as long as that takes."""
        worker = self._take(settings)
        with self._freed:
            self._starting += to_start
        try:
            yield worker
        finally:
            with self._freed:
                self._has_served = True
                self._starting -= to_start
                if not worker.is_closed:
                    self._idle[settings].append(worker)
                self._freed.notify_all()

    def close(self) -> None:
        """End all workers, those at work too."""
        with self._freed:
            workers = self._all.copy()
            self._all.clear()
            self._idle.clear()
            self._closings += 1
            self._freed.notify_all()
        for worker in workers:
            worker.close()

    def _take(self, settings: ReadSettings) -> Worker:
        with self._freed:
            closings = self._closings

            def settled() -> bool:
                return bool(self._idle[settings]) or self._closings != closings

            self._freed.wait_for(lambda: settled() or not self._starting)
            if self._has_served and self._all and not self._idle[settings] and self._patience > 0:
                began = time.monotonic()
                self._freed.wait_for(settled, self._patience)
                self._patience -= time.monotonic() - began
            if self._idle[settings]:
                return self._idle[settings].pop()
            worker = self._make(settings)
            if self._closings == closings:
                self._all.append(worker)
                return worker
        worker.close()  # the run ended while we waited
        return worker


readers = Pool(Guard)
understanders = Pool(Understander, patience=START_SECONDS)


def probe_file(path: str, settings: ReadSettings) -> Probe | CongvanError:
    """Identity, kind and number of pages of a file, or why it cannot be read."""
    with readers.borrow(settings) as guard:
        return _tried(guard, lambda: guard.probe(Path(path)))


def read_page(path: str, number: int, settings: ReadSettings) -> Page | CongvanError:
    """Page `number` (from 1) of a file, or why it cannot be read."""
    with readers.borrow(settings) as guard:
        return _tried(guard, lambda: guard.read_page(Path(path), number))


def start_understanding(settings: ReadSettings) -> CongvanError | None:
    """Have a process that understands letters, so that the first letter read does not wait for its models."""
    with understanders.borrow(settings, to_start=True) as guard:
        return _tried(guard, guard.test)


def understand_letter(letter: Letter, settings: ReadSettings) -> Understood | CongvanError:
    """What a letter says, or why it could not be found."""
    with understanders.borrow(settings) as guard:
        result = _tried(guard, lambda: guard.understand(letter))
    if isinstance(result, PageTooSlow):
        return LetterTooSlow(letter.path, result.detail)
    if isinstance(result, WorkerDied | TooLarge):
        return LetterNotUnderstood(letter.path, result.detail)
    return result


def compare_letters(database: Path, settings: ReadSettings) -> Iterator[tuple[str, Finding]]:
    """Findings between the letters of the archive at `database`, each with the key of its letter, by that key.

    Raises:
        MachineTrouble: they cannot be made.
    """
    with understanders.borrow(settings) as guard:
        try:
            yield from guard.between(database)
        except FileFailure as failure:
            raise ComparingFailed(str(database), f"{failure.problem}: {failure.detail}") from failure


def close_workers() -> None:
    """End all worker processes of this process."""
    readers.close()
    understanders.close()


def _tried(guard: Guard | Understander, ask: Callable[[], Answer]) -> Answer | CongvanError:
    """The answer, or the failure that the file is to blame for, or the trouble that the machine is in."""
    failure: CongvanError | None = None
    for _ in range(_ATTEMPTS):
        try:
            return ask()
        except MachineTrouble as trouble:
            return _late(trouble)
        except (PageTooSlow, WorkerDied) as suspect:
            failure = suspect
        except CongvanError as plain:
            if not plain.unforeseen:
                return plain
            failure = plain
        if guard.is_closed:
            break
        try:
            guard.test()
        except CongvanError as sick:
            return _late(SelfTestFailed(os.uname().nodename, f"{sick.problem}: {sick.detail or 'no reason given'}"))
        if not isinstance(failure, WorkerDied):
            break
    assert failure is not None
    return failure


def _late(trouble: MachineTrouble) -> MachineTrouble:
    time.sleep(SICK_SECONDS)
    return trouble


atexit.register(close_workers)
