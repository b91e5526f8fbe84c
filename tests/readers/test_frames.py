"""Cells of tables from drawn lines."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.readers.frames import cells_of_rules
from extract.readers.page import read_page
from extract.records import Box
from extract.settings import ReadSettings

DIGITAL = Path(__file__).parents[2] / "corpus" / "letters" / "digital"


def _across(y: float, start: float = 0.0, stop: float = 200.0) -> tuple[Box, ...]:
    return (Box(start, y, stop, y),)


def _down(x: float, start: float = 0.0, stop: float = 40.0) -> tuple[Box, ...]:
    return (Box(x, start, x, stop),)


def test_rules_that_cross_make_cells() -> None:
    drawn = [_across(0), _across(20), _across(40), _down(0), _down(100), _down(200)]
    assert cells_of_rules(drawn) == (
        (Box(0, 0, 100, 20), Box(0, 20, 100, 40), Box(100, 0, 200, 20), Box(100, 20, 200, 40)),
    )


def test_a_rule_that_stops_leaves_a_merged_cell() -> None:
    drawn = [_across(0), _across(20), _across(40), _down(0), _down(100, 20), _down(200)]
    assert cells_of_rules(drawn) == ((Box(0, 0, 200, 20), Box(0, 20, 100, 40), Box(100, 20, 200, 40)),)


def test_the_two_sides_of_a_thick_rule_are_one() -> None:
    thick = (Box(0, 19.5, 200, 19.5), Box(0, 20.5, 200, 20.5), Box(0, 19.5, 0, 20.5))
    drawn = [_across(0), thick, _across(40), _down(0), _down(100), _down(200)]
    assert [len(cells) for cells in cells_of_rules(drawn)] == [4]


def test_tables_apart_are_two_and_a_frame_is_none() -> None:
    first = [_across(0), _across(20), _down(0), _down(100), _down(200)]
    frame = [_across(300), _across(320), _down(0, 300, 320), _down(200, 300, 320)]
    second = [_across(100), _across(120), _down(0, 100, 120), _down(50, 100, 120), _down(200, 100, 120)]
    tables = cells_of_rules([*second, *frame, *first])
    assert [[cell.y0 for cell in cells] for cells in tables] == [[0, 0], [100, 100]]


def test_underlines_rule_nothing() -> None:
    assert cells_of_rules([_across(0), _across(20), _across(40), _across(60)]) == ()


@given(
    st.lists(st.integers(1, 30), min_size=2, max_size=8),
    st.lists(st.integers(1, 30), min_size=2, max_size=8),
)
def test_a_whole_grid_has_all_its_cells(widths: list[int], heights: list[int]) -> None:
    """Rules further apart than those that count as one: every cell is found, none twice."""
    columns = [sum(widths[:index]) + 4 * index for index in range(len(widths) + 1)]
    rows = [sum(heights[:index]) + 4 * index for index in range(len(heights) + 1)]
    drawn = [_across(y, 0, columns[-1]) for y in rows] + [_down(x, 0, rows[-1]) for x in columns]
    (cells,) = cells_of_rules(drawn)
    assert len(set(cells)) == len(cells) == len(widths) * len(heights)
    assert sum(cell.width * cell.height for cell in cells) == columns[-1] * rows[-1]


@pytest.mark.parametrize("name", ["03", "04", "08", "12"])
def test_tables_of_digital_letters_are_those_that_pdfplumber_finds(name: str) -> None:
    path = DIGITAL / f"{name}.pdf"
    with pdfplumber.open(path) as document:
        theirs = [[len(row.cells) for row in table.rows] for page in document.pages for table in page.find_tables()]
        pages = len(document.pages)
    grids = [grid for number in range(1, pages + 1) for grid in read_page(path, number, ReadSettings()).grids]
    assert [(grid.rows, grid.columns) for grid in grids] == [(len(rows), max(rows)) for rows in theirs]
