"""Totals, numbers and rates, products written out, and means."""

import json
from pathlib import Path

import pytest

from extract.checks.figures.quantities import quantities_of
from extract.checks.shares.products import check_products
from extract.checks.tables.means import check_means
from extract.checks.tables.named_means import check_named_means
from extract.checks.tables.shares_of_totals import check_shares_of_totals
from extract.components import find_records
from extract.records import Records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_averages.json").read_text(encoding="utf8"))
TABLE = """PHỤ LỤC
TT | Môn thi | Năm 2023 | Năm 2024
1 | Toán | 6,25 | 6,42
2 | Ngữ văn | 6,85 | 7,15
3 | Lịch sử | 6,10 | 6,65
4 | Địa lí | 6,20 | 7,10"""


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_averages(case, read):
    reading = read(case["input"])
    made = [*check_products(reading), *check_means(Records(), reading)]
    assert [[one.reported, one.computed, one.verdict.value] for one in made] == case["expected"]
    assert all(one.note and one.evidence and one.statement for one in made)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điểm trung bình chung của 04 môn thi năm 2024 là 6,83 điểm.", [("6.83", "6.83", "agrees")]),
        ("Điểm trung bình chung của 04 môn thi năm 2024 là 8,63 điểm.", [("8.63", "6.83", "differs")]),
        ("Điểm trung bình chung của 04 môn thi năm 2023 là 6,35 điểm.", [("6.35", "6.35", "agrees")]),
        ("Điểm trung bình chung của 04 môn thi năm 2022 là 6,38 điểm.", []),
        ("Điểm trung bình chung của 05 môn thi năm 2024 là 6,38 điểm.", []),
    ],
)
def test_the_mean_of_a_column(text, expected, read):
    reading = read(f"{text}\n{TABLE}")
    made = check_means(find_records(reading), reading)
    assert [(one.reported, one.computed, one.verdict.value) for one in made] == expected


STAFF = """PHỤ LỤC
TT | Lĩnh vực | Được giao | Có mặt
1 | Giáo dục | 1.200 | 1.104
2 | Y tế | 214 | 198
3 | Văn hóa | 41 | 38
 | Tổng cộng | 1.455 | 1.340"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Viên chức giáo dục là 1.104 người, chiếm 82,4% tổng số viên chức có mặt của huyện.", [("82.4", "agrees")]),
        ("Viên chức giáo dục là 1.104 người, chiếm 84,2% tổng số viên chức có mặt của huyện.", [("84.2", "differs")]),
        ("Viên chức giáo dục là 1.104 người, chiếm 84,2% tổng số viên chức của tỉnh.", []),
        ("Viên chức giáo dục là 1.104 người, chiếm 31% tổng số viên chức có mặt của tỉnh.", []),
    ],
)
def test_a_share_of_a_total(text, expected, read):
    reading = read(f"{text}\n{STAFF}")
    made = check_shares_of_totals(find_records(reading), reading, quantities_of(reading))
    assert [(one.reported, one.verdict.value) for one in made] == expected


SCORES = """PHỤ LỤC
CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2023
STT | Đơn vị | Điểm thẩm định | Điểm điều tra XHH | Tổng điểm
1 | Sở Nội vụ | 64,20 | 27,03 | 91,23
2 | Sở Tài chính | 63,85 | 26,91 | 90,76
3 | Sở Tư pháp | 61,15 | 25,88 | 87,03
4 | Sở Công Thương | 58,20 | 24,15 | 82,35
5 | Sở Y tế | 56,90 | 22,85 | 79,75
Trung bình | | 60,86 | 25,36 | 86,22"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Điểm thẩm định trung bình đạt 60,86/70 điểm; điểm điều tra xã hội học trung bình đạt 25,36 điểm.", []),
        (
            "Điểm thẩm định trung bình đạt 60,68/70 điểm; điểm điều tra xã hội học trung bình đạt 25,36 điểm.",
            [("60.68", "60.86")],
        ),
        ("Điểm điều tra xã hội học bình quân của 05 sở là 25,63 điểm.", [("25.63", "25.36")]),
        ("Có 05 sở được chấm; điểm điều tra xã hội học trung bình đạt 21,63 điểm.", []),
        ("Có 05 sở được chấm; điểm điều tra xã hội học trung bình đạt 25,63 điểm.", [("25.63", "25.36")]),
        ("Điểm điều tra xã hội học trung bình đạt 25,63 điểm.", []),
        ("Có 05 sở được chấm; điểm phục vụ trung bình đạt 25,63 điểm.", []),
        ("Có 05 sở; điểm điều tra xã hội học trung bình của các huyện đạt 25,63 điểm.", []),
        ("Có 05 sở; điểm điều tra xã hội học trung bình năm 2022 đạt 25,63 điểm.", []),
        ("Có 05 sở; mục tiêu là điểm điều tra xã hội học trung bình đạt 25,63 điểm.", []),
        ("Có 05 sở; so với điểm điều tra xã hội học trung bình 25,63 điểm của cả nước thì thấp hơn.", []),
        ("Có 05 sở; điểm điều tra xã hội học của Sở Tư pháp đạt 25,88 điểm.", []),
    ],
)
def test_the_mean_of_a_column_that_words_name(text, expected, read):
    reading = read(f"{text}\n{SCORES}")
    made = check_named_means(find_records(reading), reading)
    assert [(one.reported, one.computed) for one in made if one.verdict.is_wrong] == expected
