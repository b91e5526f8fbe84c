"""Text that SQLite cannot hold: stored one to one."""

from __future__ import annotations

import sqlite3
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.store import storable

ODD = st.text(st.sampled_from(["\\", "u", "d", "c", "8", "0", "\ud800", "\udc80", "\x00", "a", "ế"]), max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("C:\\users\\udine", "C:\\users\\udine"),
        ("b\udcff.pdf", "b\\udcff.pdf"),
        ("b\\udcff.pdf", "b\\\\udcff.pdf"),
        ("b\\\udcff", "b\\\\\\udcff"),
        ("a\x00b", "a\\u0000b"),
        ("a\\u0000b", "a\\\\u0000b"),
    ],
)
def test_storable(text: str, expected: str) -> None:
    assert storable(text) == expected


@given(ODD, ODD)
def test_two_texts_never_become_one(one: str, other: str) -> None:
    assert (storable(one) == storable(other)) == (one == other)


@given(ODD)
def test_what_comes_out_is_stored_unchanged(text: str) -> None:
    (back,) = sqlite3.connect(":memory:").execute("SELECT ? || ''", (storable(text),)).fetchone()
    assert back == storable(text)
    assert "\x00" not in back


def test_long_runs_of_backslashes_take_linear_time() -> None:
    started = time.process_time()
    storable("\\" * 300_000 + "\udc80" + "\\u" * 100_000 + "ế")
    assert time.process_time() - started < 2
