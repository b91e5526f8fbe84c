"""Blanks of the head filled in by hand are found and doubted; type is not."""

from __future__ import annotations

import pytest

from extract.layout.by_hand import DAY_BY_HAND, NUMBER_BY_HAND, doubt_handwriting
from extract.records import LayerVerdict, Letter, Line, Page, Source, VerdictKind, Word


def letter(*lines: str, source: Source = Source.OCR) -> Letter:
    """Words as `text` or `text~confidence`."""
    made = []
    for line in lines:
        words = tuple(
            Word(text, None, float(share or "0.96"))
            for text, _, share in (word.partition("~") for word in line.split())
        )
        made.append(Line(" ".join(word.text for word in words), words))
    page = Page(1, 595.0, 842.0, source, LayerVerdict(VerdictKind.EMPTY), tuple(made))
    return Letter("a.pdf", "0" * 64, "application/pdf", (page,))


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("Số: #Ÿ~0.1 /TB-SNV",), [("#Ÿ", NUMBER_BY_HAND, 0.9)]),
        (("UBND TỈNH", "Số: Ÿ~0.71 3~0.28 /UBND-NV~0.46"), [("Ÿ 3", NUMBER_BY_HAND, 0.72)]),
        (("Số: 45~0.4 /UBND-NC",), [("45", NUMBER_BY_HAND, 0.6)]),
        (("Bến Tre, ngày |~0.57 tháng 6 năm 2024",), [("|", DAY_BY_HAND, 0.43)]),
        (("Lâm Đồng, ngày lí~0.72 tháng 8 năm 2025",), [("lí", DAY_BY_HAND, 0.28)]),
        (("Số: 1552 /BTTTT-CĐSQG", "Hà Nội, ngày 13 tháng 01 năm 2010"), []),
        (("Số: /UBND-NC", "Hà Nội, ngày tháng 8 năm 2025"), []),
        (("Số: 03/2010/NĐ-CP~0.5",), []),
        (("Kế hoạch năm 2025 của tỉnh", "trong ngày hội lớn của tháng ba"), []),
        (("Bến Tre, ngày 12 tháng 6 năm 2024", "họp ngày ??~0.1 tháng 7 năm 2024"), []),
    ],
)
def test_blanks(lines: tuple[str, ...], found: list[tuple[str, str, float]]) -> None:
    read = letter(*lines)
    doubts = list(doubt_handwriting(read))
    assert [(read.raw[doubt.start : doubt.end], doubt.reason, doubt.probability) for doubt in doubts] == found


def test_text_of_others_is_not_doubted() -> None:
    assert not list(doubt_handwriting(letter("Số: #Ÿ~0.1 /TB-SNV", source=Source.TEXT)))
