"""What an OCR engine is to the readers."""

from __future__ import annotations

from typing import Protocol

from extract.readers.pixels import Image
from extract.records import Line


class OcrEngine(Protocol):
    """Reads one page image after another; what it reads depends on that image alone."""

    name: str
    """Engine, its version and its model, for people and for the fingerprint."""

    def read(self, image: Image, dpi: float, *, single_line: bool = False) -> tuple[Line, ...]:
        """Lines with words, their boxes in pixels of `image` and confidences 0..1.

        Args:
            image: gray (height, width) or RGB (height, width, 3), 8 bits, upright.
            dpi: pixels an inch.
            single_line: the image holds one line of type and no layout.
        """
        ...

    def close(self) -> None:
        """Free the model."""
        ...
