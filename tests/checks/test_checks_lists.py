"""Counts against lists of whatever is named, and scores against the order that they are told in."""

import json
from pathlib import Path

import pytest

from extract.checks import check
from extract.records import Records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_lists.json").read_text(encoding="utf8"))
HEAD = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n\nHà Giang, ngày 5 tháng 7 năm 2024\n\nBÁO CÁO\nKết quả công tác\n\n"
COUNTED = [case for case in CASES if "right" in case]
OTHERS = [case for case in CASES if "right" not in case]


def _told(text, read):
    found = check(Records(), read(HEAD + text))
    return [[one.kind.value, one.reported, one.computed] for one in found if one.verdict.is_wrong]


@pytest.mark.parametrize("case", COUNTED, ids=[case["label"] for case in COUNTED])
def test_a_figure_against_its_list(case, read):
    assert _told(case["input"].format(case["right"]), read) == []
    assert _told(case["input"].format(case["wrong"]), read) == [
        [case.get("kind", "count_of_list"), case["told"], case["named"]]
    ]


@pytest.mark.parametrize("case", OTHERS, ids=[case["label"] for case in OTHERS])
def test_what_is_no_count_of_the_list(case, read):
    assert _told(case["input"], read) == []
