"""ALTO: words with boxes and confidences, as libraries and archives keep them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from extract.errors import BrokenFile
from extract.readers.find import show_path
from extract.readers.hocr import ASSUMED_DPI, Sheet
from extract.readers.markup import parse_xml
from extract.records import Box, Line, Word
from extract.settings import ReadSettings

_UNITS = {"mm10": 72.0 / 254.0, "inch1200": 72.0 / 1200.0, "pixel": 72.0 / ASSUMED_DPI}


def count_pages(path: Path, settings: ReadSettings) -> int:
    """Number of pages.

    Raises:
        BrokenFile: no page in it.
    """
    pages = len(_named(parse_xml(path, settings), "Page"))
    if not pages:
        raise BrokenFile(show_path(path), "no Page element")
    return pages


def read_sheet(path: Path, number: int, settings: ReadSettings) -> Sheet:
    """Page `number` (from 1).

    Raises:
        BrokenFile: no such page.
    """
    root = parse_xml(path, settings)
    pages = _named(root, "Page")
    if not 1 <= number <= len(pages):
        raise BrokenFile(f"{show_path(path)}, page {number}", "no such page")
    page = pages[number - 1]
    unit = "".join((element.text or "").strip() for element in _named(root, "MeasurementUnit")[:1])
    scale = _UNITS.get(unit, _UNITS["pixel"])
    lines = tuple(line for element in _named(page, "TextLine") for line in _line(element, scale))
    boxes = [line.box for line in lines if line.box]
    width = _number(page, "WIDTH", scale) or max((box.x1 for box in boxes), default=0.0)
    height = _number(page, "HEIGHT", scale) or max((box.y1 for box in boxes), default=0.0)
    return Sheet(width, height, lines)


def _line(element: etree._Element, scale: float) -> Iterator[Line]:
    words = tuple(word for part in _named(element, "String") for word in _words(part, scale))
    if words:
        yield Line(" ".join(word.text for word in words), words, _box(element, scale))


def _words(element: etree._Element, scale: float) -> Iterator[Word]:
    confidence = _number(element, "WC", 1.0)
    share = None if confidence is None else min(max(confidence, 0.0), 1.0)
    for text in (element.get("CONTENT") or "").split():
        yield Word(text, _box(element, scale), share)


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    """Elements below `element` by local name: versions of ALTO differ in their namespace only."""
    return [part for part in element.iter(f"{{*}}{name}") if isinstance(part.tag, str)]


def _number(element: etree._Element, name: str, scale: float) -> float | None:
    try:
        value = float(element.get(name) or "nan") * scale
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _box(element: etree._Element, scale: float) -> Box | None:
    sides = [_number(element, name, scale) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
    if any(side is None for side in sides):
        return None
    x, y, width, height = (side or 0.0 for side in sides)
    return Box(x, y, x + max(width, 0.0), y + max(height, 0.0))
