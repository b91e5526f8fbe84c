"""What running text counts of the rows of a table: of a class, beyond a threshold, that rose or fell."""

from dataclasses import replace

import pytest

from extract.checks.tables.told_counts import check_told_counts
from extract.components import find_records
from extract.records import Source

UNITS = """PHỤ LỤC
TT | Đơn vị | Điểm | Tỷ lệ trực tuyến | Xếp loại
1 | Xã An Hòa | 92,10 | 81,5% | Xuất sắc
2 | Xã An Tân | 85,40 | 77,2% | Tốt
3 | Xã An Toàn | 84,15 | 64,9% | Tốt
4 | Xã An Quang | 80,05 | 55,0% | Tốt
5 | Xã An Vinh | 73,60 | 48,3% | Khá
 | Trung bình | 83,06 | 65,4% | Tốt"""
MOVES = """PHỤ LỤC
TT | Chỉ số thành phần | Năm 2022 | Năm 2023
1 | Gia nhập thị trường | 6,51 | 7,02
2 | Tiếp cận đất đai | 6,90 | 7,11
3 | Tính minh bạch | 5,95 | 6,20
4 | Chi phí thời gian | 7,40 | 7,15"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có 01 xã xếp loại Xuất sắc, 03 xã xếp loại Tốt và 01 xã xếp loại Khá.", []),
        ("Có 02 xã xếp loại Xuất sắc, 03 xã xếp loại Tốt và 01 xã xếp loại Khá.", [("2", "1")]),
        ("Có 01 xã xếp loại Xuất sắc, 04 xã xếp loại Tốt.", []),
        ("Theo bảng trên có 04 xã xếp loại Tốt.", [("4", "3")]),
        ("Trong 5 xã có 04 xã xếp loại Tốt.", [("4", "3")]),
        ("Trong 25 xã có 04 xã xếp loại Tốt, 01 xã xếp loại Khá.", []),
        ("Có 12 xã xếp loại Tốt theo bảng dưới đây.", []),
        ("Theo biểu trên, 02 xã có tỷ lệ trực tuyến dưới 50%.", [("2", "1")]),
        ("Theo biểu trên, 01 xã có tỷ lệ trực tuyến dưới 50%, 02 xã từ 75% trở lên.", []),
        ("Theo biểu trên, 03 xã có tỷ lệ trực tuyến từ 50% đến 70%.", []),
        ("Theo biểu trên, trong 30 ngày có xã xếp loại Tốt.", []),
    ],
)
def test_classes_and_thresholds(text, expected, read):
    assert told(f"{text}\n{UNITS}", read) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có 03 chỉ số tăng điểm, 01 chỉ số giảm điểm.", []),
        ("Có 02 chỉ số tăng điểm, 01 chỉ số giảm điểm.", [("2", "3")]),
        ("Có 02 chi s6 tăng điểm, 01 chỉ số giảm điểm.", [("2", "3")]),
        ("Có 02 chỉ số tăng điểm.", []),
        ("Trong 4 chỉ số thành phần có 02 chỉ số giảm điểm.", [("2", "1")]),
        ("Hồ sơ tăng 02 lần; theo bảng có 300 hồ sơ giảm.", []),
    ],
)
def test_what_rose_and_fell(text, expected, read):
    assert told(f"{text}\n{MOVES}", read) == expected


@pytest.mark.parametrize(("source", "expected"), [(Source.TEXT, [("2", "3"), ("2", "1")]), (Source.OCR, [])])
def test_a_sign_that_an_engine_misread(source, expected, read):
    assert told(f"Trong 4 chỉ số có 02 chỉ số tăng điểm, 02 chỉ số giảm điểm.\n{MOVES}", read, source) == expected


def told(text, read, source=Source.TEXT):
    reading = read(text)
    pages = tuple(replace(page, source=source) for page in reading.letter.pages)
    reading = replace(reading, letter=replace(reading.letter, pages=pages))
    made = check_told_counts(find_records(reading), reading)
    return [(one.reported, one.computed) for one in made if one.verdict.value == "differs"]
