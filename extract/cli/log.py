"""The log of a run: one JSON object a line, for programs that watch over a night's batch."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from pathlib import Path
from types import TracebackType
from typing import TextIO

from extract.errors import CongvanError, OutputFailed
from extract.records import Outcome, Status
from extract.run import Progress, Summary


class RunLog(Progress):
    """A context manager that appends to a log file, or does nothing without one.

    Each line has `time` (UTC, ISO 8601), `event` (`begin`, `file`, `end`, `stopped`) and `pid`. It is
    written at once, so that a killed run leaves what it did.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: TextIO | None = None
        self._started = time.monotonic()
        self._files = self._unchanged = self._done = self._pages = self._queue = 0

    def __enter__(self) -> RunLog:
        if self._path is not None:
            try:
                self._file = self._path.open("a", encoding="utf-8", errors="backslashreplace", buffering=1)
            except OSError as failure:
                raise OutputFailed(str(self._path), failure.strerror) from failure
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(value, CongvanError):
            self._write("stopped", error=type(value).__name__, message=str(value), status=value.exit_status)
        elif value is not None:
            self._write("stopped", error=type(value).__name__, message=str(value), status=1)
        if self._file is not None:
            self._file.close()

    def begin(self, files: int) -> None:
        """Note the start."""
        self._started, self._files = time.monotonic(), files
        self._write("begin", files=files)

    def unchanged(self, outcome: Outcome) -> None:
        """Count a file that needs no work; it has no line."""
        self._unchanged += 1

    def page_done(self) -> None:
        """Count a page."""
        self._pages += 1

    def waiting(self, jobs: int) -> None:
        """Remember how many jobs are handed out and not done."""
        self._queue = jobs

    def file_done(self, outcome: Outcome, pages: int) -> None:
        """Note what happened to a file, and how far the run is."""
        self._done += 1
        seconds = time.monotonic() - self._started
        left = self._files - self._unchanged - self._done
        self._write(
            "file",
            path=outcome.path,
            sha256=outcome.sha256,
            status=outcome.status.value,
            stage=outcome.stage.value if outcome.stage else None,
            page=outcome.page,
            message=outcome.message,
            pages_read=pages,
            files_left=left,
            queue=self._queue,
            pages_per_second=round(self._pages / seconds, 2) if seconds > 0 else None,
            seconds_left=round(left * seconds / self._done, 1),
        )

    def end(self, summary: Summary) -> None:
        """Note the end of a run that was not stopped."""
        self._write(
            "end",
            files=summary.files,
            new=summary.new,
            pages_read=summary.pages,
            seconds=round(summary.seconds, 3),
            interrupted=summary.interrupted,
            **{status.value: summary.count(status) for status in Status},
        )

    def _write(self, event: str, **facts: object) -> None:
        if self._file is None:
            return
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": now, "event": event, "pid": os.getpid()} | facts, ensure_ascii=False)
        try:
            self._file.write(line + "\n")
        except OSError as failure:
            self._file = None
            raise OutputFailed(str(self._path), failure.strerror) from failure
