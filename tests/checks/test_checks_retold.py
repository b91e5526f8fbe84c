"""Figures told twice, a slip of the pen in one of them: demands, judgements, wholes of fractions, openings."""

import json
from pathlib import Path

import pytest

from extract.checks import check
from extract.components import find_records
from extract.records import CheckVerdict

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_retold.json").read_text(encoding="utf8"))
HEAD = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n\nHà Giang, ngày 5 tháng 7 năm 2024\n\nBÁO CÁO\nKết quả công tác\n\n"


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_what_is_told_twice(case, read):
    reading = read(HEAD + case["input"])
    findings = check(find_records(reading), reading)
    made = [[one.kind.value, one.reported, one.computed] for one in findings if one.verdict is CheckVerdict.DIFFERS]
    assert made == case["expected"], [one.note for one in findings]
