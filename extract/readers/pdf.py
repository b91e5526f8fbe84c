"""PDF: words of its text layer, its ruled tables, its pixels, and how much of it is picture; all by pdfium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.errors import BrokenFile, EncryptedPdf, TooLarge
from extract.readers import fields
from extract.readers.drawn import Sides, find_pictures, placing
from extract.readers.find import show_path
from extract.readers.limits import LEAST_DPI, PAGE_CHARACTERS, PAGE_WORDS, SIDE_PIXELS, SIDE_POINTS
from extract.readers.pixels import Pixels
from extract.records import Box, Line, Word
from extract.settings import ReadSettings

_LINE_END_HYPHEN = 2  # what pdfium gives for a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class PdfSheet:
    """Facts of a page: displayed size in points, share under images and their finest resolution, objects drawn."""

    width: float
    height: float
    image_share: float
    image_dpi: float | None
    objects: int


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
    pictures = find_pictures(page)
    return PdfSheet(width, height, pictures.share, pictures.finest, pictures.objects)


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
        words = _words(page, text_page, count, where)
    finally:
        text_page.close()
    if len(words) > PAGE_WORDS:
        raise TooLarge(where, f"{len(words)} words on a page")
    return tuple(words)


def _words(page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, count: int, where: str) -> list[Word]:
    # One call a letter in pdfium, nothing made for it here: pages have thousands of them.
    place, letter_of, box_of = placing(page), pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    handle, sides = text_page.raw, pdfium_c.FS_RECTF()
    words: list[Word] = []
    letters: list[str] = []
    whole: Sides | None = None
    last: Sides | None = None
    for index in range(count):
        letter = _letter(letter_of(handle, index))
        here = None
        if letter:
            if not box_of(handle, index, sides):
                raise BrokenFile(where, f"letter {index + 1} has no place")
            here = place(sides.left, sides.bottom, sides.right, sides.top)
        if whole is not None and (here is None or last is None or _apart(last, here)):
            words.append(Word("".join(letters), Box(*whole), None))
            letters, whole = [], None
        if here is not None:
            letters.append(letter)
            whole = here if whole is None else _around(whole, here)
        last = here
    if whole is not None:
        words.append(Word("".join(letters), Box(*whole), None))
    return words


@cache
def _letter(code: int) -> str:
    """The letter of a code of pdfium's; nothing for a blank and for what is no letter."""
    if code == _LINE_END_HYPHEN:
        return "-"
    letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
    return "" if letter.isspace() or not letter.isprintable() else letter


def _around(one: Sides, other: Sides) -> Sides:
    x0, y0, x1, y1 = one
    u0, v0, u1, v1 = other
    return (
        x0 if x0 < u0 else u0,
        y0 if y0 < v0 else v0,
        x1 if x1 > u1 else u1,
        y1 if y1 > v1 else v1,
    )


def _apart(last: Sides, here: Sides) -> bool:
    """Whether a letter stands neither beside nor below the one before: pdfium runs words on over a hyphen."""
    x0, y0, x1, y1 = last
    u0, v0, u1, v1 = here
    down = (y1 if y1 < v1 else v1) - (y0 if y0 > v0 else v0)
    across = (x1 if x1 < u1 else u1) - (x0 if x0 > u0 else u0)
    if down >= 0:
        size = max(y1 - y0, v1 - v0)
        if across < -3 * size:
            return True
    lower = min(y1 - y0, v1 - v0)
    return down < 0.3 * lower and across < 0.3 * min(x1 - x0, u1 - u0)


def _displayed(page: pdfium.PdfPage, sides: Sides) -> Box:
    """Left, bottom, right, top in the page's own space as a box of the displayed page."""
    return Box(*placing(page)(*sides))
