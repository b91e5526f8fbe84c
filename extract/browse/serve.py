"""Serve an archive with Datasette on 127.0.0.1."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import webbrowser
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm

from extract.browse import hooks
from extract.errors import UsageProblem

HOST = "127.0.0.1"
NAME = "archive"  # in addresses, whatever the file is called, so that bookmarks and metadata fit
_SETTINGS = {
    "default_allow_sql": True,
    "allow_download": False,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 500,
    "suggest_facets": False,
    "default_cache_ttl": 0,  # a run may go on
}


class PortTaken(UsageProblem):
    """A port another program listens on, or that we may not have."""

    problem = "cannot listen here"
    remedy = "give another port with --port, or 0 for any that is free"


def load_metadata() -> dict[str, Any]:
    """Titles, descriptions, facets and queries, in the form of Datasette's metadata."""
    content: dict[str, Any] = json.loads(Path(__file__).with_name("metadata.json").read_text(encoding="utf-8"))
    return content


def make_datasette(database: Path) -> Datasette:
    """Datasette on the archive: read-only, with our metadata and functions."""
    if not pm.is_registered(hooks):
        pm.register(hooks, name="congvan")
    datasette = Datasette([], metadata=load_metadata(), settings=_SETTINGS, memory=False)
    # A mutable database is opened with mode=ro for every query but those of execute_write, which nothing here calls.
    datasette.add_database(Database(datasette, path=str(database), is_mutable=True), name=NAME)
    return datasette


def serve(database: Path, *, port: int, open_browser: bool) -> None:
    """Show the archive until Ctrl-C; a run may write to it meanwhile. Port 0 takes any that is free.

    Raises:
        PortTaken: nothing can listen on this port.
    """
    try:
        listener = socket.create_server((HOST, port))
    except OSError as failure:
        raise PortTaken(f"{HOST}:{port}", failure.strerror) from failure
    address = f"http://{HOST}:{listener.getsockname()[1]}/{NAME}"
    print(f"{database}: {address} (Ctrl-C ends)", file=sys.stderr, flush=True)
    if open_browser:
        webbrowser.open(address)  # it may call before we answer: the socket already listens
    from datasette import handle_exception  # a plugin: imported before the app it would not be registered

    handle_exception.rich = None  # where rich is installed Datasette frames a traceback for every mistyped address
    with listener, contextlib.suppress(KeyboardInterrupt):  # uvicorn stops in good order and then raises it again
        server = uvicorn.Server(uvicorn.Config(make_datasette(database).app(), log_level="warning", lifespan="on"))
        server.run(sockets=[listener])
