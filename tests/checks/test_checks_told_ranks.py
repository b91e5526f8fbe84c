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
