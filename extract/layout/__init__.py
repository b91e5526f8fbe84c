"""From lines to blocks: letterhead, running text, footnotes, tables, ending.

Works with boxes and columns where the reader knows them, and equally on plain text in which two columns were
read as one line: what a line says decides what it is.
"""

from __future__ import annotations

from extract.layout.body import body
from extract.layout.drafts import to_flow
from extract.layout.ending import ending, find_endings
from extract.layout.letterhead import letterhead
from extract.layout.strips import to_strips
from extract.records import Flow, Letter
from extract.records.engine_pages import engine_pages
from normalize.edits import Repaired

__all__ = ["lay_out"]


def lay_out(letter: Letter, repaired: Repaired) -> Flow:
    """The blocks of a letter in reading order.

    Every line of the repaired text that is not blank is part of exactly one block; only small raised numbers
    that refer to footnotes are left out of running text.

    Args:
        letter: pages and lines as read.
        repaired: the repaired text of the letter, line for line.
    """
    strips = to_strips(letter, repaired)
    drafts, at = letterhead(strips)
    for start, stop in find_endings(strips, at):
        drafts += body(strips[at:start], letter)
        drafts += ending(strips[start:stop])
        at = stop
    drafts += body(strips[at:], letter)
    drafts = [draft for draft in drafts if draft.strips]
    worn = engine_pages(letter, repaired)
    for draft in drafts:
        draft.worn = draft.strips[0].page in worn
    return to_flow(drafts)
