"""The sentences of a block, and the clauses it numbers inside a paragraph: "(1) Giao Sở …; (2) Giao Sở …"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from extract.components.actors import find_order, leading_actors
from extract.components.context import Sentence, sentences
from extract.components.task_sentences import acts
from extract.records import Block

_NUMBER = re.compile(r"(?:^|[:;.,]\s+)\((?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)[\s.:]*(?=[^\W\d_])")
_FEWEST = 2  # clauses that make a list
_OPENING = 24  # characters in which an order stands that opens a clause


def sentences_of(block: Block) -> tuple[Sentence, ...]:
    """The sentences of a block; its first word alone is no sentence but a word with a speck, or a mark misread."""
    parts = list(sentences(block))
    while len(parts) > 1 and " " not in parts[0].text:
        word = any(letter.isalpha() for letter in parts[0].text)
        parts[:2] = [Sentence(parts[0].start, parts[1].end, block) if word else parts[1]]
    return tuple(parts)


def runs_of(block: Block) -> tuple[tuple[Sentence, ...], ...]:
    """The sentences of a block in runs: one, or where clauses that name who is to act are numbered, one for each.

    What stands before the first number is a run of its own.
    """
    parts = sentences_of(block)
    marks = list(_NUMBER.finditer(block.text, block.body))
    if (
        len(marks) < _FEWEST
        or sum(_names_actors(block.text[mark.end() : mark.end() + 300]) for mark in marks) < _FEWEST
    ):
        return (parts,)
    cuts = [(block.body, block.body), *((_clause_end(mark), mark.end()) for mark in marks), (len(block.text),) * 2]
    starts, ends = [part.start for part in parts], [part.end for part in parts]
    runs = []
    for (_, low), (high, _) in pairwise(cuts):
        begin, stop = block.start + low, block.start + high
        inside = parts[bisect_right(ends, begin) : bisect_left(starts, stop)]
        cut = (Sentence(max(part.start, begin), min(part.end, stop), block) for part in inside)
        if run := tuple(part for part in cut if part.text.strip()):
            runs.append(run)
    return tuple(runs)


def _clause_end(mark: re.Match[str]) -> int:
    """Where the clause before a number ends, its punctuation included."""
    return mark.start() + (1 if mark.group()[0] in ":;.," else 0)


def _names_actors(text: str) -> bool:
    order = find_order(text[:300])
    if order is not None and order.start < _OPENING:
        return True
    named = leading_actors(text)
    return named is not None and acts(text[named.end :])
