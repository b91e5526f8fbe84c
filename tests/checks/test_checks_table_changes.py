from itertools import count

import pytest

from extract.checks import check
from extract.checks.tables.quoted import check_quoted
from extract.checks.tables.table_changes import check_table_changes
from extract.checks.tables.tables import check_tables
from extract.layout import lay_out
from extract.records import Evidence, LayerVerdict, Letter, Line, Page, Reading, Records, Source, Table, VerdictKind
from normalize.edits import Repaired

ROWS = [
    ["1", "Huyện Ba Tơ", "80,15", "82,40", "+2,25"],
    ["2", "Huyện Trà Bồng", "78,30", "77,10", "-1,20"],
    ["3", "Thị xã Đức Phổ", "84,02", "85,62", "+1,60"],
    ["4", "Huyện Mộ Đức", "81,00", "81,45", "+0,45"],
]
HEADS = ["TT", "Địa phương", "Năm 2022", "Năm 2023", "Tăng, giảm"]


def table(columns, rows):
    places = count(1000, 20)
    proof = tuple(
        tuple(
            Evidence(1, row + 1, None, cell or "", cell or "", at := next(places), at + 20, "tables.cell", None)
            for cell in cells
        )
        for row, cells in enumerate(rows)
    )
    return Table(None, tuple(columns), tuple(tuple(row) for row in rows), proof)


def with_cell(row, column, text):
    return [[text if (row, column) == (y, x) else cell for x, cell in enumerate(line)] for y, line in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (ROWS, []),
        (with_cell(2, 4, "+1,06"), [("difference", "1.06", "1.6")]),
        (with_cell(1, 3, "77,01"), [("difference", "-1.2", "-1.29")]),
        ([[*line[:4], change] for line, change in zip(ROWS, ["+1", "-2", "+3", "+4"], strict=True)], []),
        ([[*line[:4], change] for line, change in zip(ROWS, ["+3", "-2", "+2", "+4"], strict=True)], []),
    ],
    ids=["all fit", "a change", "a value", "no change fits", "places are no rates"],
)
def test_columns_of_changes(rows, wrong, read):
    made = list(check_table_changes(Records(tables=(table(HEADS, rows),)), read("Phụ lục")))
    assert [(one.kind, one.reported, one.computed) for one in made if one.verdict == "differs"] == wrong
    assert bool(made) is (rows[0][4] == "+2,25")


def test_changes_in_percent(read):
    rows = [
        ["A B", "200", "250", "25"],
        ["C D", "400", "300", "-25"],
        ["E G", "100", "120", "20"],
        ["H I", "50", "60", "30"],
    ]
    records = Records(tables=(table(["Đơn vị", "Năm trước", "Năm nay", "So sánh (%)"], rows),))
    made = list(check_table_changes(records, read("Phụ lục")))
    assert [(one.kind, one.reported, one.computed) for one in made if one.verdict == "differs"] == [
        ("rate_of_change", "30", "20")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dẫn đầu là thị xã Đức Phổ với 85,62 điểm.", ["agrees"]),
        ("Dẫn đầu là thị xã Đức Phổ với 85,26 điểm.", ["differs"]),
        ("Dẫn đầu là thị xã Đức Phổ với 90,00 điểm.", []),
        ("Thị xã Đức Phổ tăng 85,26 điểm.", []),
        ("Thị xã Đức Phổ cùng với các địa phương khác đạt mục tiêu 85,26 điểm.", []),
    ],
    ids=["as in the table", "digits changed places", "another figure", "a change", "a target"],
)
def test_text_that_repeats_a_row(text, expected, read):
    made = list(check_quoted(Records(tables=(table(HEADS, ROWS),)), read(text)))
    assert [one.verdict for one in made] == expected
    assert all("bảng ghi 85,62" in one.note for one in made)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Nội vụ có 120 thủ tục.", []),
        ("Sở Nội vụ có 2.310 thủ tục.", []),
        ("Sở Nội vụ tiếp nhận 2.310 hồ sơ.", ["differs"]),
        ("Sở Nội vụ tiếp nhận 2.130 hồ sơ.", ["agrees"]),
        ("Sở Nội vụ tiếp nhận 2.120 hồ sơ hợp lệ (chiếm 99,5%).", []),
        ("Sở Nội vụ tiếp nhận 2.120 hồ sơ hợp lệ, 10 hồ sơ không hợp lệ.", []),
    ],
    ids=["few of something else", "many of something else", "many of the same", "the same", "a share", "a part"],
)
def test_counts_that_repeat_a_row(text, expected, read):
    rows = [["Sở Nội vụ", "2.130", "150"], ["Sở Y tế", "980", "420"]]
    columns = ["Đơn vị", "Số hồ sơ tiếp nhận", "Trước hạn"]
    made = list(check_quoted(Records(tables=(table(columns, rows),)), read(text)))
    assert [one.verdict for one in made] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Nội vụ còn 58 hồ sơ, Sở Y tế 42 hồ sơ, Sở Tư pháp 17 hồ sơ.", ["58"]),
        ("Sở Nội vụ còn 38 hồ sơ, Sở Y tế 42 hồ sơ, Sở Tư pháp 17 hồ sơ.", []),
        ("Sở Nội vụ còn 58 hồ sơ, Sở Y tế 42 hồ sơ, Sở Tư pháp 19 hồ sơ.", []),
        ("Sở Nội vụ cử 58 người, Sở Y tế 42 hồ sơ, Sở Tư pháp 17 hồ sơ.", []),
        ("Sở Nội vụ còn 96 hồ sơ, Sở Y tế 42 hồ sơ, Sở Tư pháp 17 hồ sơ.", []),
    ],
    ids=["one of three of a column", "all of them", "one alone of it", "another unit", "no slip"],
)
def test_figures_of_several_rows_in_one_sentence(text, expected, read):
    rows = [["Sở Nội vụ", "130", "38"], ["Sở Y tế", "420", "42"], ["Sở Tư pháp", "215", "17"]]
    made = check_quoted(Records(tables=(table(["Đơn vị", "Tiếp nhận", "Còn lại"], rows),)), read(text))
    assert [one.reported for one in made if one.verdict == "differs"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tỷ lệ giải quyết án kinh doanh, thương mại mới đạt 76,08%.", ["76.08"]),
        ("Tỷ lệ giải quyết án kinh doanh, thương mại mới đạt 78,06%.", []),
        ("Án kinh doanh, thương mại chỉ đạt 88,07%.", []),
        ("Năm 2021, tỷ lệ giải quyết án kinh doanh, thương mại là 76,08%.", []),
        ("Tổng số đã giải quyết đạt 91,2% kế hoạch thụ lý; thụ lý 1.284,5 điểm.", []),
    ],
    ids=["digits that changed places apart", "the cell", "no slip", "a year before", "a share against a plan"],
)
def test_shares_that_repeat_a_row(text, expected, read):
    rows = [["Dân sự", "1.926", "85,05"], ["Kinh doanh, thương mại", "238", "78,06"], ["Hành chính", "156", "66,67"]]
    columns = ["Loại án năm 2022", "Thụ lý", "Tỷ lệ (%)"]
    made = check_quoted(Records(tables=(table(columns, rows),)), read(text))
    assert [one.reported for one in made if one.verdict == "differs"] == expected


