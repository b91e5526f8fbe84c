"""A page as pixels, with its resolution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


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
