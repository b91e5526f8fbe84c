"""The process in which hostile files are opened: `python -m extract.readers.worker`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from extract.readers import confine, page, selftest, wire
from extract.readers.find import show_path
from extract.readers.probe import probe
from extract.settings import ReadSettings


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until the guard closes the pipe."""
    settings = wire.decode_hello(requests.readline()).settings
    confine.limit(settings.memory_mb)
    wire.send(replies, wire.Ready())
    for line in requests:
        request = wire.decode_request.decode(line)
        confine.limit_cpu(settings.page_seconds)
        wire.send(replies, _answer(request, settings))


def _answer(request: wire.Request, settings: ReadSettings) -> wire.Reply:
    where = "" if isinstance(request, wire.SelfTest) else show_path(os.fsdecode(request.path))
    try:
        if isinstance(request, wire.SelfTest):
            selftest.run(settings)
            return wire.Ready()
        path = Path(os.fsdecode(request.path))
        if isinstance(request, wire.ProbeRequest):
            return wire.Probed(probe(path, settings))
        where = f"{where}, page {request.number}"
        return wire.PageRead(page.read_page(path, request.number, settings))
    # The one place for a broad except: whatever a damaged file sets off in a parser ends here, as that page's failure.
    except Exception as error:
        return wire.failed(error, where)


def main() -> None:
    """Serve until the guard goes."""
    confine.serve_quietly(serve)


if __name__ == "__main__":
    main()
