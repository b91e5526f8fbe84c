"""Digits where no number can stand, and letters of items read as signs."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from normalize.edits import apply_edits
from normalize.not_numbers import item_letter_edits, not_number_edits

CASES = json.loads((Path(__file__).parents[1] / "cases" / "normalize_not_numbers.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES])
def test_not_numbers(case: dict[str, object]) -> None:
    text = str(case["input"])
    edits = not_number_edits(text)
    assert [[edit.before, edit.after] for edit in edits] == case["expected"]
    assert all(text[edit.start : edit.end] == edit.before for edit in edits)


def test_repaired_shares_are_not_repaired_again() -> None:
    for case in CASES:
        once = apply_edits(str(case["input"]), not_number_edits(str(case["input"]))).text
        assert not_number_edits(once) == []


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("a) Mot\nb) Hai\n¢) Ba\nd) Bon", "c"),
        ("¢) Ba\n", "c"),
        ("d) Bon\n€) Sau\n", "e"),
        ("a) Mot\nb) Hai\nc) Ba", ""),
        ("gia 5 ¢) va 6 €) la", ""),
    ],
)
def test_letters_of_items(text: str, letters: str) -> None:
    assert "".join(edit.after for edit in item_letter_edits(text)) == letters


@pytest.mark.parametrize("unit", ["ty 1", "Quy 1, ", "1.1.1.", "a) ", "86 aa "])
def test_long_text_takes_no_longer_than_its_length(unit: str) -> None:
    text = unit * 40_000
    start = time.perf_counter()
    not_number_edits(text)
    item_letter_edits(text)
    assert time.perf_counter() - start < 2
