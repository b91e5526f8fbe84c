"""A total of points against the points of its components, told in a sentence of their own behind it.

"Tổng điểm đạt 44,12/80 điểm …. Điểm số 08 chỉ số nội dung như sau: A 5,12 điểm; B 5,38 điểm; …". Components can weigh
differently, so a slip of the pen must explain a total that they do not make; as many are told as the words say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import SUM
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.spelled import NUMBERS
from extract.checks.figures.terms import Term, is_doubtful, quote, recompute
from extract.components.numbers import Number, find_numbers
from extract.records import Block, CheckKind, Finding, Reading

_KINDS: Final = (
    r"(?:nhóm |cụm )?(?:chỉ số|nội dung|tiêu chí|trụ cột|nhóm|lĩnh vực|thành phần|phần|yếu tố|tiêu chuẩn|hạng mục)"
)
_OPENS: Final = re.compile(
    rf"(?:^|\.\s)(?P<lead>(?:[^\W\d_]+\s){{0,6}}?điểm(?:\s[^\W\d_]+){{0,5}}?\s(?:(?P<many>\d{{1,2}})\s)?{_KINDS}\b[^.:;\d]{{0,60}}"
    r"(?:\([^()]{0,60}\)[^.:;\d]{0,30})?:)\s?",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(
    r"(?:và\s)?[^\W\d_][^\d()]{2,120}?\s?\(?(?:đạt |được |là )?(?P<points>\d{1,3},\d{1,4})"
    r"(?:\s?/\s?\d{1,3}(?:,\d{1,2})?)?(?:\s?(?:điểm|%))?\)?(?:\s?\([^()]*\))?\.?"
)
_PIECE: Final = re.compile(r"[;,]\s")
_TOTAL: Final = re.compile(
    r"\b(?:tổng(?: số)? điểm|điểm tổng|chỉ số|điểm)\b[^.;:]{0,80}\s(?:đạt|là|được|với|có)\s(?:được\s)?$", re.IGNORECASE
)
_POINTS: Final = re.compile(r"(?:\s?/\s?\d{1,3}(?:,\d{1,2})?)?\s?(?:điểm|%)")
_OTHERWISE: Final = re.compile(r"\b(?:điểm|bị) trừ\b|\btrừ điểm\b|\btrọng số\b", re.IGNORECASE)  # no plain sums
_FEWEST: Final = 3  # components
_MOST: Final = 20
_LONGEST: Final = 3000  # characters of a list
_BEFORE: Final = 120  # characters before a total that say what it is


def check_components(reading: Reading) -> Iterator[Finding]:
    """Totals of points of a paragraph against the list of their components in the same one or below the next."""
    blocks = list(reading.flow.of(*RUNNING))
    for at, block in enumerate(blocks):
        if "điểm" not in block.text or ":" not in block.text:
            continue
        for match in _OPENS.finditer(block.text, block.body):
            if _OTHERWISE.search(block.text):
                continue
            parts = _listed(block, match.end()) or _below(blocks[at + 1 : at + 1 + _MOST], block, match.end())
            told = int(match["many"]) if match["many"] else _in_words(match["lead"])
            if len(parts) < _FEWEST or (told is not None and told != len(parts)):
                continue
            totals = [
                *_totals(block, match.start()),
                *(_totals(blocks[at - 1], len(blocks[at - 1].text)) if at else ()),
            ]
            yield from _compared(totals, parts, reading, sure=told is not None)


def _in_words(lead: str) -> int | None:
    """A number told in words right before what the components are."""
    named = re.search(rf"\b({'|'.join(NUMBERS)})\s{_KINDS}\b", lead.lower())
    return NUMBERS.index(named[1]) + 1 if named is not None and named[1] != "năm" else None


_Figure = tuple[Block, int, int, str, Decimal]
"""A figure: its block, where it stands in it, as printed, and its value."""


def _listed(block: Block, start: int) -> list[_Figure]:
    """The points of a list up to the end of its sentence; none where a piece is no name with its points."""
    end = next((m.start() for m in re.finditer(r"\.(?=\s|$)", block.text) if m.start() >= start), len(block.text))
    found: list[_Figure] = []
    begins = start
    ends = [*(cut.start() for cut in _PIECE.finditer(block.text, start, min(end, start + _LONGEST))), end]
    for stop in ends:
        piece = block.text[begins:stop].strip()
        if not re.search(r"\d", piece):
            continue  # a comma of the name
        item = _ITEM.fullmatch(block.text, begins, stop) or _ITEM.fullmatch(piece)
        if item is None:
            return []
        at = block.text.index(item["points"], begins)
        found.append(_figure(block, at, item["points"]))
        begins = stop + 2
    return found


def _below(blocks: Sequence[Block], above: Block, start: int) -> list[_Figure]:
    """The points of the items below a paragraph that ends with what opens the list."""
    found: list[_Figure] = []
    if above.text[start:].strip():
        return found
    for block in blocks:
        if _OTHERWISE.search(block.text):
            return []
        item = _ITEM.match(block.text, block.body) if block.marker is not None else None
        if item is None:
            break
        found.append(_figure(block, item.start("points"), item["points"]))
    return found


def _figure(block: Block, at: int, printed: str) -> _Figure:
    return block, at, at + len(printed), printed, Decimal(printed.replace(",", "."))


def _totals(block: Block, end: int) -> list[_Figure]:
    """The totals of points that a paragraph tells up to a place."""
    if not holds(block.text, "điểm"):
        return []
    return [
        (block, number.start, number.end, number.text, number.value)
        for number in find_numbers(block.text, block.body, end)
        if number.value is not None and _is_total(block.text, number)
    ]


def _is_total(text: str, number: Number) -> bool:
    before = text[max(number.start - _BEFORE, 0) : number.start]
    return bool(number.decimals and _POINTS.match(text, number.end) and _TOTAL.search(before))


def _compared(
    totals: Sequence[_Figure], parts: Sequence[_Figure], reading: Reading, *, sure: bool
) -> Iterator[Finding]:
    """The one total that components make, else the one that they make but for a slip of the pen."""
    made = sum((value for *_, value in parts), Decimal(0))
    right = [one for one in totals if one[4] == made]
    likely = right or [one for one in totals if is_slip(one[4], made) and (sure or len(parts) > _FEWEST)]
    if len({one[4] for one in likely}) != 1:
        return
    block, start, end, *_ = likely[0]
    statement = quote(block.text, start, end, block.body, before=_BEFORE // 2)
    told = _term(likely[0], reading)
    if (found := recompute(CheckKind.SUM, statement, SUM, [_term(one, reading) for one in parts], told)) is not None:
        yield found


def _term(one: _Figure, reading: Reading) -> Term:
    block, start, end, printed, value = one
    proof = reading.proof(block.start + start, block.start + end, "checks.components")
    return Term(printed, value, proof, is_doubtful(proof, reading))
