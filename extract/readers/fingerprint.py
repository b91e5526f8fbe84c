"""What a reading depends on, as one short text: a page read under the same fingerprint need not be read again."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from extract.errors import MachineLacks
from extract.readers.ocr import find_engine
from extract.settings import OcrMode, ReadSettings

_ROOT = Path(__file__).resolve().parents[2]
_SOURCES = (
    "extract/readers",
    "extract/records/pages.py",
    "normalize/judge.py",
    "normalize/legacy.py",
    "normalize/syllables.py",
)
_LEFT_OUT = {"confine", "find", "fingerprint", "guard", "offline", "selftest", "watched", "wire", "worker"}
"""Readers' files that find, guard and confine: the same page comes out whatever stands in them."""

_LIBRARIES = ("pypdfium2", "pillow", "opencv-python-headless", "lxml", "python-docx")


def reading_fingerprint(settings: ReadSettings) -> str:
    """Hash of the readers' sources, the libraries, the engine with its model and the settings that decide what is read.

    Limits are left out: a page that was read is the same page under any limit.
    """
    digest = hashlib.sha256(_code().encode())
    digest.update(f"{settings.ocr} {settings.language} {settings.dpi} {_engine(settings)}".encode())
    return digest.hexdigest()[:16]


def _engine(settings: ReadSettings) -> str:
    if settings.ocr is OcrMode.NEVER:
        return "none"
    try:
        return find_engine(settings).name
    except MachineLacks:
        return "missing"


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for source in _SOURCES:
        place = _ROOT / source
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.parent.name == "readers" and path.stem in _LEFT_OUT:
                continue
            digest.update(path.relative_to(_ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {version(library)}".encode())
        except PackageNotFoundError:
            digest.update(f"{library} none".encode())
    return digest.hexdigest()
