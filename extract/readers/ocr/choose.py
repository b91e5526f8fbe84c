"""Which engine reads on this machine."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from extract.errors import NoTesseract
from extract.readers.ocr.by_program import TesseractProgram, is_installed
from extract.readers.ocr.engine import OcrEngine
from extract.readers.ocr.tessdata import find_tessdata
from extract.settings import ReadSettings


def find_engine(settings: ReadSettings) -> OcrEngine:
    """The engine the settings ask for; `auto` is tesserocr where it imports, else the program.

    The engine is made once in a process and kept.

    Raises:
        NoTesseract: the engine is not installed.
        NoVietnameseModel: it has no model of the language.
    """
    return _engine(settings.engine, settings.language)


@cache
def _engine(engine: str, language: str) -> OcrEngine:
    if engine not in ("auto", "tesserocr", "pytesseract"):
        raise NoTesseract("OCR", f"there is no engine called {engine}")
    if engine != "pytesseract" and find_spec("tesserocr") is not None:
        find_tessdata(language)
        from extract.readers.ocr.in_process import InProcessTesseract

        return InProcessTesseract(language)
    if engine == "tesserocr":
        raise NoTesseract("OCR", "the Python package tesserocr is not installed")
    if not is_installed():
        raise NoTesseract("OCR")
    return TesseractProgram(language)
