"""Limits of one page that no setting raises: beyond them a page is an attack or an accident, not a letter."""

from __future__ import annotations

PAGE_WORDS = 20_000
PAGE_CHARACTERS = 1_000_000  # spaCy refuses longer texts
PAGE_OBJECTS = 20_000  # drawn objects of a PDF page that are looked at
LEAST_DPI = 100  # a large page is rendered at lower resolution down to this
SIDE_POINTS = 14_400  # 200 inches, the largest page of PDF 1.7
SIDE_PIXELS = 32_000  # Tesseract reads no image with a longer side
