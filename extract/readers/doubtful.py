"""Doubtful lines, cut out and read a second time: reading a line without its page finds other errors.

Of the two readings of a word the likelier is kept: the engine's confidence counts, a spelling no
Vietnamese syllable has counts against a word, and a mark counts for it, since small marks are lost
in print, scan and recognition far more often than they are made up. Where the readings differ in a
digit the word carries the lower confidence.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence

from extract.readers.cutout import read_area
from extract.readers.figures import digits_of, is_grouped, is_mixed
from extract.readers.ocr import OcrEngine
from extract.readers.pixels import Image
from extract.readers.second import DOUBT
from extract.readers.signs import EDGES
from extract.readers.torn import with_torn_marks
from extract.records import Box, Line, Word
from normalize.syllables import is_syllable

_WORD_DOUBT = 0.95
"""Confidence below which a lower-case word is doubtful; the engine is never as sure of capitals, figures and signs."""

_LOST_MARK = 0.05  # of confidence, for each mark
_NO_SYLLABLE = 0.2
_CUT_OUT_INCHES = (0.03, 0.02)  # left and right, above and below


def read_doubtful_lines(
    engine: OcrEngine, image: Image, dpi: float, lines: Sequence[Line], unused: list[Word] | None = None
) -> tuple[Line, ...]:
    """The lines, with the words of doubtful ones replaced by the likelier reading.

    Args:
        engine: reads the cut-outs.
        image: gray page the lines were read from.
        dpi: its resolution.
        lines: with boxes in pixels.
        unused: readings that differ in a digit from the ones kept are added to it.
    """
    unused = [] if unused is None else unused
    return tuple(
        _again(engine, image, dpi, line, area, unused) if torn or _doubtful(line) else line
        for line, area, torn in with_torn_marks(lines)
    )


def _doubtful(line: Line) -> bool:
    boxes = [word.box for word in line.words if word.box is not None]
    letters = sum(len(word.text) for word in line.words)
    if letters < 4 or len(boxes) != len(line.words):
        return False
    wide = max(box.x1 for box in boxes) - min(box.x0 for box in boxes)
    high = max(box.y1 for box in boxes) - min(box.y0 for box in boxes)
    return wide > 2 * high and any(
        word.confidence is not None and word.confidence < (_WORD_DOUBT if _is_small(word) else DOUBT)
        for word in line.words
    )


def _is_small(word: Word) -> bool:
    core = word.text.strip(EDGES)
    return len(core) > 1 and core.isalpha() and core.islower()


def _again(engine: OcrEngine, image: Image, dpi: float, line: Line, area: Box, unused: list[Word]) -> Line:
    across, down = (share * dpi for share in _CUT_OUT_INCHES)
    around = Box(area.x0 - across, area.y0 - down, area.x1 + across, area.y1 + down)
    other = [word for row in read_area(engine, image, dpi, around) for word in row]
    pairs = list(zip(line.words, _partners(line.words, other), strict=True))
    words = tuple(_likelier(word, partner) for word, partner in pairs)
    for kept, (word, partner) in zip(words, pairs, strict=True):
        if partner is not None and digits_of(word.text) != digits_of(partner.text):
            text = partner.text if kept.text == word.text else word.text
            unused.append(Word(text, word.box, partner.confidence if text == partner.text else word.confidence))
    return Line(" ".join(word.text for word in words), words)


def _partners(words: Sequence[Word], others: Sequence[Word]) -> list[Word | None]:
    """For each word the one of the other reading that stands where it stands and nowhere else."""
    ends = [_ends(other) for other in others]
    found = [
        [
            index
            for index, (left, right) in enumerate(ends)
            if left < x1 and x0 < right and min(x1, right) - max(x0, left) > 0.5 * min(x1 - x0, right - left)
        ]
        for x0, x1 in map(_ends, words)
    ]
    times = Counter(index for there in found for index in there)
    return [others[there[0]] if len(there) == 1 and times[there[0]] == 1 else None for there in found]


def _ends(word: Word) -> tuple[float, float]:
    """Left and right end of a word; of one without a place, ends that nothing lies between."""
    return (math.inf, -math.inf) if word.box is None else (word.box.x0, word.box.x1)


def _likelier(word: Word, other: Word | None) -> Word:
    if other is None or word.confidence is None or other.confidence is None or other.text == word.text:
        return word
    best = other.text if _weight(other) > _weight(word) else word.text
    digits = any(map(str.isdigit, word.text + other.text))
    confidence = min(word.confidence, other.confidence) if digits else max(word.confidence, other.confidence)
    return Word(best, word.box, confidence)


def _weight(word: Word) -> float:
    core = word.text.strip(EDGES)
    marks = sum(unicodedata.combining(sign) > 0 for sign in unicodedata.normalize("NFD", core))
    wrong = core.isalpha() and not core.isupper() and not is_syllable(core)
    wrong = wrong or is_mixed(core)
    marks += 2 * is_grouped(core)  # points of thousands are lost like marks, and never made up with three digits behind
    return (word.confidence or 0.0) + _LOST_MARK * marks - (_NO_SYLLABLE if wrong else 0.0)
