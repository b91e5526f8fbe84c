"""Repair of text read with `vie`: confidence as evidence, named rules, damage of other engines, what stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.records import LayerVerdict, Line, Page, Source, VerdictKind, Word
from extract.understand import sureness_of
from normalize.edits import Cause, Edit, apply_edits, revert
from normalize.repairer import Damage, load_repairer
from normalize.rules import month_edits, number_word_edits, symbol_edits
from normalize.trust import Sureness, trust_of

CASES = Path(__file__).parents[1] / "cases" / "normalize_ocr.json"
SURE = 0.97
"""What Tesseract states at most, and for most words."""


def cases(kind: str) -> list[ParameterSet]:
    rows = json.loads(CASES.read_text(encoding="utf8"))
    return [
        pytest.param(
            row["input"]["text"], row["input"]["damage"], row["input"].get("unsure"), row["expected"], id=row["label"]
        )
        for row in rows
        if row["kind"] == kind
    ]


def sureness(text: str, unsure: dict[str, float] | None) -> Sureness:
    """Every word sure but those named; nothing where the engine states no confidence."""
    if unsure is None:
        return ()
    return [(word.start(), word.end(), unsure.get(word.group(), SURE)) for word in re.finditer(r"\S+", text)]


@pytest.mark.parametrize(("text", "damage", "unsure", "expected"), cases("repair"))
def test_repair(text: str, damage: str, unsure: dict[str, float] | None, expected: str) -> None:
    repaired = load_repairer().repair(text, Damage(damage), sureness(text, unsure))
    assert repaired.text == expected
    assert revert(repaired) == text


@pytest.mark.parametrize(("text", "damage", "unsure", "expected"), cases("stay"))
def test_stay(text: str, damage: str, unsure: dict[str, float] | None, expected: str) -> None:
    repaired = load_repairer().repair(text, Damage(damage), sureness(text, unsure))
    assert repaired.text == expected
    assert repaired.edits == ()


@pytest.mark.parametrize(("text", "damage", "unsure", "expected"), cases("known_failure"))
@pytest.mark.xfail(reason="known failure", strict=True)
def test_known_failure(text: str, damage: str, unsure: dict[str, float] | None, expected: str) -> None:
    assert load_repairer().repair(text, Damage(damage), sureness(text, unsure)).text == expected


@pytest.mark.parametrize(("text", "damage", "unsure", "expected"), cases("repair"))
def test_repaired_text_is_left_alone(text: str, damage: str, unsure: dict[str, float] | None, expected: str) -> None:
    assert load_repairer().repair(expected, Damage(damage), sureness(expected, {})).text == expected


def test_a_word_is_changed_sooner_the_less_sure_it_was_read() -> None:
    text = "hàng hóa xuất khâu của tỉnh"
    start = text.index("khâu")
    chances = []
    for confidence in (0.97, 0.9, 0.6):
        found = load_repairer().repair(text, Damage.OCR, [(start, start + 4, confidence)])
        edited = [edit.probability for edit in found.edits if edit.start == start]
        doubted = [doubt.probability for doubt in found.doubts if doubt.start == start]
        chances.append(max([*edited, *doubted], default=0.0))
    assert chances == sorted(chances) and chances[0] < chances[-1]


def test_confidence_counts_for_text_an_engine_read_and_for_no_other() -> None:
    text = "cấp có thâm quyền"
    unsure = [(7, 11, 0.3)]
    for damage in (Damage.CLEAN, Damage.STRIPPED, Damage.GARBLED):
        repairer = load_repairer()
        assert repairer.repair(text, damage, unsure) == repairer.repair(text, damage)


def test_confidences_follow_text_that_is_composed() -> None:
    raw = "ta\u0323i so\u0302\u0301 9"
    composed = apply_edits(raw, ())
    assert trust_of(composed, [(0, 4, 0.5), (5, 9, 0.8)]).of(6, 7) == 0.8
    repaired = load_repairer().repair(raw, Damage.OCR, [(0, 4, 0.5), (5, 9, 0.8)])
    assert revert(repaired) == raw


def test_confidences_of_a_page_stand_where_its_words_do() -> None:
    rows = [[("Căn", 0.9), ("cứ", None)], [], [("thâm", 0.4), ("quyền;", 0.97)]]
    lines = tuple(
        Line(" ".join(text for text, _ in row), tuple(Word(text, None, sure) for text, sure in row)) for row in rows
    )
    page = Page(1, None, None, Source.OCR, LayerVerdict(VerdictKind.EMPTY), lines)
    raw = "\n".join(line.text for line in lines)
    found = [(raw[start:end], sure) for start, end, sure in sureness_of(page)]
    assert found == [("Căn", 0.9), ("thâm", 0.4), ("quyền;", 0.97)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8), st.floats(0, 1)), max_size=8), st.integers(0, 30))
def test_trust_is_the_lowest_of_what_is_touched(rows: list[tuple[int, int, float]], start: int) -> None:
    spans: list[tuple[int, int, float]] = []
    at = 0
    for gap, length, value in rows:
        spans.append((at + gap, at + gap + length, value))
        at += gap + length
    end = start + 4
    touched = [value for low, high, value in spans if low < end and high > start]
    assert trust_of(apply_edits("x" * (at + 40), ()), spans).of(start, end) == min(touched, default=None)


GLUED = """Quyết định số s6 sở sẽ 11 1452/UBND-KTTH s602/2017/TT-BTC QĐĐ-UBND 06/QP-TTg T'Tg D()NG th\\lc hi~n thâm
quyền sô điêu l6 4A I Š 98,45% 09/10/2023 x@y.vn tháng 70 năm 2022"""
PIECES = st.sampled_from(GLUED.split())


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(PIECES, st.floats(0, 1)), max_size=14))
def test_what_never_bends(rows: list[tuple[str, float]]) -> None:
    text = " ".join(word for word, _ in rows)
    spans, at = [], 0
    for word, value in rows:
        spans.append((at, at + len(word), value))
        at += len(word) + 1
    repaired = load_repairer().repair(text, Damage.OCR, spans)
    assert revert(repaired) == text
    assert repaired.text.count("\n") == text.count("\n")
    for edit in repaired.edits:
        if any(map(str.isdigit, edit.before)) and edit.cause not in (Cause.NUMBER, Cause.SYMBOL):
            assert any(map(str.isalpha, edit.before)) and edit.probability >= 0.9


@pytest.mark.parametrize("rule", [symbol_edits, month_edits, number_word_edits])
def test_rules_find_nothing_in_what_they_made(rule: Callable[[str], list[Edit]]) -> None:
    for row in json.loads(CASES.read_text(encoding="utf8")):
        text = row["input"]["text"]
        made = apply_edits(text, rule(text)).text
        assert rule(made) == []
