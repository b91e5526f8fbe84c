"""Page work before recognition: what was measured to pay on Vietnamese office scans, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extract.readers.pixels import Image, Pixels, shrunk
from extract.readers.specks import without_specks
from extract.records import Box, Transform

READING_DPI = 200.0
"""Body type of 13 points is read best, and at half the cost of 300 dpi, at this resolution."""

_RED_LEAD = 40  # how far red stands above green and blue in the ink of a seal, of 255
_BACKGROUND_INCHES = 0.25
_NEARLY = 1.05  # times the resolution that is read


@dataclass(frozen=True, slots=True)
class Prepared:
    """The image to read and how it came from the page."""

    image: Image
    transform: Transform
    page_width: float
    page_height: float

    @property
    def points(self) -> float:
        """Points a pixel."""
        return 72.0 / self.transform.dpi

    @property
    def width(self) -> float:
        """Width of the upright image in points."""
        return float(self.image.shape[1] * self.points)

    def to_page(self, box: Box) -> Box:
        """A box in points of the upright image, in points of the original page."""
        x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
        width, height = self.page_width, self.page_height
        match self.transform.rotation:
            case 90:  # the page lies on its right side: the image's top is the page's right edge
                return Box(width - y1, x0, width - y0, x1)
            case 180:
                return Box(width - x1, height - y1, width - x0, height - y0)
            case 270:
                return Box(y0, height - x1, y1, height - x0)
            case _:
                return box


def prepare(pixels: Pixels, rotation: int = 0, reading_dpi: float = READING_DPI) -> Prepared:
    """Take red seals out, even the paper, shrink to `reading_dpi`, and turn upright.

    Args:
        pixels: the page as it is.
        rotation: degrees clockwise by which the page lies turned; undone here.
        reading_dpi: resolution above which the page is shrunk.
    """
    gray = even_paper(without_seals(pixels.image), pixels.dpi)
    dpi = pixels.dpi
    if dpi > reading_dpi:
        share = reading_dpi / dpi
        size = (max(1, round(gray.shape[1] * share)), max(1, round(gray.shape[0] * share)))
        how = cv2.INTER_LINEAR if dpi < reading_dpi * _NEARLY else cv2.INTER_AREA  # there the same but cheap
        gray = np.asarray(cv2.resize(gray, size, interpolation=how), dtype=np.uint8)
        dpi = reading_dpi
    gray = without_specks(gray, dpi)
    return Prepared(upright(gray, rotation), Transform(dpi, rotation), pixels.width, pixels.height)


def upright(gray: Image, rotation: int) -> Image:
    """A page that lies turned by `rotation` degrees clockwise (0, 90, 180, 270), turned back."""
    return np.ascontiguousarray(np.rot90(gray, rotation // 90)) if rotation else gray


def without_seals(image: Image) -> Image:
    """The page in gray, ink of red seals and signatures in red made as light as the paper.

    In the red channel red ink is nearly white and black type stays black; the red channel is
    taken only where a pixel is red, so that blue signatures and black type keep their gray.
    """
    if image.ndim == 2:
        return image
    red, green, blue = cv2.split(image)
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    others = cv2.max(green, blue)
    lead = cv2.subtract(red, others)
    mask = cv2.threshold(lead, _RED_LEAD, 1, cv2.THRESH_BINARY)[1]
    if cv2.countNonZero(mask):
        cv2.copyTo(cv2.max(red, gray), cv2.dilate(mask, np.ones((3, 3), np.uint8)), gray)
    return np.asarray(gray, dtype=np.uint8)


def even_paper(gray: Image, dpi: float) -> Image:
    """The page divided by its own background: uneven light, tint and show-through go, strokes stay."""
    shrink = max(1, round(dpi / 50))
    small = shrunk(gray, shrink)
    side = max(3, round(_BACKGROUND_INCHES * dpi / shrink)) | 1
    light = cv2.dilate(small, np.ones((side, side), np.uint8))
    # What was spread so far is even enough for every second pixel to tell, in a quarter of the time.
    paper = cv2.medianBlur(np.ascontiguousarray(light[::2, ::2]), min(max(3, side // 2 | 1), 255))
    size = (2 * shrink * paper.shape[1], 2 * shrink * paper.shape[0])
    full = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR)[: gray.shape[0], : gray.shape[1]]
    return np.asarray(cv2.divide(gray, cv2.max(full, 1), scale=255), dtype=np.uint8)
