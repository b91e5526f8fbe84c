"""Truths of real scans: typed lines and what completes them are joined, and readings are compared with them fairly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.places import SHARED
from benchmarks.reading.compared import compare_words, figures_right, figures_told, wrong_words
from benchmarks.reading.order import pages_to_order, what_is_wrong
from benchmarks.reading.truths import FOLDER, GAP, load_truths, parse, truth_words, typed_lines

CASES = Path(__file__).parent.parent / "cases"
LETTER = "\n".join(
    (
        "[page 1]",
        "[head left]",
        "SỞ Y TẾ",
        "Số: ⟦12⟧ /BC-SYT",
        "[head right]",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Hà Nội, ngày ⟦3⟧ tháng 5 năm 2020",
        "[mark]",
        "HỎA TỐC",
        "[body]",
        "Báo cáo kết quả công tác quý I",
        "gửi trước ngày 20/6/2020.",
        "[foot left]",
        "Nơi nhận:",
        "- Như trên;",
        "[foot right]",
        "GIÁM ĐỐC",
        "⟦ký⟧",
        "Trần Văn An",
    )
)
LEFT = ["SỞ Y TẾ", "Số: 12 /BC-SYT"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 3 tháng 5 năm 2020"]
BODY = ["Báo cáo kết quả công tác quý I", "gửi trước ngày 20/6/2020."]
TO = ["Nơi nhận:", "- Như trên;"]
FROM = ["GIÁM ĐỐC", "Trần Văn An"]


def cases(name: str) -> list[Any]:
    found: list[dict[str, Any]] = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case["input"], case["expected"], id=case["label"]) for case in found]


@pytest.mark.parametrize(("given_", "expected"), cases("reading_truths.json"))
def test_lines_of_the_typed_truth_stand_where_the_file_says(given_: dict[str, Any], expected: list[list[Any]]) -> None:
    truth = parse("x", "\n".join(given_["file"]), given_["typed"], given_.get("pages", 0))
    assert [[block.page, block.kind, block.side, block.text] for block in truth.blocks] == expected


@pytest.mark.parametrize(("given_", "expected"), cases("reading_truths_wrong.json"))
def test_a_file_that_does_not_fit_is_refused(given_: dict[str, Any], expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse("x", "\n".join(given_["file"]), given_["typed"])


@pytest.mark.parametrize("left_first", [True, False])
def test_columns_may_come_in_either_order(left_first: bool) -> None:
    head, foot = (LEFT + RIGHT, FROM + TO) if left_first else (RIGHT + LEFT, TO + FROM)
    found = compare_words("\n".join([*head, *BODY, *foot]), parse("x", LETTER, []))
    assert (found.wrong, found.wrong_any_order) == (0, 0)


def test_lines_of_both_columns_in_turn_are_wrong() -> None:
    mixed = [LEFT[0], RIGHT[0], LEFT[1], RIGHT[1], *BODY, *TO, *FROM]
    found = compare_words("\n".join(mixed), parse("x", LETTER, []))
    assert found.wrong > 0
    assert found.wrong_any_order == 0


def test_marks_may_be_read_or_not() -> None:
    lines = [*LEFT, *RIGHT, *BODY, *TO, *FROM]
    truth = parse("x", LETTER, [])
    assert compare_words("\n".join(["HOẢ TỐC", *lines]), truth).wrong == 0
    assert compare_words("\n".join(["TỐC ĐỘ", *lines]), truth).wrong == 2


def test_handwriting_is_any_word_or_none() -> None:
    want = truth_words("ngày ⟦3⟧ tháng 5")
    assert want == ["ngày", GAP, "tháng"]
    assert [wrong_words(have, want) for have in (["ngày", "tháng"], ["ngày", "z", "tháng"])] == [0, 0]
    assert wrong_words(["ngày", "z", "y", "tháng"], want) == 1
    assert wrong_words(["tháng"], want) == 1


def test_figures_by_hand_are_not_counted() -> None:
    told = "Số: ⟦12⟧ /BC-SYT, ngày ⟦3⟧ tháng 5 năm 2020, số 7/QĐ-TTg, 44 người"
    assert figures_told(told) == 3
    assert figures_right("Số 99 BC, ngày 8 tháng 5 năm 2020, số 1/QĐ-TTg, 44 người", told) == 2


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ([*LEFT, *RIGHT, *BODY, *TO, *FROM], None),
        ([*RIGHT, *LEFT, *BODY, *FROM, *TO], None),
        (["HỎA TỐC", *LEFT, *RIGHT, "%% ~ x", *BODY, *TO, *FROM], None),
        ([LEFT[0], RIGHT[0], LEFT[1], RIGHT[1], *BODY, *TO, *FROM], "head left in 2 parts"),
        ([*LEFT, *BODY, *RIGHT, *TO, *FROM], "body before head right"),
        ([*LEFT, *RIGHT, *TO, *FROM, *BODY], "foot right before body"),
        ([*LEFT, *RIGHT, *BODY, *TO], "foot right not found"),
        ([f"{LEFT[0]} {RIGHT[0]}", f"{LEFT[1]} {RIGHT[1]}", *BODY, *TO, *FROM], "two columns in one line"),
    ],
)
def test_blocks_out_of_order_are_named(lines: list[str], wrong: str | None) -> None:
    truth = parse("x", LETTER, [])
    assert pages_to_order(truth) == [1]
    found = what_is_wrong(lines, truth, 1)
    assert (found or "").startswith(wrong or "") and (found is None) == (wrong is None)


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from(["a", "b", GAP]), max_size=8))
def test_gaps_never_cost_and_never_pay_for_more_than_one_word(have: list[str], want: list[str]) -> None:
    wrong = wrong_words(have, want)
    assert wrong >= 0
    assert wrong <= wrong_words(have, [word for word in want if word != GAP])


def test_every_file_is_in_form_and_copies_no_typed_line() -> None:
    files = sorted(FOLDER.glob("*.txt"))
    assert len(files) >= 20
    for path in files:
        text = path.read_text(encoding="utf-8")
        if "\n@" not in text:
            assert parse(path.stem, text, []).blocks
            continue
        typed = {line.strip() for line in typed_lines(path.stem) if len(line.split()) > 6}
        assert not typed.intersection(text.split("\n"))


@pytest.mark.skipif(not (SHARED / "scans").is_dir(), reason="no real scans beside this checkout")
def test_truths_of_the_scans_at_hand_are_whole() -> None:
    truths = load_truths()
    assert {truth.scan for truth in truths} == {path.stem for path in FOLDER.glob("*.txt")}
    for truth in truths:
        assert pages_to_order(truth), truth.scan
        told = compare_words("\n".join(block.text for block in truth.blocks), truth)
        assert (told.wrong, told.wrong_any_order) == (0, 0), truth.scan
        for page in pages_to_order(truth):
            lines = [line for block in truth.blocks if block.page == page for line in block.text.split("\n")]
            assert what_is_wrong(lines, truth, page) is None, (truth.scan, page)
