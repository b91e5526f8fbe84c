"""The progress bar on standard error: files, pages, rate, queue, time left; silent in a pipe."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

from extract.records import Outcome, Status
from extract.run import Progress


class Bar(Progress):
    """A context manager that shows how far a run is when the stream is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream)
        self._bar = RichProgress(
            TextColumn("files"),
            MofNCompleteColumn(),
            BarColumn(),
            TextColumn("{task.fields[pages]} pages"),
            TextColumn("{task.fields[rate]:.1f}/s"),
            TextColumn("queue {task.fields[queue]}"),
            TextColumn("left"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[last]}"),
            console=self._console,
            transient=True,
            disable=not stream.isatty(),
        )
        self._task: TaskID | None = None
        self._pages = 0
        self._started = time.monotonic()

    def __enter__(self) -> Bar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def begin(self, files: int) -> None:
        """Show the empty bar."""
        self._started = time.monotonic()
        self._task = self._bar.add_task("read", total=files, pages=0, rate=0.0, queue=0, last="")

    def unchanged(self, outcome: Outcome) -> None:
        """Count a file that needs no work."""
        if self._task is not None:
            self._bar.update(self._task, advance=1)

    def page_done(self) -> None:
        """Count a page."""
        self._pages += 1
        if self._task is not None:
            rate = self._pages / max(time.monotonic() - self._started, 1e-3)
            self._bar.update(self._task, pages=self._pages, rate=rate)

    def waiting(self, jobs: int) -> None:
        """Show how many jobs are handed out and not done."""
        if self._task is not None:
            self._bar.update(self._task, queue=jobs)

    def file_done(self, outcome: Outcome, pages: int) -> None:
        """Count a file; a failure is printed above the bar."""
        if self._task is None:
            return
        self._bar.update(self._task, advance=1, last=outcome.path[-40:])
        if outcome.status in (Status.FAILED, Status.PARTIAL) and not self._bar.disable:
            self._console.print(
                f"{outcome.status}: {outcome.path}: {outcome.message}", style="red", markup=False, highlight=False
            )


class Both(Progress):
    """Two who want to know how far a run is."""

    def __init__(self, first: Progress, second: Progress) -> None:
        self._both = (first, second)

    def begin(self, files: int) -> None:
        """Tell both."""
        for one in self._both:
            one.begin(files)

    def unchanged(self, outcome: Outcome) -> None:
        """Tell both."""
        for one in self._both:
            one.unchanged(outcome)

    def page_done(self) -> None:
        """Tell both."""
        for one in self._both:
            one.page_done()

    def waiting(self, jobs: int) -> None:
        """Tell both."""
        for one in self._both:
            one.waiting(jobs)

    def file_done(self, outcome: Outcome, pages: int) -> None:
        """Tell both."""
        for one in self._both:
            one.file_done(outcome, pages)
