"""What sentences say of the distance between the best row of a table and the last."""

import pytest

from extract.checks.tables.spreads import check_spreads
from extract.components import find_records

TABLE = """PHỤ LỤC
TT | Đơn vị | Điểm | Tỷ lệ trực tuyến
1 | Xã An Hòa | 93,17 | 81,5%
2 | Xã An Tân | 88,40 | 77,2%
3 | Xã An Toàn | 84,15 | 64,9%
4 | Xã An Quang | 80,05 | 55,0%
5 | Xã An Vinh | 74,86 | 48,3%
 | Trung bình | 84,13 | 65,4%"""
TOLD = [
    "Khoảng cách giữa đơn vị cao nhất và đơn vị thấp nhất là {} điểm.",
    "Chênh lệch giữa xã đứng đầu và xã đứng cuối là {} điểm.",
    "Xã An Hòa dẫn đầu với 93,17 điểm, cao hơn đơn vị xếp cuối {} điểm.",
    "Đơn vị xếp cuối (xã An Vinh) kém đơn vị dẫn đầu {} điểm.",
    "Mức chênh giữa nơi cao nhất và nơi thấp nhất còn lớn ({} điểm).",
    "Đơn vị có điểm cao nhất hơn đơn vị có điểm thấp nhất tới {} điểm.",
    "Giữa xã cao điểm nhất và xã thấp điểm nhất chênh nhau {} điểm.",
    "Cách biệt giữa xã dẫn đầu và xã cuối bảng: {} điểm.",
    "So với đơn vị thấp nhất, đơn vị cao nhất hơn {} điểm.",
]
ELSE = [
    "Xã An Hòa cao nhất, hơn năm trước {} điểm.",
    "Đơn vị cao nhất đạt 93,17 điểm, đơn vị thấp nhất đạt {} điểm.",
    "Khoảng cách giữa đơn vị cao nhất và đơn vị thấp nhất là {} bậc.",
]


def told(text, read):
    reading = read(f"{text}\n{TABLE}")
    return [(one.reported, one.computed, one.verdict.value) for one in check_spreads(find_records(reading), reading)]


@pytest.mark.parametrize("text", TOLD)
def test_spreads(text, read):
    assert told(text.format("18,31"), read) == [("18.31", "18.31", "agrees")]
    assert told(text.format("19,31"), read) == [("19.31", "18.31", "differs")]
    assert told(text.format("24,06"), read) == []


@pytest.mark.parametrize("text", ELSE)
def test_other_figures(text, read):
    assert told(text.format("19,31"), read) == []


def test_a_column_of_shares(read):
    text = "Chênh lệch tỷ lệ giữa xã cao nhất và xã thấp nhất là {}%."
    assert told(text.format("33,2"), read) == [("33.2", "33.2", "agrees")]
    assert told(text.format("32,3"), read) == [("32.3", "33.2", "differs")]
    assert told(text.format("41,5"), read) == []
