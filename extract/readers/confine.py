"""What a worker process does to itself before it touches anything of a letter: limits, silence, an end with its run."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from extract.readers.offline import forbid_network

FOLDER_PREFIX = "congvan-"
_FILE_BYTES = 256 * 1024 * 1024
_OPEN_FILES = 128
_CPU_SLACK = 10
_LOOK_SECONDS = 1.0


def limit(memory_mb: int, *, for_good: bool = True) -> None:
    """Set limits on memory (address space), written files, core files and open files.

    That on memory can be lifted again where it is not `for_good`.
    """
    _lower(resource.RLIMIT_AS, memory_mb * 1024 * 1024, for_good=for_good)
    _lower(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)


def _lower(kind: int, value: int, *, for_good: bool = True) -> None:
    """Set a limit, but never above one that the system or the user has set."""
    _, most = resource.getrlimit(kind)
    least = value if most == resource.RLIM_INFINITY else min(value, most)
    resource.setrlimit(kind, (least, least if for_good else most))


def lift_memory_limit() -> None:
    """Allow all memory there is, where the limit was not set for good."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def limit_cpu(seconds: float) -> None:
    """CPU for one request from now on: ends a worker whose guard is gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + seconds) + _CPU_SLACK
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or most <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def serve_quietly(serve: Callable[[BinaryIO, BinaryIO], None]) -> None:
    """Serve requests from standard input until the guard closes it or is gone, without a network where Linux allows it.

    Replies go to the descriptor that was standard output; libraries that print reach /dev/null.
    """
    forbid_network()  # before the first thread: those that run already keep their rights
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    try:
        serve(sys.stdin.buffer, replies)
    except (BrokenPipeError, KeyboardInterrupt, msgspec.DecodeError):
        _leave(1)
    _leave(0)


def _watch(parent: int) -> None:
    """A run that was killed with -9 leaves nobody who would end us or remove our folder."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    _leave(1)


def _leave(status: int) -> None:
    """End, without the folder that the guard made for this process and nobody else's."""
    folder = Path.cwd()
    if folder.name.startswith(FOLDER_PREFIX) and all(
        Path(os.environ.get(name, "/")).samefile(folder) for name in ("HOME", "TMPDIR")
    ):
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(status)
