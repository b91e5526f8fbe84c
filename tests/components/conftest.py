from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.components import find_records
from extract.layout import lay_out
from extract.records import LayerVerdict, Letter, Line, Page, Reading, Records, Source, VerdictKind
from normalize.edits import Repaired

HEAD = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH ĐỒNG THÁP Độc lập - Tự do - Hạnh phúc

Số: 95/UBND-THNC Đồng Tháp, ngày 12 tháng 4 năm 2024
V/v đánh giá kết quả công tác

Kính gửi:
- Các sở, ban, ngành tỉnh;
- UBND các huyện, thành phố.

"""
FOOT = """

Nơi nhận:
- Như trên;
- Lưu: VT, THNC.
"""


@pytest.fixture
def read() -> Callable[[str], Reading]:
    """A letter of 12 April 2024 from Đồng Tháp with the given body, laid out."""

    def make(body: str) -> Reading:
        lines = tuple(Line(line) for line in (HEAD + body + FOOT).split("\n"))
        page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), lines)
        letter = Letter("letter.txt", "0" * 64, "text/plain", (page,))
        repaired = Repaired(letter.raw, letter.raw)
        return Reading(letter, repaired, lay_out(letter, repaired))

    return make


@pytest.fixture
def records_of(read: Callable[[str], Reading]) -> Callable[[str], Records]:
    """The records of such a letter."""
    return lambda body: find_records(read(body))
