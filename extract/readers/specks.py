"""Specks of copiers and scanners: they stand apart from all type, and layout analysis stumbles over them."""

from __future__ import annotations

import cv2
import numpy as np

from extract.readers.pixels import Image, shrunk

_INK = 170
_SPECK_INCHES, _TYPE_INCHES = 0.03, 0.035
"""What is no larger than the one is a speck, a dot or a mark; what is larger than the other is type or a part of it."""

_APART_INCHES = 0.09  # dots and marks stand nearer to their letters, even a hook above a circumflex
_LEAST_SPECKS = 5  # a page with fewer is clean, and is left as it is
_SHRINK = 4
_WHITE = 255


def without_specks(gray: Image, dpi: float) -> Image:
    """The page without dots that stand apart from all type.

    Args:
        gray: dark type on white paper.
        dpi: its resolution.
    """
    ink = np.asarray(cv2.threshold(gray, _INK - 1, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    # Outlines cost a quarter of what numbered components do.
    outlines, nesting = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if nesting is None:
        return gray
    outer = [outline for outline, above in zip(outlines, nesting[0][:, 3], strict=True) if above < 0]
    boxes = np.array([cv2.boundingRect(outline) for outline in outer])
    size = boxes[:, 2:].max(axis=1)
    small = np.flatnonzero(size <= _TYPE_INCHES * dpi)
    near = _around(cv2.drawContours(ink, [outer[index] for index in small], -1, 0, cv2.FILLED), _APART_INCHES * dpi)
    tiny = boxes[size <= _SPECK_INCHES * dpi]
    across, down = ((tiny[:, axis] + (tiny[:, axis + 2] - 1) / 2) / _SHRINK for axis in (0, 1))
    places = [np.minimum(at.astype(np.intp), most - 1) for at, most in zip((down, across), near.shape, strict=True)]
    specks = tiny[near[places[0], places[1]] == 0]
    if len(specks) < _LEAST_SPECKS:
        return gray
    clean = gray.copy()
    for left, top, width, height in specks:
        clean[max(0, top - 1) : top + height + 1, max(0, left - 1) : left + width + 1] = _WHITE
    return clean


def _around(mask: Image, reach: float) -> Image:
    """A mask at a fraction of its size, grown by `reach` pixels of its full size."""
    small = (shrunk(mask * np.uint8(_WHITE), _SHRINK) > 0).astype(np.uint8)
    side = 2 * round(reach / _SHRINK) + 1
    return np.asarray(cv2.dilate(small, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))), dtype=np.uint8)
