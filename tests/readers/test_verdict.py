"""Few words over a scanned page: a stamp, unless an engine misread them."""

from __future__ import annotations

import pytest

from extract.readers.verdict import asks_for_ocr, judge_layer
from extract.records import Line, VerdictKind

STAMP = "Ký bởi: Văn phòng Ủy ban nhân dân Cơ quan: Tỉnh ủy Thời gian ký: 08.02.2025 09:14:55"
MISREAD = "Noi nhan: TM. UY BAN NHAN DAN - Nhu trén; KT. CHU TJCH - Luu: VT, NC. PHO CHU TICH Nguyén Van Hda"


@pytest.mark.parametrize(
    ("text", "image_share", "kind"),
    [
        (STAMP, 1.0, VerdictKind.EMPTY),
        (STAMP, 0.0, VerdictKind.CLEAN),
        (MISREAD, 1.0, VerdictKind.GARBLED),
        ("www.example.vn", 0.9, VerdictKind.EMPTY),
    ],
)
def test_few_words_over_a_page_of_pixels(text: str, image_share: float, kind: VerdictKind) -> None:
    verdict = judge_layer([Line(text)], image_share)
    assert verdict.kind is kind
    assert asks_for_ocr(verdict, image_share) is (image_share > 0)
