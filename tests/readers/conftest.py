"""Small files of every kind, made here: nothing is copied from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")

HEAD_LEFT = ("UBND TỈNH ĐÔNG HẢI", "SỞ NỘI VỤ", "Số: 128/SNV-CCHC", "V/v báo cáo kết quả rà soát")
HEAD_RIGHT = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Đông Hải, ngày 14 tháng 3 năm 2024")
BODY = (
    "Thực hiện kế hoạch công tác năm 2024, Sở Nội vụ đề nghị các đơn vị rà soát hồ sơ",
    "và gửi báo cáo kết quả thực hiện trước ngày 20 tháng 3 năm 2024 để tổng hợp theo",
    "quy định. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở.",
)
FOOT_LEFT = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")
FOOT_RIGHT = ("GIÁM ĐỐC", "Trần Văn Bình")


def need_font() -> None:
    if not FONT.is_file():
        pytest.skip("the fonts of fonts-croscore are not installed")


def write_letter(
    path: Path, *, pages: int = 1, encryption: StandardEncryption | None = None, table: bool = False
) -> Path:
    """A digital letter with the two-column head and foot of Decree 30/2020."""
    need_font()
    pdfmetrics.registerFont(TTFont("Serif", str(FONT)))
    canvas = Canvas(str(path), pagesize=(595, 842), encrypt=encryption, invariant=1)
    for _ in range(pages):
        canvas.setFont("Serif", 12)
        for index, text in enumerate(HEAD_LEFT):
            canvas.drawCentredString(150, 780 - 17 * index, text)
        for index, text in enumerate(HEAD_RIGHT):
            canvas.drawCentredString(410, 786 - 17 * index, text)
        for index, text in enumerate(BODY):
            canvas.drawString(75, 660 - 18 * index, text)
        for index, text in enumerate(FOOT_LEFT):
            canvas.drawString(75, 540 - 14 * index, text)
        for index, text in enumerate(FOOT_RIGHT):
            canvas.drawCentredString(420, 540 - 60 * index, text)
        if table:
            canvas.grid([75, 200, 320, 520], [420, 395, 370, 345])
            for row, texts in enumerate(
                (("TT", "Đơn vị", "Điểm"), ("1", "Phường Một", "67,9"), ("2", "Phường Hai", "72,8"))
            ):
                for column, text in enumerate(texts):
                    canvas.drawString((80, 205, 325)[column], 403 - 25 * row, text)
        canvas.showPage()
    canvas.save()
    return path


def draw_page(lines: tuple[str, ...] = BODY, *, dpi: int = 200, size: tuple[float, float] = (595, 842)) -> Image.Image:
    """A page of type as pixels."""
    need_font()
    scale = dpi / 72
    image = Image.new("RGB", (round(size[0] * scale), round(size[1] * scale)), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), round(13 * scale))
    for index, text in enumerate(lines):
        pen.text((60 * scale, (80 + 20 * index) * scale), text, fill="black", font=font)
    return image


@pytest.fixture
def letter(tmp_path: Path) -> Callable[..., Path]:
    return lambda name="thu.pdf", **options: write_letter(tmp_path / name, **options)
