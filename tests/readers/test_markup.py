from __future__ import annotations

from pathlib import Path

import pytest

from extract.readers.page import read_page
from extract.records import Box, Source
from extract.settings import ReadSettings

SETTINGS = ReadSettings()

HOCR = """<!DOCTYPE html><html><head><meta name='ocr-system' content='tesseract'/></head><body>
<div class='ocr_page' title='image "x"; bbox 0 0 1654 2339; ppageno 0; scan_res 200 200'>
 <div class='ocr_carea'><p class='ocr_par'>
  <span class='ocr_line' title="bbox 100 200 500 240">
   <span class='ocrx_word' title='bbox 100 200 200 240; x_wconf 96'>Sở</span>
   <span class='ocrx_word' title='bbox 220 200 300 240; x_wconf 41'><strong>Nội</strong></span></span>
 </p></div></div>
<div class='ocr_page' title='bbox 0 0 600 300'><span class='ocr_line' title="bbox 0 0 60 30">
 <span class='ocrx_word' title='bbox 30 30 60 60'>hai</span></span></div>
</body></html>"""

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/{version}">
<Description><MeasurementUnit>{unit}</MeasurementUnit></Description>
<Layout><Page WIDTH="{width}" HEIGHT="{height}"><PrintSpace><TextBlock>
<TextLine HPOS="0" VPOS="0" WIDTH="10" HEIGHT="10">
<String CONTENT="Sở" HPOS="{x}" VPOS="{y}" WIDTH="{w}" HEIGHT="{h}" WC="0.87"/><SP/><String CONTENT="Nội" WC="x"/>
</TextLine></TextBlock></PrintSpace></Page></Layout></alto>"""


def test_hocr(tmp_path: Path) -> None:
    (tmp_path / "a.hocr").write_text(HOCR)
    page = read_page(tmp_path / "a.hocr", 1, SETTINGS)
    assert page.source is Source.HOCR
    assert (page.width, page.height) == (595.44, 842.04)
    (line,) = page.lines
    assert line.text == "Sở Nội"
    assert line.words[0].box == Box(36.0, 72.0, 72.0, 86.4)
    assert [word.confidence for word in line.words] == [0.96, 0.41]
    second = read_page(tmp_path / "a.hocr", 2, SETTINGS)
    assert (second.width, second.height) == (144.0, 72.0)  # no resolution stated: 300 dpi
    assert second.lines[0].words[0].confidence is None and second.confidence is None


@pytest.mark.parametrize("version", ["ns-v2#", "ns-v4#"])
@pytest.mark.parametrize(("unit", "x", "width"), [("pixel", 300, 600), ("mm10", 254, 508), ("inch1200", 1200, 2400)])
def test_alto_units(tmp_path: Path, version: str, unit: str, x: int, width: int) -> None:
    text = ALTO.format(version=version, unit=unit, width=width, height=width, x=x, y=x, w=x, h=x)
    (tmp_path / "a.xml").write_text(text)
    page = read_page(tmp_path / "a.xml", 1, SETTINGS)
    assert (page.source, page.width, page.height) == (Source.ALTO, 144.0, 144.0)
    assert page.lines[0].words[0].box == Box(72.0, 72.0, 144.0, 144.0)
    assert page.lines[0].words[0].confidence == 0.87


def test_no_file_is_opened_through_markup(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("SECRET")
    evil = f"""<?xml version="1.0"?><!DOCTYPE alto SYSTEM "file://{tmp_path}/secret">
    <alto><Layout><Page WIDTH="10" HEIGHT="10"><TextLine><String CONTENT="a"/></TextLine></Page></Layout></alto>"""
    (tmp_path / "a.xml").write_text(evil)
    assert [line.text for line in read_page(tmp_path / "a.xml", 1, SETTINGS).lines] == ["a"]
