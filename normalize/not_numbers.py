"""Digits where no number can stand: "tỷ lệ" read as `ty 18`, quarter II as 11, "Số" of a table's label as 86.

Each of these rules touches digits and carries its proof: a billion has its number before it, a year has four quarters,
and the label behind the number of a table's row opens with a word.
"""

from __future__ import annotations

import re

from normalize.edits import Cause, Edit

PROBABILITY = 0.96

# "chiém ty 18 92%", "Ty 1€ hồ sơ", "Tyl1e TTHC"; "12 tỷ 16 triệu" has its number before it.
_SHARE = re.compile(
    r"(?<![^\W\d_])(?<![\d,.] )(?P<share>[Tt](?:[yỷýỳỹiỉ]|(?=\s)))(?P<gap>\s?)"
    r"(?P<rate>(?:[1|]|l1|1l)[e€éè£¢&]|l1e|(?<=\s)1[68](?![.,]?\d))(?=[\s:])"
)
_WRITES_RATE = re.compile(r"\s*(?:[^\W\d_]{1,7}(?:[\s.,;:]|$)|:?\s?\d{1,3}(?:[.,]\d{1,2})?\s?%)")

# "Quý 11/2023", "Quy I, 11 năm 2023", "quý l, ll"; a single 1 may be meant.
_QUARTERS = re.compile(
    r"(?<!\w)[Qq]u[yýỷỳ]\s+(?P<list>[IVl1|]{1,3}(?:(?:\s?,\s?|\s(?:và|va|v[aà])\s|\s?[-–]\s?)[IVl1|]{1,3}){0,3})(?!\w)"
)
_STROKES = re.compile("[IVl1|]+")
_QUARTER_NAMES = frozenset(("I", "II", "III", "IV"))

# "3.2.2.| 86 hé so TTHC gidi quyét diing han Ho so 11.880"
_LABEL = re.compile(
    r"^[ \t]*\d{1,2}(?:\.\d{1,2}){1,4}\.?[ \t]*\|?[ \t]*(?P<read>[58$][06])"
    r"(?=[ ][^\W\d_]{2}[^\n]*[ |]\d[\d.,]*%?[ \t|]*$)",
    re.MULTILINE,
)

# "¢) Ban hành" behind "b) ...": a letter of an item with a stroke through it.
_ITEM = re.compile(r"^[ \t'‘’*]{0,3}(?P<letter>[a-zđ¢€])[)][ \t]", re.MULTILINE)


def not_number_edits(text: str) -> list[Edit]:
    """Restore "tỷ lệ", the quarters of a year and "Số" of a label where digits were read for them."""
    edits = [*_share_edits(text), *_quarter_edits(text)]
    edits += [_edit(match, "read", "Số") for match in _LABEL.finditer(text)]
    return [edit for edit in sorted(edits, key=lambda edit: edit.start) if edit.before != edit.after]


def _share_edits(text: str) -> list[Edit]:
    edits = []
    for match in _SHARE.finditer(text):
        if _WRITES_RATE.match(text, match.end()):
            word = "Tỷ" if match.group("share")[0] == "T" else "tỷ"
            if match.group("gap"):
                edits += [_edit(match, "share", word), _edit(match, "rate", "lệ")]
            else:
                before = match.group()
                edits.append(Edit(match.start(), match.end(), before, f"{word} lệ", Cause.NUMBER, PROBABILITY))
    return edits


def _quarter_edits(text: str) -> list[Edit]:
    edits = []
    for match in _QUARTERS.finditer(text):
        parts = list(_STROKES.finditer(text, match.start("list"), match.end("list")))
        for part in parts:
            read = part.group()
            meant = re.sub("[l1|]", "I", read)
            if meant in _QUARTER_NAMES and (len(read) > 1 or not read.isdigit()):
                edits.append(Edit(part.start(), part.end(), read, meant, Cause.NUMBER, PROBABILITY))
    return edits


def item_letter_edits(text: str) -> list[Edit]:
    """Restore the letter of an item that was read as ¢ or €: c, or e where d or đ stands before it."""
    edits, before = [], ""
    for match in _ITEM.finditer(text):
        letter = match.group("letter")
        if letter in "¢€":
            letter = "e" if before in ("d", "đ") else "c"
            edits.append(
                Edit(
                    match.start("letter"), match.end("letter"), match.group("letter"), letter, Cause.SYMBOL, PROBABILITY
                )
            )
        before = letter
    return edits


def _edit(match: re.Match[str], group: str, after: str) -> Edit:
    return Edit(match.start(group), match.end(group), match.group(group), after, Cause.NUMBER, PROBABILITY)
