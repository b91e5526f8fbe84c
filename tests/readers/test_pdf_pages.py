from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from extract.errors import BrokenFile, TooLarge
from extract.readers import pdf
from extract.readers.page import read_page
from extract.records import Page, Source, VerdictKind
from extract.settings import OcrMode, ReadSettings

AUTO, NEVER = ReadSettings(), ReadSettings(ocr=OcrMode.NEVER)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def test_digital_letter(letter: Callable[..., Path]) -> None:
    page = read_page(letter(), 1, AUTO)
    assert (page.source, page.verdict.kind, page.engine) == (Source.TEXT_LAYER, VerdictKind.CLEAN, None)
    assert (page.width, page.height) == (595, 842)
    assert texts(page)[:8] == [
        "UBND TỈNH ĐÔNG HẢI",
        "SỞ NỘI VỤ",
        "Số: 128/SNV-CCHC",
        "V/v báo cáo kết quả rà soát",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đông Hải, ngày 14 tháng 3 năm 2024",
        "Thực hiện kế hoạch công tác năm 2024, Sở Nội vụ đề nghị các đơn vị rà soát hồ sơ",
    ]
    assert texts(page)[-5:] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "GIÁM ĐỐC", "Trần Văn Bình"]
    assert [line.column for line in page.lines] == [0] * 4 + [1] * 3 + [None] * 3 + [0] * 3 + [1] * 2


def test_boxes_are_points_from_the_top(letter: Callable[..., Path]) -> None:
    line = next(line for line in read_page(letter(), 1, AUTO).lines if line.text.startswith("Thực hiện"))
    assert line.box is not None and line.words[0].box is not None
    assert line.box.x0 == pytest.approx(75, abs=1) and line.words[0].box.x0 == line.box.x0
    assert 842 - 660 - 14 < line.box.y0 < line.box.y1 < 842 - 660 + 6
    assert line.text == " ".join(word.text for word in line.words)


def test_ruled_table_becomes_rows(letter: Callable[..., Path]) -> None:
    page = read_page(letter(table=True), 1, AUTO)
    (grid,) = page.grids
    assert (grid.rows, grid.columns, len(grid.cells)) == (3, 3, 9)
    held = {
        (cell.row, cell.column): " ".join(page.lines[word.line].words[word.word].text for word in cell.words)
        for cell in grid.cells
    }
    assert held == {
        (0, 0): "TT",
        (0, 1): "Đơn vị",
        (0, 2): "Điểm",
        (1, 0): "1",
        (1, 1): "Phường Một",
        (1, 2): "67,9",
        (2, 0): "2",
        (2, 1): "Phường Hai",
        (2, 2): "72,8",
    }
    assert "2 Phường Hai 72,8" in texts(page)


def test_pages_with_an_offset_or_turned(tmp_path: Path, letter: Callable[..., Path]) -> None:
    plain = read_page(letter(), 1, NEVER)
    with PdfDocument(letter("source.pdf")) as document:
        page = document[0]
        page.set_cropbox(50, 100, 595, 842)
        document.save(tmp_path / "cropped.pdf")
    cropped = read_page(tmp_path / "cropped.pdf", 1, NEVER)
    assert (cropped.width, cropped.height) == (545, 742)
    first, same = plain.lines[7].words[0].box, cropped.lines[7].words[0].box
    assert first is not None and same is not None
    assert same.x0 == pytest.approx(first.x0 - 50, abs=0.5) and same.y0 == pytest.approx(first.y0, abs=0.5)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_turned_by_its_file_is_read_as_displayed(
    tmp_path: Path, letter: Callable[..., Path], rotation: int
) -> None:
    with PdfDocument(letter()) as document:
        document[0].set_rotation(rotation)
        document.save(tmp_path / "turned.pdf")
    page = read_page(tmp_path / "turned.pdf", 1, NEVER)
    assert (page.width, page.height) == ((842, 595) if rotation != 180 else (595, 842))
    box = next(word.box for line in page.lines for word in line.words if word.text == "CCHC" or "CCHC" in word.text)
    upright = read_page(letter(), 1, NEVER).lines[2].words[1].box
    assert box is not None and upright is not None
    expected = {
        90: (842 - upright.y1, upright.x0),
        180: (595 - upright.x1, 842 - upright.y1),
        270: (upright.y0, 595 - upright.x1),
    }[rotation]
    assert (box.x0, box.y0) == pytest.approx(expected, abs=0.5)


def test_a_hyphen_at_the_end_of_a_line_stays(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "hyphen.pdf"), pagesize=(595, 842))
    canvas.drawString(50, 800, "theo quyet dinh 766/QD-")
    canvas.drawString(50, 784, "TTg ngay 23 thang 6")
    canvas.save()
    assert texts(read_page(tmp_path / "hyphen.pdf", 1, NEVER)) == ["theo quyet dinh 766/QD-", "TTg ngay 23 thang 6"]


def test_shades_behind_words_are_no_table(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "shades.pdf"), pagesize=(595, 842))
    for row in range(6):
        canvas.setFillGray(1)
        for column in range(3):
            canvas.rect(80 + 120 * column, 700 - 16 * row, 120, 16, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(80, 704 - 16 * row, "mot hai ba bon nam sau bay tam chin muoi")
    canvas.save()
    page = read_page(tmp_path / "shades.pdf", 1, NEVER)
    assert page.grids == () and len(page.lines) == 6


def test_a_stamp_over_a_scan_is_no_text(tmp_path: Path) -> None:
    Image.new("L", (1000, 1400), 255).save(tmp_path / "scan.png")
    canvas = Canvas(str(tmp_path / "stamp.pdf"), pagesize=(595, 842))
    canvas.drawImage(str(tmp_path / "scan.png"), 0, 0, 595, 842)
    canvas.drawString(50, 800, "Ky boi: Van phong UBND tinh Thoi gian ky: 14.03.2024 10:12:45 +07:00")
    canvas.save()
    page = read_page(tmp_path / "stamp.pdf", 1, NEVER)
    assert page.verdict.kind is VerdictKind.EMPTY
    assert "a stamp, not the text of the page" in page.verdict.reasons[0] and "100%" in page.verdict.reasons[0]
    assert page.verdict.numbers is not None and page.verdict.numbers["image_share"] == 1.0
    read = read_page(tmp_path / "stamp.pdf", 1, AUTO)
    assert "Ky boi:" in " ".join(texts(read))  # pixels without type: what the layer had stays


def test_a_short_digital_page_is_no_stamp(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "short.pdf"), pagesize=(595, 842))
    canvas.drawString(50, 800, "Bang 12 34 56")
    canvas.save()
    page = read_page(tmp_path / "short.pdf", 1, AUTO)
    assert (page.source, page.verdict.kind) == (Source.TEXT_LAYER, VerdictKind.NOT_JUDGED)


def test_limits_before_drawing(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "vast.pdf"), pagesize=(12000, 12000))
    canvas.rect(10, 10, 500, 500)
    canvas.showPage()
    canvas.save()
    with pytest.raises(TooLarge, match="megapixels at 100 dpi"):
        read_page(tmp_path / "vast.pdf", 1, AUTO)
    with pdf.open_sheet(tmp_path / "vast.pdf", 1) as (page, _stamps):
        sheet = pdf.measure(page, "x")
        assert pdf.render(page, sheet, "x", ReadSettings(page_megapixels=300)).dpi == pytest.approx(103.9, abs=0.1)


def test_no_such_page(letter: Callable[..., Path]) -> None:
    with pytest.raises(BrokenFile, match="page 2"):
        read_page(letter(), 2, AUTO)
