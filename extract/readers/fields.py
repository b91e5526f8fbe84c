"""What stands on a PDF page in annotations: numbers and days filled in when a letter was signed, and stamps.

Offices that sign electronically put the number and the day of a letter into signature fields
over the page; they are in no text layer and in no picture, and only drawing them tells. The
signature's stamp ("Ký bởi …") is drawn the same way and is no part of the letter: it is kept
apart, and left out of the picture, where it would hide what it stands on.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.records import Box, Line, Word

_WITH_TEXT = frozenset([pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP])
_MOST_ANNOTATIONS = 200
_MOST_FILLED_WORDS, _MOST_FILLED_LETTERS = 3, 24

ReadWords = Callable[[pdfium.PdfPage], tuple[Word, ...]]
Displayed = Callable[[pdfium.PdfPage, tuple[float, float, float, float]], Box]


def may_hold_text(page: pdfium.PdfPage) -> bool:
    """Whether the page has annotations that can show text, not too many to look at."""
    count = pdfium_c.FPDFPage_GetAnnotCount(page)
    return 0 < count <= _MOST_ANNOTATIONS and any(_subtype(page, index) in _WITH_TEXT for index in range(count))


def find_shown(path: Path, number: int, words: ReadWords, displayed: Displayed) -> dict[int, tuple[Word, ...]]:
    """The words each annotation of page `number` (from 1) shows, by its index; boxes are of the displayed page.

    The document is opened anew, since drawing annotations into a page changes it.
    """
    with pdfium.PdfDocument(path) as document:
        page = document[number - 1]
        places = {
            index: displayed(page, _sides(page, index))
            for index in range(pdfium_c.FPDFPage_GetAnnotCount(page))
            if _subtype(page, index) in _WITH_TEXT
        }
        before = {_place(word) for word in words(page)}
        page = _draw_in(document, page, number)
        added = [word for word in words(page) if _place(word) not in before]
        page.close()
    return {
        index: shown for index, box in places.items() if (shown := tuple(word for word in added if _is_in(word, box)))
    }


def is_filled_in(shown: tuple[Word, ...]) -> bool:
    """Whether words are what somebody fills in (a number, a day), not a stamp."""
    text = "".join(word.text for word in shown)
    return len(shown) <= _MOST_FILLED_WORDS and len(text) <= _MOST_FILLED_LETTERS and "@" not in text


def draw_filled(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, shown: dict[int, tuple[Word, ...]]
) -> pdfium.PdfPage:
    """The page with what was filled in as part of it, and without any other annotation; `page` is closed."""
    for index in reversed(range(pdfium_c.FPDFPage_GetAnnotCount(page))):
        if index not in shown or not is_filled_in(shown[index]):
            pdfium_c.FPDFPage_RemoveAnnot(page, index)
    return _draw_in(document, page, number)


def stamp_lines(shown: dict[int, tuple[Word, ...]]) -> tuple[Line, ...]:
    """A line for each stamp."""
    return tuple(
        Line(" ".join(word.text for word in words), words) for words in shown.values() if not is_filled_in(words)
    )


def _draw_in(document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int) -> pdfium.PdfPage:
    pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    page.close()
    return document[number - 1]


def _subtype(page: pdfium.PdfPage, index: int) -> int:
    annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return -1
    try:
        return int(pdfium_c.FPDFAnnot_GetSubtype(annotation))
    finally:
        pdfium_c.FPDFPage_CloseAnnot(annotation)


def _sides(page: pdfium.PdfPage, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in the page's own space."""
    annotation, sides = pdfium_c.FPDFPage_GetAnnot(page, index), pdfium_c.FS_RECTF()
    try:
        pdfium_c.FPDFAnnot_GetRect(annotation, ctypes.byref(sides))
    finally:
        pdfium_c.FPDFPage_CloseAnnot(annotation)
    return sides.left, min(sides.bottom, sides.top), sides.right, max(sides.bottom, sides.top)


def _place(word: Word) -> tuple[str, int, int]:
    box = word.box or Box(0, 0, 0, 0)
    return word.text, round(box.x0), round(box.y0)


def _is_in(word: Word, box: Box) -> bool:
    if word.box is None:
        return False
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
