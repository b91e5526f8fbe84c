"""A figure told in two sentences near each other with the same verb and unit: an opening and what spells it out.

Two figures are one where they differ by a slip of the pen and nothing else tells the sentences apart: no other time,
body, level or kind. A slip in a small figure shows only where the sentences share another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import finding, is_doubtful, merged, quote
from extract.components.context import UPPER, Sentence, sentences
from extract.records import CheckKind, CheckVerdict, Finding, Reading, Role

_LONG: Final = 1000  # a count that is not a digit off another by chance
_FEWEST: Final = 100  # a count that is looked at where the sentences share another figure
_SHARED: Final = 3  # digits of a figure that is not two sentences' by chance
_BOUND: Final = re.compile(r"\b(?:từ|trên|dưới|tối thiểu|tối đa|không quá|ít nhất|cứ|thêm|mốc)\s$")
_BACK: Final = 3  # paragraphs
_EMPTY: Final = frozenset(
    {"được", "là", "có", "đã", "đạt", "với", "khoảng", "gần", "hơn", "trên", "tổng", "số", "tới", "đến"}
)
_TIME: Final = re.compile(r"\b(?:năm|tháng|quý|tuần|ngày|kỳ|đợt|giai đoạn)\s[\dIVX][\w./-]*|\b\d{1,2}[/.]\d{4}\b")
_NAME: Final = re.compile(rf"(?<=\s)(?=([{UPPER}][^\W\d_]*(?:\s[^\W\d_]+)?))")  # a capital with the word behind it
_KINDS: Final = re.compile(
    r"\b(?:cấp (?:tỉnh|huyện|xã)|cùng kỳ|kế hoạch|mục tiêu|chỉ tiêu|trực tuyến|trực tiếp|nông thôn|thành thị|đô thị|nam"
    r"|nữ|lũy kế|luỹ kế|bình quân|ước|dự kiến|còn lại|trong đó|riêng|mỗi)\b",
    re.IGNORECASE,
)
_YEARS: Final = range(1900, 2101)
_MOST: Final = 40  # figures of sentences before that are kept


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure in its sentence, with the word that leads to it."""

    one: Figure
    verb: str
    sentence: Sentence
    block: int
    beside: frozenset[Decimal]


def check_repeated(reading: Reading) -> Iterator[Finding]:
    """Figures of neighbouring sentences that are one, with a slip in one of them."""
    said: list[_Said] = []
    for index, block in enumerate(reading.flow.blocks):
        if block.role not in RUNNING:
            continue
        for sentence in sentences(block):
            told = [
                one
                for one in figures(sentence, reading)
                if one.change is None and not one.approximate and not _is_year(one)
            ]
            values = frozenset(one.term.value for one in told)
            here = [_Said(one, _verb(one), sentence, index, values - {one.term.value}) for one in told]
            for new in here:
                same = [old for old in said[-_MOST:] if index - old.block <= _BACK and _are_one(new, old, reading)]
                if len(same) == 1 and same[0].one.term.value not in values:
                    yield _of(new, same[0], reading)
            said += here


def _is_year(one: Figure) -> bool:
    """Whether a figure is printed as the year of a law is: "Bộ luật Hình sự 2015"."""
    return one.end - one.start == len("2024") and not one.term.decimals and int(one.term.value) in _YEARS


def _verb(one: Figure) -> str:
    """The last two words before a figure that say something."""
    words = [word for word in re.findall(r"[^\W\d_]+|[.,;:()]", one.lead) if word not in _EMPTY]
    return " ".join(words[-2:])


def _are_one(new: _Said, old: _Said, reading: Reading) -> bool:
    value, other = new.one.term.value, old.one.term.value
    if new.verb != old.verb or not new.verb[-1:].isalpha() or new.one.unit != old.one.unit or not new.one.unit:
        return False
    if new.one.compared or old.one.compared or new.one.previous is not old.one.previous or not is_slip(value, other):
        return False
    if new.one.unit.startswith("đồng") or any(_BOUND.search(one.lead) for one in (new.one, old.one)):
        return False  # a price, or one end of a range
    shared = any(_telling(one) >= _SHARED for one in new.beside & old.beside)
    long = min(value, other) >= _LONG and min(_telling(value), _telling(other)) >= _SHARED
    if not (long or (shared and min(value, other) >= _FEWEST)):
        return False
    blocks = reading.flow.blocks
    first, second = blocks[old.block], blocks[new.block]
    if first is not second and first.role is second.role is Role.ITEM and first.parent == second.parent:
        return False
    return not any(_apart(pattern, new.sentence.text, old.sentence.text) for pattern in (_TIME, _NAME)) and (
        _all(_KINDS, new.sentence.text) == _all(_KINDS, old.sentence.text)
    )


def _telling(value: Decimal) -> int:
    """The digits of a figure without the zeros at its end: round ones are alike by chance."""
    return len(f"{value:f}".replace(".", "").rstrip("0"))


def _apart(pattern: re.Pattern[str], one: str, other: str) -> bool:
    """Whether two sentences each name something of a kind that the other does not."""
    here, there = _all(pattern, one), _all(pattern, other)
    return bool(here - there and there - here)


def _all(pattern: re.Pattern[str], text: str) -> set[str]:
    return {found.lower() for found in pattern.findall(text)}


def _of(new: _Said, old: _Said, reading: Reading) -> Finding:
    value, other = new.one.term.value, old.one.term.value
    proof = merged(new.one.term.proof, old.one.term.proof)
    text, start = new.sentence.text, new.sentence.start
    return finding(
        CheckKind.CONSISTENCY,
        quote(text, new.one.start - start, new.one.end - start),
        CheckVerdict.MISREAD if is_doubtful(proof, reading) else CheckVerdict.DIFFERS,
        inputs=(("first", plain(other)), ("again", plain(value))),
        reported=plain(value),
        computed=plain(other),
        note=f"trên ghi {vn(other)}, đây ghi {vn(value)}: chênh {vn(abs(value - other))}",
        evidence=proof,
    )
