"""Whether the blocks of a page come one after another: the columns of its head, its body, the columns of its foot.

A line belongs to the block that has most of its pairs of neighbouring words, marks aside, and among equals to the one
that has the line as it is; lines that fit several blocks as well, or none, say nothing. A page is in order where each
column of its head and foot is found, each block's lines stand together, the groups come in the order of the truth, and
no line holds words of both columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from benchmarks.reading.truths import Block, Truth, without_marks
from benchmarks.repair.measured import words
from normalize.syllables import fold

_ENOUGH = 0.5  # of a line's pairs are the block's, for the line to be the block's
_WHOLE = 0.8  # of a line's pairs are one block's: then it is not two columns in one line

Pair = tuple[str, str]


def pages_to_order(truth: Truth) -> list[int]:
    """The pages with a head or a foot of two columns."""
    return sorted({block.page for block in truth.blocks if block.kind != "body"})


def what_is_wrong(lines: Sequence[str], truth: Truth, page: int) -> str | None:
    """Why the lines of a page are not in order; None where they are."""
    blocks = blocks_around(truth, page)
    pairs = [_pairs_of(block.text) for block in blocks]
    seen: list[int] = []
    met: set[int] = set()
    for line in without_marks(lines, truth.marks):
        here = _pairs(line)
        if not here:
            continue
        if _is_of_both(here, blocks, pairs):
            return f"two columns in one line: {line[:60]!r}"
        fitting = _fitting(here, blocks, pairs)
        met.update(fitting)
        seen.extend(fitting if len(fitting) == 1 else [])
    lacking = [_name(block) for at, block in enumerate(blocks) if block.kind != "body" and at not in met]
    if lacking:
        return f"{lacking[0]} not found"
    return _order_broken([at for at, _ in groupby(seen)], blocks)


def blocks_around(truth: Truth, page: int) -> list[Block]:
    """The heads and feet of a page, with the body before and after them, which may begin or end on another page."""
    places = [at for at, block in enumerate(truth.blocks) if block.kind != "body" and block.page == page]
    around = truth.blocks[max(places[0] - 1, 0) : places[-1] + 2]
    return [block for block in around if block.kind == "body" or block.page == page]


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


def _fitting(here: Sequence[Pair], blocks: Sequence[Block], pairs: Sequence[set[Pair]]) -> list[int]:
    """The blocks a line may belong to."""
    shares = [sum(pair in known for pair in here) / len(here) for known in pairs]
    best = max(shares)
    if best < _ENOUGH:
        return []
    equals = [at for at, share in enumerate(shares) if share == best]
    alike = [at for at in equals if any(_pairs(line) == here for line in blocks[at].text.split("\n"))]
    return alike or equals


def _pairs_of(text: str) -> set[Pair]:
    return {pair for line in text.split("\n") for pair in _pairs(line)}


def _pairs(line: str) -> list[Pair]:
    return list(pairwise(fold(word) for word in words(line)))