FIELDS = [
    ["1", "Chứng thực", "4.217", "3.904", "12"],
    ["2", "Hộ tịch", "1.368", "1.250", "30"],
    ["3", "UBND huyện Ba Tơ", "862", "741", "27"],
    ["4", "UBND thị xã Đức Phổ", "725", "690", "18"],
    ["", "Tổng cộng", "7.172", "6.585", "87"],
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hồ sơ tập trung ở các lĩnh vực chứng thực (4.271 hồ sơ), hộ tịch (1.368 hồ sơ).", ["4271"]),
        ("Tiếp nhận 7.172 hồ sơ, đã giải quyết 6.855 hồ sơ, quá hạn 78 hồ sơ.", ["6855"]),
        ("Tổng số hồ sơ tiếp nhận là 7.127 hồ sơ.", ["7127"]),
        ("Huyện Ba Tơ còn để quá hạn 72 hồ sơ.", ["72"]),
        ("Một số địa phương có hồ sơ quá hạn nhiều: Ba Tơ 72 hồ sơ, Đức Phổ 18 hồ sơ.", ["72"]),
        ("Còn 72 hồ sơ quá hạn tại UBND huyện Ba Tơ.", ["72"]),
        ("Thị xã Ba Tơ còn để quá hạn 72 hồ sơ.", []),
        ("Huyện Ba Tơ đã giải quyết 72 hồ sơ.", []),
        ("Huyện Ba Tơ phấn đấu quá hạn không quá 72 hồ sơ.", []),
        ("Huyện Ba Tơ tiếp nhận 826 đơn khiếu nại.", []),
        ("Năm nay tiếp nhận 7.127 hồ sơ.", []),
    ],
    ids=[
        "a name before a bracket", "a total by its head", "a total of all", "a row and a head", "a head before names",
        "a name behind", "another kind of unit", "another head", "a bound", "another thing", "nothing leads to a total",
    ],
)  # fmt: skip
def test_text_against_rows_and_totals(text, expected, read):
    columns = ["TT", "Lĩnh vực, đơn vị", "Tiếp nhận", "Đã giải quyết", "Hồ sơ quá hạn"]
    made = check_quoted(Records(tables=(table(columns, FIELDS),)), read(text))
    assert [one.reported for one in made if one.verdict == "differs"] == expected


