"""Word documents: paragraphs and rows of tables as lines, in their order, pages as Word last broke them.

There are no boxes: where words stand on paper is decided by whoever prints the file. Numbers that Word sets by
itself before paragraphs are not in the file's text and are not made up here.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
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
from extract.records import Line
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


def read_pages(path: Path, settings: ReadSettings) -> tuple[tuple[Line, ...], ...]:
    """The lines of each page, at least one page.

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
    if any(sum(len(line.text) for line in lines) > PAGE_CHARACTERS for lines in pages):
        raise TooLarge(show_path(path), f"more than {PAGE_CHARACTERS} characters on a page")
    return tuple(map(tuple, pages))


def _pages(document: Document) -> list[list[Line]]:
    pages: list[list[Line]] = [[]]
    for opens, lines in _parts(document):
        if opens and pages[-1]:
            pages.append([])
        pages[-1].extend(lines)
    return pages


def _parts(document: Document) -> Iterator[tuple[bool, list[Line]]]:
    """The parts of the body in order: whether a page begins before each, and its lines."""
    broken = False
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield broken, list(_table(part))
            broken = False
            continue
        first = _begins_with_break(part)
        yield broken or first, [Line(text) for text in _lines(part)]
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


def _table(table: Table) -> Iterator[Line]:
    """Rows as lines, cells from left to right; a letterhead or a foot column by column."""
    seen: set[CT_Tc] = set()
    rows = [_cells(row.cells, seen) for row in table.rows]
    said = [letters_of(" ".join(_cell(cell))) for row in rows for cell in row]
    if all(len(row) <= 2 for row in rows) and any(known in text for text in said for known in _BESIDE):
        for column in (0, 1):
            for row in rows:
                if len(row) > column:
                    yield from (Line(text, column=column) for text in _cell(row[column]))
        return
    for row in rows:
        text = " ".join(line for cell in row for line in _cell(cell))
        if text:
            yield Line(text)


def _cells(cells: tuple[_Cell, ...], seen: set[CT_Tc]) -> list[_Cell]:
    """The cells of a row that were not seen: one merged over columns or rows stands in each of them."""
    kept = []
    for cell in cells:
        if cell._tc not in seen:
            seen.add(cell._tc)
            kept.append(cell)
    return kept


def _cell(cell: _Cell) -> list[str]:
    """The lines of a cell, with those of tables inside it."""
    return [
        text
        for part in cell.iter_inner_content()
        for text in (_lines(part) if isinstance(part, Paragraph) else (line.text for line in _table(part)))
    ]
