"""PDF: words of its text layer and its pixels (pypdfium2), its ruled tables (pdfplumber), how much of it is picture."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extract.errors import BrokenFile, EncryptedPdf, TooLarge
from extract.readers import fields
from extract.readers.find import show_path
from extract.readers.limits import LEAST_DPI, PAGE_CHARACTERS, PAGE_OBJECTS, PAGE_WORDS, SIDE_PIXELS, SIDE_POINTS
from extract.readers.pixels import Pixels
from extract.records import Box, Line, Word
from extract.settings import ReadSettings

# What pdfplumber and pdfminer let through on damaged files; each was met in public collections of broken PDFs.
PARSER_FAILURES: tuple[type[Exception], ...] = (
    PdfminerException,
    MalformedPDFException,
    PDFException,
    PSException,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
)

_LEAST_RULES, _MOST_RULES = 4, 5000
_THIN = 3.0  # points
_LINE_END_HYPHEN = 2  # what pdfium gives for a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class PdfSheet:
    """Facts of a page: displayed size in points, share under images and their finest resolution, objects drawn."""

    width: float
    height: float
    image_share: float
    image_dpi: float | None
    objects: int
    segments: int  # of drawn paths: what rules of tables are made of


@contextmanager
def open_pdf(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The document in pdfium.

    Raises:
        EncryptedPdf: a user password is needed.
        BrokenFile: pdfium cannot make sense of it.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise EncryptedPdf(show_path(path)) from error
        raise BrokenFile(show_path(path), str(error)) from error
    try:
        yield document
    finally:
        document.close()


def count_pages(path: Path) -> int:
    """Number of pages.

    Raises:
        EncryptedPdf, BrokenFile: also where there is no page at all.
    """
    with open_pdf(path) as document:
        pages = len(document)
    if pages < 1:
        raise BrokenFile(show_path(path), "no pages")
    return pages


@contextmanager
def open_sheet(path: Path, number: int) -> Iterator[tuple[pdfium.PdfPage, tuple[Line, ...]]]:
    """Page `number` (from 1) in pdfium with what was filled into its fields, and the stamps taken off it.

    Raises:
        BrokenFile: there is no such page, or it cannot be loaded.
        TooLarge: more text than any letter has.
    """
    where = f"{show_path(path)}, page {number}"
    with open_pdf(path) as document:
        try:
            page, stamps = document[number - 1], tuple[Line, ...]()
            if fields.may_hold_text(page):
                shown = fields.find_shown(path, number, lambda drawn: layer_words(drawn, where), _displayed)
                page, stamps = fields.draw_filled(document, page, number, shown), fields.stamp_lines(shown)
        except (pdfium.PdfiumError, IndexError) as error:
            raise BrokenFile(where, str(error)) from error
        try:
            yield page, stamps
        finally:
            page.close()


def measure(page: pdfium.PdfPage, where: str) -> PdfSheet:
    """The facts of a page, without drawing it.

    Raises:
        TooLarge: a side of more than 200 inches.
        BrokenFile: a page without a size.
    """
    width, height = page.get_size()
    if not (0 < width <= SIDE_POINTS and 0 < height <= SIDE_POINTS):
        if width > SIDE_POINTS or height > SIDE_POINTS:
            raise TooLarge(where, f"the page measures {width:.0f} x {height:.0f} points")
        raise BrokenFile(where, "the page has no size")
    x0, y0, x1, y1 = page.get_bbox()
    area = max((x1 - x0) * (y1 - y0), 1.0)
    covered, finest, count, segments = 0.0, None, 0, 0
    for item in page.get_objects(max_depth=4):
        count += 1
        if count > PAGE_OBJECTS:
            break
        if item.type == pdfium_c.FPDF_PAGEOBJ_PATH and _is_drawn(item):
            segments += max(0, pdfium_c.FPDFPath_CountSegments(item))
        if item.type != pdfium_c.FPDF_PAGEOBJ_IMAGE:
            continue
        left, bottom, right, top = item.get_bounds()
        across = max(0.0, min(right, x1) - max(left, x0))
        down = max(0.0, min(top, y1) - max(bottom, y0))
        covered += across * down
        if across * down >= 0.05 * area and right > left:
            dpi = 72.0 * item.get_px_size()[0] / (right - left)
            finest = dpi if finest is None else max(finest, dpi)
    return PdfSheet(width, height, min(1.0, covered / area), finest, count, segments)


def render(page: pdfium.PdfPage, sheet: PdfSheet, where: str, settings: ReadSettings) -> Pixels:
    """The page as pixels, without annotations (a signature's stamp hides what it stands on).

    Resolution: that of the settings, less where the page is so large that the limit on pixels asks for it.

    Raises:
        TooLarge: over the limit even at `LEAST_DPI`.
        BrokenFile: pdfium cannot draw it.
    """
    area = sheet.width * sheet.height / 72.0**2
    most = min((settings.page_megapixels * 1e6 / area) ** 0.5, SIDE_PIXELS * 72.0 / max(sheet.width, sheet.height))
    dpi = min(float(settings.dpi), most)
    if dpi < LEAST_DPI:
        raise TooLarge(
            where,
            f"{area * LEAST_DPI**2 / 1e6:.0f} megapixels at {LEAST_DPI} dpi, the limit is {settings.page_megapixels:g}",
        )
    try:
        bitmap = page.render(scale=dpi / 72.0, draw_annots=False, rev_byteorder=True, prefer_bgrx=False)
        image = np.array(bitmap.to_numpy())
        bitmap.close()
    except pdfium.PdfiumError as error:
        raise BrokenFile(where, str(error)) from error
    if image.ndim == 3 and image.shape[2] == 1:
        image = image[:, :, 0]
    return Pixels(image[:, :, :3] if image.ndim == 3 else image, dpi)


@contextmanager
def open_layer(path: Path, number: int) -> Iterator[Any]:
    """Page `number` (from 1) in pdfplumber, closed at the end; fails with one of `PARSER_FAILURES`."""
    with pdfplumber.open(path, pages=[number], unicode_norm=None) as document:
        if not document.pages:
            raise ValueError("no such page")
        page = document.pages[0]
        try:
            yield page
        finally:
            page.close()


def _is_drawn(path: pdfium.PdfObject) -> bool:
    """Whether a path is a rule or a frame, not the shade behind a word."""
    left, bottom, right, top = path.get_bounds()
    if min(right - left, top - bottom) <= _THIN:
        return True
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium_c.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _may_be_rule(item: dict[str, Any]) -> bool:
    """The same in pdfplumber's terms; what is no path stays."""
    if item["object_type"] not in ("rect", "curve"):
        return True
    return bool(item.get("stroke")) or min(item["width"], item["height"]) <= _THIN


def layer_tables(page: Any) -> tuple[tuple[Box, ...], ...]:
    """The cells of each ruled table, in points of the visible page.

    Args:
        page: a pdfplumber page.
    """
    ruled = page.filter(_may_be_rule)
    rules = len(ruled.lines) + len(ruled.rects) + len(ruled.curves)
    if not _LEAST_RULES <= rules <= _MOST_RULES:
        return ()
    left, top = float(page.cropbox[0]), float(page.cropbox[1])
    return tuple(
        tuple(Box(x0 - left, y0 - top, x1 - left, y1 - top) for x0, y0, x1, y1 in table.cells)
        for table in ruled.find_tables()
    )


def layer_words(page: pdfium.PdfPage, where: str) -> tuple[Word, ...]:
    """Words of the text layer with boxes in points of the displayed page, in no particular order.

    Raises:
        TooLarge: more words or characters than any letter has.
        BrokenFile: no text page can be made.
    """
    try:
        text_page = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise BrokenFile(where, str(error)) from error
    try:
        count = text_page.count_chars()
        if count > PAGE_CHARACTERS:
            raise TooLarge(where, f"{count} characters on a page")
        words = _words(page, text_page, count)
    finally:
        text_page.close()
    if len(words) > PAGE_WORDS:
        raise TooLarge(where, f"{len(words)} words on a page")
    return tuple(words)


def _words(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, count: int) -> list[Word]:
    words: list[Word] = []
    letters: list[str] = []
    box: Box | None = None
    last: Box | None = None
    for index in range(count):
        code = pdfium_c.FPDFText_GetUnicode(text_page, index)
        code = ord("-") if code == _LINE_END_HYPHEN else code
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        blank = letter.isspace() or not letter.isprintable()
        here = None if blank else _displayed(page, text_page.get_charbox(index, loose=True))
        if box is not None and (here is None or last is None or _apart(last, here)):
            words.append(Word("".join(letters), box, None))
            letters, box = [], None
        if here is not None:
            letters.append(letter)
            box = here if box is None else box.union(here)
        last = here
    if box is not None:
        words.append(Word("".join(letters), box, None))
    return words


def _apart(last: Box, here: Box) -> bool:
    """Whether a letter stands neither beside nor below the one before: pdfium runs words on over a hyphen."""
    down = min(last.y1, here.y1) - max(last.y0, here.y0)
    across = min(last.x1, here.x1) - max(last.x0, here.x0)
    lower, size = min(last.height, here.height), max(last.height, here.height)
    return (down < 0.3 * lower and across < 0.3 * min(last.width, here.width)) or (down >= 0 and across < -3 * size)


def _displayed(page: pdfium.PdfPage, sides: tuple[float, float, float, float]) -> Box:
    """Left, bottom, right, top in the page's own space as a box of the displayed page."""
    left, bottom, right, top = page.get_bbox()
    x0, y0, x1, y1 = sides
    match page.get_rotation():
        case 90:
            return Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        case 180:
            return Box(right - x1, y0 - bottom, right - x0, y1 - bottom)
        case 270:
            return Box(top - y1, right - x1, top - y0, right - x0)
        case _:
            return Box(x0 - left, top - y1, x1 - left, top - y0)
