"""Numbers taken apart at a narrow 1 or read as letters are whole; everything else stays as it was read."""

from __future__ import annotations

import pytest

from extract.readers.numerals import mend_numbers
from extract.records import Box, Line, Word


def line(*parts: tuple[str, float]) -> Line:
    """Words with the gap before each, in heights of their type."""
    words, x = [], 100.0
    for text, gap in parts:
        x += 20 * gap
        words.append(Word(text, Box(x, 50, x + 10 * len(text), 70), 0.9 if text.isalpha() else 0.4))
        x += 10 * len(text)
    return Line(" ".join(text for text, _ in parts), tuple(words))


@pytest.mark.parametrize(
    ("parts", "told", "left"),
    [
        ([("ngày", 0), ("l3", 0.6), ("tháng", 0.6)], "ngày 13 tháng", ["l3"]),
        ([("tháng", 0), ("1]", 0.6)], "tháng 11", ["1]"]),
        ([("Số", 0), ("15", 0.6), ("155/QLD-VP", 0.2)], "Số 15155/QLD-VP", []),
        ([("số", 0), ("2]", 0.6), ("05/UBND-NC", 0.15)], "số 2105/UBND-NC", ["2]"]),
        ([("ngày", 0), ("3", 0.6), ("1/", 0.3)], "ngày 31/", []),
        ([("15", 0), ("155", 0.6)], "15 155", []),
        ([("500", 0), ("lượt", 0.2)], "500 lượt", []),
        ([("mục", 0), ("l3", 0.6)], "mục l3", []),
        ([("số", 0), ("II", 0.6)], "số II", []),
        ([("tháng", 0), ("2a", 0.6)], "tháng 2a", []),
        ([("năm", 0), ("2024.", 0.6)], "năm 2024.", []),
    ],
)
def test_numbers_are_mended(parts: list[tuple[str, float]], told: str, left: list[str]) -> None:
    unused: list[Word] = []
    (found,) = mend_numbers([line(*parts)], unused)
    assert found.text == told == " ".join(word.text for word in found.words)
    assert [word.text for word in unused] == left


def test_a_number_made_whole_has_the_box_of_its_parts_and_the_lower_confidence() -> None:
    whole = line(("15", 0), ("155/QLD", 0.2))
    (found,) = mend_numbers([whole], [])
    assert whole.words[0].box and whole.words[1].box
    assert found.words == (Word("15155/QLD", whole.words[0].box.union(whole.words[1].box), 0.4),)


def test_words_without_boxes_are_not_joined() -> None:
    words = (Word("15", None, None), Word("155", None, None))
    assert mend_numbers([Line("15 155", words)], []) == (Line("15 155", words),)
