"""Tesseract in this process (tesserocr): one thread, half the CPU of the program."""

from __future__ import annotations

import numpy as np
import tesserocr

from extract.readers.ocr.engine import Shape
from extract.readers.ocr.tessdata import VARIABLES, find_tessdata, model_hash
from extract.readers.pixels import Image
from extract.records import Box, Line, Word

_MODES = {
    Shape.PAGE: tesserocr.PSM.AUTO,
    Shape.BLOCK: tesserocr.PSM.SINGLE_BLOCK,
    Shape.LINE: tesserocr.PSM.SINGLE_LINE,
    Shape.SCATTERED: tesserocr.PSM.SPARSE_TEXT,
}


class InProcessTesseract:
    """One API object for all pages, LSTM only.

    The LSTM engine keeps nothing from page to page once `Clear` was called;
    tests hold it to that.
    """

    def __init__(self, language: str) -> None:
        self.name = f"tesserocr {tesserocr.tesseract_version().split()[1]} {language} {model_hash(language)}"
        self._api = tesserocr.PyTessBaseAPI(
            path=str(find_tessdata(language)), lang=language, psm=tesserocr.PSM.AUTO, oem=tesserocr.OEM.LSTM_ONLY
        )
        for variable, value in VARIABLES.items():
            self._api.SetVariable(variable, value)

    def read(self, image: Image, dpi: float, shape: Shape = Shape.PAGE) -> tuple[Line, ...]:
        """See `OcrEngine`."""
        pixels = np.ascontiguousarray(image)
        height, width = pixels.shape[:2]
        depth = pixels.shape[2] if pixels.ndim == 3 else 1
        self._api.SetPageSegMode(_MODES[shape])
        try:
            self._api.SetImageBytes(pixels.tobytes(), width, height, depth, width * depth)
            self._api.SetSourceResolution(round(dpi))
            self._api.Recognize()
            return tuple(self._lines())
        finally:
            self._api.Clear()
            self._api.ClearAdaptiveClassifier()

    def variable(self, name: str) -> str:
        """One of Tesseract's settings as it stands."""
        return str(self._api.GetVariableAsString(name))

    def close(self) -> None:
        """See `OcrEngine`."""
        self._api.End()

    def _lines(self) -> list[Line]:
        found = self._api.GetIterator()
        lines: list[Line] = []
        words: list[Word] = []
        if found is None:
            return lines
        word_level, line_level = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
        for item in tesserocr.iterate_level(found, word_level):
            if item.IsAtBeginningOf(line_level) and words:
                lines.append(Line(" ".join(word.text for word in words), tuple(words)))
                words = []
            try:
                text = item.GetUTF8Text(word_level).strip()
            except RuntimeError:  # an element without text
                continue
            box = item.BoundingBox(word_level)
            if text and box:
                confidence = item.Confidence(word_level) / 100.0
                words.extend(Word(part, Box(*map(float, box)), confidence) for part in text.split())
        if words:
            lines.append(Line(" ".join(word.text for word in words), tuple(words)))
        return lines
