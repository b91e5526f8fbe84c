"""Tables whose columns stand apart by blanks, whatever column of the page their cells begin in."""

from extract.layout.spaced import spaced_tables


def _rows(text):
    lines = text.strip("\n").split("\n")
    (table,) = spaced_tables(lines, [False] * len(lines))
    cells = [[" ".join(lines[line][low:high] for line, low, high in cell) for cell in row.cells] for row in table.rows]
    names = [" ".join(lines[line][low:high] for part in name for line, low, high in part) for name in table.names]
    return names, cells


def test_rows_of_as_many_cells_are_read_by_their_order():
    names, rows = _rows(
        "Tháng   Số vụ   Người chết   Bị thương\n"
        "Tháng 01   8   4   5\n"
        "Tháng 11   12   10   7\n"
        "Cộng   20   14   12\n"
        "Bình quân/tháng   10,0   7,0   6,0"
    )
    assert names == ["Tháng", "Số vụ", "Người chết", "Bị thương"]
    assert [row[:2] for row in rows] == [
        ["Tháng 01", "8"],
        ["Tháng 11", "12"],
        ["Cộng", "20"],
        ["Bình quân/tháng", "10,0"],
    ]


def test_where_a_cell_is_empty_the_place_of_the_others_tells_their_column():
    names, rows = _rows(
        "TT   Đơn vị       Số vụ   Bị thương\n"
        "1    Xã An           8           5\n"
        "2    Xã Bình                     7\n"
        "3    Xã Cẩm         12           4"
    )
    assert names == ["TT", "Đơn vị", "Số vụ", "Bị thương"]
    assert rows[1] == ["2", "Xã Bình", "", "7"]


def test_a_total_of_numbered_rows_has_no_number():
    _, rows = _rows(
        "STT   Khoản thu   Dự toán   Thực hiện\n"
        "1   Thuế ngoài quốc doanh và các khoản khác        8.000      5.460\n"
        "2   Lệ phí trước bạ                                2.000      2.848\n"
        "      Tổng cộng   10.000   8.308"
    )
    assert rows[-1] == ["", "Tổng cộng", "10.000", "8.308"]


def test_a_total_has_neither_number_nor_rank():
    _, rows = _rows(
        "STT  Đơn vị  Dự thi  Giải  Tỷ lệ  Xếp thứ\n"
        "1  Trường THPT chuyên Nguyễn Du  118  75  63,6%  1\n"
        "2  Trường THPT Ea Kar  64  38  59,4%  2\n"
        "3  Trường THPT Buôn Hồ  58  31  53,4%  3\n"
        "Tổng cộng  240  144  60,0%"
    )
    assert rows[-1] == ["", "Tổng cộng", "240", "144", "60,0%", ""]


def test_a_total_whose_shares_stand_elsewhere_is_not_told_by_order():
    lines = [
        "STT   Đơn vị       Dự thi   Giải   Tỷ lệ",
        "1     Trường A        118     75   63,6%",
        "2     Trường B         64     38   59,4%",
        "      Tổng cộng                    62,1%",
    ]
    (table,) = spaced_tables(lines, [False] * len(lines))
    assert [bool(cell) for cell in table.rows[-1].cells] == [False, True, False, False, True]
