"""Pages as bytes for the cache of readings: zlib'd JSON, the same page back."""

from __future__ import annotations

import json
import zlib

import msgspec

from extract.records import Page, Records

_PAGES = msgspec.json.Decoder(Page)
_RECORDS = msgspec.json.Decoder(Records)


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


def unpack_records(content: bytes) -> Records:
    """The records that `pack_records` packed.

    Raises:
        ValueError: these bytes hold no records of this version.
    """
    plain = _inflate(content)
    try:
        return _RECORDS.decode(plain)
    except msgspec.DecodeError:
        return msgspec.convert(json.loads(plain), Records)


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
