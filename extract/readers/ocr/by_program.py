"""Tesseract as a program (pytesseract): slower, works wherever the program is installed."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Iterator

import pytesseract
from PIL import Image as Pillow

from extract.readers.ocr.engine import Shape
from extract.readers.ocr.tessdata import VARIABLES, find_tessdata, model_hash
from extract.readers.pixels import Image
from extract.records import Box, Line, Word

_WORD_LEVEL = "5"
_MODES = {Shape.PAGE: 3, Shape.BLOCK: 6, Shape.LINE: 7, Shape.SCATTERED: 11}


class TesseractProgram:
    """A process a page; the pixels travel as a PNG we wrote, never as a file of the user's."""

    def __init__(self, language: str) -> None:
        self.name = f"pytesseract {pytesseract.get_tesseract_version()} {language} {model_hash(language)}"
        self._language = language
        self._folder = find_tessdata(language)
        # Threads inside Tesseract cost twice the CPU and no less time.
        os.environ["OMP_THREAD_LIMIT"] = "1"

    def read(self, image: Image, dpi: float, shape: Shape = Shape.PAGE) -> tuple[Line, ...]:
        """See `OcrEngine`."""
        picture = Pillow.fromarray(image)
        picture.format = "PNG"
        variables = " ".join(f"-c {variable}={value}" for variable, value in VARIABLES.items())
        table = pytesseract.image_to_data(
            picture,
            lang=self._language,
            config=f'--tessdata-dir "{self._folder}" --oem 1 --psm {_MODES[shape]} --dpi {round(dpi)} {variables}',
            output_type=pytesseract.Output.STRING,
        )
        return tuple(_lines(table))

    def close(self) -> None:
        """See `OcrEngine`."""


def is_installed() -> bool:
    """Whether the program is there."""
    return shutil.which(pytesseract.pytesseract.tesseract_cmd) is not None


def _lines(table: str) -> Iterator[Line]:
    words: list[Word] = []
    current: tuple[str, ...] = ()
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] != _WORD_LEVEL or not row["text"] or not row["text"].strip():
            continue
        key = (row["page_num"], row["block_num"], row["par_num"], row["line_num"])
        if key != current and words:
            yield Line(" ".join(word.text for word in words), tuple(words))
            words = []
        current = key
        left, top = float(row["left"]), float(row["top"])
        box = Box(left, top, left + float(row["width"]), top + float(row["height"]))
        confidence = min(max(float(row["conf"]) / 100.0, 0.0), 1.0)
        words.extend(Word(part, box, confidence) for part in row["text"].split())
    if words:
        yield Line(" ".join(word.text for word in words), tuple(words))
