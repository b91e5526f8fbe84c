"""A guard around one understanding process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.apart import wire
from extract.errors import WorkerDied, WorkersCannotStart
from extract.readers.watched import Watched
from extract.records import Finding, Letter, Reading
from extract.settings import ReadSettings
from extract.understood import Understood

WORKER = (sys.executable, "-P", "-m", "extract.apart.worker")
LETTERS_A_WORKER = 2000
"""A worker is replaced after this many letters: spaCy's store of strings and the repairer's memory grow."""

BETWEEN_SECONDS = 3600.0


class Understander(Watched):
    """Understands letters in a worker that is limited and watched."""

    def __init__(self, settings: ReadSettings, *, worker: Sequence[str] = WORKER) -> None:
        super().__init__(worker, wire.encode(wire.Hello(settings)), requests_a_worker=LETTERS_A_WORKER)
        self._settings = settings

    def understand(self, letter: Letter) -> Understood:
        """See `extract.understand.understand`.

        Raises:
            LetterNotUnderstood: a fault of ours on this letter.
            PageTooSlow, WorkerDied, TooLarge: the letter cost the worker its life.
            MachineTrouble: nothing can be understood on this machine.
        """
        where, seconds = letter.path, seconds_for(letter, self._settings)
        reply = self._answer(wire.LetterRequest(letter, seconds), seconds, where)
        if isinstance(reply, wire.Said):
            reading = Reading(letter, reply.repaired, reply.flow)
            return Understood(reading, reply.records, reply.findings, reply.bodies, reply.failures)
        raise WorkerDied(where, "it answered something else")

    def between(self, database: Path) -> Iterator[tuple[str, Finding]]:
        """Findings between the letters of an archive, letter by letter: see `extract.checks.letters.between.between`.

        Raises:
            CongvanError: they cannot be made.
        """
        where = str(database)
        request: wire.Request = wire.BetweenRequest(os.fsencode(database.absolute()))
        more = True
        while more:
            reply = self._answer(request, BETWEEN_SECONDS, where)
            if not isinstance(reply, wire.Compared):
                raise WorkerDied(where, "it answered something else")
            yield from reply.findings
            request, more = wire.MoreRequest(), reply.more

    def test(self) -> None:
        """Have a worker that has proved itself on a letter known to be good, as each does when it starts.

        Raises:
            CongvanError: it cannot: this machine is at fault.
        """
        self.wake(os.uname().nodename, _greet)

    def _answer(self, request: wire.Request, seconds: float, where: str) -> wire.Reply:
        line = self.ask(wire.encode(request), seconds, where, _greet)
        reply = wire.read_reply(wire.decode_reply, line, where)
        if isinstance(reply, wire.Failed):
            raise wire.raised(reply)
        return reply


def seconds_for(letter: Letter, settings: ReadSettings) -> float:
    """The wall clock a letter may cost to understand."""
    return settings.letter_seconds + settings.further_page_seconds * max(0, len(letter.pages) - 1)


def _greet(line: bytes, machine: str) -> None:
    greeting = wire.read_reply(wire.decode_reply, line, machine)
    if not isinstance(greeting, wire.Ready):
        why = greeting.detail if isinstance(greeting, wire.Failed) else None
        raise WorkersCannotStart(machine, why or "an understanding process did not greet")
