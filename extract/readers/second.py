"""Short, empty and doubtful cells of ruled tables, cut out and read alone.

Where the readings of a figure differ, the figure carries the lower confidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from extract.readers.cutout import cut, read_area, sureness
from extract.readers.figures import digits_of, is_grouped
from extract.readers.grids import Ruled, RuledCell
from extract.readers.ocr import OcrEngine, Shape
from extract.readers.pixels import Image
from extract.records import Box, Line, Word

DOUBT = 0.9
"""What is read below this confidence is read again."""

_CELL_INSET_INCHES = 0.03
_SHORT_CELL = 8  # letters; longer cells were read as lines
_SHORT_WORD = 2  # a cell of one or two letters may be a misread figure
_RULE = "|¦"
_SPECKS = "'`ˆ‘’“”\"_^~*"  # what engines make of specks and ends of rules beside a figure
_STROKES = "'`‘’"  # before letters: ends of rules, since letters quote with “”
_SIGNS = "-–+%"  # what a cell may hold instead of a figure
_LEAST_INK = 0.002
_MOST_CELLS = 300  # of a page: what a second reading may cost is bounded
_INK = 128
_WHITE = 255
_FIGURE = re.compile(r"[-+]?\d{1,15}(?:[.,]\d{1,15}){0,6}%?")


def read_cells(
    engine: OcrEngine,
    image: Image,
    dpi: float,
    lines: Sequence[Line],
    tables: Sequence[Ruled],
    unused: list[Word] | None = None,
) -> tuple[Line, ...]:
    """The lines, with short, empty and doubtful cells of tables read alone.

    Layout analysis drops single digits and runs the lines of neighbouring cells together. Figures that were read
    otherwise before are added to `unused`.
    """
    kept = list(lines)
    left = _MOST_CELLS
    for table in tables:
        upright = _upright(image, table)
        contents: dict[RuledCell | None, list[tuple[int, Word]]] = {}
        for index, line in enumerate(tuple(kept)):
            for word in line.words:
                inside = table.cell_of(word) is not None
                if inside and (_is_mark(word) or (_has_figures(word) and table.cuts(word))):
                    # A rule of the table or a speck read as a sign, or the figures of two cells read as one.
                    kept[index] = _without(kept[index], word)
                    continue
                if inside and word.text != _bare(word.text):
                    bare = replace(word, text=_bare(word.text))
                    kept[index] = _with(kept[index], word, bare)
                    word = bare
                contents.setdefault(table.cell_of(word), []).append((index, word))
        for cell in table.cells:
            held = contents.get(cell, [])
            text = "".join(word.text for _, word in held)
            long = len(text) > _SHORT_CELL or sum(map(str.isalpha, text)) > _SHORT_WORD
            if long and sureness([word for _, word in held]) >= DOUBT:
                continue
            if not left or not _has_ink(upright, dpi, cell):
                continue
            left -= 1
            read = _read_cell(engine, upright, dpi, table, cell, Shape.BLOCK if long else Shape.LINE)
            words = [word for row in read for word in row]
            sure, before = sureness(words), sureness([word for _, word in held])
            if not words or (held and not _is_figure(words) and sure <= before):
                continue
            again = "".join(word.text for word in words)
            if is_grouped(text) and not is_grouped(again) and digits_of(again) == digits_of(text):
                continue  # the points were lost
            if held and not long and again != text:
                lowest = min(sure, before)
                read = [[replace(word, confidence=lowest) for word in row] for row in read]
                if unused is not None and digits_of(again) != digits_of(text):
                    unused.extend(word for _, word in held if any(map(str.isdigit, word.text)))
            for index, word in held:
                kept[index] = _without(kept[index], word)
            kept.extend(Line(" ".join(word.text for word in row), tuple(row)) for row in read)
    return tuple(line for line in kept if line.words)


def _is_mark(word: Word) -> bool:
    """Whether a word of a cell is a rule, or a sign nobody is sure of that no cell holds by itself."""
    if not word.text.strip(_RULE):
        return True
    told = any(sign.isalnum() or sign in _SIGNS for sign in word.text)
    return not told and word.confidence is not None and word.confidence < DOUBT


def _bare(text: str) -> str:
    """A word of a cell without the rules beside it, a figure without specks too."""
    bare = text.strip(_RULE)
    if bare[1:].isalpha():
        bare = bare.lstrip(_STROKES)
    figure = bare.strip(_SPECKS)
    return figure if _FIGURE.fullmatch(figure) else bare


def _has_figures(word: Word) -> bool:
    return sum(map(str.isdigit, word.text)) > len(word.text) / 2


def _with(line: Line, word: Word, other: Word) -> Line:
    words = tuple(other if one is word else one for one in line.words)
    return Line(" ".join(one.text for one in words), words)


def _without(line: Line, word: Word) -> Line:
    words = tuple(other for other in line.words if other is not word)
    return Line(" ".join(other.text for other in words), words)


def _read_cell(
    engine: OcrEngine, upright: Image, dpi: float, table: Ruled, cell: RuledCell, shape: Shape
) -> list[list[Word]]:
    """The lines of a cell, without specks."""
    rows = [
        [
            replace(word, text=_bare(word.text), box=table.on_page(word.box))
            for word in row
            if word.box is not None and any(map(str.isalnum, word.text))
        ]
        for row in read_area(engine, upright, dpi, _inside(cell, dpi), shape)
    ]
    return [row for row in rows if row]


def _has_ink(upright: Image, dpi: float, cell: RuledCell) -> bool:
    piece = cut(upright, _inside(cell, dpi))
    return piece.size > 0 and float((piece < _INK).mean()) >= _LEAST_INK


def _inside(cell: RuledCell, dpi: float) -> Box:
    """The cell without its rules."""
    inset = _CELL_INSET_INCHES * dpi
    return Box(cell.box.x0 + inset, cell.box.y0 + inset, cell.box.x1 - inset, cell.box.y1 - inset)


def _is_figure(words: Sequence[Word]) -> bool:
    """Whether a reading is surely one figure: alone in its cell it owes nothing to the words of other cells."""
    return len(words) == 1 and _FIGURE.fullmatch(words[0].text) is not None and sureness(words) >= DOUBT


def _upright(image: Image, table: Ruled) -> Image:
    if not table.skew:
        return image
    turn = cv2.getRotationMatrix2D(table.pivot, table.skew, 1.0)
    size = (image.shape[1], image.shape[0])
    turned = cv2.warpAffine(
        image, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=_WHITE
    )
    return np.asarray(turned, dtype=np.uint8)
