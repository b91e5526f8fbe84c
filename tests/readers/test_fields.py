"""What signers fill into fields over the page is part of the letter; their stamps are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.readers.page import read_page
from extract.settings import OcrMode, ReadSettings

BODY = "Uy ban nhan dan tinh de nghi cac so, ban, nganh bao cao ket qua truoc ngay 15 thang 6 nam 2024"


def signed(path: Path, fields: list[tuple[str, float, float, float, float]]) -> Path:
    canvas = Canvas(str(path), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 13)
    canvas.drawString(60, 740, "So:")
    canvas.drawString(130, 740, "/UBND-NC")
    canvas.drawString(60, 600, BODY)
    for index, (value, x, y, width, height) in enumerate(fields):
        canvas.acroForm.textfield(
            name=f"field{index}",
            value=value,
            x=x,
            y=y,
            width=width,
            height=height,
            fontSize=12,
            borderWidth=0,
            maxlen=200,
        )
    canvas.save()
    return path


def read(path: Path) -> tuple[list[str], list[str]]:
    page = read_page(path, 1, ReadSettings(ocr=OcrMode.NEVER))
    return [line.text for line in page.lines], [line.text for layer in page.other_layers for line in layer.lines]


def test_a_number_filled_in_stands_in_its_line(tmp_path: Path) -> None:
    lines, beside = read(signed(tmp_path / "a.pdf", [("507", 84, 734, 40, 18)]))
    assert lines[0] == "So: 507 /UBND-NC"
    assert beside == []


def test_a_stamp_is_kept_beside_the_letter(tmp_path: Path) -> None:
    stamp = "Ky boi: Van phong UBND tinh, vanphong@tinh.gov.vn, 24.01.2024 20:01:14"
    lines, beside = read(signed(tmp_path / "a.pdf", [("507", 84, 734, 40, 18), (stamp, 60, 800, 480, 20)]))
    assert beside == [stamp]
    assert lines[0] == "So: 507 /UBND-NC"
    assert not any("Ky boi" in line for line in lines)


@pytest.mark.parametrize("value", ["", " "])
def test_an_empty_field_changes_nothing(tmp_path: Path, value: str) -> None:
    assert read(signed(tmp_path / "a.pdf", [(value, 84, 734, 40, 18)])) == read(signed(tmp_path / "b.pdf", []))


def test_numbers_of_real_signed_letters(shared: Path) -> None:
    for name, number in (("104", "11"), ("124", "507"), ("125", "542")):
        page = read_page(shared / "scans" / f"{name}.pdf", 1, ReadSettings())
        assert any(line.text.startswith(f"Số: {number} /") for line in page.lines), name
