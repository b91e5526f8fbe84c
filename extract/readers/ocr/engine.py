"""What an OCR engine is to the readers."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from extract.readers.pixels import Image
from extract.records import Line


class Shape(StrEnum):
    """What an image holds."""

    PAGE = "page"
    BLOCK = "block"  # lines below each other, one column
    LINE = "line"
    SCATTERED = "scattered"  # pieces of text in no order


class OcrEngine(Protocol):
    """Reads one page image after another; what it reads depends on that image alone."""

    name: str
    """Engine, its version and its model, for people and for the fingerprint."""

    def read(self, image: Image, dpi: float, shape: Shape = Shape.PAGE) -> tuple[Line, ...]:
        """Lines with words, their boxes in pixels of `image` and confidences 0..1.

        Args:
            image: gray (height, width) or RGB (height, width, 3), 8 bits, upright.
            dpi: pixels an inch.
            shape: what is in the image.
        """
        ...

    def close(self) -> None:
        """Free the model."""
        ...
