"""What a file is: by its first bytes, beside what its name says."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

HEAD_BYTES = 65_536


class MediaType(StrEnum):
    """Kinds of files that are read."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    TEXT = "text/plain"
    HOCR = "text/vnd.hocr+html"
    ALTO = "application/alto+xml"
    PAGE = "application/vnd.prima.page+xml"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


IMAGES = frozenset([MediaType.PNG, MediaType.JPEG, MediaType.TIFF])
MARKUP = frozenset([MediaType.HOCR, MediaType.ALTO, MediaType.PAGE])

NAMES = {
    MediaType.PDF: "PDF",
    MediaType.PNG: "PNG",
    MediaType.JPEG: "JPEG",
    MediaType.TIFF: "TIFF",
    MediaType.TEXT: "plain text",
    MediaType.HOCR: "hOCR",
    MediaType.ALTO: "ALTO",
    MediaType.PAGE: "PAGE",
    MediaType.DOCX: "a Word document",
}

_CLAIMS = {
    ".pdf": MediaType.PDF,
    ".png": MediaType.PNG,
    ".jpg": MediaType.JPEG,
    ".jpeg": MediaType.JPEG,
    ".tif": MediaType.TIFF,
    ".tiff": MediaType.TIFF,
    ".txt": MediaType.TEXT,
    ".hocr": MediaType.HOCR,
    ".html": MediaType.HOCR,
    ".htm": MediaType.HOCR,
    ".xhtml": MediaType.HOCR,
    ".xml": MediaType.ALTO,
    ".alto": MediaType.ALTO,
    ".page": MediaType.PAGE,
    ".docx": MediaType.DOCX,
}

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),
    (b"MM\x00+", MediaType.TIFF),
)

_ZIP, _WORD_PART = b"PK\x03\x04", b"word/"

_OTHERS = (
    (_ZIP, "a zip archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document; LibreOffice makes a readable one: soffice --convert-to docx FILE"),
    (b"{\\rtf", "rich text"),
    (b"GIF8", "a GIF"),
    (b"BM", "a bitmap"),
    (b"RIFF", "a RIFF container (WebP or sound)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"%!PS", "PostScript"),
)

_HOCR = re.compile(rb"<html\b", re.IGNORECASE)
_HOCR_PAGE = re.compile(rb"class\s*=\s*[\"']ocr_page|name\s*=\s*[\"']ocr-system", re.IGNORECASE)
_ALTO = re.compile(rb"<(?:\w{1,20}:)?alto\b")
_PAGE = re.compile(rb"<(?:\w{1,20}:)?PcGts\b")
_MARKUP = re.compile(rb"^\s*(?:<\?xml|<!doctype|<html|<[a-z]{1,20}[\s>])", re.IGNORECASE)
_PDF_PARTS = (b"startxref", b"endobj", b"trailer")


def claimed(path: Path) -> MediaType | None:
    """The kind the file name claims."""
    return _CLAIMS.get(path.suffix.lower())


def by_content(head: bytes) -> tuple[MediaType | None, str]:
    """The kind by content, and a name for it that people know.

    Args:
        head: the first `HEAD_BYTES` bytes of the file.

    Returns:
        No kind, and a name, for what is not read; `TEXT` for any text without markup.
    """
    kind = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if kind is None and b"%PDF-" in head[:1024]:
        kind = MediaType.PDF
    if kind is None and _ALTO.search(head):
        kind = MediaType.ALTO
    if kind is None and _PAGE.search(head):
        kind = MediaType.PAGE
    if kind is None and head.startswith(_ZIP) and _WORD_PART in head:
        kind = MediaType.DOCX
    if kind is None and _HOCR.search(head) and _HOCR_PAGE.search(head):
        kind = MediaType.HOCR
    if kind is not None:
        return kind, NAMES[kind]
    if any(part in head for part in _PDF_PARTS):
        return None, "a PDF without its first line"
    other = next((name for magic, name in _OTHERS if head.startswith(magic)), None)
    if other is not None:
        return None, other
    if not is_text(head):
        return None, "binary data"
    return (
        (None, "markup that is neither hOCR nor ALTO nor PAGE")
        if _MARKUP.match(head)
        else (MediaType.TEXT, "plain text")
    )


def is_text(data: bytes) -> bool:
    """Whether bytes can be a text: UTF-16 with its mark, or hardly any control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(data.count(code) for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b")
    return b"\x00" not in data and controls <= len(data) // 100
