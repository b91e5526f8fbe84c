"""Means of figures that stand side by side, told whole: of a list, of the items above, of a column of a table.

"xã A 19/19 tiêu chí; xã B 17/19 tiêu chí; …. Bình quân 06 xã đạt 17,5 tiêu chí/xã"; "Toán: 6,42 điểm; Ngữ văn: 7,11
điểm; …. Điểm bình quân của ba môn trên là 6,13". The words say how many they are; so many figures of one thing must be
told. Others weigh by what each stands for, so a slip of the pen must explain a mean that does not hold; of shares of
bodies, which are of more in one than in another, two digits that changed places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from extract.checks.figures.arithmetic import MEAN
from extract.checks.figures.breaks import YEAR
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.same import Same
from extract.checks.figures.slips import is_slip, is_swapped
from extract.checks.figures.terms import Term, is_doubtful, quote, recompute
from extract.checks.figures.verdict import nearest
from extract.checks.shares.amounts import Amount, amounts, kind_alike
from extract.checks.tables.bodies import has_gaps, is_mean
from extract.checks.tables.grids import Grid, grids_of
from extract.components.numbers import find_numbers
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading, Records
from extract.wordlists import wordlist

_LONGEST: Final = 4000  # characters of a paragraph
_MOST: Final = 60  # figures of a mean
_FEWEST: Final = 3  # … and of those that each an average is for
_OF_THOSE: Final = re.compile(r"\b(?:bình quân|trung bình)(?:\s(?!mỗi|một)[^\W\d_]+){0,5}:?\s$", re.IGNORECASE)
_IN_TURN: Final = re.compile(
    r"\b(?:lần lượt|tương ứng)(?: là| đạt)?:?\s"
    r"((?:\d{1,7}(?:\.\d{3})*(?:,\d{1,4})?(?: điểm)?(?:[;,] | và |; và )){2,30}\d{1,7}(?:\.\d{3})*(?:,\d{1,4})?)"
)
# Which weighs nothing.
_ARITHMETIC: Final = re.compile(
    r"\b(?:(?:trung bình|bình quân) (?:cộng|giản đơn|số học)|chia đều)\b[^.;]*$", re.IGNORECASE
)
_IN_BRACKETS: Final = re.compile(
    r"\s?(?:%|điểm)?\s?\((?:là |tính theo |tính )?(?:trung bình|bình quân) (?:cộng|giản đơn|số học)\b", re.IGNORECASE
)
# How many an average is of: "Chỉ số hài lòng trung bình của 10 sở năm 2022 đạt", "cả 05 nhóm đạt bình quân".
_OF_NUMBER: Final = re.compile(
    r"\b(?:bình quân|trung bình)(?:\s(?!mỗi|một)[^\W\d_]+){0,6}?\s(?P<many>\d{1,2})"
    r"\s(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)(?:,?\s(?:[^\W\d_,]+|(?:19|20)\d\d)){0,9}?[\s:]{1,2}$",
    re.IGNORECASE,
)
_BACK: Final = 300  # characters from a list to its average
_BEHIND: Final = 60  # … behind it
_BEFORE: Final = 120  # characters before an average that say of what it is


def check_means(records: Records, reading: Reading) -> Iterator[Finding]:
    """Averages in running text that say how many figures they are of."""
    blocks = list(reading.flow.of(*RUNNING))
    grids = grids_of(records, reading)
    for at, block in enumerate(blocks):
        if len(block.text) > _LONGEST or not holds(block.text, "bình quân", "trung bình"):
            continue
        told = amounts(block)
        for index, one in enumerate(map(_with_number, told)):
            led = one.among is not None or _OF_THOSE.search(one.lead)
            if led and (terms := _in_turn(one, reading)) and one.among in (None, len(terms)):
                yield from _of_those(one, [terms], reading)
                continue
            if one.among is None and one.is_average and one.by == 1 and (listed := _for_each(one, told[:index])):
                yield from _of_those(one, [_terms(listed, reading)], reading)
            if one.among is None or not _FEWEST <= one.among <= _MOST or one.is_change or one.is_bound or one.is_rough:
                continue
            listed = _listed(one, told[:index]) or _above(one, blocks[max(at - one.among, 0) : at])
            several = [_terms(listed, reading)] if listed else list(_columns(one, grids))
            yield from _of_those(one, several, reading)


def _with_number(one: Amount) -> Amount:
    """An average with how many figures its words say it is of: "Bình quân 05 yếu tố đạt 89,60%" tells it too."""
    if one.among is not None or one.each or one.is_span:
        return one
    before = one.block.text[max(one.number.start - _BEFORE, one.block.body) : one.number.start]
    match = _OF_NUMBER.search(before) if holds(before, "bình quân", "trung bình") else None
    if match is None or kind_alike(match["noun"].lower()) == one.base:
        return one
    return replace(one, among=int(match["many"]), each=match["noun"].lower())


def _in_turn(one: Amount, reading: Reading) -> list[Term]:
    """The figures told in turn before an average in its sentence: "lần lượt là 8,5; 7,9; 9,2; bình quân đạt 8,53"."""
    block, at = one.block, one.number.start
    lists = list(_IN_TURN.finditer(block.text, max(at - _BACK, block.body), at))
    if not lists or ". " in block.text[lists[-1].end() : at]:
        return []
    found = []
    for number in find_numbers(block.text, lists[-1].start(1), lists[-1].end(1)):
        if number.value is None:
            return []
        proof = reading.proof(block.start + number.start, block.start + number.end, "checks.mean")
        found.append(Term(number.text, number.value, proof, is_doubtful(proof, reading)))
    return found if len(found) >= _FEWEST else []


def _listed(one: Amount, before: Sequence[Amount]) -> list[Amount]:
    """The figures before an average in its paragraph, where they are as many as it says."""
    plain = [other for other in before if not (other.each or other.is_change or other.is_bound)]
    alike = [other for other in plain if other.base == one.base]
    if len(alike) == one.among:
        return alike
    # others of the paragraph stand in brackets or in sentences further before
    near = [other for other in alike if other.sentence >= one.sentence - 1]
    outer = [other for other in near if not _is_inside(other)]
    if (listed := next((few for few in (near, outer) if len(few) == one.among), None)) is not None:
        return listed
    # "Toán 6,8; Lịch sử 7,4; …. Trung bình cộng của sáu môn được 7,1 điểm"
    bare = [other for other in plain if not other.base and other.number.decimals]
    return bare if len(bare) == one.among and bare[0].sentence >= one.sentence - 1 else []


def _is_inside(one: Amount) -> bool:
    """Whether a figure stands in brackets."""
    text, at = one.block.text, one.number.start
    opened = text.rfind("(", one.block.body, at)
    return opened >= 0 and ")" not in text[opened:at]


def _for_each(one: Amount, before: Sequence[Amount]) -> list[Amount]:
    """The figures right before an average that are of one of those each it is for: "tháng 7 412, tháng 8 388, …"."""
    run: list[Amount] = []
    for other in reversed(before):
        if other.base != one.base or other.scale != one.scale or not 0 <= one.sentence - other.sentence <= 1:
            break
        if other.each or other.is_change or other.is_bound or other.is_rough:
            return []
        run.insert(0, other)
    named = re.compile(rf"\b{re.escape(one.each)}\s", re.IGNORECASE)
    first = next((at for at, other in enumerate(run) if named.search(other.lead)), len(run))
    listed = run[first:]
    every = sum(1 for other in listed if named.search(other.lead))
    return listed if len(listed) >= _FEWEST and every > len(listed) / 2 else []


def _above(one: Amount, blocks: Sequence[Block]) -> list[Amount]:
    """The first such figure of each block above, as many as an average says."""
    found = []
    for block in blocks:
        first = _firsts(Same(block)).get(one.base)
        if first is None or first.is_change:
            return []
        found.append(first)
    return found if len(found) == one.among else []


@lru_cache(maxsize=4 * _MOST)
def _firsts(block: Same[Block]) -> dict[str, Amount]:
    """The first figure of a block of each base."""
    return {one.base: one for one in reversed(amounts(block.one))}


def _terms(several: Sequence[Amount], reading: Reading) -> list[Term]:
    found = []
    for one in several:
        proof = reading.proof(one.start, one.block.start + one.number.end, "checks.mean")
        found.append(Term(one.words, one.value, proof, is_doubtful(proof, reading)))
    return found


def _columns(one: Amount, grids: Sequence[Grid]) -> Iterator[list[Term]]:
    """The columns of tables that have as many figures as an average is of, of the year that its words name."""
    at = one.number.start
    years = set(YEAR.findall(one.block.text[max(at - _BEFORE, 0) : at]))
    for grid in grids:
        end = next((at for at, row in enumerate(grid.rows) if grid.is_total(row)), len(grid.rows))
        rows = [row for row in grid.rows[:end] if not is_mean(grid, row)]
        if len(rows) != one.among or has_gaps(grid, rows):
            continue
        for column in grid.columns:
            if one.base == "%" and not grid.is_share_column(column):
                continue
            if any(grid.value(row, column) == one.value for row in grid.rows if row not in rows):
                continue  # the total of the column tells it, by weights
            named = set(YEAR.findall(grid.head(column)))
            terms = [term for row in rows if (term := grid.term(row, column, grid.label(row))) is not None]
            if len(terms) == one.among and all(term.value >= 0 for term in terms) and not (years and named - years):
                yield terms


def _of_those(one: Amount, several: Sequence[Sequence[Term]], reading: Reading) -> Iterator[Finding]:
    """An average against the figures it can be of: those it holds of, else the ones it misses by a slip."""
    wrong = []
    for terms in several:
        made = _made(one, terms, reading)
        if made is not None and made.verdict is not CheckVerdict.DIFFERS:
            yield made
            return
        values = [term.value for term in terms]
        mean = MEAN.value(values)
        if made is None or mean is None:
            continue
        if _is_likely(one, mean, values):
            wrong.append(made)
    if len(wrong) == 1:
        yield wrong[0]


def _is_likely(one: Amount, mean: Decimal, values: Sequence[Decimal]) -> bool:
    """Whether an average is meant to be that of some figures: it weighs nothing, or a slip of the pen explains it."""
    text, at = one.block.text, one.number.start
    before, behind = text[max(at - _BEFORE, 0) : at], text[one.number.end : one.number.end + _BEHIND]
    known, right = wordlist("extract.checks", "means"), nearest(mean, one.number.decimals)
    if holds(before + behind, *known["weighed"]):
        return False
    if _ARITHMETIC.search(before) is not None or _IN_BRACKETS.match(behind):
        return min(values) <= one.value <= max(values)
    if not is_slip(one.value, right):
        return False
    return one.base != "%" or one.each.startswith(tuple(known["alike"])) or is_swapped(one.value, right)


def _made(one: Amount, terms: Sequence[Term], reading: Reading) -> Finding | None:
    at = one.number.start
    statement = quote(one.block.text, at, one.number.end, one.block.body, before=_BEFORE)
    (reported,) = _terms([one], reading)
    return recompute(CheckKind.CONSISTENCY, statement, MEAN, terms, reported)
