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
        ("Theo biểu trên, 03 xã có tỷ lệ trực tuyến từ 50% đến 70%.", [("3", "2")]),
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


OWNERS = """PHỤ LỤC
KẾT QUẢ GIẢI NGÂN NĂM 2023
STT | Chủ đầu tư | Kế hoạch | Giải ngân | Tỷ lệ (%) | So với cùng kỳ (%)
1 | Ban Quản lý dự án giao thông | 400.000 | 312.000 | 78,0 | 104,1
2 | Sở Nông nghiệp | 200.000 | 164.000 | 82,0 | 110,5
3 | Sở Y tế | 100.000 | 51.000 | 51,0 | 88,7
4 | Huyện Ea Sơn | 150.000 | 97.500 | 65,0 | 97,2
5 | Huyện Krông Hà | 120.000 | 88.800 | 74,0 | 120,0
6 | Huyện Mường Tân | 80.000 | 69.600 | 87,0 | 131,3
 | Tổng cộng | 1.050.000 | 782.900 | 74,6 | 106,0"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Có 04 chủ đầu tư giải ngân trên 75%.", [("4", "3")]),
        ("Có 03 chủ đầu tư giải ngân trên 75%.", []),
        ("Có 03/06 đơn vị có tỷ lệ giải ngân dưới 70%, còn lại trên 70%.", [("3", "2")]),
        # a row stands right on the threshold: it may have been rounded to it
        ("Có 01/06 đơn vị có tỷ lệ dưới 65%.", []),
        ("Có 02/06 đơn vị có tỷ lệ dưới 65%.", []),
        ("Trong 06 chủ đầu tư có 03 chủ đầu tư có tỷ lệ giải ngân đạt từ 80% kế hoạch trở lên.", [("3", "2")]),
        ("Trong 06 chủ đầu tư có 02 chủ đầu tư có tỷ lệ đạt từ 70% đến dưới 80%.", []),
        ("Trong 06 chủ đầu tư có 03 chủ đầu tư có tỷ lệ đạt từ 70% đến dưới 80%.", [("3", "2")]),
        ("Có 4/6 đơn vị giải ngân cao hơn mức bình quân chung, 3/6 đơn vị thấp hơn bình quân chung.", [("4", "3")]),
        ("Có 3/6 đơn vị giải ngân cao hơn mức bình quân chung, 3/6 đơn vị thấp hơn bình quân chung.", []),
        ("Có 4/6 đơn vị giải ngân cao hơn mức bình quân chung của cả nước.", []),
        ("Trong 06 chủ đầu tư, có 01 huyện có tỷ lệ giải ngân trên 70%.", [("1", "2")]),
        ("Trong 06 chủ đầu tư, có 02 huyện có tỷ lệ giải ngân trên 70%.", []),
        ("So với cùng kỳ có 05 chủ đầu tư tăng.", [("5", "4")]),
        ("So với năm 2022, có 05 chủ đầu tư tăng.", [("5", "4")]),
        ("So với cùng kỳ có 04 chủ đầu tư tăng, 02 chủ đầu tư giảm.", []),
        ("Sở Nông nghiệp đạt 82,0%; như vậy có 04 đơn vị trên 75%.", [("4", "3")]),
        # of others, of another time, what is wanted
        ("Cả tỉnh có 21 chủ đầu tư. Có 04 chủ đầu tư giải ngân trên 75%.", []),
        ("Có 04/21 chủ đầu tư giải ngân trên 75%.", []),
        ("Phấn đấu hết năm có 04 chủ đầu tư giải ngân trên 75%.", []),
        ("Năm 2022 có 04 chủ đầu tư giải ngân trên 75%.", []),
        ("Năm trước có 04 chủ đầu tư giải ngân trên 75%.", []),
        ("Trong số đó 04 chủ đầu tư giải ngân trên 75% vốn kéo dài.", []),
        ("Sở Nông nghiệp đạt 82,0%, đã xử lý 04 hồ sơ, trên 75% số phải xử lý.", []),
        ("Sở Nông nghiệp đạt 82,0%, đã xử lý 02 vụ, đạt 100%.", []),
    ],
)
def test_thresholds_of_owners(text, expected, read):
    assert told(f"{text}\n{OWNERS}", read) == expected


def test_a_table_with_a_row_that_was_not_read(read):
    torn = "\n".join(line for line in OWNERS.split("\n") if not line.startswith("4 |"))
    assert told(f"Có 04/5 đơn vị có tỷ lệ giải ngân trên 80%.\n{torn}", read) == []


@pytest.mark.parametrize(("source", "expected"), [(Source.TEXT, [("2", "3"), ("2", "1")]), (Source.OCR, [])])
def test_a_sign_that_an_engine_misread(source, expected, read):
    assert told(f"Trong 4 chỉ số có 02 chỉ số tăng điểm, 02 chỉ số giảm điểm.\n{MOVES}", read, source) == expected


def told(text, read, source=Source.TEXT):
    reading = read(text)
    pages = tuple(replace(page, source=source) for page in reading.letter.pages)
    reading = replace(reading, letter=replace(reading.letter, pages=pages))
    made = check_told_counts(find_records(reading), reading)
    return [(one.reported, one.computed) for one in made if one.verdict.value == "differs"]
