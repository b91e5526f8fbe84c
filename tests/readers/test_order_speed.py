"""Reading order of very many words takes time in proportion to them, and finds what a search of all would."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.levels import Levels
from extract.readers.page import read_page
from extract.records import Box
from extract.settings import ReadSettings

WORDS = 30_000


@pytest.mark.parametrize("across", [1, 50])
def test_an_alto_page_of_blocks_of_one_word_each(tmp_path: Path, across: int) -> None:
    blocks = "".join(
        f'<TextBlock><TextLine><String CONTENT="chữ{number}" HPOS="{40 + 100 * (number % across)}" '
        f'VPOS="{14 * (number // across)}" WIDTH="30" HEIGHT="10"/></TextLine></TextBlock>'
        for number in range(WORDS)
    )
    path = tmp_path / "a.xml"
    path.write_text(f'<alto><Layout><Page WIDTH="6000" HEIGHT="420000">{blocks}</Page></Layout></alto>', "utf-8")
    started = time.process_time()
    page = read_page(path, 1, ReadSettings())
    assert time.process_time() - started < 20  # above 60 s where each word is compared with all others
    assert " ".join(line.text for line in page.lines).split() == [f"chữ{number}" for number in range(WORDS)]


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(0, 1e9)), min_size=1, max_size=30))
def test_no_box_at_the_same_height_is_missed(sides: list[tuple[float, float]]) -> None:
    boxes = [Box(0.0, top, 1.0, top + height) for top, height in sides]
    levels = Levels(boxes)
    for number, box in enumerate(boxes):
        levels.put(number, box)
    for box in boxes:
        near = levels.near(box)
        assert near == sorted(near)
        assert set(near) >= {number for number, other in enumerate(boxes) if other.y0 <= box.y1 and box.y0 <= other.y1}
    levels.drop(0, boxes[0])
    assert 0 not in levels.near(boxes[0])
