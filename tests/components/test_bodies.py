from __future__ import annotations

import time

import pytest

from extract.components.bodies import find_bodies, home_of, mentions
from extract.components.found import BodyKind, Found
from extract.layout import lay_out
from extract.records import Header, LayerVerdict, Letter, Line, Page, Reading, Source, VerdictKind
from normalize import Repaired


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("giao Sở Nội vụ tổng hợp", [("Sở Nội vụ", "body")]),
        ("của UBND tỉnh Bắc Ninh về thu phí", [("UBND tỉnh Bắc Ninh", "body")]),
        ("đề nghị UBND các huyện, thị xã, thành phố báo cáo", [("UBND các huyện, thị xã, thành phố", "body")]),
        ("Chủ tịch UBND tỉnh yêu cầu", [("Chủ tịch UBND tỉnh", "person")]),
        ("Giám đốc Sở Tài chính báo cáo", [("Giám đốc Sở Tài chính", "person")]),
        (
            "Sở Lao động - Thương binh và Xã hội, Sở Y tế",
            [("Sở Lao động - Thương binh và Xã hội", "body"), ("Sở Y tế", "body")],
        ),
        ("của Thủ tướng Chính phủ phê duyệt", [("Thủ tướng Chính phủ", "body")]),
        ("trên địa bàn tỉnh Hà Giang năm 2023", [("tỉnh Hà Giang", "place")]),
        ("Ban Chấp hành Đảng bộ tỉnh Lào Cai", [("Ban Chấp hành Đảng bộ tỉnh Lào Cai", "body")]),
        ("Công văn số 12/UBND-NC ngày", []),
        ("các cơ quan, đơn vị có liên quan", []),
        ("bộ phận một cửa, phòng họp", []),
    ],
)
def test_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], kind.value) for start, end, kind in mentions(text)] == expected


def reading_of(text: str) -> Reading:
    page = Page(1, None, None, Source.TEXT, LayerVerdict(VerdictKind.CLEAN), (Line(text),))
    letter = Letter("a.txt", "0" * 64, "text/plain", (page,))
    repaired = Repaired(text, text)
    return Reading(letter, repaired, lay_out(letter, repaired))


def test_a_body_of_the_province_is_that_of_the_letters_province() -> None:
    found = Found(header=Header(issuer="Sở Xây dựng tỉnh Bắc Kạn"))
    assert home_of(found) == "tỉnh Bắc Kạn"
    (near,) = find_bodies(reading_of("Báo cáo UBND tỉnh xem xét, quyết định."), found)
    (far,) = find_bodies(reading_of("Báo cáo UBND tỉnh xem xét, quyết định."), Found())
    assert near.record.name == "UBND tỉnh"
    assert near.record.kind is BodyKind.BODY
    assert near.record.entry is not None and near.record.entry != far.record.entry
    assert [entry.component for entry in near.record.evidence] == ["bodies.body"]


@pytest.mark.parametrize("unit", ["UBND tỉnh ", "Sở ", "Chủ tịch ", "tỉnh A", "- & ", "Ban Quản lý "])
def test_time_is_linear(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    start = time.process_time()
    mentions(text)
    assert time.process_time() - start < 5
