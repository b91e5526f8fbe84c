"""Figures of page images with what was read around and in them: specks, rules, and marks that are torn."""

from __future__ import annotations

import re
from typing import Final

_SPECKS: Final = re.compile(r"^[^\w%]+|[^\w%]+$")  # what a rule or dirt beside a figure is read as
_TORN: Final = (  # a point or a comma misread: "1/005", "6;03"
    (re.compile(r"(\d{1,3})[:;/](\d{3})"), r"\1.\2"),
    (re.compile(r"(\d{1,3})[:;](\d{1,2})"), r"\1,\2"),
)
_MARKS: Final = ":;/"
_SIDE_BY_SIDE: Final = re.compile(r"(?<!\S)\d[\d.,]*%?\s+(?!(?:19|20)\d\d\b)\d[\d.,]*%?\W?(?!\S)")
_LONGEST_LINE: Final = 160  # characters of a row of a table


def mended(cell: str) -> str:
    """A cell without the specks around it, a mark in its figure that was misread as it was printed."""
    bare = _SPECKS.sub("", cell)
    return next((match.expand(mark) for shape, mark in _TORN if (match := shape.fullmatch(bare))), bare)


def is_torn(cell: str) -> bool:
    """Whether a mark in the figure of a cell was misread."""
    if not any(mark in cell for mark in _MARKS):
        return False
    bare = _SPECKS.sub("", cell)
    return any(shape.fullmatch(bare) for shape, _ in _TORN)


def is_ruled(line: str) -> bool:
    """Whether some rules of a table were read with its row and others not: two figures stand side by side."""
    return len(line) <= _LONGEST_LINE and ("|" in line or "[" in line) and bool(_SIDE_BY_SIDE.search(line))
