"""Marks that rows of a table begin with: A, I, 1, 1.1, a), -."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_MARK: Final = re.compile(
    r"\s*(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})|(?P<roman>[IVX]{1,5})|(?P<upper>[A-HĐ])|(?P<lower>[a-hđ])"
    r"|(?P<dash>[-–+*•]))(?P<end>[.)]?)\s*(?P<rest>.?)"
)
_LONGEST: Final = 20  # characters of a cell that holds a mark alone
_ROMAN: Final = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: its kind, and its numbers, none for a dash. "1.4.2" is of kind "number2" and has (1, 4, 2).

    `alone`: nothing else stands in the cell.
    """

    kind: str
    numbers: tuple[int, ...]
    alone: bool


@lru_cache(maxsize=4096)
def mark_of(cell: str) -> Mark | None:
    """The mark that a row's first cell is, or that its words begin with; None where it has none."""
    match = _MARK.match(cell[:_LONGEST])
    if match is None or (match["rest"] and not (match["end"] or match["dash"])):
        return None
    alone = not match["rest"]
    if match["number"]:
        numbers = tuple(map(int, match["number"].split(".")))
        return Mark(f"number{len(numbers) - 1}", numbers, alone)
    kind = next(name for name in ("roman", "upper", "lower", "dash") if match[name])
    if kind == "roman":
        return Mark(kind, (_value(match["roman"]),), alone)
    return Mark(kind, () if kind == "dash" else (ord(match[kind]),), alone)


def _value(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
