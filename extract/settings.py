"""Settings of a run: frozen, with the limits that keep a hostile page from costing more than itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OcrMode(StrEnum):
    """When page images are read."""

    AUTO = "auto"  # where the verdict on the text layer asks for it
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What decides how a page is read; part of the fingerprint of a reading.

    Limits: `page_seconds` wall clock a page, `letter_seconds` wall clock to understand a letter
    of one page and `further_page_seconds` for each page more, `memory_mb` address space of a
    worker, `page_megapixels` of a rendered page, `file_mb` size of a file, `max_pages` of a file.
    """

    ocr: OcrMode = OcrMode.AUTO
    language: str = "vie"
    engine: str = "auto"  # tesserocr | pytesseract | auto
    dpi: int = 300
    page_seconds: float = 120.0
    letter_seconds: float = 60.0
    further_page_seconds: float = 2.0
    memory_mb: int = 3072
    page_megapixels: float = 60.0
    file_mb: int = 512
    max_pages: int = 2000
