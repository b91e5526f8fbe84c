"""A count that words take up again: "49 hồ sơ trễ hạn nêu trên", "trong tổng số 1.254 văn bản", "597/276 vụ".

What it takes up is a count of the same things before it. Only a slip of the pen away from the one there is, and no sum
or difference of two, is it called wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extract.checks.figures.arithmetic import plain, vn
from extract.checks.figures.figures import Figure, figures
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, finding, is_doubtful, merged, quote
from extract.components.context import Sentence
from extract.components.numbers import read_number
from extract.records import CheckKind, CheckVerdict, Finding, Reading
from gazetteer.keys import folded

_ABOVE: Final = re.compile(
    r"\s((?:[^\W\d_]+,?\s){1,8}?)(?:(?:đã\s)?(?:nêu|nói|kể|đề cập)(?:\sở)?(?:\strên|\sphần trên)|trên đây)\b",
    re.IGNORECASE,
)
_AND: Final = re.compile(r"\s((?:[^\W\d_]+\s){1,8}?)(?:(?<=\s)(?:và|cùng)\s)", re.IGNORECASE)
_AMONG: Final = re.compile(
    r"(?:^|[.;,:(]\s?)(?:với|(?:trong|trên)(?: tổng)? số|trong tổng)\s$|^trong\s$", re.IGNORECASE
)
_THINGS: Final = re.compile(r"\s((?:[^\W\d_]+\s?){1,4})")
_FRACTION: Final = re.compile(r"(?<![\w.,/-])(\d[\d.]{0,10})\s?/\s?(\d[\d.]{0,10})\s([^\W\d_]+)(?![\w/])")
_CHANGED: Final = re.compile(r"\b(?:tăng|giảm|cắt giảm|bớt)(?: được)?\s$", re.IGNORECASE)
_NEAR: Final = 16  # characters
_MONTH: Final = re.compile(r"(?:0?[1-9]|1[0-2])\s?/\s?(?:19|20)\d\d\s.*")
_CUT: Final = re.compile(r"\b(?:có|đã|được|thì|là|và|của|tại|do|ở|với|trong|theo|cho|về|đạt|chưa|còn|nằm|bị|không)\b")
_FEWEST: Final = 10  # a count of fewer is off by one digit by chance
_FEWEST_AMONG: Final = 100
_WITH: Final = re.compile(r"^\W{0,3}Với (?:tổng số )?$")  # a sentence that begins with what is known
_FEWEST_WITH: Final = 20
_BACK: Final = 2  # paragraphs before in which a count is looked for that is taken up without "nêu trên"
_FAR: Final = 60  # paragraphs before in which one "nêu trên" is
_MOST: Final = 400  # counts of a letter that are kept
_MOST_FRACTIONS: Final = 100  # of one paragraph


@dataclass(frozen=True, slots=True)
class _Told:
    """A count told before: its value, the word it counts, and all words of its clause, folded."""

    term: Term
    head: str
    words: frozenset[str]
    block: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class _Taken:
    """A count taken up: what it counts, and how far back it may have been told."""

    term: Term
    start: int
    end: int
    things: tuple[str, ...]
    back: int
    alone: bool = False
    """Only one such count may stand before it."""


def check_told_again(reading: Reading) -> Iterator[Finding]:
    """Counts of running text that take up one told before."""
    told: list[_Told] = []
    for index, block in enumerate(reading.flow.blocks):
        if block.role not in RUNNING:
            continue
        for sentence in sentences(block):
            here = figures(sentence, reading)
            for taken in _taken_up(sentence, here, reading):
                before = [one for one in told[-_MOST:] if index - one.block <= taken.back]
                yield from _against(taken, [one for one in before if _same(taken, one)], sentence, reading)
            told += [
                _Told(one.term, one.head, _words(f"{one.lead} {one.behind}"), index, sentence)
                for one in here
                if one.head and one.unit != "%" and not one.term.decimals and one.change is None
            ]


def _taken_up(sentence: Sentence, here: Sequence[Figure], reading: Reading) -> Iterator[_Taken]:
    also: re.Match[str] | None = None  # "1.401 hồ sơ … và 897 hồ sơ … nêu trên" takes up both
    for one in reversed(here):
        above = _ABOVE.match(one.behind) or (also and _AND.fullmatch(one.behind))
        also = above
        if one.change is not None or one.term.decimals or one.unit == "%":
            continue
        if above is not None and one.term.value >= _FEWEST:
            yield _Taken(one.term, one.start, one.end, tuple(folded(above[1]).split()), _FAR)
        elif _WITH.search(sentence.text[: one.start - sentence.start]) and one.term.value >= _FEWEST_WITH:
            if len(things := _things(one)) > 1:
                yield _Taken(one.term, one.start, one.end, things, _FAR, alone=True)
        elif _AMONG.search(one.lead) and one.term.value >= _FEWEST_AMONG and (things := _things(one)):
            yield _Taken(one.term, one.start, one.end, things, _BACK)
    for count, match in enumerate(_FRACTION.finditer(sentence.text)):
        value = read_number(match[2])
        if count >= _MOST_FRACTIONS or value is None or value < _FEWEST_AMONG or _MONTH.fullmatch(match[0]):
            continue
        if _CHANGED.search(sentence.text, max(match.start() - _NEAR, 0), match.start()):
            continue  # "giảm 4/105 trường": there were 105
        start, end = sentence.start + match.start(2), sentence.start + match.end(2)
        proof = reading.proof(start, end, "checks.told_again")
        yield _Taken(Term(match[3], value, proof, is_doubtful(proof, reading)), start, end, (folded(match[3]),), _BACK)


def _things(one: Figure) -> tuple[str, ...]:
    """The words behind a count that say what is counted."""
    match = _THINGS.match(one.behind)
    return tuple(folded(_CUT.split(match[1])[0]).split()) if match else ()


def _same(taken: _Taken, one: _Told) -> bool:
    """Whether a count before is of the things that are taken up: the same head, and all their words in its clause."""
    return one.head != "" and folded(one.head) == taken.things[0] and set(taken.things) <= one.words


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", folded(text)))


def _against(taken: _Taken, before: Sequence[_Told], sentence: Sentence, reading: Reading) -> Iterator[Finding]:
    value = taken.term.value
    values = {one.term.value for one in before}
    same = next((one for one in before if one.term.value == value), None)
    if same is not None:
        yield _of(taken, same, sentence, CheckVerdict.AGREES)
        return
    if taken.alone and len(values) > 1:
        return
    if any((value - one in values and value != 2 * one) or value + one in values for one in values):
        return
    if value == sum(values, Decimal(0)):
        return
    slips = {one.term.value: one for one in before if is_slip(value, one.term.value)}
    if len(slips) == 1:
        (right,) = slips.values()
        doubtful = is_doubtful((*taken.term.proof, *right.term.proof), reading)
        yield _of(taken, right, sentence, CheckVerdict.MISREAD if doubtful else CheckVerdict.DIFFERS)


def _of(taken: _Taken, right: _Told, sentence: Sentence, verdict: CheckVerdict) -> Finding:
    gap = "" if verdict is CheckVerdict.AGREES else f": chênh {vn(abs(right.term.value - taken.term.value))}"
    return finding(
        CheckKind.CONSISTENCY,
        quote(sentence.text, taken.start - sentence.start, taken.end - sentence.start, behind=60),
        verdict,
        inputs=(("first", plain(right.term.value)), ("again", plain(taken.term.value))),
        reported=plain(taken.term.value),
        computed=plain(right.term.value),
        note=f"trên đã ghi {vn(right.term.value)}, đây ghi {vn(taken.term.value)}{gap}",
        evidence=merged(taken.term.proof, right.term.proof),
    )
