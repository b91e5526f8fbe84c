"""Word documents and PAGE files, made here and read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK

from extract.errors import BrokenFile, TooLarge, UnsupportedKind
from extract.readers.page import read_page
from extract.readers.probe import probe
from extract.records import Box, Source, VerdictKind
from extract.settings import ReadSettings

SETTINGS = ReadSettings()

PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">
<Page imageFilename="a.png" imageWidth="600" imageHeight="300" {resolution}>
<TextRegion id="r"><Coords points="0,0 9,9"/>
<TextLine id="l"><Coords points="100,200 500,200 500,240 100,240"/>
 <Word id="w"><Coords points="100,202 200,200 200,240 100,238"/>
  <Glyph id="g"><Coords points="1,1 2,2"/><TextEquiv conf="0.1"><Unicode>S</Unicode></TextEquiv></Glyph>
  <TextEquiv index="1" conf="0.2"><Unicode>So</Unicode></TextEquiv>
  <TextEquiv index="0" conf="0.9"><Unicode>Sở</Unicode></TextEquiv></Word>
 <Word id="v"><Coords points="220,200 300,240"/><TextEquiv><Unicode>Nội</Unicode></TextEquiv></Word>
 <TextEquiv><Unicode>line text</Unicode></TextEquiv></TextLine>
<TextLine id="m"><Coords points="100,260 300,280"/><TextEquiv><Unicode>không có từ</Unicode></TextEquiv></TextLine>
</TextRegion></Page></PcGts>"""


def letter(path: Path) -> Path:
    made = docx.Document()
    head = made.add_table(rows=1, cols=2)
    head.cell(0, 0).text = "UBND TỈNH ĐỒNG THÁP\nSỞ NỘI VỤ\nSố: 12/SNV-VP"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    made.add_paragraph("Kính gửi: Các phòng chuyên môn thuộc Sở Nội vụ.")
    table = made.add_table(rows=2, cols=3)
    for row, texts in enumerate((("TT", "Đơn vị", "Điểm"), ("1", "Sở Y tế", "67,9"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    below = table.add_row().cells
    table.cell(1, 0).merge(below[0])
    below[1].text, below[2].text = "Sở Xây dựng", "60,1"
    merged = table.add_row().cells
    merged[0].merge(merged[1]).text = "Tổng cộng"
    merged[2].text = "67,9"
    made.add_paragraph("Sau bảng là trang sau.").add_run().add_break(WD_BREAK.PAGE)
    made.add_paragraph("Trang hai của văn bản, đề nghị các đơn vị báo cáo trước ngày 15/6/2024.")
    made.save(str(path))
    return path


def test_a_word_document_in_its_order(tmp_path: Path) -> None:
    path = letter(tmp_path / "a.docx")
    assert probe(path, SETTINGS).pages == 2
    page = read_page(path, 1, SETTINGS)
    assert (page.source, page.verdict.kind, page.width) == (Source.TEXT, VerdictKind.CLEAN, None)
    assert [(line.text, line.column) for line in page.lines] == [
        ("UBND TỈNH ĐỒNG THÁP", 0),
        ("SỞ NỘI VỤ", 0),
        ("Số: 12/SNV-VP", 0),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1),
        ("Độc lập - Tự do - Hạnh phúc", 1),
        ("Kính gửi: Các phòng chuyên môn thuộc Sở Nội vụ.", None),
        ("TT Đơn vị Điểm", None),
        ("1 Sở Y tế 67,9", None),
        ("Sở Xây dựng 60,1", None),
        ("Tổng cộng 67,9", None),
        ("Sau bảng là trang sau.", None),
    ]
    (grid,) = page.grids
    assert (grid.box, grid.rows, grid.columns) == (None, 4, 3)
    cells = [
        (
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            [page.lines[r.line].words[r.word].text for r in cell.words],
        )
        for cell in grid.cells
    ]
    assert cells == [
        (0, 0, 1, 1, ["TT"]),
        (0, 1, 1, 1, ["Đơn", "vị"]),
        (0, 2, 1, 1, ["Điểm"]),
        (1, 0, 2, 1, ["1"]),
        (1, 1, 1, 1, ["Sở", "Y", "tế"]),
        (1, 2, 1, 1, ["67,9"]),
        (2, 1, 1, 1, ["Sở", "Xây", "dựng"]),
        (2, 2, 1, 1, ["60,1"]),
        (3, 0, 1, 2, ["Tổng", "cộng"]),
        (3, 2, 1, 1, ["67,9"]),
    ]
    (line,) = read_page(path, 2, SETTINGS).lines
    assert line.text.startswith("Trang hai")
    with pytest.raises(BrokenFile, match="no such page"):
        read_page(path, 3, SETTINGS)


def test_word_documents_that_cannot_be_read(tmp_path: Path) -> None:
    whole = letter(tmp_path / "a.docx").read_bytes()
    (tmp_path / "cut.docx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BrokenFile):
        probe(tmp_path / "cut.docx", SETTINGS)
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (3 << 20))
    with pytest.raises(TooLarge, match="unpacks"):
        probe(tmp_path / "bomb.docx", ReadSettings(file_mb=1))
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(UnsupportedKind, match=r"LibreOffice.*soffice --convert-to docx"):
        probe(tmp_path / "old.doc", SETTINGS)


@pytest.mark.parametrize(
    ("resolution", "scale"),
    [("", 0.24), ('imageXResolution="200" imageResolutionUnit="PPI"', 0.36), ('imageXResolution="0"', 0.24)],
)
def test_page_xml(tmp_path: Path, resolution: str, scale: float) -> None:
    path = tmp_path / "a.xml"
    path.write_text(PAGE.format(resolution=resolution), "utf-8")
    assert probe(path, SETTINGS).pages == 1
    page = read_page(path, 1, SETTINGS)
    assert (page.source, page.width, page.height) == (Source.PAGE, 600 * scale, 300 * scale)
    assert [line.text for line in page.lines] == ["Sở Nội", "không có từ"]
    first, second = page.lines[0].words
    assert first.box == Box(*(round(side * scale, 2) for side in (100, 200, 200, 240)))
    assert (first.confidence, second.confidence) == (0.9, None)
    with pytest.raises(BrokenFile, match="no such page"):
        read_page(path, 2, SETTINGS)
