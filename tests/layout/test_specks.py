"""Specks between words are left out of running text; marks that belong there stay."""

from __future__ import annotations

import time

import pytest

from extract.layout.specks import end_of_words, specks_inside, without_specks


def cleaned(text: str) -> str:
    made, low = "", 0
    for start, end, instead in specks_inside(text):
        made, low = made + text[low:start] + instead, end
    return made + text[low:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("các đơn-vị phân-công cán bộ", "các đơn vị phân công cán bộ"),
        ("do.hạ tầng còn yếu", "do hạ tầng còn yếu"),
        ("bố trí đủ.4.150 triệu đồng", "bố trí đủ 4.150 triệu đồng"),
        ("trước ngày:12/4/2023;: gửi", "trước ngày 12/4/2023; gửi"),
        ("Quyết định số 8/QĐ-TTg-ngày 3/2/2021", "Quyết định số 8/QĐ-TTg ngày 3/2/2021"),
        ("đến hết quý-III năm 2022", "đến hết quý III năm 2022"),
        ("ở. các xã thuộc Bộ Nội... vụ", "ở các xã thuộc Bộ Nội vụ"),
        ("chậm nhất trong tháng _.. 9 năm", "chậm nhất trong tháng 9 năm"),
        ("gửi Sở Nội vụ trước:ngày 15/5", "gửi Sở Nội vụ trước ngày 15/5"),
        ("chuyển sang: 20, trong tháng: 29", "chuyển sang: 20, trong tháng: 29"),
        ("Quyết định số .15/QĐ-TTg", "Quyết định số 15/QĐ-TTg"),
        ("28 bản, trong .đó cấp xã 12 bản", "28 bản, trong đó cấp xã 12 bản"),
        ("- 05/9/2025; xin lỗi", "05/9/2025; xin lỗi"),
        ("báo cáo trước ngày - 05/9/2025", "báo cáo trước ngày 05/9/2025"),
        ("- xã hội của tỉnh", "- xã hội của tỉnh"),
        ("xem › xét, tổng . hợp", "xem xét, tổng hợp"),
        ("UBND xã'báo cáo", "UBND xã báo cáo"),
        ("ngày 23⁄4/2018", "ngày 23/4/2018"),
        ("ngày „ 07/3/2024", "ngày 07/3/2024"),
        ("phát triển kinh tế - xã hội", "phát triển kinh tế - xã hội"),
        ("huyện Đắk R'lấp và xã H'Neng", "huyện Đắk R'lấp và xã H'Neng"),
        ("thư 'xin lỗi' người dân", "thư 'xin lỗi' người dân"),
        ("tại sotuphap.binhdinh.gov.vn do.hạ", "tại sotuphap.binhdinh.gov.vn do.hạ"),
        ("số 15/KH-UBND, 67,9/100 điểm, 1.204,5", "số 15/KH-UBND, 67,9/100 điểm, 1.204,5"),
        ("sau đây: gồm có. Các sở", "sau đây: gồm có. Các sở"),
        ("báo cáo theo dõi./.", "báo cáo theo dõi./."),
    ],
)
def test_inside(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_at_the_end() -> None:
    assert without_specks("trước ngày 5/4/2024. `") == "trước ngày 5/4/2024."


@pytest.mark.parametrize(
    ("text", "closes", "kept"),
    [
        (
            "Sở Tư pháp báo cáo kết quả trước ngày 15/12/2025. TP ca",
            True,
            "Sở Tư pháp báo cáo kết quả trước ngày 15/12/2025.",
        ),
        ("Sở Tư pháp báo cáo kết quả trước ngày 15/12/2025. TP ca", False, None),
        ("đã giao cho các địa phương trong năm 2024. Sở Y tế", True, None),
        ("số bệnh nhân đã điều trị tại tuyến huyện là 1.204. 35", True, None),
        ("trước ngày 10 hằng tháng.-", False, "trước ngày 10 hằng tháng."),
        ("các nội dung của Kế hoạch ‘", False, "các nội dung của Kế hoạch"),
    ],
)
def test_end_of_words(text: str, closes: bool, kept: str | None) -> None:
    assert text[: end_of_words(text, closes=closes)] == (text if kept is None else kept)


def test_long_lines_take_linear_time() -> None:
    began = time.perf_counter()
    for text in ("a-" * 40_000, "' " * 40_000, "do.hạ" * 20_000, "ngày:" * 20_000 + "1"):
        specks_inside(text)
    assert time.perf_counter() - began < 2
