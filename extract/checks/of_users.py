"""Checks that other packages add by an entry point, and what they fail on."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from types import FrameType
from typing import Final

import msgspec

from extract.records import Finding, Reading, Records

GROUP: Final = "congvan.checks"
SECONDS: Final = 10.0
"""Processor time that a check of another package may take for one letter."""
_AGAIN: Final = 1.0  # seconds after which a check that caught the first stop is stopped again

Check = Callable[[Records, Reading], Iterable[Finding]]


class _TooSlow(BaseException):
    """A check of another package takes too long; no handler of `Exception` in it may swallow that."""


@cache
def user_checks() -> tuple[EntryPoint, ...]:
    """The entry points of checks of other packages, in the order of their names."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda entry: entry.name))


def findings_of_users(
    records: Records, reading: Reading, *, seconds: float = SECONDS
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What the checks of other packages find, and which of them failed and on what.

    A check that fails says nothing: what it found before it failed is left out too. So does one that gives anything
    but findings whose fields are of the types that `Finding` names, or takes longer than `seconds` of processor time
    (counted where this runs in the main thread, as it does in `extract run` and `extract show`).
    """
    found: list[Finding] = []
    failures: list[str] = []
    for entry in user_checks():
        told = f"check {entry.name} ({entry.value}) failed"
        try:
            with _at_most(seconds):
                check: Check = entry.load()
                own = tuple(check(records, reading))
            found += [_valid(one) for one in own]
        except _TooSlow:
            failures.append(f"{told}: it took more than {seconds:g} s of processor time")
        except msgspec.ValidationError as error:
            failures.append(f"{told}: a finding it gave is not valid: {error}")
        # Code of others may fail in any way, or end the process; it must cost the letter neither records nor findings.
        except (Exception, SystemExit) as error:
            failures.append(f"{told}: {type(error).__name__}: {error}")
    return tuple(found), tuple(failures)


def _valid(one: object) -> Finding:
    """A finding with fields of the right types; a kind or verdict told by its value becomes that value.

    Raises:
        TypeError: it is no finding.
        msgspec.ValidationError: a field has another type, or a value that is none of its kind.
    """
    if not isinstance(one, Finding):
        raise TypeError(f"it gave {type(one).__name__}, not Finding")
    return msgspec.convert(msgspec.to_builtins(one), Finding)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise `_TooSlow` in what takes longer."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
