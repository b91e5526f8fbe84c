"""Which of many boxes stand at the height of another, without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extract.records import Box

_FURTHEST = 1e7  # points: what lies beyond, in a broken file, is taken to lie there


class Levels:
    """Boxes by the strips of the page they reach over, each under a number.

    A strip is as high as the boxes are on the average: all of them together reach over twice as many strips as
    there are boxes, however high single ones are.
    """

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._step = max(sum(box.height for box in boxes) / max(len(boxes), 1), 1.0)
        self._strips: defaultdict[int, set[int]] = defaultdict(set)

    def put(self, number: int, box: Box) -> None:
        """Keep a box."""
        for strip in self._reach(box):
            self._strips[strip].add(number)

    def drop(self, number: int, box: Box) -> None:
        """Forget a box that was put."""
        for strip in self._reach(box):
            self._strips[strip].discard(number)

    def near(self, box: Box) -> list[int]:
        """Numbers, in order, of the boxes that may stand at the height of `box`: all that do are among them."""
        return sorted(set().union(*(self._strips[strip] for strip in self._reach(box) if strip in self._strips)))

    def _reach(self, box: Box) -> range:
        low, high = (int(min(max(y, -_FURTHEST), _FURTHEST) // self._step) for y in (box.y0, box.y1))
        return range(low, high + 1)
