"""What a reader returns: letter, page, line, word (the vocabulary of hOCR, ALTO and PAGE).

Boxes are in points (1/72 inch) of the original page, origin top left, y down.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where the words of a page come from."""

    TEXT_LAYER = "text-layer"
    OCR = "ocr"
    TEXT = "text"
    HOCR = "hocr"
    ALTO = "alto"
    PAGE = "page"


class VerdictKind(StrEnum):
    """What the text layer of a page is worth."""

    CLEAN = "clean"
    STRIPPED = "stripped"  # Vietnamese without its marks
    GARBLED = "garbled"  # read by an engine set to another language
    LEGACY = "legacy"  # TCVN3, VNI, VISCII, VPS shown as Latin letters
    EMPTY = "empty"
    NOT_JUDGED = "not_judged"  # too few words to tell, or bare numbers


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points of the original page."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without blanks; `confidence` is the reader's, 0..1, None where it states none."""

    text: str
    box: Box | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read. Where it has words, `text` is their texts joined by one blank."""

    text: str
    words: tuple[Word, ...] = ()
    box: Box | None = None
    column: int | None = None  # 0 left, 1 right in a two-column block (header, signature); None spans the page


@dataclass(frozen=True, slots=True)
class WordRef:
    """A word of a page by the index of its line and its index there, both from 0."""

    line: int
    word: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid; its words are references, so that repairs and boxes reach them."""

    row: int
    column: int
    box: Box | None
    words: tuple[WordRef, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table found on the page; without boxes where it was read from a Word document."""

    box: Box | None
    rows: int
    columns: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class LayerVerdict:
    """The judgement on the text layer (or OCR text) a page came with, its reasons and the numbers behind them."""

    kind: VerdictKind
    reasons: tuple[str, ...] = ()
    numbers: dict[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Transform:
    """How the page was turned into the pixels that were read.

    `dpi` of the image given to OCR, `rotation` in degrees clockwise (0, 90, 180, 270)
    and `skew` in degrees that were undone before reading.
    """

    dpi: float
    rotation: int = 0
    skew: float = 0.0


@dataclass(frozen=True, slots=True)
class Layer:
    """Text of a page that was not used, kept beside the one that was."""

    source: Source
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: lines in reading order, columns never interleaved.

    `number` counts from 1. `width` and `height` are points, None for plain text.
    `verdict` judges the layer the page came with, `source` says which text was used.
    """

    number: int
    width: float | None
    height: float | None
    source: Source
    verdict: LayerVerdict
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()
    confidence: float | None = None
    transform: Transform | None = None
    other_layers: tuple[Layer, ...] = ()
    engine: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter (văn bản) as read from one file. `sha256` of the file's bytes is its identity."""

    path: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, page after page; line n of CONTRACT is `lines[n - 1]`."""
        return tuple(line for page in self.pages for line in page.lines)

    @property
    def raw(self) -> str:
        """The raw text: all lines joined by line breaks."""
        return "\n".join(line.text for line in self.lines)
