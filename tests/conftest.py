"""What many tests share: where things lie, and a letter of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LETTER = """UBND TỈNH ĐỒNG THÁP CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc

Số: 412/SNV-CCHC Đồng Tháp, ngày 14 tháng 3 năm 2024
V/v báo cáo kết quả cải cách
hành chính quý I năm 2024

Kính gửi: Ủy ban nhân dân các huyện, thành phố.

Thực hiện Kế hoạch số 35/KH-UBND ngày 02/02/2024 của Ủy ban nhân dân tỉnh về cải cách
hành chính năm 2024, Sở Nội vụ đề nghị Ủy ban nhân dân các huyện, thành phố:

1. Rà soát các nhiệm vụ được giao, báo cáo kết quả về Sở Nội vụ trước ngày 25/3/2024.

2. Toàn tỉnh đã tiếp nhận 1.250 hồ sơ, trong đó 1.000 hồ sơ trực tuyến và 350 hồ sơ trực tiếp.

Nơi nhận: KT. GIÁM ĐỐC
- Như trên; PHÓ GIÁM ĐỐC
- Lưu: VT, CCHC.

Trần Văn Mẫu
"""


@pytest.fixture
def letter_file(tmp_path: Path) -> Path:
    """A folder of its own with one letter as OCR text."""
    folder = tmp_path / "letters"
    folder.mkdir()
    path = folder / "412.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The sample archive."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real letters beside the checkout, where there are any."""
    folder = ROOT.parent / "shared"
    if not (folder / "letters").is_dir():
        pytest.skip("no real letters beside this checkout")
    return folder
