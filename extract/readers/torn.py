"""Marks torn off their line: above capitals layout analysis takes hooks and tildes for a line of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from extract.records import Box, Line

_LOW = 0.5  # of the height of the line below and of the usual line: marks are lower than any line of type
_ABOVE = 0.7  # in heights of the line below: how far above its top its marks begin
_INTO = 0.3  # and how far into it they reach


def with_torn_marks(lines: Sequence[Line]) -> Iterator[tuple[Line, Box, bool]]:
    """Each line that has boxes with the box of all its ink, and whether marks torn off it are in that.

    Lines of such marks are left out; they say nothing by themselves.
    """
    boxes = [_around(line) for line in lines]
    heights = [_heights(line) for line in lines]
    usual = median([median(own) for own in heights if own] or [0.0])
    owners = {
        index: owner
        for index, own in enumerate(heights)
        if own and max(own) <= _LOW * usual and (owner := _owner(index, boxes, heights)) is not None
    }
    for index, (line, box) in enumerate(zip(lines, boxes, strict=True)):
        if box is None or index in owners:
            continue
        torn = [marks for part, marks in enumerate(boxes) if marks and owners.get(part) == index] if owners else []
        for marks in torn:
            box = box.union(marks)
        yield line, box, bool(torn)


def _around(line: Line) -> Box | None:
    box: Box | None = None
    for word in line.words:
        if word.box is not None:
            box = box.union(word.box) if box else word.box
    return box


def _heights(line: Line) -> list[float]:
    return [word.box.height for word in line.words if word.box is not None]


def _owner(index: int, boxes: Sequence[Box | None], heights: Sequence[Sequence[float]]) -> int | None:
    """The line below that marks belong to, if there is one."""
    marks = boxes[index]
    for other, box in enumerate(boxes):
        if box is None or marks is None or other == index:
            continue
        height = median(heights[other])
        if (
            max(heights[index]) <= _LOW * height
            and box.y0 - _ABOVE * height <= marks.y0
            and marks.y1 <= box.y0 + _INTO * height
            and marks.x0 >= box.x0
            and marks.x1 <= box.x1
        ):
            return other
    return None
