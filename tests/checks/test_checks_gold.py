"""The checks on the example letters, where they lie beside the repository."""

from pathlib import Path

import pytest

from extract.checks import check
from extract.components import find_records

GOLD = Path(__file__).parents[3] / "shared" / "gold"
WRONG = {"000": {"Trung bình khá", "19.5"}, "003": set(), "004": set()}


@pytest.mark.parametrize("key", sorted(WRONG))
def test_discrepancies_of_the_examples(key, read):
    path = GOLD / f"{key}.restored.txt"
    if not path.exists():
        pytest.skip("no example letters beside the repository")
    reading = read(path.read_text(encoding="utf8"))
    findings = check(find_records(reading), reading)
    assert {one.reported for one in findings if one.verdict in ("differs", "misread")} == WRONG[key]
    assert sum(one.verdict == "agrees" for one in findings) >= 15
