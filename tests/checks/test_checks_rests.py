"""What is left of a whole once a part of it is taken away."""

import json
from pathlib import Path

import pytest

from extract.checks import check
from extract.records import Records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_rests.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_rests(case, read):
    findings = check(Records(), read(case["input"]))
    made = [[one.kind.value, one.reported, one.computed, one.verdict.value] for one in findings]
    assert sorted(map(str, made)) == sorted(map(str, case["expected"])), [one.note for one in findings]
