"""The process in which letters are understood: `python -m extract.apart.worker`."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from extract.apart import wire
from extract.checks.letters.between import between
from extract.readers import confine
from extract.records import Finding, LayerVerdict, Letter, Line, Page, Source, VerdictKind
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


Findings = Iterator[tuple[str, Finding]]

FINDINGS_AT_A_TIME = 500
"""An archive may have more findings than fit into the memory of the run."""


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until the guard closes the pipe."""
    settings = wire.decode_hello(requests.readline()).settings
    confine.limit(settings.memory_mb, for_good=False)
    wire.send(replies, _greeting())
    findings: Findings = iter(())
    for line in requests:
        request = wire.decode_request.decode(line)
        if isinstance(request, wire.LetterRequest):
            wire.send(replies, _understood(request))
        else:
            findings, reply = _compared(request, findings)
            wire.send(replies, reply)


def _greeting() -> wire.Reply:
    """Ready, or why nothing can be understood here."""
    try:
        understand(_KNOWN, with_user_checks=False)  # a check of others that fails is told of letters
    # Whatever is missing or broken, the guard has to hear of it before it hands out letters.
    except Exception as error:
        return wire.failed(error, "self-test")
    return wire.Ready()


def _understood(request: wire.LetterRequest) -> wire.Reply:
    try:
        confine.limit_cpu(request.seconds)
        found = understand(request.letter)
        reading = found.reading
        return wire.Said(reading.repaired, reading.flow, found.records, found.findings, found.bodies, found.failures)
    # A fault of ours on one text must not lose the letter's pages: it ends here, as that letter's failure.
    except Exception as error:
        return wire.failed(error, request.letter.path)


def _compared(request: wire.BetweenRequest | wire.MoreRequest, findings: Findings) -> tuple[Findings, wire.Reply]:
    """The next findings, and those after them."""
    try:
        if isinstance(request, wire.BetweenRequest):
            findings = _findings_between(Path(os.fsdecode(request.database)))
        found = tuple(islice(findings, FINDINGS_AT_A_TIME))
        return findings, wire.Compared(found, len(found) == FINDINGS_AT_A_TIME)
    # Whatever goes wrong, the run has to hear of it.
    except Exception as error:
        return iter(()), wire.failed(error, "")


def _findings_between(database: Path) -> Findings:
    from extract.store.archive import open_archive  # most workers never look into an archive

    confine.lift_memory_limit()
    with open_archive(database, create=False) as archive, archive.snapshot():
        return iter(sorted(between(archive.records_for_between()), key=itemgetter(0)))


def main() -> None:
    """Serve until the guard goes."""
    logging.disable()
    confine.serve_quietly(serve)


if __name__ == "__main__":
    main()
