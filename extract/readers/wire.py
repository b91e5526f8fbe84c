"""What travels between a guard and its worker: one JSON object a line."""

from __future__ import annotations

import errno
import os
from typing import BinaryIO, TypeVar

import msgspec

from extract import errors
from extract.errors import BrokenFile, CongvanError, NoRoomToWork, WorkerDied
from extract.readers.probed import Probe
from extract.records import Page
from extract.settings import ReadSettings


class ProbeRequest(msgspec.Struct, frozen=True, tag="probe"):
    """Look into a file; `path` is the path's bytes."""

    path: bytes


class PageRequest(msgspec.Struct, frozen=True, tag="page"):
    """Read a page, counted from 1."""

    path: bytes
    number: int


class SelfTest(msgspec.Struct, frozen=True, tag="test"):
    """Read a page known to be good."""


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """First line to a worker."""

    settings: ReadSettings


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """First line from a worker: its imports are done. Also: its self-test went well."""


class Probed(msgspec.Struct, frozen=True, tag="probed"):
    """A file looked into."""

    probe: Probe


class PageRead(msgspec.Struct, frozen=True, tag="read"):
    """A page read."""

    page: Page


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """An error by the name of its class."""

    error: str
    where: str
    detail: str | None
    unforeseen: bool = False


Request = ProbeRequest | PageRequest | SelfTest
Reply = Ready | Probed | PageRead | Failed

encode = msgspec.json.Encoder().encode
decode_hello = msgspec.json.Decoder(Hello).decode
decode_request: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
decode_reply: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)

Told = TypeVar("Told")

_DETAIL_LETTERS = 500
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.ENFILE, errno.EROFS})


def send(stream: BinaryIO, message: msgspec.Struct) -> None:
    """Write a message as its line, at once."""
    stream.write(encode(message) + b"\n")
    stream.flush()


def read_reply(decoder: msgspec.json.Decoder[Told], line: bytes, where: str) -> Told:
    """What a worker's line says.

    Raises:
        WorkerDied: it says nothing that can be read.
    """
    try:
        return decoder.decode(line)
    except msgspec.DecodeError as error:
        raise WorkerDied(where, f"its answer cannot be read: {error}") from error


def failed(error: Exception, where: str) -> Failed:
    """An error as it travels; one that is not ours is a broken file, with its type and text.

    Full disks and tables of files are no file's fault.
    """
    if isinstance(error, CongvanError):
        return Failed(type(error).__name__, error.where, error.detail)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return Failed(NoRoomToWork.__name__, os.uname().nodename, error.strerror)
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return Failed(BrokenFile.__name__, where, text[:_DETAIL_LETTERS], unforeseen=True)


def raised(failure: Failed) -> CongvanError:
    """The error again, in its own class."""
    kind = getattr(errors, failure.error, None)
    if not (isinstance(kind, type) and issubclass(kind, CongvanError)):
        kind = BrokenFile
    error = kind(failure.where, failure.detail)
    error.unforeseen = failure.unforeseen
    return error
