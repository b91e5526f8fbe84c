"""Strips: lines of the repaired letter, cut where two columns were read as one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.layout import landmarks
from extract.records import Box, Letter
from normalize.edits import Repaired

_WIDE_GAP = re.compile(r"\s{3,}")


@dataclass(frozen=True, slots=True)
class Strip:
    """A line, or the part of it that belongs to one column.

    `start` is the offset of `text` in the repaired text of the letter; `line` counts from 0. `gap` says that
    there is room above it (a blank line, or more than usual leading), `turn` that it is the first of its
    page, `indent` how far it begins from the edge (points where there are boxes, else blanks).
    """

    text: str
    start: int
    line: int
    page: int
    column: int | None
    box: Box | None
    gap: bool
    turn: bool
    indent: float

    @property
    def end(self) -> int:
        """Offset behind the text in the repaired text."""
        return self.start + len(self.text)

    def cut(self, at: int) -> tuple[Strip, Strip]:
        """The two columns of a line that was read as one."""
        left, right = self.text[:at].rstrip(), self.text[at:].lstrip()
        left_box = right_box = self.box
        if self.box is not None:
            middle = self.box.x0 + self.box.width * at / max(len(self.text), 1)
            left_box = replace(self.box, x1=middle)
            right_box = replace(self.box, x0=middle)
        moved = self.start + len(self.text) - len(right)
        return (
            replace(self, text=left, column=0, box=left_box),
            replace(self, text=right, start=moved, column=1, box=right_box, turn=False),
        )


def to_strips(letter: Letter, repaired: Repaired) -> tuple[Strip, ...]:
    """The lines of the letter that hold text, with what stands above and before them."""
    return tuple(_strips(letter, repaired))


def _strips(letter: Letter, repaired: Repaired) -> Iterator[Strip]:
    pages = [(page.number, line) for page in letter.pages for line in page.lines]
    texts = repaired.text.split("\n")
    indented = sum(text[:2] == "  " for text in texts) > 0.15 * len(texts)
    at, gap, before, page_before, number = 0, False, None, 0, 0
    for index, (text, (number, line)) in enumerate(zip(texts, pages, strict=False)):
        bare = text.strip()
        lead = len(text) - len(text.lstrip())
        if not bare:
            gap = True
        else:
            # Plain text of several pages keeps one blank where a page began.
            turn = number != page_before or (not indented and lead == 1 and line.box is None)
            if line.box is not None and before is not None and not turn:
                gap = gap or line.box.y0 - before.y1 > 0.75 * max(before.height, 4.0)
            yield Strip(
                text=bare,
                start=at + lead,
                line=index,
                page=number,
                column=line.column,
                box=line.box,
                gap=gap or turn,
                turn=turn,
                indent=line.box.x0 if line.box is not None else float(lead),
            )
            gap, before, page_before = False, line.box, number
        at += len(text) + 1


def split_header(strip: Strip) -> tuple[Strip, ...]:
    """The columns of a line of the letterhead."""
    if strip.column is not None:
        return (strip,)
    for find in (landmarks.motto_at, landmarks.place_date_at):
        at = find(strip.text)
        if at:
            return strip.cut(at)
        if at == 0:
            return (strip,)
    if strip.box is None and (wide := _WIDE_GAP.search(strip.text)) and strip.text[wide.end()] != "/":
        return strip.cut(wide.start())
    return (strip,)


def split_ending(strip: Strip) -> tuple[Strip, ...]:
    """The columns of a line of Nơi nhận and signature."""
    if strip.column == 0 and landmarks.is_file_copy(strip.text) and (at := landmarks.name_at(strip.text)):
        return strip.cut(at)
    if strip.column is not None:
        return (strip,)
    if strip.box is None and (wide := _WIDE_GAP.search(strip.text)):
        return strip.cut(wide.start())
    at = landmarks.signature_at(strip.text) or landmarks.name_at(strip.text)
    return strip.cut(at) if at else (strip,)
