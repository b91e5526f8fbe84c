import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.records import Records

CASES = json.loads((Path(__file__).parents[1] / "cases" / "figures.json").read_text(encoding="utf8"))


def plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_finds_figures(case: dict[str, Any], records_of: Callable[[str], Records]) -> None:
    have = records_of(case["input"]).figures
    told = [
        {name: plain(getattr(record, name)) for name in expected}
        for record, expected in zip(have, case["expected"], strict=False)
    ]
    assert (len(have), told) == (len(case["expected"]), case["expected"]), have
    assert all(record.evidence and record.evidence[0].component.startswith("figures.") for record in have)
