"""Places that text tells of the rows of a table."""

import pytest

from extract.checks.tables.told_ranks import check_told_ranks
from extract.components import find_records

TABLE = """PHỤ LỤC
TT | Đơn vị | Số hồ sơ | Tỷ lệ đúng hạn (%)
1 | Xã An Hòa | 412 | 98,2
2 | Xã Bình Lâm | 388 | 91,5
3 | Xã Cát Tường | 455 | 95,4
4 | Thị trấn Đông Khê | 610 | 93,0
5 | Xã Ea Tơ | 210 | 89,9
 | Cộng | 2.075 | 94,1"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Xã An Hòa dẫn đầu, xã Cát Tường đứng thứ ba, thị trấn Đông Khê đứng thứ ba và xã Ea Tơ đứng cuối.",
            [("3", "2")],
        ),
        ("Xã An Hòa dẫn đầu, xã Cát Tường đứng thứ hai, thị trấn Đông Khê đứng thứ ba và xã Ea Tơ đứng cuối.", []),
        ("Xã An Hòa dẫn đầu với 98,2%; xã Cát Tường đạt 95,4%, xếp thứ ba.", [("3", "2")]),
        ("Xã An Hòa dẫn đầu với 98,2%; xã Cát Tường đạt 95,4%, xếp thứ hai.", []),
        ("Xã An Hòa dẫn đầu, thứ hai là xã Cát Tường, thứ tư là thị trấn Đông Khê.", [("4", "3")]),
        ("Nhiều hồ sơ nhất là thị trấn Đông Khê, thứ hai là xã Cát Tường, thứ ba là xã An Hòa.", []),
        # of one place alone nothing says which column is meant
        ("Xã Bình Lâm xếp thứ ba.", []),
        ("Trong cụm số 2, xã An Hòa dẫn đầu với 98,2%; xã Cát Tường đạt 95,4%, xếp thứ ba.", []),
        ("Xã An Hòa dẫn đầu với 98,2%; tại lần kiểm tra thứ tư xã Cát Tường đạt 95,4%.", []),
        ("So với cùng kỳ, xã An Hòa dẫn đầu với 98,2%; xã Cát Tường đạt 95,4%, xếp thứ ba.", []),
    ],
)
def test_places_told_of_rows(text, expected, read):
    reading = read(f"{text}\n{TABLE}")
    made = list(check_told_ranks(find_records(reading), reading))
    assert [(one.reported, one.computed) for one in made] == expected
    assert all(one.evidence and one.note and one.verdict.is_wrong for one in made)


RANKED = """PHỤ LỤC
KẾT QUẢ CHẤM ĐIỂM NĂM 2023
TT | Đơn vị | Số giải | Điểm | Xếp hạng
1 | Xã An Hòa | 12 | 94,6 | 1
2 | Xã Bình Lâm | 18 | 92,8 | 2
3 | Xã Cát Tường | 9 | 91,5 | 3
4 | Thị trấn Đông Khê | 21 | 89,9 | 4
5 | Xã Ea Tơ | 7 | 84,2 | 5"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thị trấn Đông Khê đạt 89,9 điểm, xếp thứ 3/5 đơn vị, tăng 02 bậc so với năm 2022.", [("3", "4")]),
        ("Thị trấn Đông Khê đạt 89,9 điểm, xếp thứ 4/5 đơn vị, tăng 02 bậc so với năm 2022.", []),
        ("Thị trấn Đông Khê xếp thứ 3/5 đơn vị.", [("3", "4")]),
        ("Xã Bình Lâm đạt 92,8 điểm, đứng thứ ba.", [("3", "2")]),
        ("Xã Bình Lâm đứng thứ ba về số giải.", []),
        ("Đơn vị xếp thứ nhất là xã An Hòa (94,6 điểm), đơn vị xếp thứ năm là xã Ea Tơ.", []),
        ("Đơn vị xếp thứ nhất là xã An Hòa (94,6 điểm), đơn vị xếp thứ 4/5 là xã Ea Tơ.", [("4", "5")]),
        ("Thị trấn Đông Khê xếp thứ 3/21 đơn vị của tỉnh.", []),
        ("Năm 2022, thị trấn Đông Khê xếp thứ 3/5 đơn vị.", []),
        ("Tháng trước thị trấn Đông Khê xếp thứ 3/5 đơn vị.", []),
        ("Thị trấn Đông Khê từ vị trí thứ 5/5 vươn lên vị trí thứ 4/5.", []),
        ("Trong khối thị trấn, Đông Khê đạt 89,9 điểm, xếp thứ 3/5.", []),
    ],
)
def test_places_of_a_table_with_ranks(text, expected, read):
    reading = read(f"{text}\n{RANKED}")
    made = list(check_told_ranks(find_records(reading), reading))
    assert [(one.reported, one.computed) for one in made] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thị trấn Đông Khê đạt 93,0%, xếp thứ 4/5 đơn vị.", [("4", "3")]),
        ("Thị trấn Đông Khê đạt 93,0%, xếp thứ 3/5 đơn vị.", []),
        # of the number of files it is the first, of the last it is the fifth
        ("Thị trấn Đông Khê xếp thứ 1/5 đơn vị.", []),
        ("Thị trấn Đông Khê xếp thứ 4/5 đơn vị.", []),
    ],
)
def test_a_place_of_so_many_beside_its_figure(text, expected, read):
    reading = read(f"{text}\n{TABLE}")
    made = list(check_told_ranks(find_records(reading), reading))
    assert [(one.reported, one.computed) for one in made] == expected
