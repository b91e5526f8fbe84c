"""Pages and records as bytes: zlib'd JSON that gives the same objects back."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

import msgspec

from extract.records import Citation, Figure, Header, Page, Rank, Records, Score, Task

_PAGES = msgspec.json.Decoder(Page)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Some fields of `Records`; the others are skipped unbuilt, as a large archive has no room for them."""

    header: Header
    citations: tuple[Citation, ...]
    scores: tuple[Score, ...]
    ranks: tuple[Rank, ...]
    figures: tuple[Figure, ...]
    tasks: tuple[Task, ...]


_COMPARED = msgspec.json.Decoder(_Compared)


def pack_page(page: Page) -> bytes:
    """The page as bytes; equal pages give equal bytes."""
    return zlib.compress(_encode(page), 6)


def unpack_page(content: bytes) -> Page:
    """The page that `pack_page` packed.

    Raises:
        ValueError: these bytes hold no page of this version.
    """
    plain = _inflate(content)
    try:
        return _PAGES.decode(plain)
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(plain), Page)


def pack_records(records: Records) -> bytes:
    """The records as bytes, for the checks between letters."""
    return zlib.compress(_encode(records), 6)


def unpack_for_between(content: bytes) -> Records:
    """Of the records that `pack_records` packed the kinds that letters are compared by.

    That is header, citations, scores, ranks, figures and tasks.

    Raises:
        ValueError: these bytes hold no records of this version.
    """
    plain = _inflate(content)
    try:
        compared = _COMPARED.decode(plain)
    except msgspec.DecodeError:
        compared = msgspec.convert(json.loads(plain), _Compared)
    return Records(
        header=compared.header,
        citations=compared.citations,
        scores=compared.scores,
        ranks=compared.ranks,
        figures=compared.figures,
        tasks=compared.tasks,
    )


def _encode(value: Page | Records) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # lone surrogates of a damaged PDF: only the escapes of plain JSON can hold them
        return json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode("ascii")


def _inflate(content: bytes) -> bytes:
    try:
        return zlib.decompress(content)
    except zlib.error as broken:
        raise ValueError(str(broken)) from broken
