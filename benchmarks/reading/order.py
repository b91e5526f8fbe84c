"""Whether the blocks of a page come one after another: the columns of its head, its body, the columns of its foot.

A line belongs to the block that has most of its pairs of neighbouring words, marks aside; lines that fit several
blocks as well, or none, say nothing. Where the body of a page is not told, it is the lines of Vietnamese words that no
block has. A page is in order where each block's lines stand together, the groups come in the order of the truth, and
no line holds words of both columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from benchmarks.reading.truths import Block, Truth, without_marks
from benchmarks.repair.measured import words
from normalize.syllables import fold, is_syllable

_ENOUGH = 0.5  # of a line's pairs are the block's, for the line to be the block's
_WHOLE = 0.8  # of a line's pairs are one block's: then it is not two columns in one line
_SENTENCE = 4  # syllables, for a line to be told from specks and strokes of a signature

Pair = tuple[str, str]


def pages_to_order(truth: Truth) -> list[int]:
    """The pages with a head or a foot of two columns."""
    return sorted({block.page for block in truth.blocks if block.kind != "body"})


def what_is_wrong(lines: Sequence[str], truth: Truth, page: int) -> str | None:
    """Why the lines of a page are not in order; None where they are."""
    blocks = blocks_around(truth, page)
    pairs = [_pairs_of(block.text) for block in blocks]
    untold = next((at for at, block in enumerate(blocks) if not block.text), None)
    seen: list[int] = []
    for line in without_marks(lines, truth.marks):
        here = _pairs(line)
        if not here:
            continue
        if _is_of_both(here, blocks, pairs):
            return f"two columns in one line: {line[:60]!r}"
        at = _block_of(here, pairs)
        if at is None and not any(known.intersection(here) for known in pairs) and _is_sentence(line):
            at = untold
        if at is not None:
            seen.append(at)
    return _order_broken([at for at, _ in groupby(seen)], blocks)


def blocks_around(truth: Truth, page: int) -> list[Block]:
    """The heads and feet of a page, with the body before and after them, or an empty one where it is not told."""
    here = [block for block in truth.blocks if block.page == page]
    if page not in truth.complete:
        heads = [block for block in here if block.kind == "head"]
        return [*heads, Block(page, "body", "", ""), *(block for block in here if block.kind == "foot")]
    places = [at for at, block in enumerate(truth.blocks) if block.kind != "body" and block.page == page]
    around = truth.blocks[max(places[0] - 1, 0) : places[-1] + 2]
    return [block for block in around if block.kind == "body" or block.page == page]


def _is_sentence(line: str) -> bool:
    found = words(line)
    known = sum(len(word) > 1 and is_syllable(word) for word in found)
    return known >= max(_SENTENCE, 0.8 * len(found))


def _order_broken(run: Sequence[int], blocks: Sequence[Block]) -> str | None:
    """`run` are the blocks met, one after another."""
    for at in run:
        if run.count(at) > 1:
            return f"{_name(blocks[at])} in {run.count(at)} parts"
    groups = [number for number, (_, run_of) in enumerate(groupby(blocks, key=_group)) for _ in run_of]
    for before, after in pairwise(run):
        if groups[before] > groups[after]:
            return f"{_name(blocks[before])} before {_name(blocks[after])}"
    return None


def _group(block: Block) -> tuple[int, str]:
    return block.page, block.kind


def _name(block: Block) -> str:
    return block.kind if block.kind == "body" else f"{block.kind} {block.side}"


def _is_of_both(here: Sequence[Pair], blocks: Sequence[Block], pairs: Sequence[set[Pair]]) -> bool:
    """Whether a line holds something of a left column and then something of the right one, and little else."""
    if max(sum(pair in known for pair in here) for known in pairs) / len(here) >= _WHOLE:
        return False
    for (one, left), (two, right) in pairwise(zip(blocks, pairs, strict=True)):
        if one.kind == "body" or one.kind != two.kind:
            continue
        lefts = [at for at, pair in enumerate(here) if pair in left - right]
        rights = [at for at, pair in enumerate(here) if pair in right - left]
        if lefts and rights and lefts[-1] < rights[0] and len(lefts) + len(rights) >= _ENOUGH * len(here):
            return True
    return False


def _block_of(here: Sequence[Pair], pairs: Sequence[set[Pair]]) -> int | None:
    shares = [sum(pair in known for pair in here) / len(here) for known in pairs]
    best = max(shares)
    return shares.index(best) if best >= _ENOUGH and shares.count(best) == 1 else None


def _pairs_of(text: str) -> set[Pair]:
    return {pair for line in text.split("\n") for pair in _pairs(line)}


def _pairs(line: str) -> list[Pair]:
    return list(pairwise(fold(word) for word in words(line)))
