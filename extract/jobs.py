"""The two jobs an executor runs: look into a file, read one page.

Each thread (or cluster worker thread) owns one guarded worker process, so a
hostile page costs that page and nothing else. Failures are returned, not
raised: they are results like any other and travel between machines.
"""

from __future__ import annotations

import atexit
import threading
from pathlib import Path

from extract.errors import CongvanError
from extract.readers.guard import Guard
from extract.readers.probe import Probe
from extract.records import Page
from extract.settings import ReadSettings

_local = threading.local()
_guards: list[Guard] = []
_lock = threading.Lock()


def probe_file(path: str, settings: ReadSettings) -> Probe | CongvanError:
    """Identity, kind and number of pages of a file, or why it cannot be read."""
    try:
        return _guard(settings).probe(Path(path))
    except CongvanError as failure:
        return failure


def read_page(path: str, number: int, settings: ReadSettings) -> Page | CongvanError:
    """Page `number` (from 1) of a file, or why it cannot be read."""
    try:
        return _guard(settings).read_page(Path(path), number)
    except CongvanError as failure:
        return failure


def close_guards() -> None:
    """End all worker processes of this process."""
    with _lock:
        for guard in _guards:
            guard.close()
        _guards.clear()
        _local.__dict__.clear()


def _guard(settings: ReadSettings) -> Guard:
    held: dict[ReadSettings, Guard] = _local.__dict__.setdefault("guards", {})
    if settings not in held:
        guard = Guard(settings)
        with _lock:
            _guards.append(guard)
        held[settings] = guard
    return held[settings]


atexit.register(close_guards)
