"""From the pixels of a page to its lines: page work, recognition, boxes back on the original page."""

from __future__ import annotations

from dataclasses import dataclass

from extract.errors import TooLarge
from extract.readers.image import Prepared, prepare
from extract.readers.limits import PAGE_WORDS
from extract.readers.ocr import find_engine
from extract.readers.order import order_lines
from extract.readers.pixels import Pixels
from extract.readers.rules import find_tables
from extract.records import Grid, Line, Transform, Word
from extract.settings import ReadSettings


@dataclass(frozen=True, slots=True)
class Scan:
    """What the pixels of a page say; boxes are in points of the original page."""

    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]
    transform: Transform
    engine: str


def read_pixels(pixels: Pixels, settings: ReadSettings, where: str) -> Scan:
    """Read a page image.

    Raises:
        MachineLacks: no engine or no model.
        TooLarge: more words than any letter has.
    """
    engine = find_engine(settings)
    prepared = prepare(pixels)
    read = engine.read(prepared.image, prepared.transform.dpi)
    lines = tuple(_placed(line, prepared) for line in read)
    if sum(len(line.words) for line in lines) > PAGE_WORDS:
        raise TooLarge(where, f"more than {PAGE_WORDS} words on a page")
    tables = tuple(prepared.table_on_page(table) for table in find_tables(prepared.image, prepared.transform.dpi))
    ordered = order_lines(lines, pixels.width, tables)
    return Scan(ordered.lines, ordered.grids, prepared.transform, engine.name)


def _placed(line: Line, prepared: Prepared) -> Line:
    words = tuple(
        Word(word.text, prepared.to_page(word.box) if word.box else None, word.confidence) for word in line.words
    )
    return Line(line.text, words)
