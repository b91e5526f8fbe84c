"""Classes against scores in tables."""

from decimal import Decimal

import pytest

from extract.checks.tables.table_classes import check_table_classes
from extract.records import Evidence, Records, Score, Table
from gazetteer.scoring_models import load_models

ROWS = (("1", "Huyện A", "84,20", "Tốt"), ("2", "Huyện B", "76,15", "Khá"), ("3", "Huyện C", "91", "Xuất sắc"))


def checked(rows, read, *, indicator="Bộ chỉ số 766", heads=("TT", "Đơn vị", "Điểm", "Xếp loại")):
    proof = tuple(tuple(Evidence(1, 1, None, cell, cell, 0, 0, "test.rule", None) for cell in row) for row in rows)
    score = Score(indicator, Decimal(80), org="tỉnh A")
    records = Records(scores=(score,), tables=(Table(None, heads, rows, proof),))
    made = check_table_classes(records, read("Phụ lục"), load_models([]))
    return [(one.reported, one.computed, one.verdict.value) for one in made]


def test_the_row_whose_class_is_not_that_of_its_score(read):
    made = checked((*ROWS, ("4", "Huyện D", "69,30", "Khá")), read)
    assert made[:3] == [(name, name, "agrees") for name in ("Tốt", "Khá", "Xuất sắc")]
    assert made[3:] == [("Khá", "Trung bình", "differs")]


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        (ROWS, {"indicator": "Chỉ số không có"}),
        (ROWS, {"heads": ("TT", "Đơn vị", "Tỷ lệ (%)", "Xếp loại")}),
        (ROWS[:2], {}),
        ((*ROWS[:2], ("3", "Huyện C", "66", "Khá"), ("4", "Huyện D", "62", "Khá")), {}),
        (tuple((*row[:3], f"Nhóm {row[0]}") for row in ROWS), {}),
    ],
    ids=["an index without bands", "shares", "two rows", "bands of its own", "no classes"],
)
def test_tables_that_do_not_show_the_bands_say_nothing(rows, options, read):
    assert checked(rows, read, **options) == []
