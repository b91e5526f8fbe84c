"""A guard around one reading process: a hostile page costs its own time and that process, nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from extract.errors import CongvanError, WorkerDied, WorkersCannotStart
from extract.readers import wire
from extract.readers.find import show_path
from extract.readers.probed import Probe
from extract.readers.watched import Watched
from extract.records import Page
from extract.settings import ReadSettings

WORKER = (sys.executable, "-P", "-m", "extract.readers.worker")
PAGES_A_WORKER = 500
"""A worker is replaced after this many requests, so that what native libraries leak stays small."""

_SELF_TEST_SECONDS = 60.0


class Guard(Watched):
    """Probes files and reads pages in a worker that is limited and watched."""

    def __init__(
        self, settings: ReadSettings, *, worker: Sequence[str] = WORKER, pages_a_worker: int = PAGES_A_WORKER
    ) -> None:
        super().__init__(worker, wire.encode(wire.Hello(settings)), requests_a_worker=pages_a_worker)
        self._settings = settings

    def probe(self, path: Path) -> Probe:
        """See `extract.readers.probe.probe`.

        Raises:
            CongvanError: as `probe`, and `PageTooSlow`, `WorkerDied` or `MachineTrouble`.
        """
        reply = self._answer(wire.ProbeRequest(_bytes(path)), path, show_path(path))
        if isinstance(reply, wire.Probed):
            return reply.probe
        raise WorkerDied(show_path(path), "it answered something else")

    def read_page(self, path: Path, number: int) -> Page:
        """See `extract.readers.page.read_page`.

        Raises:
            CongvanError: as `read_page`, and `PageTooSlow`, `WorkerDied` or `MachineTrouble`.
        """
        where = f"{show_path(path)}, page {number}"
        reply = self._answer(wire.PageRequest(_bytes(path), number), path, where)
        if isinstance(reply, wire.PageRead):
            return reply.page
        raise WorkerDied(where, "it answered something else")

    def test(self) -> None:
        """Read a page known to be good.

        Raises:
            CongvanError: it cannot be read: this machine is at fault.
        """
        where = os.uname().nodename
        line = self.ask(wire.encode(wire.SelfTest()), _SELF_TEST_SECONDS, where, _greet)
        reply = wire.read_reply(wire.decode_reply, line, where)
        if isinstance(reply, wire.Failed):
            raise wire.raised(reply)

    def _answer(self, request: wire.Request, path: Path, where: str) -> wire.Reply:
        line = self.ask(wire.encode(request), self._settings.page_seconds, where, _greet)
        reply = wire.read_reply(wire.decode_reply, line, where)
        if isinstance(reply, wire.Failed):
            raise _renamed(wire.raised(reply), path)
        return reply


def _greet(line: bytes, machine: str) -> None:
    if not isinstance(wire.read_reply(wire.decode_reply, line, machine), wire.Ready):
        raise WorkersCannotStart(machine, "a reading process did not greet")


def _renamed(error: CongvanError, path: Path) -> CongvanError:
    """The worker sees absolute paths; people see the path as they gave it."""
    absolute = show_path(path.absolute())
    if error.where.startswith(absolute):
        renamed = type(error)(show_path(path) + error.where[len(absolute) :], error.detail)
        renamed.unforeseen = error.unforeseen
        return renamed
    return error


def _bytes(path: Path) -> bytes:
    return os.fsencode(path.absolute())
