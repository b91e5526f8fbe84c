"""Ruled tables on scans: cells of which box and text are right.

The boxes are those of the same letter set as a vector PDF, turned as the scan is; the texts are the truth's.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.places import CORPUS
from extract.readers.page import read_page
from extract.readers.probe import probe
from extract.records import Box, Cell, Letter, Page
from extract.settings import OcrMode, ReadSettings
from extract.understand import repair_letter
from normalize.edits import Repaired

RENDERINGS = ("office", "photocopy")
ALIKE = 0.6
"""A box is right where what it shares with the true one is at least this part of what both cover."""

HEADER = "| ruled tables | letters | cells | box right | box and text right, as read | repaired |\n" + "|---" * 6 + "|"

_NEAR = 20.0  # points: cells whose centres are closer may be the same one


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell of the letter as set: page from 1, its box there in points, what it says."""

    page: int
    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class Cells:
    """Counts of cells."""

    cells: int = 0
    boxes: int = 0
    right: int = 0
    repaired: int = 0

    def __add__(self, other: Cells) -> Cells:
        return Cells(
            self.cells + other.cells,
            self.boxes + other.boxes,
            self.right + other.right,
            self.repaired + other.repaired,
        )


def print_tables() -> dict[str, Cells]:
    """Print a row a rendering."""
    print(f"\n{HEADER}")
    found = {}
    with ProcessPoolExecutor(2) as pool:
        for group in RENDERINGS:
            keys = [path.stem for path in sorted((CORPUS / "letters" / group).glob("*.pdf")) if _is_measured(path.stem)]
            found[group] = sum(pool.map(count, [group] * len(keys), keys), Cells())
            of = found[group]
            print(f"| {group} | {len(keys)} | {of.cells} | {of.boxes} | {of.right} | {of.repaired} |", flush=True)
    return found


def count(group: str, key: str) -> Cells:
    """The tables of one letter in one rendering."""
    letter = _read(CORPUS / "letters" / group / f"{key}.pdf", OcrMode.ALWAYS)
    repaired = repair_letter(letter)
    wanted = true_cells(key)
    total = Cells()
    first = 0
    for page in letter.pages:
        placed = [(cell.box, cell) for grid in page.grids for cell in grid.cells if cell.box is not None]
        cells = [(box, *_have(page, first, cell, repaired)) for box, cell in placed]
        total += _compare(page, cells, [cell for cell in wanted if cell.page == page.number])
        first += sum(len(line.text) + 1 for line in page.lines)
    return total


def true_cells(key: str) -> list[TrueCell]:
    """The cells of a letter's tables that say something.

    Raises:
        ValueError: the vector PDF does not hold the tables of the truth.
    """
    letter = _read(CORPUS / "letters" / "digital" / f"{key}.pdf", OcrMode.NEVER)
    cells = [
        TrueCell(page.number, cell.box, text)
        for page in letter.pages
        for grid in page.grids
        for cell in grid.cells
        if cell.box is not None
        and (text := _plain(" ".join(page.lines[ref.line].words[ref.word].text for ref in cell.words)))
    ]
    told: Counter[str] = Counter()
    for table in _gold_tables(key):
        told.update({_plain(part) for name in table["columns"] for part in name.split(" - ")})
        told.update(_plain(text) for row in table["rows"] for text in row if text)
    missing = told - Counter(cell.text for cell in cells)
    if missing:
        raise ValueError(f"letter {key}: the vector PDF lacks cells of the truth: {sorted(missing)}")
    return cells


def _is_measured(key: str) -> bool:
    return bool(_gold_tables(key)) and (CORPUS / "letters" / "digital" / f"{key}.pdf").exists()


def _gold_tables(key: str) -> list[dict[str, list[str]]]:
    gold = json.loads((CORPUS / "truth" / f"{key}.gold.json").read_text(encoding="utf-8"))
    tables: list[dict[str, list[str]]] = gold["tables"]
    return tables


def _read(path: Path, ocr: OcrMode) -> Letter:
    settings = ReadSettings(ocr=ocr)
    seen = probe(path, settings)
    pages = tuple(read_page(path, number, settings) for number in range(1, seen.pages + 1))
    return Letter(str(path), seen.sha256, seen.media_type, pages)


def _have(page: Page, first: int, cell: Cell, repaired: Repaired) -> tuple[str, str]:
    """Text as read and repaired text of a cell; the lines of its page begin at `first` in the raw text."""
    read, after = [], []
    for ref in cell.words:
        line = page.lines[ref.line]
        start = first + sum(len(above.text) + 1 for above in page.lines[: ref.line])
        start += sum(len(word.text) + 1 for word in line.words[: ref.word])
        low, high = repaired.to_text(start, start + len(line.words[ref.word].text))
        read.append(line.words[ref.word].text)
        after.append(repaired.text[low:high])
    return _plain(" ".join(read)), _plain(" ".join(after))


def _compare(page: Page, have: Sequence[tuple[Box, str, str]], wanted: Sequence[TrueCell]) -> Cells:
    if page.width is None or page.height is None:
        raise ValueError("a scan without a size")
    centre = (page.width / 2, page.height / 2)
    angle = _angle([cell.box for cell in wanted], [box for box, _, _ in have], centre)
    boxes = read = repaired = 0
    for cell in wanted:
        true = _turned(cell.box, centre, angle)
        best = max(have, key=lambda other: _shared(true, other[0]), default=None)
        if best is None or _shared(true, best[0]) < ALIKE:
            continue
        boxes += 1
        read += best[1] == cell.text
        repaired += best[2] == cell.text
    return Cells(len(wanted), boxes, read, repaired)


def _angle(true: Sequence[Box], have: Sequence[Box], centre: tuple[float, float]) -> float:
    """By how many radians the scan is turned about its centre, from cells that lie close."""
    across = along = 0.0
    for box in true:
        x, y = _middle(box)
        near = min(map(_middle, have), default=None, key=lambda point: math.dist(point, (x, y)))
        if near is None or math.dist(near, (x, y)) > _NEAR:
            continue
        ax, ay, bx, by = x - centre[0], y - centre[1], near[0] - centre[0], near[1] - centre[1]
        across += ax * by - ay * bx
        along += ax * bx + ay * by
    return math.atan2(across, along) if along else 0.0


def _turned(box: Box, centre: tuple[float, float], angle: float) -> Box:
    """The upright box around a box whose corners are turned about `centre`."""
    sine, cosine = math.sin(angle), math.cos(angle)
    corners = [(x - centre[0], y - centre[1]) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
    across = [centre[0] + x * cosine - y * sine for x, y in corners]
    down = [centre[1] + x * sine + y * cosine for x, y in corners]
    return Box(min(across), min(down), max(across), max(down))


def _shared(one: Box, other: Box) -> float:
    """What two boxes share, as part of what both cover."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    if width <= 0 or height <= 0:
        return 0.0
    both = width * height
    return both / (one.width * one.height + other.width * other.height - both)


def _middle(box: Box) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def _plain(text: str) -> str:
    return " ".join(text.split())
