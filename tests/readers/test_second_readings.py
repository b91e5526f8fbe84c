"""What is read a second time and what is kept of it, with an engine that says what the case asks for."""

from __future__ import annotations

import numpy as np
import pytest

from extract.readers.doubtful import read_doubtful_lines
from extract.readers.ocr import Shape
from extract.readers.pixels import Image
from extract.readers.signature import read_signature
from extract.records import Box, Line, Word

PAGE = np.full((2000, 1600), 255, dtype=np.uint8)
LEFT, UPPER = round(0.42 * 1600), 1000 - 10  # where the cut-out of the signature lies


class Told:
    """An engine that reads the same words wherever it looks."""

    name = "told"

    def __init__(self, answers: dict[Shape, tuple[Line, ...]]) -> None:
        self.answers = answers
        self.asked: list[Shape] = []

    def read(self, image: Image, dpi: float, shape: Shape = Shape.PAGE) -> tuple[Line, ...]:
        assert image.size and dpi == 200
        self.asked.append(shape)
        return self.answers.get(shape, ())

    def close(self) -> None:
        """Nothing to free."""


def line(text: str, x: float, y: float, confidence: float = 0.95) -> Line:
    words = []
    for part in text.split():
        words.append(Word(part, Box(x, y, x + 20 * len(part), y + 30), confidence))
        x += 20 * len(part) + 12
    return Line(text, tuple(words))


def read_twice(first: tuple[str, float], second: tuple[str, float], unused: list[Word]) -> list[Line]:
    box = Box(100, 100, 300, 130)
    cut_left, cut_upper = 100 - 6 - 10, 100 - 4 - 10  # the margin of the cut-out and its white border
    again = Word(second[0], Box(100 - cut_left, 100 - cut_upper, 300 - cut_left, 130 - cut_upper), second[1])
    engine = Told({Shape.LINE: (Line(second[0], (again,)),)})
    lines = [Line(first[0], (Word(first[0], box, first[1]),))]
    found = read_doubtful_lines(engine, PAGE, 200, lines, unused)
    assert engine.asked == [Shape.LINE]
    return list(found)


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        (("1862/UBND", 0.7), ("1662/UBND", 0.8), [("1862/UBND", 0.7)]),
        (("1862/UBND", 0.8), ("1662/UBND", 0.6), [("1662/UBND", 0.6)]),
        (("thưởng", 0.5), ("trưởng", 0.95), []),
        (("1862/UBND", 0.7), ("1862/UBND", 0.3), []),
        (("98354", 0.7), ("98.354", 0.65), []),
    ],
    ids=["the second kept", "the first kept", "letters differ", "same", "points differ"],
)
def test_a_reading_with_other_digits_is_kept_beside(
    first: tuple[str, float], second: tuple[str, float], left: list[tuple[str, float]]
) -> None:
    unused: list[Word] = []
    read_twice(first, second, unused)
    assert [(word.text, word.confidence) for word in unused] == left
    assert all(word.box == Box(100, 100, 300, 130) for word in unused)


@pytest.mark.parametrize(
    ("first", "second", "kept", "confidence"),
    [
        (("1862/UBND", 0.7), ("1662/UBND", 0.8), "1662/UBND", 0.7),
        (("1862/UBND", 0.8), ("1662/UBND", 0.6), "1862/UBND", 0.6),
        (("thưởng", 0.5), ("trưởng", 0.95), "trưởng", 0.95),
        (("trưởng", 0.85), ("thưởng", 0.4), "trưởng", 0.85),
        (("1862/UBND", 0.7), ("1862/UBND", 0.3), "1862/UBND", 0.7),
        (("thâm", 0.94), ("thẩm", 0.92), "thẩm", 0.94),
        (("thông", 0.94), ("thống", 0.6), "thông", 0.94),
        (("thươnà", 0.93), ("thương", 0.8), "thương", 0.93),
        (("trưởng,", 0.94), ("truởng,", 0.96), "trưởng,", 0.96),
        (("Z023", 0.7), ("2023", 0.6), "2023", 0.6),
        (("98354", 0.7), ("98.354", 0.65), "98.354", 0.65),
        (("98354", 0.8), ("98.3540", 0.65), "98354", 0.65),
    ],
    ids=[
        "digits differ",
        "digits differ, first surer",
        "letters differ",
        "letters differ, first surer",
        "same",
        "a mark more, about as sure",
        "a mark more, hardly sure",
        "no syllable",
        "no syllable, surer",
        "a letter among digits",
        "points of thousands lost",
        "no points of thousands",
    ],
)
def test_words_whose_readings_differ_in_digits_carry_the_lower_confidence(
    first: tuple[str, float], second: tuple[str, float], kept: str, confidence: float
) -> None:
    (found,) = read_twice(first, second, [])
    assert [(word.text, word.confidence) for word in found.words] == [(kept, confidence)]


