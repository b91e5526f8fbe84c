"""Marks of figures that cannot be what they were read as."""

from __future__ import annotations

import time

import pytest

from normalize.edits import apply_edits
from normalize.marks import figure_mark_edits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đang giải quyết là 1:385 hồ sơ", "đang giải quyết là 1.385 hồ sơ"),
        ("giải ngân 12.604:150 đồng", "giải ngân 12.604.150 đồng"),
        ("chiếm 92;4% số phiếu", "chiếm 92,4% số phiếu"),
        ("đạt 61;75 % kế hoạch", "đạt 61,75 % kế hoạch"),
        ("bản đồ tỷ lệ 1:500", "bản đồ tỷ lệ 1:500"),
        ("lúc 14:30, ngày 05/4", "lúc 14:30, ngày 05/4"),
        ("các biểu 12;14 và 16", "các biểu 12;14 và 16"),
        ("các cột 1;2;35% số thu", "các cột 1;2;35% số thu"),
        ("mã số 12:345:678", "mã số 12:345:678"),
        ("khoảng 10:1234 trang", "khoảng 10:1234 trang"),
    ],
)
def test_marks(text: str, expected: str) -> None:
    assert apply_edits(text, figure_mark_edits(text)).text == expected


def test_long_runs_of_figures_take_no_time() -> None:
    text = "1:234;" * 20_000 + "9" * 100_000
    start = time.perf_counter()
    list(figure_mark_edits(text))
    assert time.perf_counter() - start < 2
