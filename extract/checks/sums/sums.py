"""Wholes and their parts in running text: stages of work, parts that a sentence lists, items below a statement.

A sum is checked where words say that the parts are all of them: "gồm", pairs that leave nothing out (received =
resolved + pending, on time + late = resolved), or a list of items of which one column adds up exactly, so that the
others must too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Final

from extract.checks.figures.cues import ending
from extract.checks.figures.quantities import Quantity, quantities
from extract.checks.sums.behind import check_behind
from extract.checks.sums.below import kinds_below, stages_beside
from extract.checks.sums.divided import check_divided, without_parts
from extract.checks.sums.excused import Excused
from extract.checks.sums.members import Told, tell_apart
from extract.checks.sums.merged import check_merged
from extract.checks.sums.stages import beside, check_items, check_stage, stages_of
from extract.checks.sums.wholes import check_below, check_wholes
from extract.checks.sums.written import written_sums
from extract.records import Block, CheckVerdict, Finding, Reading

_LISTED_BELOW: Final = ending(r"\btrong đó|\bcụ thể|\bnhư sau|\bgồm|\bbao gồm|\bchia ra", r"\s*(?:có\s*)?:?\s*", "có")
_FRACTION: Final = re.compile(r"\d(?: [^\W\d_]{2,8}){0,2}\s?/\s?\d")  # "27/36", "31 vụ/219 người"
_BULLET: Final = re.compile(r"[+•–-](?=\s\d)")
_TELLING: Final = 20  # a gap that another count does not fill by chance
_AHEAD: Final = 5  # figures of a paragraph that a list in the next can be of
_MOST_PARTS: Final = 80  # blocks behind such a paragraph, nested ones too; more are no list of its parts
_CUE_ALONE: Final = 24  # characters of a paragraph that only says that parts follow


def check_sums(reading: Reading, found: Mapping[int, tuple[Quantity, ...]]) -> Iterator[Finding]:
    """Sums in the running text of a letter; `found` are the quantities of each block."""
    blocks = reading.flow.blocks
    stages = {index: stages_of(items) for index, items in found.items()}
    ahead: Sequence[Told] = ()
    told: dict[int, Sequence[Told]] = {}
    for index, items in found.items():
        made = [finding for stage in stages[index] for finding in check_stage(stage, blocks[index])]
        wide = quantities(blocks[index], reading, fractions=True) if _has_fraction(blocks[index].text) else items
        if wide is not items:
            made += [one for stage in stages_of(beside(wide)) for one in check_stage(stage, blocks[index])]
        groups = tell_apart(wide, blocks[index])
        made += without_parts(
            chain(
                check_behind(items, blocks[index]),
                check_merged(items, blocks[index]),
                check_wholes(groups, blocks[index], ahead),
            ),
            check_divided(wide, blocks[index]),
        )
        ahead = groups[()][-_AHEAD:]
        told[index] = groups[()]
        excused = Excused(groups, items, blocks[index])
        yield from written_sums(blocks[index], reading)
        yield from (
            one
            for one in made
            if one.verdict is CheckVerdict.AGREES
            or not (_of_two_wholes(one, items) or _is_told_otherwise(one, made) or excused.is_excused(one))
        )
    yield from stages_beside(blocks, found)
    below: dict[int, list[int]] = {}
    for child in found:
        parent = blocks[child].parent
        if parent is not None:
            below.setdefault(parent, []).append(child)
    for index, block in enumerate(blocks):
        if index not in stages:
            continue
        children = below.get(index, [])
        of_kinds = list(kinds_below(block, found[index], [(blocks[child], found[child]) for child in children]))
        yield from of_kinds
        if of_kinds or (not block.text.endswith(":") and not _LISTED_BELOW.is_at_end_of(block.text)):
            continue
        above = index
        if len(block.text) <= _CUE_ALONE and not found[index] and index - 1 in found:
            above = index - 1  # "Trong đó:" has a line of its own
        children = children or _lines_behind(index, found, blocks)
        yield from check_items(blocks[above], stages[above], [stages[child] for child in children])
        yield from check_below(block, told[above], [(blocks[child], told[child]) for child in children])


def _has_fraction(text: str) -> bool:
    return "/" in text and _FRACTION.search(text) is not None


def _of_two_wholes(finding: Finding, items: Sequence[Quantity]) -> bool:
    """Whether parts make their whole and another count of the paragraph: "mới 11.972, kỳ trước 874. Đã …"."""
    if finding.reported is None or finding.computed is None:
        return False
    gap = Decimal(finding.computed) - Decimal(finding.reported)
    told = {value for _, value in finding.inputs}
    return gap >= _TELLING and any(item.value == gap and str(item.value) not in told for item in items)


def _is_told_otherwise(finding: Finding, made: Sequence[Finding]) -> bool:
    """Whether some of the parts that fail make their whole with others: "hoàn thành 38, trong đó 3 quá hạn; còn 7"."""
    whole, *parts = [one.start for one in finding.evidence]
    return any(
        one.verdict is CheckVerdict.AGREES
        and one.evidence[0].start == whole
        and {part.start for part in one.evidence[1:]} & set(parts)
        for one in made
    )


def _lines_behind(index: int, found: Mapping[int, tuple[Quantity, ...]], blocks: Sequence[Block]) -> list[int]:
    """The items right behind a block, of one level; none where they go on for too long."""
    lines: list[int] = []
    level = ""
    above: set[int] = set()
    behind = range(index + 1, len(blocks))
    for child in behind[:_MOST_PARTS]:
        marker = _marker(blocks[child])
        if child not in found or marker is None:
            return lines
        if blocks[child].parent in above:
            continue
        if lines and _level(marker) != level:
            return lines
        level = _level(marker)
        lines.append(child)
        above.add(child)
    return lines if len(behind) <= _MOST_PARTS else []


def _marker(block: Block) -> str | None:
    """What marks an item; a bullet before a figure was left in its text: "+ 57 hộ bị xử phạt 102 triệu đồng"."""
    bullet = _BULLET.match(block.text)
    return bullet.group() if block.marker is None and bullet is not None else block.marker


def _level(marker: str) -> str:
    """What markers of one level share: "-" and "-", "a)" and "b)", "1." and "2."."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "1", marker))
