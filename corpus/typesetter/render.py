"""A letter's renderings: bytes of each file, by folder of `letters/`."""

import os
import re
import tempfile
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
import pytesseract
from PIL import Image

from corpus.typesetter import scans
from corpus.typesetter.degrade import Image8
from corpus.typesetter.marks import ContentError

SUFFIX = {
    "digital": ".pdf",
    "clean": ".pdf",
    "office": ".pdf",
    "photocopy": ".pdf",
    "english-layer": ".pdf",
    "tiff": ".tif",
    "png": ".png",
    "ocr-text": ".txt",
}
_EPOCH = time.gmtime(1_750_000_000)
_STAMPED = re.compile(rb"\(D:\d{14}[^)]*\)")


def raster(pdf: bytes, dpi: int) -> list[Image8]:
    """Pages of a PDF as RGB images.

    Args:
        pdf: The file.
        dpi: Resolution.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]
    finally:
        document.close()


def _image_pdf(pages: Sequence[Image.Image], dpi: int, **how: int) -> bytes:
    out = BytesIO()
    pages[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=list(pages[1:]),
        resolution=float(dpi),
        creationDate=_EPOCH,
        modDate=_EPOCH,
        **how,
    )
    return out.getvalue()


def _clean(key: str, pdf: bytes) -> bytes:
    pages = [scans.clean(page, key, number) for number, page in enumerate(raster(pdf, 300), start=1)]
    return _image_pdf([Image.fromarray(page).convert("1") for page in pages], 300)


def _office(key: str, pdf: bytes) -> bytes:
    pages = raster(pdf, 200)
    done = [scans.office(page, pages[number % len(pages)], key, number) for number, page in enumerate(pages, start=1)]
    return _image_pdf([Image.fromarray(page) for page in done], 200, quality=40)


def _photocopy(key: str, pdf: bytes) -> bytes:
    pages = [scans.photocopy(page, key, number) for number, page in enumerate(raster(pdf, 200), start=1)]
    return _image_pdf([Image.fromarray(page) for page in pages], 200, quality=35)


def _tiff(key: str, pdf: bytes) -> bytes:
    pages = [scans.fax(page, key, number) for number, page in enumerate(raster(pdf, 300), start=1)]
    images = [Image.fromarray(page).convert("1") for page in pages]
    out = BytesIO()
    images[0].save(
        out, "TIFF", save_all=True, append_images=images[1:], compression="group4", dpi=(300, 300), software="congvan"
    )
    return out.getvalue()


def _png(key: str, pdf: bytes) -> bytes:
    pages = raster(pdf, 200)
    if len(pages) > 1:
        raise ContentError(f"letter {key} has {len(pages)} pages, a PNG holds one")
    levels = Image.fromarray(scans.plain_grey(pages[0], key, 1, "png") // 32 * 36)
    out = BytesIO()
    levels.quantize(8).save(out, "PNG", dpi=(200, 200), optimize=True)
    return out.getvalue()


def _english(key: str, pdf: bytes, kind: str, extension: str) -> bytes:
    """What Tesseract set to English makes of a grey scan: a PDF with a text layer, or text."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, page in enumerate(raster(pdf, 200), start=1):
            path = Path(folder) / f"{number:02d}.jpg"
            Image.fromarray(scans.plain_grey(page, key, number, kind)).save(path, quality=42, dpi=(200, 200))
            names.append(str(path))
        listing = Path(folder) / "pages.txt"
        listing.write_text("\n".join(names) + "\n", encoding="utf-8")
        if extension == "pdf":
            made = bytes(pytesseract.image_to_pdf_or_hocr(str(listing), lang="eng", extension="pdf"))
            fixed = f"(D:{time.strftime('%Y%m%d%H%M%S', _EPOCH)}"
            return _STAMPED.sub(lambda m: fixed.encode() + m[0][len(fixed) : -1] + b")", made)
        text = str(pytesseract.image_to_string(str(listing), lang="eng"))
    return (text.rstrip("\f\n ") + "\n").encode()


def render(key: str, pdf: bytes, kind: str) -> bytes:
    """One rendering of a letter.

    Args:
        key: The letter.
        pdf: The letter as a digital PDF.
        kind: A key of `SUFFIX`.

    Raises:
        ContentError: The letter cannot be rendered so.
    """
    if kind == "digital":
        return pdf
    if kind == "english-layer":
        return _english(key, pdf, kind, "pdf")
    if kind == "ocr-text":
        return _english(key, pdf, kind, "txt")
    made = {"clean": _clean, "office": _office, "photocopy": _photocopy, "tiff": _tiff, "png": _png}
    if kind not in made:
        raise ContentError(f"letter {key}: no rendering {kind}")
    return made[kind](key, pdf)
