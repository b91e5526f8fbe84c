"""Numbers and bullets that begin items, and how items nest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from extract.layout.letters import pattern


class Level(IntEnum):
    """Kinds of markers, outermost first."""

    PART = 0
    LETTER = 1
    ROMAN = 2
    ARTICLE = 3
    NUMBER = 4
    DOTTED = 5
    DEEPER = 6
    BRACKETED = 7
    SMALL_LETTER = 8
    STAR = 9
    DASH = 10
    PLUS = 11
    BULLET = 12


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker an item begins with; `length` counts the blanks behind it."""

    text: str
    level: Level
    length: int


_SHAPES: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, pattern(r"[.:;,_'`‘’\"ˆ°·|„¬\s]{0,4}" + shape))
    for level, shape in (
        (Level.PART, r"((?:PHẦN|Phần|CHƯƠNG|Chương)\s(?:[IVXLC]{1,6}|\d{1,2}|thứ\s\w{2,6}|THỨ\s\w{2,6}))\b[.:]?\s?"),
        (Level.ARTICLE, r"(Điều\s\d{1,3})[.:]\s?"),
        (
            Level.ROMAN,
            r"([IVX]{1,6}|I[]1l|Ii!]{1,3}|HI|[lI1]V)(?:[.)]{1,2}\s|\s?[-–]\s?(?=[A-ZÀ-Ỹ])|\s(?=[A-ZÀ-Ỹ]{2}))",
        ),
        (Level.LETTER, r"([A-HĐ])[.)]\s"),
        (Level.DEEPER, r"(\d{1,2}\.\d{1,2}(?:\.\d{1,2}){1,3})[.)]?\s"),
        (Level.DOTTED, r"(\d{1,2}\.\d{1,2})[.)]?\s(?![%đ]|điểm|tỷ|triệu)"),
        (Level.NUMBER, r"(\d{1,2}|§)(?:[.]\s?(?=[^\W\d])|,\s(?=[A-ZĐ])|/\s(?=[^\W\d])|[.]\s)"),
        (Level.BRACKETED, r"(\(\d{1,2}\)|\d{1,2}\))\s?(?=[^\W\d])"),
        (Level.SMALL_LETTER, r"(\(?[a-zđéèêçổ¢]{1,2}[)])\s?(?=[^\W\d]|\d)"),
        (Level.SMALL_LETTER, r"([a-zđ])\.\s(?=[A-ZÀ-Ỹ])"),
        (Level.STAR, r"(\*{1,3})\s?(?=\S)"),
        (Level.PLUS, r"[-–—~][-–—~\s]{0,2}(\+)\s?(?=[^\d\s])"),
        (Level.DASH, r"([=_])\s(?=[A-ZÀ-Ỹ][a-zà-ỹ])"),
        (Level.DASH, r"([-–—−~])(?:\s?[-–—])?(?:\s(?=\S)|(?=['‘`]?[A-ZÀ-Ỹ]))"),
        (Level.PLUS, r"(\+)\s?(?=[^\d\s])"),
        (Level.BULLET, r"([•○▪●◦■❖➢✓»«])\s?(?=\S)"),
    )
)
_MEANT = {
    Level.ROMAN: {
        ord(damaged): meant for damaged, meant in zip("]1l|i!H", ("I", "I", "I", "I", "I", "I", "II"), strict=True)
    },
    Level.SMALL_LETTER: {ord("¢"): "c"},
    Level.NUMBER: {ord("§"): "8"},
}
_GARBLED = pattern(r"[a-zà-ỹ]{1,3}[.,]\s(?=[A-ZÀ-Ỹ][a-zà-ỹ])")
_OPEN_END = re.compile(
    r"\b(?:số|ngày|tháng|năm|quý|điều|khoản|điểm|mục|phụ lục|và|hoặc|đến|từ"
    r"|của|các|là|tại|theo|biểu|bảng|lần|thứ|kỳ|với|trên|gồm|quyển|tuần)$"
    r"|[(/]$",
    re.IGNORECASE,
)


def marker_of(text: str) -> Marker | None:
    """The marker `text` begins with; Roman numerals, 8 and c are read as meant where OCR damaged them (I11 is III)."""
    head = text[:40]
    for level, shape in _SHAPES:
        match = shape.match(head)
        if match:
            return Marker(match[1].translate(_MEANT.get(level, {})), level, match.end())
    return None


def garbled_mark(text: str) -> int:
    """The length of letters that a number may have been read as ("bò, Triển khai"); 0 where no such begin the line."""
    match = _GARBLED.match(text)
    return match.end() if match else 0


def is_bullet(text: str) -> bool:
    """Whether `text` begins with a dash, a star, a plus or a dot, not with a number."""
    marker = marker_of(text)
    return marker is not None and marker.level >= Level.STAR


def is_speck_of_dash(above: str, text: str) -> bool:
    """Whether the dash a line begins with is a speck: the words of the line above go on behind it in small letters."""
    marker = marker_of(text)
    if marker is None or marker.level is not Level.DASH or above.rstrip()[-1:] in ".;:,-":
        return False
    return text[marker.length :][:1].islower()


def waits_for_more(text: str) -> bool:
    """Whether a line ends on a word that needs what follows: a number at the next line's beginning is no marker."""
    return _OPEN_END.search(text[-20:]) is not None


def nest(markers: Sequence[Marker | None], leads: Sequence[bool]) -> list[int | None]:
    """The parent of each block by index.

    Args:
        markers: the marker of each block; None for a paragraph.
        leads: whether the block is a paragraph that announces a list (ends with a colon).
    """
    parents: list[int | None] = []
    open_: list[tuple[float, int]] = []  # (level, index) of the blocks that can hold the next one
    lead: int | None = None
    for index, marker in enumerate(markers):
        if marker is None:
            parents.append(next((i for level, i in reversed(open_) if level <= Level.SMALL_LETTER), None))
            lead = index if leads[index] else None
            continue
        while open_ and open_[-1][0] >= marker.level:
            open_.pop()
        if lead is not None:
            open_.append((marker.level - 0.5, lead))  # holds this item and its sisters, ends with their parent
            lead = None
        parents.append(open_[-1][1] if open_ else None)
        open_.append((marker.level, index))
    return parents
