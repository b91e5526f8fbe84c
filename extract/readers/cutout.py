"""Pieces of a page read by themselves."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from extract.readers.ocr import OcrEngine, Shape
from extract.readers.pixels import Image
from extract.records import Box, Word

_BORDER_INCHES = 0.05
_LEAST_PIXELS = 4
_WHITE = 255


def cut(image: Image, area: Box) -> Image:
    """The pixels of `area` as far as it lies in the image."""
    return image[max(0, int(area.y0)) : max(0, int(area.y1)), max(0, int(area.x0)) : max(0, int(area.x1))]


def read_area(engine: OcrEngine, image: Image, dpi: float, area: Box, shape: Shape = Shape.LINE) -> list[list[Word]]:
    """The words of a piece of the image, line by line, read on a white border; boxes in pixels of the image."""
    piece = cut(image, area)
    if min(piece.shape) < _LEAST_PIXELS:
        return []
    border = max(2, round(_BORDER_INCHES * dpi))
    framed = cv2.copyMakeBorder(piece, border, border, border, border, cv2.BORDER_CONSTANT, value=_WHITE)
    left, top = max(0, int(area.x0)) - border, max(0, int(area.y0)) - border
    return [
        [
            replace(word, box=Box(word.box.x0 + left, word.box.y0 + top, word.box.x1 + left, word.box.y1 + top))
            for word in line.words
            if word.box is not None
        ]
        for line in engine.read(np.asarray(framed, dtype=np.uint8), dpi, shape)
    ]
