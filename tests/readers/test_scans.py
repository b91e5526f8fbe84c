"""Reading pixels with the real engines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from extract.errors import NoTesseract, NoVietnameseModel
from extract.readers import image as page_work
from extract.readers import scan
from extract.readers.fingerprint import reading_fingerprint
from extract.readers.ocr import Shape, find_engine
from extract.readers.ocr.in_process import InProcessTesseract
from extract.readers.ocr.tessdata import VARIABLES
from extract.readers.page import read_page
from extract.readers.pixels import Pixels
from extract.records import Box, Line, Source, VerdictKind
from extract.settings import OcrMode, ReadSettings

from .conftest import BODY, FONT, draw_page

SETTINGS = ReadSettings()


@pytest.fixture(scope="module", autouse=True)
def engine_is_there() -> None:
    try:
        find_engine(SETTINGS)
    except (NoTesseract, NoVietnameseModel) as lack:
        pytest.skip(str(lack))


def wrong_words(lines: tuple[Line, ...], truth: tuple[str, ...]) -> float:
    want = " ".join(truth).split()
    return Levenshtein.distance(" ".join(line.text for line in lines).split(), want) / len(want)


@pytest.mark.parametrize("engine", ["tesserocr", "pytesseract"])
def test_both_engines_read_vietnamese(tmp_path: Path, engine: str) -> None:
    draw_page().save(tmp_path / "a.png", dpi=(200, 200))
    page = read_page(tmp_path / "a.png", 1, ReadSettings(engine=engine))
    assert wrong_words(page.lines, BODY) <= 0.04
    assert (page.source, page.verdict.kind) == (Source.OCR, VerdictKind.EMPTY)
    assert page.engine is not None and page.engine.startswith(engine) and "vie" in page.engine
    assert page.confidence is not None and page.confidence > 0.85
    box = page.lines[0].box
    assert box is not None and box.x0 == pytest.approx(60, abs=2) and 80 < box.y0 < box.y1 < 98


def test_short_clear_lines_are_not_taken_for_noise() -> None:
    engine = InProcessTesseract("vie")
    assert {name: engine.variable(name) for name in VARIABLES} == VARIABLES
    engine.close()


def test_same_words_whatever_was_read_before() -> None:
    engine = find_engine(SETTINGS)
    pages = [np.asarray(draw_page(tuple(BODY[index:]))) for index in range(3)]
    noise = np.random.default_rng(7).integers(0, 255, (600, 600), dtype=np.uint8)
    first = [engine.read(page, 200) for page in pages]
    for order in ((2, 1, 0), (1, 1, 2), (0, 2, 1)):
        for index in order:
            assert engine.read(pages[index], 200) == first[index]
            engine.read(noise, 200)


def test_same_words_whatever_pieces_were_read_between_pages() -> None:
    engine = find_engine(SETTINGS)
    page = np.asarray(draw_page().convert("L"))
    rows = [page[y : y + 56, 140:1500] for y in (210, 265, 320)]
    first = [engine.read(page, 200), *(engine.read(row, 200, Shape.LINE) for row in rows)]
    assert all(first)
    for shape in (Shape.LINE, Shape.BLOCK, Shape.SCATTERED):
        for row in reversed(rows):
            engine.read(row, 200, shape)
        assert engine.read(page, 200) == first[0]
        assert [engine.read(row, 200, Shape.LINE) for row in rows] == first[1:]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_is_read_upright_with_boxes_on_the_page_as_it_is(rotation: int) -> None:
    upright = Pixels(np.asarray(draw_page()), 200.0)
    turned = Pixels(np.ascontiguousarray(np.rot90(upright.image, -rotation // 90)), 200.0)
    plain = scan.read_pixels(upright, SETTINGS, "x")
    found = scan.read_pixels(turned, SETTINGS, "x")
    assert found.transform.rotation == rotation
    assert [line.text for line in found.lines] == [line.text for line in plain.lines]
    box, same = found.lines[0].box, plain.lines[0].box
    assert box is not None and same is not None
    width, height = upright.width, upright.height
    expected = {
        90: Box(height - same.y1, same.x0, height - same.y0, same.x1),
        180: Box(width - same.x1, height - same.y1, width - same.x0, height - same.y0),
        270: Box(same.y0, width - same.x1, same.y1, width - same.x0),
    }[rotation]
    for side in ("x0", "y0", "x1", "y1"):
        assert getattr(box, side) == pytest.approx(getattr(expected, side), abs=1.0)


def test_boxes_do_not_depend_on_resolution() -> None:
    coarse = scan.read_pixels(Pixels(np.asarray(draw_page(dpi=200)), 200.0), SETTINGS, "x")
    fine = scan.read_pixels(Pixels(np.asarray(draw_page(dpi=400)), 400.0), SETTINGS, "x")
    assert fine.transform.dpi == page_work.READING_DPI
    for one, other in zip(coarse.lines, fine.lines, strict=True):
        assert one.box is not None and other.box is not None
        assert (one.box.x0, one.box.y1) == pytest.approx((other.box.x0, other.box.y1), abs=1.5)


def test_a_red_seal_over_type_is_taken_out() -> None:
    seal = Image.new("RGB", draw_page().size, "white")
    pen = ImageDraw.Draw(seal)
    for radius in range(150, 100, -12):
        pen.ellipse((500 - radius, 250 - radius, 500 + radius, 250 + radius), outline=(214, 40, 48), width=6)
    stamped = np.minimum(np.asarray(draw_page()), np.asarray(seal))  # ink lets what is beneath it through
    gray = page_work.without_seals(stamped)
    clean = np.asarray(draw_page().convert("L"))
    # Where only the seal is, the page is light again; type beneath it stays dark.
    seal_only = (clean > 250) & (stamped[:, :, 1] < 120)
    assert seal_only.sum() > 5000 and float(np.mean(gray[seal_only] > 180)) > 0.95
    lines = scan.read_pixels(Pixels(stamped, 200.0), SETTINGS, "x").lines
    assert wrong_words(lines, BODY) <= 0.1


def test_uneven_paper_becomes_white_and_type_stays() -> None:
    page = np.asarray(draw_page().convert("L")).astype(float)
    shade = np.linspace(0.55, 1.0, page.shape[1])
    even = page_work.even_paper((page * shade).astype(np.uint8), 200.0)
    assert float(np.median(even)) > 250 and float(np.percentile(even[page > 250], 1)) > 235
    assert float(np.median(even[page < 30])) < 60


@pytest.mark.parametrize("skew", [0.0, 1.2])
def test_ruled_table_on_a_scan(skew: float) -> None:
    page = draw_page(())
    pen = ImageDraw.Draw(page)
    down, across = (400, 480, 560, 640), (200, 500, 900, 1300)
    for y in down:
        pen.line((across[0], y, across[-1], y), fill="black", width=3)
    for x in across:
        pen.line((x, down[0], x, down[-1]), fill="black", width=3)
    font = ImageFont.truetype(str(FONT), 36)
    cells = (("Thứ tự", "Đơn vị", "Điểm số"), ("Một", "Phường An", "67"), ("Hai", "Phường Bình", "72"))
    for row, texts in enumerate(cells):
        for column, text in enumerate(texts):
            pen.text((across[column] + 30, down[row] + 18), text, fill="black", font=font)
    turned = page.rotate(-skew, resample=Image.Resampling.BICUBIC, fillcolor="white")
    found = scan.read_pixels(Pixels(np.asarray(turned), 200.0), SETTINGS, "x")
    (grid,) = found.grids
    assert (grid.rows, grid.columns, len(grid.cells)) == (3, 3, 9)
    held = [
        " ".join(found.lines[word.line].words[word.word].text for word in cell.words)
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    ]
    assert held[3:] == [text for row in cells[1:] for text in row]


def test_no_table_where_streaks_cross_prose() -> None:
    page = draw_page(BODY * 6)
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, 0, 18, page.height), fill="black")
    for x, start, stop in ((400, 120, 1300), (700, 60, 1450), (1010, 90, 1380)):
        pen.line((x, start, x, stop), fill="black", width=2)
    for y in (200, 700, 1250):
        pen.line((0, y, 1400, y), fill="black", width=2)
    assert scan.read_pixels(Pixels(np.asarray(page), 200.0), SETTINGS, "x").grids == ()


def test_modes(tmp_path: Path) -> None:
    draw_page().save(tmp_path / "a.png", dpi=(200, 200))
    never = read_page(tmp_path / "a.png", 1, ReadSettings(ocr=OcrMode.NEVER))
    assert never.lines == () and never.engine is None


def test_what_is_lacking_is_told() -> None:
    with pytest.raises(NoVietnameseModel):
        find_engine(ReadSettings(language="xxx"))
    with pytest.raises(NoTesseract):
        find_engine(ReadSettings(engine="other"))


def test_fingerprint_follows_what_decides_a_reading() -> None:
    base = reading_fingerprint(SETTINGS)
    assert base == reading_fingerprint(ReadSettings(page_seconds=5, memory_mb=999, file_mb=1))
    others = [ReadSettings(dpi=200), ReadSettings(ocr=OcrMode.ALWAYS), ReadSettings(engine="pytesseract")]
    assert len({base, *map(reading_fingerprint, others)}) == 4
