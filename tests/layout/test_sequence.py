"""Damaged marks of items are told by the list they stand in; nothing is told where the list does not ask for it."""

from __future__ import annotations

import time

import pytest

from extract.layout.sequence import behind_speck, may_be_mark, opens_list, settle


@pytest.mark.parametrize(
    ("texts", "markers"),
    [
        (["1. Rà soát quy hoạch.", "2_Lập danh mục.", "3. Báo cáo."], ["1", "2", "3"]),
        (["1. Rà soát.", "2..Riêng các xã báo cáo.", "-3. Chánh Văn phòng theo dõi."], ["1", "2", "3"]),
        (["1: Kiểm tra kho.", "Z. Lập biên bản.", "3. Nộp."], ["1", "2", "3"]),
        (["a) Chủ trì.", "- b) Phối hợp.", "c) Theo dõi."], ["a)", "b)", "c)"]),
        (["b) Phối hợp.", "© Theo dõi."], ["b)", "c)"]),
        (["a) Chủ trì.", "6 Các xã phối hợp."], ["a)", "b)"]),
        (["a) Chủ trì.", "4 Các xã phối hợp."], ["a)", None]),
        (["b) Phối hợp.", "ở) Theo dõi.", "d) Nộp."], ["b)", "c)", "d)"]),
        (["b) Phối hợp.", "i c) Theo dõi."], ["b)", "c)"]),
        (["- Phối hợp.", "IS - Theo dõi."], ["-", "-"]),
        (["b) Phối hợp.", "Ở a) Theo dõi."], ["b)", None]),
        (["1. KẾT QUẢ CÔNG TÁC", "1. Rà soát quy hoạch.", "2. Lập danh mục."], ["I", "1", "2"]),
        (["1. KẾT QUẢ CÔNG TÁC", "2. TỒN TẠI"], ["1", "2"]),
        (["Căn cứ Luật Đất đai;", "- QUYẾT ĐỊNH:"], [None, None]),
        (["1. Rà soát.", "2- Lập danh mục.", "ghế 3..Văn phòng theo dõi."], ["1", "2", "3"]),
        (["2. Rà soát.", "Điều 3. Hiệu lực"], ["2", "Điều 3"]),
        (["2. Rà soát.", "số 3. Rà soát"], ["2", None]),
        (["- Rà soát.", ".> Báo cáo."], ["-", "-"]),
        (["2. Rà soát.", "-_3. Lập danh mục."], ["2", "3"]),
        (["b) Rà soát.", "sa, © Lập danh mục."], ["b)", "c)"]),
        (["Kết quả:", "AL Phòng Tổng hợp rà soát.", "2. Phòng Hành chính nộp."], [None, "1", "2"]),
        (["Kết quả:", "Sở Tài chính rà soát.", "2. Phòng Hành chính nộp."], [None, None, "2"]),
        (["Công báo.", "© Bản quyền."], [None, None]),
        (["a) Chủ trì.", "h) Phối hợp."], ["a)", "h)"]),
        (["- Rà soát.", ": Tổng hợp số liệu.", "» Báo cáo."], ["-", "-", "»"]),
        (["I. KẾT QUẢ", "H. NHIỆM VỤ", "III. KIẾN NGHỊ"], ["I", "II", "III"]),
        (["-- Điều 1. Ban hành quy chế.", "Điều 2. Hiệu lực."], ["Điều 1", "Điều 2"]),
        (["G. Mục bảy", "H. Mục tám"], ["G", "H"]),
        (["Kết quả như sau.", "Z. Trần Văn"], [None, None]),
        (["1. Rà soát.", "Ngày 5. Họp."], ["1", None]),
        (["1. Rà soát.", "- 3. Không phải mục hai."], ["1", "-"]),
        (["Công bố kết quả.", ": Sai dấu đầu dòng."], [None, None]),
        (["- 1. Số thứ tự trong gạch đầu dòng."], ["-"]),
    ],
)
def test_marks(texts: list[str], markers: list[str | None]) -> None:
    assert [marker.text if marker else None for marker in settle(texts)] == markers


@pytest.mark.parametrize(
    ("line", "opens"),
    [("1: Sở Nội vụ rà soát", True), ("1_Rà soát", True), ("1:500 tỷ lệ bản đồ", False), ("2: Sở Nội vụ", False)],
)
def test_first_of_a_list(line: str, opens: bool) -> None:
    assert opens_list(line) is opens


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("i c) Sở Y tế", "c) Sở Y tế"),
        ("ghế 3..Văn phòng", "3..Văn phòng"),
        ("khoản 3. Văn phòng", None),
        ("số 3. Văn phòng", None),
        ("và 3 Văn phòng", None),
    ],
)
def test_behind_speck(line: str, rest: str | None) -> None:
    assert behind_speck(line) == rest


@pytest.mark.parametrize(
    ("line", "may_be"),
    [("2_Rà soát", True), ("3..Văn phòng", True), ("© Sở Y tế", True), ("3 Văn phòng", False), ("Z. Văn phòng", False)],
)
def test_may_be_mark(line: str, may_be: bool) -> None:
    assert may_be_mark(line) is may_be


def test_long_lines_take_linear_time() -> None:
    began = time.perf_counter()
    settle(["-" * 40_000 + " 1", ":" * 40_000, "1" * 40_000, " ." * 20_000] * 5)
    assert time.perf_counter() - began < 2
