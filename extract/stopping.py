"""How people and machines end a run: Ctrl-C (SIGINT) and SIGTERM, put off while a letter is being stored."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """A signal asked the work to end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


def exit_status(stopped: KeyboardInterrupt) -> int:
    """What a shell says of a program ended by that signal: 130 for SIGINT, 143 for SIGTERM."""
    return 128 + (stopped.number if isinstance(stopped, Stopped) else signal.SIGINT)


class Stopping:
    """Raises `Stopped` in the main thread when a signal to end is heard, or after what must not be cut in two."""

    def __init__(self) -> None:
        self._heard: int | None = None
        self._held = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear the signals meanwhile, but those that whoever started us wants ignored (nohup, a shell's background)."""
        if threading.current_thread() is not threading.main_thread():
            yield  # signals belong to the main thread
            return
        before = {number: signal.getsignal(number) for number in _ENDING}
        for number, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(number, self._hear)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def put_off(self) -> Iterator[None]:
        """What is done inside is done whole; a signal heard meanwhile counts after it.

        Raises:
            Stopped: one was heard.
        """
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._heard is not None:
            raise Stopped(self._heard)

    def ignore(self) -> None:
        """The work ends: signals that come now change nothing."""
        self._held = True

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        self._heard = self._heard or number
        if not self._held:
            raise Stopped(number)
