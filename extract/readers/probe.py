"""A first look at a file: its identity, its real kind, its number of pages, or why it cannot be read."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.errors import BrokenFile, TooLarge, UnsupportedKind, WrongContent
from extract.readers import alto, hocr, page_xml, pdf, raster, text, word
from extract.readers.find import show_path
from extract.readers.kinds import HEAD_BYTES, IMAGES, MARKUP, NAMES, MediaType, by_content, claimed
from extract.readers.opened import open_regular
from extract.readers.probed import Probe
from extract.settings import ReadSettings

_CHUNK = 1 << 20


def probe(path: Path, settings: ReadSettings) -> Probe:
    """Look into a file.

    Raises:
        FileFailure: empty, unreadable, encrypted, broken, too large, of a kind that is not
            read, or with content that is not what its name says.
    """
    digest = hashlib.sha256()
    with open_regular(path, settings) as stream:
        head = stream.read(HEAD_BYTES)
        kind = kind_of(path, head)
        digest.update(head)
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    pages = _count_pages(path, kind, settings)
    if pages > settings.max_pages:
        raise TooLarge(show_path(path), f"{pages} pages, the limit is {settings.max_pages}")
    return Probe(digest.hexdigest(), kind.value, pages)


def kind_of(path: Path, head: bytes) -> MediaType:
    """The kind of a file from its name and its first bytes.

    Raises:
        UnsupportedKind, WrongContent, BrokenFile: by its name.
    """
    said = claimed(path)
    real, name = by_content(head)
    if said is None:
        if real in (None, MediaType.TEXT, MediaType.DOCX):  # a zip archive is opened only where it is named .docx
            raise UnsupportedKind(show_path(path), name)
        return real
    if real is said or (real in IMAGES and said in IMAGES) or (real in MARKUP and said in MARKUP):
        return real if real is not None else said
    if real is None and said is MediaType.PDF and "PDF" in name:
        raise BrokenFile(show_path(path), name)
    if real is None and (said in MARKUP or said is MediaType.DOCX):
        raise UnsupportedKind(show_path(path), name)
    raise WrongContent(show_path(path), f"named as {NAMES[said]}, holds {name}")


def _count_pages(path: Path, kind: MediaType, settings: ReadSettings) -> int:
    match kind:
        case MediaType.PDF:
            return pdf.count_pages(path)
        case MediaType.TEXT:
            return len(text.split_pages(text.read_text(path, settings), show_path(path)))
        case MediaType.HOCR:
            return hocr.count_pages(path, settings)
        case MediaType.ALTO:
            return alto.count_pages(path, settings)
        case MediaType.PAGE:
            return page_xml.count_pages(path, settings)
        case MediaType.DOCX:
            return len(word.read_pages(path, settings))
        case _:
            return raster.count_frames(path, settings)
