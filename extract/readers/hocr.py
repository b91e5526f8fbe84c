"""hOCR: words with boxes and confidences, as Tesseract, OCRmyPDF and others write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from extract.readers.markup import count_elements, element_of, parse_html
from extract.records import Box, Line, Word
from extract.settings import ReadSettings

ASSUMED_DPI = 300.0
_BOX = re.compile(r"\bbbox\s+(-?\d{1,7})\s+(-?\d{1,7})\s+(-?\d{1,7})\s+(-?\d{1,7})")
_CONFIDENCE = re.compile(r"\bx_wconf\s+(\d{1,3}(?:\.\d{1,6})?)")
_RESOLUTION = re.compile(r"\bscan_res\s+(\d{1,5}(?:\.\d{1,6})?)")
_LINES = frozenset(["ocr_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocrx_line"])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as another engine read it: size in points and lines with boxes in points."""

    width: float
    height: float
    lines: tuple[Line, ...]


def count_pages(path: Path, settings: ReadSettings) -> int:
    """Number of pages.

    Raises:
        BrokenFile: no page in it.
    """
    return count_elements(_pages(path, settings), path, "no element of class ocr_page")


def read_sheet(path: Path, number: int, settings: ReadSettings) -> Sheet:
    """Page `number` (from 1).

    Raises:
        BrokenFile: no such page.
    """
    page = element_of(_pages(path, settings), path, number)
    title = page.get("title") or ""
    resolution = _RESOLUTION.search(title)
    scale = 72.0 / (float(resolution[1]) if resolution and float(resolution[1]) > 0 else ASSUMED_DPI)
    frame = _box(title, scale, 0.0, 0.0)
    left, top = (frame.x0, frame.y0) if frame else (0.0, 0.0)
    lines = tuple(
        line for element in page.iter() if _classes(element) & _LINES for line in _line(element, scale, left, top)
    )
    if frame is None:
        boxes = [line.box for line in lines if line.box]
        frame = Box(0.0, 0.0, max((box.x1 for box in boxes), default=0.0), max((box.y1 for box in boxes), default=0.0))
    return Sheet(frame.width, frame.height, lines)


def _pages(path: Path, settings: ReadSettings) -> list[etree._Element]:
    return [element for element in parse_html(path, settings).iter() if "ocr_page" in _classes(element)]


def _line(element: etree._Element, scale: float, left: float, top: float) -> Iterator[Line]:
    words = tuple(
        word for part in element.iter() if "ocrx_word" in _classes(part) for word in _words(part, scale, left, top)
    )
    if words:
        text = " ".join(word.text for word in words)
        yield Line(text, words, _box(element.get("title") or "", scale, left, top))


def _words(element: etree._Element, scale: float, left: float, top: float) -> Iterator[Word]:
    title = element.get("title") or ""
    confidence = _CONFIDENCE.search(title)
    share = min(float(confidence[1]) / 100.0, 1.0) if confidence else None
    for text in "".join(map(str, element.itertext())).split():
        yield Word(text, _box(title, scale, left, top), share)


def _classes(element: etree._Element) -> frozenset[str]:
    return frozenset((element.get("class") or "").split()) if isinstance(element.tag, str) else frozenset()


def _box(title: str, scale: float, left: float, top: float) -> Box | None:
    found = _BOX.search(title)
    if found is None:
        return None
    x0, y0, x1, y1 = (int(number) * scale for number in found.groups())
    return Box(min(x0, x1) - left, min(y0, y1) - top, max(x0, x1) - left, max(y0, y1) - top)
