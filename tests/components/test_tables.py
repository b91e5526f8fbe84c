import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.components.found import Found
from extract.components.tables import find_tables
from extract.layout import lay_out
from extract.records import (
    Box,
    Cell,
    Grid,
    LayerVerdict,
    Letter,
    Line,
    Page,
    Reading,
    Records,
    Source,
    VerdictKind,
    Word,
    WordRef,
)
from normalize.edits import Cause, Edit, apply_edits

CASES = json.loads((Path(__file__).parents[1] / "cases" / "tables.json").read_text(encoding="utf8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_rebuilds_tables_from_lines(case: dict[str, Any], records_of: Callable[[str], Records]) -> None:
    have = [
        {"title": table.title, "columns": list(table.columns), "rows": [list(row) for row in table.rows]}
        for table in records_of(case["input"]).tables
    ]
    assert have == case["expected"]


def grid_reading(cells: list[tuple[int, int, str, int]], edits: tuple[tuple[str, str], ...] = ()) -> Reading:
    """A page with a title and one grid; cells are (row, column, text, column span), one line a cell."""
    box = Box(50, 100, 500, 400)
    lines = [Line("DANH SÁCH ĐĂNG KÝ", (), Box(50, 60, 300, 75))]
    placed = []
    for row, column, text, span in cells:
        here = Box(50.0 + 100 * column, 100.0 + 20 * row, 140.0 + 100 * column, 115.0 + 20 * row)
        words = tuple(Word(word, here, 0.9) for word in text.split())
        refs = tuple(WordRef(len(lines), at) for at in range(len(words)))
        if words:
            lines.append(Line(text, words, here))
        placed.append(Cell(row, column, here, refs if words else (), 1, span))
    rows, columns = max(cell.row for cell in placed) + 1, max(cell.column + cell.column_span for cell in placed)
    grid = Grid(box, rows, columns, tuple(placed))
    page = Page(1, 595, 842, Source.OCR, LayerVerdict(VerdictKind.CLEAN), tuple(lines), (grid,))
    letter = Letter("scan.pdf", "0" * 64, "application/pdf", (page,))
    repaired = apply_edits(
        letter.raw,
        [
            Edit(letter.raw.index(old), letter.raw.index(old) + len(old), old, new, Cause.CHANNEL, 0.9)
            for old, new in edits
        ],
    )
    return Reading(letter, repaired, lay_out(letter, repaired))


def test_reads_a_grid_with_merged_heads() -> None:
    cells = [
        (0, 0, "STT", 1), (0, 1, "Họ và tên", 1), (0, 2, "Năm sinh", 2),
        (1, 2, "Nam", 1), (1, 3, "Nữ", 1),
        (2, 0, "1", 1), (2, 1, "Lê Thị Mai", 1), (2, 3, "1988", 1),
        (3, 0, "2", 1), (3, 1, "", 1),
    ]  # fmt: skip
    (located,) = find_tables(grid_reading(cells), Found())
    table = located.record
    assert table.title == "DANH SÁCH ĐĂNG KÝ"
    assert table.columns == ("STT", "Họ và tên", "Năm sinh - Nam", "Năm sinh - Nữ")
    assert table.rows == (("1", "Lê Thị Mai", None, "1988"), ("2", None, None, None))
    evidence = table.cell_evidence[0][1]
    assert evidence is not None and evidence.text.startswith("Lê") and evidence.box is not None


def test_cells_hold_repaired_words() -> None:
    cells = [(0, 0, "TT", 1), (0, 1, "Don vi", 1), (1, 0, "1", 1), (1, 1, "Sd Y te", 1)]
    (located,) = find_tables(grid_reading(cells, (("Don vi", "Đơn vị"), ("Sd Y te", "Sở Y tế"))), Found())
    assert located.record.columns == ("TT", "Đơn vị")
    assert located.record.rows == (("1", "Sở Y tế"),)
    evidence = located.record.cell_evidence[0][1]
    assert evidence is not None and evidence.raw == "Sd Y te"


def test_a_frame_around_text_is_no_table() -> None:
    assert find_tables(grid_reading([(0, 0, "Đóng dấu", 1), (1, 0, "công văn đến", 1)]), Found()) == ()