def test_capitals_and_figures_are_read_again_only_when_less_sure() -> None:
    for text, confidence, asked in (("TTHC/BTTTT", 0.93, 0), ("TTHC/BTTTT", 0.88, 1), ("nhân dân tỉnh", 0.93, 1)):
        engine = Told({})
        read_doubtful_lines(engine, PAGE, 200, [line(text, 100, 100, confidence)])
        assert len(engine.asked) == asked, text


def test_marks_torn_off_capitals_are_read_with_their_line() -> None:
    marks = Line("^ Á", (Word("^", Box(150, 94, 158, 100), 0.9), Word("Á", Box(260, 95, 268, 101), 0.8)))
    title = line("PHO CHANH VAN PHONG", 100, 102, 0.96)
    seen: list[int] = []

    class Heights(Told):
        def read(self, image: Image, dpi: float, shape: Shape = Shape.PAGE) -> tuple[Line, ...]:
            seen.append(image.shape[0])
            return super().read(image, dpi, shape)

    (found,) = read_doubtful_lines(Heights({}), PAGE, 200, [marks, title])
    assert found.text == title.text
    assert seen == [(132 + 4) - (94 - 4) + 2 * 10]  # from the marks to the foot of the line, with its borders


@pytest.mark.parametrize("top", [40, 118], ids=["far above", "beside"])
def test_low_signs_elsewhere_are_no_torn_marks(top: int) -> None:
    dots = Line("...", (Word("...", Box(150, top, 180, top + 6), 0.96),))
    title = line("KẾ HOẠCH", 100, 102, 0.96)
    assert read_doubtful_lines(Told({}), PAGE, 200, [dots, title]) == (dots, title)


FOOT = (line("Nơi nhận:", 150, 1000), line("- Như trên;", 150, 1040), line("KT. GIÁM ĐỐC", 900, 1000))


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [one.text for one in lines]


def test_a_name_the_page_reading_missed_is_added_where_it_stands() -> None:
    engine = Told({Shape.SCATTERED: (line(". Trần Văn Bình -", 900 - LEFT, 1300 - UPPER),)})
    found = read_signature(engine, PAGE, 200, FOOT)
    assert texts(found) == [*texts(FOOT), "Trần Văn Bình"]
    assert engine.asked == [Shape.BLOCK, Shape.SCATTERED]  # a sure name ends the search
    box = found[-1].words[0].box
    assert box is not None and box.y0 == 1300 and box.x0 > 900


def test_a_surer_name_and_title_replace_what_was_read_there() -> None:
    damaged = (*FOOT, line("HÓ GIAM ĐỌC", 900, 1040, 0.5), line("T?ần Văm ình", 910, 1300, 0.4))
    read = (line("PHÓ GIÁM ĐỐC", 900 - LEFT, 1040 - UPPER), line("Trần Văn Bình", 900 - LEFT, 1300 - UPPER))
    found = read_signature(Told({Shape.BLOCK: read}), PAGE, 200, damaged)
    assert texts(found) == [*texts(FOOT), "PHÓ GIÁM ĐỐC", "Trần Văn Bình"]


@pytest.mark.parametrize(
    "read",
    [
        line("Trần Văn Bình", 900 - LEFT, 1300 - UPPER, 0.4),
        line("Txguyếf Văn Bình", 900 - LEFT, 1300 - UPPER),
        line("Bình", 900 - LEFT, 1300 - UPPER),
        line("kết quả thực hiện", 900 - LEFT, 1300 - UPPER),
        line("Sở Nội Vụ", 0, 1300 - UPPER),
        line("PHÓ GIÁM ĐỐC", 900 - LEFT, 1040 - UPPER, 0.6),
    ],
    ids=["unsure", "no syllable", "one word", "no name", "left column", "unsure title"],
)
def test_nothing_else_is_added(read: Line) -> None:
    engine = Told(dict.fromkeys(Shape, (read,)))
    assert read_signature(engine, PAGE, 200, FOOT) == FOOT


def test_no_second_reading_where_the_name_is_sure_or_there_is_no_signature() -> None:
    engine = Told(dict.fromkeys(Shape, (line("Trần Văn Bình", 900 - LEFT, 1300 - UPPER),)))
    named = (*FOOT, line("Lê Thị Mai", 900, 1300))
    assert read_signature(engine, PAGE, 200, named) == named
    prose = (line("Thực hiện kế hoạch năm 2024", 150, 300), line("gửi về Sở Nội vụ", 150, 340))
    assert read_signature(engine, PAGE, 200, prose) == prose
    assert engine.asked == []
