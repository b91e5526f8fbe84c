"""What Tesseract alone makes of a page; kept between runs, since it is the same each time and takes most of a run."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import pytesseract
from PIL import Image

from benchmarks.places import ROOT
from extract.readers import pdf
from extract.settings import OcrMode, ReadSettings

SETTINGS = ReadSettings(ocr=OcrMode.ALWAYS)
LEAST_DPI, MOST_DPI = 200, 300
KEPT = ROOT / ".bench_cache"
"""One file a page, named by its pixels, how it is read and by which Tesseract; may be deleted at any time."""


def read_bare(path: Path, number: int) -> list[str]:
    """The lines of a page as `tesseract -l vie --psm 3` reads its pixels, at the resolution they have, 200 to 300 dpi.

    A page scanned at 200 dpi and drawn at 300 costs Tesseract words, so that it would be no fair rival.
    """
    with pdf.open_sheet(path, number) as (page, _):
        sheet = pdf.measure(page, path.name)
        dpi = min(max(round(sheet.image_dpi or MOST_DPI), LEAST_DPI), MOST_DPI)
        pixels = pdf.render(page, sheet, path.name, replace(SETTINGS, dpi=dpi))
    how = (
        "-l",
        SETTINGS.language,
        "--psm 3",
        "--dpi",
        str(round(pixels.dpi)),
        str(pytesseract.get_tesseract_version()),
    )
    key = hashlib.sha256("\0".join((*how, str(pixels.image.shape))).encode() + pixels.image.tobytes()).hexdigest()[:32]
    kept = KEPT / f"{key}.json"
    if kept.exists():
        lines: list[str] = json.loads(kept.read_text(encoding="utf-8"))
        return lines
    os.environ["OMP_THREAD_LIMIT"] = "1"
    text: str = pytesseract.image_to_string(
        Image.fromarray(pixels.image), lang=SETTINGS.language, config=f"--psm 3 --dpi {round(pixels.dpi)}"
    )
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    KEPT.mkdir(exist_ok=True)
    written = kept.with_suffix(f".{os.getpid()}")
    written.write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
    written.replace(kept)
    return lines
