"""Right statements that look like wrong ones: nothing is told of them, but for the few cases that say what is."""

import json
from pathlib import Path

import pytest

from extract.checks import check
from extract.components import find_records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_quiet.json").read_text(encoding="utf8"))


def _text(case):
    table = case.get("table")
    lines = [" | ".join(row) for row in [table["columns"], *table["rows"]]] if table else []
    return "\n\n".join(part for part in (case.get("input"), "\n".join(lines)) if part)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_right_statements_are_left_alone(case, read):
    reading = read(_text(case))
    findings = check(find_records(reading), reading)
    wrong = [one for one in findings if one.verdict.is_wrong]
    assert [one.reported for one in wrong] == case.get("wrong", []), [one.note for one in wrong]
