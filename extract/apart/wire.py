"""What travels between the guard of an understanding process and that process: one JSON object a line."""

from __future__ import annotations

import msgspec

from extract.errors import CongvanError, LetterNotUnderstood
from extract.readers import wire as readers_wire
from extract.readers.wire import Failed, Hello, Ready, decode_hello, encode, raised, read_reply, send
from extract.records import Finding, Flow, Letter, Records
from normalize import Repaired

__all__ = [
    "BetweenRequest",
    "Compared",
    "Failed",
    "Hello",
    "LetterRequest",
    "MoreRequest",
    "Ready",
    "Reply",
    "Request",
    "Said",
    "decode_hello",
    "decode_reply",
    "decode_request",
    "encode",
    "failed",
    "raised",
    "read_reply",
    "send",
]


class LetterRequest(msgspec.Struct, frozen=True, tag="letter"):
    """Understand a letter within `seconds`."""

    letter: Letter
    seconds: float


class BetweenRequest(msgspec.Struct, frozen=True, tag="between"):
    """Compare the letters of the archive at `database` (the path's bytes)."""

    database: bytes


class MoreRequest(msgspec.Struct, frozen=True, tag="more"):
    """Say the findings that come after those said last."""


class Said(msgspec.Struct, frozen=True, tag="said"):
    """What a letter says; the letter itself stays with the one who asked."""

    repaired: Repaired
    flow: Flow
    records: Records
    findings: tuple[Finding, ...]
    bodies: dict[str, str]
    failures: tuple[str, ...]


class Compared(msgspec.Struct, frozen=True, tag="compared"):
    """Findings between letters, each with the key of the letter it belongs to, by that key; `more` follow."""

    findings: tuple[tuple[str, Finding], ...]
    more: bool


Request = LetterRequest | BetweenRequest | MoreRequest
Reply = Ready | Said | Compared | Failed

decode_request: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
decode_reply: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def failed(error: Exception, where: str) -> Failed:
    """An error as it travels; one that is not ours is a letter not understood, with its type and text."""
    travelling = readers_wire.failed(error, where)
    if isinstance(error, CongvanError) or travelling.error != "BrokenFile":
        return travelling
    return Failed(LetterNotUnderstood.__name__, where, travelling.detail)
