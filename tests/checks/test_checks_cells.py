"""The one cell of a table that explains the sums that fail."""

import json
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from extract.checks.blame.suspects import blame
from extract.checks.figures.terms import has_lost_a_digit, is_confused, neighbours, one_digit_away, with_a_digit
from extract.checks.tables.tables import check_tables
from extract.records import Evidence, Records, Source, Table

CASES = json.loads((Path(__file__).parents[1] / "cases" / "checks_cells.json").read_text(encoding="utf8"))
HEADS = ("TT", "Đơn vị", "Trực tuyến", "Trực tiếp", "Tổng số")


def scan(reading, scanned):
    source = Source.OCR if scanned else Source.TEXT_LAYER
    pages = tuple(replace(page, source=source) for page in reading.letter.pages)
    return replace(reading, letter=replace(reading.letter, pages=pages))


def table(rows):
    at, proof = 0, []
    for row, cells in enumerate(rows):
        line = []
        for cell in cells:
            line.append(
                Evidence(1, row + 1, None, cell, cell, at, at + len(cell), "tables.cell", None) if cell else None
            )
            at += len(cell) + 1
        proof.append(tuple(line))
    return Table(None, HEADS, tuple(tuple(cells) for cells in rows), tuple(proof))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_cells(case, read):
    reading = scan(read("Phụ lục"), case["scanned"])
    found = blame(check_tables(Records(tables=(table(case["rows"]),)), reading), reading)
    made = [one for one in found if one.verdict != "agrees"]
    told = [(one.kind.value, one.reported, one.computed, one.verdict.value) for one in made]
    assert sorted(told) == sorted(tuple(one[:4]) for one in case["expected"]), [one.note for one in made]
    for one in made:
        (words,) = [each[4] for each in case["expected"] if each[:2] == [one.kind.value, one.reported]]
        assert words in one.note if words else "kéo theo" not in one.note, one.note


def test_one_digit():
    assert is_confused(Decimal("15"), Decimal("16")) and not is_confused(Decimal("15"), Decimal("17"))
    assert has_lost_a_digit(Decimal("5"), Decimal("15")) and not has_lost_a_digit(Decimal("15"), Decimal("5"))
    assert not one_digit_away(Decimal("15"), Decimal("15"))
    for other in neighbours(Decimal("40.7")):
        assert is_confused(Decimal("40.7"), other)
    for other in with_a_digit(Decimal("40.7")):
        assert has_lost_a_digit(Decimal("40.7"), other)


def test_a_large_scanned_table_takes_no_time(read):
    rows = [[str(row), f"Xã {row}", "123456", "654321", "777778"] for row in range(1, 300)]
    reading = scan(read("Phụ lục"), True)
    records = Records(tables=(table([*rows, ["", "Tổng cộng", "36913344", "195641979", "232555323"]]),))
    list(check_tables(records, reading))
    start = time.process_time()
    list(check_tables(records, reading))
    assert time.process_time() - start < 2  # 0.2 s on an idle core of 2026
