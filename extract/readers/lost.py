"""Ink of type that no word covers, cut out and read alone.

Layout analysis drops lines under stamps and streaks, short lines, and words at the edges of columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import cv2
import numpy as np

from extract.readers.cutout import read_area
from extract.readers.grids import Ruled
from extract.readers.lean import lean_of
from extract.readers.ocr import OcrEngine, Shape
from extract.readers.pieces import pieces_of
from extract.readers.pixels import Image, shrunk
from extract.readers.signs import EDGES
from extract.records import Box, Line, Word
from normalize.syllables import is_syllable

_SHRINK = 2  # type is found as surely at half the resolution, in a quarter of the time
_INK = 150
_AROUND = 0.25  # of the height of type, around words: what stands there belongs to them
_LOW, _HIGH, _WIDE, _FULL = 0.25, 1.6, 2.5, 0.02  # of a piece of type, in heights of type
_JOIN_ACROSS, _JOIN_DOWN = 1.0, 0.3
_LEAST_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 1.5, 0.5, 2.2  # of a line
_BLOCK_WIDTH, _BLOCK_HEIGHT = 8.0, 12.0  # of several: no narrower, no higher
_MARKS = 0.3  # of the height of type, above: marks may not hang together with their letters
_MARGIN_INCHES = (0.03, 0.02)
_USUAL_INCHES = 0.13
_MOST_AREAS = 40  # of a page: what a second reading may cost is bounded
_SHORT = 2.5  # in heights of type; specks are short
_SURE, _FAIR, _LEAST_SURE = 0.9, 0.6, 0.3  # what a short piece, a line and a syllable must be read with
_NEAR, _LEVEL, _OVERLAP = 0.8, 0.6, 0.3  # in heights and widths of words: what makes two of them neighbours in a line


def read_lost(
    engine: OcrEngine, image: Image, dpi: float, lines: Sequence[Line], tables: Sequence[Ruled]
) -> tuple[Line, ...]:
    """The lines, with those that layout analysis missed.

    Args:
        engine: reads the cut-outs.
        image: gray page the lines were read from.
        dpi: its resolution.
        lines: with boxes in pixels.
        tables: in pixels; their cells are read elsewhere.
    """
    boxes = [word.box for line in lines for word in line.words if word.box is not None and len(word.text) > 1]
    type_height = median(box.height for box in boxes) if boxes else _USUAL_INCHES * dpi
    lean = lean_of(lines)
    kept = list(lines)
    across, down = (share * dpi for share in _MARGIN_INCHES)
    for area, shape in _areas(image, type_height, lines, tables, lean):
        around = Box(area.x0 - across, area.y0 - down, area.x1 + across, area.y1 + down)
        for row in read_area(engine, image, dpi, around, shape, lean):
            words = [word for word in _told(row, area.width < _SHORT * type_height) if not _is_taken(word, kept)]
            if words:
                _put(kept, words)
    return tuple(kept)


def _areas(
    image: Image, height: float, lines: Sequence[Line], tables: Sequence[Ruled], lean: float
) -> Iterator[tuple[Box, Shape]]:
    """Where type is left, from top to bottom, level at its middle."""
    ink = (shrunk(image, _SHRINK) < _INK).astype(np.uint8)
    unit = height / _SHRINK
    around = _AROUND * unit
    taken = [word.box for line in lines for word in line.words if word.box is not None]
    for box in (*taken, *(table.on_page(table.frame) for table in tables)):
        left, top = (max(0, int(side / _SHRINK - around)) for side in (box.x0, box.y0))
        ink[top : max(0, int(box.y1 / _SHRINK + around)), left : max(0, int(box.x1 / _SHRINK + around))] = 0
    pieces = pieces_of(ink)
    columns = (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_WIDTH, cv2.CC_STAT_AREA)
    high, wide, full = (pieces.facts[:, column] / unit for column in columns)
    is_type = (high >= _LOW) & (high <= _HIGH) & (wide <= _WIDE) & (full >= _FULL * unit)
    is_type[0] = False
    kernel = np.ones((max(1, round(_JOIN_DOWN * unit)), max(1, round(_JOIN_ACROSS * unit))), np.uint8)
    joined = cv2.morphologyEx(pieces.kept(is_type.astype(np.uint8)), cv2.MORPH_CLOSE, kernel)
    for row in pieces_of(np.asarray(joined, np.uint8)).facts[1:][:_MOST_AREAS]:
        x, y, width, tall = (float(row[column]) * _SHRINK for column in range(4))
        rise = abs(lean) * width / 2
        level = tall - 2 * rise
        if width < _LEAST_WIDTH * height or level < _LEAST_HEIGHT * height:
            continue
        line = level <= _MOST_HEIGHT * height
        if not line and (width < _BLOCK_WIDTH * height or level > _BLOCK_HEIGHT * height):
            continue
        yield Box(x, y + rise - _MARKS * height, x + width, y + tall - rise), Shape.LINE if line else Shape.BLOCK


def _told(row: Sequence[Word], short: bool) -> list[Word]:
    """The words of a reading that are more than specks."""
    letters = sum(len(word.text) for word in row)
    sure = sum((word.confidence or 0.0) * len(word.text) for word in row) / max(letters, 1)
    if sure < (_SURE if short else _FAIR):
        return []
    return [word for word in row if _says_something(word)]


def _is_taken(word: Word, lines: Sequence[Line]) -> bool:
    """Whether a word stands where another stands already."""
    if word.box is None:
        return False
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    there = (other.box for line in lines for other in line.words if other.box is not None)
    return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in there)


def _says_something(word: Word) -> bool:
    core = word.text.strip(EDGES)
    return (word.confidence or 0.0) >= _LEAST_SURE and (
        is_syllable(core) or ((word.confidence or 0.0) >= _FAIR and any(map(str.isalnum, core)))
    )


def _put(lines: list[Line], words: Sequence[Word]) -> None:
    """Put words into the line beside which they stand, or as a line of their own."""
    for index, line in enumerate(lines):
        pairs = [(one.box, other.box) for one in line.words for other in words if one.box and other.box]
        if any(_beside(*pair) for pair in pairs) and not any(_above(*pair) for pair in pairs):
            together = sorted((*line.words, *words), key=lambda word: word.box.x0 if word.box else 0.0)
            lines[index] = Line(" ".join(word.text for word in together), tuple(together))
            return
    lines.append(Line(" ".join(word.text for word in words), tuple(words)))


def _beside(one: Box, other: Box) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    near = _NEAR * max(one.height, other.height)
    return shared > _LEVEL * min(one.height, other.height) and _apart(one, other) < near


def _above(one: Box, other: Box) -> bool:
    return _apart(one, other) < -_OVERLAP * min(one.width, other.width)


def _apart(one: Box, other: Box) -> float:
    return max(one.x0, other.x0) - min(one.x1, other.x1)
