"""What running text says of a table: how many rows it has, and its totals."""

import pytest

from extract.checks.tables.quoted import check_quoted
from extract.checks.tables.row_counts import check_row_counts
from extract.components import find_records

LATE = "PHỤ LỤC\nDANH SÁCH ĐƠN VỊ CHẬM BÁO CÁO\nTT | Đơn vị | Số ngày chậm\n" + "\n".join(
    f"{at} | {name} | {at + 3}" for at, name in enumerate(("Sở Y tế", "Sở Xây dựng", "Sở Tư pháp", "Sở Du lịch"), 1)
)
TOTALS = """PHỤ LỤC
TT | Đơn vị | Tiếp nhận | Đã giải quyết | Đang giải quyết
1 | Xã An Hòa | 1.000 | 900 | 100
2 | Xã An Tân | 1.012 | 960 | 52
3 | Xã An Toàn | 1.000 | 1.000 | 0
 | Tổng cộng | 3.012 | 2.860 | 152"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gửi kèm Danh sách 4 đơn vị chậm báo cáo tại Phụ lục.", [("4", "4", "agrees")]),
        ("Gửi kèm Danh sách 15 đơn vị chậm báo cáo tại Phụ lục.", [("15", "4", "differs")]),
        ("Còn 05 đơn vị chậm báo cáo (có danh sách kèm theo).", [("5", "4", "differs")]),
        ("Gửi kèm Danh sách 15 xã chậm báo cáo tại Phụ lục.", []),
        ("Danh sách 15 đơn vị đã được công bố.", []),
        ("Gửi kèm Danh sách 15 đơn vị, 20 xã tại Phụ lục.", []),
    ],
)
def test_the_rows_of_a_list(text, expected, read):
    reading = read(f"{text}\n{LATE}")
    made = check_row_counts(find_records(reading), reading)
    assert [(one.reported, one.computed, one.verdict.value) for one in made] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kết quả của 06 xã có phát sinh hồ sơ như sau:", [("6", "3", "differs")]),
        ("Kết quả cụ thể của 03 đơn vị như sau:", [("3", "3", "agrees")]),
        ("Đã phân tích 06 nguyên nhân; kết quả như sau:", []),
        ("Có 06 xã xếp loại Yếu. Kết quả như sau:", []),
        ("Kết quả của 06 xã có phát sinh hồ sơ như sau", []),
    ],
)
def test_the_rows_right_below(text, expected, read):
    reading = read(f"{text}\n{TOTALS.partition(chr(10))[2]}")
    made = check_row_counts(find_records(reading), reading)
    assert [(one.reported, one.computed, one.verdict.value) for one in made] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toàn huyện tiếp nhận 3.102 hồ sơ, đã giải quyết 2.860 hồ sơ.", [("3102", "3012", "differs")]),
        ("Toàn huyện tiếp nhận 3.012 hồ sơ, đã giải quyết 2.860 hồ sơ.", []),
        ("Toàn huyện tiếp nhận 3.102 hồ sơ, đã giải quyết 2.680 hồ sơ.", []),
        ("Toàn huyện giải quyết 2.860 hồ sơ; cùng kỳ năm trước tiếp nhận 3.102 hồ sơ.", []),
        ("Toàn huyện có 3.102 hộ nghèo; đã giải quyết 2.860 hồ sơ.", []),
    ],
)
def test_the_totals_of_a_table(text, expected, read):
    reading = read(f"{text}\n{TOTALS}")
    made = check_quoted(find_records(reading), reading)
    found = [(one.reported, one.computed, one.verdict.value) for one in made if one.verdict.value != "agrees"]
    assert found == expected
