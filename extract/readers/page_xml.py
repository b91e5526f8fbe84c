"""PAGE: words with outlines and confidences, as Transkribus, eScriptorium and OCR-D write it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from extract.readers.hocr import ASSUMED_DPI, Sheet
from extract.readers.markup import count_elements, element_of, parse_xml
from extract.records import Box, Line, Word
from extract.settings import ReadSettings

_POINT = re.compile(r"(-?\d{1,7}(?:\.\d{1,6})?),(-?\d{1,7}(?:\.\d{1,6})?)")
_INCHES = {"PPI": 1.0, "PPCM": 1.0 / 2.54}


def count_pages(path: Path, settings: ReadSettings) -> int:
    """Number of pages.

    Raises:
        BrokenFile: no page in it.
    """
    return count_elements(_pages(path, settings), path, "no Page element")


def read_sheet(path: Path, number: int, settings: ReadSettings) -> Sheet:
    """Page `number` (from 1).

    Raises:
        BrokenFile: no such page.
    """
    page = element_of(_pages(path, settings), path, number)
    scale = _scale(page)
    lines = tuple(line for element in page.iter("{*}TextLine") for line in _line(element, scale))
    boxes = [line.box for line in lines if line.box]
    width = (_number(page, "imageWidth") or 0.0) * scale or max((box.x1 for box in boxes), default=0.0)
    height = (_number(page, "imageHeight") or 0.0) * scale or max((box.y1 for box in boxes), default=0.0)
    return Sheet(width, height, lines)


def _pages(path: Path, settings: ReadSettings) -> list[etree._Element]:
    return list(parse_xml(path, settings).iter("{*}Page"))


def _scale(page: etree._Element) -> float:
    """Points a pixel."""
    resolution = _number(page, "imageXResolution")
    share = _INCHES.get(page.get("imageResolutionUnit") or "")
    return 72.0 * share / resolution if share and resolution and resolution > 0 else 72.0 / ASSUMED_DPI


def _line(element: etree._Element, scale: float) -> Iterator[Line]:
    box = _box(element, scale)
    words = tuple(word for part in element.iterfind("{*}Word") for word in _words(part, _box(part, scale) or box))
    # Without words of its own a line gives its box to each: that is as much as is known of where they stand.
    words = words or tuple(_words(element, box))
    if words:
        yield Line(" ".join(word.text for word in words), words, box)


def _words(element: etree._Element, box: Box | None) -> Iterator[Word]:
    """The words of the first reading an element states; others are alternatives to it."""
    readings = sorted(element.iterfind("{*}TextEquiv"), key=lambda reading: _number(reading, "index") or 0.0)
    if not readings:
        return
    confidence = _number(readings[0], "conf")
    share = None if confidence is None else min(max(confidence, 0.0), 1.0)
    for text in (readings[0].findtext("{*}Unicode") or readings[0].findtext("{*}PlainText") or "").split():
        yield Word(text, box, share)


def _number(element: etree._Element, name: str) -> float | None:
    try:
        value = float(element.get(name) or "nan")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _box(element: etree._Element, scale: float) -> Box | None:
    """The upright box around an outline."""
    outline = element.find("{*}Coords")
    if outline is None:
        return None
    points = [(float(x) * scale, float(y) * scale) for x, y in _POINT.findall(outline.get("points") or "")]
    if len(points) < 2:
        return None
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(min(across), min(down), max(across), max(down))
