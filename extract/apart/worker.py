"""The process in which letters are understood: `python -m extract.apart.worker`."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import BinaryIO

from extract.apart import wire
from extract.checks.between import between
from extract.readers import confine
from extract.records import LayerVerdict, Letter, Line, Page, Source, VerdictKind
from extract.understand import understand

_KNOWN = Letter(
    "self-test",
    "0" * 64,
    "text/plain",
    (
        Page(
            1,
            None,
            None,
            Source.TEXT,
            LayerVerdict(VerdictKind.STRIPPED),
            (Line("Kinh gui: So Noi vu."), Line("Giao So Noi vu bao cao truoc ngay 01/02/2024.")),
        ),
    ),
)
"""A letter known to be good: it loads every model, and where it fails no letter is to blame."""


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until the guard closes the pipe."""
    settings = wire.decode_hello(requests.readline()).settings
    confine.limit(settings.memory_mb, for_good=False)
    _send(replies, _greeting())
    for line in requests:
        _send(replies, _answer(wire.decode_request.decode(line)))


def _greeting() -> wire.Reply:
    """Ready, or why nothing can be understood here."""
    try:
        understand(_KNOWN)
    # Whatever is missing or broken, the guard has to hear of it before it hands out letters.
    except Exception as error:
        return wire.failed(error, "self-test")
    return wire.Ready()


def _answer(request: wire.Request) -> wire.Reply:
    where = ""
    try:
        if isinstance(request, wire.BetweenRequest):
            from extract.store.archive import open_archive  # most workers never look into an archive

            confine.lift_memory_limit()
            with open_archive(Path(os.fsdecode(request.database)), create=False) as archive, archive.snapshot():
                return wire.Compared(between(archive.records_for_between()))
        where = request.letter.path
        confine.limit_cpu(request.seconds)
        found = understand(request.letter)
        return wire.Said(found.reading.repaired, found.reading.flow, found.records, found.findings, found.bodies)
    # A fault of ours on one text must not lose the letter's pages: it ends here, as that letter's failure.
    except Exception as error:
        return wire.failed(error, where)


def _send(replies: BinaryIO, reply: wire.Reply) -> None:
    replies.write(wire.encode(reply) + b"\n")
    replies.flush()


def main() -> None:
    """Serve until the guard goes."""
    logging.disable()
    confine.serve_quietly(serve)


if __name__ == "__main__":
    main()
