"""From the pixels of a page to its lines: page work, recognition, order, boxes back on the original page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extract.errors import TooLarge
from extract.readers.doubtful import read_doubtful_lines
from extract.readers.image import prepare, upright
from extract.readers.limits import PAGE_WORDS
from extract.readers.lost import read_lost
from extract.readers.numerals import mend_numbers
from extract.readers.ocr import OcrEngine, find_engine
from extract.readers.order import order_lines
from extract.readers.pixels import Pixels
from extract.readers.rules import find_tables
from extract.readers.runs import line_of, runs_of_lines
from extract.readers.second import DOUBT, read_cells
from extract.readers.signature import read_signature
from extract.records import Box, Grid, Line, Transform, Word
from extract.settings import ReadSettings

_DOUBTFUL = 0.6
"""Confidence below which a word is not sure, and share of sure letters below which a page may lie turned."""

_TRIAL_DPI = 120.0
_TRIAL_MARGIN = 1.5
_TRIAL_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Scan:
    """What the pixels of a page say; boxes are in points of the original page."""

    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    transform: Transform
    engine: str
    unused: tuple[Line, ...] = ()  # second readings of figures that differ from those in `lines`


def read_pixels(pixels: Pixels, settings: ReadSettings, where: str) -> Scan:
    """Read a page image.

    Raises:
        MachineLacks: no engine or no model.
        TooLarge: more words than any letter has.
    """
    engine = find_engine(settings)
    prepared = prepare(pixels)
    read = engine.read(prepared.image, prepared.transform.dpi)
    if _may_be_turned(read):
        rotation = _find_rotation(pixels, engine)
        if rotation:
            prepared = prepare(pixels, rotation)
            read = engine.read(prepared.image, prepared.transform.dpi)
    if sum(len(line.words) for line in read) > PAGE_WORDS:
        raise TooLarge(where, f"more than {PAGE_WORDS} words on a page")
    found = find_tables(prepared.image, prepared.transform.dpi, [word for line in read for word in line.words])
    runs = tuple(line_of([run]) for run in runs_of_lines(read))  # columns side by side have lines of their own
    runs = read_lost(engine, prepared.image, prepared.transform.dpi, runs, found)
    unused: list[Word] = []
    if not _may_be_turned(read):  # a page of noise is not worth a second reading
        runs = read_doubtful_lines(engine, prepared.image, prepared.transform.dpi, runs, unused)
        runs = read_signature(engine, prepared.image, prepared.transform.dpi, runs)
    runs = mend_numbers(runs, unused)
    runs = read_cells(engine, prepared.image, prepared.transform.dpi, runs, found, unused)
    told = (line for line in runs if not _is_speck(line.words))
    scale, turned = prepared.points, prepared.transform.rotation
    tables = [table.scaled(scale) for table in found]
    ordered = order_lines((_moved(line, lambda box: _scaled(box, scale)) for line in told), prepared.width, tables)
    # Where the page is not turned its lines are in their places already.
    lines = tuple(_moved(line, prepared.to_page) for line in ordered.lines) if turned else ordered.lines
    grids = tuple(
        replace(
            grid,
            box=prepared.to_page(grid.box) if grid.box else None,
            cells=tuple(replace(cell, box=prepared.to_page(cell.box) if cell.box else None) for cell in grid.cells),
        )
        for grid in ordered.grids
    )
    others = (Line(word.text, (word,)) for word in unused)
    apart = tuple(_moved(_moved(line, lambda box: _scaled(box, scale)), prepared.to_page) for line in others)
    return Scan(lines, grids, prepared.transform, engine.name, apart)


def _find_rotation(pixels: Pixels, engine: OcrEngine) -> int:
    """Degrees clockwise by which the page lies turned: 0 unless another side up reads far better."""
    trial = prepare(pixels, 0, _TRIAL_DPI)
    sure = {
        rotation: _sure_letters(engine.read(upright(trial.image, rotation), trial.transform.dpi))
        for rotation in (0, 90, 180, 270)
    }
    best = max(sure, key=lambda rotation: (sure[rotation], -rotation))
    return best if sure[best] >= max(_TRIAL_LETTERS, _TRIAL_MARGIN * sure[0]) else 0


def _may_be_turned(lines: Sequence[Line]) -> bool:
    """Whether less than `_DOUBTFUL` of the letters were read surely and from left to right."""
    letters = sum(len(word.text) for line in lines for word in line.words)
    return letters > 0 and _sure_letters(lines) < _DOUBTFUL * letters


def _sure_letters(lines: Sequence[Line]) -> float:
    """Letters in words the engine is rather sure of, weighted by confidence.

    Specks and strokes read as single letters do not count, nor do words that stand on
    end: Tesseract reads a page on its side too, but gives its lines in no useful order.
    """
    return sum(
        len(word.text) * word.confidence
        for line in lines
        for word in line.words
        if word.confidence is not None
        and word.confidence >= _DOUBTFUL
        and len(word.text) > 1
        and (word.box is None or word.box.width > 0.7 * word.box.height)
    )


def _is_speck(words: Sequence[Word]) -> bool:
    """Whether words standing alone are a speck or a stroke: no letter or digit, or one letter nobody is sure of."""
    signs = "".join(word.text for word in words)
    told = [sign for sign in signs if sign.isalnum()]
    sure = min((word.confidence or 0.0 for word in words), default=0.0)
    return (sure < DOUBT and not told) or (len(signs) == 1 and signs.isalpha() and sure < _DOUBTFUL)


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)


def _moved(line: Line, move: Callable[[Box], Box]) -> Line:
    words = tuple(Word(word.text, move(word.box) if word.box else None, word.confidence) for word in line.words)
    return Line(line.text, words, move(line.box) if line.box else None, line.column)
