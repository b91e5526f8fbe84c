"""Bands that a letter tells, and classes in running text and tables against them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from extract.checks.scores.bands import own_scales
from extract.checks.scores.classes import check_classes
from extract.checks.tables.table_classes import check_table_classes
from extract.components import find_records
from gazetteer.scoring_models import load_models

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_bands.json").read_text(encoding="utf8"))
NOTE = "Xếp loại: Tốt từ 80 điểm trở lên; Khá từ 65 đến dưới 80 điểm; Trung bình dưới 65 điểm."


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_bands_that_a_letter_tells(case, read):
    scales = own_scales(read(case["input"]))
    if case["scores"] is None:
        assert scales == ()
        return
    (scale,) = scales
    found = {score: band.name if (band := scale.band_of(Decimal(score))) else None for score in case["scores"]}
    assert found == case["scores"]


def test_a_scale_told_twice_is_one(read):
    assert len(own_scales(read(f"{NOTE}\n{NOTE}"))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{NOTE}\nUBND xã Tân Lập đạt 78,5 điểm, xếp loại Tốt.", [("Tốt", "Khá", "differs")]),
        (f"{NOTE}\nUBND xã Tân Lập đạt 78,5 điểm, xếp loại Khá.", [("Khá", "Khá", "agrees")]),
        ("UBND xã Tân Lập đạt 78,5 điểm, xếp loại Tốt.", []),
        (f"{NOTE}\nUBND xã Tân Lập đạt 178,5 điểm, xếp loại Tốt.", []),
        ("Bộ chỉ số 766/QĐ-TTg của tỉnh đạt 88,4 điểm, xếp loại Khá.", [("Khá", "Tốt", "differs")]),
        (
            "Kết quả theo Quyết định số 766/QĐ-TTg:\n- Sở Tư pháp: 86,3 điểm, xếp loại Tốt;\n"
            "- Sở Y tế: 79,3 điểm, xếp loại Tốt.",
            [("Tốt", "Tốt", "agrees"), ("Tốt", "Khá", "differs")],
        ),
        ("Sở Y tế thực hiện Quyết định số 767/QĐ-TTg đạt 79,3 điểm, xếp loại Tốt.", []),
    ],
)
def test_classes_in_running_text(text, expected, read):
    reading = read(text)
    made = check_classes(find_records(reading), reading, load_models([]))
    assert [(one.reported, one.computed, one.verdict.value) for one in made] == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (NOTE, [("Tốt", "Tốt"), ("Khá", "Khá"), ("Tốt", "Khá")]),
        ("Xếp loại theo quy định.", []),
        ("Tốt từ 40 điểm trở lên; Khá dưới 40 điểm.", []),
    ],
)
def test_a_table_goes_by_the_note_below_it(note, expected, read):
    reading = read(
        "Kết quả năm 2023:\nTT | Đơn vị | Tổng điểm | Xếp loại\n1 | Sở Tư pháp | 88,12 | Tốt\n"
        f"2 | Sở Y tế | 75,40 | Khá\n3 | Sở Xây dựng | 68,30 | Tốt\n{note}"
    )
    made = check_table_classes(find_records(reading), reading, load_models([]))
    assert [(one.reported, one.computed) for one in made] == expected
    assert all("ngưỡng nêu trong văn bản" in one.note for one in made)
