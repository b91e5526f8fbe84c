"""Marks of items and headings, repaired by their order: "Il." after "I." is "II.", "d)" after "c)" and "d)" is "đ)".

No mark is changed that its neighbours do not prove wrong, and none that is a number.
"""

from __future__ import annotations

import re

from normalize.edits import Cause, Edit

MARKER_PROBABILITY = 0.97

_ROMAN_LINE = re.compile(r"^[^\w\n]{0,3}([IVXLHil1|\]!]{1,6})[.,][ \t]+([^\W\d_][^\n]*)", re.MULTILINE)
_LETTER_LINE = re.compile(r"^[ \t]*([a-zđĐ])[)][ \t]", re.MULTILINE)
_STROKES = {
    "I": "I",
    "V": "V",
    "X": "X",
    "l": "I",
    "1": "I",
    "i": "I",
    "|": "I",
    "]": "I",
    "!": "I",
    "L": "I",
    "H": "II",
}
_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMANS = {tens + unit: 10 * len(tens) + value for tens in ("", "X", "XX") for value, unit in enumerate(_UNITS)}


def marker_edits(text: str) -> list[Edit]:
    """Repair the marks of headings (roman numerals) and items (letters) of `text`."""
    return [*_roman_edits(text), *letter_edits(text)]


def _roman_edits(text: str) -> list[Edit]:
    lines = [match for match in _ROMAN_LINE.finditer(text) if not match.group(1).isdigit()]
    values = [_ROMANS.get("".join(_STROKES[sign] for sign in match.group(1)), 0) for match in lines]
    edits: list[Edit] = []
    last = 0
    for place, (match, value) in enumerate(zip(lines, values, strict=True)):
        read, after = match.group(1), values[place + 1] if place + 1 < len(lines) else 0
        meant = value
        if last and value <= last and after == last + 2:
            meant = last + 1  # a stroke was lost: II between II and IV is III
        elif read not in _ROMANS and not (value > 1 and (value == last + 1 or (not last and _is_loud(match.group(2))))):
            continue
        if not meant:
            continue
        last = meant
        right = next(roman for roman, number in _ROMANS.items() if number == meant)
        if right != read:
            edits.append(Edit(match.start(1), match.end(1), read, right, Cause.SYMBOL, MARKER_PROBABILITY))
    return edits


def _is_loud(title: str) -> bool:
    letters = [letter for letter in title if letter.isalpha()]
    return len(letters) >= 6 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)


def letter_edits(text: str) -> list[Edit]:
    """Repair the letters of items: of two d) or two đ) behind c) the first is d), the second đ)."""
    edits: list[Edit] = []
    before = ("", "")
    lines = list(_LETTER_LINE.finditer(text))
    for place, match in enumerate(lines):
        letter, after = match.group(1), lines[place + 1].group(1) if place + 1 < len(lines) else ""
        if letter == "d" and before == ("c", "d"):
            letter = "đ"
            edits.append(Edit(match.start(1), match.end(1), "d", letter, Cause.SYMBOL, MARKER_PROBABILITY))
        elif letter in ("đ", "Đ") and before[1] == "c" and after == "đ":
            edits.append(Edit(match.start(1), match.end(1), letter, "d", Cause.SYMBOL, MARKER_PROBABILITY))
            letter = "d"
        before = (before[1], letter)
    return edits
