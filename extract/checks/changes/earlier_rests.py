"""What is left of a whole that the letter tells, with what was taken of it, some paragraphs before.

"giải ngân 171.226 triệu đồng/286.450 triệu đồng", "kết nạp 97/150 đảng viên", "kế hoạch 5.412,6 tỷ đồng, … giải ngân
2.597,3 tỷ đồng, đạt 47,99%" are pairs for sure; "còn phải kết nạp 63 đảng viên" takes one up by naming what is done. A
slip of the pen must explain a rest that the only such pair does not leave.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from extract.checks.changes.likely_rests import is_more_left
from extract.checks.changes.rests import is_left, is_share
from extract.checks.changes.rises import measure, scaled
from extract.checks.figures.arithmetic import DIFFERENCE, SHARE
from extract.checks.figures.cues import holds
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, compared, quote, recompute
from extract.checks.figures.verdict import nearest
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading

_LEFT: Final = re.compile(r"\b(?:còn|chưa)\b", re.IGNORECASE)
_TO_DO: Final = re.compile(r"\b(?:phải|chưa|cần)\b\s([^\W\d_]+\s[^\W\d_]+)")
_NAMED_LEFT: Final = re.compile(r"\s?((?:[^\W\d_]+\s){3,5})còn lại\b", re.IGNORECASE)
_UNTIL: Final = re.compile(r"\b(?:từ nay )?đến (?:hết )?ngày \d[\d/]*\s")
_BARE: Final = re.compile(r"\s*/\s*")
_PLANNED: Final = re.compile(r"\b(?:tổng|kế hoạch|dự toán|được (?:giao|phân bổ|bố trí)|phải)\b")
_SLIPS: Final = 10  # of a digit
_TEN: Final = Decimal(10)
_RARE: Final = Decimal("0.02")
_PARAGRAPHS: Final = 12  # looked back at
_FIGURES: Final = 8  # before a share, that it can be of
_LEAD: Final = 80  # characters before a part that tell what was done


def check_earlier_rests(reading: Reading) -> Iterator[Finding]:
    """Rests of what earlier paragraphs tell."""
    passed: list[Block] = []
    for block in reading.flow.of(*RUNNING):
        if holds(block.text, "còn", "chưa") and _LEFT.search(block.text):
            for sentence in sentences(block):
                for rest in figures(sentence, reading, wide=True) if _LEFT.search(sentence.text) else ():
                    yield from _of(rest, [*passed[-_PARAGRAPHS:], block], block, reading)
                    yield from _of_named(rest, passed, block, reading)
        passed.append(block)


def _of(rest: Figure, passed: Sequence[Block], block: Block, reading: Reading) -> Iterator[Finding]:
    """What is told of a figure by the only pair that its words name."""
    lead = _UNTIL.sub(" ", rest.lead)
    done = _TO_DO.search(lead)
    if done is None or rest.unit in ("", "%") or rest.change is not None or not is_left(lead, ""):
        return
    pairs = [pair for one in passed if done[1] in one.text.lower() for pair in _pairs(one, rest, done[1], reading)]
    rights = {scaled(whole) - scaled(part): (whole, part) for whole, part in pairs}
    unit = scaled(rest) / rest.term.value if rest.term.value else Decimal(1)
    fits = [gap for gap in rights if nearest(gap / unit, rest.term.decimals) == rest.term.value]
    near = fits or [gap for gap in rights if is_slip(rest.term.value, nearest(gap / unit, rest.term.decimals))]
    if not rights:
        rights = {
            scaled(whole) - scaled(part): (whole, part) for whole, part in _worded(passed, rest, done[1], reading)
        }
        near = _likely(rest, rights, unit)
    if len(near) != 1:
        return
    whole, part = (_in(one, unit) for one in rights[near[0]])
    statement = quote(block.text, rest.start - block.start, rest.end - block.start, block.body, before=100, behind=30)
    reported = rest.term
    made = recompute(CheckKind.DIFFERENCE, statement, replace(DIFFERENCE, exact=False), [whole, part], reported)
    if made is not None:
        yield made


def _of_named(rest: Figure, passed: Sequence[Block], block: Block, reading: Reading) -> Iterator[Finding]:
    """What is left, called by its noun, of the only fraction of such: "214/410 cuộc kiểm tra", "186 cuộc … còn lại"."""
    named = _NAMED_LEFT.match(rest.behind)
    if named is None or rest.change is not None or rest.approximate:
        return
    if "/" in block.text[: rest.start - block.start]:
        return  # what is left of what stands right before it
    noun = " ".join(named[1].lower().split())
    told = [list(_figures_of(one, reading)) for one in passed if "/" in one.text and noun in one.text.lower()]
    pairs = {
        (part.term.value, whole.term.value): (whole, part, here)
        for here in told
        for whole, part in _fractions(here)
        if part.term.value < whole.term.value
        and measure(whole) == measure(rest)
        and whole.behind.lower().lstrip().startswith(noun)
    }
    if len(pairs) != 1:
        return
    ((whole, part, here),) = pairs.values()
    left = whole.term.value - part.term.value
    under_way = any(one.term.value == left - rest.term.value for one in here if measure(one) == measure(rest))
    if left == rest.term.value or (not under_way and is_slip(rest.term.value, left)):
        statement = quote(
            block.text, rest.start - block.start, rest.end - block.start, block.body, before=60, behind=60
        )
        made = recompute(CheckKind.DIFFERENCE, statement, DIFFERENCE, [whole.term, part.term], rest.term)
        if made is not None:
            yield made


def _figures_of(block: Block, reading: Reading) -> Iterator[Figure]:
    return (one for sentence in sentences(block) for one in figures(sentence, reading, wide=True))


def _fractions(told: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """The whole and the part of each fraction: "kết nạp 97/150 đảng viên"."""
    for part, other in pairwise(told):
        over = other.lead.strip()
        if part.behind.strip() == "/" and _BARE.fullmatch(other.lead):
            over = "/"
        if over.endswith("/"):
            yield other, part


def _likely(rest: Figure, rights: Collection[Decimal], unit: Decimal) -> list[Decimal]:
    """What is left of pairs that words alone make, where it is the rest but for a slip that chance seldom makes."""
    left = {gap: nearest(gap / unit, rest.term.decimals) for gap in rights}
    digits = len(rest.term.value.as_tuple().digits)
    if rest.term.value in left.values() or len(rights) * _SLIPS * digits / _TEN**digits > _RARE:
        return []
    return [gap for gap, value in left.items() if is_more_left(rest.term.value, value)]


def _worded(passed: Sequence[Block], rest: Figure, done: str, reading: Reading) -> Iterator[tuple[Figure, Figure]]:
    """The pairs of what was to be done and what was, by their words, in any of several paragraphs."""
    told = [
        one
        for block in passed
        for one in _figures_of(block, reading)
        if one.start < rest.start and measure(one) == measure(rest) and one.change is None and not one.approximate
    ]
    parts = [one for one in told if done in one.lead[-_LEAD:] and not one.compared]
    for part in parts:
        for whole in told:
            if whole.start < part.start and scaled(whole) > scaled(part) and _PLANNED.search(whole.lead[-_LEAD:]):
                yield whole, part


def _in(one: Figure, unit: Decimal) -> Term:
    """A figure counted in another unit."""
    return replace(one.term, value=(scaled(one) / unit).normalize() + 0)


def _pairs(block: Block, rest: Figure, done: str, reading: Reading) -> Iterator[tuple[Figure, Figure]]:
    """The pairs of whole and part that a paragraph tells for sure, of what is done."""
    kind = measure(rest)
    told = [one for one in _figures_of(block, reading) if one.start < rest.start]
    for whole, part in _fractions(told):
        if measure(whole) == kind == measure(part) and done in part.lead[-_LEAD:]:
            yield whole, part
    for at, share in enumerate(told):
        if not is_share(share):
            continue
        near = [one for one in told[max(at - _FIGURES, 0) : at] if measure(one) == kind and one.unit != "%"]
        parts = [one for one in near if done in one.lead[-_LEAD:]]
        for part in parts[-1:]:
            for whole in near:
                made = SHARE.value([scaled(part), scaled(whole)]) if scaled(whole) > scaled(part) else None
                if made is not None and compared(SHARE, share.term.value, made).verdict is not CheckVerdict.DIFFERS:
                    yield whole, part
