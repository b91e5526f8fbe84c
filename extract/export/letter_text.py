"""One letter as plain text for a terminal or a mail."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.export.sections import letter_sections
from extract.records import Finding, Letter, Reading, Records
from extract.store import storable

# A letter must not steer the terminal it is shown on: control codes, and marks that turn the direction of text.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def letter_text(
    letter: Letter, reading: Reading, records: Records, findings: Sequence[Finding], how: str | None = None
) -> str:
    """What was found in the letter, one record a line, sections with a heading.

    Checks that agree are listed, or counted only where `how` tells how to see them.
    """
    lines: list[str] = []
    for section in letter_sections(letter, reading, records, findings, how):
        width = max(len(row.label) for row in section.rows)
        lines += ["", safe_line(section.title).upper()]
        lines += [f"  {safe_line(row.label):<{width}}  {safe_line(row.text)}".rstrip() for row in section.rows]
    return "\n".join(lines[1:])


def safe_line(text: str) -> str:
    r"""`text` on one line, control codes written out (`\x1b`)."""
    blank = storable(text).replace("\n", " ").replace("\t", " ")
    return _UNSAFE.sub(lambda code: ascii(code.group())[1:-1], blank)
