"""By how much the lines of type lean: pages lie askew in the scanner, and a long line cut out straight holds others."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from extract.records import Line

_LEAST_WORDS = 4
_LEAST_LENGTH = 8.0  # in heights of its words
_LEAST_LINES = 3
_STRAIGHT = 0.003  # two pixels over a page: not worth undoing
_MOST = 0.1


def lean_of(lines: Sequence[Line]) -> float:
    """How far the lines of type of a page fall to the right: pixels down for one across, 0 for a straight page."""
    falls = [fall for line in lines if (fall := _fall(line)) is not None]
    if len(falls) < _LEAST_LINES:
        return 0.0
    lean = median(falls)
    return lean if _STRAIGHT <= abs(lean) <= _MOST else 0.0


def _fall(line: Line) -> float | None:
    boxes = [word.box for word in line.words if word.box is not None]
    if len(boxes) < _LEAST_WORDS:
        return None
    height = median(box.height for box in boxes)
    if boxes[-1].x1 - boxes[0].x0 < _LEAST_LENGTH * height:
        return None
    across = [(box.x0 + box.x1) / 2 for box in boxes]
    down = [(box.y0 + box.y1) / 2 for box in boxes]
    centre_x, centre_y = sum(across) / len(across), sum(down) / len(down)
    spread = sum((x - centre_x) ** 2 for x in across)
    shared = sum((x - centre_x) * (y - centre_y) for x, y in zip(across, down, strict=True))
    return shared / spread if spread else None
