"""A page as pixels, with its resolution."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


def shrunk(image: Image, by: int) -> Image:
    """A gray image at one `by`-th of its size, each pixel the mean of `by` times `by`.

    Sides that `by` does not divide are continued by their last pixels: shrinking by a whole number costs a
    sixth of shrinking by nearly one.
    """
    height, width = image.shape[:2]
    whole = cv2.copyMakeBorder(image, 0, -height % by, 0, -width % by, cv2.BORDER_REPLICATE)
    size = (whole.shape[1] // by, whole.shape[0] // by)
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Pixels:
    """`image` is gray (height, width) or RGB (height, width, 3), 8 bits; `dpi` pixels make an inch of the page."""

    image: Image
    dpi: float

    @property
    def width(self) -> float:
        """Width of the page in points."""
        return float(self.image.shape[1] * 72.0 / self.dpi)

    @property
    def height(self) -> float:
        """Height of the page in points."""
        return float(self.image.shape[0] * 72.0 / self.dpi)
