"""A worker process that is limited, watched and, when it must be, killed as a group with all it started."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import extract
from extract.errors import NoRoomToWork, PageTooSlow, TooLarge, WorkerDied, WorkersCannotStart
from extract.readers.confine import FOLDER_PREFIX

START_SECONDS = 300.0
"""Long: with many workers on a loaded machine the first takes its time to load its models."""

REPLY_BYTES = 256 * 1024 * 1024
_READ_BYTES = 1 << 16
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "SYSTEMROOT", "VIRTUAL_ENV", "CONGVAN_MODELS")


class Watched:
    """One worker, started with its first request and anew after it was killed, died or served its share.

    It gets a line, `hello`, and answers with a line when it is ready; then a line for each
    request. One thread at a time asks; any thread may close it.
    """

    def __init__(self, worker: Sequence[str], hello: bytes, *, requests_a_worker: int) -> None:
        self._worker = tuple(worker)
        self._hello = hello
        self._requests_a_worker = requests_a_worker
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: str | None = None
        self._served = 0
        self._closed = False
        self._pending = bytearray()
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_closed(self) -> bool:
        """Whether it was closed; a request under way then ends as if the worker had died."""
        return self._closed

    def close(self) -> None:
        """End the worker at once, whatever it is at, and remove its folder."""
        self._closed = True
        if (process := self._process) is not None:
            _kill(process)
        with self._lock:
            self._end()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def ask(self, request: bytes, seconds: float, where: str, greet: Callable[[bytes, str], None]) -> bytes:
        """The worker's answer to a request (one line each, without its end).

        `greet` looks at what a worker that starts says first, and raises what is wrong with it.

        Raises:
            PageTooSlow, WorkerDied, TooLarge: the request cost the worker its life.
            MachineTrouble: no worker can be had.
        """
        with self._lock:
            try:
                self._start(where, greet)
                self._served += 1
                deadline = time.monotonic() + seconds
                self._write(request, where)
                return self._read(deadline, where, seconds)
            except BaseException:
                self._end()
                raise

    def wake(self, where: str, greet: Callable[[bytes, str], None]) -> None:
        """Start a worker where none runs.

        Raises:
            MachineTrouble: no worker can be had.
        """
        with self._lock:
            try:
                self._start(where, greet)
            except BaseException:
                self._end()
                raise

    def _start(self, where: str, greet: Callable[[bytes, str], None]) -> None:
        if self._process is not None and (self._served >= self._requests_a_worker or self._process.poll() is not None):
            self._end()
        if self._process is not None:
            return
        if self._closed:
            raise WorkerDied(where, "the run ends")
        self._served = 0
        self._pending.clear()
        try:
            if self._folder is None:
                self._folder = tempfile.mkdtemp(prefix=FOLDER_PREFIX)
            self._process = subprocess.Popen(
                self._worker,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                env=_environment(self._folder),
                start_new_session=True,
                close_fds=True,
            )
        except OSError as refused:
            raise NoRoomToWork(_machine(), refused.strerror or str(refused)) from refused
        if self._closed:  # by another thread, before there was a process to kill
            raise WorkerDied(where, "the run ends")
        try:
            self._write(self._hello, where)
            greet(self._read(time.monotonic() + START_SECONDS, where, START_SECONDS), _machine())
        except (WorkerDied, PageTooSlow) as early:
            if self._closed:
                raise
            raise WorkersCannotStart(_machine(), early.detail) from early

    def _write(self, line: bytes, where: str) -> None:
        process = self._running(where)
        try:
            assert process.stdin is not None
            process.stdin.write(line + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise WorkerDied(where, _ending(process)) from error

    def _read(self, deadline: float, where: str, seconds: float) -> bytes:
        process = self._running(where)
        assert process.stdout is not None
        descriptor = process.stdout.fileno()
        searched = 0
        while (end := self._pending.find(b"\n", searched)) < 0:
            searched = len(self._pending)
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise PageTooSlow(where, f"{seconds:g} s")
            chunk = os.read(descriptor, _READ_BYTES)
            if not chunk:
                raise WorkerDied(where, _ending(process))
            self._pending += chunk
            if len(self._pending) > REPLY_BYTES:
                raise TooLarge(where, "more text than the limit")
        line = bytes(self._pending[:end])
        del self._pending[: end + 1]
        return line

    def _running(self, where: str) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise WorkerDied(where)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _kill(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()
        self._sweep()

    def _sweep(self) -> None:
        """What a killed worker left in its folder must not fill the disk."""
        if self._folder is None:
            return
        with contextlib.suppress(FileNotFoundError):
            for entry in os.scandir(self._folder):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    with contextlib.suppress(OSError):
                        Path(entry.path).unlink()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:  # a process that was waited for has given its number back
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _machine() -> str:
    return os.uname().nodename


def _environment(folder: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    threads = dict.fromkeys(("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    package = str(Path(extract.__file__).resolve().parents[1])
    return {
        **kept,
        **threads,
        "HOME": folder,
        "TMPDIR": folder,
        "LANG": "C.UTF-8",
        "PYTHONPATH": package,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _ending(process: subprocess.Popen[bytes]) -> str:
    try:
        status = process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return "it closed its answers"
    if status < 0:
        try:
            return f"ended by {signal.Signals(-status).name}"
        except ValueError:
            return f"ended by signal {-status}"
    return f"ended with status {status}"
