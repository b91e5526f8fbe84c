"""Word documents: paragraphs and rows of tables as lines, in their order, pages as Word last broke them.

A table of rows and columns is a grid too, whose cells refer to the words of its lines.

There are no boxes: where words stand on paper is decided by whoever prints the file. Numbers that Word sets by
itself before paragraphs are not in the file's text and are not made up here.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.table import CT_Tc
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from extract.errors import BrokenFile, TooLarge
from extract.readers.band import letters_of
from extract.readers.find import show_path
from extract.readers.limits import PAGE_CHARACTERS
from extract.readers.opened import open_regular
from extract.records import Cell, Grid, Line, Word, WordRef
from extract.settings import ReadSettings

_BESIDE = ("conghoaxahoichunghia", "dangcongsanvietnam", "noinhan")
"""A table of two cells a row that says this sets a letterhead or a foot in two columns; it holds no data."""

_FAILURES = (
    OpcError,
    PythonDocxError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    AttributeError,
    LookupError,
    ValueError,
    NotImplementedError,
    EOFError,
)
"""What python-docx and what it stands on raise on files that are damaged."""


@dataclass(frozen=True, slots=True)
class WordSheet:
    """Lines and tables of a page of a Word document."""

    lines: tuple[Line, ...]
    grids: tuple[Grid, ...]


@dataclass(slots=True)
class _Sheet:
    """A page in the making."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    def add(self, part: _Part) -> None:
        """Puts lines below those there are, with the table they make."""
        if part.cells:
            self.grids.append(_grid(part, len(self.lines)))
        self.lines += part.lines


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the body: its lines, and where it is a table of data, each cell with its row, column and texts."""

    lines: tuple[Line, ...]
    cells: tuple[_Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell at its first row and column, its spans, and `words` words of `line` of its table from `begin` on."""

    row: int
    column: int
    row_span: int
    column_span: int
    line: int
    begin: int
    words: int


def read_pages(path: Path, settings: ReadSettings) -> tuple[WordSheet, ...]:
    """The lines and tables of each page, at least one page.

    Raises:
        BrokenFile: no Word document after all.
        TooLarge: more text than any letter has, or a file that unpacks to more than the limit.
    """
    with open_regular(path, settings) as stream:
        try:
            with zipfile.ZipFile(stream) as packed:
                unpacked = sum(part.file_size for part in packed.infolist())
            if unpacked > settings.file_mb * 1024 * 1024:
                raise TooLarge(show_path(path), f"unpacks to more than {settings.file_mb} MB")
            stream.seek(0)
            pages = _pages(docx.Document(stream))
        except _FAILURES as error:
            raise BrokenFile(show_path(path), str(error)) from error
    if any(sum(len(line.text) for line in page.lines) > PAGE_CHARACTERS for page in pages):
        raise TooLarge(show_path(path), f"more than {PAGE_CHARACTERS} characters on a page")
    return tuple(WordSheet(tuple(page.lines), tuple(page.grids)) for page in pages)


def _pages(document: Document) -> list[_Sheet]:
    pages = [_Sheet()]
    for opens, part in _parts(document):
        if opens and pages[-1].lines:
            pages.append(_Sheet())
        pages[-1].add(part)
    return pages


def _parts(document: Document) -> Iterator[tuple[bool, _Part]]:
    """The parts of the body in order: whether a page begins before each, and the part."""
    broken = False
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield broken, _table(part)
            broken = False
            continue
        first = _begins_with_break(part)
        yield broken or first, _Part(tuple(Line(text) for text in _lines(part)))
        broken = not first and _holds_break(part)


def _begins_with_break(paragraph: Paragraph) -> bool:
    if paragraph.paragraph_format.page_break_before:
        return True
    return any(found.preceding_paragraph_fragment is None for found in paragraph.rendered_page_breaks[:1])


def _holds_break(paragraph: Paragraph) -> bool:
    return bool(paragraph.rendered_page_breaks) or any(
        mark.get(mark.tag.replace("}br", "}type")) == "page" for mark in paragraph._p.iter("{*}br")
    )


def _lines(paragraph: Paragraph) -> Iterator[str]:
    """The lines of a paragraph: it may be broken by hand."""
    for line in paragraph.text.split("\n"):
        text = " ".join(line.split())
        if text:
            yield text


def _table(table: Table) -> _Part:
    """Rows as lines, cells from left to right; a letterhead or a foot column by column."""
    rows = [row.cells for row in table.rows]
    places = _places(rows)
    texts = {tc: _cell(cell) for row in rows for cell in row if (tc := cell._tc) in places}
    kept = [[tc for tc, place in places.items() if place.row == at] for at in range(len(rows))]
    said = [letters_of(" ".join(texts[tc])) for tc in places]
    if all(len(row) <= 2 for row in kept) and any(known in text for text in said for known in _BESIDE):
        return _Part(
            tuple(
                Line(text, column=column)
                for column in (0, 1)
                for row in kept
                if len(row) > column
                for text in texts[row[column]]
            )
        )
    lines: list[Line] = []
    cells: list[_Placed] = []
    for row_of_cells in kept:
        words = [(tc, " ".join(texts[tc]).split()) for tc in row_of_cells]
        begin = 0
        for tc, of_cell in words:
            cells.append(replace(places[tc], line=len(lines), begin=begin, words=len(of_cell)))
            begin += len(of_cell)
        if begin:
            in_order = tuple(Word(word, None, None) for _, of_cell in words for word in of_cell)
            lines.append(Line(" ".join(word.text for word in in_order), in_order))
    is_data = len(rows) > 1 and max((place.column for place in places.values()), default=0) > 0
    return _Part(tuple(lines), tuple(cells) if is_data else ())


def _places(rows: Sequence[tuple[_Cell, ...]]) -> dict[CT_Tc, _Placed]:
    """The cells by where they begin: one merged over columns or rows stands in each of them."""
    places: dict[CT_Tc, _Placed] = {}
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            first = places.setdefault(cell._tc, _Placed(at, column, 1, 1, 0, 0, 0))
            places[cell._tc] = replace(
                first,
                row_span=max(first.row_span, at - first.row + 1),
                column_span=max(first.column_span, column - first.column + 1),
            )
    return places


def _grid(part: _Part, first: int) -> Grid:
    """The grid of a table whose lines begin with line `first` of its page."""
    cells = tuple(
        Cell(
            place.row,
            place.column,
            None,
            tuple(WordRef(first + place.line, place.begin + word) for word in range(place.words)),
            place.row_span,
            place.column_span,
        )
        for place in part.cells
    )
    rows = max(place.row + place.row_span for place in part.cells)
    columns = max(place.column + place.column_span for place in part.cells)
    return Grid(None, rows, columns, cells)


def _cell(cell: _Cell) -> list[str]:
    """The lines of a cell, with those of tables inside it."""
    return [
        text
        for part in cell.iter_inner_content()
        for text in (_lines(part) if isinstance(part, Paragraph) else (line.text for line in _table(part).lines))
    ]
