"""Letters made up for the benchmark of the run: PDF with a text layer, one page each, no two alike."""

from __future__ import annotations

import random
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

_FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
_PLACES = ("Đồng Tháp", "Quảng Nam", "Hà Giang", "Cà Mau", "Lâm Đồng", "Nghệ An")
_BODIES = ("Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Sở Công Thương", "Sở Giáo dục và Đào tạo")
_LINES = (
    "Thực hiện Kế hoạch số {a}/KH-UBND ngày {d:02}/{m:02}/2024 của Ủy ban nhân dân tỉnh",
    "{place} về cải cách hành chính năm 2024, {body} báo cáo kết quả như sau:",
    "{n}. Trong tháng đã tiếp nhận {total} hồ sơ, trong đó {x} hồ sơ trực tuyến và {y} hồ sơ",
    "trực tiếp; tỷ lệ giải quyết đúng hạn đạt {share},{tenth}%.",
    "Giao {other} chủ trì, phối hợp với {body} rà soát các thủ tục còn chậm, báo cáo",
    "kết quả trước ngày {d:02}/{m:02}/2024.",
)


def make_letters(folder: Path, count: int) -> None:
    """Write `count` letters of about 330 words into `folder`; the same every time."""
    folder.mkdir(parents=True, exist_ok=True)
    pdfmetrics.registerFont(TTFont("Serif", str(_FONT)))
    chance = random.Random(count)
    for number in range(1, count + 1):
        _write(folder / f"{number:06}.pdf", number, chance)


def _write(path: Path, number: int, chance: random.Random) -> None:
    place, body = chance.choice(_PLACES), chance.choice(_BODIES)
    canvas = Canvas(str(path), invariant=True)
    canvas.setFont("Serif", 11)
    lines = [
        f"UBND TỈNH {place.upper()}",
        body.upper(),
        f"Số: {number}/BC-VP",
        f"{place}, ngày {chance.randint(1, 28)} tháng {chance.randint(1, 12)} năm 2024",
        "BÁO CÁO",
        "Kết quả công tác cải cách hành chính",
        f"Kính gửi: Ủy ban nhân dân tỉnh {place}.",
    ]
    for item in range(1, 7):
        x, y = chance.randint(10, 900), chance.randint(10, 900)
        facts = {"a": chance.randint(1, 400), "d": chance.randint(1, 28), "m": chance.randint(1, 12), "n": item}
        facts |= {"x": x, "y": y, "total": x + y, "share": chance.randint(50, 99), "tenth": chance.randint(0, 9)}
        lines += [line.format(place=place, body=body, other=chance.choice(_BODIES), **facts) for line in _LINES]
    for index, line in enumerate(lines):
        canvas.drawString(70, 790 - 16 * index, line)
    canvas.showPage()
    canvas.save()