def test_text_that_tells_a_cell_rightly(read):
    rows = [["1", "A B", "1.120"], ["2", "C D", "2.345"], ["3", "E G", "3.210"], ["", "Tổng cộng", "6.765"]]
    text = "Toàn tỉnh tiếp nhận 6.675 hồ sơ, giải quyết 6.100 hồ sơ."
    rows = [[*line, extra] for line, extra in zip(rows, ["1.100", "2.000", "3.000", "6.100"], strict=True)]
    columns = ["TT", "Đơn vị", "Tiếp nhận hồ sơ", "Giải quyết"]
    made = check(Records(tables=(table(columns, rows),)), read(text))
    assert [(one.kind, one.reported) for one in made if one.verdict == "differs"] == [("column_sum", "6765")]


def scanned():
    page = Page(1, None, None, Source.OCR, LayerVerdict(VerdictKind.CLEAN), (Line("Phụ lục"),))
    letter = Letter("x.pdf", "0" * 64, "application/pdf", (page,))
    repaired = Repaired(letter.raw, letter.raw)
    return Reading(letter, repaired, lay_out(letter, repaired))


@pytest.mark.parametrize(("cell", "wrong"), [("8", []), ("83,62", [("difference", "1.6", "0.4")])])
def test_pieces_of_figures_on_a_scanned_page(cell, wrong):
    """What is left of a figure of a column of long ones is not held against the change beside it."""
    made = list(check_table_changes(Records(tables=(table(HEADS, with_cell(2, 3, cell)),)), scanned()))
    assert [(one.kind, one.reported, one.computed) for one in made if one.verdict.is_wrong] == wrong
    assert len(made) == len(ROWS) - 1 + len(wrong)


@pytest.mark.parametrize(("is_scan", "wrong"), [(True, []), (False, ["32.4", "79.4"])])
def test_a_misread_cell_that_two_shares_deny(is_scan, wrong, read):
    rows = [
        ["1", "Thu thuế", "310,0", "148,6", "142,9", "47,9", "104,0"],
        ["2", "Thu phí", "95,0", "52,3", "48,7", "55,1", "107,4"],
        ["3", "Thu tiền đất", "1.500,0", "406,2", "612,7", "32,4", "79,4"],
        ["4", "Lệ phí", "160,0", "118,9", "84,3", "74,3", "141,0"],
        ["5", "Thu khác", "180,0", "112,6", "98,9", "62,6", "113,9"],
    ]
    heads = ["STT", "Khoản thu", "Dự toán", "Thực hiện", "Cùng kỳ", "TH/DT (%)", "So với cùng kỳ (%)"]
    made = check(Records(tables=(table(heads, rows),)), scanned() if is_scan else read("Phụ lục"))
    assert sorted(one.reported for one in made if one.verdict.is_wrong) == wrong


def test_decimal_marks_lost_on_a_scanned_page():
    reading = scanned()
    rows = [
        ["1", "A B", "7,02", "3,10"],
        ["2", "C D", "650", "2,05"],
        ["3", "E G", "8,00", "1,00"],
        ["", "Tổng", "21,52", "6,15"],
    ]
    made = list(check_tables(Records(tables=(table(["TT", "Đơn vị", "Thu", "Chi"], rows),)), reading))
    assert [(one.reported, one.verdict) for one in made] == [("21.52", "agrees"), ("6.15", "agrees")]
    assert "650 đọc là 6,5" in made[0].note


@pytest.mark.parametrize(("told", "wrong"), [("Tăng 09 bậc", []), ("Tăng 11 bậc", [("difference", "11", "9")])])
def test_places_that_words_tell(told, wrong, read):
    rows = [
        ["1", "Nhận thức số", "12", "18", "Giảm 06 bậc"],
        ["2", "Thể chế số", "31", "25", "Tăng 06 bậc"],
        ["3", "Nhân lực số", "27", "30", "Giảm 03 bậc"],
        ["4", "Chính quyền số", "33", "24", told],
    ]
    heads = ["TT", "Chỉ số", "Hạng năm 2022", "Hạng năm 2023", "Thay đổi"]
    made = list(check_table_changes(Records(tables=(table(heads, rows),)), read("Phụ lục")))
    assert [(one.kind, one.reported, one.computed) for one in made if one.verdict == "differs"] == wrong
    assert len(made) == len(rows)


@pytest.mark.parametrize(("told", "wrong"), [("-14,04", []), ("-14,40", ["-14.4"]), ("-13,14", [])])
def test_rates_of_counts_that_are_not_rounded(told, wrong, read):
    """A slip in one rate is told, though counts that were rounded could make it; another is not."""
    rows = [
        ["A B", "412", "386", "-6,31"],
        ["C D", "128", "145", "+13,28"],
        ["E G", "236", "261", "+10,59"],
        ["H I", "57", "49", told],
    ]
    made = check_table_changes(Records(tables=(table(["Loại", "2022", "2023", "Tỷ lệ tăng"], rows),)), read("Phụ lục"))
    assert [one.reported for one in made if one.verdict == "differs"] == wrong
