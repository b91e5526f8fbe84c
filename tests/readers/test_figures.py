"""Numbers as they are printed, and as engines misread them."""

from __future__ import annotations

import pytest

from extract.readers.figures import digits_of, is_grouped, is_mixed


@pytest.mark.parametrize(
    ("text", "told"),
    [("98.354", True), ("1.234.567;", True), ("(8.400)", True), ("98354", False), ("0.123", False), ("98.35", False)],
)
def test_numbers_in_groups_of_three(text: str, told: bool) -> None:
    assert is_grouped(text) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [("l3", True), ("Z023", True), ("2O24.", True), ("2024", False), ("Ilo", False), ("2a", False), ("", False)],
)
def test_digits_read_as_letters(text: str, told: bool) -> None:
    assert is_mixed(text) is told


def test_digits_of_a_symbol() -> None:
    assert digits_of("766/QĐ-TTg, 2018") == "7662018"
