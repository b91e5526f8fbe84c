"""Items that begin alike: "nhóm đất cát, nhóm đất mặn", "Tổ số 1 …; Tổ số 2 …", "ông A, Phó Bí thư; bà B …"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from extract.checks.lists.names import UNIT
from extract.checks.lists.words import NOUN, any_of, listed_words
from extract.components.context import UPPER

_FEW: Final = 3  # items
_PAIR: Final = 2  # … that begin with what was counted
_LONGEST_THING: Final = 8  # words of an item between commas that is no name
_HEAD: Final = re.compile(rf"({NOUN}|ông|bà)\s", re.IGNORECASE)
_APART: Final = re.compile(r"(?:và )?(?:riêng|còn|trong khi|ngoài ra|bên cạnh|đồng thời|các|những)\b", re.IGNORECASE)
# Three words in capitals are the name of somebody whose title is left out.
_SOMEBODY: Final = re.compile(rf"(?:[{UPPER}][^\W\d_]{{0,7}}\s){{2,4}}[{UPPER}][^\W\d_]{{0,7}}(?=$|\s?[(,;:.–-])")
_PERSONS: Final = frozenset(listed_words("persons"))
_PLURAL: Final = re.compile(r"(?:các|những|hai|ba)\s", re.IGNORECASE)


def count_alike(text: str, pieces: Sequence[str], counted: Sequence[str]) -> int | None:
    """How many items a list holds that all begin with one noun, or with titles of people; None where they do not.

    Args:
        text: the list.
        pieces: what stands between its commas and semicolons.
        counted: the words of what was counted, in small letters; two items that begin with them are enough.
    """
    if (persons := _persons(pieces, counted)) is not None:
        return persons
    if ";" in text:
        return _between_semicolons(text, counted)
    first = pieces[0].removeprefix("và ")
    head = _HEAD.match(first) or _own_head(first, counted)
    if head is None:
        return None
    word = re.escape(first[: len(head[1])])
    parts = [part for piece in pieces for part in re.split(rf"\s+và\s+(?={word}\s)", piece.removeprefix("và "))]
    within = "." if UNIT.match(first) else r"(?!\svà\s)."
    begins = re.compile(rf"{word}\s(?:{within})+$")
    fewest = _PAIR if head[1].lower() in counted else _FEW
    alike = len(parts) >= fewest and all(begins.match(part) and len(part.split()) <= _LONGEST_THING for part in parts)
    return len(parts) if alike else None


def _own_head(item: str, counted: Sequence[str]) -> re.Match[str] | None:
    """The first word of an item where it is the first of what was counted."""
    return re.match(rf"({re.escape(counted[0])})\s", item, re.IGNORECASE) if counted else None


def _between_semicolons(text: str, counted: Sequence[str]) -> int | None:
    """How many items between semicolons begin with one kind of unit or thing, however much is said of each.

    "Đảng bộ A kết nạp 21 đảng viên, đạt 105%; Đảng bộ B …; riêng Đảng bộ C …": what "riêng" begins is none of them.
    """
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if parts and _APART.match(parts[-1]):
        parts.pop()
    own = _own_head(parts[0], counted) if parts else None
    if len(parts) < (_FEW if own is None else _PAIR) or not (own or UNIT.match(parts[0]) or _HEAD.match(parts[0])):
        return None
    word = parts[0].split()[0].lower()
    alike = all(part.removeprefix("và ").lower().startswith(f"{word} ") for part in parts)
    within = re.compile(rf"(?:,|\svà)\s{re.escape(word)}\s", re.IGNORECASE)
    return len(parts) if alike and not any(within.search(part) for part in parts) else None


def _persons(pieces: Sequence[str], counted: Sequence[str]) -> int | None:
    """How many people a list names behind their titles, whatever is said of each between commas."""
    if not is_of_persons(counted) or not _person().match(pieces[0]):
        return None
    count = 0
    for piece in pieces:
        told = len(_person().findall(piece))
        if (not told and _SOMEBODY.match(piece)) or _PLURAL.match(piece):
            return None
        count += told
    return count if count >= _PAIR else None


def is_of_persons(counted: Sequence[str]) -> bool:
    """Whether the words of what was counted begin with a noun for people."""
    return any(" ".join(counted[:size]) in _PERSONS for size in (1, 2, 3))


def is_person(text: str) -> bool:
    """Whether a text begins with the name of somebody, with a title or without."""
    return _person().match(text) is not None or _SOMEBODY.match(text) is not None


@cache
def _person() -> re.Pattern[str]:
    """A title and a name, where an item begins or behind "và"."""
    return re.compile(rf"(?:^(?:và )?|\svà\s)(?i:(?:{any_of('person_heads')})\.?\s){{1,2}}(?=[{UPPER}])")
