"""The process in which hostile files are opened: `python -m extract.readers.worker`.

Requests come on standard input, replies go to the descriptor that was standard
output when it started; libraries that print reach /dev/null. Limits on memory,
CPU time, written files and open files are set before the first file is opened.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

import msgspec

from extract.readers import page, wire
from extract.readers.find import show_path
from extract.readers.probe import probe
from extract.settings import ReadSettings

_FILE_BYTES = 256 * 1024 * 1024
_OPEN_FILES = 128
_CPU_SLACK = 10


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until the guard closes the pipe."""
    settings = wire.decode_hello(requests.readline()).settings
    _limit(settings)
    _send(replies, wire.Ready())
    for line in requests:
        request = wire.decode_request.decode(line)
        _limit_cpu(settings)
        _send(replies, _answer(request, settings))


def _answer(request: wire.Request, settings: ReadSettings) -> wire.Reply:
    path = os.fsdecode(request.path)
    where = show_path(path)
    try:
        if isinstance(request, wire.ProbeRequest):
            return wire.Probed(probe(Path(path), settings))
        where = f"{where}, page {request.number}"
        return wire.PageRead(page.read_page(Path(path), request.number, settings))
    # The one place for a broad except: whatever a damaged file sets off in a parser ends here, as that page's failure.
    except Exception as error:
        return wire.failed(error, where)


def _send(replies: BinaryIO, reply: wire.Reply) -> None:
    replies.write(wire.encode(reply) + b"\n")
    replies.flush()


def _limit(settings: ReadSettings) -> None:
    memory = settings.memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = _OPEN_FILES if most == resource.RLIM_INFINITY else min(_OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))


def _limit_cpu(settings: ReadSettings) -> None:
    """CPU for one request from now on: ends a worker whose guard is gone."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime + settings.page_seconds) + _CPU_SLACK
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or most <= hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def main() -> None:
    """Keep the reply pipe for ourselves, send everything printed to nowhere, and serve."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    serve(sys.stdin.buffer, replies)


if __name__ == "__main__":
    try:
        main()
    except (BrokenPipeError, KeyboardInterrupt, msgspec.DecodeError):
        os._exit(1)
