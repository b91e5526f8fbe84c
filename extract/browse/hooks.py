"""What we add to Datasette: SQL functions for Vietnamese search, and headers that keep other web sites out."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeVar, cast

from datasette import hookimpl

from extract.store.search import excerpt, match_expression, without_marks

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

Hook = TypeVar("Hook", bound=Callable[..., object])

_NO_WORDS = '""'  # an expression that matches no letter
_HOSTS = (b"127.0.0.1", b"localhost", b"[::1]")
_HEADERS = (
    # Datasette's own pages have inline scripts; nothing from elsewhere is loaded, nothing is sent elsewhere.
    (
        b"content-security-policy",
        b"default-src 'self' data:; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        b"frame-ancestors 'none'; form-action 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


def _hook(function: Hook) -> Hook:
    return cast(Hook, hookimpl(function))


@_hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Functions for the queries: what a person typed, made safe and blind to accents."""
    functions: dict[str, Callable[..., str | None]] = {
        "words_folded": lambda words: match_expression(words or "") or _NO_WORDS,
        "words_exact": lambda words: match_expression(words or "", exact=True) or _NO_WORDS,
        "folded": lambda text: None if text is None else without_marks(str(text)),
    }
    for name, function in functions.items():
        conn.create_function(name, 1, function, deterministic=True)
    conn.create_function("excerpt", 2, lambda text, words: excerpt(text or "", words or ""), deterministic=True)


@_hook
def asgi_wrapper() -> Callable[[App], App]:
    """Answer requests to this machine by its own names only, with headers that tell the browser to trust nothing."""
    return _guarded


def _guarded(app: App) -> App:
    async def guarded(scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *_HEADERS]}
            await send(message)

        if scope["type"] == "http" and not _is_local(scope):
            # A web site can point its own name at 127.0.0.1 and read what is served there.
            await send({"type": "http.response.start", "status": 421, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": b"this server answers to 127.0.0.1 only"})
            return
        await app(scope, receive, send_guarded)

    return guarded


def _is_local(scope: Message) -> bool:
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return len(hosts) == 1 and (hosts[0] in _HOSTS or hosts[0].rpartition(b":")[0] in _HOSTS)
