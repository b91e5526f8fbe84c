import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components.form_numbers import restored
from extract.records import Records

FOLDER = Path(__file__).parents[1] / "cases"
NUMBERS = json.loads((FOLDER / "form_numbers.json").read_text(encoding="utf8"))
FORMS = json.loads((FOLDER / "forms.json").read_text(encoding="utf8"))
HEAD = "STT Chỉ tiêu thống kê Đơn vị tính Số liệu\n"
SECONDS = 5.0


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: case["label"])
def test_restores_numbers_by_their_neighbours(case: dict[str, Any]) -> None:
    assert restored(case["input"]) == case["expected"]


@given(st.integers(1, 9), st.integers(2, 9))
def test_numbers_read_right_stay(first: int, count: int) -> None:
    numbers = [str(first), *(f"{first}.{at}" for at in range(1, count)), str(first + 1)]
    assert restored(numbers) == numbers


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case["label"])
def test_reads_forms(case: dict[str, Any], records_of: Callable[[str], Records]) -> None:
    have = [[list(row) for row in table.rows] for table in records_of(HEAD + case["input"]).tables]
    assert have == case["expected"]


def test_a_long_form_takes_linear_time(records_of: Callable[[str], Records]) -> None:
    begin = time.perf_counter()
    rows = "".join(f"1.{at}. Số hồ sơ đã nhận (tính {at % 9}\n' 7 trong kỳ Hồ sơ {at}\n" for at in range(300))
    records_of(HEAD + rows + "' 7 " * 2000)
    assert time.perf_counter() - begin < SECONDS
