"""Type that layout analysis dropped is read again, specks are taken out, and neither touches a clean page."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.readers.lean import lean_of
from extract.readers.lost import read_lost
from extract.readers.ocr import OcrEngine, Shape, find_engine
from extract.readers.pixels import Image
from extract.readers.specks import without_specks
from extract.records import Box, Line, Word
from extract.settings import ReadSettings

DPI = 200.0


@pytest.fixture(scope="module")
def engine() -> OcrEngine:
    return find_engine(ReadSettings())


def page(*rows: tuple[str, int, int]) -> Image:
    """Rows of type without marks, each at its place."""
    image = np.full((800, 1400), 255, dtype=np.uint8)
    for text, x, y in rows:
        cv2.putText(image, text, (x, y), cv2.FONT_HERSHEY_COMPLEX, 1.0, 0, 2, cv2.LINE_AA)
    return image


def test_a_line_no_word_covers_is_read(engine: OcrEngine) -> None:
    image = page(("Ban hanh quy trinh tham tra", 200, 200), ("KH-UBND cho ba nam 2024", 200, 300))
    kept = tuple(line for line in engine.read(image, DPI) if "Ban" in line.text)
    assert len(kept) == 1
    found = read_lost(engine, image, DPI, kept, ())
    assert found[0] == kept[0]
    assert [word.text for line in found[1:] for word in line.words][-1] == "2024"
    boxes = [word.box for line in found[1:] for word in line.words if word.box]
    assert all(260 < box.y0 < box.y1 < 330 and 180 < box.x0 < box.x1 < 800 for box in boxes)


def test_a_lost_word_joins_the_line_it_stands_in(engine: OcrEngine) -> None:
    image = page(("Ban hanh quy trinh tham tra", 200, 200))
    (line,) = engine.read(image, DPI)
    words = tuple(word for word in line.words if word.text != "trinh")
    assert len(words) == len(line.words) - 1
    (found,) = read_lost(engine, image, DPI, (Line(" ".join(word.text for word in words), words),), ())
    assert [word.text for word in found.words] == [word.text for word in line.words]


def test_a_page_read_whole_is_left_alone(engine: OcrEngine) -> None:
    image = page(("Ban hanh quy trinh tham tra", 200, 200), ("KH-UBND cho ba nam 2024", 200, 300))
    lines = engine.read(image, DPI)
    assert read_lost(engine, image, DPI, lines, ()) == lines


class Mumbling:
    """An engine that is sure of nothing."""

    name = "mumbling"

    def read(self, image: Image, dpi: float, shape: Shape = Shape.PAGE) -> tuple[Line, ...]:
        return (Line("trinh", (Word("trinh", Box(10, 10, 60, 40), 0.4),)),)

    def close(self) -> None:
        """Nothing to free."""


def test_what_is_read_without_sureness_is_no_line() -> None:
    assert read_lost(Mumbling(), page(("Ban hanh quy trinh", 200, 200)), DPI, (), ()) == ()


def test_specks_apart_from_type_go_and_dots_at_type_stay() -> None:
    typed = page(("iiii jjjj", 200, 300))
    specked = typed.copy()
    for at in range(12):
        cv2.circle(specked, (300 + 80 * at, 600 + 9 * (at % 3)), 2, 0, -1)
    assert np.array_equal(without_specks(specked, DPI), typed)


def test_a_page_with_few_specks_is_the_same_page() -> None:
    typed = page(("Ban hanh quy trinh", 200, 200))
    cv2.circle(typed, (900, 600), 2, 0, -1)
    assert without_specks(typed, DPI) is typed


@pytest.mark.parametrize(("fall", "told"), [(0.02, 0.02), (-0.015, -0.015), (0.001, 0.0), (0.3, 0.0)])
def test_lines_tell_how_the_page_leans(fall: float, told: float) -> None:
    lines = []
    for top in range(100, 700, 60):
        words = tuple(
            Word("ban", Box(x, top + fall * x, x + 60, top + fall * x + 28), 0.9) for x in range(100, 1200, 80)
        )
        lines.append(Line("", words))
    assert lean_of(lines) == pytest.approx(told, abs=1e-6)


def test_few_lines_tell_nothing() -> None:
    words = tuple(Word("ban", Box(x, 100 + 0.02 * x, x + 60, 128 + 0.02 * x), 0.9) for x in range(100, 1200, 80))
    assert lean_of([Line("", words)] * 2) == 0.0
