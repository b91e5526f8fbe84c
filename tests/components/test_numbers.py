import json
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.components.numbers import find_numbers, read_cell, read_number, scale_of

CASES = json.loads((Path(__file__).parents[1] / "cases" / "numbers.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_reads_printed_numbers(case: dict[str, str]) -> None:
    expected = None if case["expected"] is None else Decimal(case["expected"])
    assert read_number(case["input"]) == expected


@given(st.integers(min_value=0, max_value=10**15))
def test_grouped_whole_numbers_read_back(value: int) -> None:
    assert read_number(f"{value:,}".replace(",", ".")) == value


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=6))
def test_decimals_read_back(value: int, decimals: int) -> None:
    whole, fraction = divmod(value, 10**decimals)
    printed = f"{whole:,}".replace(",", ".") + f",{fraction:0{decimals}d}"
    assert read_number(printed) == Decimal(value).scaleb(-decimals)


@given(st.text(alphabet="0123456789., l%", max_size=40))
def test_found_numbers_are_the_text_they_point_at(text: str) -> None:
    for number in find_numbers(text):
        assert text[number.start : number.end] == number.text
        assert number.value is None or number.value == read_number(number.text)


def test_finds_numbers_with_their_place() -> None:
    text = "đạt 1.204,5 tấn, T1 và 31,41%, 12..5"
    assert [(number.text, number.value) for number in find_numbers(text)] == [
        ("1.204,5", Decimal("1204.5")),
        ("31,41", Decimal("31.41")),
        ("12..5", None),
    ]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("5,5%", "5.5"), ("-1,2", "-1.2"), ("02", "2"), ("Thủ tục", None), ("", None), (None, None), ("12 %", "12")],
)
def test_reads_cells(cell: str | None, expected: str | None) -> None:
    assert read_cell(cell) == (None if expected is None else Decimal(expected))


def test_scale_words() -> None:
    assert scale_of("Triệu") == 1_000_000
    assert scale_of("hồ") is None


@pytest.mark.parametrize("hostile", ["1." * 200_000, "9" * 400_000, "1,1." * 100_000])
def test_hostile_digits_take_linear_time(hostile: str) -> None:
    start = time.process_time()
    assert all(number.value is None or len(number.text) <= 24 for number in find_numbers(hostile))
    assert time.process_time() - start < 4


def test_both_sides_of_a_misread_comma_abstain() -> None:
    assert [number.value for number in find_numbers("đạt 81;4/100 điểm; 12 sở")] == [
        None,
        None,
        Decimal(100),
        Decimal(12),
    ]
