"""Numbers that an engine took apart at a narrow 1, and ones it read as letters, where a date or a number must stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.readers.figures import digits_of
from extract.records import Line, Word

_NARROW = 0.4  # of the height of digits: blanks between words are wider, the whites beside a 1 narrower
_BEFORE = frozenset({"ngày", "tháng", "năm", "số"})
_ONES = str.maketrans(dict.fromkeys("lI|]", "1"))
_MIXED = re.compile(r"(?=[lI|\]]{0,4}\d)[\dlI|\]]{1,5}[.,;:)]?")
_DIGITS = re.compile(r"\d{1,6}")
_MORE = re.compile(r"[\dlI]{1,6}(?:[.,;:)]|[/-]\S{0,30})?")


def mend_numbers(lines: Sequence[Line], unused: list[Word]) -> tuple[Line, ...]:
    """The lines with such numbers whole; what was read is added to `unused` where a sign was changed.

    Args:
        lines: of running text, with boxes.
        unused: readings kept beside the ones used.
    """
    return tuple(_mended(line, unused) for line in lines)


def _mended(line: Line, unused: list[Word]) -> Line:
    words = tuple(_joined(_with_ones(line.words, unused)))
    return line if words == line.words else replace(line, text=" ".join(word.text for word in words), words=words)


def _with_ones(words: Sequence[Word], unused: list[Word]) -> Iterator[Word]:
    before = ""
    for word in words:
        if before.lower() in _BEFORE and _MIXED.fullmatch(word.text) and not word.text.rstrip(".,;:)").isdigit():
            unused.append(word)
            word = replace(word, text=word.text.translate(_ONES))
        yield word
        before = word.text


def _joined(words: Iterator[Word]) -> Iterator[Word]:
    last: Word | None = None
    for word in words:
        if last is None:
            last = word
        elif _is_rest(last, word):
            last = _one(last, word)
        else:
            yield last
            last = word
    if last is not None:
        yield last


def _is_rest(word: Word, other: Word) -> bool:
    if word.box is None or other.box is None or not _DIGITS.fullmatch(word.text) or not _MORE.fullmatch(other.text):
        return False
    gap = other.box.x0 - word.box.x1
    return bool(digits_of(other.text)) and gap <= _NARROW * min(word.box.height, other.box.height)


def _one(word: Word, other: Word) -> Word:
    box = word.box.union(other.box) if word.box and other.box else None
    stated = [share for share in (word.confidence, other.confidence) if share is not None]
    return Word(word.text + other.text, box, min(stated, default=None))
