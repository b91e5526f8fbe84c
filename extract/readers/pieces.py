"""Long strokes and connected pieces of masks that are nearly empty, without looking at what is empty."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.readers.pixels import Image


@dataclass(frozen=True, slots=True)
class Pieces:
    """The connected pieces of a mask, numbered from 1.

    `facts` has a row for each number: left, top, width, height, pixels. `labels` are of the rows
    and columns that hold any piece, and of one empty one behind each stretch of them.
    """

    count: int  # of numbers, that of the ground (0) among them
    facts: NDArray[np.int32]
    middles: NDArray[np.float64]  # across and down
    labels: NDArray[np.int32]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    shape: tuple[int, int]

    def pixels(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows and columns of the pixels of a piece, counted from its upper left corner."""
        left, top, width, height = (int(fact) for fact in self.facts[number, :4])
        row, column = int(np.searchsorted(self.rows, top)), int(np.searchsorted(self.columns, left))
        rows, columns = np.nonzero(self.labels[row : row + height, column : column + width] == number)
        return rows, columns

    def kept(self, keep: NDArray[np.uint8]) -> Image:
        """The mask of the pieces whose number has a 1 in `keep`."""
        mask = np.zeros(self.shape, np.uint8)
        mask[np.ix_(self.rows, self.columns)] = keep[self.labels]
        return mask


def pieces_of(mask: Image) -> Pieces:
    """The pieces of a mask that touch by side or corner."""
    rows, columns = _used(mask, 1), _used(mask, 0)
    packed = (
        np.ascontiguousarray(mask[np.ix_(rows, columns)]) if rows.size and columns.size else np.zeros((1, 1), np.uint8)
    )
    count, labels, facts, middles = cv2.connectedComponentsWithStats(packed, connectivity=8)
    whole, centres = np.array(facts, np.int32), np.array(middles, np.float64)
    if count > 1:
        for axis, kept in ((0, columns), (1, rows)):
            # A piece is in one stretch of what is kept, so that it moves as a whole.
            moved = kept[facts[1:, axis]]
            centres[1:, axis] += moved - facts[1:, axis]
            whole[1:, axis] = moved
    height, width = mask.shape[:2]
    return Pieces(count, whole, centres, np.asarray(labels, np.int32), rows, columns, (height, width))


def strokes_across(ink: Image, length: int, gap: int) -> Image:
    """Where a mask is filled over `length` pixels from left to right, made a pixel thicker, gaps of `gap` closed."""
    found = _filled(ink, length)
    rows = _used(found, 1, around=2)
    mask = np.zeros(ink.shape[:2], np.uint8)
    if rows.size:
        opened = cv2.dilate(np.ascontiguousarray(found[rows]), np.ones((1, length), np.uint8))
        thick = cv2.dilate(opened, np.ones((3, 1), np.uint8))
        mask[rows] = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    return mask


def _filled(ink: Image, length: int) -> Image:
    """The middles of stretches of `length` filled pixels: an erosion, in steps that each double what is looked at."""
    found = np.zeros(ink.shape[:2], np.uint8)
    if ink.shape[1] < length:
        return found
    least, reach = ink, 1
    while 2 * reach <= length:
        least = np.asarray(cv2.min(least[:, :-reach], least[:, reach:]), np.uint8)
        reach *= 2
    if rest := length - reach:
        least = np.asarray(cv2.min(least[:, :-rest], least[:, rest:]), np.uint8)
    found[:, length // 2 : length // 2 + least.shape[1]] = least
    return found


def _used(mask: Image, axis: int, around: int = 0) -> NDArray[np.int64]:
    """The rows (axis 1) or columns (axis 0) that hold anything, those around them, and one behind each stretch."""
    used = mask.max(axis=axis, initial=0) > 0
    near = used.copy()
    for step in range(1, around + 2):
        near[step:] |= used[:-step]
        if step <= around:
            near[:-step] |= used[step:]
    return np.flatnonzero(near)
