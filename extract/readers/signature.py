"""The block of the signature read a second time: stamp and signature make layout analysis drop titles and names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from rapidfuzz import fuzz

from extract.readers.band import letters_of
from extract.readers.cutout import sureness
from extract.readers.ocr import OcrEngine, Shape
from extract.readers.pixels import Image
from extract.records import Box, Line, Word
from normalize.syllables import is_syllable

_RECIPIENTS = "noinhan"
_ALIKE = 75.0
_POWERS = frozenset({"TM", "T/M", "KT", "K/T", "TL", "T/L", "TUQ"})
_LEFT, _MIDDLE, _RIGHT = 0.42, 0.5, 0.97  # of the width of the page
_ABOVE_INCHES, _BLOCK_INCHES, _TITLE_INCHES = 0.05, 2.8, 0.3
_LEAST_INCHES = 0.8
_DARK = 90  # type is darker than the ink of stamps and pens, where both are gray
_WHITE = 255
_SURE = 0.9
_LEAST_SURE = 0.5
_NAME_WORDS, _TITLE_WORDS = range(2, 6), range(2, 8)
_EDGES = " .,;:-~_'\"`“”‘’*|"


def read_signature(engine: OcrEngine, image: Image, dpi: float, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with titles and name of the signature where the reading of the page missed them.

    The block is read as one block and as scattered text, with all its ink and with the darkest only,
    until a name is sure. Words are replaced only by surer ones.

    Args:
        engine: reads the cut-out.
        image: gray page the lines were read from.
        dpi: its resolution.
        lines: with boxes in pixels.
    """
    width = image.shape[1]
    top = _top(lines, width)
    if top is None or image.shape[0] - top < _LEAST_INCHES * dpi:
        return tuple(lines)
    names_from = top + _TITLE_INCHES * dpi
    beside = [Line("", tuple(word for word in line.words if _is_right(word, width, names_from))) for line in lines]
    if any(_is_name(line) and sureness(line.words) >= _SURE for line in beside):
        return tuple(lines)
    name: Line | None = None
    titles: list[Line] = []
    for read in _readings(engine, image, dpi, top):
        for line in read:
            if _is_title(line) and sureness(line.words) >= _SURE:
                titles.append(line)
            elif _is_name(line) and all(_is_right(word, width, names_from) for word in line.words):
                name = line if name is None or sureness(line.words) > sureness(name.words) else name
        if name is not None and sureness(name.words) >= _SURE:
            break
    kept = tuple(lines)
    for line in titles:
        kept = _put(kept, line, dpi)
    return kept if name is None or sureness(name.words) < _LEAST_SURE else _put(kept, name, dpi)


def _top(lines: Sequence[Line], width: int) -> float | None:
    """Height at which the signature begins: that of the recipients on its left, or of "TM.", "KT.", "TL."."""
    tops = []
    for line in lines:
        for index, word in enumerate(line.words):
            if word.box is None:
                continue
            if word.box.x0 >= _MIDDLE * width:
                if word.text.rstrip(".,") in _POWERS:
                    tops.append(word.box.y0)
                break
            letters = letters_of("".join(part.text for part in line.words[index : index + 2]))[: len(_RECIPIENTS)]
            if index < 2 and len(letters) >= 5 and fuzz.ratio(letters, _RECIPIENTS) >= _ALIKE:
                tops.append(word.box.y0)
    return max(tops, default=None)


def _readings(engine: OcrEngine, image: Image, dpi: float, top: float) -> Iterator[list[Line]]:
    width = image.shape[1]
    left, upper = round(_LEFT * width), max(0, round(top - _ABOVE_INCHES * dpi))
    block = image[upper : upper + round(_BLOCK_INCHES * dpi), left : round(_RIGHT * width)]
    dark = np.asarray(np.where(block < _DARK, block, _WHITE), dtype=np.uint8)
    for picture, shape in (
        (dark, Shape.BLOCK),
        (block, Shape.SCATTERED),
        (block, Shape.BLOCK),
        (dark, Shape.SCATTERED),
    ):
        yield [_clean(line, left, upper) for line in engine.read(picture, dpi, shape)]


def _clean(line: Line, left: int, upper: int) -> Line:
    """A line of the cut-out on the page, without the specks at its ends."""
    words = [
        replace(word, text=word.text.strip(_EDGES), box=_moved(word.box, left, upper))
        for word in line.words
        if word.text.strip(_EDGES)
    ]
    return Line(" ".join(word.text for word in words), tuple(words))


def _moved(box: Box | None, left: int, upper: int) -> Box | None:
    return None if box is None else Box(box.x0 + left, box.y0 + upper, box.x1 + left, box.y1 + upper)


def _is_right(word: Word, width: int, below: float) -> bool:
    return (
        word.box is not None and word.box.x1 > _MIDDLE * width and word.box.x0 > _LEFT * width and word.box.y0 > below
    )


def _is_name(line: Line) -> bool:
    """Whether a line is nothing but two to five capitalised syllables."""
    return len(line.words) in _NAME_WORDS and all(
        len(word.text) > 1 and word.text[0].isupper() and word.text[1:].islower() and is_syllable(word.text)
        for word in line.words
    )


def _is_title(line: Line) -> bool:
    return len(line.words) in _TITLE_WORDS and all(
        word.text.isupper() and (is_syllable(word.text) or word.text in _POWERS or word.text[:-1] in _POWERS)
        for word in line.words
    )


def _put(lines: Sequence[Line], line: Line, dpi: float) -> tuple[Line, ...]:
    """The lines with one more in place of the words that stand where it stands, unless they are surer."""
    boxes = [word.box for word in line.words if word.box is not None]
    area = boxes[0]
    for box in boxes[1:]:
        area = area.union(box)
    there = [word for other in lines for word in other.words if _covers(area, word)]
    if sureness(there) >= sureness(line.words) and sum(len(word.text) for word in there) >= len(line.text) / 2:
        return tuple(lines)
    gone = {id(word) for word in there}
    kept = [tuple(word for word in other.words if id(word) not in gone) for other in lines]
    rest = (Line(" ".join(word.text for word in words), words) for words in kept if words)
    return (*rest, line)


def _covers(area: Box, word: Word) -> bool:
    if word.box is None:
        return False
    level, middle = (word.box.y0 + word.box.y1) / 2, (word.box.x0 + word.box.x1) / 2
    return area.y0 <= level <= area.y1 and area.x0 - area.height <= middle <= area.x1 + area.height
