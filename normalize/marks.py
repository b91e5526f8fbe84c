"""Marks of figures that an engine misread: the point of thousands as a colon, the decimal comma as a semicolon.

Digits stay as they are. Scales ("tỷ lệ 1:500") and times keep their colon, lists their semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from normalize.edits import Cause, Edit

_THOUSANDS = re.compile(r"(?<![\w.,:;/])(?!1:[1-9]00\b)\d{1,3}(?:\.\d{3})?(:)\d{3}(?![\w:;/]|[.,]\d)")
_DECIMALS = re.compile(r"(?<![\w.,:;/])\d{1,3}(;)\d{1,2}(?=\s?%)")


def figure_mark_edits(text: str) -> Iterator[Edit]:
    """The marks of figures that cannot be what they were read as."""
    for shape, mark, probability in ((_THOUSANDS, ".", 0.97), (_DECIMALS, ",", 0.99)):
        for match in shape.finditer(text):
            yield Edit(match.start(1), match.end(1), match[1], mark, Cause.NUMBER, probability)
