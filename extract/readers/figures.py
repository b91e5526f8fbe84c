"""How figures are printed, and what engines make of them."""

from __future__ import annotations

import re

from extract.readers.signs import EDGES

_EDGES = f"{EDGES}|"
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){1,5}")
_MIXED = re.compile(r"(?=\D{0,8}\d)(?=\d{0,8}\D)[\dlIOoZz|]{2,8}")


def digits_of(text: str) -> str:
    """The digits of a text."""
    return "".join(filter(str.isdigit, text))


def is_grouped(text: str) -> bool:
    """Whether a text is a number with a point before each three digits, as Vietnamese prints them."""
    return _GROUPED.fullmatch(text.strip(_EDGES)) is not None


def is_mixed(text: str) -> bool:
    """Whether a text is a number of which a digit was read as the letter that looks like it: "l3", "Z023"."""
    return _MIXED.fullmatch(text.strip(_EDGES)) is not None
