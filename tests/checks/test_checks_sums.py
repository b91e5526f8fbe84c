import json
from pathlib import Path

import pytest

from extract.checks import check
from extract.records import CheckVerdict, Records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_sums.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_wholes_and_their_parts(case, read):
    sums = [one for one in check(Records(), read(case["input"])) if one.kind == "sum"]
    assert [[one.reported, one.computed, one.verdict == CheckVerdict.AGREES] for one in sums] == case["expected"]
