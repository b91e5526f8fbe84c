"""One page of any file, as words with boxes in reading order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pypdfium2 import PdfPage

from extract.errors import BrokenFile
from extract.readers import alto, hocr, page_xml, pdf, raster, text, word
from extract.readers.drawn import find_rules
from extract.readers.find import show_path
from extract.readers.frames import cells_of_rules
from extract.readers.grids import Ruled, is_table, ruled_of_boxes
from extract.readers.image import READING_DPI
from extract.readers.kinds import HEAD_BYTES, MediaType
from extract.readers.neat import neat
from extract.readers.opened import open_regular
from extract.readers.order import order_lines, order_words
from extract.readers.picture import read_picture
from extract.readers.pixels import Pixels
from extract.readers.probe import kind_of
from extract.readers.scan import read_pixels
from extract.readers.verdict import asks_for_ocr, judge_layer, no_layer
from extract.records import Layer, Line, Page, Source, Word
from extract.settings import OcrMode, ReadSettings


def read_page(path: Path, number: int, settings: ReadSettings) -> Page:
    """Page `number` (from 1) of a file.

    Raises:
        FileFailure: why the page cannot be read.
        MachineLacks: OCR is needed and not installed.
    """
    return neat(_read(path, number, settings))


def _read(path: Path, number: int, settings: ReadSettings) -> Page:
    with open_regular(path, settings) as stream:
        kind = kind_of(path, stream.read(HEAD_BYTES))
    where = f"{show_path(path)}, page {number}"
    match kind:
        case MediaType.TEXT:
            return _text_page(path, number, settings, where)
        case MediaType.PDF:
            return _pdf_page(path, number, settings, where)
        case MediaType.HOCR:
            return _markup_page(hocr.read_sheet(path, number, settings), number, Source.HOCR)
        case MediaType.ALTO:
            return _markup_page(alto.read_sheet(path, number, settings), number, Source.ALTO)
        case MediaType.PAGE:
            return _markup_page(page_xml.read_sheet(path, number, settings), number, Source.PAGE)
        case MediaType.DOCX:
            return _word_page(path, number, settings, where)
        case _:
            return _image_page(path, number, settings, where)


def _text_page(path: Path, number: int, settings: ReadSettings, where: str) -> Page:
    pages = text.split_pages(text.read_text(path, settings), show_path(path))
    if not 1 <= number <= len(pages):
        raise BrokenFile(where, "no such page")
    lines = tuple(Line(line) for line in pages[number - 1])
    return Page(number, None, None, Source.TEXT, judge_layer(lines), lines)


def _word_page(path: Path, number: int, settings: ReadSettings, where: str) -> Page:
    pages = word.read_pages(path, settings)
    if not 1 <= number <= len(pages):
        raise BrokenFile(where, "no such page")
    sheet = pages[number - 1]
    return Page(number, None, None, Source.TEXT, judge_layer(sheet.lines), sheet.lines, sheet.grids)


def _markup_page(sheet: hocr.Sheet, number: int, source: Source) -> Page:
    lines = order_lines(sheet.lines, sheet.width).lines
    return Page(number, sheet.width, sheet.height, source, judge_layer(lines), lines, confidence=mean_confidence(lines))


def _image_page(path: Path, number: int, settings: ReadSettings, where: str) -> Page:
    pixels = raster.read_frame(path, number, settings)
    empty = Page(
        number, pixels.width, pixels.height, Source.TEXT_LAYER, no_layer("an image file has no text layer"), ()
    )
    return empty if settings.ocr is OcrMode.NEVER else _with_ocr(empty, pixels, settings, where)


def _pdf_page(path: Path, number: int, settings: ReadSettings, where: str) -> Page:
    with pdf.open_sheet(path, number) as (sheet_page, stamps):
        sheet = pdf.measure(sheet_page, where)
        words = pdf.layer_words(sheet_page, where)
        tables = _ruled_tables(sheet_page, words) if words else ()
        ordered = order_words(words, sheet.width, tables)
        verdict = judge_layer(ordered.lines, sheet.image_share)
        layered = Page(number, sheet.width, sheet.height, Source.TEXT_LAYER, verdict, ordered.lines, ordered.grids)
        if stamps:
            layered = replace(layered, other_layers=(Layer(Source.TEXT_LAYER, stamps),))
        wanted = settings.ocr is OcrMode.ALWAYS or asks_for_ocr(verdict, sheet.image_share)
        if settings.ocr is OcrMode.NEVER or not wanted or not sheet.objects:
            return layered
        pixels = read_picture(sheet_page, settings) or pdf.render(sheet_page, sheet, where, _coarse(settings))
    return _with_ocr(layered, pixels, settings, where)


def _coarse(settings: ReadSettings) -> ReadSettings:
    """The settings, with no finer drawing than is read: what is drawn finer is shrunk again."""
    return replace(settings, dpi=min(settings.dpi, round(READING_DPI)))


def _ruled_tables(page: PdfPage, words: tuple[Word, ...]) -> tuple[Ruled, ...]:
    """The ruled tables of a digital page."""
    found = [ruled_of_boxes(cells) for cells in cells_of_rules(find_rules(page))]
    return tuple(table for table in found if table is not None and is_table(table, words))


def _with_ocr(page: Page, pixels: Pixels, settings: ReadSettings, where: str) -> Page:
    """The page as its pixels read; a text layer it had is kept beside."""
    scan = read_pixels(pixels, settings, where)
    others = (*((Layer(page.source, page.lines),) if page.lines else ()), *page.other_layers)
    others = (*others, *((Layer(Source.OCR, scan.unused),) if scan.unused else ()))
    if not scan.lines and page.lines:
        return replace(
            page, other_layers=(Layer(Source.OCR, ()), *page.other_layers), transform=scan.transform, engine=scan.engine
        )
    return Page(
        page.number,
        page.width,
        page.height,
        Source.OCR,
        page.verdict,
        scan.lines,
        scan.grids,
        mean_confidence(scan.lines),
        scan.transform,
        others,
        scan.engine,
    )


def mean_confidence(lines: tuple[Line, ...]) -> float | None:
    """Confidence of all words that state one, weighted by their letters."""
    stated = [(word.confidence, len(word.text)) for line in lines for word in line.words if word.confidence is not None]
    letters = sum(length for _, length in stated)
    return round(sum(share * length for share, length in stated) / letters, 4) if letters else None
