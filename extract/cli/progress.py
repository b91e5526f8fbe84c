"""The progress bar on standard error: files, pages, rate, time left; silent in a pipe."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from extract.records import Outcome, Status


class Bar:
    """A context manager that shows how far a run is when the stream is a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream)
        self._bar = Progress(
            TextColumn("files"),
            MofNCompleteColumn(),
            BarColumn(),
            TextColumn("{task.fields[pages]} pages"),
            TextColumn("{task.fields[rate]:.1f}/s"),
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

    def begin(self, files: int, unchanged: int) -> None:
        """Show the empty bar."""
        self._started = time.monotonic()
        self._task = self._bar.add_task("read", total=files, pages=0, rate=0.0, last="")

    def page_done(self) -> None:
        """Count a page."""
        self._pages += 1
        if self._task is not None:
            rate = self._pages / max(time.monotonic() - self._started, 1e-3)
            self._bar.update(self._task, pages=self._pages, rate=rate)

    def file_done(self, outcome: Outcome) -> None:
        """Count a file; a failure is printed above the bar."""
        if self._task is None:
            return
        self._bar.update(self._task, advance=1, last=outcome.path[-40:])
        if outcome.status in (Status.FAILED, Status.PARTIAL) and not self._bar.disable:
            self._console.print(
                f"{outcome.status}: {outcome.path}: {outcome.message}", style="red", markup=False, highlight=False
            )
