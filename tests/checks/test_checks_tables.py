import json
from itertools import count
from pathlib import Path

import pytest

from extract.checks import check
from extract.checks.blame.suspects import blame
from extract.checks.tables.outlines import check_outlines
from extract.checks.tables.tables import check_tables
from extract.records import Evidence, Header, Records, Table

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_tables.json").read_text(encoding="utf8"))


def table(columns, rows, confidence=None):
    places = count(0, 2)
    proof = tuple(
        tuple(
            Evidence(1, row + 1, None, cell or "", cell or "", at := next(places), at + 1, "tables.cell", confidence)
            for cell in cells
        )
        for row, cells in enumerate(rows)
    )
    return Table(None, tuple(columns), tuple(tuple(row) for row in rows), proof)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_tables(case, read):
    records, reading = Records(tables=(table(**case["input"]),)), read("Phụ lục")
    made = list(blame([*check_tables(records, reading), *check_outlines(records, reading)], reading))
    found = {(one.kind.value, one.reported, one.computed, one.verdict.value) for one in made}
    expected = {tuple(one) for one in case["expected"]}
    wrong = {one for one in found if one[3] != "agrees"}
    assert expected <= found and wrong == {one for one in expected if one[3] != "agrees"}, [one.note for one in made]


def test_cells_that_are_no_figures_stop_a_sum(read):
    rows = [["1", "A", "1O0", "5"], ["2", "B", "200", "6"], ["3", "C", "300", "7"], ["", "Tổng", "600", "18"]]
    records = Records(tables=(table(["TT", "Đơn vị", "Nhận", "Trả"], rows),))
    assert [one.reported for one in check(records, read("x"))] == ["18"]


def test_a_doubtful_cell_can_be_misread(read):
    rows = [["1", "A", "17", "5"], ["2", "B", "20", "6"], ["", "Tổng", "31", "11"], ["", "", "", ""]]
    columns = ["TT", "Đơn vị", "Nhận", "Trả", "Thêm"]
    rows = [[*row, extra] for row, extra in zip(rows, ["1", "2", "3", ""], strict=True)]
    records = Records(tables=(table(columns, rows, confidence=0.4),))
    (one,) = [one for one in check(records, read("x")) if one.verdict != "agrees"]
    assert one.verdict == "misread" and "khớp nếu 17 đọc là 11" in one.note


@pytest.mark.parametrize(
    ("day", "cells", "expected"),
    [
        ("2024-05-10", ["12/63", "70/63", "8/63"], ["agrees", "differs", "agrees"]),
        ("2025-09-10", ["12/34", "70/34", "8/34"], ["agrees", "differs", "agrees"]),
        ("2025-09-10", ["12/63", "70/63", "8/63"], []),
        ("2024-05-10", ["12/63", "70/63", "8/10"], []),
        (None, ["12/63", "70/63", "8/63"], []),
    ],
)
def test_places_among_all_provinces_under_a_head_that_was_not_read(day, cells, expected, read):
    rows = [[str(index), f"Chỉ số {index}", "0,6", cell] for index, cell in enumerate(cells, 1)]
    records = Records(header=Header(date=day), tables=(table(["TT", "Chỉ số", "Điểm", "Xếp Bờ năm"], rows),))
    made = [one for one in check_tables(records, read("Phụ lục")) if one.kind == "rank_bound"]
    assert [one.verdict.value for one in made] == expected
