"""Ranks in tables against the order of scores."""

import time
from itertools import count

import pytest

from extract.checks import check
from extract.checks.tables.table_ranks import check_table_ranks
from extract.components import find_records
from extract.records import Evidence, Rank, Records, Table

SCORES = ("91,25", "88,40", "89,15", "84,70", "86,05", "83,95")
HEADS = ("TT", "Đơn vị", "Điểm tối đa", "Điểm đạt", "Xếp hạng")


def table(scores, ranks, heads=HEADS):
    places = count(0, 9)
    rows = tuple(
        (str(at), f"Huyện {at}", "100", score, rank)
        for at, (score, rank) in enumerate(zip(scores, ranks, strict=True), 1)
    )
    proof = tuple(
        tuple(Evidence(1, 1, None, cell, cell, at := next(places), at + 8, "tables.lines", None) for cell in row)
        for row in rows
    )
    return Table(None, heads, rows, proof)


@pytest.mark.parametrize(
    ("scores", "ranks", "wrong"),
    [
        (SCORES, "132546", []),
        (SCORES, "132545", [("5", "6")]),
        (SCORES, "123546", [("2", "3")]),
        (("91,25", "88,40", "89,15", "84,70", "84,70", "83,95"), "132446", []),
        (("91,25", "88,40", "89,15", "84,70", "84,70", "83,95"), "132445", []),
        (SCORES, "654321", []),
        (SCORES, "162453", []),
        (SCORES[:5], "13254", []),
        (SCORES[:5], "13255", []),
    ],
    ids=[
        "all in order",
        "one rank",
        "two that changed places are one slip",
        "equal scores, the next place left out",
        "equal scores, no place left out",
        "of other scores",
        "of no score",
        "few rows in order",
        "too few rows to call one wrong",
    ],
)
def test_ranks(scores, ranks, wrong, read):
    made = list(check_table_ranks(Records(tables=(table(scores, ranks),)), read("Phụ lục")))
    assert [(one.reported, one.computed) for one in made if one.verdict == "differs"] == wrong


def test_ranks_that_no_head_names(read):
    heads = (*HEADS[:4], "Số phòng")
    assert not list(check_table_ranks(Records(tables=(table(SCORES, "132545", heads),)), read("Phụ lục")))


@pytest.mark.parametrize(("last", "wrong"), [("12", []), ("37", ["37"]), ("37/34", [])])
def test_a_rank_beyond_how_many_were_ranked(last, wrong, read):
    records = Records(tables=(table(SCORES, ["1", "3", "2", "5", "4", last]),), ranks=(Rank("hạng 16/34", 16, of=34),))
    made = [one for one in check_table_ranks(records, read("Phụ lục")) if one.kind == "rank_bound"]
    assert [one.reported for one in made if one.verdict == "differs"] == wrong


def test_one_finding_of_a_cell(read):
    rows = [("1", "A", "245", "218", "27", "11,0"), ("2", "B", "86", "94", "8", "9,3"), ("3", "C", "1.120", "1.246")]
    rows = [*rows[:2], (*rows[2], "126", "12,5"), ("4", "D", "1.875", "2.010", "135", "7,2")]
    places = count(0, 9)
    proof = tuple(
        tuple(Evidence(1, 1, None, cell, cell, at := next(places), at + 8, "tables.lines", None) for cell in row)
        for row in rows
    )
    heads = ("TT", "Chỉ tiêu", "Năm 2023", "Năm 2024", "Tăng, giảm", "Tỷ lệ tăng, giảm (%)")
    made = check(Records(tables=(Table(None, heads, tuple(rows), proof),)), read("Phụ lục"))
    assert [one.reported for one in made if one.verdict == "differs"] == ["12.5"]


def test_many_rows_take_no_time(read):
    scores = [f"{at % 97},{at % 10}" for at in range(200)]
    records = Records(tables=(table(scores, [str(at) for at in range(1, 201)]),))
    start = time.process_time()
    list(check_table_ranks(records, read("Phụ lục")))
    assert time.process_time() - start < 2


SUMMED = """PHỤ LỤC
Hạng | Đơn vị | Nhận thức | Hạ tầng | Dịch vụ | Tổng điểm
1 | Xã An Hòa | 17,5 | 21,5 | 30,2 | 69,2
2 | Xã Bình Lâm | 18,2 | 22,8 | 27,1 | 68,1
3 | Xã Cát Tường | 16,0 | 23,0 | 25,3 | {}
4 | Xã Đông Khê | 16,8 | 19,4 | 26,9 | 63,1
5 | Xã Ea Tơ | 15,1 | 18,6 | 24,5 | 58,2
6 | Xã Hòa Tiến | 13,2 | 16,9 | 19,6 | 49,7"""


@pytest.mark.parametrize("total", ["64,3", "68,3"])
def test_a_total_that_its_row_denies_is_no_wrong_rank(total, read):
    reading = read(SUMMED.format(total))
    made = check_table_ranks(find_records(reading), reading)
    assert not [one for one in made if one.verdict.is_wrong]
