"""A guard around one worker process: a hostile page costs its own time and that worker, nothing else."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import msgspec

import extract
from extract.errors import CongvanError, PageTooSlow, TooLarge, WorkerDied
from extract.readers import wire
from extract.readers.find import show_path
from extract.readers.probe import Probe
from extract.records import Page
from extract.settings import ReadSettings

WORKER = (sys.executable, "-P", "-m", "extract.readers.worker")
PAGES_A_WORKER = 500
"""A worker is replaced after this many requests, so that what native libraries leak stays small."""

START_SECONDS = 60.0
REPLY_BYTES = 256 * 1024 * 1024
_READ_BYTES = 1 << 16
_KEPT_VARIABLES = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "SYSTEMROOT", "VIRTUAL_ENV")


class Guard:
    """Probes files and reads pages in a worker that is limited, watched and, when it must be, killed as a group.

    One guard serves one thread at a time; the worker starts with the first request
    and is started anew after it was killed, died, or served `pages_a_worker` requests.
    """

    def __init__(
        self, settings: ReadSettings, *, worker: Sequence[str] = WORKER, pages_a_worker: int = PAGES_A_WORKER
    ) -> None:
        self._settings = settings
        self._worker = tuple(worker)
        self._pages_a_worker = pages_a_worker
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: str | None = None
        self._served = 0
        self._pending = bytearray()
        self._lock = threading.RLock()

    def __enter__(self) -> Guard:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def probe(self, path: Path) -> Probe:
        """See `extract.readers.probe.probe`.

        Raises:
            CongvanError: as `probe`, and `PageTooSlow` or `WorkerDied`.
        """
        reply = self._ask(wire.ProbeRequest(_bytes(path)), path, show_path(path))
        if isinstance(reply, wire.Probed):
            return reply.probe
        raise WorkerDied(show_path(path), "it answered something else")

    def read_page(self, path: Path, number: int) -> Page:
        """See `extract.readers.page.read_page`.

        Raises:
            CongvanError: as `read_page`, and `PageTooSlow` or `WorkerDied`.
        """
        where = f"{show_path(path)}, page {number}"
        reply = self._ask(wire.PageRequest(_bytes(path), number), path, where)
        if isinstance(reply, wire.PageRead):
            return reply.page
        raise WorkerDied(where, "it answered something else")

    def close(self) -> None:
        """End the worker and remove its folder."""
        with self._lock:
            self._end()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _ask(self, request: wire.Request, path: Path, where: str) -> wire.Reply:
        with self._lock:
            try:
                self._start(where)
                deadline = time.monotonic() + self._settings.page_seconds
                self._served += 1
                self._write(wire.encode(request), where)
                reply = self._read(deadline, where)
            except BaseException:
                self._end()
                raise
        if isinstance(reply, wire.Failed):
            raise self._renamed(wire.raised(reply), path)
        return reply

    def _renamed(self, error: CongvanError, path: Path) -> CongvanError:
        """The worker sees absolute paths; people see the path as they gave it."""
        absolute = show_path(path.absolute())
        if error.where.startswith(absolute):
            return type(error)(show_path(path) + error.where[len(absolute) :], error.detail)
        return error

    def _start(self, where: str) -> None:
        if self._process is not None and (self._served >= self._pages_a_worker or self._process.poll() is not None):
            self._end()
        if self._process is not None:
            return
        if self._folder is None:
            self._folder = tempfile.mkdtemp(prefix="congvan-")
        self._served = 0
        self._pending.clear()
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
        self._write(wire.encode(wire.Hello(self._settings)), where)
        self._read(time.monotonic() + START_SECONDS, where)

    def _write(self, line: bytes, where: str) -> None:
        process = self._running(where)
        try:
            assert process.stdin is not None
            process.stdin.write(line + b"\n")
            process.stdin.flush()
        except OSError as error:
            raise WorkerDied(where, _ending(process)) from error

    def _read(self, deadline: float, where: str) -> wire.Reply:
        process = self._running(where)
        assert process.stdout is not None
        descriptor = process.stdout.fileno()
        while (end := self._pending.find(b"\n")) < 0:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise PageTooSlow(where, f"{self._settings.page_seconds:g} s")
            chunk = os.read(descriptor, _READ_BYTES)
            if not chunk:
                raise WorkerDied(where, _ending(process))
            self._pending += chunk
            if len(self._pending) > REPLY_BYTES:
                raise TooLarge(where, "more text on the page than the limit")
        line = bytes(self._pending[:end])
        del self._pending[: end + 1]
        try:
            return wire.decode_reply.decode(line)
        except msgspec.DecodeError as error:
            raise WorkerDied(where, f"its answer cannot be read: {error}") from error

    def _running(self, where: str) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise WorkerDied(where)
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()
        self._sweep()

    def _sweep(self) -> None:
        """What a killed worker left in its folder must not fill the disk."""
        if self._folder is not None:
            for entry in os.scandir(self._folder):
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path, ignore_errors=True)
                else:
                    with contextlib.suppress(OSError):
                        Path(entry.path).unlink()


def _bytes(path: Path) -> bytes:
    return os.fsencode(path.absolute())


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
