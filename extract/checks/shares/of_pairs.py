"""Shares of cases and of the people in them, which are counted side by side.

"Thụ lý 46 vụ/71 bị cáo, đã giải quyết 44 vụ/68 bị cáo, đạt 95,7% về số vụ và 95,8% về số bị cáo": each share is that of
what it names; one that names nothing may be either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from extract.checks.figures.arithmetic import SHARE
from extract.checks.figures.cues import holds
from extract.checks.figures.quantities import RUNNING
from extract.checks.figures.sentences import sentences
from extract.checks.figures.slips import is_slip
from extract.checks.figures.terms import Term, compared, is_doubtful, quote, recompute
from extract.checks.figures.verdict import nearest
from extract.components.numbers import read_number
from extract.records import Block, CheckKind, CheckVerdict, Finding, Reading
from extract.wordlists import wordlist

_COUNT: Final = r"(\d{1,3}(?:\.\d{3})+|\d{1,6})"
_SHARE: Final = re.compile(
    r"(?:[\s,;(]{0,4}(?:(?:đạt|bằng|chiếm|tương đương|với)\s)?(?:(?:tỷ|tỉ) lệ\s)?(?:(?:là|đạt|chiếm)\s)?"
    r"|\s?(?:và|/|;|,)\s?)"
    r"(?P<share>\d{1,3}(?:,\d{1,3})?)\s?%"
)
_NAMED: Final = re.compile(
    r"(?:\s(?:về|trên|tổng|của|theo)){0,2}(?:\ssố)?(?:\slượng)?\s([^\W\d_]+(?:\s[^\W\d_]+)?)", re.IGNORECASE
)
_COMPARED: Final = re.compile(
    r"\b(?:cùng kỳ|so với|tăng|giảm|kế hoạch|chỉ tiêu|trong đó|riêng)\b[^.;]{0,60}$", re.IGNORECASE
)
_OF_ANOTHER: Final = re.compile(r"\s(?:so với|cùng kỳ|kế hoạch|chỉ tiêu)", re.IGNORECASE)
_LEAD: Final = 80  # characters before a pair
_MOST_SHARES: Final = 2
_MOST: Final = 60  # pairs of a paragraph


class _Pair(NamedTuple):
    """Cases and people told side by side, with the words for them, and where they stand in their block."""

    counts: tuple[Term, Term]
    names: tuple[str, str]
    start: int
    end: int

    def is_named(self, which: int, words: str) -> bool:
        """Whether words behind a share name one of the counts."""
        return re.match(rf"{self.names[which]}\b", words.lower()) is not None


def check_of_pairs(reading: Reading) -> Iterator[Finding]:
    """Shares of counts told in pairs, in running text."""
    for block in reading.flow.of(*RUNNING):
        if "%" not in block.text or not holds(block.text, *wordlist("extract.checks", "shares")["persons"]):
            continue
        pairs: list[_Pair] = []
        for sentence in sentences(block):
            low, high = sentence.start - block.start, sentence.start - block.start + len(sentence.text)
            for match in _pairs().finditer(block.text, low, high):
                pairs.append(_pair(match, block, reading))
                if len(pairs) > _MOST:
                    return
                yield from _of(pairs[-1], pairs[:-1], block, reading)


def without_shares_of(made: Iterable[Finding], pairs: Sequence[Finding]) -> Iterator[Finding]:
    """The findings but those on shares that pairs have."""
    told = {one.evidence[0].start for one in pairs}
    for one in made:
        if one.kind is not CheckKind.RATIO or not one.evidence or one.evidence[0].start not in told:
            yield one


def _of(part: _Pair, passed: Sequence[_Pair], block: Block, reading: Reading) -> Iterator[Finding]:
    """The shares right behind a pair, of the pairs before it."""
    if _COMPARED.search(block.text, max(part.start - _LEAD, 0), part.start):
        return
    wholes = [
        one
        for one in passed
        if one.names == part.names
        and all(whole.value >= count.value for whole, count in zip(one.counts, part.counts, strict=True))
        if not _COMPARED.search(block.text, max(one.start - _LEAD, 0), one.start)
    ]
    at = part.end
    for index in range(_MOST_SHARES if wholes else 0):
        match = _SHARE.match(block.text, at)
        if match is None or _OF_ANOTHER.match(block.text, match.end()):
            return
        named = _NAMED.match(block.text, match.end())
        own = [which for which in (0, 1) if named is not None and part.is_named(which, named[1])]
        at = named.end() if named is not None and own else match.end()
        alone = index == 0 and _SHARE.match(block.text, at) is None
        share = _term(match.start("share"), match["share"], block, reading)
        tried = [
            (part.counts[which], one.counts[which])
            for one in reversed(wholes)
            for which in own or _either(index, alone)
        ]
        if (terms := _likely(share, tried)) is not None:
            statement = quote(block.text, part.start, match.end(), block.body)
            made = recompute(CheckKind.RATIO, statement, SHARE, list(terms), share)
            if made is not None:
                yield made


def _either(index: int, alone: bool) -> tuple[int, ...]:
    """Which counts a share can be of that names none of them: the first of two is of the first."""
    return (0, 1) if alone else (index,)


def _likely(share: Term, several: Sequence[tuple[Term, Term]]) -> tuple[Term, Term] | None:
    """The part and the whole that a share is of, the nearest first; of a wrong one those that a slip explains."""
    slips = []
    for part, whole in several:
        made = SHARE.value([part.value, whole.value])
        if made is not None and compared(SHARE, share.value, made).verdict is not CheckVerdict.DIFFERS:
            return part, whole
        if made is not None and is_slip(share.value, nearest(made, share.decimals)):
            slips.append((part, whole))
    return slips[0] if len(slips) == 1 else None


def _pair(match: re.Match[str], block: Block, reading: Reading) -> _Pair:
    counts = (_term(match.start(1), match[1], block, reading), _term(match.start(3), match[3], block, reading))
    return _Pair(counts, (match[2].lower(), match[4].lower()), match.start(), match.end())


def _term(start: int, text: str, block: Block, reading: Reading) -> Term:
    at = block.start + start
    proof = reading.proof(at, at + len(text), "checks.pair")
    return Term(text, read_number(text) or Decimal(0), proof, is_doubtful(proof, reading))


@cache
def _pairs() -> re.Pattern[str]:
    known = wordlist("extract.checks", "shares")
    cases, persons = ("|".join(sorted(known[name], key=len, reverse=True)) for name in ("cases", "persons"))
    return re.compile(
        rf"(?<![\w.,/-]){_COUNT}\s({cases})\b(?:\s[^\W\d_]+){{0,4}}?"
        r"(?:\s?[/,]\s?|,?\s(?:với|và|liên quan(?: đến)?|gồm)\s)"
        rf"{_COUNT}\s({persons})\b",
        re.IGNORECASE,
    )
