"""Real scanned letters, where a folder of them lies beside the repository; none is part of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rapidfuzz import fuzz

from extract.readers.band import letters_of
from extract.readers.page import read_page
from extract.records import Source, VerdictKind
from extract.settings import ReadSettings

SCANS = Path(__file__).parents[2].parent / "shared" / "scans"
FILES = sorted(SCANS.glob("*.pdf")) if SCANS.is_dir() else []
DIGITAL = {"104", "124", "125"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason="no real scans beside this checkout"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_first_page_has_its_columns_apart(path: Path) -> None:
    page = read_page(path, 1, ReadSettings())
    motto = [line for line in page.lines if fuzz.ratio("doclaptudohanhphuc", letters_of(line.text)) >= 75]
    assert motto and motto[0].column == 1
    assert len(letters_of(motto[0].text)) <= 24  # nothing of the other column beside it
    columns = [line.column for line in page.lines if line.column is not None]
    assert columns[0] == 0 and columns.index(1) > 0
    number = next(line for line in page.lines if line.column == 0 and "/" in line.text)
    assert page.lines.index(number) < page.lines.index(motto[0])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_layers_are_judged_for_what_they_are_worth(path: Path) -> None:
    page = read_page(path, 1, ReadSettings())
    if path.stem in DIGITAL:
        assert (page.source, page.verdict.kind) == (Source.TEXT_LAYER, VerdictKind.CLEAN)
    else:
        assert (page.source, page.verdict.kind) == (Source.OCR, VerdictKind.EMPTY)
        assert page.confidence is not None and page.confidence > 0.8
