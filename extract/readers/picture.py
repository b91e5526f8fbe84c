"""The picture that a scanned page is, in its own pixels: drawing it again costs more than evening it."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.readers.image import READING_DPI
from extract.readers.limits import PAGE_OBJECTS
from extract.readers.pixels import Pixels
from extract.settings import ReadSettings

_MARGIN = 0.75  # points by which the sides of page and picture may differ
_SAME = 1.05  # times the resolution that is read, or one through that: such a picture is read in its own pixels
_SQUARE = 0.005  # share by which pixels may be longer than wide
_SOFT = 0.2  # of each neighbour on one side: what drawing again would have softened is read better, copies above all
_STENCIL = pdfium_c.FPDF_COLORSPACE_UNKNOWN  # has no colours of its own


def read_picture(page: pdfium.PdfPage, settings: ReadSettings) -> Pixels | None:
    """The image that fills a page, at about the resolution that is read; None where the page is anything else.

    Text that is not shown, as programs for scanning lay over a picture, may be there too.
    """
    image = _only_image(page)
    if image is None:
        return None
    width, height = image.get_px_size()
    left, bottom, right, top = page.get_bbox()
    dpi, down = 72.0 * width / (right - left), 72.0 * height / (top - bottom)
    if not (READING_DPI / _SAME < dpi < READING_DPI * _SAME and abs(dpi / down - 1) <= _SQUARE):
        return None
    if width * height > settings.page_megapixels * 1e6:
        return None
    try:
        own = image.get_bitmap().to_numpy()
    except pdfium.PdfiumError:
        return None
    kernel = np.array([_SOFT, 1 - 2 * _SOFT, _SOFT], np.float32)
    soft = cv2.sepFilter2D(np.array(own), -1, kernel, kernel)
    if soft.ndim == 3:
        soft = cv2.cvtColor(soft, cv2.COLOR_BGR2RGB if soft.shape[2] == 3 else cv2.COLOR_BGRA2RGB)
    turned = np.rot90(soft, -(page.get_rotation() // 90))
    return Pixels(np.ascontiguousarray(turned, np.uint8), dpi)


def _only_image(page: pdfium.PdfPage) -> pdfium.PdfImage | None:
    if pdfium_c.FPDFPage_CountObjects(page) > PAGE_OBJECTS:
        return None
    found: pdfium.PdfImage | None = None
    for item in page.get_objects(max_depth=1):
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE and found is None and _fills(item, page):
            found = item
        elif item.type != pdfium_c.FPDF_PAGEOBJ_TEXT or not _is_hidden(item):
            return None
    if found is None or pdfium_c.FPDFPageObj_HasTransparency(found):
        return None
    return None if found.get_metadata().colorspace == _STENCIL else found


def _fills(item: pdfium.PdfObject, page: pdfium.PdfPage) -> bool:
    """Whether an image stands upright in the page's own space and ends where the page ends."""
    a, b, c, d, _, _ = item.get_matrix().get()
    if a <= 0 or d <= 0 or b or c:
        return False
    return all(abs(one - other) <= _MARGIN for one, other in zip(item.get_bounds(), page.get_bbox(), strict=True))


def _is_hidden(text: pdfium.PdfObject) -> bool:
    return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(text) == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE)
