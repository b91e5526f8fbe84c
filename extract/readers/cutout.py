"""Pieces of a page read by themselves."""

from __future__ import annotations

from collections.abc import Sequence
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


def cut_level(image: Image, area: Box, lean: float) -> Image:
    """The pixels of `area`, each column moved by whole pixels so that lines that lean become level."""
    top, left = max(0, int(area.y0)), max(0, int(area.x0))
    lower, right = min(image.shape[0], max(top, int(area.y1))), min(image.shape[1], max(left, int(area.x1)))
    if not lean or lower <= top or right <= left:
        return image[top:lower, left:right]
    across = np.arange(left, right)
    down = np.arange(top, lower)[:, None] + np.rint(lean * (across - (area.x0 + area.x1) / 2)).astype(np.intp)
    piece = image[np.clip(down, 0, image.shape[0] - 1), across]
    return np.asarray(np.where((down >= 0) & (down < image.shape[0]), piece, _WHITE), dtype=np.uint8)


def read_area(
    engine: OcrEngine, image: Image, dpi: float, area: Box, shape: Shape = Shape.LINE, lean: float = 0.0
) -> list[list[Word]]:
    """The words of a piece of the image, line by line, read on a white border; boxes in pixels of the image.

    Args:
        engine: reads the piece.
        image: of the page.
        dpi: its resolution.
        area: in pixels; with a lean, as it stands when level at its middle.
        shape: what is in it.
        lean: see `lean_of`.
    """
    piece = cut_level(image, area, lean)
    if min(piece.shape) < _LEAST_PIXELS:
        return []
    border = max(2, round(_BORDER_INCHES * dpi))
    framed = cv2.copyMakeBorder(piece, border, border, border, border, cv2.BORDER_CONSTANT, value=_WHITE)
    left, top = max(0, int(area.x0)) - border, max(0, int(area.y0)) - border
    middle = (area.x0 + area.x1) / 2

    def on_page(box: Box) -> Box:
        drop = lean * (left + (box.x0 + box.x1) / 2 - middle)
        return Box(box.x0 + left, box.y0 + top + drop, box.x1 + left, box.y1 + top + drop)

    return [
        [replace(word, box=on_page(word.box)) for word in line.words if word.box is not None]
        for line in engine.read(np.asarray(framed, dtype=np.uint8), dpi, shape)
    ]


def sureness(words: Sequence[Word]) -> float:
    """The confidence of a reading (0..1): the mean over its letters."""
    letters = sum(len(word.text) for word in words)
    return sum((word.confidence or 0.0) * len(word.text) for word in words) / max(letters, 1)
