"""Shares of running text."""

import json
from pathlib import Path

import pytest

from extract.checks import check
from extract.records import Records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_shares.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_shares(case, read):
    findings = check(Records(), read(case["input"]))
    made = [[one.kind.value, one.reported, one.computed, one.verdict.value] for one in findings]
    assert sorted(made) == sorted(case["expected"]), [one.note for one in findings]
    assert all(one.note and one.evidence and one.statement for one in findings)
