"""Statements quote whole words, from the sentence's start where it is near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.checks.figures.terms import quote

TEXT = (
    "Tỷ lệ trực tuyến đạt 60,0%. Đã giải quyết 278 hồ sơ, trong đó đúng hạn 274 hồ sơ, đạt 99,5% so với kế hoạch giao."
)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("278", "99,5%", "Đã giải quyết 278 hồ sơ, trong đó đúng hạn 274 hồ sơ, đạt 99,5% so với kế hoạch …"),
        ("Tỷ", "60,0%.", "Tỷ lệ trực tuyến đạt 60,0%. Đã giải quyết 278 …"),
        ("99,5%", "giao.", "Đã giải quyết 278 hồ sơ, trong đó đúng hạn 274 hồ sơ, đạt 99,5% so với kế hoạch giao."),
        ("kế", "giao.", "… 278 hồ sơ, trong đó đúng hạn 274 hồ sơ, đạt 99,5% so với kế hoạch giao."),
    ],
)
def test_quote(low: str, high: str, expected: str) -> None:
    assert quote(TEXT, TEXT.index(low), TEXT.index(high) + len(high)) == expected


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_quotation_holds_what_was_asked_for_and_cuts_no_word(one: int, other: int) -> None:
    low, high = sorted((one, other))
    said = quote(TEXT, low, high).removeprefix("… ").removesuffix(" …")
    assert said in TEXT
    assert TEXT[low:high].strip() in said
