"""What is left of the words of a ruled table once rules and specks are taken from them."""

from __future__ import annotations

import numpy as np
import pytest

from extract.readers.grids import ruled_of_boxes
from extract.readers.ocr import Shape
from extract.readers.pixels import Image
from extract.readers.second import read_cells
from extract.records import Box, Line, Word

PAGE = np.full((400, 800), 255, dtype=np.uint8)


class Silent:
    """An engine that reads nothing."""

    name = "silent"

    def read(self, image: Image, dpi: float, shape: Shape = Shape.PAGE) -> tuple[Line, ...]:
        return ()

    def close(self) -> None:
        """Nothing to free."""


@pytest.mark.parametrize(
    ("read", "left"),
    [
        ("'Tiếp", "Tiếp"),
        ("`Đơn", "Đơn"),
        ("|Xuất", "Xuất"),
        ("“Đề", "“Đề"),  # a quotation that ends in another word
        ("'Đề'", "'Đề'"),
        ("'55,40", "55,40"),
        ("Tiếp", "Tiếp"),
    ],
)
def test_ends_of_rules_are_taken_from_the_words_of_a_cell(read: str, left: str) -> None:
    cells = [Box(x, y, x + 300, y + 100) for y in (100.0, 200.0) for x in (100.0, 400.0)]
    table = ruled_of_boxes(cells)
    assert table is not None
    word = Word(read, Box(110, 120, 190, 150), 0.95)
    found = read_cells(Silent(), PAGE, 200, [Line(read, (word,))], [table])
    assert [line.text for line in found] == [left]
