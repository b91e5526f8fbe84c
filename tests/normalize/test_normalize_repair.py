"""Repair: sentences as engines left them, text that must not change, and what never bends."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from normalize.edits import Cause
from normalize.repairer import Damage, load_repairer
from normalize.rules import foreign_spans, month_edits, symbol_edits

CASES = Path(__file__).parents[1] / "cases"
SHARED = Path(__file__).parents[3] / "shared"


def cases(name: str) -> list[pytest.param]:
    rows = json.loads((CASES / f"normalize_{name}.json").read_text(encoding="utf8"))
    return [
        pytest.param(row["input"]["text"], row["input"]["damage"], row["expected"], id=row["label"]) for row in rows
    ]


@pytest.mark.parametrize(("text", "damage", "expected"), cases("in_the_wild"))
def test_in_the_wild(text: str, damage: str, expected: str) -> None:
    assert load_repairer().repair(text, Damage(damage)).text == expected


@pytest.mark.parametrize(("text", "damage", "expected"), cases("negative"))
def test_negative(text: str, damage: str, expected: str) -> None:
    repaired = load_repairer().repair(text, Damage(damage))
    assert repaired.text == expected
    assert repaired.edits == ()


@pytest.mark.parametrize(("text", "damage", "expected"), cases("known_failures"))
@pytest.mark.xfail(reason="known failure", strict=True)
def test_known_failures(text: str, damage: str, expected: str) -> None:
    assert load_repairer().repair(text, Damage(damage)).text == expected


@pytest.mark.parametrize(("text", "damage", "expected"), cases("in_the_wild"))
def test_repaired_text_is_left_alone(text: str, damage: str, expected: str) -> None:
    again = load_repairer().repair(expected, Damage(damage))
    assert again.text == expected


def test_what_is_unlikely_is_marked_and_left() -> None:
    repaired = load_repairer().repair("Ong Nguyén Van xqzt bao cdo", Damage.GARBLED)
    assert "xqzt" in repaired.text
    assert all(edit.before != "xqzt" for edit in repaired.edits)


def test_every_digit_change_names_its_rule() -> None:
    (edit,) = month_edits("ngày 22 tháng 70 năm 2024, xem 14/10/2024")
    assert (edit.before, edit.after, edit.cause) == ("70", "10", Cause.NUMBER)
    assert month_edits("ngày 22 tháng 70 năm 2024, xem 14/10/2019") == []
    assert month_edits("ngày 22 tháng 12 năm 2024, xem 14/10/2024") == []
    assert [edit.after for edit in symbol_edits("06/0b-VP 12/CĐ-TTg 3/HD-BNV 02/11/2023")] == ["QĐ"]


def test_capitals_are_kept() -> None:
    repaired = load_repairer().repair("BAO CAO\nKét qua thuc hién Nghi quyét", Damage.GARBLED)
    assert repaired.text == "BÁO CÁO\nKết quả thực hiện Nghị quyết"


def test_a_long_stretch_without_blanks_costs_little() -> None:
    started = time.process_time()
    load_repairer().repair("a1&" * 20_000 + "\n" + "é" * 20_000 + "\n" + "-/" * 20_000, Damage.GARBLED)
    assert time.process_time() - started < 5


def test_the_model_is_small_and_fingerprinted() -> None:
    folder = Path(__file__).parents[2] / "normalize" / "data"
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 30_000_000
    assert re.fullmatch("[0-9a-f]{64}", load_repairer().fingerprint)


@pytest.mark.skipif(not (SHARED / "letters").is_dir(), reason="the sample letters are not beside the repository")
@pytest.mark.parametrize("key", ["000", "003"])
def test_sample_letters(key: str) -> None:
    raw = (SHARED / "letters" / f"{key}.txt").read_text(encoding="utf8")
    want = (SHARED / "gold" / f"{key}.restored.txt").read_text(encoding="utf8").split("\n")
    have = load_repairer().repair(raw, Damage.GARBLED).text.split("\n")
    assert len(have) == len(raw.split("\n"))
    wrong = sum(Levenshtein.distance(words(mine), words(theirs)) for mine, theirs in zip(have, want, strict=False))
    assert wrong < 0.025 * sum(len(words(line)) for line in want)


def words(line: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", line.lower())


def test_a_line_with_torn_marks_is_no_other_language() -> None:
    assert foreign_spans("Pho`ng To^’ chu’c ca’n bo^ ba’o ca’o ke^’t qua’ thu’c hie^n nhie^m vu na’m") == []
    english = "Please find attached the signed agreement between both parties regarding technical support"
    assert foreign_spans(f"Kính gửi\n{english}") == [(9, 9 + len(english))]
