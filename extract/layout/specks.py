"""Specks: dirt and strokes that were read as marks at the edges of lines."""

from __future__ import annotations

import re

_AT_END = re.compile(
    r"(?:\s+[`'’‘´\"“”~,|_^°*•·<>=\\{}\[\]»«¬]{1,3}"  # standing apart, and no mark of a sentence
    r"|(?<=[.;:])\s+[^\s()\d]\W?)+$"  # behind the end of a sentence nothing of one letter follows
)
_LONGEST = 12  # characters at the end of a line that can be specks


def without_specks(text: str) -> str:
    """`text` without the specks at its end; a line of nothing else stays as it is."""
    head, tail = text[:-_LONGEST], text[-_LONGEST:]
    return (head + _AT_END.sub("", tail)) or text
