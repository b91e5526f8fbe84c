import json
from pathlib import Path

import pytest

from extract.checks import check
from extract.components import find_records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_days.json").read_text(encoding="utf8"))
HEAD = """ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN LÂM HÀ            Độc lập - Tự do - Hạnh phúc

Số: 152/UBND-NV            Lâm Hà, ngày 25 tháng 9 năm 2024

"""


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_days_of_a_letter(case, read):
    reading = read(f"{HEAD}{case['kind']}\n\n{case['input']}\n")
    findings = check(find_records(reading), reading)
    wrong = [one for one in findings if one.verdict.is_wrong]
    assert sorted(one.reported for one in wrong) == sorted(case["expected"]), [one.note for one in wrong]
    assert all(one.note and one.evidence and one.statement for one in wrong)
